//! Writing works that were put together: what is shown, and who stands in which place.

use std::collections::HashMap;

use super::Loader;
use super::drafts::{Draft, Kept};
use super::places;
use super::rows::Rows;
use crate::args;
use crate::db::DbResult;
use crate::db::bulk::Given;
use crate::domain::affiliation::without_addresses;
use crate::domain::names::{self, PersonName};
use crate::ingest::compose::{self, Composite};
use crate::ingest::formats::acl;
use crate::ingest::placing::{Form, Stance, Told, ToldAuthor};
use crate::ingest::prepare::{self, Shown};
use crate::ingest::record::{RecordAuthor, WorkRecord};

/// An authorship as it stood before its work was put together anew.
#[derive(Clone, Debug, sqlx::FromRow)]
struct Before {
    work_id: i64,
    position: i64,
    author_id: Option<i64>,
    name_printed: String,
    name_shown: Option<String>,
    confidence: f64,
    stance: Option<String>,
}

impl Loader<'_> {
    /// Writes works, new and changed, after joining those that turned out to be one.
    pub(super) async fn write(
        &mut self,
        drafts: Vec<Draft>,
        merged: &[(i64, i64)],
        mut rows: Rows,
    ) -> DbResult<()> {
        let mut shown: Vec<(Draft, Option<(WorkRecord, String)>)> = Vec::new();
        self.fetch_persons(&drafts).await?;
        for mut draft in drafts {
            let live: Vec<&WorkRecord> = draft
                .records
                .iter()
                .filter(|kept| !kept.withdrawn)
                .map(|kept| &kept.record)
                .collect();
            let (mut record, origins) = match live[..] {
                // A work of one record is that record.
                [only] => (only.clone(), None),
                [] => {
                    shown.push((draft, None));
                    continue;
                }
                _ => match compose::compose(&live) {
                    Some(Composite { record, origins }) => {
                        (record, serde_json::to_string(&origins).ok())
                    }
                    None => continue,
                },
            };
            acl::forget_ids_made_of_names(&mut record);
            let record = self.persons.annotate(record);
            let texts = texts(&mut draft.records, &record);
            rows.work(
                draft.id,
                draft.existing,
                &record,
                &texts,
                origins.as_deref(),
                self.now,
            )?;
            shown.push((draft, Some((record, texts.title_key))));
        }
        // Works that were there before are taken apart first: that cannot wait.
        let at_once = !merged.is_empty()
            || shown
                .iter()
                .any(|(draft, record)| draft.existing || record.is_none());
        if at_once {
            rows.write_works(self.tx().await?).await?;
            self.join_works(merged).await?;
        }

        let existing: Vec<i64> = shown
            .iter()
            .filter(|(draft, _)| draft.existing)
            .map(|(draft, _)| draft.id)
            .collect();
        let mut before = self.before(&existing).await?;
        self.forget(&existing).await?;
        let now = self.now;
        let mut told = Vec::new();
        for (draft, record) in shown {
            for kept in &draft.records {
                if let Some(row) = &kept.row {
                    rows.record(&kept.record, draft.id, row, now)?;
                }
            }
            let Some((record, title_key)) = record else {
                self.withdraw(draft.id).await?;
                continue;
            };
            let stood = before.remove(&draft.id).unwrap_or_default();
            let one = self.attach(&draft, &record, stood, &mut rows).await?;
            if !draft.existing {
                told.push(Told { title_key, ..one });
            }
        }
        if at_once {
            rows.write(self.tx().await?).await?;
        } else {
            self.ready = Some(Box::new(rows));
        }
        if let Some(gatherer) = self.gatherer {
            let gone = merged.iter().map(|(from, _)| *from);
            gatherer.changed_works(existing.into_iter().chain(gone).collect());
            gatherer.new_works(told);
        }
        Ok(())
    }

    /// Identifiers, topics and authorships of a work; answers what they say about who is who.
    async fn attach(
        &mut self,
        draft: &Draft,
        record: &WorkRecord,
        mut stood: Vec<Before>,
        rows: &mut Rows,
    ) -> DbResult<Told> {
        let work = draft.id;
        let mut told = Told {
            work,
            year: record.year,
            venue: record.venue.clone(),
            ..Told::default()
        };
        for identifier in compose::identifiers(&[record]) {
            rows.identifier(identifier.scheme.as_str(), &identifier.value, work)?;
        }
        for topic in &record.topics {
            let topic = self.topic(topic).await?;
            if !told.topics.contains(&topic) {
                rows.topic(work, topic)?;
                told.topics.push(topic);
            }
        }
        let mut position = 0;
        let mut waiting = false;
        let printed = match &draft.records[..] {
            [only] if only.printed.len() == record.authors.len() => only.printed.clone(),
            _ => prepare::printed(record),
        };
        for (author, name) in record.authors.iter().zip(printed) {
            let Some(name) = name else { continue };
            position += 1;
            let before = stood_as(&mut stood, position, &name);
            waiting |= !author.group;
            self.authorship(
                position,
                author,
                name,
                before,
                &record.source,
                &mut told,
                rows,
            )
            .await?;
        }
        if waiting {
            rows.unplaced(work, draft.existing)?;
        }
        Ok(told)
    }

    #[allow(clippy::too_many_arguments, reason = "the columns of one row")]
    async fn authorship(
        &mut self,
        position: i64,
        author: &RecordAuthor,
        name: String,
        before: Option<Before>,
        source: &str,
        told: &mut Told,
        rows: &mut Rows,
    ) -> DbResult<()> {
        let work = told.work;
        let family = match &author.name {
            PersonName {
                literal: None,
                family: Some(family),
                ..
            } => Some(family.trim()).filter(|family| !family.is_empty()),
            _ => None,
        };
        let before = before.as_ref();
        let others = other_names(author, &name);
        let affiliation = joined(&author.affiliations);
        let identifiers = identifiers(author);
        let confidence = before.map_or(0.0, |b| b.confidence);
        let stance = before.and_then(|b| b.stance.as_deref());
        rows.authorships.push((
            work,
            position,
            before.and_then(|b| b.author_id),
            &name,
            family,
            &others,
            before.and_then(|b| b.name_shown.as_deref()),
            author.group,
            &affiliation,
            &identifiers,
            source,
            confidence,
            stance,
        ))?;
        let mut named: Vec<(i64, f64, &str)> = Vec::new();
        for institution in &author.institutions {
            named.push((self.named(institution).await?, 1.0, source));
        }
        if author.institutions.is_empty() {
            for affiliation in &author.affiliations {
                let found = self.printed(affiliation).await?;
                named.extend(found.into_iter().map(|found| {
                    (
                        found.institution_id,
                        found.confidence,
                        places::FROM_AFFILIATION,
                    )
                }));
            }
        }
        for (at, (id, confidence, source)) in named.iter().enumerate() {
            if named[..at].iter().all(|(before, ..)| before != id) {
                rows.institutions
                    .push((work, position, id, confidence, source))?;
                told.institutions.push((position, *id));
            }
        }
        if !author.group {
            told.authors.push(ToldAuthor {
                position,
                form: Form {
                    printed: name.into(),
                    family: family.map(Into::into),
                    others: others.map(Into::into),
                },
                affiliation,
                identifiers: identifiers.map(Into::into),
                source: source.into(),
                author: before.and_then(|b| b.author_id),
                stance: Stance::parse(stance),
                confidence,
            });
        }
        Ok(())
    }

    /// Who stood where in works that are about to be written anew.
    async fn before(&mut self, works: &[i64]) -> DbResult<HashMap<i64, Vec<Before>>> {
        let rows: Vec<Before> = Given::ids(works.iter().copied())?
            .all(
                self.tx().await?,
                "SELECT s.work_id, s.position, s.author_id, s.name_printed, s.name_shown, s.confidence, s.stance
                 FROM {given} g CROSS JOIN authorships s WHERE s.work_id = g.id
                 ORDER BY s.work_id, s.position",
            )
            .await?;
        let mut before: HashMap<i64, Vec<Before>> = HashMap::new();
        for row in rows {
            before.entry(row.work_id).or_default().push(row);
        }
        Ok(before)
    }

    /// Takes away what an existing work is made of; its authors are looked at again later.
    async fn forget(&mut self, works: &[i64]) -> DbResult<()> {
        for sql in [
            "INSERT INTO stale_authors (author_id)
             SELECT DISTINCT s.author_id FROM {given} g CROSS JOIN authorships s
             WHERE s.work_id = g.id AND s.author_id IS NOT NULL ON CONFLICT DO NOTHING",
            "DELETE FROM authorship_institutions WHERE work_id IN (SELECT id FROM {given} g)",
            "DELETE FROM authorships WHERE work_id IN (SELECT id FROM {given} g)",
            "DELETE FROM work_identifiers WHERE work_id IN (SELECT id FROM {given} g)",
            "DELETE FROM work_topics WHERE work_id IN (SELECT id FROM {given} g)",
        ] {
            Given::ids(works.iter().copied())?
                .execute(self.tx().await?, sql)
                .await?;
        }
        Ok(())
    }

    /// A work of which no record is left keeps its address only.
    async fn withdraw(&mut self, work: i64) -> DbResult<()> {
        let now = self.now;
        self.tx()
            .await?
            .execute(
                "UPDATE works SET withdrawn_at = $1 WHERE id = $2",
                args![now, work],
            )
            .await?;
        Ok(())
    }

    /// Joins works that turned out to be one: (the one that goes, the one that stays).
    async fn join_works(&mut self, merged: &[(i64, i64)]) -> DbResult<()> {
        for (from, into) in merged {
            let now = self.now;
            // What the author said of one of the two holds for both.
            self.tx().await?
                .execute(
                    "UPDATE authorships SET stance = 'confirmed' WHERE work_id = $2 AND stance IS NULL AND author_id IN
                        (SELECT author_id FROM authorships WHERE work_id = $1 AND stance = 'confirmed')",
                    args![*from, *into],
                )
                .await?;
            self.forget(&[*from]).await?;
            for sql in [
                "UPDATE work_records SET work_id = $2 WHERE work_id = $1",
                "UPDATE authorship_decisions SET work_id = $2 WHERE work_id = $1 AND NOT EXISTS (
                    SELECT 1 FROM authorship_decisions d WHERE d.correction_id = authorship_decisions.correction_id
                    AND d.work_id = $2 AND d.name_key = authorship_decisions.name_key AND d.nth = authorship_decisions.nth)",
                "INSERT INTO claim_works (claim_id, work_id) SELECT claim_id, $2 FROM claim_works
                    WHERE work_id = $1 ON CONFLICT DO NOTHING",
                "INSERT INTO invitation_works (invitation_id, work_id) SELECT invitation_id, $2 FROM invitation_works
                    WHERE work_id = $1 ON CONFLICT DO NOTHING",
                "UPDATE works SET merged_into = $2 WHERE id = $1 OR merged_into = $1",
            ] {
                self.tx().await?.execute(sql, args![*from, *into]).await?;
            }
            for sql in [
                "DELETE FROM claim_works WHERE work_id = $1",
                "DELETE FROM invitation_works WHERE work_id = $1",
                "DELETE FROM unplaced_works WHERE work_id = $1",
            ] {
                self.tx().await?.execute(sql, args![*from]).await?;
            }
            self.tx()
                .await?
                .execute(
                    "UPDATE works SET updated_at = $1 WHERE id = $2",
                    args![now, *from],
                )
                .await?;
        }
        Ok(())
    }
}

/// The rendered texts of a work: those that just came in where they are of the shown title and abstract.
fn texts(records: &mut [Kept], record: &WorkRecord) -> Shown {
    let fits = records.iter_mut().find(|kept| {
        kept.shown.is_some()
            && kept.record.title_source == record.title_source
            && kept.record.abstract_source == record.abstract_source
    });
    match fits.and_then(|kept| kept.shown.take()) {
        Some(shown) => shown,
        None => Shown::of(&record.title_source, record.abstract_source.as_deref()),
    }
}

/// Who stood in this place: of the same folded name, else at the same position with a word of the name in common.
fn stood_as(stood: &mut Vec<Before>, position: i64, name: &str) -> Option<Before> {
    if stood.is_empty() {
        return None;
    }
    let key = names::name_key(name);
    let same = stood
        .iter()
        .position(|row| names::name_key(&row.name_printed) == key)
        .or_else(|| {
            let words = names::tokens(name);
            stood.iter().position(|row| {
                row.position == position
                    && names::tokens(&row.name_printed)
                        .iter()
                        .any(|word| word.chars().nth(1).is_some() && words.contains(word))
            })
        })?;
    Some(stood.remove(same))
}

/// Affiliations as printed, in one text; addresses of people stay in the record.
fn joined(affiliations: &[String]) -> Option<String> {
    let shown: Vec<String> = affiliations
        .iter()
        .map(|text| without_addresses(text))
        .filter(|text| !text.is_empty())
        .collect();
    (!shown.is_empty()).then(|| shown.join("; "))
}

/// Other forms of the name, as a JSON list.
fn other_names(author: &RecordAuthor, printed: &str) -> Option<String> {
    let mut others: Vec<String> = author.other_names.iter().map(PersonName::display).collect();
    others.retain(|name| name != printed && names::is_name(name));
    others.dedup();
    if others.is_empty() {
        return None;
    }
    serde_json::to_string(&others).ok()
}

/// Identifiers of the person: `scheme:value`, separated by spaces.
fn identifiers(author: &RecordAuthor) -> Option<String> {
    let each: Vec<String> = author
        .identifiers
        .iter()
        .filter(|(scheme, value)| !value.contains(char::is_whitespace) && !scheme.contains(':'))
        .map(|(scheme, value)| format!("{scheme}:{value}"))
        .collect();
    (!each.is_empty()).then(|| each.join(" "))
}
