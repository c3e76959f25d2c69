//! One site and what a browser without scripts can do with it.

use std::net::SocketAddr;
use std::sync::Arc;

use axum::Router;
use axum::body::Body;
use axum::extract::ConnectInfo;
use axum::http::{HeaderMap, Request, StatusCode, header};
use bzpeer::infra::clock::Clock;
use bzpeer::infra::config::{Config, Settings};
use bzpeer::infra::context::App;
use bzpeer::infra::random::Random;
use bzpeer::server;
use http_body_util::BodyExt;
use tempfile::TempDir;
use tower::ServiceExt;

/// 2 June 2026, noon (UTC).
pub const START: i64 = 1_780_401_600_000;

/// A site of its own, gone with the value.
pub struct TestSite {
    pub app: Arc<App>,
    pub router: Router,
    pub clock: Clock,
    pub data: TempDir,
}

/// The cookie of a logged-in browser.
#[derive(Clone, Debug)]
pub struct Session(pub String);

/// A response, read to its end.
#[derive(Debug)]
pub struct Answer {
    pub status: StatusCode,
    pub headers: HeaderMap,
    pub body: String,
}

impl Answer {
    /// The `Location` header.
    pub fn location(&self) -> Option<&str> {
        self.headers.get(header::LOCATION)?.to_str().ok()
    }

    /// The session cookie that the response sets.
    pub fn session(&self) -> Option<Session> {
        self.headers
            .get_all(header::SET_COOKIE)
            .iter()
            .filter_map(|v| v.to_str().ok())
            .filter_map(|v| v.split(';').next())
            .find(|pair| pair.contains("bzpeer=") && !pair.ends_with('='))
            .map(|pair| Session(pair.to_owned()))
    }
}

impl TestSite {
    /// On the embedded database.
    pub async fn sqlite() -> Self {
        Self::with(None, |_| {}).await
    }

    /// On PostgreSQL, where there is one.
    pub async fn postgres() -> Option<Self> {
        let url = super::postgres::fresh_database().await?;
        Some(Self::with(Some(url), |_| {}).await)
    }

    /// With settings of the test's own.
    pub async fn with(database_url: Option<String>, change: impl FnOnce(&mut Config)) -> Self {
        let data = tempfile::tempdir().expect("a temporary folder can be made");
        let mut config = Settings {
            data: Some(data.path().to_owned()),
            database_url,
            base_url: Some("http://bzpeer.test".into()),
            ..Settings::default()
        }
        .resolve()
        .expect("the settings are right");
        change(&mut config);
        let clock = Clock::manual(START);
        let app = server::open(config, clock.clone(), Random::seeded(7))
            .await
            .expect("the site opens");
        let router = server::router::router(app.clone());
        Self {
            app,
            router,
            clock,
            data,
        }
    }

    /// Sends any request.
    pub async fn send(&self, mut request: Request<Body>) -> Answer {
        request
            .extensions_mut()
            .insert(ConnectInfo(SocketAddr::from(([198, 51, 100, 7], 4000))));
        let response = self
            .router
            .clone()
            .oneshot(request)
            .await
            .expect("the router answers");
        let status = response.status();
        let headers = response.headers().clone();
        let bytes = response
            .into_body()
            .collect()
            .await
            .expect("the body ends")
            .to_bytes();
        Answer {
            status,
            headers,
            body: String::from_utf8_lossy(&bytes).into_owned(),
        }
    }

    /// Opens a page as a visitor.
    pub async fn get(&self, path: &str) -> Answer {
        self.get_as(path, None).await
    }

    /// Opens a page.
    pub async fn get_as(&self, path: &str, session: Option<&Session>) -> Answer {
        let mut request = Request::get(path)
            .header(header::HOST, "bzpeer.test")
            .header(header::ACCEPT, "text/html");
        if let Some(session) = session {
            request = request.header(header::COOKIE, &session.0);
        }
        self.send(request.body(Body::empty()).expect("a request"))
            .await
    }

    /// Posts a form as a browser without scripts does, from the page `referer`.
    pub async fn post_form(
        &self,
        path: &str,
        fields: &[(&str, &str)],
        session: Option<&Session>,
        referer: &str,
    ) -> Answer {
        self.post(path, fields, session, referer, "text/html").await
    }

    /// Posts a form as the page's own scripts do: refusals come with their status and as JSON.
    pub async fn call(
        &self,
        path: &str,
        fields: &[(&str, &str)],
        session: Option<&Session>,
    ) -> Answer {
        self.post(path, fields, session, "/", "application/json")
            .await
    }

    async fn post(
        &self,
        path: &str,
        fields: &[(&str, &str)],
        session: Option<&Session>,
        referer: &str,
        accept: &str,
    ) -> Answer {
        let body = url::form_urlencoded::Serializer::new(String::new())
            .extend_pairs(fields)
            .finish();
        let mut request = Request::post(path)
            .header(header::HOST, "bzpeer.test")
            .header(header::ORIGIN, "http://bzpeer.test")
            .header("sec-fetch-site", "same-origin")
            .header(header::ACCEPT, accept)
            .header(header::REFERER, format!("http://bzpeer.test{referer}"))
            .header(header::CONTENT_TYPE, "application/x-www-form-urlencoded");
        if let Some(session) = session {
            request = request.header(header::COOKIE, &session.0);
        }
        self.send(request.body(Body::from(body)).expect("a request"))
            .await
    }

    /// Delivers what is in the outbox and answers all mail so far, oldest first, undecoded.
    pub async fn mails(&self) -> Vec<String> {
        self.app
            .mailer
            .deliver_due(&self.app.db, self.clock.now())
            .await
            .expect("mail is delivered");
        let mut files: Vec<_> = std::fs::read_dir(self.data.path().join("mail"))
            .into_iter()
            .flatten()
            .flatten()
            .map(|entry| entry.path())
            .filter(|path| path.extension().is_some_and(|e| e == "eml"))
            .collect();
        files.sort();
        files
            .into_iter()
            .map(|path| {
                // Long lines are broken by quoted-printable: put together again for searching.
                std::fs::read_to_string(path)
                    .expect("a mail file")
                    .replace("=\r\n", "")
                    .replace("=3D", "=")
            })
            .collect()
    }
}
