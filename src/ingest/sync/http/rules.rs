//! Which addresses of the web may be asked: `https`, and what the operator named; checked for every hop of a redirect.

use std::net::IpAddr;

use url::{Host, Origin, Url};

use super::address::Reach;

/// How many redirects are followed.
pub const MAX_REDIRECTS: usize = 5;
/// A longer address in a redirect is no address.
const MAX_LOCATION_BYTES: usize = 8 * 1024;

/// What the operator named, and what that allows.
#[derive(Clone, Debug, Default)]
pub struct Rules {
    /// The origins of the services, as configured.
    named: Vec<Origin>,
    /// Whether a service that the operator named may lie inside the house.
    allow_private_addresses: bool,
}

/// Why an address is not asked, to be put after the address.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{0}")]
pub struct Refusal(pub String);

fn refuse<T>(reason: impl Into<String>) -> Result<T, Refusal> {
    Err(Refusal(reason.into()))
}

impl Rules {
    /// Rules for the services at these base addresses.
    pub fn new<'u>(bases: impl Iterator<Item = &'u Url>, allow_private_addresses: bool) -> Self {
        Self {
            named: bases.map(Url::origin).collect(),
            allow_private_addresses,
        }
    }

    /// Whether addresses of the house may be connected to for this URL: only for the very host and port that the operator
    /// named, never for where its answers lead.
    pub fn may_be_inside(&self, url: &Url) -> bool {
        self.allow_private_addresses && self.named.contains(&url.origin())
    }

    /// Checks all of a URL that can be checked before its name is resolved.
    ///
    /// # Errors
    /// [`Refusal`] with what is wrong with it.
    pub fn check(&self, url: &Url) -> Result<(), Refusal> {
        match url.scheme() {
            "https" => {}
            "http" if self.named.contains(&url.origin()) => {}
            "http" => return refuse("it is not encrypted (http); only https is asked"),
            other => return refuse(format!("`{other}:` is not asked, only https")),
        }
        if !url.username().is_empty() || url.password().is_some() {
            return refuse("it holds a user name or password");
        }
        let address = match url.host() {
            Some(Host::Ipv4(address)) => IpAddr::V4(address),
            Some(Host::Ipv6(address)) => IpAddr::V6(address),
            Some(Host::Domain(_)) => return Ok(()),
            None => return refuse("it names no host"),
        };
        check_address(address, self.may_be_inside(url))
    }

    /// Where a redirect leads.
    ///
    /// # Errors
    /// [`Refusal`] if that may not be asked, or is less safe than where it came from.
    pub fn next_hop(&self, from: &Url, location: &str) -> Result<Url, Refusal> {
        if location.len() > MAX_LOCATION_BYTES {
            return refuse("it redirects to an endless address");
        }
        let Ok(mut to) = from.join(location) else {
            return refuse("it redirects to what is no web address");
        };
        to.set_fragment(None);
        if from.scheme() == "https" && to.scheme() == "http" {
            return refuse(format!("it redirects from https to http ({})", shown(&to)));
        }
        match self.check(&to) {
            Ok(()) => Ok(to),
            Err(Refusal(reason)) => refuse(format!("it redirects to {}: {reason}", shown(&to))),
        }
    }
}

/// Checks an address that a name was resolved to, or that stands in the URL itself.
///
/// # Errors
/// [`Refusal`] that names its kind.
pub fn check_address(address: IpAddr, inside_allowed: bool) -> Result<(), Refusal> {
    match Reach::of(address).refusal(inside_allowed) {
        None => Ok(()),
        Some(kind) => refuse(format!("the address {address} is {kind}")),
    }
}

/// A URL for messages: without the query, where keys stand, and of bounded length.
pub fn shown(url: &Url) -> String {
    let host = url.host_str().unwrap_or_default();
    let port = url.port().map_or(String::new(), |port| format!(":{port}"));
    let path: String = url.path().chars().take(200).collect();
    match url.scheme() {
        scheme @ ("http" | "https") => format!("{scheme}://{host}{port}{path}"),
        scheme => format!("{scheme}:{path}"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn url(text: &str) -> Url {
        Url::parse(text).unwrap()
    }

    fn rules(base: &str, inside: bool) -> Rules {
        Rules::new([url(base)].iter(), inside)
    }

    #[test]
    fn only_https_is_asked_and_http_where_the_operator_named_it() {
        let rules = rules("http://mirror.example:8080/", false);
        for text in ["https://a.example/", "http://mirror.example:8080/x"] {
            assert_eq!(rules.check(&url(text)), Ok(()), "{text}");
        }
        for text in [
            "http://a.example/",
            "http://mirror.example/",
            "ftp://a.example/",
            "file:///etc/passwd",
            "data:text/plain,x",
            "https://user@a.example/",
            "https://:secret@a.example/",
        ] {
            assert!(rules.check(&url(text)).is_err(), "{text}");
        }
    }

    #[test]
    fn numbers_in_any_spelling_are_seen_as_the_addresses_they_are() {
        let rules = rules("https://a.example/", false);
        for text in [
            "https://127.0.0.1/",
            "https://2130706433/",
            "https://0x7f.1/",
            "https://0177.0.0.1/",
            "https://[::1]/",
            "https://[::ffff:169.254.169.254]/",
            "https://169.254.169.254/",
            "https://１２７.0.0.1/",
        ] {
            assert!(rules.check(&url(text)).is_err(), "{text}");
        }
        assert_eq!(rules.check(&url("https://1.1.1.1/")), Ok(()));
    }

    #[test]
    fn leave_for_the_house_holds_for_the_named_host_and_port_alone() {
        let rules = rules("http://127.0.0.1:8080/", true);
        assert!(rules.may_be_inside(&url("http://127.0.0.1:8080/works")));
        for text in [
            "http://127.0.0.1:8081/",
            "https://127.0.0.1:8080/",
            "http://127.0.0.2:8080/",
            "http://localhost:8080/",
        ] {
            assert!(!rules.may_be_inside(&url(text)), "{text}");
            assert!(rules.check(&url(text)).is_err() || text.contains("localhost"));
        }
    }

    #[test]
    fn a_redirect_may_lead_to_the_public_web_and_never_to_less() {
        let rules = rules("http://mirror.example/", false);
        let from = url("https://a.example/works?page=2#part");
        for (location, to) in [
            ("/authors/A2", "https://a.example/authors/A2"),
            ("?page=3", "https://a.example/works?page=3"),
            ("https://b.example/x#y", "https://b.example/x"),
            ("//b.example/x", "https://b.example/x"),
        ] {
            assert_eq!(rules.next_hop(&from, location).unwrap().as_str(), to);
        }
        let long = format!("/{}", "x".repeat(MAX_LOCATION_BYTES));
        for location in [
            "http://a.example/",
            "http://mirror.example/",
            "https://169.254.169.254/latest/meta-data",
            "https://127.0.0.1/",
            "https://[::1]/",
            "file:///etc/passwd",
            "https://user:secret@b.example/",
            "javascript:alert(1)",
            "https://",
            &long,
        ] {
            assert!(rules.next_hop(&from, location).is_err(), "{location}");
        }
        // From the http that the operator named, to its encrypted form and within it.
        let from = url("http://mirror.example/works");
        assert!(
            rules
                .next_hop(&from, "https://mirror.example/works")
                .is_ok()
        );
        assert!(rules.next_hop(&from, "/other").is_ok());
        assert!(rules.next_hop(&from, "http://b.example/").is_err());
    }

    #[test]
    fn messages_show_no_query_and_no_password() {
        let text = shown(&url(
            "https://user:secret@a.example:8443/works?api_key=secret",
        ));
        assert_eq!(text, "https://a.example:8443/works");
        assert_eq!(shown(&url("file:///etc/passwd")), "file:/etc/passwd");
    }
}
