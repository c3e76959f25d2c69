//! Values as sources write them: a number for a text, one object for a list of them, null for nothing.
//!
//! Nothing here fails on a value of another kind than expected: it counts as absent. Only broken JSON
//! is an error.

mod tables;

use std::borrow::Cow;
use std::fmt;
use std::marker::PhantomData;

use serde::de::value::{
    BorrowedStrDeserializer, Error as ValueError, MapAccessDeserializer, StrDeserializer,
};
use serde::de::{
    Deserialize, Deserializer, Error, IgnoredAny, IntoDeserializer, MapAccess, SeqAccess, Visitor,
};

pub(in super::super) use tables::{ListOrMap, Map, Rows};

/// A text: also a number, or the first of a list of texts. An object is no text. U+0000, which PostgreSQL
/// refuses and nobody reads, is never in it.
#[derive(Clone, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub(in super::super) struct Text<'a>(Cow<'a, str>);

impl<'a> Text<'a> {
    /// As it came.
    pub fn into_inner(self) -> Cow<'a, str> {
        self.0
    }

    /// Without white space around it.
    pub fn as_str(&self) -> &str {
        self.0.trim()
    }

    /// Whether nothing visible is in it.
    pub fn is_empty(&self) -> bool {
        self.as_str().is_empty()
    }

    /// As a number of a year, count or position.
    pub fn number(&self) -> Option<i64> {
        self.as_str().parse().ok()
    }
}

impl<'a> From<Cow<'a, str>> for Text<'a> {
    fn from(text: Cow<'a, str>) -> Self {
        match text {
            // It can only come from an escape, and what held one was not borrowed.
            Cow::Owned(mut text) => {
                text.retain(|c| c != '\0');
                Self(Cow::Owned(text))
            }
            borrowed => Self(borrowed),
        }
    }
}

/// A truth value: also `1` and `"true"`.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(in super::super) struct Flag(pub bool);

/// A value that may be missing: null, something of another kind, or a list with it as its first element. Not
/// for values that are lists themselves.
#[derive(Clone, Debug)]
pub(in super::super) struct One<T>(pub Option<T>);

/// A list: also one element without the list around it.
#[derive(Clone, Debug)]
pub(in super::super) struct List<T>(pub Vec<T>);

/// An object of which sources also give only the name.
#[derive(Clone, Debug, Default)]
pub(in super::super) struct TextOr<'a, T>(pub T, PhantomData<&'a str>);

impl<T> Default for One<T> {
    fn default() -> Self {
        Self(None)
    }
}

impl<T> Default for List<T> {
    fn default() -> Self {
        Self(Vec::new())
    }
}

/// The methods of a visitor for what counts as absent.
macro_rules! absent {
    ($value:ty; $($kind:ident)*) => {
        $(absent!(@ $value, $kind);)*
    };
    (@ $value:ty, bool) => {
        fn visit_bool<E: Error>(self, _: bool) -> Result<$value, E> {
            Ok(<$value>::default())
        }
    };
    (@ $value:ty, unit) => {
        fn visit_unit<E: Error>(self) -> Result<$value, E> {
            Ok(<$value>::default())
        }
    };
    (@ $value:ty, number) => {
        fn visit_i64<E: Error>(self, _: i64) -> Result<$value, E> {
            Ok(<$value>::default())
        }
        fn visit_u64<E: Error>(self, _: u64) -> Result<$value, E> {
            Ok(<$value>::default())
        }
        fn visit_f64<E: Error>(self, _: f64) -> Result<$value, E> {
            Ok(<$value>::default())
        }
    };
    (@ $value:ty, str) => {
        fn visit_str<E: Error>(self, _: &str) -> Result<$value, E> {
            Ok(<$value>::default())
        }
    };
    (@ $value:ty, seq) => {
        fn visit_seq<A: SeqAccess<'de>>(self, mut seq: A) -> Result<$value, A::Error> {
            while seq.next_element::<IgnoredAny>()?.is_some() {}
            Ok(<$value>::default())
        }
    };
    (@ $value:ty, map) => {
        fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<$value, A::Error> {
            while map.next_entry::<IgnoredAny, IgnoredAny>()?.is_some() {}
            Ok(<$value>::default())
        }
    };
}
use absent;

impl<'de: 'a, 'a> Deserialize<'de> for Text<'a> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct AnyText;
        impl<'de> Visitor<'de> for AnyText {
            type Value = Text<'de>;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("a text")
            }
            fn visit_borrowed_str<E: Error>(self, value: &'de str) -> Result<Text<'de>, E> {
                Ok(Text(Cow::Borrowed(value)))
            }
            fn visit_str<E: Error>(self, value: &str) -> Result<Text<'de>, E> {
                Ok(Text::from(Cow::Owned(value.to_owned())))
            }
            fn visit_string<E: Error>(self, value: String) -> Result<Text<'de>, E> {
                Ok(Text::from(Cow::Owned(value)))
            }
            fn visit_i64<E: Error>(self, value: i64) -> Result<Text<'de>, E> {
                Ok(Text(Cow::Owned(value.to_string())))
            }
            fn visit_u64<E: Error>(self, value: u64) -> Result<Text<'de>, E> {
                Ok(Text(Cow::Owned(value.to_string())))
            }
            fn visit_f64<E: Error>(self, value: f64) -> Result<Text<'de>, E> {
                Ok(Text(Cow::Owned(value.to_string())))
            }
            fn visit_seq<A: SeqAccess<'de>>(self, mut seq: A) -> Result<Text<'de>, A::Error> {
                let mut first = Text::default();
                while first.is_empty()
                    && let Some(text) = seq.next_element::<Text<'de>>()?
                {
                    first = text;
                }
                while seq.next_element::<IgnoredAny>()?.is_some() {}
                Ok(first)
            }
            absent!(Text<'de>; bool unit map);
        }
        deserializer.deserialize_any(AnyText)
    }
}

impl<'de> Deserialize<'de> for Flag {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct AnyFlag;
        impl<'de> Visitor<'de> for AnyFlag {
            type Value = Flag;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("true or false")
            }
            fn visit_bool<E: Error>(self, value: bool) -> Result<Flag, E> {
                Ok(Flag(value))
            }
            fn visit_i64<E: Error>(self, value: i64) -> Result<Flag, E> {
                Ok(Flag(value == 1))
            }
            fn visit_u64<E: Error>(self, value: u64) -> Result<Flag, E> {
                Ok(Flag(value == 1))
            }
            fn visit_f64<E: Error>(self, value: f64) -> Result<Flag, E> {
                Ok(Flag((value - 1.0).abs() < f64::EPSILON))
            }
            fn visit_str<E: Error>(self, value: &str) -> Result<Flag, E> {
                Ok(Flag(matches!(value.trim(), "1" | "true" | "True" | "TRUE")))
            }
            absent!(Flag; unit seq map);
        }
        deserializer.deserialize_any(AnyFlag)
    }
}

/// `T` from a value that is no object; `None` if it cannot be made of one.
macro_rules! scalars {
    ($wrap:expr, $value:ty) => {
        fn visit_borrowed_str<E: Error>(self, value: &'de str) -> Result<$value, E> {
            let text = BorrowedStrDeserializer::<ValueError>::new(value);
            Ok($wrap(T::deserialize(text).ok()))
        }
        fn visit_str<E: Error>(self, value: &str) -> Result<$value, E> {
            Ok($wrap(
                T::deserialize(StrDeserializer::<ValueError>::new(value)).ok(),
            ))
        }
        fn visit_i64<E: Error>(self, value: i64) -> Result<$value, E> {
            let number = IntoDeserializer::<ValueError>::into_deserializer(value);
            Ok($wrap(T::deserialize(number).ok()))
        }
        fn visit_u64<E: Error>(self, value: u64) -> Result<$value, E> {
            let number = IntoDeserializer::<ValueError>::into_deserializer(value);
            Ok($wrap(T::deserialize(number).ok()))
        }
        fn visit_f64<E: Error>(self, value: f64) -> Result<$value, E> {
            let number = IntoDeserializer::<ValueError>::into_deserializer(value);
            Ok($wrap(T::deserialize(number).ok()))
        }
        fn visit_map<A: MapAccess<'de>>(self, map: A) -> Result<$value, A::Error> {
            T::deserialize(MapAccessDeserializer::new(map)).map(|value| $wrap(Some(value)))
        }
    };
}

impl<'de, T: Deserialize<'de>> Deserialize<'de> for One<T> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct AnyOne<T>(PhantomData<T>);
        impl<'de, T: Deserialize<'de>> Visitor<'de> for AnyOne<T> {
            type Value = One<T>;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("an object")
            }
            scalars!(One, One<T>);
            fn visit_seq<A: SeqAccess<'de>>(self, mut seq: A) -> Result<One<T>, A::Error> {
                let first = seq.next_element::<One<T>>()?.unwrap_or_default();
                while seq.next_element::<IgnoredAny>()?.is_some() {}
                Ok(first)
            }
            absent!(One<T>; bool unit);
        }
        deserializer.deserialize_any(AnyOne(PhantomData))
    }
}

impl<'de, T: Deserialize<'de>> Deserialize<'de> for List<T> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        fn alone<T>(value: Option<T>) -> List<T> {
            List(value.into_iter().collect())
        }
        struct AnyList<T>(PhantomData<T>);
        impl<'de, T: Deserialize<'de>> Visitor<'de> for AnyList<T> {
            type Value = List<T>;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("a list")
            }
            scalars!(alone, List<T>);
            fn visit_seq<A: SeqAccess<'de>>(self, mut seq: A) -> Result<List<T>, A::Error> {
                let mut list = Vec::new();
                while let Some(One(element)) = seq.next_element::<One<T>>()? {
                    list.extend(element);
                }
                Ok(List(list))
            }
            absent!(List<T>; bool unit);
        }
        deserializer.deserialize_any(AnyList(PhantomData))
    }
}

impl<'de: 'a, 'a, T> Deserialize<'de> for TextOr<'a, T>
where
    T: Deserialize<'de> + From<Text<'a>>,
{
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct NameOrMore<'a, T>(PhantomData<(&'a str, T)>);
        impl<'de: 'a, 'a, T> Visitor<'de> for NameOrMore<'a, T>
        where
            T: Deserialize<'de> + From<Text<'a>>,
        {
            type Value = TextOr<'a, T>;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("a name or an object")
            }
            fn visit_borrowed_str<E: Error>(self, value: &'de str) -> Result<Self::Value, E> {
                Ok(TextOr(T::from(Text(Cow::Borrowed(value))), PhantomData))
            }
            fn visit_str<E: Error>(self, value: &str) -> Result<Self::Value, E> {
                Ok(TextOr(
                    T::from(Text::from(Cow::Owned(value.to_owned()))),
                    PhantomData,
                ))
            }
            fn visit_map<A: MapAccess<'de>>(self, map: A) -> Result<Self::Value, A::Error> {
                T::deserialize(MapAccessDeserializer::new(map))
                    .map(|value| TextOr(value, PhantomData))
            }
        }
        deserializer.deserialize_any(NameOrMore(PhantomData))
    }
}

#[cfg(test)]
mod tests {
    use serde::Deserialize;

    use super::*;

    #[derive(Clone, Debug, Default, Deserialize, PartialEq)]
    #[serde(default)]
    struct Place<'a> {
        #[serde(borrow)]
        name: Text<'a>,
    }

    impl<'a> From<Text<'a>> for Place<'a> {
        fn from(name: Text<'a>) -> Self {
            Self { name }
        }
    }

    pub(super) const ALL: [&str; 9] = [
        "null",
        "true",
        "1",
        "-1",
        "1.5",
        r#""a""#,
        r#"["a"]"#,
        r#"{"name":"a"}"#,
        r#"[[null]]"#,
    ];

    fn text(json: &str) -> String {
        serde_json::from_str::<Text>(json)
            .unwrap()
            .as_str()
            .to_owned()
    }

    fn list(json: &str) -> Vec<String> {
        let list: List<Place> = serde_json::from_str(json).unwrap();
        list.0
            .iter()
            .map(|place| place.name.as_str().to_owned())
            .collect()
    }

    #[test]
    fn a_text_is_read_from_whatever_stands_there() {
        let texts: Vec<String> = ALL.iter().map(|json| text(json)).collect();
        assert_eq!(texts, ["", "", "1", "-1", "1.5", "a", "a", "", ""]);
        assert_eq!(text(r#"[null," ","b","c"]"#), "b");
        assert_eq!(text(r#""a\n\u0000b""#), "a\nb");
    }

    #[test]
    fn a_list_is_read_from_one_and_from_none() {
        for json in ALL {
            let expected: &[&str] = if json.starts_with('{') { &["a"] } else { &[] };
            assert_eq!(list(json), expected, "{json}");
        }
        assert_eq!(list(r#"[{"name":1},null,3,{"name":"b"}]"#), ["1", "b"]);
        let texts: List<Text> = serde_json::from_str(r#"["a",null,2]"#).unwrap();
        assert_eq!(texts.0.len(), 2);
        let one: List<Text> = serde_json::from_str(r#""a""#).unwrap();
        assert_eq!(one.0[0].as_str(), "a");
    }

    #[test]
    fn one_is_read_from_a_list_too() {
        let one = |json| serde_json::from_str::<One<Place>>(json).unwrap().0;
        assert_eq!(
            one(r#"[{"name":"a"},{"name":"b"}]"#).unwrap().name.as_str(),
            "a"
        );
        assert!(one("[]").is_none() && one("null").is_none() && one("3").is_none());
    }

    #[test]
    fn a_name_may_stand_for_an_object() {
        let places: List<TextOr<Place>> =
            serde_json::from_str(r#"["a",{"name":"b"},null,7]"#).unwrap();
        let names: Vec<&str> = places.0.iter().map(|place| place.0.name.as_str()).collect();
        assert_eq!(names, ["a", "b"]);
    }

    #[test]
    fn flags_are_read_or_absent() {
        for json in ALL {
            let flag: Flag = serde_json::from_str(json).unwrap();
            assert_eq!(flag.0, matches!(json, "true" | "1"), "{json}");
        }
    }
}
