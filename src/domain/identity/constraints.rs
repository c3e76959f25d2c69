//! What is decided about a cluster and forbids or demands a merge.

use super::{Mention, Scheme};

/// Decisions and identifiers of a cluster; all lists sorted.
#[derive(Clone, Debug, Default)]
pub(super) struct Decided {
    works: Vec<i64>,
    anchor: Option<i64>,
    denied: Vec<i64>,
    personal: Vec<u64>,
}

impl Decided {
    pub fn of(mention: &Mention) -> Self {
        let mut denied = mention.denied.clone();
        denied.sort_unstable();
        denied.dedup();
        let mut personal: Vec<u64> = mention
            .identifiers
            .iter()
            .filter(|(scheme, _)| *scheme == Scheme::Personal)
            .map(|(_, value)| *value)
            .collect();
        personal.sort_unstable();
        personal.dedup();
        Self {
            works: vec![mention.key.0],
            anchor: mention.anchor,
            denied,
            personal,
        }
    }

    /// Whether people's decisions keep the two apart.
    pub fn decided_apart(&self, other: &Decided) -> bool {
        let denies = |one: &Decided, other: &Decided| {
            other
                .anchor
                .is_some_and(|anchor| one.denied.binary_search(&anchor).is_ok())
        };
        matches!((self.anchor, other.anchor), (Some(a), Some(b)) if a != b)
            || denies(self, other)
            || denies(other, self)
    }

    /// Whether a decision, two personal identifiers or a common work keep the two apart.
    pub fn forbids(&self, other: &Decided) -> bool {
        self.decided_apart(other)
            || self.contradicts(other)
            || have_common(&self.works, &other.works)
    }

    /// Whether both have a personal identifier and not the same.
    pub fn contradicts(&self, other: &Decided) -> bool {
        !self.personal.is_empty()
            && !other.personal.is_empty()
            && self.personal != other.personal
            && !have_common(&self.personal, &other.personal)
    }

    pub fn add(&mut self, other: &Decided) {
        self.anchor = self.anchor.or(other.anchor);
        for (list, more) in [
            (&mut self.works, &other.works),
            (&mut self.denied, &other.denied),
        ] {
            list.extend_from_slice(more);
            list.sort_unstable();
            list.dedup();
        }
        self.personal.extend_from_slice(&other.personal);
        self.personal.sort_unstable();
        self.personal.dedup();
    }
}

fn have_common<T: Ord>(a: &[T], b: &[T]) -> bool {
    let (small, large) = if a.len() <= b.len() { (a, b) } else { (b, a) };
    small.iter().any(|item| large.binary_search(item).is_ok())
}
