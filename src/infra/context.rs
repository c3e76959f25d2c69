//! What a request knows: the application, who asks, from where.

use std::future::Future;
use std::net::IpAddr;
use std::pin::Pin;
use std::sync::{Arc, OnceLock};

use axum::http::request::Parts;
use axum::http::{HeaderName, HeaderValue, StatusCode, header};
use leptos::prelude::use_context;
use leptos_axum::ResponseOptions;

use crate::args;
use crate::db::{Db, DbResult, Tx};
use crate::domain::events::Event;
use crate::domain::ids::AccountId;
use crate::error::AppError;
use crate::infra::clock::Clock;
use crate::infra::config::Config;
use crate::infra::mail::Mailer;
use crate::infra::random::Random;
use crate::infra::session::Viewer;

/// What a reaction gives back.
pub type Reacting<'a> = Pin<Box<dyn Future<Output = DbResult<()>> + Send + 'a>>;
/// Something another feature does in the same transaction when an event is stored.
pub type Reaction = for<'a> fn(&'a App, &'a mut Tx, &'a Event) -> Reacting<'a>;

/// The running application, one per process.
pub struct App {
    /// The database.
    pub db: Db,
    /// Time.
    pub clock: Clock,
    /// Chance.
    pub random: Random,
    /// Mail.
    pub mailer: Mailer,
    /// Settings.
    pub config: Config,
    /// Who reacts to events, in order.
    pub reactions: &'static [Reaction],
}

impl App {
    /// Stores an event and lets the other features react, all in the caller's transaction.
    pub async fn emit(
        &self,
        tx: &mut Tx,
        actor: Option<AccountId>,
        event: Event,
    ) -> Result<(), AppError> {
        let payload = serde_json::to_string(&event).map_err(|error| {
            tracing::error!(%error, "an event could not be written as JSON");
            AppError::Internal
        })?;
        tx.execute(
            "INSERT INTO events (at, kind, actor_account_id, payload) VALUES ($1, $2, $3, $4)",
            args![self.clock.now(), event.kind(), actor.map(|a| a.0), payload],
        )
        .await?;
        for reaction in self.reactions {
            reaction(self, tx, &event).await?;
        }
        Ok(())
    }
}

/// One request.
#[derive(Clone)]
pub struct Cx {
    /// The application.
    pub app: Arc<App>,
    /// Who is logged in.
    pub viewer: Option<Viewer>,
    /// The network address of the client.
    pub ip: IpAddr,
    /// The browser's name for itself.
    pub user_agent: String,
    /// The colour theme chosen by cookie: `light`, `dark`, or by the system.
    pub theme: Option<&'static str>,
    /// The content policy of the page being rendered, once its nonce is known.
    pub content_policy: Arc<OnceLock<String>>,
}

impl Cx {
    /// The request that is being answered.
    pub fn current() -> Result<Self, AppError> {
        use_context::<Parts>()
            .and_then(|parts| parts.extensions.get::<Cx>().cloned())
            .ok_or(AppError::Internal)
    }

    /// The database, for reading.
    pub fn db(&self) -> Db {
        self.app.db.clone()
    }

    /// Epoch milliseconds.
    pub fn now(&self) -> i64 {
        self.app.clock.now()
    }

    /// The logged-in account, or the refusal.
    pub fn require_viewer(&self) -> Result<&Viewer, AppError> {
        self.viewer.as_ref().ok_or(AppError::NotLoggedIn)
    }

    /// The logged-in account with a proved e-mail address, or the refusal.
    pub fn require_verified(&self) -> Result<&Viewer, AppError> {
        let viewer = self.require_viewer()?;
        if viewer.email_verified {
            Ok(viewer)
        } else {
            Err(AppError::EmailNotVerified)
        }
    }

    /// The proof that the viewer moderates, or the refusal.
    pub fn require_moderator(&self) -> Result<Moderator, AppError> {
        let viewer = self.require_viewer()?;
        if viewer.moderator {
            Ok(Moderator(viewer.account))
        } else {
            Err(AppError::Forbidden)
        }
    }
}

/// A proof that this account moderates; only [`Cx::require_moderator`] makes one.
#[derive(Clone, Copy, Debug)]
pub struct Moderator(AccountId);

impl Moderator {
    /// Whose proof this is.
    pub fn account(self) -> AccountId {
        self.0
    }
}

/// Runs the service behind a server function for the current request. For programs and for the
/// page's own scripts a refusal gets its HTTP status; a plain form post is redirected instead.
pub async fn serve<T, F>(service: impl FnOnce(Cx) -> F) -> Result<T, AppError>
where
    F: Future<Output = Result<T, AppError>>,
{
    let cx = Cx::current()?;
    let result = service(cx).await;
    if let Err(error) = &result
        && !wants_html()
        && let Some(response) = use_context::<ResponseOptions>()
        && let Ok(status) = StatusCode::from_u16(error.status())
        && answers_api()
    {
        response.set_status(status);
    }
    result
}

fn wants_html() -> bool {
    use_context::<Parts>().is_some_and(|parts| {
        parts
            .headers
            .get(header::ACCEPT)
            .and_then(|v| v.to_str().ok())
            .is_some_and(|v| v.contains("text/html"))
    })
}

/// Whether the current request is a call of a server function rather than a page being rendered.
fn answers_api() -> bool {
    use_context::<Parts>().is_some_and(|parts| parts.uri.path().starts_with("/api/"))
}

/// Adds a header to the response of the current request.
pub fn set_header(name: HeaderName, value: &str) {
    if let (Some(response), Ok(value)) = (
        use_context::<ResponseOptions>(),
        HeaderValue::from_str(value),
    ) {
        response.append_header(name, value);
    }
}

/// Sets the status of the page being rendered. A redirect that was decided on the way stays one: what is rendered
/// beside it is for browsers that do not follow.
pub fn set_status(status: u16) {
    if let (Some(response), Ok(status)) = (
        use_context::<ResponseOptions>(),
        StatusCode::from_u16(status),
    ) {
        let redirected = response
            .0
            .read()
            .is_ok_and(|parts| parts.status.is_some_and(|status| status.is_redirection()));
        if !redirected {
            response.set_status(status);
        }
    }
}

/// Sends the browser elsewhere for good: the page has moved to `path`.
pub fn moved_permanently(path: &str) {
    set_status(301);
    set_header(header::LOCATION, path);
}
