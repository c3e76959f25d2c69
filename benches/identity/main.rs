//! `make bench-identity`: how well the product tells the authors of the ACL Anthology up to 2018 apart.
//!
//! The papers are read by the product's own reader. Explicit ids and name variants are hidden from the clustering and say
//! afterwards who is who: a person is the explicit id where one is given, else whom the name variants name, else the one id
//! that the same print has elsewhere (the Anthology gives an id to every print of a name that it knows to be of several), else
//! everybody who prints that name. The file of variants beside the repository holds half of those of the Anthology, so
//! many merges of two prints of one person count as mistakes; the rows "variants known" leave out whom it does not list.

#![allow(clippy::disallowed_methods, reason = "a benchmark measures durations")]

mod quality;

use std::collections::{BTreeMap, HashMap, HashSet};
use std::error::Error;
use std::fs::File;
use std::io::{BufReader, Cursor, Read};
use std::path::{Path, PathBuf};
use std::time::Instant;

use bzpeer::domain::identity::{Counts, Mention, block, partition};
use bzpeer::domain::names::name_key;
use bzpeer::ingest::formats::acl;
use bzpeer::ingest::mentions::mentions;
use bzpeer::ingest::record::{Input, Record, RecordAuthor, WorkRecord};
use quality::{Quality, b_cubed, pairwise};

/// One authorship with what is hidden from the clustering.
struct Authorship {
    mention: Mention,
    /// As printed.
    name: String,
    /// The person by id, variants, printed name.
    person: usize,
    /// The same, but prints without an id are never of a person known by id alone.
    literal_person: usize,
    /// The same, where names that differ in accents, hyphens and case alone count as one, as on the Anthology's pages.
    folded_person: usize,
    /// The variants of this person's name are known.
    listed: bool,
}

fn main() -> Result<(), Box<dyn Error>> {
    let data = Path::new(env!("CARGO_MANIFEST_DIR")).join("../shared/data");
    let archive = data.join("acl_anthology_full/acl-anthology-to-2018.tar.zst");
    if !archive.exists() {
        println!("skipped: {} is not there", archive.display());
        return Ok(());
    }
    let started = Instant::now();
    let variants = read_variants(&data.join("acl_anthology_xml/data/yaml/name_variants.yaml"))?;
    let works = read_works(&archive)?;
    println!(
        "{} papers read in {:.1} s",
        works.len(),
        started.elapsed().as_secs_f64()
    );

    let started = Instant::now();
    let (authorships, counts) = authorships(&works, &variants);
    println!(
        "{} authorships taken apart and counted in {:.1} s",
        authorships.len(),
        started.elapsed().as_secs_f64()
    );

    let started = Instant::now();
    let (ours, open) = cluster(&authorships, &counts);
    let seconds = started.elapsed().as_secs_f64();
    println!(
        "placed in {seconds:.2} s, {:.1} µs each; {} authors, {open} pairs to review\n",
        1e6 * seconds / authorships.len() as f64,
        ours.iter().collect::<HashSet<_>>().len(),
    );
    let full_name = numbered(authorships.iter().map(|one| one.name.clone()));
    let initial = numbered(authorships.iter().map(|one| {
        let name = &one.mention.name;
        format!("{} {}", name.joined_family(), name.initial().unwrap_or(' '))
    }));
    println!("{:64}|        pairwise        |        B-cubed", "");
    println!(
        "{:64}| {:>6} {:>7} {:>7} | {:>6} {:>7} {:>7}",
        "", "prec.", "recall", "F1", "prec.", "recall", "F1"
    );
    for (method, clusters) in [
        ("ours", &ours),
        ("same full name", &full_name),
        ("family name, initial", &initial),
    ] {
        report(method, &authorships, clusters);
    }
    Ok(())
}

/// The person of each name that the variants tell, unless several bear it.
fn read_variants(path: &Path) -> Result<HashMap<String, String>, Box<dyn Error>> {
    let mut people: HashMap<String, HashSet<String>> = HashMap::new();
    let input = Input {
        name: path.display().to_string(),
        bytes: Box::new(BufReader::new(File::open(path)?)),
    };
    for record in acl::read_people(input) {
        if let Ok(Record::Person(person)) = record {
            for name in std::iter::once(&person.name).chain(&person.other_names) {
                people
                    .entry(name.display())
                    .or_default()
                    .insert(person.record_key.clone());
            }
        }
    }
    Ok(people
        .into_iter()
        .filter(|(_, keys)| keys.len() == 1)
        .filter_map(|(name, keys)| Some((name, keys.into_iter().next()?)))
        .collect())
}

fn read_works(archive: &PathBuf) -> Result<Vec<WorkRecord>, Box<dyn Error>> {
    let mut works = Vec::new();
    let mut archive = tar::Archive::new(zstd::Decoder::new(File::open(archive)?)?);
    for entry in archive.entries()? {
        let mut entry = entry?;
        let name = entry.path()?.display().to_string();
        if !name.ends_with(".xml") {
            continue;
        }
        let mut bytes = Vec::new();
        entry.read_to_end(&mut bytes)?;
        let bytes = Box::new(Cursor::new(bytes));
        for record in acl::read(Input { name, bytes }) {
            if let Record::Work(work) = record? {
                works.push(*work);
            }
        }
    }
    Ok(works)
}

fn authorships(
    works: &[WorkRecord],
    variants: &HashMap<String, String>,
) -> (Vec<Authorship>, Counts) {
    let folded: HashMap<String, &String> = variants
        .iter()
        .map(|(name, person)| (name_key(name), person))
        .collect();
    let mut people: HashMap<String, usize> = HashMap::new();
    let mut number = |person: String| {
        let next = people.len();
        *people.entry(person).or_insert(next)
    };
    let ids = ids_of_names(works);
    let mut counts = Counts::default();
    let mut all = Vec::new();
    for (at, work) in works.iter().enumerate() {
        let mut of_work = mentions(at as i64, work);
        for mention in &mut of_work {
            mention.identifiers.clear();
        }
        counts.add_work(&of_work);
        for mention in of_work {
            let author = &work.authors[mention.key.1 as usize];
            let name = author.name.display();
            let id = acl_id(author);
            let listed = variants.get(&name).map(String::as_str);
            let only = ids.get(&name).filter(|ids| ids.len() == 1);
            let only = only.and_then(|ids| ids.iter().next().copied());
            let by = |id: Option<&str>, name: &str| match id {
                Some(id) => format!("id {id}"),
                None => format!("name {name}"),
            };
            let person = by(id.or(listed).or(only), &name);
            let literal_person = by(id.or(listed), &name);
            let key = name_key(&name);
            let alike = folded.get(&key).map(|id| id.as_str());
            let folded_person = by(id.or(listed).or(only).or(alike), &key);
            all.push(Authorship {
                person: number(person),
                literal_person: number(literal_person),
                folded_person: number(folded_person),
                listed: listed.is_some(),
                name,
                mention,
            });
        }
    }
    (all, counts)
}

fn acl_id(author: &RecordAuthor) -> Option<&str> {
    let mut identifiers = author.identifiers.iter();
    let (_, id) = identifiers.find(|(scheme, _)| scheme == "acl")?;
    Some(id)
}

/// The explicit ids that each print of a name has anywhere.
fn ids_of_names(works: &[WorkRecord]) -> HashMap<String, HashSet<&str>> {
    let mut ids: HashMap<String, HashSet<&str>> = HashMap::new();
    for author in works.iter().flat_map(|work| &work.authors) {
        if let Some(id) = acl_id(author) {
            ids.entry(author.name.display()).or_default().insert(id);
        }
    }
    ids
}

/// The cluster of each authorship, and the number of pairs left open.
fn cluster(authorships: &[Authorship], counts: &Counts) -> (Vec<usize>, usize) {
    let mut blocks: BTreeMap<String, Vec<usize>> = BTreeMap::new();
    for (at, one) in authorships.iter().enumerate() {
        blocks.entry(block(&one.mention.name)).or_default().push(at);
    }
    let mut clusters = vec![0; authorships.len()];
    let (mut next, mut open) = (0, 0);
    for members in blocks.values() {
        let of_block: Vec<Mention> = members
            .iter()
            .map(|at| authorships[*at].mention.clone())
            .collect();
        let found = partition(&of_block, counts);
        for (at, cluster) in members.iter().zip(&found.cluster) {
            clusters[*at] = next + cluster;
        }
        next += found.cluster.iter().max().map_or(0, |last| last + 1);
        open += found.open.len();
    }
    (clusters, open)
}

fn numbered(keys: impl Iterator<Item = String>) -> Vec<usize> {
    let mut numbers: HashMap<String, usize> = HashMap::new();
    keys.map(|key| {
        let next = numbers.len();
        *numbers.entry(key).or_insert(next)
    })
    .collect()
}

fn report(method: &str, authorships: &[Authorship], clusters: &[usize]) {
    let all: Vec<usize> = (0..authorships.len()).collect();
    let shared = shared(authorships, |one| one.person);
    let literally_shared = self::shared(authorships, |one| one.literal_person);
    let listed: Vec<usize> = all
        .iter()
        .copied()
        .filter(|at| authorships[*at].listed)
        .collect();
    let as_printed = |at: &usize| (clusters[*at], authorships[*at].person);
    let literal = |at: &usize| (clusters[*at], authorships[*at].literal_person);
    let folded = |at: &usize| (clusters[*at], authorships[*at].folded_person);
    line(
        method,
        "all",
        all.len(),
        Some(pairwise(all.iter().map(as_printed))),
        b_cubed(all.iter().map(as_printed), all.iter().map(as_printed)),
    );
    line(
        "",
        "all, accents and hyphens aside",
        all.len(),
        Some(pairwise(all.iter().map(folded))),
        b_cubed(all.iter().map(folded), all.iter().map(folded)),
    );
    line(
        "",
        "variants known",
        listed.len(),
        None,
        b_cubed(all.iter().map(folded), listed.iter().map(folded)),
    );
    line(
        "",
        "names several share",
        shared.len(),
        Some(pairwise(shared.iter().map(as_printed))),
        b_cubed(shared.iter().map(as_printed), shared.iter().map(as_printed)),
    );
    let of_shared = || literally_shared.iter().map(literal);
    line(
        "",
        "the same, prints without id apart",
        literally_shared.len(),
        Some(pairwise(of_shared())),
        b_cubed(of_shared(), of_shared()),
    );
}

/// The authorships whose printed name several people bear.
fn shared(authorships: &[Authorship], person: impl Fn(&Authorship) -> usize) -> Vec<usize> {
    let mut people: HashMap<&str, HashSet<usize>> = HashMap::new();
    for one in authorships {
        people.entry(&one.name).or_default().insert(person(one));
    }
    (0..authorships.len())
        .filter(|at| people[authorships[*at].name.as_str()].len() > 1)
        .collect()
}

fn line(method: &str, over: &str, count: usize, pairs: Option<Quality>, b_cubed: Quality) {
    let figures = |quality: Quality| {
        format!(
            "{:.4}  {:.4}  {:.4}",
            quality.precision,
            quality.recall,
            quality.f1()
        )
    };
    println!(
        "{method:20} {over:34} {count:7} | {:22} | {}",
        pairs.map(figures).unwrap_or_default(),
        figures(b_cubed)
    );
}
