//! Whether two records describe the same work, where no identifier says so: by title, authors, year and kind.

use super::identifiers::{Scheme, WorkIdentifier};
use super::work::WorkKind;

/// From this confidence on, two records are taken for one work.
pub const SAME_WORK: f64 = 0.85;

/// A title of fewer words than this is shared by many works ("Introduction", "Editorial note").
const DISTINCTIVE_WORDS: usize = 4;

/// What of a record decides.
#[derive(Clone, Debug, Default)]
pub struct Sketch<'a> {
    /// Who said so, and under which key.
    pub record: (&'a str, &'a str),
    /// Folded title, see [`super::names::name_key`].
    pub title_key: &'a str,
    /// Year of publication.
    pub year: Option<i64>,
    /// What sort of thing it is.
    pub kind: WorkKind,
    /// Folded words of each author's name.
    pub authors: Vec<Vec<String>>,
    /// The list of authors is not whole.
    pub more_authors: bool,
    /// Its own identifiers.
    pub identifiers: &'a [WorkIdentifier],
}

/// How sure it is, from 0 to 1, that two records of different sources describe one work; 0 where something forbids it.
///
/// Equal titles are needed. What forbids: the same source keeps two records; two different numbers of one register, unless one
/// belongs to a preprint; one is data, software, a thesis or a whole book and the other is not; more than four years
/// between them. The confidence then follows from the share of authors that both name.
pub fn confidence(one: &Sketch, other: &Sketch) -> f64 {
    if one.title_key != other.title_key
        || one.title_key.is_empty()
        || one.record.0 == other.record.0
        || class(one.kind) != class(other.kind)
        || contradict(one, other)
    {
        return 0.0;
    }
    let distance = match (one.year, other.year) {
        (Some(a), Some(b)) => a.abs_diff(b),
        _ => 2,
    };
    let in_time = match distance {
        0 | 1 => 1.0,
        2 => 0.97,
        3 | 4 => 0.9,
        _ => return 0.0,
    };
    let distinctive = one
        .title_key
        .split(' ')
        .nth(DISTINCTIVE_WORDS - 1)
        .is_some();
    let by_authors = match (shared_authors(one, other), distinctive) {
        (share, true) if share >= 0.99 => 0.99,
        (share, true) if share >= 0.6 => 0.95,
        (share, true) if share >= 0.3 => 0.86,
        (share, false) if share >= 0.99 => 0.9,
        _ => return 0.0,
    };
    by_authors * in_time
}

/// Whether the two could be one work at all, judged by title or authors: for a link that a source draws between two
/// identifiers, which are mistyped now and then.
pub fn plausible(one: &Sketch, other: &Sketch) -> bool {
    one.authors.is_empty()
        || other.authors.is_empty()
        || shared_authors(one, other) > 0.0
        || shared_words(one.title_key, other.title_key) >= 0.5
}

/// Works of different classes never are one, whatever their titles.
fn class(kind: WorkKind) -> u8 {
    match kind {
        WorkKind::Dataset => 1,
        WorkKind::Software => 2,
        WorkKind::Thesis => 3,
        WorkKind::Book => 4,
        _ => 0,
    }
}

/// Two numbers of one register that cannot be the same work.
fn contradict(one: &Sketch, other: &Sketch) -> bool {
    let number = |sketch: &Sketch, scheme| -> Option<String> {
        let mut own = sketch.identifiers.iter().filter(|i| i.scheme == scheme);
        own.next().map(|i| i.value.clone())
    };
    let differ = |scheme| {
        let (a, b) = (number(one, scheme), number(other, scheme));
        matches!((a, b), (Some(a), Some(b)) if a != b)
    };
    let preprints = [one.kind, other.kind].map(|kind| kind == WorkKind::Preprint);
    (differ(Scheme::Doi) && preprints[0] == preprints[1])
        || [
            Scheme::Arxiv,
            Scheme::Acl,
            Scheme::Pmid,
            Scheme::Pmcid,
            Scheme::OpenAlex,
        ]
        .into_iter()
        .any(differ)
}

/// Share of the longer list of authors that the other names too; of the shorter where a list is not whole.
fn shared_authors(one: &Sketch, other: &Sketch) -> f64 {
    let (a, b) = (&one.authors, &other.authors);
    let whole = if one.more_authors || other.more_authors {
        a.len().min(b.len())
    } else {
        a.len().max(b.len())
    };
    if whole == 0 {
        return 0.0;
    }
    let mut left: Vec<&Vec<String>> = b.iter().collect();
    let mut shared = 0;
    for author in a {
        let found = left.iter().position(|candidate| {
            author
                .iter()
                .any(|word| word.chars().nth(1).is_some() && candidate.contains(word))
        });
        if let Some(at) = found {
            left.swap_remove(at);
            shared += 1;
        }
    }
    f64::from(shared) / whole as f64
}

/// Share of the longer title's words that the other holds too.
fn shared_words(one: &str, other: &str) -> f64 {
    let (a, b): (Vec<&str>, Vec<&str>) = (one.split(' ').collect(), other.split(' ').collect());
    let shared = a.iter().filter(|word| b.contains(word)).count();
    shared as f64 / a.len().max(b.len()) as f64
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::names::tokens;

    fn sketch<'a>(source: &'a str, title_key: &'a str, year: i64, authors: &[&str]) -> Sketch<'a> {
        Sketch {
            record: (source, "1"),
            title_key,
            year: Some(year),
            kind: WorkKind::Article,
            authors: authors.iter().map(|name| tokens(name)).collect(),
            ..Sketch::default()
        }
    }

    const TITLE: &str = "rivers that forget their lanterns";

    #[test]
    fn same_title_and_authors_make_one_work_across_sources_and_spellings() {
        let one = sketch("arXiv", TITLE, 2020, &["Ada Quill", "Ben Oak"]);
        let other = sketch("Crossref", TITLE, 2021, &["Quill, A.", "B. Oak"]);
        assert!(confidence(&one, &other) >= SAME_WORK);
        assert_eq!(confidence(&one, &other), confidence(&other, &one));
    }

    #[test]
    fn a_source_that_keeps_two_records_means_two_works() {
        let one = sketch("Crossref", TITLE, 2020, &["Ada Quill"]);
        let mut other = one.clone();
        other.record.1 = "2";
        assert_eq!(confidence(&one, &other), 0.0);
    }

    #[test]
    fn other_authors_many_years_or_another_class_mean_another_work() {
        let one = sketch("arXiv", TITLE, 2020, &["Ada Quill"]);
        assert_eq!(
            confidence(&one, &sketch("X", TITLE, 2020, &["Cy Reed"])),
            0.0
        );
        assert_eq!(
            confidence(&one, &sketch("X", TITLE, 2029, &["Ada Quill"])),
            0.0
        );
        let data = Sketch {
            kind: WorkKind::Dataset,
            ..sketch("X", TITLE, 2020, &["Ada Quill"])
        };
        assert_eq!(confidence(&one, &data), 0.0);
    }

    #[test]
    fn a_title_that_many_works_share_needs_every_author() {
        let one = sketch("arXiv", "introduction", 2020, &["Ada Quill", "Ben Oak"]);
        let all = sketch("X", "introduction", 2020, &["Ada Quill", "Ben Oak"]);
        let half = sketch("X", "introduction", 2020, &["Ada Quill"]);
        assert!(confidence(&one, &all) >= SAME_WORK);
        assert!(confidence(&one, &half) < SAME_WORK);
    }

    #[test]
    fn two_doi_are_one_work_only_where_one_is_a_preprint() {
        let doi = |value: &str| [WorkIdentifier::parse(Scheme::Doi, value).unwrap()];
        let (a, b) = (doi("10.1000/a"), doi("10.1000/b"));
        let one = Sketch {
            identifiers: &a,
            ..sketch("Crossref", TITLE, 2020, &["Ada Quill"])
        };
        let other = Sketch {
            identifiers: &b,
            ..sketch("DataCite", TITLE, 2020, &["Ada Quill"])
        };
        assert_eq!(confidence(&one, &other), 0.0);
        let preprint = Sketch {
            kind: WorkKind::Preprint,
            ..other
        };
        assert!(confidence(&one, &preprint) >= SAME_WORK);
    }

    #[test]
    fn a_mistyped_link_between_strangers_is_not_plausible() {
        let one = sketch("arXiv", TITLE, 2020, &["Ada Quill"]);
        assert!(!plausible(
            &one,
            &sketch("X", "on moss and other carpets", 2020, &["Cy Reed"])
        ));
        assert!(plausible(
            &one,
            &sketch("X", "another title altogether", 2020, &["A. Quill"])
        ));
    }
}
