//! Asks web services for records: politely, patiently, and never where the operator would not want us to.
//!
//! Only `https` is asked, or what the operator named; addresses are checked where the connection is made, at every hop
//! of a redirect. No proxy is used, none of the environment either: behind one, addresses could not be checked.

pub mod address;
mod ask;
mod error;
mod headers;
mod pace;
mod resolver;
pub mod rules;
#[cfg(test)]
mod tests;

use std::collections::HashMap;
use std::sync::Arc;
use std::time::Duration;

use reqwest::StatusCode;
use reqwest::header::{ACCEPT, AUTHORIZATION, CONTENT_TYPE, LOCATION};
use rustls::pki_types::CertificateDer;
use rustls::{ClientConfig, RootCertStore};
use url::Url;

use crate::domain::clock::{MINUTE, Millis, SECOND};
use crate::infra::clock::Clock;
use crate::infra::random::Random;

pub use ask::{Answer, Ask, Key, Media};
use error::{Fault, sentence};
pub use error::{FetchError, Setup, said};
use headers::Timing;
use pace::Pace;
use resolver::{Names, Resolver};
use rules::{MAX_REDIRECTS, Refusal, Rules, shown};

/// The most of an error's body that is looked at, in bytes.
const MAX_ERROR_BYTES: usize = 64 * 1024;

/// How to ask.
#[derive(Clone)]
pub struct Manners {
    /// Who asks, for the header `User-Agent`.
    pub user_agent: String,
    /// What may be asked.
    pub rules: Rules,
    /// The least time between two requests in milliseconds, by host.
    pub intervals: HashMap<String, Millis>,
    /// Certificates to trust besides those of the public web.
    pub roots: Vec<CertificateDer<'static>>,
    /// How long connecting may take.
    pub connect_timeout: Duration,
    /// How long a server may be silent.
    pub read_timeout: Duration,
    /// How long one request may take in all.
    pub total_timeout: Duration,
    /// The most that an answer may hold, unpacked, in bytes.
    pub max_body: usize,
    /// How often one thing is asked before it is given up.
    pub attempts: u32,
    /// How long a run waits for a server in milliseconds; a longer wait is for the next run.
    pub longest_wait: Millis,
}

impl Manners {
    /// The usual ones.
    pub fn new(user_agent: String, rules: Rules, intervals: HashMap<String, Millis>) -> Self {
        Self {
            user_agent,
            rules,
            intervals,
            roots: Vec::new(),
            connect_timeout: Duration::from_secs(15),
            // arXiv was seen to think for a minute and a half.
            read_timeout: Duration::from_secs(150),
            total_timeout: Duration::from_secs(15 * 60),
            max_body: 64 * 1024 * 1024,
            attempts: 6,
            longest_wait: 15 * MINUTE,
        }
    }
}

/// The one client for all services; cheap to share behind an `Arc`.
pub struct Client {
    /// For the public web.
    public: reqwest::Client,
    /// For what the operator named and allowed inside the house; shares no connection with the other.
    inside: reqwest::Client,
    pace: Pace,
    manners: Manners,
    clock: Clock,
    random: Random,
}

impl Client {
    /// Makes the client; nothing is asked yet.
    ///
    /// # Errors
    /// [`Setup`] for certificates that cannot be used.
    pub fn new(manners: Manners, clock: Clock, random: Random) -> Result<Self, Setup> {
        Self::with_names(manners, clock, random, Names::System)
    }

    fn with_names(
        manners: Manners,
        clock: Clock,
        random: Random,
        names: Names,
    ) -> Result<Self, Setup> {
        let tls = tls(&manners.roots)?;
        let build = |inside_allowed| {
            reqwest::Client::builder()
                .tls_backend_preconfigured(tls.clone())
                .dns_resolver(Arc::new(Resolver {
                    names: names.clone(),
                    inside_allowed,
                }))
                .no_proxy()
                .redirect(reqwest::redirect::Policy::none())
                .user_agent(&manners.user_agent)
                .connect_timeout(manners.connect_timeout)
                .read_timeout(manners.read_timeout)
                .timeout(manners.total_timeout)
                .build()
                .map_err(|error| Setup(sentence(&error)))
        };
        Ok(Self {
            public: build(false)?,
            inside: build(true)?,
            pace: Pace::new(
                clock.clone(),
                manners.intervals.clone(),
                manners.longest_wait,
            ),
            manners,
            clock,
            random,
        })
    }

    /// Asks until there is an answer that `read` can read, with pauses that grow, and gives up after some attempts.
    /// `read` runs where it may take its time.
    ///
    /// # Errors
    /// [`FetchError`].
    pub async fn get<T: Send + 'static>(
        &self,
        ask: &Ask,
        read: impl Fn(Answer) -> Result<T, String> + Clone + Send + 'static,
    ) -> Result<T, FetchError> {
        let mut attempt = 1;
        loop {
            let reason = match self.ask(ask).await {
                Ok(answer) => {
                    let read = read.clone();
                    match tokio::task::spawn_blocking(move || read(answer)).await {
                        Ok(Ok(read)) => return Ok(read),
                        Ok(Err(reason)) => reason,
                        Err(_) => "its answer made the reader fail".to_owned(),
                    }
                }
                Err(Fault::Final(error)) => return Err(error),
                Err(Fault::Passing(reason)) => reason,
            };
            if attempt >= self.manners.attempts {
                return Err(FetchError::GaveUp {
                    url: shown(&ask.url),
                    attempts: attempt,
                    reason,
                });
            }
            tracing::debug!(url = shown(&ask.url), attempt, reason, "asked in vain");
            self.pace.hold(host(&ask.url), self.pause(attempt)).await;
            attempt += 1;
        }
    }

    /// The pause after an attempt: twice as long each time, at most two minutes, of which chance takes up to half.
    fn pause(&self, attempt: u32) -> Millis {
        let whole = (SECOND << attempt.min(10)).min(2 * MINUTE);
        let chance = u32::from_le_bytes(self.random.bytes());
        whole - Millis::from(chance) % (whole / 2)
    }

    /// Asks once, through redirects.
    async fn ask(&self, ask: &Ask) -> Result<Answer, Fault> {
        let rules = &self.manners.rules;
        let refused = |Refusal(reason)| {
            Fault::Final(FetchError::Refused {
                url: shown(&ask.url),
                reason,
            })
        };
        rules.check(&ask.url).map_err(refused)?;
        let mut url = ask.url.clone();
        for _ in 0..=MAX_REDIRECTS {
            match self.hop(&url, ask).await? {
                Hop::Answer(answer) => return Ok(answer),
                Hop::To(location) => {
                    url = rules.next_hop(&url, &location).map_err(refused)?;
                }
            }
        }
        Err(refused(Refusal(format!(
            "it redirects more than {MAX_REDIRECTS} times, the last time to {}",
            shown(&url)
        ))))
    }

    async fn hop(&self, url: &Url, ask: &Ask) -> Result<Hop, Fault> {
        let mut turn = match self.pace.enter(host(url)).await {
            Ok(turn) => turn,
            Err(pace::Later { until }) => {
                return Err(Fault::Final(FetchError::Later {
                    host: host(url).to_owned(),
                    until,
                }));
            }
        };
        let client = if self.manners.rules.may_be_inside(url) {
            &self.inside
        } else {
            &self.public
        };
        let mut request = client
            .get(ask.unlocked(url))
            .header(ACCEPT, ask.expects.accept());
        if let (Some(Key::Bearer(token)), true) = (&ask.key, url.origin() == ask.url.origin()) {
            request = request.header(AUTHORIZATION, format!("Bearer {token}"));
        }
        let response = request
            .send()
            .await
            .map_err(|error| Fault::of(error, url))?;
        let status = response.status();
        let busy = matches!(status.as_u16(), 408 | 425 | 429 | 500 | 502..=504);
        let now = self.clock.now();
        let timing = Timing::of(response.headers(), now, busy);
        if let Some(interval) = timing.interval {
            turn.slow_down(interval);
        }
        if let Some(wait) = timing.wait {
            turn.hold_until(now.saturating_add(wait));
        }
        let date = timing.date.unwrap_or(now).min(now);
        let text = |name| Some(response.headers().get(name)?.to_str().ok()?.to_owned());
        let content_type = text(CONTENT_TYPE);
        if matches!(status.as_u16(), 301..=303 | 307 | 308) {
            return match text(LOCATION) {
                Some(location) => Ok(Hop::To(location)),
                None => Err(Fault::Passing("it redirects nowhere".to_owned())),
            };
        }
        if busy {
            return Err(Fault::Passing(format!("it answered {}", in_words(status))));
        }
        let limit = if status.is_success() {
            self.manners.max_body
        } else {
            MAX_ERROR_BYTES
        };
        let body = body(response, limit, url).await;
        // Only now may the next request be made.
        drop(turn);
        if !status.is_success() {
            return Err(Fault::Final(FetchError::Status {
                url: shown(&ask.url),
                status: status.as_u16(),
                body: body.unwrap_or_default(),
            }));
        }
        let body = body?;
        let expected = content_type
            .as_deref()
            .is_none_or(|named| ask.expects.is_named_by(named));
        if !expected {
            let named = content_type.unwrap_or_default();
            let named: String = named.chars().take(80).collect();
            let reason = format!("it sent `{named}` where {:?} was asked for", ask.expects);
            return Err(Fault::Passing(reason));
        }
        Ok(Hop::Answer(Answer { date, body }))
    }
}

enum Hop {
    Answer(Answer),
    To(String),
}

/// Reads a body up to its limit; what comes packed is unpacked on the way, so that the limit holds for that too.
async fn body(mut response: reqwest::Response, limit: usize, url: &Url) -> Result<Vec<u8>, Fault> {
    let mut body = Vec::new();
    loop {
        match response.chunk().await {
            Ok(None) => return Ok(body),
            Ok(Some(chunk)) if chunk.len() <= limit - body.len() => body.extend_from_slice(&chunk),
            Ok(Some(_)) => {
                return Err(Fault::Final(FetchError::TooLarge {
                    url: shown(url),
                    limit,
                }));
            }
            Err(error) => return Err(Fault::of(error, url)),
        }
    }
}

fn host(url: &Url) -> &str {
    url.host_str().unwrap_or_default()
}

/// `503 Service Unavailable`
fn in_words(status: StatusCode) -> String {
    match status.canonical_reason() {
        Some(reason) => format!("{} {reason}", status.as_u16()),
        None => status.as_u16().to_string(),
    }
}

/// The encryption, with the authorities that browsers trust.
fn tls(roots: &[CertificateDer<'static>]) -> Result<ClientConfig, Setup> {
    let mut store = RootCertStore {
        roots: webpki_roots::TLS_SERVER_ROOTS.to_vec(),
    };
    for root in roots {
        store
            .add(root.clone())
            .map_err(|error| Setup(sentence(&error)))?;
    }
    let provider = Arc::new(rustls::crypto::ring::default_provider());
    let config = ClientConfig::builder_with_provider(provider)
        .with_safe_default_protocol_versions()
        .map_err(|error| Setup(sentence(&error)))?;
    Ok(config.with_root_certificates(store).with_no_client_auth())
}
