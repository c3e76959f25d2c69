//! The command line: what it offers, and the sentence with which it gives up.

use std::process::Command;

use crate::support::program::{self, command, run};

/// Runs a command that must give up; answers its sentence.
fn sentence(mut command: Command, args: &[&str]) -> String {
    command.args(args);
    let output = run(command, "");
    let said = String::from_utf8_lossy(&output.stderr)
        .trim_end()
        .to_owned();
    assert_eq!(output.status.code(), Some(1), "{args:?}: {said}");
    assert_eq!(said.lines().count(), 1, "one line: {said}");
    assert!(said.starts_with("bzpeer: "), "{said}");
    said
}

#[test]
fn the_help_names_every_command_and_setting() {
    let folder = tempfile::tempdir().unwrap();
    let mut help = command(folder.path());
    help.arg("--help");
    let help = program::succeed(help, "");
    for word in [
        "serve",
        "import",
        "demo",
        "admin",
        "migrate",
        "BZPEER_ADDR",
        "BZPEER_DATA",
        "BZPEER_DATABASE_URL",
        "BZPEER_BASE_URL",
        "BZPEER_SMTP_URL",
        "BZPEER_SITE_ROOT",
        "BZPEER_CONFIG",
    ] {
        assert!(help.contains(word), "{word} is missing in {help}");
    }
    let mut admin = command(folder.path());
    admin.args(["admin", "--help"]);
    let admin = program::succeed(admin, "");
    assert!(
        admin.contains("create-account") && admin.contains("grant-moderator"),
        "{admin}"
    );
    assert!(
        !folder.path().join("bzpeer.db").exists(),
        "help opens no database"
    );
}

#[test]
fn help_never_shows_a_password_from_the_environment() {
    let folder = tempfile::tempdir().unwrap();
    let mut help = command(folder.path());
    help.arg("--help")
        .env(
            "BZPEER_DATABASE_URL",
            "postgres://bob:hunter2secret@db.example/x",
        )
        .env("BZPEER_SMTP_URL", "smtps://bob:hunter2secret@mail.example");
    let help = program::succeed(help, "");
    assert!(!help.contains("hunter2secret"), "{help}");
}

#[test]
fn importing_a_file_that_is_not_there_names_it() {
    let folder = tempfile::tempdir().unwrap();
    let mut import = command(folder.path());
    import.args(["import", "csl-json", "no-such-file.json"]);
    let output = run(import, "");
    let said = String::from_utf8_lossy(&output.stderr).into_owned();
    assert_eq!(output.status.code(), Some(1), "{said}");
    assert!(said.contains("no-such-file.json"), "{said}");
}

#[test]
fn of_several_files_the_good_ones_are_taken_and_the_exit_tells_of_the_others() {
    let folder = tempfile::tempdir().unwrap();
    let good = folder.path().join("good.json");
    let record = r#"[{"id": "arxiv:2401.00001", "type": "article", "title": "Good", "publisher": "arXiv",
        "author": [{"literal": "Ada Example"}], "issued": {"date-parts": [[2024]]}}]"#;
    std::fs::write(&good, record).unwrap();
    let bad = folder.path().join("bad.json");
    std::fs::write(&bad, r#"[{"id": "arxiv:2401.00002", "author": []}]"#).unwrap();
    let cut = folder.path().join("cut.json");
    std::fs::write(&cut, r#"[{"id": "arxiv:2401.00003", "title": "Cut"#).unwrap();
    let mut import = command(folder.path());
    import
        .args(["import", "csl-json"])
        .args([&bad, &good, &cut]);
    let output = run(import, "");
    let (said, printed) = (
        String::from_utf8_lossy(&output.stderr).into_owned(),
        String::from_utf8_lossy(&output.stdout).into_owned(),
    );
    assert_eq!(output.status.code(), Some(1), "{said}");
    assert!(
        said.contains("bad.json: record 1 (arxiv:2401.00002): it has no title"),
        "{said}"
    );
    assert!(
        said.contains("cut.json: record 1 (arxiv:2401.00003)"),
        "{said}"
    );
    assert!(
        printed.contains("works: 1 new; new authors: 1; records refused: 1"),
        "{printed}"
    );
}

#[test]
fn a_port_that_is_taken_is_named() {
    let folder = tempfile::tempdir().unwrap();
    let taken = std::net::TcpListener::bind("127.0.0.1:0").unwrap();
    let address = taken.local_addr().unwrap().to_string();
    let said = sentence(command(folder.path()), &["serve", "--addr", &address]);
    assert!(said.contains(&address), "{said}");
}

#[test]
fn a_data_folder_that_cannot_be_used_is_named() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("a-file");
    std::fs::write(&file, "not a folder").unwrap();
    for data in [file.clone(), file.join("below")] {
        let said = sentence(command(&data), &["serve", "--addr", "127.0.0.1:0"]);
        assert!(said.contains(&data.display().to_string()), "{said}");
    }
    // There is a folder, but what should be the database is something else.
    let garbage = folder.path().join("garbage");
    std::fs::create_dir(&garbage).unwrap();
    std::fs::write(
        garbage.join("bzpeer.db"),
        "this is no database, whatever its name ".repeat(100),
    )
    .unwrap();
    let said = sentence(command(&garbage), &["serve", "--addr", "127.0.0.1:0"]);
    assert!(
        said.contains(&garbage.join("bzpeer.db").display().to_string()),
        "{said}"
    );
}

#[test]
fn a_database_url_that_leads_nowhere_is_named_without_its_password() {
    let folder = tempfile::tempdir().unwrap();
    let nobody = program::free_address();
    for (url, named) in [
        (
            format!("postgres://bob:hunter2secret@{nobody}/bzpeer"),
            nobody.to_string(),
        ),
        (
            "postgres://bob:hunter2secret@no-such-host.invalid/bzpeer".to_owned(),
            "no-such-host.invalid".to_owned(),
        ),
        (
            "mysql://bob:hunter2secret@db.example/bzpeer".to_owned(),
            "mysql".to_owned(),
        ),
        ("bob:hunter2secret".to_owned(), "bob".to_owned()),
        (
            "postgres://bob:hunter2secret@db.example:port/x".to_owned(),
            "database".to_owned(),
        ),
    ] {
        let mut serve = command(folder.path());
        serve.env("BZPEER_DATABASE_URL", &url);
        let said = sentence(serve, &["serve", "--addr", "127.0.0.1:0"]);
        assert!(said.contains(&named), "{named} is missing in {said}");
        assert!(!said.contains("hunter2secret"), "{said}");
    }
}
