//! What pages show of corrections.

use std::collections::HashMap;

use super::{author_in, history, number_in, viewer};
use crate::db::{Db, Sql, addresses};
use crate::domain::correction::{Role, akin, role};
use crate::domain::identifiers::{ArxivId, Doi, Orcid};
use crate::domain::ids::{AuthorId, CorrectionId, WorkId};
use crate::domain::names::tokens;
use crate::error::AppError;
use crate::features::correction::queries;
use crate::features::correction::queries::people::{self, AuthorRow};
use crate::features::correction::queries::read::{self, FoundRow};
use crate::features::correction::types::{
    Asked, CorrectionsPage, Done, FOUND_SHOWN, Forms, FoundAuthor, FoundSpot, HistoryLine, Offer,
    OwnWork, Tools, WORKS_PER_PAGE,
};
use crate::infra::context::Cx;
use crate::infra::drafts;
use crate::paths;

/// More words than this are not looked at.
const MOST_WORDS: usize = 6;

/// As what the viewer may correct an author; the refusal is nothing for those who have no part in it.
async fn role_on(
    cx: &Cx,
    db: &mut impl Sql,
    author: AuthorId,
) -> Result<(Option<Role>, Option<String>), AppError> {
    let viewer = viewer(cx);
    if viewer.account.is_none() || !viewer.email_verified {
        return Ok((None, None));
    }
    let (stakes, _) = queries::stakes(db, author).await?;
    Ok(match role(&viewer, &stakes, &[]) {
        Ok(role) => (Some(role), None),
        Err(refusal) => {
            let part = viewer.account.is_some_and(|me| stakes.takes_part(me));
            (None, part.then(|| refusal.to_string()))
        }
    })
}

/// What was just done, for its notice; nothing where the viewer could not have done it.
fn done_in(history: &[HistoryLine], done: i64) -> Option<Done> {
    let line = history
        .iter()
        .find(|line| line.correction == CorrectionId(done))?;
    let sentence = match &line.undone {
        Some(_) => format!("Undone: {}", line.sentence),
        None => line.sentence.clone(),
    };
    Some(Done {
        correction: line.correction,
        sentence,
        may_undo: line.may_undo,
    })
}

async fn draft_of<T: serde::de::DeserializeOwned + Default>(
    cx: &Cx,
    db: &mut impl Sql,
    author: AuthorId,
) -> Result<T, AppError> {
    let draft = match &cx.viewer {
        Some(viewer) => drafts::lookup(db, viewer.account, drafts::CORRECTION, author.0).await?,
        None => None,
    };
    Ok(draft.unwrap_or_default())
}

/// What an author's page needs; `done` is the number of a correction just made or undone, or 0.
pub async fn tools(cx: Cx, author: AuthorId, done: i64) -> Result<Tools, AppError> {
    let mut db = cx.db();
    let (role, _) = role_on(&cx, &mut db, author).await?;
    if role.is_none() {
        return Ok(Tools::default());
    }
    let done = match people::lookup(&mut db, author).await? {
        Some(row) if done > 0 => {
            let lines = history::lines(&cx, &mut db, author, &row.name, role).await?;
            done_in(&lines, done)
        }
        _ => None,
    };
    Ok(Tools {
        role,
        done,
        draft: draft_of(&cx, &mut db, author).await?,
    })
}

/// The page of an author's corrections. A hidden author's is for those who may undo that.
pub async fn page(
    cx: Cx,
    author: AuthorId,
    slug: String,
    asked: Asked,
) -> Result<CorrectionsPage, AppError> {
    let mut db = cx.db();
    let (author, hidden) = match addresses::author(&mut db, author, Some(&slug)).await? {
        None => return Err(AppError::NotFound),
        Some(addresses::Address::Here(row) | addresses::Address::Moved(row)) => {
            (AuthorId(row.id), false)
        }
        Some(addresses::Address::Gone {
            author,
            hidden: true,
        }) => (author, true),
        Some(addresses::Address::Gone { hidden: false, .. }) => {
            return Err(AppError::Gone { own: false });
        }
    };
    let (role, refusal) = role_on(&cx, &mut db, author).await?;
    if hidden && role.is_none() {
        return Err(AppError::Gone { own: false });
    }
    let row = people::lookup(&mut db, author)
        .await?
        .ok_or(AppError::NotFound)?;
    let history = history::lines(&cx, &mut db, author, &row.name, role).await?;
    let forms = match role {
        Some(role) if !hidden => Some(forms(&cx, &mut db, &row, role, &asked).await?),
        _ => None,
    };
    Ok(CorrectionsPage {
        author,
        done: role.and_then(|_| done_in(&history, asked.done)),
        name: row.name,
        slug: row.slug,
        hidden,
        history,
        forms,
        refusal,
    })
}

async fn forms(
    cx: &Cx,
    db: &mut Db,
    row: &AuthorRow,
    role: Role,
    asked: &Asked,
) -> Result<Forms, AppError> {
    let author = AuthorId(row.id);
    let total = read::count_works(db, author).await?;
    let pages = ((total + WORKS_PER_PAGE - 1) / WORKS_PER_PAGE).max(1);
    let page = asked.page.clamp(1, pages);
    let works = read::list_works(db, author, WORKS_PER_PAGE, (page - 1) * WORKS_PER_PAGE).await?;
    let ids: Vec<i64> = works.iter().map(|(work, ..)| *work).collect();
    let mut with: HashMap<i64, Vec<String>> = HashMap::new();
    for (work, name) in read::list_co_authors(db, author, &ids).await? {
        with.entry(work).or_default().push(name);
    }
    let find = asked.find.trim();
    let work = asked.work.trim();
    Ok(Forms {
        role,
        seen: queries::version(db, author).await?,
        found: match find {
            "" => None,
            find => Some(find_authors(db, author, find).await?),
        },
        spots: match work {
            "" => None,
            work => Some(find_spots(db, author, role, work).await?),
        },
        works: works
            .into_iter()
            .map(|(work, title, year)| OwnWork {
                work: WorkId(work),
                title,
                year,
                with: with.remove(&work).unwrap_or_default().join(", "),
            })
            .collect(),
        page,
        pages,
        draft: draft_of(cx, db, author).await?,
    })
}

/// Other authors by number, address, ORCID iD or name.
async fn find_authors(
    db: &mut Db,
    but: AuthorId,
    find: &str,
) -> Result<Vec<FoundAuthor>, AppError> {
    let number = author_in(find);
    let orcid = Orcid::parse(find).ok();
    let rows = if number.is_some() || orcid.is_some() {
        let orcid = orcid.map(|orcid| orcid.as_str().to_owned());
        let (number, orcid) = (number.map_or(0, |id| id.0), orcid.unwrap_or_default());
        read::find_author(db, but, number, &orcid).await?
    } else {
        let words: Vec<String> = tokens(find).into_iter().take(MOST_WORDS).collect();
        if words.is_empty() {
            return Ok(Vec::new());
        }
        read::search_authors(db, but, &words, FOUND_SHOWN).await?
    };
    Ok(rows.into_iter().map(found).collect())
}

fn found(row: FoundRow) -> FoundAuthor {
    FoundAuthor {
        author: AuthorId(row.id),
        href: paths::author(AuthorId(row.id), &row.slug),
        name: row.name,
        works: row.works_count,
        about: row.institution.into_iter().chain(row.sample).collect(),
        claimed: row.claims > 0,
    }
}

/// Authorships that may be the author's, on the works that a title, an identifier or an address names.
async fn find_spots(
    db: &mut Db,
    author: AuthorId,
    role: Role,
    text: &str,
) -> Result<Vec<FoundSpot>, AppError> {
    let number = number_in(text, "/works/").unwrap_or(0);
    let (scheme, value) = if let Ok(id) = ArxivId::parse(text) {
        ("arxiv", id.id().to_owned())
    } else if let Ok(doi) = Doi::parse(text) {
        ("doi", doi.as_str().to_owned())
    } else {
        ("", String::new())
    };
    let names = people::list_names(db, author).await?;
    let mut works = read::find_works_by_identifier(db, number, scheme, &value).await?;
    if works.is_empty() {
        let mut name_words: Vec<String> = names.iter().flat_map(|name| tokens(name)).collect();
        name_words.retain(|word| word.chars().count() > 1 || !word.is_ascii());
        name_words.sort();
        name_words.dedup();
        name_words.truncate(20);
        let title_words: Vec<String> = tokens(text).into_iter().take(8).collect();
        works = read::search_works(db, author, &name_words, &title_words, FOUND_SHOWN).await?;
    }
    spots_on(db, author, role, &names, &works).await
}

/// The authorships on these works that may come to the author.
async fn spots_on(
    db: &mut Db,
    author: AuthorId,
    role: Role,
    names: &[String],
    works: &[i64],
) -> Result<Vec<FoundSpot>, AppError> {
    let all = queries::spots(db, works, |_| true).await?;
    let mut shown: HashMap<(i64, i64), String> = HashMap::new();
    for (work, position, name) in read::list_shown_names(db, works).await? {
        shown.insert((work, position), name);
    }
    let mut out = Vec::new();
    for (work, title, slug, year) in read::find_works(db, works).await? {
        let on_it = all.iter().filter(|spot| spot.work == work);
        if on_it.clone().any(|spot| spot.author == Some(author.0)) {
            continue;
        }
        for spot in on_it.filter(|spot| !spot.collective) {
            let fits = names.iter().any(|name| akin(name, &spot.printed));
            if !fits && role == Role::Claimant {
                continue;
            }
            if let Some(from) = spot.author
                && queries::stakes(db, AuthorId(from))
                    .await?
                    .0
                    .holder
                    .is_some()
            {
                continue;
            }
            out.push(FoundSpot {
                work: WorkId(work),
                position: spot.position,
                from: spot.author.unwrap_or(0),
                name: shown
                    .remove(&(work, spot.position))
                    .unwrap_or_else(|| spot.printed.clone()),
                title: title.clone(),
                href: paths::work(WorkId(work), &slug),
                year,
            });
            if out.len() as i64 >= 5 * FOUND_SHOWN {
                return Ok(out);
            }
        }
    }
    Ok(out)
}

/// Authorships of a work that may be the viewer's own authors'.
pub async fn offers(cx: Cx, work: WorkId) -> Result<Vec<Offer>, AppError> {
    let Some(viewer) = cx.viewer.as_ref().filter(|viewer| viewer.email_verified) else {
        return Ok(Vec::new());
    };
    let mut db = cx.db();
    let mut out = Vec::new();
    for (author, name) in read::list_held(&mut db, viewer.account).await? {
        let author = AuthorId(author);
        let names = people::list_names(&mut db, author).await?;
        let spots = spots_on(&mut db, author, Role::Claimant, &names, &[work.0]).await?;
        out.extend(spots.into_iter().map(|spot| Offer {
            author,
            name: name.clone(),
            spot,
        }));
    }
    Ok(out)
}
