//! DOIs.

use serde::{Deserialize, Serialize};

use super::{
    InvalidIdentifier, parsed_text, path_at, push_percent_encoded, strip_prefix_ignoring_case,
};

/// A DOI in lower case (ASCII letters only, as DOIs ignore ASCII case), without `doi:` or address.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct Doi(String);

parsed_text!(Doi);

impl Doi {
    /// The longest DOI accepted, in characters.
    pub const MAX_CHARS: usize = 2048;

    /// Accepts `10.1000/182`, `doi:10.1000/182` and addresses at doi.org (percent-encoding there is undone).
    ///
    /// # Errors
    /// [`InvalidIdentifier::Doi`] for another form, [`InvalidIdentifier::DoiTooLong`] beyond [`Doi::MAX_CHARS`].
    pub fn parse(text: &str) -> Result<Self, InvalidIdentifier> {
        let text = text.trim();
        let doi = match path_at(text, &["doi.org", "dx.doi.org", "www.doi.org"]) {
            Some(path) => percent_decoded(path).ok_or(InvalidIdentifier::Doi)?,
            None => ["doi:", "info:doi/", "doi "]
                .iter()
                .find_map(|prefix| strip_prefix_ignoring_case(text, prefix))
                .unwrap_or(text)
                .trim_start()
                .to_owned(),
        };
        let length = doi.chars().count();
        if length > Self::MAX_CHARS {
            return Err(InvalidIdentifier::DoiTooLong {
                length,
                max: Self::MAX_CHARS,
            });
        }
        let (prefix, suffix) = doi.split_once('/').ok_or(InvalidIdentifier::Doi)?;
        let registrant = prefix.strip_prefix("10.").ok_or(InvalidIdentifier::Doi)?;
        let registered = registrant.split('.').all(|part| {
            (1..=9).contains(&part.len()) && part.bytes().all(|byte| byte.is_ascii_digit())
        });
        let printable =
            !suffix.is_empty() && !suffix.chars().any(|c| c.is_whitespace() || c.is_control());
        if !registered || registrant.len() < 4 || !printable {
            return Err(InvalidIdentifier::Doi);
        }
        Ok(Self(doi.to_ascii_lowercase()))
    }

    /// The lower-case DOI, which is also its key.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// The address at doi.org, percent-encoded where needed.
    pub fn url(&self) -> String {
        let mut url = "https://doi.org/".to_owned();
        push_percent_encoded(&mut url, &self.0);
        url
    }
}

/// The text with `%XX` decoded; a stray `%` stands for itself; `None` if the bytes are no UTF-8.
fn percent_decoded(text: &str) -> Option<String> {
    let bytes = text.as_bytes();
    let hex = |at: usize| {
        let byte = bytes.get(at)?;
        char::from(*byte).to_digit(16)
    };
    let mut out = Vec::with_capacity(bytes.len());
    let mut at = 0;
    while at < bytes.len() {
        match (bytes[at], hex(at + 1), hex(at + 2)) {
            (b'%', Some(high), Some(low)) => {
                out.push((high * 16 + low) as u8);
                at += 3;
            }
            (byte, _, _) => {
                out.push(byte);
                at += 1;
            }
        }
    }
    String::from_utf8(out).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_spelling_of_a_doi_gives_one_key() {
        for text in [
            "10.1145/ABC.12",
            "doi:10.1145/abc.12",
            "DOI: 10.1145/abc.12",
            "https://doi.org/10.1145/abc.12",
            "http://dx.doi.org/10.1145/ABC.12",
            "doi.org/10.1145%2Fabc.12",
            "info:doi/10.1145/abc.12",
        ] {
            assert_eq!(
                Doi::parse(text).unwrap().as_str(),
                "10.1145/abc.12",
                "{text}"
            );
        }
    }

    #[test]
    fn odd_characters_survive_the_way_through_an_address() {
        let odd = "10.1002/(sici)1099-1409(199908/10)3:6/7<672::aid-jpp192>3.0.co;2-8";
        let doi = Doi::parse(odd).unwrap();
        assert_eq!(
            doi.url(),
            "https://doi.org/10.1002/(sici)1099-1409(199908/10)3:6/7%3C672::aid-jpp192%3E3.0.co;2-8"
        );
        assert_eq!(Doi::parse(&doi.url()).unwrap(), doi);
        let percent = Doi::parse("10.1000/50%25-é#?").unwrap();
        assert_eq!(percent.as_str(), "10.1000/50%25-é#?");
        assert_eq!(Doi::parse(&percent.url()).unwrap(), percent);
    }

    #[test]
    fn other_forms_are_refused() {
        for text in [
            "",
            "10.1000",
            "10.1000/",
            "10/abc",
            "11.1000/abc",
            "10.a/abc",
            "10..1/abc",
            "10.1000/a b",
            "10.12/abc",
            "10.1234567890/abc",
            "https://example.org/10.1000/abc",
            "10.1000/a\u{0}b",
            "https://doi.org/10.1000/%FF",
        ] {
            assert_eq!(Doi::parse(text), Err(InvalidIdentifier::Doi), "{text:?}");
        }
    }

    #[test]
    fn a_doi_of_2048_characters_passes_and_one_more_does_not() {
        let longest = format!("10.1000/{}", "x".repeat(2048 - 8));
        assert!(Doi::parse(&longest).is_ok());
        assert_eq!(
            Doi::parse(&format!("{longest}x")),
            Err(InvalidIdentifier::DoiTooLong {
                length: 2049,
                max: 2048
            })
        );
    }
}
