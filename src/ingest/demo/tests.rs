use std::collections::{HashMap, HashSet};

use super::*;
use crate::domain::names::name_key;
use crate::ingest::markup::{Shape, render};

const SEED: u64 = 42;

fn display_names(work: &WorkRecord) -> Vec<String> {
    work.authors
        .iter()
        .map(|author| author.name.display())
        .collect()
}

#[test]
fn a_seed_always_gives_the_same_community() {
    assert!(works(SEED, 300).eq(works(SEED, 300)));
    assert!(works(SEED, 300).ne(works(SEED + 1, 300)));
    assert_eq!(prolific(SEED, 300), prolific(SEED, 300));
}

#[test]
fn a_longer_corpus_begins_with_the_shorter_one() {
    assert!(works(SEED, 900).take(400).eq(works(SEED, 400)));
}

#[test]
fn as_many_works_come_as_were_asked_for_each_under_its_own_key() {
    for n in [5, 400, 20_000] {
        let keys: HashSet<String> = works(SEED, n).map(|work| work.record_key).collect();
        assert_eq!(keys.len(), n);
    }
}

#[test]
fn works_have_three_to_four_authors_on_average_and_about_half_as_many_people_as_works() {
    for (n, fewest, most) in [(400, 120, 220), (20_000, 7_000, 12_000)] {
        let mut people = HashSet::new();
        let mut authorships = 0;
        for work in works(SEED, n) {
            assert!(!work.authors.is_empty());
            authorships += work.authors.len();
            people.extend(display_names(&work));
        }
        let mean = authorships as f64 / n as f64;
        assert!((3.0..4.0).contains(&mean), "{mean} authors at {n} works");
        assert!(
            (fewest..most).contains(&people.len()),
            "{} people at {n} works",
            people.len()
        );
    }
}

#[test]
fn no_work_lists_an_author_twice() {
    for seed in [1, SEED] {
        for work in works(seed, 5_200) {
            let names = display_names(&work);
            let keys: HashSet<String> = names.iter().map(|name| name_key(name)).collect();
            assert_eq!(keys.len(), names.len(), "{names:?}");
        }
    }
}

#[test]
fn large_collaborations_appear() {
    let sizes: Vec<usize> = works(SEED, 6_000).map(|work| work.authors.len()).collect();
    assert!(sizes[..400].iter().any(|size| *size >= 30));
    assert_eq!(sizes.iter().filter(|size| **size >= 250).count(), 1);
    assert!(sizes[..5_000].iter().all(|size| *size < 250));
}

#[test]
fn everything_that_looks_like_an_address_or_number_is_reserved_for_examples() {
    for work in works(SEED, 3_000) {
        assert!(!work.identifiers.is_empty());
        for identifier in &work.identifiers {
            match identifier.scheme {
                Scheme::Doi => assert!(identifier.value.starts_with("10.5555/bzpeer-demo.")),
                Scheme::Other => assert!(identifier.value.starts_with("demo-")),
                other => panic!("{other:?}"),
            }
            let parsed = WorkIdentifier::parse(identifier.scheme, &identifier.value);
            assert_eq!(parsed.as_ref(), Ok(identifier));
        }
        for author in &work.authors {
            assert!((1..=2).contains(&author.institutions.len()));
            assert!(author.identifiers.is_empty());
            for institution in &author.institutions {
                assert!(institution.ror.is_none());
                assert!((1..=2).contains(&institution.domains.len()));
                for domain in &institution.domains {
                    assert!(domain.ends_with(".example"), "{domain}");
                }
            }
        }
        let host = work
            .url
            .as_deref()
            .map(|url| url.split('/').nth(2).unwrap_or_default());
        assert!(
            host.is_none_or(|host| host.ends_with(".example")),
            "{host:?}"
        );
    }
}

#[test]
fn six_of_ten_works_carry_a_doi_and_a_few_lack_an_abstract_or_a_year() {
    let works: Vec<WorkRecord> = works(SEED, 3_000).collect();
    let share = |count: usize| count as f64 / works.len() as f64;
    let doi = |work: &&WorkRecord| work.identifiers.iter().any(|id| id.scheme == Scheme::Doi);
    assert!((0.57..0.63).contains(&share(works.iter().filter(doi).count())));
    let mute = works
        .iter()
        .filter(|work| work.abstract_source.is_none())
        .count();
    assert!((0.04..0.08).contains(&share(mute)));
    let undated = works.iter().filter(|work| work.year.is_none()).count();
    assert!((0.015..0.045).contains(&share(undated)));
    assert!(
        works
            .iter()
            .all(|work| work.year.is_none_or(|year| (2008..=2026).contains(&year)))
    );
    let latex = |work: &&WorkRecord| {
        work.title_source.contains('$')
            || work
                .abstract_source
                .as_ref()
                .is_some_and(|text| text.contains(['$', '\\']))
    };
    let latex = share(works.iter().filter(latex).count());
    assert!((0.11..0.22).contains(&latex), "{latex}");
}

#[test]
fn titles_of_the_first_run_are_unique_and_of_large_corpora_nearly_all() {
    for seed in 0..6 {
        let titles: HashSet<String> = works(seed, DEFAULT_WORKS)
            .map(|work| name_key(&work.title_source))
            .collect();
        assert_eq!(titles.len(), DEFAULT_WORKS, "seed {seed}");
    }
    let n = 20_000;
    let titles: HashSet<String> = works(SEED, n)
        .map(|work| name_key(&work.title_source))
        .collect();
    assert!(
        titles.len() * 1000 >= n * 999,
        "{} titles of {n}",
        titles.len()
    );
}

#[test]
fn abstracts_have_eighty_to_two_hundred_words() {
    for text in works(SEED, 3_000).filter_map(|work| work.abstract_source) {
        let words = text.split_whitespace().count();
        assert!(
            (texts::ABSTRACT_MIN_WORDS..=texts::ABSTRACT_MAX_WORDS).contains(&words),
            "{words}: {text}"
        );
    }
}

#[test]
fn no_pattern_is_left_unfilled() {
    for work in works(SEED, 3_000) {
        let text = work.abstract_source.unwrap_or_default();
        for text in [work.title_source.as_str(), text.as_str()] {
            let unfilled = text
                .match_indices('<')
                .any(|(at, _)| text.as_bytes().get(at + 2) == Some(&b'>'));
            assert!(!unfilled && !text.contains("  "), "{text}");
        }
    }
}

#[test]
fn every_formula_of_the_first_works_becomes_mathematics() {
    for work in works(SEED, 1_000) {
        let title = render(&work.title_source, Shape::Line);
        let text = render(
            work.abstract_source.as_deref().unwrap_or_default(),
            Shape::Blocks,
        );
        for markup in [title, text] {
            assert!(!markup.html.contains("math-source"), "{}", markup.html);
            assert!(!markup.text.contains(['$', '\\']), "{}", markup.text);
        }
    }
}

#[test]
fn the_three_most_prolific_have_close_collaborators() {
    for seed in [1, 7, SEED, 2026] {
        let mut joint = HashMap::<(String, String), usize>::new();
        let mut counts = HashMap::<String, usize>::new();
        for work in works(seed, DEFAULT_WORKS) {
            let names = display_names(&work);
            for name in &names {
                *counts.entry(name.clone()).or_default() += 1;
                for other in names.iter().filter(|other| *other != name) {
                    *joint.entry((name.clone(), other.clone())).or_default() += 1;
                }
            }
        }
        let top = prolific(seed, DEFAULT_WORKS);
        let least = top.iter().map(|name| counts[name]).min().unwrap();
        assert!(
            counts
                .iter()
                .all(|(name, works)| top.contains(name) || *works <= least)
        );
        for name in &top {
            let close = joint
                .iter()
                .filter(|((one, _), works)| one == name && **works >= 5)
                .count();
            assert!(close >= 2, "{name} has {close}, seed {seed}");
        }
    }
}

#[test]
fn unusual_names_stand_in_the_first_run() {
    let seen: HashSet<String> = works(SEED, DEFAULT_WORKS)
        .flat_map(|work| display_names(&work))
        .collect();
    assert!(seen.contains(names::NATIVE_SCRIPT));
    assert!(seen.contains(names::MONONYM));
    assert!(seen.iter().any(|name| name.ends_with(names::LONG_NAME.1)));
    assert!(
        seen.iter()
            .any(|name| !name.is_ascii() && name != names::NATIVE_SCRIPT)
    );
}

#[test]
fn a_tiny_corpus_still_names_its_people() {
    assert!(prolific(SEED, 5).iter().all(|name| !name.is_empty()));
    assert!(prolific(SEED, 0).iter().all(String::is_empty));
}
