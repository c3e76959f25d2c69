//! Topics with those above them.

use super::{Cache, Stored, TOPIC_TOKENS};
use crate::args;
use crate::db::bulk::Bulk;
use crate::db::{DbResult, Sql, Tx};
use crate::domain::names;
use crate::ingest::record::RecordTopic;

/// The topic that a record of a work names, and those above it, which are made where they are missing. A name that is there
/// stays, unless it was no more than the code.
///
/// # Errors
/// The database's.
pub async fn topic(tx: &mut Tx, cache: &mut Cache, record: &RecordTopic) -> DbResult<i64> {
    let mut chain = vec![record];
    while let Some(broader) = chain.last().and_then(|last| last.broader.as_deref()) {
        chain.push(broader);
    }
    let mut id = 0;
    let mut broader = None;
    for record in chain.into_iter().rev() {
        id = one(tx, cache, record, broader).await?;
        broader = Some(id);
    }
    Ok(id)
}

async fn one(
    tx: &mut Tx,
    cache: &mut Cache,
    record: &RecordTopic,
    broader: Option<i64>,
) -> DbResult<i64> {
    let met = cache.topics.get(&record.scheme);
    if let Some((id, placed)) = met.and_then(|scheme| scheme.get(&record.code))
        && (*placed || broader.is_none())
    {
        return Ok(*id);
    }
    let id = tx
        .insert(
            "INSERT INTO topics (scheme, code, name, name_key, slug, description, broader_id)
             VALUES ($1, $2, $3, $4, $5, $6, $7)
             ON CONFLICT (scheme, code) DO UPDATE SET
                name = CASE WHEN topics.name = topics.code THEN excluded.name ELSE topics.name END,
                name_key = CASE WHEN topics.name = topics.code THEN excluded.name_key ELSE topics.name_key END,
                slug = CASE WHEN topics.name = topics.code THEN excluded.slug ELSE topics.slug END,
                description = COALESCE(topics.description, excluded.description),
                broader_id = CASE WHEN topics.id = excluded.broader_id THEN topics.broader_id
                    ELSE COALESCE(topics.broader_id, excluded.broader_id) END
             RETURNING id",
            args![
                &record.scheme,
                &record.code,
                &record.name,
                names::name_key(&record.name),
                names::slug_or(&record.name, "topic"),
                record.description.as_deref(),
                broader,
            ],
        )
        .await?;
    words(tx, id, &record.name).await?;
    let scheme = cache.topics.entry(record.scheme.clone()).or_default();
    scheme.insert(record.code.clone(), (id, broader.is_some()));
    Ok(id)
}

/// A topic as its scheme describes it: name, description and place replace what records of works said of it.
///
/// # Errors
/// The database's.
pub async fn topic_record(
    tx: &mut Tx,
    cache: &mut Cache,
    record: &RecordTopic,
) -> DbResult<Stored> {
    let broader = match record.broader.as_deref() {
        Some(broader) => Some(topic(tx, cache, broader).await?),
        None => None,
    };
    let before: Option<(i64, String, Option<String>, Option<i64>)> = tx
        .optional(
            "SELECT id, name, description, broader_id FROM topics WHERE scheme = $1 AND code = $2",
            args![&record.scheme, &record.code],
        )
        .await?;
    let Some((id, name, description, place)) = before else {
        one(tx, cache, record, broader).await?;
        return Ok(Stored::New);
    };
    // What the record leaves out stays, and nothing stands above itself.
    let description_now = record.description.clone().or_else(|| description.clone());
    let place_now = broader.filter(|broader| *broader != id).or(place);
    if name == record.name && description == description_now && place == place_now {
        return Ok(Stored::Unchanged);
    }
    tx.execute(
        "UPDATE topics SET name = $1, name_key = $2, slug = $3, description = $4, broader_id = $5 WHERE id = $6",
        args![
            &record.name,
            names::name_key(&record.name),
            names::slug_or(&record.name, "topic"),
            description_now,
            place_now,
            id,
        ],
    )
    .await?;
    if name != record.name {
        tx.execute(
            "DELETE FROM topic_name_tokens WHERE topic_id = $1",
            args![id],
        )
        .await?;
        words(tx, id, &record.name).await?;
    }
    Ok(Stored::Changed)
}

async fn words(tx: &mut Tx, id: i64, name: &str) -> DbResult<()> {
    let mut rows = Bulk::new("topic_name_tokens", TOPIC_TOKENS);
    for token in names::tokens(name) {
        rows.push((token, id))?;
    }
    rows.write(tx).await?;
    Ok(())
}
