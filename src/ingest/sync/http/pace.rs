//! Politeness: one request at a time to a host, with time between two, and none before the host wants one.

use std::collections::HashMap;
use std::sync::{Arc, Mutex, PoisonError};

use tokio::sync::OwnedMutexGuard;

use crate::domain::clock::{Millis, SECOND};
use crate::infra::clock::Clock;

/// The time between two requests to a host that is not configured, where a redirect leads.
const INTERVAL_ELSEWHERE: Millis = SECOND;

/// The hosts that are asked, and when each may be asked again.
pub struct Pace {
    clock: Clock,
    /// The least time between two requests, by host.
    intervals: HashMap<String, Millis>,
    /// A longer wait is for the next run.
    longest_wait: Millis,
    hosts: Mutex<HashMap<String, Arc<tokio::sync::Mutex<Host>>>>,
}

struct Host {
    interval: Millis,
    not_before: Millis,
}

/// The right to ask a host. Whoever holds it is the only one who does.
pub struct Turn(OwnedMutexGuard<Host>);

/// The host wants no request for longer than a run waits.
#[derive(Debug, PartialEq, Eq)]
pub struct Later {
    /// When it may be asked again.
    pub until: Millis,
}

impl Pace {
    /// Hosts that are not in `intervals` (milliseconds) are asked once a second at most.
    pub fn new(clock: Clock, intervals: HashMap<String, Millis>, longest_wait: Millis) -> Self {
        Self {
            clock,
            intervals,
            longest_wait,
            hosts: Mutex::default(),
        }
    }

    /// Waits for the host's turn.
    ///
    /// # Errors
    /// [`Later`] if that would take longer than a run waits.
    pub async fn enter(&self, host: &str) -> Result<Turn, Later> {
        let gate = self.host(host);
        let mut host = gate.lock_owned().await;
        if host.not_before.saturating_sub(self.clock.now()) > self.longest_wait {
            return Err(Later {
                until: host.not_before,
            });
        }
        self.clock.sleep_until(host.not_before).await;
        host.not_before = self.clock.now().saturating_add(host.interval);
        Ok(Turn(host))
    }

    /// Nobody asks the host for this long, from now.
    pub async fn hold(&self, host: &str, wait: Millis) {
        let gate = self.host(host);
        let mut host = gate.lock_owned().await;
        let until = self.clock.now().saturating_add(wait);
        host.not_before = host.not_before.max(until);
    }

    fn host(&self, name: &str) -> Arc<tokio::sync::Mutex<Host>> {
        let mut hosts = self.hosts.lock().unwrap_or_else(PoisonError::into_inner);
        let gate = hosts.entry(name.to_owned()).or_insert_with(|| {
            let interval = self.intervals.get(name).copied();
            Arc::new(tokio::sync::Mutex::new(Host {
                interval: interval.unwrap_or(INTERVAL_ELSEWHERE),
                not_before: Millis::MIN,
            }))
        });
        Arc::clone(gate)
    }
}

impl Turn {
    /// The host wants no request before this instant.
    pub fn hold_until(&mut self, instant: Millis) {
        self.0.not_before = self.0.not_before.max(instant);
    }

    /// The host says that its limit needs more time between two requests.
    pub fn slow_down(&mut self, interval: Millis) {
        let more = interval - self.0.interval;
        if more > 0 {
            self.0.interval = interval;
            self.0.not_before = self.0.not_before.saturating_add(more);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn pace(clock: &Clock) -> Pace {
        let intervals = HashMap::from([("a.example".to_owned(), 3 * SECOND)]);
        Pace::new(clock.clone(), intervals, 60 * SECOND)
    }

    #[tokio::test]
    async fn requests_to_one_host_keep_their_distance_and_other_hosts_do_not_wait() {
        let clock = Clock::manual(0);
        let pace = pace(&clock);
        let mut times = Vec::new();
        for host in [
            "a.example",
            "a.example",
            "b.example",
            "b.example",
            "a.example",
        ] {
            drop(pace.enter(host).await.unwrap());
            times.push(clock.now());
        }
        assert_eq!(times, [0, 3_000, 3_000, 4_000, 6_000]);
    }

    #[tokio::test]
    async fn one_request_at_a_time_is_made_to_a_host() {
        let clock = Clock::manual(0);
        let pace = Arc::new(pace(&clock));
        let turn = pace.enter("a.example").await.unwrap();
        let other = tokio::spawn({
            let pace = Arc::clone(&pace);
            async move { pace.enter("a.example").await.map(drop) }
        });
        for _ in 0..100 {
            tokio::task::yield_now().await;
        }
        assert!(!other.is_finished());
        drop(turn);
        assert_eq!(other.await.unwrap(), Ok(()));
        assert_eq!(clock.now(), 3_000);
    }

    #[tokio::test]
    async fn a_host_that_wants_more_time_gets_it() {
        let clock = Clock::manual(0);
        let pace = pace(&clock);
        let mut turn = pace.enter("a.example").await.unwrap();
        turn.slow_down(10 * SECOND);
        turn.slow_down(SECOND);
        drop(turn);
        drop(pace.enter("a.example").await.unwrap());
        assert_eq!(clock.now(), 10_000);
        pace.hold("a.example", 60 * SECOND).await;
        drop(pace.enter("a.example").await.unwrap());
        assert_eq!(clock.now(), 70_000);
    }

    #[tokio::test]
    async fn a_wait_beyond_the_longest_is_for_the_next_run() {
        let clock = Clock::manual(0);
        let pace = pace(&clock);
        pace.hold("a.example", 61 * SECOND).await;
        let refused = pace.enter("a.example").await.err();
        assert_eq!(refused, Some(Later { until: 61_000 }));
        assert_eq!(clock.now(), 0);
        pace.hold("b.example", Millis::MAX).await;
        assert!(pace.enter("b.example").await.is_err());
    }
}
