//! Rows as PostgreSQL's arrays, one for each column, in the text form of the server's manual (section "Array Input and Output
//! Syntax").

use std::borrow::Cow;
use std::fmt;

use serde::de::{DeserializeSeed, Deserializer, SeqAccess, Visitor};

use super::Columns;
use crate::db::{DbError, DbResult};

/// The columns of rows that were written as a JSON list of lists.
///
/// # Errors
/// When the text is no such list.
pub(super) fn columns(json: &[u8], columns: Columns) -> DbResult<Vec<String>> {
    let mut out = vec![String::from("{"); columns.len()];
    let mut source = serde_json::Deserializer::from_slice(json);
    source
        .deserialize_seq(Rows(&mut out))
        .map_err(|error| DbError::Stored(error.to_string()))?;
    for column in &mut out {
        column.push('}');
    }
    Ok(out)
}

struct Rows<'o>(&'o mut [String]);

impl<'de> Visitor<'de> for Rows<'_> {
    type Value = ();

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a list of rows")
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut rows: A) -> Result<(), A::Error> {
        while rows.next_element_seed(Row(&mut *self.0))?.is_some() {}
        Ok(())
    }
}

struct Row<'o>(&'o mut [String]);

impl<'de> DeserializeSeed<'de> for Row<'_> {
    type Value = ();

    fn deserialize<D: Deserializer<'de>>(self, row: D) -> Result<(), D::Error> {
        row.deserialize_seq(self)
    }
}

impl<'de> Visitor<'de> for Row<'_> {
    type Value = ();

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "a row of {} values", self.0.len())
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut values: A) -> Result<(), A::Error> {
        for column in self.0 {
            if column.len() > 1 {
                column.push(',');
            }
            values
                .next_element_seed(Cell(column))?
                .ok_or_else(|| serde::de::Error::custom("a row is too short"))?;
        }
        Ok(())
    }
}

/// Writes one value behind the others of its column.
struct Cell<'o>(&'o mut String);

impl<'de> DeserializeSeed<'de> for Cell<'_> {
    type Value = ();

    fn deserialize<D: Deserializer<'de>>(self, value: D) -> Result<(), D::Error> {
        value.deserialize_any(self)
    }
}

impl<'de> Visitor<'de> for Cell<'_> {
    type Value = ();

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a text, a number, a boolean or nothing")
    }

    fn visit_unit<E>(self) -> Result<(), E> {
        self.0.push_str("NULL");
        Ok(())
    }

    fn visit_bool<E>(self, value: bool) -> Result<(), E> {
        self.0.push(if value { 't' } else { 'f' });
        Ok(())
    }

    fn visit_i64<E>(self, value: i64) -> Result<(), E> {
        self.0.push_str(&value.to_string());
        Ok(())
    }

    fn visit_u64<E>(self, value: u64) -> Result<(), E> {
        self.0.push_str(&value.to_string());
        Ok(())
    }

    fn visit_f64<E>(self, value: f64) -> Result<(), E> {
        self.0.push_str(&value.to_string());
        Ok(())
    }

    fn visit_str<E>(self, value: &str) -> Result<(), E> {
        self.0.push('"');
        self.0.push_str(&escaped(value));
        self.0.push('"');
        Ok(())
    }
}

fn escaped(text: &str) -> Cow<'_, str> {
    if text.contains(['"', '\\']) {
        text.replace('\\', "\\\\").replace('"', "\\\"").into()
    } else {
        text.into()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::db::bulk::Kind;

    #[test]
    fn values_of_every_kind_become_arrays() {
        const COLUMNS: Columns = &[
            ("a", Kind::Int),
            ("b", Kind::Text),
            ("c", Kind::Bool),
            ("d", Kind::Real),
        ];
        let rows = [
            (Some(1), Some("plain"), true, 0.5),
            (None, Some("a \"b\" \\ {c},\n"), false, -1.0),
            (Some(-3), None, true, 1e300),
        ];
        let json = serde_json::to_vec(&rows).unwrap();
        let out = columns(&json, COLUMNS).unwrap();
        assert_eq!(out[0], "{1,NULL,-3}");
        assert_eq!(out[1], "{\"plain\",\"a \\\"b\\\" \\\\ {c},\n\",NULL}");
        assert_eq!(out[2], "{t,f,t}");
        assert!(out[3].starts_with("{0.5,-1,1000"));
        assert_eq!(columns(b"[]", COLUMNS).unwrap()[0], "{}");
    }

    #[test]
    fn rows_that_are_none_are_told() {
        const COLUMNS: Columns = &[("a", Kind::Int), ("b", Kind::Int)];
        for json in ["[[1]]", "[1]", "{}", "[[1,[2]]]"] {
            assert!(columns(json.as_bytes(), COLUMNS).is_err(), "{json}");
        }
    }
}
