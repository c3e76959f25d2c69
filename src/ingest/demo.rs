//! The invented community: people, institutions, topics and works that never were, from a seed.
//!
//! Nothing is remembered between two works. Each record follows from the seed and its number alone, so that a corpus takes no
//! memory, whatever its size, and a long one begins with the works of a short one.
//!
//! No person, place or work is meant to be real: names are composed, domains end in `.example` (RFC 2606), DOIs carry the prefix
//! 10.5555 that is reserved for tests, and nobody is given an ORCID iD or a ROR id, which would be somebody else's.

mod chance;
mod institutions;
mod names;
mod people;
mod sentences;
mod teams;
#[cfg(test)]
mod tests;
mod texts;
mod topics;

use std::collections::HashMap;

use self::chance::Dice;
use self::topics::TOPICS;
use crate::domain::identifiers::{Scheme, WorkIdentifier};
use crate::domain::work::WorkKind;
use crate::ingest::record::{RecordTopic, WorkRecord};

/// The source that invented records name, and the scheme of their topics.
pub const SOURCE: &str = "demo";

/// How many works the demo community of a first run has.
pub const DEFAULT_WORKS: usize = 400;

/// What the chance of people, places and labs is salted with, so that no two properties hang together.
mod salt {
    pub const CULTURE: u64 = 1;
    pub const NAME: u64 = 2;
    pub const INITIAL: u64 = 3;
    pub const INITIAL_LETTER: u64 = 4;
    pub const SECOND_AFFILIATION: u64 = 5;
    pub const SECOND_LAB: u64 = 6;
    pub const MANNER: u64 = 7;
    pub const PLACE: u64 = 8;
    pub const FORM: u64 = 9;
    pub const SECOND_DOMAIN: u64 = 10;
    pub const TOPIC: u64 = 11;
    pub const FOUNDED: u64 = 12;
    pub const START: u64 = 13;
    pub const STAY: u64 = 14;
    pub const EAGERNESS: u64 = 15;
    pub const TITLE: u64 = 16;
}

/// The kinds of works and how often they come, out of a hundred.
const KINDS: [(WorkKind, u32); 9] = [
    (WorkKind::Preprint, 32),
    (WorkKind::Article, 31),
    (WorkKind::ConferencePaper, 20),
    (WorkKind::Chapter, 3),
    (WorkKind::Dataset, 4),
    (WorkKind::Software, 3),
    (WorkKind::Report, 3),
    (WorkKind::Thesis, 3),
    (WorkKind::Book, 1),
];

/// The first `n` works of the community of `seed`, invented one by one.
pub fn works(seed: u64, n: usize) -> impl Iterator<Item = WorkRecord> + Send + 'static {
    (0..n as u64).map(move |index| work(seed, index))
}

/// The display names of the three authors with the most works among the first `n`, the most prolific first; names decide
/// between equal numbers. Empty texts stand for authors that a tiny corpus does not have.
///
/// Counts all works, so it takes the time and the memory of a corpus of `n` works' author lists.
pub fn prolific(seed: u64, n: usize) -> [String; 3] {
    let mut counts = HashMap::<u64, usize>::new();
    for index in 0..n as u64 {
        let (_, team, _) = kind_and_team(seed, index);
        for person in team.people {
            *counts.entry(person).or_default() += 1;
        }
    }
    let mut ranked: Vec<(usize, u64)> = counts
        .into_iter()
        .map(|(person, works)| (works, person))
        .collect();
    ranked.sort_unstable_by_key(|&(works, person)| (std::cmp::Reverse(works), person));
    let mut people = ranked
        .into_iter()
        .map(|(_, person)| people::name(seed, person).display());
    std::array::from_fn(|_| people.next().unwrap_or_default())
}

/// The first draws of a work, and its dice for the others.
fn kind_and_team(seed: u64, index: u64) -> (WorkKind, teams::Team, Dice) {
    let mut dice = Dice::new(seed, index);
    let (kind, _) = KINDS[dice.weighted(&KINDS.map(|(_, weight)| weight))];
    let team = teams::team(seed, index, kind == WorkKind::Thesis, &mut dice);
    (kind, team, dice)
}

/// Work number `index`.
fn work(seed: u64, index: u64) -> WorkRecord {
    let (kind, team, mut dice) = kind_and_team(seed, index);
    let own_topic = teams::main_topic(seed, team.department, team.lab);
    let main_topic = if dice.percent(75) {
        own_topic
    } else {
        topics::neighbour(own_topic, dice.between(1, 2))
    };
    let institution = institutions::of_lab(seed, team.department, team.lab);
    let domain = &institution.domains[0];
    let (title_source, subject) =
        texts::title(seed, index, kind, main_topic, team.year, domain, &mut dice);
    let abstract_source = if dice.percent(94) {
        let mathematics = dice.percent(14);
        Some(subject.abstract_text(mathematics, &mut dice))
    } else {
        None
    };
    let published_on = published_on(team.year, &mut dice);
    let dated = dice.percent(97);
    let url = dice
        .percent(40)
        .then(|| format!("https://{domain}/works/{seed}-{index}"));
    WorkRecord {
        source: SOURCE.to_owned(),
        record_key: format!("{seed}-{index}"),
        kind,
        title_source,
        abstract_source,
        year: dated.then_some(team.year as i64),
        published_on: if dated { published_on } else { None },
        venue: venue(kind, main_topic, &institution.name, &mut dice),
        identifiers: identifiers(seed, index, &mut dice),
        authors: team
            .people
            .iter()
            .map(|&person| people::author(seed, person))
            .collect(),
        topics: record_topics(main_topic, own_topic, &mut dice),
        url,
        ..WorkRecord::default()
    }
}

/// A date within the year, by day or by month, for six of ten works. The last year of the demo ends in June.
fn published_on(year: u64, dice: &mut Dice) -> Option<String> {
    let months = if year == teams::YEARS.1 { 6 } else { 12 };
    let (month, day) = (dice.between(1, months), dice.between(1, 28));
    match dice.below(10) {
        0..=4 => Some(format!("{year}-{month:02}-{day:02}")),
        5 => Some(format!("{year}-{month:02}")),
        _ => None,
    }
}

/// A DOI under the test prefix for six of ten works, a number of the demo's own for the others and for some of these.
fn identifiers(seed: u64, index: u64, dice: &mut Dice) -> Vec<WorkIdentifier> {
    let mut identifiers = Vec::with_capacity(2);
    if dice.percent(60) {
        identifiers.push(WorkIdentifier {
            scheme: Scheme::Doi,
            value: format!("10.5555/bzpeer-demo.{seed}.{index}"),
        });
    }
    if identifiers.is_empty() || dice.percent(15) {
        identifiers.push(WorkIdentifier {
            scheme: Scheme::Other,
            value: format!("demo-{seed}-{index}"),
        });
    }
    identifiers
}

/// Where the work appeared, by its kind.
fn venue(kind: WorkKind, topic: usize, institution: &str, dice: &mut Dice) -> Option<String> {
    const PREPRINTS: [&str; 3] = ["Larkfield Preprints", "OpenQuarry", "Tidewater Archive"];
    const JOURNALS: [&str; 6] = [
        "Hollowmere Letters in *",
        "Brindle Annals of *",
        "Quarterly Notes on *",
        "Lanternhouse Review of *",
        "* and Its Neighbours",
        "Transactions of the Brindle Society: *",
    ];
    const MEETINGS: [&str; 5] = [
        "Proceedings of the Tarnside Symposium on *",
        "Quillstone Workshop on *",
        "Harbour Conference on *",
        "Proceedings of the Northlight Meeting: *",
        "Driftwood Days of *",
    ];
    const REPOSITORIES: [&str; 2] = ["Cairn Repository", "Opencask"];
    let about = |form: &str| form.replace('*', TOPICS[topic].name);
    match kind {
        WorkKind::Preprint => Some(dice.pick(&PREPRINTS).to_owned()),
        WorkKind::Article => Some(about(dice.pick(&JOURNALS))),
        WorkKind::ConferencePaper => Some(about(dice.pick(&MEETINGS))),
        WorkKind::Chapter => Some(about("Lanternhouse Companion to *")),
        WorkKind::Dataset | WorkKind::Software => Some(dice.pick(&REPOSITORIES).to_owned()),
        WorkKind::Thesis | WorkKind::Report => Some(institution.to_owned()),
        WorkKind::Book => Some("Lanternhouse Press".to_owned()),
        WorkKind::Other => None,
    }
}

/// The work's topic, its lab's where that is another one, and now and then one of a field nearby.
fn record_topics(main: usize, own: usize, dice: &mut Dice) -> Vec<RecordTopic> {
    let mut places = vec![main];
    if own != main && dice.percent(50) {
        places.push(own);
    }
    if dice.percent(25) {
        let near = (main + 3 * dice.between(1, 2)) % TOPICS.len();
        places.push(near);
    }
    places
        .into_iter()
        .map(|place| RecordTopic {
            scheme: SOURCE.to_owned(),
            code: TOPICS[place].code.to_owned(),
            name: TOPICS[place].name.to_owned(),
            ..RecordTopic::default()
        })
        .collect()
}
