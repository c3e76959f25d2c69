//! Web addresses of organisations.

use url::Url;

/// Hosts where many unrelated organisations have their pages: mail from there proves nothing.
const SHARED_HOSTS: [&str; 30] = [
    "about.me",
    "academia.edu",
    "archive.org",
    "bit.ly",
    "blogspot.com",
    "business.site",
    "doi.org",
    "facebook.com",
    "github.com",
    "github.io",
    "gitlab.com",
    "google.com",
    "hypotheses.org",
    "instagram.com",
    "jimdofree.com",
    "linkedin.com",
    "medium.com",
    "researchgate.net",
    "sourceforge.net",
    "squarespace.com",
    "tripod.com",
    "twitter.com",
    "webs.com",
    "weebly.com",
    "wikidata.org",
    "wikipedia.org",
    "wix.com",
    "wixsite.com",
    "wordpress.com",
    "youtube.com",
];

/// A web address, if it is one of http or https.
pub(in super::super) fn web_address(text: &str) -> Option<String> {
    let text = text.trim();
    let url = Url::parse(text).ok()?;
    let web = matches!(url.scheme(), "http" | "https") && url.host_str().is_some();
    (web && !text.contains(|c: char| c.is_whitespace() || c.is_control())).then(|| text.to_owned())
}

/// The domain of an organisation's own web site. `None` for a page of a site that it may share with others:
/// on a host known for that, or below the start of a site (`example.gov/offices/example`), since mail from the
/// domain would prove nothing.
pub(in super::super) fn domain_of(address: &str) -> Option<String> {
    let url = Url::parse(address.trim()).ok()?;
    let host = matches!(url.scheme(), "http" | "https").then(|| url.domain())??;
    let name = domain(host)?;
    let shared = SHARED_HOSTS.iter().any(|host| {
        name.strip_suffix(host)
            .is_some_and(|before| before.is_empty() || before.ends_with('.'))
    });
    let parts = url.path_segments().into_iter().flatten();
    (!shared && parts.into_iter().all(is_start)).then_some(name)
}

/// Whether part of an address leads to the start of a site: a language, `index.html`, `home`.
fn is_start(part: &str) -> bool {
    let part = part.to_ascii_lowercase();
    let word = part.split('.').next().unwrap_or_default();
    let language =
        part.len() <= 2 || (part.len() == 5 && matches!(part.as_bytes()[2], b'-' | b'_'));
    language
        || word.starts_with("index")
        || matches!(
            word,
            "home"
                | "default"
                | "main"
                | "start"
                | "homepage"
                | "welcome"
                | "english"
                | "eng"
                | "web"
                | "www"
                | "site"
        )
}

/// A domain in lower case without `www`.
pub(in super::super) fn domain(text: &str) -> Option<String> {
    let text = text.trim().trim_end_matches('.').to_ascii_lowercase();
    let name = text.strip_prefix("www.").unwrap_or(&text);
    let sound = |part: &str| {
        (1..=63).contains(&part.len()) && part.chars().all(|c| c.is_alphanumeric() || c == '-')
    };
    (name.contains('.') && name.split('.').all(sound)).then(|| name.to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_site_gives_its_domain() {
        for (address, expected) in [
            ("https://www.Example.edu/en/index.html", Some("example.edu")),
            (
                "http://physics.example.ac.uk",
                Some("physics.example.ac.uk"),
            ),
            ("https://www2.example.org:8080/", Some("www2.example.org")),
            ("https://example.edu", Some("example.edu")),
            (
                "https://example.edu/zh-cn/home.php?x=1",
                Some("example.edu"),
            ),
            ("https://example.gov/offices/example", None),
            ("https://sites.google.com/view/example", None),
            ("https://example.github.io", None),
            ("https://facebook.com/example", None),
            ("https://notfacebook.com", Some("notfacebook.com")),
            ("https://192.0.2.1/", None),
            ("ftp://example.org", None),
            ("example.org", None),
            ("https://localhost/", None),
        ] {
            assert_eq!(domain_of(address).as_deref(), expected, "{address}");
        }
        assert_eq!(domain("Example.EDU").as_deref(), Some("example.edu"));
        assert_eq!(
            domain("example.github.io").as_deref(),
            Some("example.github.io")
        );
        assert_eq!(domain("a/b.edu"), None);
        assert_eq!(domain("a..edu"), None);
    }

    #[test]
    fn only_web_addresses_are_kept() {
        assert!(web_address(" https://example.org/~ada ").is_some());
        assert!(web_address("javascript:alert(1)").is_none());
        assert!(web_address("https://").is_none());
        assert!(web_address("https://example.org/a b").is_none());
    }
}
