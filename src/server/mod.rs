//! The running server: router, middleware, jobs, and what operators do from the command line.

pub mod addresses;
pub mod admin;
pub mod demo;
pub mod export;
pub mod jobs;
pub mod middleware;
pub mod router;

use std::net::SocketAddr;
use std::sync::Arc;
use std::time::Duration;

use anyhow::Context;
use tokio::net::TcpListener;

use crate::db::{Db, Location};
use crate::infra::clock::Clock;
use crate::infra::config::Config;
use crate::infra::context::{App, Reaction};
use crate::infra::mail::Mailer;
use crate::infra::random::Random;

/// Who reacts to events, in this order.
const REACTIONS: &[Reaction] = &[crate::features::notification::service::react];

/// After the signal to stop, open requests have this long to finish.
const GRACE: Duration = Duration::from_secs(20);

/// Opens the database (creating and migrating it as needed) and everything else a request needs.
pub async fn open(config: Config, clock: Clock, random: Random) -> anyhow::Result<Arc<App>> {
    std::fs::create_dir_all(&config.data)
        .with_context(|| format!("the data folder {} cannot be made", config.data.display()))?;
    let location = Location::parse(config.database_url.as_deref(), &config.data)?;
    let db = Db::open(&location)
        .await
        .with_context(|| format!("the database {location} cannot be opened"))?;
    let report = db.migrate().await?;
    if report.now > report.before {
        tracing::info!(from = report.before, to = report.now, "database migrated");
    }
    let mailer = Mailer::new(
        config.smtp_url.as_deref(),
        &config.mail_from,
        config.data.join("mail"),
    )?;
    Ok(Arc::new(App {
        db,
        clock,
        random,
        mailer,
        config,
        reactions: REACTIONS,
    }))
}

/// Serves until SIGTERM or SIGINT; then lets open requests finish and closes the database.
pub async fn serve(app: Arc<App>) -> anyhow::Result<()> {
    let addr = app.config.addr;
    let listener = TcpListener::bind(addr)
        .await
        .with_context(|| format!("cannot listen on {addr}: is another server running there?"))?;
    let (stop, stopped) = tokio::sync::watch::channel(false);
    let jobs = tokio::spawn(jobs::run(app.clone(), stopped.clone()));
    println!("BZPEER is at {}", app.config.base_url);
    let service = router::router(app.clone()).into_make_service_with_connect_info::<SocketAddr>();
    let mut until = stopped.clone();
    let mut server = tokio::spawn(
        axum::serve(listener, service)
            .with_graceful_shutdown(async move {
                let _ = until.wait_for(|stop| *stop).await;
            })
            .into_future(),
    );
    tokio::select! {
        () = stop_signal() => {}
        ended = &mut server => ended??,
    }
    tracing::info!("stopping");
    let _ = stop.send(true);
    if !server.is_finished() && tokio::time::timeout(GRACE, &mut server).await.is_err() {
        tracing::warn!("some requests did not finish in time");
        server.abort();
    }
    let _ = jobs.await;
    app.db.close().await;
    Ok(())
}

async fn stop_signal() {
    use tokio::signal::unix::{SignalKind, signal};
    let (Ok(mut term), Ok(mut int)) = (
        signal(SignalKind::terminate()),
        signal(SignalKind::interrupt()),
    ) else {
        tracing::error!("signals cannot be heard; stop the process by force");
        return std::future::pending().await;
    };
    tokio::select! {
        _ = term.recv() => {}
        _ = int.recv() => {}
    }
}
