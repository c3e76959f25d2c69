//! Abstracts as OpenAlex gives them: for each word the places where it stands.

use std::borrow::Cow;
use std::fmt;

use serde::de::{
    Deserialize, DeserializeSeed, Deserializer, Error, IgnoredAny, MapAccess, SeqAccess, Visitor,
};

use super::super::json::Text;
use crate::ingest::markup::MAX_ABSTRACT_BYTES;

/// The words of an abstract with their places, in no order.
///
/// Their number is bounded by the length of the text that they make, whatever places they claim.
#[derive(Debug, Default)]
pub(super) struct Abstract<'a> {
    words: Vec<Cow<'a, str>>,
    /// A place in the text, and which word stands there.
    places: Vec<(u64, usize)>,
    /// The length of the text, as far as it was counted.
    bytes: usize,
}

impl Abstract<'_> {
    /// The text with single spaces; `None` if there is none. One that is too long comes out longer than
    /// [`MAX_ABSTRACT_BYTES`], though not in full.
    pub fn into_text(mut self) -> Option<String> {
        self.places.sort_by_key(|(place, _)| *place);
        let mut text = String::with_capacity(self.bytes);
        for (_, word) in &self.places {
            let word = self.words.get(*word).map_or("", |word| word.trim());
            if word.is_empty() {
                continue;
            }
            if !text.is_empty() {
                text.push(' ');
            }
            text.push_str(word);
        }
        (!text.is_empty()).then_some(text)
    }

    /// The word last added stands at `place`.
    fn add(&mut self, place: u64) {
        if self.bytes <= MAX_ABSTRACT_BYTES
            && let Some(last) = self.words.len().checked_sub(1)
        {
            self.bytes += self.words[last].len() + 1;
            self.places.push((place, last));
        }
    }
}

impl<'de: 'a, 'a> Deserialize<'de> for Abstract<'a> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct Index;
        impl<'de> Visitor<'de> for Index {
            type Value = Abstract<'de>;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("an inverted index")
            }
            fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Self::Value, A::Error> {
                let mut found = Abstract::default();
                while let Some(word) = map.next_key::<Text<'de>>()? {
                    found.words.push(word.into_inner());
                    map.next_value_seed(Places(&mut found))?;
                }
                Ok(found)
            }
            fn visit_unit<E: Error>(self) -> Result<Self::Value, E> {
                Ok(Abstract::default())
            }
            fn visit_bool<E: Error>(self, _: bool) -> Result<Self::Value, E> {
                Ok(Abstract::default())
            }
            fn visit_i64<E: Error>(self, _: i64) -> Result<Self::Value, E> {
                Ok(Abstract::default())
            }
            fn visit_u64<E: Error>(self, _: u64) -> Result<Self::Value, E> {
                Ok(Abstract::default())
            }
            fn visit_f64<E: Error>(self, _: f64) -> Result<Self::Value, E> {
                Ok(Abstract::default())
            }
            fn visit_str<E: Error>(self, _: &str) -> Result<Self::Value, E> {
                Ok(Abstract::default())
            }
            fn visit_seq<A: SeqAccess<'de>>(self, mut seq: A) -> Result<Self::Value, A::Error> {
                while seq.next_element::<IgnoredAny>()?.is_some() {}
                Ok(Abstract::default())
            }
        }
        deserializer.deserialize_any(Index)
    }
}

/// Reads the places of the word last added: a list, or one place without the list around it.
struct Places<'f, 'a>(&'f mut Abstract<'a>);

impl<'de, 'a> DeserializeSeed<'de> for Places<'_, 'a> {
    type Value = ();

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<(), D::Error> {
        deserializer.deserialize_any(self)
    }
}

impl<'de, 'a> Visitor<'de> for Places<'_, 'a> {
    type Value = ();

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("places of a word")
    }
    fn visit_seq<A: SeqAccess<'de>>(self, mut seq: A) -> Result<(), A::Error> {
        while seq.next_element_seed(Places(self.0))?.is_some() {}
        Ok(())
    }
    fn visit_u64<E: Error>(self, place: u64) -> Result<(), E> {
        self.0.add(place);
        Ok(())
    }
    fn visit_i64<E: Error>(self, _: i64) -> Result<(), E> {
        Ok(())
    }
    fn visit_f64<E: Error>(self, _: f64) -> Result<(), E> {
        Ok(())
    }
    fn visit_str<E: Error>(self, _: &str) -> Result<(), E> {
        Ok(())
    }
    fn visit_bool<E: Error>(self, _: bool) -> Result<(), E> {
        Ok(())
    }
    fn visit_unit<E: Error>(self) -> Result<(), E> {
        Ok(())
    }
    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<(), A::Error> {
        while map.next_entry::<IgnoredAny, IgnoredAny>()?.is_some() {}
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn text(json: &str) -> Option<String> {
        serde_json::from_str::<Abstract>(json).unwrap().into_text()
    }

    #[test]
    fn an_inverted_index_is_turned_back_into_its_text() {
        assert_eq!(
            text(r#"{"model":[1,4],"A":[0],"of":[2],"a":[3],"x\u0000\n":5}"#).as_deref(),
            Some("A model of a model x")
        );
        for none in [
            "null",
            "{}",
            "[]",
            "\"\"",
            "3",
            r#"{"a":null,"b":["x"],"c":{"d":[1]},"d":[-1]}"#,
        ] {
            assert_eq!(text(none), None, "{none}");
        }
    }

    #[test]
    fn a_place_far_out_takes_no_room() {
        assert_eq!(
            text(r#"{"end":[18446744073709551615],"The":[0]}"#).as_deref(),
            Some("The end")
        );
    }

    #[test]
    fn a_long_word_at_many_places_stays_bounded() {
        let word = "x".repeat(10_000);
        let places = vec!["1"; 100_000].join(",");
        let found = text(&format!(r#"{{"{word}":[{places}]}}"#)).unwrap();
        assert!(found.len() > MAX_ABSTRACT_BYTES);
        assert!(found.len() < MAX_ABSTRACT_BYTES + 20_000);
    }
}
