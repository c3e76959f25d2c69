//! The one source of time. Tests turn it by hand.

use std::sync::Arc;
use std::sync::atomic::{AtomicI64, Ordering};
use std::time::Duration;

/// Epoch milliseconds, from the system or from a test.
#[derive(Clone, Debug)]
pub enum Clock {
    /// The machine's clock.
    System,
    /// A clock that stands still until it is told otherwise.
    Manual(Arc<AtomicI64>),
}

impl Clock {
    /// A clock for tests, standing at `ms`.
    pub fn manual(ms: i64) -> Self {
        Self::Manual(Arc::new(AtomicI64::new(ms)))
    }

    /// Now, in epoch milliseconds (UTC).
    pub fn now(&self) -> i64 {
        match self {
            #[allow(
                clippy::disallowed_methods,
                reason = "the one place that reads the machine's clock"
            )]
            Clock::System => std::time::SystemTime::now()
                .duration_since(std::time::UNIX_EPOCH)
                .map_or(0, |d| i64::try_from(d.as_millis()).unwrap_or(i64::MAX)),
            Clock::Manual(ms) => ms.load(Ordering::SeqCst),
        }
    }

    /// Waits until this instant, in epoch milliseconds; not at all if it is past. A manual clock is moved there instead.
    pub async fn sleep_until(&self, ms: i64) {
        match self {
            Clock::System => {
                let wait = ms.saturating_sub(self.now());
                if let Ok(wait) = u64::try_from(wait) {
                    tokio::time::sleep(Duration::from_millis(wait)).await;
                }
            }
            Clock::Manual(now) => {
                now.fetch_max(ms, Ordering::SeqCst);
                tokio::task::yield_now().await;
            }
        }
    }

    /// Moves a manual clock forward; does nothing to the system's.
    pub fn advance(&self, ms: i64) {
        if let Clock::Manual(now) = self {
            now.fetch_add(ms, Ordering::SeqCst);
        }
    }
}
