//! Which address goes where.

use std::path::Path;
use std::sync::{Arc, OnceLock};
use std::time::Duration;

use axum::Router;
use axum::extract::{DefaultBodyLimit, Form, Request, State};
use axum::http::{HeaderMap, HeaderValue, StatusCode, header};
use axum::middleware::from_fn;
use axum::middleware::from_fn_with_state;
use axum::response::{IntoResponse, Redirect, Response};
use axum::routing::{get, post};
use leptos::config::LeptosOptions;
use leptos_axum::{AxumRouteListing, LeptosRoutes, generate_route_list};
use tower::ServiceBuilder;
use tower_http::CompressionLevel;
use tower_http::catch_panic::CatchPanicLayer;
use tower_http::compression::CompressionLayer;
use tower_http::csrf::CsrfLayer;
use tower_http::limit::RequestBodyLimitLayer;
use tower_http::services::ServeDir;
use tower_http::set_header::SetResponseHeaderLayer;
use tower_http::timeout::TimeoutLayer;
use tower_http::trace::TraceLayer;

use super::{addresses, export, middleware};
use crate::app::{App as Root, shell};
use crate::args;
use crate::db::Sql;
use crate::infra::context::App;
use crate::paths;

/// Forms are text of a few thousand characters; nothing larger is read.
const LARGEST_BODY: usize = 256 * 1024;

/// What the Leptos handlers need to know, without a file of settings.
#[derive(Clone)]
pub struct Site {
    /// The application.
    pub app: Arc<App>,
    /// Leptos's own options.
    pub leptos: LeptosOptions,
}

impl axum::extract::FromRef<Site> for LeptosOptions {
    fn from_ref(site: &Site) -> Self {
        site.leptos.clone()
    }
}

impl axum::extract::FromRef<Site> for Arc<App> {
    fn from_ref(site: &Site) -> Self {
        site.app.clone()
    }
}

/// The whole site as an axum router.
pub fn router(app: Arc<App>) -> Router {
    let leptos = leptos_options(&app);
    let site = Site {
        app: app.clone(),
        leptos: leptos.clone(),
    };
    let in_shell = leptos.clone();
    let pages = Router::new()
        .route("/api/{*function}", post(leptos_axum::handle_server_fns))
        .route("/theme", post(choose_theme))
        .merge(export::routes())
        .leptos_routes(&site, routes(), move || shell(in_shell.clone()))
        .fallback(leptos_axum::file_and_error_handler::<Site, _>(shell))
        .layer(from_fn_with_state(app.clone(), addresses::follow))
        .layer(from_fn(middleware::refusals))
        .layer(from_fn(middleware::tidy_redirects))
        .layer(from_fn_with_state(app.clone(), middleware::context))
        .layer(RequestBodyLimitLayer::new(LARGEST_BODY))
        .layer(DefaultBodyLimit::max(LARGEST_BODY))
        .layer(CsrfLayer::new());
    let files = ServiceBuilder::new()
        .layer(SetResponseHeaderLayer::if_not_present(
            header::CACHE_CONTROL,
            // Their names change with their content.
            HeaderValue::from_static("public, max-age=31536000, immutable"),
        ))
        .service(
            ServeDir::new(app.config.site_root.join("pkg"))
                .precompressed_br()
                .precompressed_gzip(),
        );
    Router::new()
        .route("/healthz", get(|| async { "ok\n" }))
        .route("/readyz", get(ready))
        .nest_service("/pkg", files)
        .merge(pages)
        .with_state(site)
        .layer(CompressionLayer::new().quality(CompressionLevel::Precise(4)))
        .layer(from_fn(middleware::security_headers))
        .layer(TimeoutLayer::with_status_code(
            StatusCode::GATEWAY_TIMEOUT,
            Duration::from_secs(60),
        ))
        .layer(CatchPanicLayer::new())
        .layer(TraceLayer::new_for_http().make_span_with(|request: &Request| {
            // Without the query: it may hold a mailed token.
            tracing::debug_span!("request", method = %request.method(), path = request.uri().path())
        }))
}

/// The list of pages; the same for every router of the process, and costly to make.
fn routes() -> Vec<AxumRouteListing> {
    static ROUTES: OnceLock<Vec<AxumRouteListing>> = OnceLock::new();
    ROUTES.get_or_init(|| generate_route_list(Root)).clone()
}

fn leptos_options(app: &App) -> LeptosOptions {
    let root = app.config.site_root.clone();
    // The names with hashes stand in a file that `make build` leaves in the site; cargo-leptos by itself leaves it
    // beside the program.
    let beside_program = std::env::current_exe()
        .ok()
        .and_then(|exe| exe.parent().map(Path::to_path_buf));
    let hashes = [Some(root.clone()), beside_program]
        .into_iter()
        .flatten()
        .filter_map(|folder| std::path::absolute(folder.join("hash.txt")).ok())
        .find(|path| path.is_file());
    let options = LeptosOptions::builder()
        .output_name("bzpeer")
        .site_root(root.display().to_string())
        .site_pkg_dir("pkg")
        .site_addr(app.config.addr)
        .hash_files(hashes.is_some());
    match hashes {
        Some(path) => options.hash_file(path.display().to_string().into()).build(),
        None => options.build(),
    }
}

async fn ready(State(app): State<Arc<App>>) -> Response {
    let answer: Result<(i64,), _> = app
        .db
        .clone()
        .one(
            "SELECT COUNT(*) FROM sessions WHERE token_hash = $1",
            args![""],
        )
        .await;
    match answer {
        Ok(_) => "ready\n".into_response(),
        Err(error) => {
            tracing::error!(%error, "not ready");
            (
                StatusCode::SERVICE_UNAVAILABLE,
                "the database does not answer\n",
            )
                .into_response()
        }
    }
}

#[derive(serde::Deserialize)]
struct ThemeChoice {
    theme: String,
}

/// Remembers light, dark or the system's choice in a cookie, and goes back.
async fn choose_theme(headers: HeaderMap, Form(choice): Form<ThemeChoice>) -> Response {
    let cookie = match choice.theme.as_str() {
        "light" => "theme=light; Path=/; Max-Age=31536000; SameSite=Lax",
        "dark" => "theme=dark; Path=/; Max-Age=31536000; SameSite=Lax",
        _ => "theme=; Path=/; Max-Age=0; SameSite=Lax",
    };
    let back = headers
        .get(header::REFERER)
        .and_then(|v| v.to_str().ok())
        .and_then(|v| url::Url::parse(v).ok())
        .map(|url| url[url::Position::BeforePath..].to_owned())
        .filter(|path| paths::safe_next(path).is_some())
        .unwrap_or_else(|| paths::HOME.to_owned());
    ([(header::SET_COOKIE, cookie)], Redirect::to(&back)).into_response()
}
