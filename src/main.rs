//! The command line.

use std::path::PathBuf;
use std::process::ExitCode;

use anyhow::Context;
use bzpeer::infra::clock::Clock;
use bzpeer::infra::config::Settings;
use bzpeer::infra::random::Random;
use bzpeer::server;
use clap::{Parser, Subcommand};

/// An open, self-hosted research network: a public, evidenced page for every author.
#[derive(Parser)]
#[command(version, about, propagate_version = true)]
struct Cli {
    #[command(flatten)]
    settings: Settings,
    #[command(subcommand)]
    command: Command,
}

#[derive(Subcommand)]
enum Command {
    /// Run the web server
    Serve {
        /// Fill an empty database with the demo community, show its mail at /mail, print its logins
        #[arg(long)]
        demo: bool,
    },
    /// Bring the database to the current schema
    Migrate,
}

fn main() -> ExitCode {
    tracing_subscriber::fmt()
        .with_env_filter(
            tracing_subscriber::EnvFilter::try_from_env("BZPEER_LOG")
                .unwrap_or_else(|_| "warn,bzpeer=info".into()),
        )
        .with_writer(std::io::stderr)
        .init();
    let cli = Cli::parse();
    // Rendering a page may block a worker for a moment: never fewer than four.
    let workers = std::thread::available_parallelism().map_or(4, |n| n.get().max(4));
    let outcome = tokio::runtime::Builder::new_multi_thread()
        .worker_threads(workers)
        .enable_all()
        .build()
        .context("the runtime cannot start")
        .and_then(|runtime| runtime.block_on(run(cli)));
    match outcome {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("bzpeer: {error:#}");
            ExitCode::FAILURE
        }
    }
}

async fn run(cli: Cli) -> anyhow::Result<()> {
    let config = cli.settings.resolve()?;
    let app = server::open(config, Clock::System, Random::system()).await?;
    match cli.command {
        Command::Serve { demo: _ } => server::serve(app).await?,
        Command::Migrate => println!("The database is up to date."),
    }
    let _ = PathBuf::new();
    Ok(())
}
