//! The invented community that a first run shows: records, people with accounts, claims.

use std::net::{IpAddr, Ipv4Addr};
use std::sync::Arc;

use anyhow::{Context, anyhow, bail};

use super::admin;
use crate::domain::ids::{AccountId, AuthorId, FollowTarget};
use crate::error::AppError;
use crate::features::claim::service::{self as claims, Submission};
use crate::features::invitation::types::InvitationDraft;
use crate::features::search::types::AuthorHit;
use crate::features::work::types::{WorkFilter, WorksOf};
use crate::features::{follow, invitation, search, work};
use crate::infra::config::Config;
use crate::infra::context::{App, Cx};
use crate::infra::session::Viewer;
use crate::ingest::demo;
use crate::ingest::loader::{self, ImportSummary, Progress};
use crate::ingest::placing::{self, Gatherer};
use crate::ingest::record::Record;

/// The seed of the community that a first run shows.
pub const SEED: u64 = 20_260_601;

/// The one password of all demo accounts. It is printed at every start, so the demo is refused on
/// any address but loopback.
pub const PASSWORD: &str = "paper lantern over seven rivers";

/// The demo logins: address, and what it is good for.
pub const LOGINS: [(&str, &str); 5] = [
    (
        "ada@demo.example",
        "researcher, holds the page of the most prolific author",
    ),
    (
        "ben@demo.example",
        "researcher, holds the page of the second, has an invitation waiting",
    ),
    (
        "cleo@demo.example",
        "researcher, has a claim waiting for a moderator",
    ),
    ("dan@demo.example", "newcomer, holds no page yet"),
    ("mod@demo.example", "moderator"),
];

/// Loads `works` invented works.
pub async fn load(
    app: &App,
    works: usize,
    mut progress: impl FnMut(u64),
) -> anyhow::Result<ImportSummary> {
    let records = demo::works(SEED, works).map(|work| Ok(Record::Work(Box::new(work))));
    let now = app.clock.now();
    let db = app.db.for_import().await?;
    let gatherer = Gatherer::start()?;
    let mut summary = loader::import(
        &db,
        now,
        records,
        // The generator cannot break off.
        None,
        &gatherer,
        |step| {
            if let Progress::Stored(stored, _) = step {
                progress(stored);
            }
        },
        |_| {},
    )
    .await?;
    let placed = placing::place(&db, now, gatherer.finish(), |_, _| {}).await?;
    summary.authors_new = placed.authors_new;
    Ok(summary)
}

/// Whether there is neither work nor account.
pub async fn is_empty(app: &Arc<App>) -> anyhow::Result<bool> {
    let overview = search::service::overview(visitor(app))
        .await
        .map_err(said)?;
    Ok(overview.works == 0)
}

/// Refuses the demo on an address that others can reach: its password is public.
///
/// # Errors
/// A sentence that names the address.
pub fn check_address(config: &Config) -> anyhow::Result<()> {
    if config.addr.ip().is_loopback() {
        Ok(())
    } else {
        bail!(
            "the demo's passwords are public: it runs on a loopback address only, not on {}",
            config.addr
        )
    }
}

/// Opens the demo accounts with their claims, follows and an invitation. Once only: `Ok(false)` when
/// they are there already.
pub async fn people(app: &Arc<App>) -> anyhow::Result<bool> {
    check_address(&app.config)?;
    let names = demo::prolific(SEED, demo::DEFAULT_WORKS);
    let mut authors = Vec::new();
    for name in &names {
        authors.push(find(app, name).await?);
    }
    let mut accounts = Vec::new();
    let shown = [
        &names[0],
        &names[1],
        &names[2],
        "Dan Newcomer",
        "Demo Moderator",
    ];
    for ((email, _), name) in LOGINS.iter().zip(shown) {
        match admin::create_account(app, email, name, PASSWORD, true).await {
            Ok(account) => accounts.push(acting(app, account, name)),
            Err(_) if accounts.is_empty() => return Ok(false),
            Err(error) => return Err(error),
        }
    }
    admin::grant_moderator(app, LOGINS[4].0).await?;
    if let Some(viewer) = &mut accounts[4].viewer {
        viewer.moderator = true;
    }
    for (cx, author) in accounts.iter().zip(&authors) {
        claim(cx.clone(), *author).await?;
    }
    let moderator = accounts[4].clone();
    let queue = claims::review::queue(moderator.clone(), String::new())
        .await
        .map_err(said)?;
    for claim in queue
        .pending
        .iter()
        .filter(|c| c.author == authors[0] || c.author == authors[1])
    {
        claims::review::approve(moderator.clone(), claim.claim.0, claim.updated_at)
            .await
            .map_err(said)?;
    }
    for (cx, target) in [(0, 1), (0, 2), (1, 0), (3, 0)] {
        let target = FollowTarget::Author(authors[target]);
        follow::service::follow(accounts[cx].clone(), target.kind().to_owned(), target.id())
            .await
            .map_err(said)?;
    }
    let draft = InvitationDraft {
        purpose: "joint_paper".into(),
        subject: "A joint paper on what our two groups measured".into(),
        message: "Our groups have published on neighbouring questions for years, and the two data sets \
                  fit together better than either of us has written so far. Would you like to think about \
                  a joint paper? I could send a first outline next week."
            .into(),
        works: Vec::new(),
    };
    invitation::service::send(accounts[0].clone(), authors[1].0, draft)
        .await
        .map_err(said)?;
    Ok(true)
}

/// The demo logins, to be printed.
pub fn logins() -> String {
    let mut text = format!("Demo logins (password for all: {PASSWORD})\n");
    for (email, what) in LOGINS {
        text.push_str(&format!("  {email:<20} {what}\n"));
    }
    text
}

async fn find(app: &Arc<App>, name: &str) -> anyhow::Result<AuthorId> {
    let found = search::service::authors(visitor(app), name.to_owned(), 1)
        .await
        .map_err(said)?;
    found
        .hits
        .iter()
        .find(|hit| hit.name == name)
        .and_then(id_of)
        .with_context(|| {
            format!("the demo author {name} is not there; load the demo into an empty database")
        })
}

/// The number in `/authors/{id}/{slug}`.
fn id_of(hit: &AuthorHit) -> Option<AuthorId> {
    hit.href.split('/').nth(2)?.parse().ok()
}

async fn claim(cx: Cx, author: AuthorId) -> anyhow::Result<()> {
    let works = work::service::list(
        cx.clone(),
        WorksOf::Author(author.0),
        WorkFilter::from_query(|_| None),
    )
    .await
    .map_err(said)?;
    let ids: Vec<i64> = works.items.iter().map(|w| w.id).collect();
    let sent = Submission {
        author,
        shown: ids.iter().map(i64::to_string).collect::<Vec<_>>().join(","),
        works: ids,
        all: true,
        proof: "moderator".into(),
        email: String::new(),
        note: "These are my works. My institution's staff page lists the same publications.".into(),
        step: String::new(),
    };
    claims::submit(cx, sent).await.map_err(said)?;
    Ok(())
}

fn visitor(app: &Arc<App>) -> Cx {
    Cx {
        app: app.clone(),
        viewer: None,
        ip: IpAddr::V4(Ipv4Addr::LOCALHOST),
        user_agent: String::new(),
        theme: None,
        content_policy: Arc::default(),
    }
}

fn acting(app: &Arc<App>, account: AccountId, name: &str) -> Cx {
    Cx {
        viewer: Some(Viewer {
            account,
            name: name.to_owned(),
            email_verified: true,
            moderator: false,
            session: String::new(),
        }),
        ..visitor(app)
    }
}

fn said(error: AppError) -> anyhow::Error {
    anyhow!(error.sentence())
}
