//! Organisations that a record names for its authors.

use super::Loader;
use crate::args;
use crate::db::{DbResult, Sql};
use crate::domain::names;
use crate::ingest::record::{RecordAuthor, RecordInstitution};

impl Loader {
    /// Notes the organisations of an author, with the years of the works that say so.
    pub(super) async fn affiliate(
        &mut self,
        author: i64,
        record: &RecordAuthor,
        year: Option<i64>,
        source: &str,
    ) -> DbResult<()> {
        for institution in &record.institutions {
            let id = self.institution(institution).await?;
            if !self.widens(author, id, year) {
                continue;
            }
            self.tx
                .execute(
                    "INSERT INTO author_institutions (author_id, institution_id, from_year, to_year, source)
                     VALUES ($1, $2, $3, $3, $4)
                     ON CONFLICT (author_id, institution_id) DO UPDATE SET
                        from_year = CASE WHEN author_institutions.from_year IS NULL
                            OR excluded.from_year < author_institutions.from_year
                            THEN excluded.from_year ELSE author_institutions.from_year END,
                        to_year = CASE WHEN author_institutions.to_year IS NULL
                            OR excluded.to_year > author_institutions.to_year
                            THEN excluded.to_year ELSE author_institutions.to_year END",
                    args![author, id, year, source],
                )
                .await?;
        }
        Ok(())
    }

    /// Whether the year lies outside those already written in this import; notes it.
    fn widens(&mut self, author: i64, institution: i64, year: Option<i64>) -> bool {
        let Some((from, to)) = self.affiliations.get_mut(&(author, institution)) else {
            self.affiliations
                .insert((author, institution), (year, year));
            return true;
        };
        let Some(year) = year else { return false };
        let inside = from.is_some_and(|from| from <= year) && to.is_some_and(|to| year <= to);
        *from = Some(from.map_or(year, |from| from.min(year)));
        *to = Some(to.map_or(year, |to| to.max(year)));
        !inside
    }

    async fn institution(&mut self, record: &RecordInstitution) -> DbResult<i64> {
        let key = record
            .ror
            .clone()
            .unwrap_or_else(|| names::name_key(&record.name));
        if let Some(id) = self.institutions.get(&key) {
            return Ok(*id);
        }
        let found: Option<(i64,)> = match &record.ror {
            Some(ror) => {
                self.tx
                    .optional("SELECT id FROM institutions WHERE ror = $1", args![ror])
                    .await?
            }
            None => {
                self.tx
                    .optional(
                        "SELECT id FROM institutions WHERE name = $1 ORDER BY id",
                        args![&record.name],
                    )
                    .await?
            }
        };
        let id = match found {
            Some((id,)) => id,
            None => {
                self.tx
                    .insert(
                        "INSERT INTO institutions (name, slug, ror, country, created_at)
                         VALUES ($1, $2, $3, $4, $5) RETURNING id",
                        args![
                            &record.name,
                            names::slug_or(&record.name, "institution"),
                            record.ror.as_deref(),
                            record.country.as_deref(),
                            self.now,
                        ],
                    )
                    .await?
            }
        };
        for domain in &record.domains {
            self.tx
                .execute(
                    "INSERT INTO institution_domains (domain, institution_id) VALUES ($1, $2)
                     ON CONFLICT DO NOTHING",
                    args![domain.to_lowercase(), id],
                )
                .await?;
        }
        self.institutions.insert(key, id);
        Ok(id)
    }
}
