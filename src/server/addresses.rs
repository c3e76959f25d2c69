//! Addresses below an author or a work that turned out to be another, or that is not shown: the pages and files there answer
//! as the page itself would, which looks after its own address.

use std::sync::Arc;

use axum::body::{Body, to_bytes};
use axum::extract::{Request, State};
use axum::http::{HeaderValue, Method, StatusCode, header};
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};

use crate::db::DbResult;
use crate::db::addresses::{self, Address, WorkAddress};
use crate::domain::ids::{AuthorId, WorkId};
use crate::error::AppError;
use crate::infra::context::App;
use crate::paths;

/// No page is larger.
const LARGEST_PAGE: usize = 16 * 1024 * 1024;

/// What becomes of a request.
enum Way {
    /// It is answered here.
    On,
    /// For good at another path.
    Moved(String),
    /// Not at all any more.
    Gone,
}

/// Redirects what moved, and says 410 for what is gone.
pub async fn follow(State(app): State<Arc<App>>, request: Request, next: Next) -> Response {
    if !matches!(*request.method(), Method::GET | Method::HEAD) {
        return next.run(request).await;
    }
    let way = match way(&app, request.uri().path()).await {
        Ok(way) => way,
        Err(error) => return failure(&AppError::from(error)),
    };
    match way {
        Way::On => without_scripts_if_gone(next.run(request).await).await,
        Way::Gone => failure(&AppError::Gone { own: false }),
        Way::Moved(path) => {
            let to = match request.uri().query() {
                Some(query) => format!("{path}?{query}"),
                None => path,
            };
            match HeaderValue::from_str(&to) {
                Ok(to) => {
                    let headers = [(header::LOCATION, to)];
                    (StatusCode::MOVED_PERMANENTLY, headers).into_response()
                }
                Err(_) => next.run(request).await,
            }
        }
    }
}

/// A page that is gone is rendered like every page, with what its parts have loaded about the author beside it, for the
/// browser to go on with. That may tell what the page does not: it goes, and with it the scripts.
async fn without_scripts_if_gone(response: Response) -> Response {
    let html = response
        .headers()
        .get(header::CONTENT_TYPE)
        .is_some_and(|kind| kind.as_bytes().starts_with(b"text/html"));
    if response.status() != StatusCode::GONE || !html {
        return response;
    }
    let (mut parts, body) = response.into_parts();
    let Ok(bytes) = to_bytes(body, LARGEST_PAGE).await else {
        return failure(&AppError::Gone { own: false });
    };
    parts.headers.remove(header::CONTENT_LENGTH);
    let page = without_scripts(&String::from_utf8_lossy(&bytes));
    Response::from_parts(parts, Body::from(page))
}

/// A document as we render it, without its `<script>` elements.
fn without_scripts(page: &str) -> String {
    let mut out = String::with_capacity(page.len());
    let mut rest = page;
    while let Some(at) = rest.find("<script") {
        out.push_str(&rest[..at]);
        rest = match rest[at..].find("</script>") {
            Some(end) => &rest[at + end + "</script>".len()..],
            None => "",
        };
    }
    out.push_str(rest);
    out
}

fn failure(error: &AppError) -> Response {
    let status = StatusCode::from_u16(error.status()).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR);
    let robots = [(
        header::HeaderName::from_static("x-robots-tag"),
        HeaderValue::from_static("noindex"),
    )];
    (status, robots, format!("{}\n", error.sentence())).into_response()
}

/// Nothing is asked of the database for other addresses, nor for the pages of authors and works themselves.
async fn way(app: &App, path: &str) -> DbResult<Way> {
    let parts: Vec<&str> = path.trim_matches('/').split('/').collect();
    let mut db = app.db.clone();
    match parts[..] {
        ["authors", id, file] if is_file(file) => {
            let Ok(id) = id.parse::<AuthorId>() else {
                return Ok(Way::On);
            };
            Ok(match addresses::author(&mut db, id, None).await? {
                None | Some(Address::Here(_)) => Way::On,
                Some(Address::Moved(row)) => Way::Moved(format!("/authors/{}/{file}", row.id)),
                Some(Address::Gone { .. }) => Way::Gone,
            })
        }
        ["authors", id, slug, page] => {
            let Ok(id) = id.parse::<AuthorId>() else {
                return Ok(Way::On);
            };
            let Some(slug) = paths::decode(slug) else {
                return Ok(Way::On);
            };
            Ok(match addresses::author(&mut db, id, Some(&slug)).await? {
                None | Some(Address::Here(_)) => Way::On,
                Some(Address::Moved(row)) => {
                    let author = paths::author(AuthorId(row.id), &row.slug);
                    Way::Moved(format!("{}/{page}", paths::encode(&author)))
                }
                // Those who may undo the hiding do it there.
                Some(Address::Gone { hidden: true, .. }) if page == "corrections" => Way::On,
                Some(Address::Gone { .. }) => Way::Gone,
            })
        }
        ["works", id, file] if is_file(file) => {
            let Ok(id) = id.parse::<WorkId>() else {
                return Ok(Way::On);
            };
            Ok(match addresses::work(&mut db, id).await? {
                None | Some(WorkAddress::Here(_)) => Way::On,
                Some(WorkAddress::Moved(work)) => Way::Moved(format!("/works/{work}/{file}")),
                Some(WorkAddress::Gone) => Way::Gone,
            })
        }
        _ => Ok(Way::On),
    }
}

/// Slugs hold no full stop.
fn is_file(part: &str) -> bool {
    part.contains('.')
}

#[cfg(test)]
mod tests {
    use super::without_scripts;

    #[test]
    fn a_page_without_its_scripts_keeps_everything_else() {
        let page = "<head><script nonce=\"a\">one</script><link></head><body><p>Gone</p><script>two</script></body>";
        assert_eq!(
            without_scripts(page),
            "<head><link></head><body><p>Gone</p></body>"
        );
        assert_eq!(without_scripts("a<script>never closed"), "a");
    }
}
