use proptest::prelude::*;

use super::*;

/// The example in docs/rules.md, from the page that the product started from.
fn seed_page() -> TrustFacts {
    TrustFacts {
        level: Level::L1,
        works: 40,
        close_collaborators: 4,
        years_with_work: 6,
        ..TrustFacts::default()
    }
}

/// A record that earns every point.
fn perfect(level: Level) -> TrustFacts {
    TrustFacts {
        level,
        works: 200,
        evidenced_works: 200,
        confirmed_works: 200,
        close_collaborators: 20,
        verified_close_collaborators: 20,
        years_with_work: 40,
        upheld_reports: 0,
    }
}

fn points(facts: &TrustFacts, kind: PartKind) -> f64 {
    let score = trust(facts);
    let part = score.parts.iter().find(|part| part.kind == kind);
    part.unwrap().points
}

#[test]
fn the_seed_page_scores_21_and_is_emerging() {
    let score = trust(&seed_page());
    assert_eq!((score.score, score.band), (21, Band::Emerging));
    let sum: f64 = score.parts.iter().map(|part| part.points).sum();
    assert!((sum - 21.05).abs() < 0.01, "{sum}");
    assert_eq!(score.version, 1);
}

#[test]
fn the_seed_author_as_imported_has_three_close_collaborators_and_scores_20() {
    let facts = TrustFacts {
        close_collaborators: 3,
        ..seed_page()
    };
    let score = trust(&facts);
    assert_eq!((score.score, score.band), (20, Band::Emerging));
}

#[test]
fn the_evidence_reads_as_sentences_with_the_counts() {
    let score = trust(&seed_page());
    let sentences: Vec<&str> = score
        .parts
        .iter()
        .map(|part| part.evidence.as_str())
        .collect();
    assert_eq!(
        sentences,
        [
            "Verification level L1. Unclaimed; at least one work carries an identifier from a registry such as arXiv or DOI.",
            "The record holds 40 works.",
            "0 works of 40 have a DOI or two independent sources; the author confirmed 0.",
            "4 close collaborators with at least five joint works; 0 verified at L3 or above.",
            "Works in 6 calendar years.",
        ]
    );
    assert!(score.parts.iter().all(|part| part.raise.is_some()));
}

#[test]
fn every_level_caps_the_score() {
    for (level, expected) in Level::ALL.into_iter().zip([19, 39, 59, 89, 100]) {
        let score = trust(&perfect(level));
        assert_eq!(score.cap, expected);
        // Everything but identity gives 60 points, so each level below L4 runs into its cap or its own points.
        let identity = [0, 6, 16, 30, 40][level.as_i64() as usize];
        assert_eq!(score.score, (60 + identity).min(expected), "{level}");
    }
}

#[test]
fn a_perfect_record_scores_100_and_nothing_is_left_to_raise() {
    let score = trust(&perfect(Level::L4));
    assert_eq!((score.score, score.band), (100, Band::Exemplary));
    assert!(score.parts.iter().all(|part| part.points == part.max));
    assert!(score.parts.iter().all(|part| part.raise.is_none()));
}

#[test]
fn a_record_without_works_scores_zero_and_no_part_is_nan() {
    let score = trust(&TrustFacts::default());
    assert_eq!((score.score, score.band), (0, Band::New));
    assert!(score.parts.iter().all(|part| part.points == 0.0));
}

#[test]
fn each_part_gives_the_points_of_the_table() {
    let facts = TrustFacts {
        level: Level::L3,
        works: 10,
        evidenced_works: 3,
        confirmed_works: 7,
        close_collaborators: 9,
        verified_close_collaborators: 2,
        years_with_work: 5,
        upheld_reports: 2,
    };
    assert_eq!(points(&facts, PartKind::Identity), 30.0);
    assert!((points(&facts, PartKind::Depth) - 5.195_76).abs() < 1e-4);
    assert_eq!(points(&facts, PartKind::Evidence), 10.0);
    assert_eq!(points(&facts, PartKind::Collaborators), 12.0);
    assert_eq!(points(&facts, PartKind::Continuity), 2.5);
    assert_eq!(points(&facts, PartKind::Reports), -20.0);
    assert_eq!(trust(&facts).score, 39);
}

#[test]
fn a_hundred_works_fill_the_depth_and_more_add_nothing() {
    for (works, expected) in [(0, 0.0), (100, 10.0), (1_000_000, 10.0)] {
        let facts = TrustFacts {
            works,
            ..TrustFacts::default()
        };
        assert_eq!(points(&facts, PartKind::Depth), expected);
    }
}

#[test]
fn reports_take_off_ten_each_thirty_at_most_and_never_below_zero() {
    for (upheld, expected) in [(1, 90), (2, 80), (3, 70), (4, 70), (i64::MAX, 70)] {
        let facts = TrustFacts {
            upheld_reports: upheld,
            ..perfect(Level::L4)
        };
        assert_eq!(trust(&facts).score, expected);
    }
    let poor = TrustFacts {
        upheld_reports: 3,
        ..seed_page()
    };
    assert_eq!(trust(&poor).score, 0);
}

#[test]
fn an_upheld_report_counts_for_two_years() {
    assert!(report_counts(0, 2 * YEAR - 1));
    assert!(!report_counts(0, 2 * YEAR));
    assert!(report_counts(i64::MAX, 0));
}

#[test]
fn bands_change_at_every_twenty_points() {
    for (score, band) in [
        (0, Band::New),
        (19, Band::New),
        (20, Band::Emerging),
        (39, Band::Emerging),
        (40, Band::Established),
        (59, Band::Established),
        (60, Band::Strong),
        (79, Band::Strong),
        (80, Band::Exemplary),
        (100, Band::Exemplary),
    ] {
        assert_eq!(Band::of(score), band, "{score}");
    }
}

#[test]
fn impossible_counts_neither_panic_nor_lift_a_part_above_its_maximum() {
    let absurd = TrustFacts {
        level: Level::L4,
        works: 1,
        evidenced_works: i64::MAX,
        confirmed_works: i64::MAX,
        close_collaborators: -4,
        verified_close_collaborators: i64::MAX,
        years_with_work: i64::MIN,
        upheld_reports: -1,
    };
    let score = trust(&absurd);
    assert!(
        score
            .parts
            .iter()
            .all(|part| (0.0..=part.max).contains(&part.points))
    );
    assert_eq!(points(&absurd, PartKind::Evidence), 20.0);
    assert_eq!(points(&absurd, PartKind::Collaborators), 0.0);
}

fn any_facts() -> impl Strategy<Value = TrustFacts> {
    let counts = (
        0..300i64,
        0..300i64,
        0..300i64,
        0..20i64,
        0..20i64,
        0..60i64,
        0..5i64,
    );
    (0..5usize, counts).prop_map(|(level, (w, e, c, k, v, y, u))| TrustFacts {
        level: Level::ALL[level],
        works: w,
        evidenced_works: e,
        confirmed_works: c,
        close_collaborators: k,
        verified_close_collaborators: v,
        years_with_work: y,
        upheld_reports: u,
    })
}

proptest! {
    #[test]
    fn anyone_can_recompute_the_score_from_its_parts(facts in any_facts()) {
        let score = trust(&facts);
        let json = serde_json::to_string(&score).unwrap();
        let travelled: TrustScore = serde_json::from_str(&json).unwrap();
        prop_assert_eq!(recompute(&travelled.parts, travelled.cap), score.score);
        prop_assert_eq!(Band::of(travelled.score), score.band);
        prop_assert!(score.score <= score.cap);
        let sum: f64 = score.parts.iter().map(|part| part.points).sum();
        prop_assert!(sum.is_finite());
    }

    #[test]
    fn more_of_what_counts_never_lowers_the_score(facts in any_facts()) {
        let before = trust(&facts).score;
        let mut better = vec![
            TrustFacts { evidenced_works: facts.evidenced_works + 1, ..facts.clone() },
            TrustFacts { confirmed_works: facts.confirmed_works + 1, ..facts.clone() },
            TrustFacts { close_collaborators: facts.close_collaborators + 1, ..facts.clone() },
            TrustFacts {
                verified_close_collaborators: facts.verified_close_collaborators + 1,
                ..facts.clone()
            },
            TrustFacts { years_with_work: facts.years_with_work + 1, ..facts.clone() },
            TrustFacts { upheld_reports: facts.upheld_reports - 1, ..facts.clone() },
            // One more work lowers the *shares* of evidenced and confirmed works unless it is both.
            TrustFacts {
                works: facts.works + 1,
                evidenced_works: facts.evidenced_works.min(facts.works) + 1,
                confirmed_works: facts.confirmed_works.min(facts.works) + 1,
                ..facts.clone()
            },
        ];
        if let Some(level) = Level::from_i64(facts.level.as_i64() + 1) {
            better.push(TrustFacts { level, ..facts.clone() });
        }
        for facts in better {
            prop_assert!(trust(&facts).score >= before, "{:?}", facts);
        }
    }
}
