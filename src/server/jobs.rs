//! What happens without a request: mail goes out, what ran out is forgotten.

use std::sync::Arc;
use std::time::Duration;

use tokio::sync::watch::Receiver;

use crate::features::{account, invitation};
use crate::infra::context::App;
use crate::infra::{limits, session};

/// The outbox is looked at this often even if nobody woke the job.
const MAIL_EVERY: Duration = Duration::from_secs(15);
const HOUR: i64 = 3_600_000;

/// Runs until `stopped` becomes true.
pub async fn run(app: Arc<App>, mut stopped: Receiver<bool>) {
    let mut swept_at = 0;
    while !*stopped.borrow() {
        let now = app.clock.now();
        if let Err(error) = app.mailer.deliver_due(&app.db, now).await {
            tracing::error!(%error, "outbox");
        }
        if now - swept_at > HOUR {
            swept_at = now;
            sweep(&app, now).await;
        }
        tokio::select! {
            () = app.mailer.woken(MAIL_EVERY) => {}
            _ = stopped.changed() => {}
        }
    }
}

/// Forgets what ran out.
pub async fn sweep(app: &App, now: i64) {
    if let Err(error) = limits::forget_old(&app.db, now).await {
        tracing::error!(%error, "old limits");
    }
    if let Err(error) = session::forget_expired(&app.db, now).await {
        tracing::error!(%error, "expired sessions");
    }
    if let Err(error) = account::service::forget_expired_links(&app.db, now).await {
        tracing::error!(%error, "expired links");
    }
    if let Err(error) = invitation::service::expire_due(app).await {
        tracing::error!(%error, "expired invitations");
    }
}
