//! What programs read: feeds and citations.

use std::sync::Arc;

use atom_syndication::{
    ContentBuilder, EntryBuilder, FeedBuilder, FixedDateTime, LinkBuilder, PersonBuilder, Text,
};
use axum::Router;
use axum::extract::{Path, State};
use axum::http::{StatusCode, header};
use axum::response::{IntoResponse, Response};
use axum::routing::get;

use super::router::Site;
use crate::domain::clock;
use crate::domain::ids::{AuthorId, WorkId};
use crate::error::AppError;
use crate::features::work::export::{self, Export};
use crate::features::work::types::WorksOf;
use crate::features::{author, correction};
use crate::infra::context::App;
use crate::paths;

/// Routes of this module.
pub fn routes() -> Router<Site> {
    Router::new()
        .route("/authors/{id}/feed.atom", get(author_feed))
        .route("/authors/{id}/works.bib", get(author_bibtex))
        .route("/authors/{id}/corrections.json", get(corrections_json))
        .route("/authors/{id}/corrections.csv", get(corrections_csv))
        .route("/works/{id}/work.bib", get(work_bibtex))
}

/// A refusal in words, with its status.
struct Failure(AppError);

impl From<AppError> for Failure {
    fn from(error: AppError) -> Self {
        Self(error)
    }
}

impl IntoResponse for Failure {
    fn into_response(self) -> Response {
        let status =
            StatusCode::from_u16(self.0.status()).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR);
        (status, format!("{}\n", self.0.sentence())).into_response()
    }
}

async fn author_feed(
    State(app): State<Arc<App>>,
    Path(id): Path<String>,
) -> Result<Response, Failure> {
    let id: AuthorId = id.parse().map_err(|_| AppError::NotFound)?;
    let (name, slug) = author::service::name(&app.db, id).await?;
    let works = export::list(&app.db, WorksOf::Author(id.0), 1).await?;
    let base = &app.config.base_url;
    let here = format!("{base}{}", paths::author_feed(id));
    let page = format!("{base}{}", paths::encode(&paths::author(id, &slug)));
    let updated = works.iter().map(|w| w.updated_at).max().unwrap_or(0);
    let feed = FeedBuilder::default()
        .title(Text::plain(format!("Works of {name}")))
        .id(page.clone())
        .updated(date(updated))
        .author(PersonBuilder::default().name("BZPEER".to_owned()).build())
        .link(
            LinkBuilder::default()
                .rel("self".to_owned())
                .href(here)
                .build(),
        )
        .link(
            LinkBuilder::default()
                .rel("alternate".to_owned())
                .href(page)
                .build(),
        )
        .entries(
            works
                .into_iter()
                .map(|w| entry(w, base))
                .collect::<Vec<_>>(),
        )
        .build();
    let content = [(header::CONTENT_TYPE, "application/atom+xml; charset=utf-8")];
    Ok((content, feed.to_string()).into_response())
}

fn entry(work: Export, base: &str) -> atom_syndication::Entry {
    let address = format!("{base}{}", paths::encode(&work.path));
    let people = work
        .authors
        .into_iter()
        .map(|author| PersonBuilder::default().name(author.name).build())
        .collect::<Vec<_>>();
    EntryBuilder::default()
        .title(Text::plain(work.title))
        .id(address.clone())
        .updated(date(work.updated_at))
        .authors(people)
        .link(
            LinkBuilder::default()
                .rel("alternate".to_owned())
                .href(address)
                .build(),
        )
        .content(work.abstract_html.map(|html| {
            ContentBuilder::default()
                .content_type("html".to_owned())
                .value(html)
                .build()
        }))
        .build()
}

fn date(ms: i64) -> FixedDateTime {
    clock::iso8601(ms).parse().unwrap_or_default()
}

async fn author_bibtex(
    State(app): State<Arc<App>>,
    Path(id): Path<String>,
) -> Result<Response, Failure> {
    let id: AuthorId = id.parse().map_err(|_| AppError::NotFound)?;
    let (_, slug) = author::service::name(&app.db, id).await?;
    let works = export::list(&app.db, WorksOf::Author(id.0), u32::MAX).await?;
    bibtex(&app, &works, &slug)
}

async fn corrections_json(
    State(app): State<Arc<App>>,
    Path(id): Path<String>,
) -> Result<Response, Failure> {
    let id: AuthorId = id.parse().map_err(|_| AppError::NotFound)?;
    author::service::name(&app.db, id).await?;
    let records = correction::service::export(&app.db, id, &app.config.base_url).await?;
    Ok(axum::Json(records).into_response())
}

async fn corrections_csv(
    State(app): State<Arc<App>>,
    Path(id): Path<String>,
) -> Result<Response, Failure> {
    let id: AuthorId = id.parse().map_err(|_| AppError::NotFound)?;
    author::service::name(&app.db, id).await?;
    let records = correction::service::export(&app.db, id, &app.config.base_url).await?;
    let content = [
        (header::CONTENT_TYPE, "text/csv; charset=utf-8".to_owned()),
        (
            header::CONTENT_DISPOSITION,
            format!("attachment; filename=\"corrections-{id}.csv\""),
        ),
    ];
    Ok((content, correction::service::csv(&records)).into_response())
}

async fn work_bibtex(
    State(app): State<Arc<App>>,
    Path(id): Path<String>,
) -> Result<Response, Failure> {
    let id: WorkId = id.parse().map_err(|_| AppError::NotFound)?;
    let work = export::one(&app.db, id).await?;
    bibtex(&app, &[work], &format!("work-{id}"))
}

fn bibtex(app: &App, works: &[Export], file: &str) -> Result<Response, Failure> {
    let mut text = String::new();
    for work in works {
        text.push_str(&export::bibtex(work, &app.config.base_url));
        text.push_str("\n\n");
    }
    // Header values are ASCII.
    let file: String = file
        .chars()
        .filter(|c| c.is_ascii_alphanumeric() || *c == '-')
        .collect();
    let disposition = format!("attachment; filename=\"{file}.bib\"");
    let content = [
        (
            header::CONTENT_TYPE,
            "application/x-bibtex; charset=utf-8".to_owned(),
        ),
        (header::CONTENT_DISPOSITION, disposition),
    ];
    Ok((content, text).into_response())
}
