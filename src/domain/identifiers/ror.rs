//! ROR ids of organisations.

use serde::{Deserialize, Serialize};

use super::{InvalidIdentifier, parsed_text, path_at};

/// A ROR id without its address, `046rm7j60`, its check digits right.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct Ror(String);

parsed_text!(Ror);

impl Ror {
    /// Accepts the nine characters bare or as the address at ror.org.
    ///
    /// # Errors
    /// [`InvalidIdentifier::Ror`] for another form, [`InvalidIdentifier::RorChecksum`] when the last two digits do not fit
    /// (ISO 7064, MOD 97-10 over the number that the characters before write in Crockford's base 32).
    pub fn parse(text: &str) -> Result<Self, InvalidIdentifier> {
        let text = text.trim();
        let bare = path_at(text, &["ror.org", "www.ror.org"]).unwrap_or(text);
        let bare = bare.strip_suffix('/').unwrap_or(bare).to_ascii_lowercase();
        if bare.len() != 9 || !bare.is_ascii() || !bare.starts_with('0') {
            return Err(InvalidIdentifier::Ror);
        }
        let (body, check) = bare.split_at(7);
        let number = crockford(body).ok_or(InvalidIdentifier::Ror)?;
        if !check.bytes().all(|byte| byte.is_ascii_digit()) {
            return Err(InvalidIdentifier::Ror);
        }
        let expected = 98 - number * 100 % 97;
        if check != format!("{expected:02}") {
            return Err(InvalidIdentifier::RorChecksum);
        }
        Ok(Self(bare))
    }

    /// The nine characters.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// The full link.
    pub fn url(&self) -> String {
        format!("https://ror.org/{}", self.0)
    }
}

/// The number that lower-case Crockford base 32 digits write; `None` at `i`, `l`, `o`, `u` and anything else.
fn crockford(text: &str) -> Option<u64> {
    const DIGITS: &[u8; 32] = b"0123456789abcdefghjkmnpqrstvwxyz";
    text.bytes().try_fold(0u64, |number, byte| {
        let digit = DIGITS.iter().position(|known| *known == byte)?;
        Some(number * 32 + digit as u64)
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_spelling_of_a_ror_id_gives_the_bare_one() {
        for text in [
            "046rm7j60",
            "046RM7J60",
            "https://ror.org/046rm7j60",
            "http://ror.org/046rm7j60/",
            " ror.org/046rm7j60",
        ] {
            let ror = Ror::parse(text).unwrap();
            assert_eq!(ror.as_str(), "046rm7j60", "{text}");
            assert_eq!(ror.url(), "https://ror.org/046rm7j60");
        }
    }

    #[test]
    fn check_digits_below_ten_keep_their_zero() {
        let with_zero = (0..1_000_000u64).find_map(|n| {
            let body = format!("0{n:06}");
            let check = 98 - crockford(&body)? * 100 % 97;
            (check < 10).then(|| format!("{body}0{check}"))
        });
        assert!(Ror::parse(&with_zero.unwrap()).is_ok());
    }

    #[test]
    fn any_single_wrong_character_is_noticed() {
        let right = "046rm7j60";
        for place in 1..9 {
            for byte in b"0123456789abcdefghjkmnpqrstvwxyz" {
                let mut bytes = right.as_bytes().to_vec();
                bytes[place] = *byte;
                let text = String::from_utf8(bytes).unwrap();
                assert_eq!(Ror::parse(&text).is_ok(), text == right, "{text}");
            }
        }
        assert_eq!(Ror::parse("046rm7j61"), Err(InvalidIdentifier::RorChecksum));
    }

    #[test]
    fn other_forms_are_refused() {
        for text in [
            "",
            "146rm7j60",
            "046rm7j6",
            "046rm7j600",
            "046rl7j60",
            "046rm7j6a",
            "grid.19006.3e",
            "https://example.org/046rm7j60",
            "０46rm7j",
        ] {
            assert_eq!(Ror::parse(text), Err(InvalidIdentifier::Ror), "{text:?}");
        }
    }
}
