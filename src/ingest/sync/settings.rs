//! What the operator sets for syncing.

use std::collections::HashMap;
use std::fmt;
use std::path::{Path, PathBuf};

use rustls::pki_types::CertificateDer;
use rustls::pki_types::pem::PemObject;
use serde::Deserialize;
use url::Url;

use super::Target;
use super::http::rules::Rules;
use super::http::{Client, Manners, Setup};
use crate::domain::clock::{Millis, SECOND};
use crate::domain::email::Email;
use crate::infra::clock::Clock;
use crate::infra::random::Random;

/// The table `[sync]` of the configuration file.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Settings {
    /// Whom a service may write to about our requests; nothing is asked without it.
    pub contact: Option<Email>,
    /// What is fetched when the command line names nothing.
    pub targets: Vec<Target>,
    /// Key of OpenAlex, which is free; without one it gives a few works a day and no changes.
    pub openalex_api_key: Option<Secret>,
    /// Token of ORCID's public API, which raises its limits; none is needed.
    pub orcid_token: Option<Secret>,
    /// Where OpenAlex is asked, for example a mirror [default: <https://api.openalex.org>]
    pub openalex_url: Option<String>,
    /// Where arXiv's OAI-PMH interface is [default: <https://oaipmh.arxiv.org/oai>]
    pub arxiv_url: Option<String>,
    /// Where Crossref is asked [default: <https://api.crossref.org>]
    pub crossref_url: Option<String>,
    /// Where ORCID is asked [default: <https://pub.orcid.org>]
    pub orcid_url: Option<String>,
    /// Whether one of these addresses may lie on this machine or in a private network.
    pub allow_private_addresses: bool,
    /// File (PEM) of further authorities to trust, for mirrors of the house.
    pub ca_certificates: Option<PathBuf>,
}

/// A key or token; never shown.
#[derive(Clone, Deserialize)]
#[serde(transparent)]
pub struct Secret(String);

impl Secret {
    /// A key as it was given.
    pub fn new(text: impl Into<String>) -> Self {
        Self(text.into())
    }

    pub(super) fn reveal(&self) -> &str {
        self.0.trim()
    }
}

impl fmt::Debug for Secret {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Secret(…)")
    }
}

/// A setting that cannot be used, in a sentence that names it.
#[derive(Debug, thiserror::Error)]
pub enum SettingsError {
    /// Nobody to write to.
    #[error(
        "set `contact` in [sync] to an e-mail address: the services want to know whom to write to"
    )]
    NoContact,
    /// Not usable as the base of a service.
    #[error("`{name}` in [sync] cannot be used: {reason}")]
    Url {
        /// Which setting.
        name: &'static str,
        /// What is wrong with it.
        reason: String,
    },
    /// A token with line breaks or the like.
    #[error("`{0}` in [sync] holds characters that no key has")]
    Secret(&'static str),
    /// The file of certificates.
    #[error("`ca_certificates` in [sync]: {path} cannot be used: {reason}")]
    Certificates {
        /// Which file.
        path: PathBuf,
        /// What is wrong with it.
        reason: String,
    },
    /// No client.
    #[error(transparent)]
    Setup(#[from] Setup),
}

/// The services, ready to be asked.
pub struct Services {
    pub(super) client: Client,
    pub(super) clock: Clock,
    pub(super) openalex: Url,
    pub(super) openalex_key: Option<Secret>,
    pub(super) arxiv: Url,
    pub(super) crossref: Url,
    pub(super) orcid: Url,
    pub(super) orcid_token: Option<Secret>,
}

impl Services {
    /// Makes them ready; nothing is asked yet. `site` is the site's public address, by which it introduces itself.
    ///
    /// # Errors
    /// [`SettingsError`] for the first setting that cannot be used.
    pub fn open(
        settings: &Settings,
        site: &str,
        clock: Clock,
        random: Random,
    ) -> Result<Self, SettingsError> {
        Self::with_manners(settings, site, clock, random, |_| {})
    }

    pub(super) fn with_manners(
        settings: &Settings,
        site: &str,
        clock: Clock,
        random: Random,
        change: impl FnOnce(&mut Manners),
    ) -> Result<Self, SettingsError> {
        let contact = settings.contact.as_ref().ok_or(SettingsError::NoContact)?;
        // The services' limits: OpenAlex takes a hundred requests a second, arXiv one in three seconds, Crossref tells its
        // own in every answer, ORCID does not publish one. None is used up here.
        let bases = [
            base(
                "openalex_url",
                &settings.openalex_url,
                "https://api.openalex.org",
                250,
            )?,
            base(
                "arxiv_url",
                &settings.arxiv_url,
                "https://oaipmh.arxiv.org/oai",
                3 * SECOND,
            )?,
            base(
                "crossref_url",
                &settings.crossref_url,
                "https://api.crossref.org",
                SECOND,
            )?,
            base(
                "orcid_url",
                &settings.orcid_url,
                "https://pub.orcid.org",
                500,
            )?,
        ];
        let mut intervals: HashMap<String, Millis> = HashMap::new();
        for (url, interval) in &bases {
            let host = url.host_str().unwrap_or_default();
            let least = intervals.entry(host.to_owned()).or_default();
            *least = (*least).max(*interval);
        }
        let [openalex, arxiv, crossref, orcid] = bases.map(|(url, _)| url);
        let named = [&openalex, &arxiv, &crossref, &orcid].into_iter();
        let rules = Rules::new(named, settings.allow_private_addresses);
        for (name, secret) in [
            ("openalex_api_key", &settings.openalex_api_key),
            ("orcid_token", &settings.orcid_token),
        ] {
            let sound =
                |secret: &Secret| secret.reveal().bytes().all(|byte| byte.is_ascii_graphic());
            if !secret.as_ref().is_none_or(sound) {
                return Err(SettingsError::Secret(name));
            }
        }
        let mut manners = Manners::new(user_agent(site, contact), rules, intervals);
        if let Some(path) = &settings.ca_certificates {
            manners.roots = certificates(path)?;
        }
        change(&mut manners);
        Ok(Self {
            client: Client::new(manners, clock.clone(), random)?,
            clock,
            openalex,
            openalex_key: settings.openalex_api_key.clone(),
            arxiv,
            crossref,
            orcid,
            orcid_token: settings.orcid_token.clone(),
        })
    }
}

/// The address of a service, with the least time between two requests to it.
fn base(
    name: &'static str,
    given: &Option<String>,
    default: &str,
    interval: Millis,
) -> Result<(Url, Millis), SettingsError> {
    let refuse = |reason: String| Err(SettingsError::Url { name, reason });
    let url = match Url::parse(given.as_deref().unwrap_or(default)) {
        Ok(url) => url,
        Err(error) => return refuse(format!("it is no web address ({error})")),
    };
    if url.query().is_some() || url.fragment().is_some() {
        return refuse("it should end with its path, without ? and #".to_owned());
    }
    // All but where it lies, which is checked when it is connected to.
    match Rules::new([&url].into_iter(), true).check(&url) {
        Ok(()) => Ok((url, interval)),
        Err(refusal) => refuse(refusal.to_string()),
    }
}

/// `BZPEER/0.1.0 (+https://people.university.example; mailto:library@university.example)`
fn user_agent(site: &str, contact: &Email) -> String {
    use fmt::Write;
    let text = format!(
        "BZPEER/{} (+{site}; mailto:{})",
        env!("CARGO_PKG_VERSION"),
        contact.as_str()
    );
    let mut ascii = String::with_capacity(text.len());
    for byte in text.bytes() {
        match byte {
            b' '..=b'~' => ascii.push(char::from(byte)),
            _ => {
                let _ = write!(ascii, "%{byte:02X}");
            }
        }
    }
    ascii
}

fn certificates(path: &Path) -> Result<Vec<CertificateDer<'static>>, SettingsError> {
    let refuse = |reason: String| SettingsError::Certificates {
        path: path.to_owned(),
        reason,
    };
    let bytes = std::fs::read(path).map_err(|error| refuse(error.to_string()))?;
    let found: Result<Vec<_>, _> = CertificateDer::pem_slice_iter(&bytes).collect();
    match found {
        Ok(found) if !found.is_empty() => Ok(found),
        Ok(_) => Err(refuse("it holds no certificate in PEM".to_owned())),
        Err(error) => Err(refuse(error.to_string())),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn open(settings: serde_json::Value) -> Result<Services, String> {
        let settings: Settings =
            serde_json::from_value(settings).map_err(|error| error.to_string())?;
        let site = "https://people.university.example";
        Services::open(&settings, site, Clock::manual(0), Random::seeded(1))
            .map_err(|error| error.to_string())
    }

    #[test]
    fn the_contact_alone_is_enough() {
        let services = open(serde_json::json!({"contact": "library@university.example"})).unwrap();
        assert_eq!(services.arxiv.as_str(), "https://oaipmh.arxiv.org/oai");
    }

    #[test]
    fn a_setting_that_cannot_be_used_is_named() {
        for (name, value) in [
            ("contact", serde_json::json!("nobody")),
            ("targets", serde_json::json!(["doi:10.5555/1"])),
            ("openalex_url", serde_json::json!("ftp://mirror.example")),
            (
                "arxiv_url",
                serde_json::json!("https://mirror.example/oai?verb=x"),
            ),
            (
                "crossref_url",
                serde_json::json!("https://user:secret@mirror.example"),
            ),
            ("orcid_url", serde_json::json!("https://169.254.169.254/")),
            ("orcid_token", serde_json::json!("a\nb")),
            ("openalex_api_key", serde_json::json!("schlüssel")),
            ("ca_certificates", serde_json::json!("/nonexistent/ca.pem")),
            ("openalex_ulr", serde_json::json!("https://mirror.example")),
        ] {
            let mut settings = serde_json::json!({"contact": "library@university.example"});
            settings[name] = value;
            let Err(error) = open(settings) else {
                panic!("{name} was taken");
            };
            let part = match name {
                "contact" => "e-mail",
                "targets" => "doi:10.5555/1",
                name => name,
            };
            assert!(error.contains(part), "{error}");
        }
        assert!(
            open(serde_json::json!({}))
                .err()
                .unwrap()
                .contains("contact")
        );
    }

    #[test]
    fn we_say_who_we_are_in_ascii() {
        let contact = Email::parse("büro@university.example").unwrap();
        let agent = user_agent("https://people.university.example", &contact);
        let version = env!("CARGO_PKG_VERSION");
        assert_eq!(
            agent,
            format!(
                "BZPEER/{version} (+https://people.university.example; mailto:b%C3%BCro@university.example)"
            )
        );
    }

    #[test]
    fn a_secret_is_never_shown() {
        let secret = Secret::new("abc");
        assert!(!format!("{secret:?}").contains("abc"));
    }
}
