//! The trust score: how well a record is evidenced (formula version 1, see docs/rules.md).
//!
//! Followers, citations, messages and every other count of activity or fame never enter: they can be bought.

use std::fmt;

use serde::{Deserialize, Serialize};

use super::clock::{Millis, YEAR, count};
use super::verification::Level;

/// The version of the formula; changes whenever the same facts would give another score.
pub const FORMULA_VERSION: u8 = 1;
/// Points that one upheld report takes off.
pub const REPORT_POINTS: f64 = 10.0;
/// The most that reports take off together.
pub const REPORT_POINTS_MAX: f64 = 30.0;
/// How long an upheld report counts, from the decision on: two years.
pub const REPORT_COUNTS_FOR: Millis = 2 * YEAR;

/// What the score is computed from. Negative counts are read as 0, and a part never exceeds its whole (more confirmed works
/// than works, more verified close collaborators than close collaborators).
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct TrustFacts {
    /// Who stands behind the record.
    pub level: Level,
    /// Works of the author.
    pub works: i64,
    /// Works with a DOI or from two independent sources.
    pub evidenced_works: i64,
    /// Works that the author confirmed as their own.
    pub confirmed_works: i64,
    /// Co-authors with at least five joint works.
    pub close_collaborators: i64,
    /// Close collaborators verified at L3 or above.
    pub verified_close_collaborators: i64,
    /// Calendar years with at least one work.
    pub years_with_work: i64,
    /// Reports against the record that were upheld and still count, see [`report_counts`].
    pub upheld_reports: i64,
}

/// Where the points of a part come from.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum PartKind {
    /// Who stands behind the record.
    Identity,
    /// How many works it holds.
    Depth,
    /// How well those works are evidenced.
    Evidence,
    /// Close collaborators.
    Collaborators,
    /// Years with a work.
    Continuity,
    /// Points that upheld reports take off; appears only where there are any.
    Reports,
}

impl PartKind {
    /// The name shown to readers.
    pub fn label(self) -> &'static str {
        match self {
            Self::Identity => "Identity",
            Self::Depth => "Record depth",
            Self::Evidence => "Record evidence",
            Self::Collaborators => "Collaborators",
            Self::Continuity => "Continuity",
            Self::Reports => "Upheld reports",
        }
    }
}

/// One line of the explanation.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Part {
    /// Which part.
    pub kind: PartKind,
    /// Its points, not rounded; 0 or less for [`PartKind::Reports`].
    pub points: f64,
    /// The most that this part can give; 0 for [`PartKind::Reports`].
    pub max: f64,
    /// The counts behind the points, as a sentence.
    pub evidence: String,
    /// What would raise the points, as a sentence; `None` where nothing can.
    pub raise: Option<String>,
}

/// The bands that scores are spoken of in.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Band {
    /// 0 to 19.
    New,
    /// 20 to 39.
    Emerging,
    /// 40 to 59.
    Established,
    /// 60 to 79.
    Strong,
    /// 80 to 100.
    Exemplary,
}

impl Band {
    /// The band of a score.
    pub fn of(score: u8) -> Self {
        match score {
            0..=19 => Self::New,
            20..=39 => Self::Emerging,
            40..=59 => Self::Established,
            60..=79 => Self::Strong,
            80.. => Self::Exemplary,
        }
    }

    /// The word shown to readers.
    pub fn label(self) -> &'static str {
        match self {
            Self::New => "New",
            Self::Emerging => "Emerging",
            Self::Established => "Established",
            Self::Strong => "Strong",
            Self::Exemplary => "Exemplary",
        }
    }
}

impl fmt::Display for Band {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.label())
    }
}

/// A score with everything needed to recompute it: see [`recompute`].
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct TrustScore {
    /// 0 to 100.
    pub score: u8,
    /// The band of the score.
    pub band: Band,
    /// The most that the record's level allows.
    pub cap: u8,
    /// [`FORMULA_VERSION`] at the time.
    pub version: u8,
    /// The parts, in the order of the formula.
    pub parts: Vec<Part>,
}

/// The highest score that a level allows.
pub fn cap(level: Level) -> u8 {
    match level {
        Level::L0 => 19,
        Level::L1 => 39,
        Level::L2 => 59,
        Level::L3 => 89,
        Level::L4 => 100,
    }
}

/// Whether a report upheld at `decided_at` still takes points off.
pub fn report_counts(decided_at: Millis, now: Millis) -> bool {
    now < decided_at.saturating_add(REPORT_COUNTS_FOR)
}

/// The score that parts add up to: their sum rounded down, at least 0, at most `cap`.
pub fn recompute(parts: &[Part], cap: u8) -> u8 {
    let sum: f64 = parts.iter().map(|part| part.points).sum();
    // A float-to-integer cast saturates, so no sum can wrap around.
    (sum.floor().max(0.0) as u8).min(cap)
}

/// Computes the score.
pub fn trust(facts: &TrustFacts) -> TrustScore {
    let works = facts.works.max(0);
    let close = facts.close_collaborators.max(0);
    let mut parts = vec![
        identity(facts.level),
        depth(works),
        evidence(
            works,
            facts.evidenced_works.clamp(0, works),
            facts.confirmed_works.clamp(0, works),
        ),
        collaborators(close, facts.verified_close_collaborators.clamp(0, close)),
        continuity(facts.years_with_work.max(0)),
    ];
    if facts.upheld_reports > 0 {
        parts.push(reports(facts.upheld_reports));
    }
    let cap = cap(facts.level);
    let score = recompute(&parts, cap);
    TrustScore {
        score,
        band: Band::of(score),
        cap,
        version: FORMULA_VERSION,
        parts,
    }
}

fn identity(level: Level) -> Part {
    let (points, raise) = match level {
        Level::L0 => (
            0.0,
            Some(
                "One work with an identifier from a registry (arXiv, DOI, ACL, OpenAlex) makes this 6.",
            ),
        ),
        Level::L1 => (
            6.0,
            Some(
                "A claim by the author, with a verified e-mail address and one proof, makes this 16.",
            ),
        ),
        Level::L2 => (
            16.0,
            Some(
                "A signed-in ORCID iD that shares two or more works with this author makes this 30.",
            ),
        ),
        Level::L3 => (30.0, Some("A second proof of another kind makes this 40.")),
        Level::L4 => (40.0, None),
    };
    Part {
        kind: PartKind::Identity,
        points,
        max: 40.0,
        evidence: format!("Verification level {level}. {}", level.in_words()),
        raise: raise.map(str::to_owned),
    }
}

fn depth(works: i64) -> Part {
    // ln(1 + 0) is 0, so a record without works has no special case.
    let points = (10.0 * (1.0 + works as f64).ln() / 101f64.ln()).min(10.0);
    Part {
        kind: PartKind::Depth,
        points,
        max: 10.0,
        evidence: format!("The record holds {}.", count(works, "work", "works")),
        raise: (works < 100)
            .then(|| "Each further work adds a little, up to 100 works.".to_owned()),
    }
}

fn evidence(works: i64, evidenced: i64, confirmed: i64) -> Part {
    let points = if works == 0 {
        0.0
    } else {
        // One division at the end keeps whole results exact: 3 of 10 is 3 points, never 2.99...
        10.0 * (evidenced as f64 + confirmed as f64) / works as f64
    };
    let raise = match (works - evidenced, works - confirmed) {
        _ if works == 0 => {
            Some("Works with a DOI, and works that the author confirms, count here.".to_owned())
        }
        (0, 0) => None,
        (0, _) => Some("The author confirming works as their own would raise this.".to_owned()),
        (lacking, 0) => Some(format!(
            "A DOI or a second independent source for the remaining {} would raise this.",
            count(lacking, "work", "works")
        )),
        (lacking, _) => Some(format!(
            "A DOI or a second independent source for the remaining {}, and the author confirming works, would raise this.",
            count(lacking, "work", "works")
        )),
    };
    Part {
        kind: PartKind::Evidence,
        points,
        max: 20.0,
        evidence: format!(
            "{} of {} {} a DOI or two independent sources; the author confirmed {}.",
            count(evidenced, "work", "works"),
            super::clock::thousands(works),
            if evidenced == 1 { "has" } else { "have" },
            super::clock::thousands(confirmed),
        ),
        raise,
    }
}

fn collaborators(close: i64, verified: i64) -> Part {
    let points = (close as f64).min(8.0) + (2.0 * verified as f64).min(12.0);
    let raise = match (close < 8, verified < 6) {
        (false, false) => None,
        (true, _) => Some(
            "Further close collaborators, and close collaborators who verify themselves at L3 or above, would raise this.",
        ),
        (false, true) => {
            Some("Close collaborators who verify themselves at L3 or above would raise this.")
        }
    };
    Part {
        kind: PartKind::Collaborators,
        points,
        max: 20.0,
        evidence: format!(
            "{} with at least five joint works; {} verified at L3 or above.",
            count(close, "close collaborator", "close collaborators"),
            super::clock::thousands(verified),
        ),
        raise: raise.map(str::to_owned),
    }
}

fn continuity(years: i64) -> Part {
    Part {
        kind: PartKind::Continuity,
        points: (0.5 * years as f64).min(10.0),
        max: 10.0,
        evidence: format!(
            "Works in {}.",
            count(years, "calendar year", "calendar years")
        ),
        raise: (years < 20).then(|| {
            "Each further calendar year with a work adds half a point, up to 20 years.".to_owned()
        }),
    }
}

fn reports(upheld: i64) -> Part {
    Part {
        kind: PartKind::Reports,
        points: -(REPORT_POINTS * upheld as f64).min(REPORT_POINTS_MAX),
        max: 0.0,
        evidence: format!(
            "{} in the last two years.",
            count(upheld, "upheld report", "upheld reports")
        ),
        raise: Some("An upheld report stops counting two years after the decision.".to_owned()),
    }
}

#[cfg(test)]
mod tests;
