//! Partitions of invented mentions.

use proptest::prelude::*;

use super::super::*;
use super::prints::split;

fn mention(work: i64, given: &str, family: &str) -> Mention {
    Mention {
        key: (work, 0),
        name: split(given, family),
        coauthors: Vec::new(),
        institutions: Vec::new(),
        topics: Vec::new(),
        venue: None,
        year: Some(2000),
        title_words: Vec::new(),
        identifiers: Vec::new(),
        anchor: None,
        denied: Vec::new(),
    }
}

/// A collection in which Liu is a common name and everything else is rare.
fn statistics() -> Counts {
    let mut counts = Counts::default();
    for i in 0..40_000_u64 {
        counts.add(Kind::Work, 0);
        counts.add(Kind::Word, i % 500);
        counts.add(Kind::Venue, i % 100);
    }
    for (given, family) in (0..1_000).flat_map(|i| [(i % 50, i % 7), (i % 90, 0)]) {
        let name = split(&format!("Yang{given}"), ["Liu", "Wang", "Li"][family % 3]);
        let new = counts.count(Kind::Person, name.person_key()) == 0;
        for (kind, key) in count_name(&name, new) {
            counts.add(kind, key);
        }
    }
    counts
}

fn clusters(mentions: &[Mention]) -> Vec<usize> {
    partition(mentions, &statistics()).cluster
}

#[test]
fn a_rare_name_is_one_person_without_further_evidence() {
    let mentions = [
        mention(1, "Inderjit", "Dhillon"),
        mention(2, "Inderjit", "Dhillon"),
    ];
    let found = partition(&mentions, &statistics());
    assert_eq!(found.cluster, [0, 0]);
    assert!(found.confidence.iter().all(|c| *c > 0.9), "{found:?}");
}

#[test]
fn rare_names_that_only_sound_alike_need_works_in_common() {
    for (one, other) in [
        (("F. J. P.", "Soler"), ("Falk", "Scholer")),
        (("M.", "Martins"), ("Mikaela", "Correa Martins")),
        (("Dan", "Quillfeather"), ("Dana", "Quillfeather")),
    ] {
        let mut mentions = [mention(1, one.0, one.1), mention(2, other.0, other.1)];
        assert_eq!(clusters(&mentions), [0, 1], "{one:?} {other:?}");
        for mention in &mut mentions {
            mention.coauthors = vec![key("a"), key("b")];
        }
        assert_eq!(clusters(&mentions), [0, 0], "{one:?} {other:?}");
    }
}

#[test]
fn nobody_writes_for_a_century() {
    let mut mentions = [
        mention(1, "Inderjit", "Dhillon"),
        mention(2, "Inderjit", "Dhillon"),
    ];
    mentions[0].year = Some(1950);
    mentions[1].year = Some(1988);
    assert_eq!(clusters(&mentions), [0, 0]);
    mentions[0].year = Some(1880);
    assert_eq!(clusters(&mentions), [0, 1]);
}

#[test]
fn a_common_name_alone_is_evidence_of_nothing() {
    let mentions = [mention(1, "Yang", "Liu"), mention(2, "Yang", "Liu")];
    assert_eq!(clusters(&mentions), [0, 1]);
}

#[test]
fn rare_coauthors_join_a_common_name() {
    let mut mentions = [
        mention(1, "Yang", "Liu"),
        mention(2, "Yang", "Liu"),
        mention(3, "Yang", "Liu"),
    ];
    mentions[0].coauthors = vec![key("a"), key("b")];
    mentions[1].coauthors = vec![key("a"), key("c")];
    mentions[2].coauthors = vec![key("d"), key("e")];
    assert_eq!(clusters(&mentions), [0, 0, 1]);
}

#[test]
fn a_shared_rare_institution_joins_a_common_name() {
    let mut mentions = [mention(1, "Yang", "Liu"), mention(2, "Yang", "Liu")];
    let mut counts = statistics();
    for i in 0..5_000 {
        counts.add(Kind::Institution, i);
    }
    for mention in &mut mentions {
        mention.institutions = vec![7];
        mention.topics = vec![3];
    }
    assert_eq!(partition(&mentions, &counts).cluster, [0, 0]);
}

#[test]
fn equal_identifiers_join_and_different_orcids_part() {
    let mut mentions = [
        mention(1, "Yang", "Liu"),
        mention(2, "Yang", "Liu"),
        mention(3, "Inderjit", "Dhillon"),
        mention(4, "Inderjit", "Dhillon"),
    ];
    for (mention, orcid) in mentions.iter_mut().zip([1, 1, 2, 3]) {
        mention.identifiers = vec![(Scheme::Personal, orcid)];
    }
    assert_eq!(clusters(&mentions), [0, 0, 1, 2]);
    for (mention, id) in mentions.iter_mut().zip([1, 1, 2, 3]) {
        mention.identifiers = vec![(Scheme::Source, id)];
    }
    assert_eq!(clusters(&mentions), [0, 0, 1, 1]);
}

#[test]
fn decisions_of_people_stand_above_names_and_identifiers() {
    let mut mentions = [
        mention(1, "Inderjit", "Dhillon"),
        mention(2, "Inderjit", "Dhillon"),
        mention(3, "Inderjit", "Dhillon"),
        mention(4, "Ada", "Dhillon"),
    ];
    mentions[0].anchor = Some(10);
    mentions[1].anchor = Some(11);
    mentions[2].denied = vec![10, 11];
    mentions[3].anchor = Some(10);
    for mention in &mut mentions[..3] {
        mention.identifiers = vec![(Scheme::Personal, 1)];
    }
    assert_eq!(clusters(&mentions), [0, 1, 2, 0]);
}

#[test]
fn two_authors_of_one_work_are_two_people_unless_a_rare_name_stands_twice() {
    let mut twice = [
        mention(1, "Inderjit", "Dhillon"),
        mention(1, "Inderjit", "Dhillon"),
    ];
    twice[1].key = (1, 5);
    assert_eq!(clusters(&twice), [0, 0]);
    let mut two = [mention(1, "Yang", "Liu"), mention(1, "Yang", "Liu")];
    two[1].key = (1, 5);
    assert_eq!(clusters(&two), [0, 1]);
    let mut family = [
        mention(1, "Inderjit", "Dhillon"),
        mention(1, "I.", "Dhillon"),
    ];
    family[1].key = (1, 5);
    assert_eq!(clusters(&family), [0, 1]);
}

#[test]
fn a_name_between_two_that_contradict_joins_at_most_one() {
    let mentions = [
        mention(1, "Robert L.", "Mercer"),
        mention(2, "Robert E.", "Mercer"),
        mention(3, "Robert", "Mercer"),
        mention(4, "R.", "Mercer"),
    ];
    let found = clusters(&mentions);
    assert_ne!(found[0], found[1]);
}

#[test]
fn what_may_be_one_person_is_listed_for_review() {
    let mut mentions = [mention(1, "Yang", "Liu"), mention(2, "Yang", "Liu")];
    for mention in &mut mentions {
        mention.title_words = vec![1, 2];
        mention.venue = Some(4);
    }
    let found = partition(&mentions, &statistics());
    assert_eq!(found.cluster, [0, 1]);
    assert_eq!(found.open.len(), 1);
    let open = found.open[0];
    assert_eq!((open.one, open.other), (0, 1));
    assert!((0.01..0.9).contains(&open.probability), "{open:?}");
}

fn any_mention() -> impl Strategy<Value = Mention> {
    let given = prop::sample::select(vec![
        "Yang", "Y.", "Yang B.", "Yang C.", "Inderjit", "I. S.", "",
    ]);
    let lists = (
        prop::collection::vec(0..12_u64, 0..4),
        prop::collection::vec(0..5_u64, 0..2),
        prop::collection::vec(0..9_u64, 0..4),
    );
    let decided = (
        prop::option::weighted(0.15, 0..3_i64),
        prop::collection::vec(0..3_i64, 0..2),
        prop::option::weighted(0.2, 0..3_u64),
        prop::option::weighted(0.2, 0..3_u64),
    );
    (
        given,
        lists,
        decided,
        1990..2020_i16,
        prop::option::of(0..3_u64),
    )
        .prop_map(
            |(
                given,
                (coauthors, institutions, words),
                (anchor, denied, orcid, source),
                year,
                venue,
            )| {
                let mut one = mention(0, given, "Liu");
                one.coauthors = coauthors;
                one.institutions = institutions;
                one.title_words = words;
                one.venue = venue;
                one.year = Some(year);
                one.anchor = anchor;
                one.denied = if anchor.is_some() { Vec::new() } else { denied };
                one.identifiers
                    .extend(orcid.map(|value| (Scheme::Personal, value)));
                one.identifiers
                    .extend(source.map(|value| (Scheme::Source, 100 + value)));
                one
            },
        )
}

/// Mentions on a few works, several on one.
fn any_block() -> impl Strategy<Value = Vec<Mention>> {
    prop::collection::vec((any_mention(), 0..12_i64), 1..30).prop_map(|list| {
        list.into_iter()
            .enumerate()
            .map(|(position, (mut mention, work))| {
                mention.key = (work, position as i64);
                mention
            })
            .collect()
    })
}

proptest! {
    #[test]
    fn the_order_of_the_mentions_does_not_matter(
        (block, order) in any_block().prop_flat_map(|block| {
            let order: Vec<usize> = (0..block.len()).collect();
            (Just(block), Just(order).prop_shuffle())
        })
    ) {
        let counts = statistics();
        let straight = partition(&block, &counts);
        let shuffled: Vec<Mention> = order.iter().map(|i| block[*i].clone()).collect();
        let other = partition(&shuffled, &counts);
        for (at, i) in order.iter().enumerate() {
            prop_assert_eq!(other.cluster[at], straight.cluster[*i]);
            prop_assert_eq!(other.confidence[at], straight.confidence[*i]);
        }
        prop_assert_eq!(other.open, straight.open);
    }

    #[test]
    fn constraints_always_hold(block in any_block()) {
        let found = partition(&block, &statistics());
        prop_assert_eq!(found.cluster.len(), block.len());
        prop_assert!(found.confidence.iter().all(|c| (0.0..=1.0).contains(c)));
        let orcid = |m: &Mention| m.identifiers.iter().find(|(s, _)| *s == Scheme::Personal).copied();
        for (i, a) in block.iter().enumerate() {
            for (j, b) in block.iter().enumerate().skip(i + 1) {
                let same = found.cluster[i] == found.cluster[j];
                match (a.anchor, b.anchor) {
                    (Some(x), Some(y)) => prop_assert_eq!(x == y, same),
                    (Some(x), None) => prop_assert!(!(same && b.denied.contains(&x))),
                    (None, Some(x)) => prop_assert!(!(same && a.denied.contains(&x))),
                    (None, None) => {}
                }
                let decided = a.anchor.is_some() && a.anchor == b.anchor;
                if let (Some(x), Some(y)) = (orcid(a), orcid(b)) {
                    let joined_by_decision = block.iter().zip(&found.cluster)
                        .any(|(m, c)| *c == found.cluster[i] && m.anchor.is_some());
                    prop_assert!(x == y || !same || joined_by_decision);
                }
                if a.key.0 == b.key.0 && a.name != b.name && same {
                    prop_assert!(decided || orcid(a).is_some() || a.anchor.is_some() || b.anchor.is_some()
                        || block.iter().zip(&found.cluster).any(|(m, c)| *c == found.cluster[i]
                            && (m.anchor.is_some() || orcid(m).is_some())));
                }
            }
        }
        for pair in &found.open {
            prop_assert!(pair.one < pair.other);
            prop_assert!((0.0..=1.0).contains(&pair.probability));
        }
        prop_assert!(found.open.len() <= OPEN_PAIRS_MAX);
    }
}
