//! What an author's row and the tables beside it say follows from the author's authorships: it is made anew here whenever
//! those change.

use std::collections::{BTreeMap, BTreeSet};

use super::bulk::{Bulk, Kind};
use super::{DbResult, Sql, Tx, addresses};
use crate::args;
use crate::domain::ids::AuthorId;
use crate::domain::names;

/// Waits until nobody else changes which author an authorship belongs to; holds until the transaction ends.
pub async fn lock(_tx: &mut Tx) -> DbResult<()> {
    Ok(())
}

/// Makes name, address, counts, names, words and identifiers of these authors anew.
pub async fn refresh(tx: &mut Tx, authors: &[i64]) -> DbResult<()> {
    for author in authors {
        tx.execute(
            "DELETE FROM author_identifiers WHERE author_id = $1",
            args![*author],
        )
        .await?;
    }
    for author in authors {
        refresh_one(tx, *author).await?;
    }
    Ok(())
}

async fn refresh_one(tx: &mut Tx, author: i64) -> DbResult<()> {
    let Some((name, decided)) = tx
        .optional::<(String, bool)>(
            "SELECT name, name_decided FROM authors WHERE id = $1",
            args![author],
        )
        .await?
    else {
        return Ok(());
    };
    let rows: Vec<(i64, i64, String, Option<String>, Option<String>)> = tx
        .all(
            "SELECT work_id, position, name_printed, name_shown, identifiers FROM authorships
             WHERE author_id = $1 ORDER BY work_id, position",
            args![author],
        )
        .await?;
    let former = addresses::former_names(tx, AuthorId(author), &name).await?;
    let mut forms: BTreeMap<&str, i64> = BTreeMap::new();
    for (_, _, printed, ..) in &rows {
        *forms.entry(printed).or_default() += 1;
    }
    let open = forms.iter().filter(|(form, _)| !former.covers(form));
    let best = open.max_by_key(|(form, times)| (**times, form.len()));
    let shown = match best {
        Some((form, _)) if !decided => (*form).to_owned(),
        _ => name,
    };
    tx.execute(
        "UPDATE authors SET name = $2, name_key = $3, slug = $4, works_count =
            (SELECT COUNT(DISTINCT work_id) FROM authorships
             WHERE author_id = $1 AND (stance IS NULL OR stance <> 'hidden')) WHERE id = $1",
        args![author, &shown, names::name_key(&shown), names::slug(&shown)],
    )
    .await?;
    let mut words: BTreeSet<String> = names::tokens(&shown).into_iter().collect();
    let mut names_of = Bulk::new(
        "author_names",
        &[("author_id", Kind::Int), ("name", Kind::Text)],
    );
    for form in forms.keys() {
        names_of.push((author, form))?;
        words.extend(names::tokens(form));
    }
    let mut tokens = Bulk::new(
        "author_name_tokens",
        &[("token", Kind::Text), ("author_id", Kind::Int)],
    );
    for word in words {
        tokens.push((word, author))?;
    }
    for sql in [
        "DELETE FROM author_names WHERE author_id = $1",
        "DELETE FROM author_name_tokens WHERE author_id = $1",
    ] {
        tx.execute(sql, args![author]).await?;
    }
    names_of.write(tx).await?;
    tokens.write(tx).await?;
    for (work, position, printed, shown_before, identifiers) in &rows {
        for identifier in identifiers.as_deref().unwrap_or_default().split(' ') {
            if let Some((scheme, value)) = identifier.split_once(':') {
                tx.execute(
                    "INSERT INTO author_identifiers (scheme, value, author_id, source)
                     VALUES ($1, $2, $3, 'test') ON CONFLICT DO NOTHING",
                    args![scheme, value, author],
                )
                .await?;
            }
        }
        let wanted = former.covers(printed).then_some(shown.as_str());
        if !former.is_empty() && wanted != shown_before.as_deref() {
            tx.execute(
                "UPDATE authorships SET name_shown = $3 WHERE work_id = $1 AND position = $2",
                args![*work, *position, wanted],
            )
            .await?;
        }
    }
    Ok(())
}
