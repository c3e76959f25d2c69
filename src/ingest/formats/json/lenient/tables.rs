//! Lists of lists, and objects used as tables.

use std::borrow::Cow;
use std::collections::BTreeMap;
use std::fmt;
use std::marker::PhantomData;

use serde::de::value::MapAccessDeserializer;
use serde::de::{Deserialize, Deserializer, Error, IgnoredAny, MapAccess, SeqAccess, Visitor};

use super::{List, One, Text, absent};

/// A list of lists.
#[derive(Clone, Debug)]
pub(in crate::ingest::formats) struct Rows<T>(pub Vec<List<T>>);

/// An object used as a table, sorted by key; a list counts as an empty one. Its values are to be lenient
/// themselves.
#[derive(Clone, Debug)]
pub(in crate::ingest::formats) struct Map<'a, T>(pub BTreeMap<Cow<'a, str>, T>);

/// A list in one version of a format, a table in another.
#[derive(Debug)]
pub(in crate::ingest::formats) enum ListOrMap<'a, T> {
    /// The list; empty if the value is neither.
    List(Vec<T>),
    /// The table.
    Map(BTreeMap<Cow<'a, str>, T>),
}

impl<T> Default for Rows<T> {
    fn default() -> Self {
        Self(Vec::new())
    }
}

impl<T> Default for ListOrMap<'_, T> {
    fn default() -> Self {
        Self::List(Vec::new())
    }
}

impl<T> Default for Map<'_, T> {
    fn default() -> Self {
        Self(BTreeMap::new())
    }
}

impl<'de, T: Deserialize<'de>> Deserialize<'de> for Rows<T> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct AnyRows<T>(PhantomData<T>);
        impl<'de, T: Deserialize<'de>> Visitor<'de> for AnyRows<T> {
            type Value = Rows<T>;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("a list of lists")
            }
            fn visit_seq<A: SeqAccess<'de>>(self, mut seq: A) -> Result<Rows<T>, A::Error> {
                let mut rows = Vec::new();
                while let Some(row) = seq.next_element::<List<T>>()? {
                    rows.push(row);
                }
                Ok(Rows(rows))
            }
            absent!(Rows<T>; bool unit number str map);
        }
        deserializer.deserialize_any(AnyRows(PhantomData))
    }
}

impl<'de: 'a, 'a, T: Deserialize<'de>> Deserialize<'de> for Map<'a, T> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct AnyMap<T>(PhantomData<T>);
        impl<'de, T: Deserialize<'de>> Visitor<'de> for AnyMap<T> {
            type Value = Map<'de, T>;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("an object")
            }
            fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Map<'de, T>, A::Error> {
                let mut table = BTreeMap::new();
                while let Some((key, value)) = map.next_entry::<Text<'de>, T>()? {
                    table.insert(key.into_inner(), value);
                }
                Ok(Map(table))
            }
            absent!(Map<'de, T>; bool unit number str seq);
        }
        deserializer.deserialize_any(AnyMap(PhantomData))
    }
}

impl<'de: 'a, 'a, T: Deserialize<'de>> Deserialize<'de> for ListOrMap<'a, T> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct Either<T>(PhantomData<T>);
        impl<'de, T: Deserialize<'de>> Visitor<'de> for Either<T> {
            type Value = ListOrMap<'de, T>;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("a list or an object")
            }
            fn visit_seq<A: SeqAccess<'de>>(self, mut seq: A) -> Result<Self::Value, A::Error> {
                let mut list = Vec::new();
                while let Some(One(element)) = seq.next_element::<One<T>>()? {
                    list.extend(element);
                }
                Ok(ListOrMap::List(list))
            }
            fn visit_map<A: MapAccess<'de>>(self, map: A) -> Result<Self::Value, A::Error> {
                let Map(found) = Map::<One<T>>::deserialize(MapAccessDeserializer::new(map))?;
                let found = found.into_iter();
                Ok(ListOrMap::Map(
                    found.filter_map(|(key, one)| Some((key, one.0?))).collect(),
                ))
            }
            absent!(ListOrMap<'de, T>; bool unit number str);
        }
        deserializer.deserialize_any(Either(PhantomData))
    }
}

#[cfg(test)]
mod tests {
    use super::super::tests::ALL;
    use super::*;

    #[test]
    fn lists_of_lists_keep_their_rows() {
        let rows = |json| {
            let rows: Rows<Text> = serde_json::from_str(json).unwrap();
            rows.0.iter().map(|row| row.0.len()).collect::<Vec<_>>()
        };
        assert_eq!(rows(r#"[[2010,12,5],[],null,"x",[null]]"#), [3, 0, 0, 1, 0]);
        assert!(ALL.iter().all(|json| rows(json).len() <= 1));
    }

    #[test]
    fn tables_are_read_or_empty() {
        let map: Map<Text> = serde_json::from_str(r#"{"b":1,"a":null,"c":"x"}"#).unwrap();
        assert_eq!(map.0.keys().collect::<Vec<_>>(), ["a", "b", "c"]);
        let lists: Map<List<Text>> = serde_json::from_str(r#"{"a":["x","y"],"b":"z"}"#).unwrap();
        let lengths: Vec<usize> = lists.0.values().map(|list| list.0.len()).collect();
        assert_eq!(lengths, [2, 1]);
        for json in ALL {
            let map: Map<Text> = serde_json::from_str(json).unwrap();
            assert_eq!(map.0.len(), usize::from(json.starts_with('{')), "{json}");
        }
    }
}
