//! The command line.

use std::io::{IsTerminal, Read};
use std::path::PathBuf;
use std::process::ExitCode;

use anyhow::{Context, bail};
use bzpeer::infra::clock::Clock;
use bzpeer::infra::config::Settings;
use bzpeer::infra::random::Random;
use bzpeer::ingest::files;
use bzpeer::ingest::loader::ImportSummary;
use bzpeer::server::{self, admin, demo};
use clap::{Parser, Subcommand, ValueEnum};

/// An open, self-hosted research network: a public, evidenced page for every author.
#[derive(Parser)]
#[command(version, about, propagate_version = true, after_help = AFTER)]
struct Cli {
    #[command(flatten)]
    settings: Settings,
    #[command(subcommand)]
    command: Command,
}

const AFTER: &str = "A flag wins over its environment variable, that over the configuration file.\n\
    BZPEER_LOG sets what is logged, for example BZPEER_LOG=bzpeer=debug.";

#[derive(Subcommand)]
enum Command {
    /// Run the web server until SIGTERM or SIGINT
    Serve {
        /// Fill an empty database with the demo community, show its mail at /mail, print its logins
        #[arg(long)]
        demo: bool,
    },
    /// Read publication records from files; each file is taken whole or not at all
    Import {
        /// Format of the files
        format: Format,
        /// Files to read
        #[arg(required = true)]
        files: Vec<PathBuf>,
    },
    /// Load the invented demo community
    Demo {
        /// How many works, from 5 to 1,000,000
        #[arg(long, default_value_t = bzpeer::ingest::demo::DEFAULT_WORKS, value_parser = works_in_range)]
        works: usize,
        /// Do nothing when the database holds works already
        #[arg(long)]
        if_empty: bool,
    },
    /// Look after accounts
    #[command(subcommand)]
    Admin(Admin),
    /// Bring the database to the current schema
    Migrate,
}

#[derive(Clone, Copy, ValueEnum)]
enum Format {
    /// CSL-JSON, as reference managers write it
    CslJson,
}

#[derive(Subcommand)]
enum Admin {
    /// Open an account; the password is read from the terminal or standard input
    CreateAccount {
        /// E-mail address
        #[arg(long)]
        email: String,
        /// Name of the person
        #[arg(long)]
        name: String,
        /// Read the password from standard input, up to the end of the line
        #[arg(long)]
        password_stdin: bool,
        /// Count the e-mail address as verified
        #[arg(long)]
        verified: bool,
    },
    /// Make an account a moderator
    GrantModerator {
        /// E-mail address of the account
        #[arg(long)]
        email: String,
    },
}

fn works_in_range(text: &str) -> Result<usize, String> {
    match text.parse() {
        Ok(n) if (5..=1_000_000).contains(&n) => Ok(n),
        _ => Err("a whole number from 5 to 1000000".into()),
    }
}

fn main() -> ExitCode {
    let cli = Cli::parse();
    tracing_subscriber::fmt()
        .with_env_filter(
            tracing_subscriber::EnvFilter::try_from_env("BZPEER_LOG")
                .unwrap_or_else(|_| "warn,bzpeer=info".into()),
        )
        .with_writer(std::io::stderr)
        .with_ansi(std::io::stderr().is_terminal())
        .init();
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
    let mut config = cli.settings.resolve()?;
    config.demo = matches!(cli.command, Command::Serve { demo: true });
    if config.demo || matches!(cli.command, Command::Demo { .. }) {
        // Before anything is stored: the demo's password is public.
        demo::check_address(&config)?;
    }
    let app = server::open(config, Clock::System, Random::system()).await?;
    let outcome = match cli.command {
        Command::Serve { demo } => {
            if demo {
                if demo::is_empty(&app).await? {
                    demo::load(&app, bzpeer::ingest::demo::DEFAULT_WORKS, |_| {}).await?;
                    demo::people(&app).await?;
                }
                println!("{}", demo::logins());
            }
            // Closes the database by itself.
            return server::serve(app).await;
        }
        Command::Import {
            format: Format::CslJson,
            files,
        } => import(&app, files).await,
        Command::Demo { works, if_empty } => {
            if if_empty && !demo::is_empty(&app).await? {
                println!("The database holds works already; nothing was loaded.");
                Ok(())
            } else {
                load_demo(&app, works).await
            }
        }
        Command::Admin(command) => administer(&app, command).await,
        Command::Migrate => {
            println!("The database is up to date.");
            Ok(())
        }
    };
    app.db.close().await;
    outcome
}

async fn import(app: &bzpeer::infra::context::App, paths: Vec<PathBuf>) -> anyhow::Result<()> {
    let mut refused = 0;
    for path in paths {
        match files::import_csl_json(&app.db, app.clock.now(), &path).await {
            Ok(summary) => println!("{}: {}", path.display(), in_words(&summary)),
            Err(error) => {
                refused += 1;
                eprintln!("bzpeer: {error}");
            }
        }
    }
    if refused > 0 {
        bail!("{refused} file(s) refused; nothing of them was stored");
    }
    Ok(())
}

async fn load_demo(
    app: &std::sync::Arc<bzpeer::infra::context::App>,
    works: usize,
) -> anyhow::Result<()> {
    let bar = indicatif::ProgressBar::new(works as u64).with_style(
        indicatif::ProgressStyle::with_template("demo {wide_bar} {pos}/{len} {per_sec} {eta}")?,
    );
    let summary = demo::load(app, works, |done| bar.set_position(done)).await?;
    bar.finish_and_clear();
    println!("{}", in_words(&summary));
    if works >= bzpeer::ingest::demo::DEFAULT_WORKS && demo::people(app).await? {
        print!("{}", demo::logins());
    }
    Ok(())
}

fn in_words(summary: &ImportSummary) -> String {
    let parts = [
        (summary.works_new, "new"),
        (summary.works_changed, "changed"),
        (summary.works_unchanged, "unchanged"),
        (
            summary.works_linked,
            "joined to a work known by its identifier",
        ),
    ];
    let works: Vec<String> = parts
        .iter()
        .filter(|(n, _)| *n > 0)
        .map(|(n, what)| format!("{n} {what}"))
        .collect();
    let works = if works.is_empty() {
        "none".to_owned()
    } else {
        works.join(", ")
    };
    format!("works: {works}; new authors: {}", summary.authors_new)
}

async fn administer(app: &bzpeer::infra::context::App, command: Admin) -> anyhow::Result<()> {
    match command {
        Admin::CreateAccount {
            email,
            name,
            password_stdin,
            verified,
        } => {
            let password = if !password_stdin && std::io::stdin().is_terminal() {
                rpassword::prompt_password("Password (at least 15 characters, not shown): ")?
            } else {
                let mut text = String::new();
                std::io::stdin().take(4096).read_to_string(&mut text)?;
                text
            };
            let password = password.lines().next().unwrap_or_default();
            let account = admin::create_account(app, &email, &name, password, verified).await?;
            println!("Account {account} for {email} is open.");
        }
        Admin::GrantModerator { email } => {
            admin::grant_moderator(app, &email).await?;
            println!("{email} is a moderator now.");
        }
    }
    Ok(())
}
