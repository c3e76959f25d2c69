//! What an author's row and the tables beside it say follows from the author's authorships: it is made anew here whenever
//! those change, by an import or by a correction.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use super::bulk::{Bulk, Given, Kind};
use super::{DbResult, Sql, Tx};
use crate::args;
use crate::domain::correction::FormerNames;
use crate::domain::identity;
use crate::domain::names::{self, PersonName};

/// PostgreSQL's advisory lock of those who change which author an authorship belongs to: any number that nothing else uses.
const LOCK: i64 = 0x627a_7065_6572;

/// Waits until nobody else changes which author an authorship belongs to; holds until the transaction ends. SQLite has one
/// writer at a time in any case.
///
/// # Errors
/// The database's.
pub async fn lock(tx: &mut Tx) -> DbResult<()> {
    if tx.is_postgres() {
        tx.execute("SELECT pg_advisory_xact_lock($1)", args![LOCK])
            .await?;
    }
    Ok(())
}

/// [`lock`] for an import, which looks up a few thousand rows by their keys in tables of millions that have just grown: other
/// plans than such look-ups, which PostgreSQL takes for better while it knows nothing of a table yet, would read it whole.
///
/// # Errors
/// The database's.
pub async fn lock_for_import(tx: &mut Tx) -> DbResult<()> {
    if tx.is_postgres() {
        for setting in [
            "SET LOCAL enable_hashjoin = off",
            "SET LOCAL enable_mergejoin = off",
            "SET LOCAL enable_seqscan = off",
            // What is switched off counts as dear, and what is dear would be compiled first.
            "SET LOCAL jit = off",
        ] {
            tx.execute(setting, args![]).await?;
        }
    }
    lock(tx).await
}

/// The number under which authors of similar names are found, see [`identity::block`].
pub fn block(name: &identity::Name) -> i64 {
    identity::key(&identity::block(name)).cast_signed()
}

/// A name in the parts that are known: the printed text, and the family name in it.
pub fn printed_name(printed: &str, family: Option<&str>) -> PersonName {
    let given = family.and_then(|family| printed.strip_suffix(family));
    match (given, family) {
        (Some(given), Some(family)) => PersonName {
            given: Some(given.trim().to_owned()).filter(|given| !given.is_empty()),
            family: Some(family.to_owned()),
            literal: None,
        },
        _ => PersonName::literal(printed),
    }
}

/// Other forms of a name, from the JSON list of `authorships.other_names`.
pub fn other_names(json: Option<&str>) -> Vec<String> {
    json.and_then(|json| serde_json::from_str(json).ok())
        .unwrap_or_default()
}

/// One printed form of an author's name: (author, printed, family name in it, other names, how often).
type Form = (i64, String, Option<String>, Option<String>, i64);

/// What is made of the forms.
#[derive(Default)]
struct Made {
    /// (name, times)
    names: BTreeMap<String, i64>,
    blocks: BTreeSet<i64>,
}

/// An author that was not there before, as the authorships at hand make it.
pub struct NewAuthor {
    /// Row number, from [`Tx::new_ids`].
    pub id: i64,
    /// Every form of the name, with how often it was printed.
    pub names: BTreeMap<String, i64>,
    /// See [`block`].
    pub blocks: BTreeSet<i64>,
    /// Number of works.
    pub works: i64,
    /// (scheme, value, source)
    pub identifiers: BTreeSet<(String, String, String)>,
    /// Institution to first year, last year, source.
    pub institutions: BTreeMap<i64, (Option<i64>, Option<i64>, String)>,
}

/// Writes new authors, as [`refresh`] would make them.
///
/// # Errors
/// The database's.
pub async fn add(tx: &mut Tx, now: i64, authors: &[NewAuthor]) -> DbResult<()> {
    let mut rows = Bulk::fresh(
        "authors",
        &[
            ("id", Kind::Int),
            ("name", Kind::Text),
            ("name_key", Kind::Text),
            ("slug", Kind::Text),
            ("works_count", Kind::Int),
            ("created_at", Kind::Int),
        ],
    );
    let mut beside = Beside::new();
    let mut identifiers = Bulk::new("author_identifiers", IDENTIFIERS);
    let mut institutions = Bulk::fresh(
        "author_institutions",
        &[
            ("author_id", Kind::Int),
            ("institution_id", Kind::Int),
            ("from_year", Kind::Int),
            ("to_year", Kind::Int),
            ("source", Kind::Text),
        ],
    );
    for author in authors {
        let shown = names::best(author.names.iter()).unwrap_or_default();
        let key = names::name_key(&shown);
        rows.push((
            author.id,
            &shown,
            &key,
            names::slug(&shown),
            author.works,
            now,
        ))?;
        beside.push(
            author.id,
            &key,
            author.names.keys(),
            author.blocks.iter().copied(),
        )?;
        for (scheme, value, source) in &author.identifiers {
            identifiers.push((scheme, value, author.id, source))?;
        }
        for (institution, (from, to, source)) in &author.institutions {
            institutions.push((author.id, institution, from, to, source))?;
        }
    }
    rows.write(tx).await?;
    beside.write(tx).await?;
    identifiers.write(tx).await?;
    institutions.write(tx).await?;
    let identified = authors.iter().filter(|a| !a.identifiers.is_empty());
    known_institutions(tx, Given::ids(identified.map(|author| author.id))?).await
}

/// Takes away authors whom nobody refers to: what [`add`] wrote of them.
///
/// # Errors
/// The database's.
pub async fn remove(tx: &mut Tx, authors: impl IntoIterator<Item = i64>) -> DbResult<()> {
    let authors: Vec<i64> = authors.into_iter().collect();
    for sql in MADE
        .into_iter()
        .chain(["DELETE FROM authors WHERE id IN (SELECT id FROM {given} g)"])
    {
        Given::ids(authors.iter().copied())?
            .execute(tx, sql)
            .await?;
    }
    Ok(())
}

/// What is made of an author's authorships, taken away.
const MADE: [&str; 5] = [
    "DELETE FROM author_names WHERE author_id IN (SELECT id FROM {given} g)",
    "DELETE FROM author_name_tokens WHERE author_id IN (SELECT id FROM {given} g)",
    "DELETE FROM author_blocks WHERE author_id IN (SELECT id FROM {given} g)",
    "DELETE FROM author_identifiers WHERE author_id IN (SELECT id FROM {given} g)",
    "DELETE FROM author_institutions WHERE author_id IN (SELECT id FROM {given} g)",
];

const IDENTIFIERS: &[(&str, Kind)] = &[
    ("scheme", Kind::Text),
    ("value", Kind::Text),
    ("author_id", Kind::Int),
    ("source", Kind::Text),
];

/// Rows of the tables by which names are found.
struct Beside {
    names: Bulk,
    tokens: Bulk,
    blocks: Bulk,
}

impl Beside {
    fn new() -> Self {
        Self {
            names: Bulk::fresh(
                "author_names",
                &[("author_id", Kind::Int), ("name", Kind::Text)],
            ),
            tokens: Bulk::fresh(
                "author_name_tokens",
                &[("token", Kind::Text), ("author_id", Kind::Int)],
            ),
            blocks: Bulk::fresh(
                "author_blocks",
                &[("block", Kind::Int), ("author_id", Kind::Int)],
            ),
        }
    }

    /// `shown` is the folded name that is shown.
    fn push<'n>(
        &mut self,
        author: i64,
        shown: &str,
        forms: impl Iterator<Item = &'n String>,
        blocks: impl IntoIterator<Item = i64>,
    ) -> DbResult<()> {
        let mut words: BTreeSet<String> = shown.split_whitespace().map(str::to_owned).collect();
        for form in forms {
            self.names.push((author, form))?;
            words.extend(names::tokens(form));
        }
        for word in words {
            self.tokens.push((word, author))?;
        }
        for block in blocks {
            self.blocks.push((block, author))?;
        }
        Ok(())
    }

    async fn write(&mut self, tx: &mut Tx) -> DbResult<()> {
        self.names.write(tx).await?;
        self.tokens.write(tx).await?;
        self.blocks.write(tx).await?;
        Ok(())
    }
}

/// Makes name, address, counts, names, words, identifiers and institutions of these authors anew.
///
/// # Errors
/// The database's.
pub async fn refresh(tx: &mut Tx, authors: &[i64]) -> DbResult<()> {
    for authors in authors.chunks(2_000) {
        refresh_some(tx, authors).await?;
    }
    Ok(())
}

async fn refresh_some(tx: &mut Tx, authors: &[i64]) -> DbResult<()> {
    let ids = || Given::ids(authors.iter().copied());
    let forms: Vec<Form> = ids()?
        .rows(
            tx,
            "x.author_id, x.name_printed, x.family_printed, x.other_names, x.times",
            "SELECT s.author_id, s.name_printed, s.family_printed, s.other_names, COUNT(*) AS times
             FROM {given} g CROSS JOIN authorships s WHERE s.author_id = g.id
             GROUP BY s.author_id, s.name_printed, s.family_printed, s.other_names",
        )
        .await?;
    let mut made: HashMap<i64, Made> = HashMap::new();
    for (author, printed_form, family, others, times) in forms {
        let made = made.entry(author).or_default();
        let others = other_names(others.as_deref());
        let printed = printed_name(&printed_form, family.as_deref());
        let other_forms: Vec<PersonName> = others.iter().map(|n| PersonName::literal(n)).collect();
        made.blocks
            .insert(block(&identity::parse(&printed, &other_forms)));
        *made.names.entry(printed_form).or_default() += times;
        for other in others {
            made.names.entry(other).or_default();
        }
    }
    let known: Vec<(i64, String, bool)> = ids()?
        .all(
            tx,
            "SELECT a.id, a.name, a.name_decided FROM {given} g CROSS JOIN authors a WHERE a.id = g.id",
        )
        .await?;
    let former: Vec<(i64, String)> = ids()?
        .all(
            tx,
            "SELECT f.author_id, f.name_key FROM {given} g CROSS JOIN former_names f WHERE f.author_id = g.id",
        )
        .await?;
    let mut keys: HashMap<i64, Vec<String>> = HashMap::new();
    for (author, key) in former {
        keys.entry(author).or_default().push(key);
    }
    let mut former: HashMap<i64, FormerNames> = HashMap::new();

    let mut rows = Given::new(&[
        ("id", Kind::Int),
        ("name", Kind::Text),
        ("name_key", Kind::Text),
        ("slug", Kind::Text),
    ]);
    let mut beside = Beside::new();
    for (id, name, decided) in known {
        let made = made.remove(&id).unwrap_or_default();
        let hidden = FormerNames::new(keys.remove(&id).unwrap_or_default(), &name);
        let shown = if decided {
            name
        } else {
            names::best(made.names.iter().filter(|(form, _)| !hidden.covers(form))).unwrap_or(name)
        };
        if !hidden.is_empty() {
            former.insert(id, hidden);
        }
        let key = names::name_key(&shown);
        rows.push((id, &shown, &key, names::slug(&shown)))?;
        beside.push(id, &key, made.names.keys(), made.blocks)?;
    }
    for sql in MADE {
        ids()?.execute(tx, sql).await?;
    }
    rows.execute(
        tx,
        "UPDATE authors SET name = g.name, name_key = g.name_key, slug = g.slug,
            works_count = (SELECT COUNT(DISTINCT s.work_id) FROM authorships s
                WHERE s.author_id = authors.id AND (s.stance IS NULL OR s.stance <> 'hidden'))
         FROM {given} g WHERE authors.id = g.id",
    )
    .await?;
    beside.write(tx).await?;
    identifiers(tx, authors).await?;
    institutions(tx, authors).await?;
    if former.is_empty() {
        return Ok(());
    }
    hide_former_names(tx, &former).await
}

/// Where a former name is printed that is not to be shown, the author's name stands instead.
async fn hide_former_names(tx: &mut Tx, former: &HashMap<i64, FormerNames>) -> DbResult<()> {
    let printed: Vec<(i64, i64, i64, String, String, Option<String>)> =
        Given::ids(former.keys().copied())?
            .all(
                tx,
                "SELECT s.work_id, s.position, s.author_id, s.name_printed, a.name, s.name_shown
                 FROM {given} g CROSS JOIN authorships s JOIN authors a ON a.id = s.author_id
                 WHERE s.author_id = g.id",
            )
            .await?;
    let mut rows = Given::new(&[
        ("work_id", Kind::Int),
        ("position", Kind::Int),
        ("shown", Kind::Text),
    ]);
    for (work, position, author, printed, name, shown) in printed {
        let hidden = former
            .get(&author)
            .is_some_and(|former| former.covers(&printed));
        let wanted = hidden.then_some(name);
        if wanted != shown {
            rows.push((work, position, wanted))?;
        }
    }
    rows.execute(
        tx,
        "UPDATE authorships SET name_shown = g.shown FROM {given} g
         WHERE authorships.work_id = g.work_id AND authorships.position = g.position",
    )
    .await?;
    Ok(())
}

/// Identifiers that the authorships carry; of an identifier that several authors carry, the most frequent owner's.
async fn identifiers(tx: &mut Tx, authors: &[i64]) -> DbResult<()> {
    let carried: Vec<(i64, String, String)> = Given::ids(authors.iter().copied())?
        .all(
            tx,
            "SELECT s.author_id, s.identifiers, MIN(s.source) FROM {given} g CROSS JOIN authorships s
             WHERE s.author_id = g.id AND s.identifiers IS NOT NULL GROUP BY s.author_id, s.identifiers
             ORDER BY COUNT(*) DESC, s.author_id, s.identifiers",
        )
        .await?;
    let mut rows = Bulk::new("author_identifiers", IDENTIFIERS);
    for (author, identifiers, source) in &carried {
        for identifier in identifiers.split(' ') {
            if let Some((scheme, value)) = identifier.split_once(':') {
                rows.push((scheme, value, author, source))?;
            }
        }
    }
    rows.write(tx).await?;
    Ok(())
}

/// Institutions of the authorships with the years of their works, and those that records of the person name.
async fn institutions(tx: &mut Tx, authors: &[i64]) -> DbResult<()> {
    Given::ids(authors.iter().copied())?
        .execute(
            tx,
            "INSERT INTO author_institutions (author_id, institution_id, from_year, to_year, source)
             SELECT x.author_id, x.institution_id, MIN(x.from_year), MAX(x.to_year), MIN(x.source) FROM (
                SELECT s.author_id AS author_id, i.institution_id AS institution_id, w.year AS from_year,
                    w.year AS to_year, i.source AS source
                FROM {given} g CROSS JOIN authorships s
                JOIN authorship_institutions i ON i.work_id = s.work_id AND i.position = s.position
                JOIN works w ON w.id = s.work_id
                WHERE s.author_id = g.id
             ) x WHERE true GROUP BY x.author_id, x.institution_id ON CONFLICT DO NOTHING",
        )
        .await?;
    known_institutions(tx, Given::ids(authors.iter().copied())?).await
}

/// Institutions that records of the persons name, with their years.
async fn known_institutions(tx: &mut Tx, mut authors: Given) -> DbResult<()> {
    authors
        .execute(
            tx,
            "INSERT INTO author_institutions (author_id, institution_id, from_year, to_year, source)
             SELECT DISTINCT a.author_id, p.institution_id, p.from_year, p.to_year, p.source
             FROM {given} g CROSS JOIN author_identifiers a
             JOIN person_identifiers n ON n.scheme = a.scheme AND n.value = a.value
             JOIN person_institutions p ON p.source = n.source AND p.record_key = n.record_key
             WHERE a.author_id = g.id ON CONFLICT (author_id, institution_id) DO UPDATE
             SET from_year = excluded.from_year, to_year = excluded.to_year, source = excluded.source",
        )
        .await?;
    Ok(())
}
