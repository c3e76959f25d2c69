//! The public history of an author, in words. A former name is told by none of its lines.

use std::collections::HashMap;

use super::viewer;
use crate::db::{Sql, addresses};
use crate::domain::clock::count;
use crate::domain::correction::{Change, Detail, FormerNames, Kind, Role, rules};
use crate::domain::ids::{AccountId, AuthorId, CorrectionId, WorkId};
use crate::error::AppError;
use crate::features::correction::queries::read::{self, HistoryRow};
use crate::features::correction::types::{HISTORY_SHOWN, HistoryLine, Named, Undone};
use crate::infra::context::Cx;
use crate::paths;

/// Works linked from one line.
const WORKS_LINKED: usize = 5;

/// What the lines are written with.
struct Words {
    author: AuthorId,
    /// The author and all who were joined with it.
    joined: Vec<i64>,
    former: FormerNames,
    /// (name, slug, whether it has a page)
    authors: HashMap<i64, (String, String, bool)>,
    works: HashMap<i64, (String, String)>,
    /// As what the viewer may correct this author.
    role: Option<Role>,
}

/// The lines about an author and all who were joined with it, newest first.
pub(super) async fn lines(
    cx: &Cx,
    db: &mut impl Sql,
    author: AuthorId,
    name: &str,
    role: Option<Role>,
) -> Result<Vec<HistoryLine>, AppError> {
    let joined = read::list_joined(db, author).await?;
    let rows = read::list_history(db, &joined, HISTORY_SHOWN).await?;
    let mut parsed = Vec::with_capacity(rows.len());
    for row in rows {
        match serde_json::from_str::<Detail>(&row.detail) {
            Ok(detail) => parsed.push((row, detail)),
            Err(error) => tracing::error!(%error, correction = row.id, "an unreadable correction"),
        }
    }
    let mut authors: Vec<i64> = Vec::new();
    let mut works: Vec<i64> = Vec::new();
    for (row, detail) in &parsed {
        authors.push(row.author_id);
        authors.extend(row.other_author_id);
        let linked = detail.change.moved().iter().take(WORKS_LINKED);
        works.extend(linked.map(|moved| moved.work.0));
    }
    authors.sort_unstable();
    authors.dedup();
    works.sort_unstable();
    works.dedup();
    let mut words = Words {
        author,
        joined,
        former: addresses::former_names(db, author, name).await?,
        authors: HashMap::new(),
        works: HashMap::new(),
        role,
    };
    for some in authors.chunks(500) {
        for (id, name, slug, shown) in read::find_authors(db, some).await? {
            words.authors.insert(id, (name, slug, shown));
        }
    }
    for (id, title, slug, _) in read::find_works(db, &works).await? {
        words.works.insert(id, (title, slug));
    }
    Ok(parsed
        .into_iter()
        .filter_map(|(row, detail)| words.line(cx, row, &detail))
        .collect())
}

impl Words {
    fn line(&self, cx: &Cx, row: HistoryRow, detail: &Detail) -> Option<HistoryLine> {
        let kind = Kind::parse(&row.kind)?;
        let (sentence, links, works) = self.say(&row, &detail.change);
        let undone = row.undone_at.map(|at| Undone {
            at,
            by: row.undone_by.clone().filter(|by| !self.former.covers(by)),
            reason: row
                .undo_reason
                .clone()
                .filter(|r| !self.former.is_told_by(r)),
        });
        let account = viewer(cx).account;
        let allowed = self.role.zip(account).is_some_and(|(role, account)| {
            rules::may_undo(role, account, AccountId(row.actor_account_id)).is_ok()
        });
        Some(HistoryLine {
            correction: CorrectionId(row.id),
            kind,
            at: row.at,
            sentence,
            more: (works - links.iter().filter(|l| l.work).count()) as i64,
            links: links.into_iter().map(|link| link.named).collect(),
            by: Some(row.actor).filter(|by| !self.former.covers(by)),
            role: detail.role,
            reason: Some(row.reason).filter(|reason| !self.former.is_told_by(reason)),
            may_undo: allowed && undone.is_none(),
            undone,
        })
    }

    /// Sentence, links, and how many works it is about.
    fn say(&self, row: &HistoryRow, change: &Change) -> (String, Vec<Link>, usize) {
        let own = self.joined.contains(&row.author_id);
        let other = if own {
            row.other_author_id
        } else {
            Some(row.author_id)
        };
        let who = self.author_words(other);
        let mut links: Vec<Link> = other
            .and_then(|other| self.author_link(other))
            .into_iter()
            .collect();
        let mut works: Vec<i64> = change.moved().iter().map(|moved| moved.work.0).collect();
        works.sort_unstable();
        works.dedup();
        let n = works.len();
        let some = count(n as i64, "work", "works");
        let sentence = match change {
            Change::Merge { .. } if own => {
                works.clear();
                format!("Joined with the page of {who}, which had {some}.")
            }
            Change::Merge { .. } => {
                works.clear();
                format!("Joined into the page of {who}, with {some}.")
            }
            Change::Split { .. } if own => format!("Gave {some} to {who}."),
            Change::Split { .. } => format!("Received {some} from {who}."),
            Change::NotMine { .. } if own => "Took off a work that is somebody else’s.".to_owned(),
            Change::NotMine { .. } => format!("Received a work that is not by {who}."),
            Change::Mine { .. } if own && other.is_some() => {
                format!("Took in a work from {who}.")
            }
            Change::Mine { .. } if own => "Took in a work.".to_owned(),
            Change::Mine { .. } => format!("Gave a work to {who}."),
            Change::Rename {
                before,
                after,
                former,
                ..
            } => {
                let told =
                    former.is_empty() && !self.former.covers(before) && !self.former.covers(after);
                if told {
                    format!("Changed the name from {before} to {after}.")
                } else {
                    "Changed the name.".to_owned()
                }
            }
            Change::HideWork { .. } => {
                // Which one is its owner's and the moderators' to know.
                if self.role.is_none() {
                    works.clear();
                }
                "Took a work off this page; it stays on its own.".to_owned()
            }
            Change::HidePage => "Hid this page.".to_owned(),
        };
        let listed = if works.is_empty() { 0 } else { n };
        links.extend(
            works
                .iter()
                .take(WORKS_LINKED)
                .filter_map(|work| self.work_link(*work)),
        );
        (sentence, links, listed)
    }

    fn author_words(&self, author: Option<i64>) -> String {
        let neutral = || "another record".to_owned();
        let Some((name, ..)) = author.and_then(|author| self.authors.get(&author)) else {
            return neutral();
        };
        if self.former.covers(name) {
            neutral()
        } else {
            name.clone()
        }
    }

    fn author_link(&self, author: i64) -> Option<Link> {
        let (name, slug, shown) = self.authors.get(&author)?;
        if !shown || author == self.author.0 || self.former.covers(name) {
            return None;
        }
        Some(Link {
            named: Named {
                label: name.clone(),
                href: Some(paths::author(AuthorId(author), slug)),
            },
            work: false,
        })
    }

    fn work_link(&self, work: i64) -> Option<Link> {
        let (title, slug) = self.works.get(&work)?;
        Some(Link {
            named: Named {
                label: title.clone(),
                href: Some(paths::work(WorkId(work), slug)),
            },
            work: true,
        })
    }
}

struct Link {
    named: Named,
    work: bool,
}
