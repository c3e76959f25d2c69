//! The command line.

use std::ffi::OsString;
use std::io::{IsTerminal, Read};
use std::path::PathBuf;
use std::process::ExitCode;

use anyhow::{Context, bail};
use bzpeer::domain::clock;
use bzpeer::infra::clock::Clock;
use bzpeer::infra::config::Settings;
use bzpeer::infra::context::App;
use bzpeer::infra::random::Random;
use bzpeer::ingest::loader::ImportSummary;
use bzpeer::ingest::{checksum, fetching, format, run, sync};
use bzpeer::server::{self, admin, demo};
use clap::{Args, Parser, Subcommand};

/// Pages and imports are made of many small texts, which this hands out faster than the system's allocator does.
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

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
    /// Read publication records from files, folders and archives; each file is taken whole or not at all
    #[command(after_help = formats())]
    Import(Import),
    /// Fetch new and changed records of the authors, institutions and topics that the operator names
    #[command(after_help = SYNC)]
    Sync {
        /// Sources (openalex, arxiv, crossref, orcid) and targets (orcid:…, ror:…, openalex:…, arxiv:cs.CL); without
        /// targets those of the configuration file
        words: Vec<String>,
        /// No line for each page
        #[arg(long, short)]
        quiet: bool,
        /// Print the summary as JSON
        #[arg(long)]
        json: bool,
    },
    /// Print one number for the whole public record: equal for databases that hold the same
    Checksum,
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

#[derive(Args)]
struct Import {
    /// The format, unless it is to be guessed, then files and folders; - is standard input
    #[arg(required = true, value_name = "FORMAT? PATH")]
    words: Vec<OsString>,
    /// No progress bar
    #[arg(long, short)]
    quiet: bool,
    /// Print the summary as JSON
    #[arg(long)]
    json: bool,
    /// One record that is refused refuses its file
    #[arg(long)]
    strict: bool,
    /// Where refused records are listed [default: import-reports in the data folder]
    #[arg(long, value_name = "FILE")]
    report: Option<PathBuf>,
}

/// The formats for the help of `import`.
fn formats() -> String {
    let mut text = String::from("Formats, guessed when left out:\n");
    for one in format::Format::ALL {
        text.push_str(&format!("  {:<18}{}\n", one.name(), one.help()));
    }
    text.push_str("arxiv, orcid: whichever of their forms fits. Packed files (.gz, .zst, .zip, .tar) are unpacked.");
    text
}

const SYNC: &str = "Sources and whom to write to are set under [sync] in the configuration file; see docs/syncing.md.";

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
    if matches!(cli.command, Command::Import(_) | Command::Sync { .. }) {
        // Before there are other threads: each inherits it.
        give_way();
    }
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

/// Long work gives way to a server on the same machine. Where the system refuses, it does not matter.
fn give_way() {
    let _ = rustix::process::nice(10);
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
        Command::Import(command) => import(&app, command).await,
        Command::Sync { words, quiet, json } => sync(&app, &words, quiet, json).await,
        Command::Checksum => checksum::checksum(&app.db)
            .await
            .map(|sum| println!("{sum}"))
            .map_err(Into::into),
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

async fn import(app: &App, command: Import) -> anyhow::Result<()> {
    let (format, paths) = format::Choice::before_paths(command.words);
    if paths.is_empty() {
        bail!("name at least one file or folder, or - for standard input");
    }
    let options = run::Options {
        format,
        quiet: command.quiet,
        strict: command.strict,
        report: command.report,
    };
    let outcome = run::import(
        &app.db,
        &app.config.data,
        app.clock.now(),
        &paths,
        &options,
        |line| eprintln!("bzpeer: {line}"),
    )
    .await?;
    if command.json {
        println!("{}", serde_json::to_string_pretty(&outcome)?);
    } else {
        println!("{}", in_words(&outcome.records));
        for (reason, n) in outcome.refused.iter().take(8) {
            println!("refused: {n} because {reason}");
        }
        if let Some(report) = &outcome.report {
            println!("What was refused is listed in {}.", report.display());
        }
    }
    if outcome.files_refused > 0 {
        bail!(
            "{} refused; nothing of {} was stored",
            clock::count(outcome.files_refused as i64, "file was", "files were"),
            if outcome.files_refused == 1 {
                "it"
            } else {
                "them"
            },
        );
    }
    Ok(())
}

async fn sync(app: &App, words: &[String], quiet: bool, json: bool) -> anyhow::Result<()> {
    let settings: sync::Settings = match &app.config.sync {
        Some(table) => table
            .clone()
            .try_into()
            .context("[sync] in the configuration file")?,
        None => sync::Settings::default(),
    };
    let plan = sync::plan(words, &settings.targets)?;
    let services = sync::Services::open(
        &settings,
        &app.config.base_url,
        app.clock.clone(),
        Random::system(),
    )?;
    let told = |line: &str| {
        if !quiet {
            eprintln!("{line}");
        }
    };
    let fetched = fetching::fetch(
        &app.db,
        &app.config.data,
        &app.clock,
        &services,
        &plan,
        told,
    )
    .await?;
    if json {
        println!("{}", serde_json::to_string_pretty(&fetched)?);
    } else {
        println!("{}", in_words(&fetched.records));
    }
    if let Some((source, target, reason)) = fetched.broken.first() {
        bail!(
            "{} could not be read to the end; the next run goes on there. The first: {source}, {target}: {reason}",
            clock::count(fetched.broken.len() as i64, "list", "lists"),
        );
    }
    Ok(())
}

async fn load_demo(app: &std::sync::Arc<App>, works: usize) -> anyhow::Result<()> {
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
    let of = |parts: &[(u64, &str)]| -> String {
        let parts: Vec<String> = parts
            .iter()
            .filter(|(n, _)| *n > 0)
            .map(|(n, what)| format!("{n} {what}"))
            .collect();
        if parts.is_empty() {
            "none".to_owned()
        } else {
            parts.join(", ")
        }
    };
    let works = of(&[
        (summary.works_new, "new"),
        (summary.works_changed, "changed"),
        (summary.works_unchanged, "unchanged"),
        (
            summary.works_linked,
            "joined to a work known from another record",
        ),
        (summary.works_withdrawn, "withdrawn by their source"),
    ]);
    let mut words = format!("works: {works}; new authors: {}", summary.authors_new);
    for (n, what) in [
        (summary.persons, "records of persons"),
        (summary.institutions, "records of institutions"),
        (summary.topics, "records of topics"),
        (summary.refused, "records refused"),
    ] {
        if n > 0 {
            words.push_str(&format!("; {what}: {n}"));
        }
    }
    words
}

async fn administer(app: &App, command: Admin) -> anyhow::Result<()> {
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
