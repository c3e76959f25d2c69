//! An e-mail address that can't be wrong once it exists.

use std::fmt;
use std::str::FromStr;

use email_address::{EmailAddress, Options};
use serde::{Deserialize, Serialize};
use unicode_normalization::UnicodeNormalization;

/// The longest address that can be mailed to, in bytes (RFC 5321, erratum 1690 of RFC 3696).
pub const MAX_BYTES: usize = 254;

/// Why a text is no e-mail address.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error, Serialize, Deserialize)]
pub enum InvalidEmail {
    /// Not of the form `name@host.domain`.
    #[error("This is not an e-mail address. It should look like name@university.edu.")]
    Form,
    /// More than [`MAX_BYTES`] bytes.
    #[error("An e-mail address has at most {MAX_BYTES} characters; this one has {length}.")]
    TooLong {
        /// The length of the given address in bytes.
        length: usize,
    },
}

/// An e-mail address: one `@`, a domain of two labels or more, at most [`MAX_BYTES`] bytes, Unicode in form NFC.
///
/// The part before the `@` keeps its case, because that host alone may interpret it; the domain is lower-case. Two
/// addresses belong to one person when their [`Email::key`] is equal.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct Email(String);

impl Email {
    /// Parses an address, ignoring space around it and a display name before it (`Ada <ada@example.org>`).
    ///
    /// # Errors
    /// [`InvalidEmail`] for anything mail could not be sent to, among it quoted local parts with spaces, addresses at a bare
    /// host, and addresses at an IP number.
    pub fn parse(text: &str) -> Result<Self, InvalidEmail> {
        let text: String = text.trim().nfc().collect();
        // A display name has no business being long either; the bound keeps hostile input from the parser.
        if text.len() > 4 * MAX_BYTES {
            return Err(InvalidEmail::TooLong { length: text.len() });
        }
        let options = Options::default()
            .with_required_tld()
            .without_domain_literal();
        let address =
            EmailAddress::parse_with_options(&text, options).map_err(|_| InvalidEmail::Form)?;
        let (local, domain) = (address.local_part(), address.domain());
        if local.chars().any(|c| c.is_whitespace() || c.is_control()) {
            return Err(InvalidEmail::Form);
        }
        let whole = format!("{local}@{}", domain.to_lowercase());
        if whole.len() > MAX_BYTES {
            return Err(InvalidEmail::TooLong {
                length: whole.len(),
            });
        }
        Ok(Self(whole))
    }

    /// The address as mail is sent to it.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// The address in lower case throughout: what accounts are looked up and kept unique by.
    pub fn key(&self) -> String {
        self.0.to_lowercase()
    }

    /// The part after the last `@`, in lower case.
    pub fn domain(&self) -> &str {
        self.0
            .rsplit_once('@')
            .map_or("", |(_local, domain)| domain)
    }

    /// Whether this address is at `domain` or at a host below it: `ada@cs.ucla.edu` is at `ucla.edu`,
    /// `ada@evil-ucla.edu` is not. A `domain` of a single label (`edu`) matches nothing.
    pub fn is_at(&self, domain: &str) -> bool {
        let domain = domain.trim().trim_end_matches('.').to_lowercase();
        if !domain.contains('.') || domain.starts_with('.') {
            return false;
        }
        match self.domain().strip_suffix(domain.as_str()) {
            Some(host) => host.is_empty() || host.ends_with('.'),
            None => false,
        }
    }
}

impl fmt::Display for Email {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl FromStr for Email {
    type Err = InvalidEmail;

    fn from_str(text: &str) -> Result<Self, InvalidEmail> {
        Self::parse(text)
    }
}

impl TryFrom<String> for Email {
    type Error = InvalidEmail;

    fn try_from(text: String) -> Result<Self, InvalidEmail> {
        Self::parse(&text)
    }
}

impl From<Email> for String {
    fn from(email: Email) -> Self {
        email.0
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn email(text: &str) -> Email {
        Email::parse(text).unwrap_or_else(|error| panic!("{text:?}: {error}"))
    }

    #[test]
    fn an_address_is_trimmed_and_its_domain_lower_cased() {
        let parsed = email("  Ada.Lovelace@Example.ORG\n");
        assert_eq!(parsed.as_str(), "Ada.Lovelace@example.org");
        assert_eq!(parsed.key(), "ada.lovelace@example.org");
        assert_eq!(parsed.domain(), "example.org");
    }

    #[test]
    fn a_display_name_is_ignored() {
        assert_eq!(
            email("Ada Lovelace <ada@example.org>"),
            email("ada@example.org")
        );
    }

    #[test]
    fn what_is_no_address_is_refused() {
        for wrong in [
            "",
            " ",
            "@",
            "ada",
            "ada@",
            "@example.org",
            "ada@localhost",
            "ada@[127.0.0.1]",
            "ada@@example.org",
            "a b@example.org",
            "\"a b\"@example.org",
            "ada@example..org",
            "ada@example.org\r\nBcc: eve@example.org",
            "ada@exam\u{0}ple.org",
            "ada@example.org, eve@example.org",
        ] {
            assert_eq!(Email::parse(wrong), Err(InvalidEmail::Form), "{wrong:?}");
        }
    }

    #[test]
    fn an_address_of_254_bytes_passes_and_one_of_255_does_not() {
        let label = "d".repeat(63);
        let domain = format!("{label}.{label}.{}.org", "e".repeat(62));
        let local = "l".repeat(254 - 1 - domain.len());
        assert_eq!(email(&format!("{local}@{domain}")).as_str().len(), 254);
        assert_eq!(
            Email::parse(&format!("{local}l@{domain}")),
            Err(InvalidEmail::TooLong { length: 255 })
        );
        assert!(Email::parse(&"x".repeat(10_000)).is_err());
    }

    #[test]
    fn an_address_is_at_its_domain_and_at_the_domains_above() {
        let ada = email("ada@cs.ucla.edu");
        assert!(ada.is_at("cs.ucla.edu"));
        assert!(ada.is_at("UCLA.edu"));
        assert!(ada.is_at("ucla.edu."));
        assert!(!ada.is_at("edu"));
        assert!(!ada.is_at(".edu"));
        assert!(!ada.is_at(""));
        assert!(!email("ada@evil-ucla.edu").is_at("ucla.edu"));
        assert!(!email("ada@ucla.edu.example.org").is_at("ucla.edu"));
    }

    #[test]
    fn composed_and_decomposed_letters_give_one_address() {
        assert_eq!(
            email("jose\u{301}@example.org").key(),
            email("jos\u{e9}@example.org").key()
        );
    }

    #[test]
    fn a_travelling_address_is_parsed_again_on_arrival() {
        let json = serde_json::to_string(&email("ada@example.org")).unwrap();
        assert_eq!(json, "\"ada@example.org\"");
        assert!(serde_json::from_str::<Email>("\"nobody\"").is_err());
    }
}
