//! ORCID iDs.

use serde::{Deserialize, Serialize};

use super::{InvalidIdentifier, parsed_text, path_at};

/// An ORCID iD in its dashed form, `0000-0002-1825-0097`, its check digit right.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct Orcid(String);

parsed_text!(Orcid);

impl Orcid {
    /// Accepts the sixteen digits bare, dashed, or as the full address at orcid.org.
    ///
    /// # Errors
    /// [`InvalidIdentifier::Orcid`] for another form, [`InvalidIdentifier::OrcidChecksum`] for a wrong last digit
    /// (ISO 7064, MOD 11-2).
    pub fn parse(text: &str) -> Result<Self, InvalidIdentifier> {
        let text = text.trim();
        let bare = path_at(text, &["orcid.org", "www.orcid.org"]).unwrap_or(text);
        let bare = bare.strip_suffix('/').unwrap_or(bare);
        let dashed = bare.len() == 19
            && bare
                .bytes()
                .enumerate()
                .all(|(place, byte)| (byte == b'-') == (place % 5 == 4));
        if bare.len() != 16 && !dashed {
            return Err(InvalidIdentifier::Orcid);
        }
        let digits: String = bare.replace('-', "").to_ascii_uppercase();
        if digits.len() != 16 {
            return Err(InvalidIdentifier::Orcid);
        }
        let (body, check) = digits.split_at(15);
        if !body.bytes().all(|byte| byte.is_ascii_digit()) {
            return Err(InvalidIdentifier::Orcid);
        }
        match check {
            c if c == check_digit(body).to_string() => {}
            "X" => return Err(InvalidIdentifier::OrcidChecksum),
            c if c.bytes().all(|byte| byte.is_ascii_digit()) => {
                return Err(InvalidIdentifier::OrcidChecksum);
            }
            _ => return Err(InvalidIdentifier::Orcid),
        }
        Ok(Self(format!(
            "{}-{}-{}-{}",
            &digits[..4],
            &digits[4..8],
            &digits[8..12],
            &digits[12..]
        )))
    }

    /// The dashed form.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// The full link, which is how an ORCID iD has to be shown.
    pub fn url(&self) -> String {
        format!("https://orcid.org/{}", self.0)
    }
}

/// The check digit of fifteen ASCII digits by ISO 7064, MOD 11-2.
fn check_digit(body: &str) -> char {
    let total = body
        .bytes()
        .fold(0u32, |sum, byte| (sum + u32::from(byte - b'0')) * 2 % 11);
    match (12 - total) % 11 {
        10 => 'X',
        digit => char::from_digit(digit, 10).expect("a remainder below 10 is one digit"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_spelling_of_an_orcid_id_gives_the_dashed_form() {
        for text in [
            "0000-0002-1825-0097",
            "0000000218250097",
            " https://orcid.org/0000-0002-1825-0097 ",
            "http://orcid.org/0000-0002-1825-0097/",
            "HTTPS://WWW.ORCID.ORG/0000-0002-1825-0097",
            "orcid.org/0000000218250097",
        ] {
            assert_eq!(
                Orcid::parse(text).unwrap().as_str(),
                "0000-0002-1825-0097",
                "{text}"
            );
        }
    }

    #[test]
    fn a_check_digit_of_ten_is_written_x() {
        let orcid = Orcid::parse("0000-0002-1694-233x").unwrap();
        assert_eq!(orcid.url(), "https://orcid.org/0000-0002-1694-233X");
    }

    #[test]
    fn any_single_wrong_digit_is_noticed() {
        let right = "0000000218250097";
        for place in 0..16 {
            for digit in b'0'..=b'9' {
                let mut digits = right.as_bytes().to_vec();
                digits[place] = digit;
                let text = String::from_utf8(digits).unwrap();
                let expected = text == right;
                assert_eq!(Orcid::parse(&text).is_ok(), expected, "{text}");
            }
        }
    }

    #[test]
    fn other_forms_are_refused() {
        for text in [
            "",
            "0000-0002-1825-009",
            "0000-0002-1825-00977",
            "00000002-1825-0097-",
            "0000-0002-1825-009A",
            "https://example.org/0000-0002-1825-0097",
            "０000-0002-1825-0097",
            "X000000218250097",
            "0000_0002_1825_0097",
        ] {
            assert_eq!(
                Orcid::parse(text),
                Err(InvalidIdentifier::Orcid),
                "{text:?}"
            );
        }
    }
}
