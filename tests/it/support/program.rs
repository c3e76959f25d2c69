//! The program itself, as an operator runs it, and a client that talks to it over TCP.

use std::io::Write;
use std::net::{SocketAddr, TcpListener};
use std::path::Path;
use std::process::{Command, Output, Stdio};
use std::time::Duration;

use tokio::io::{AsyncBufReadExt, AsyncReadExt, AsyncWriteExt, BufReader};
use tokio::net::TcpStream;
use tokio::process::Child;

/// Nothing that the program does here may take longer.
pub const PATIENCE: Duration = Duration::from_secs(60);

/// The program with its data in `data`, and nothing of the surroundings.
pub fn command(data: &Path) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_bzpeer"));
    for (name, _) in std::env::vars_os() {
        if name.to_string_lossy().starts_with("BZPEER_") {
            command.env_remove(name);
        }
    }
    command
        .env("BZPEER_DATA", data)
        .env("BZPEER_LOG", "off")
        .stdin(Stdio::null())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped());
    command
}

/// Runs a command to its end, with text on its standard input.
pub fn run(mut command: Command, input: &str) -> Output {
    let mut child = command
        .stdin(Stdio::piped())
        .spawn()
        .expect("the program starts");
    let mut stdin = child.stdin.take().expect("its input is ours");
    // A command that refuses at once has closed its end already.
    let _ = stdin.write_all(input.as_bytes());
    drop(stdin);
    child.wait_with_output().expect("the program ends")
}

/// Runs a command that must succeed; answers what it printed.
pub fn succeed(command: Command, input: &str) -> String {
    let output = run(command, input);
    let errors = String::from_utf8_lossy(&output.stderr).into_owned();
    assert!(output.status.success(), "{:?}: {errors}", output.status);
    String::from_utf8_lossy(&output.stdout).into_owned()
}

/// A port of the loopback address that was free a moment ago.
pub fn free_address() -> SocketAddr {
    let listener = TcpListener::bind("127.0.0.1:0").expect("a port is free");
    listener.local_addr().expect("it has an address")
}

/// A running server; killed with the value.
pub struct Server {
    pub child: Child,
    pub address: SocketAddr,
}

impl Server {
    /// Starts `serve` and waits until it listens. The port may be taken between looking and listening; then another is
    /// tried.
    pub async fn start(mut make: impl FnMut() -> Command) -> Self {
        for _ in 0..5 {
            let address = free_address();
            let mut command = make();
            command.arg("serve").env("BZPEER_ADDR", address.to_string());
            let mut child = tokio::process::Command::from(command)
                .kill_on_drop(true)
                .spawn()
                .expect("the program starts");
            let stdout = child.stdout.take().expect("its output is ours");
            let mut lines = BufReader::new(stdout).lines();
            let ready = async {
                while let Ok(Some(line)) = lines.next_line().await {
                    if line.starts_with("BZPEER is at ") {
                        return true;
                    }
                }
                false
            };
            if tokio::time::timeout(PATIENCE, ready).await == Ok(true) {
                return Self { child, address };
            }
        }
        panic!("the server did not start");
    }

    /// Ends it as `kill -9` does.
    pub async fn kill(mut self) {
        self.child.kill().await.expect("the server is killed");
    }

    /// Sends SIGTERM.
    pub fn terminate(&self) {
        let pid = self.child.id().expect("the server runs").to_string();
        let done = Command::new("sh")
            .args(["-c", "kill -TERM \"$0\"", &pid])
            .status();
        assert!(
            done.is_ok_and(|status| status.success()),
            "SIGTERM was not sent"
        );
    }

    /// Waits for its end; answers the exit code.
    pub async fn ended(&mut self) -> Option<i32> {
        tokio::time::timeout(PATIENCE, self.child.wait())
            .await
            .expect("the server ends in time")
            .expect("its status can be read")
            .code()
    }
}

/// An answer of the server: status, head, body.
#[derive(Debug)]
pub struct Answer {
    pub status: u16,
    pub head: String,
    pub body: String,
}

impl Answer {
    /// The cookie of a session that began.
    pub fn session(&self) -> Option<String> {
        let (_, rest) = self.head.split_once("bzpeer=")?;
        let token = rest
            .split([';', '\r'])
            .next()
            .filter(|token| !token.is_empty())?;
        Some(format!("bzpeer={token}"))
    }
}

/// The text of a form post, as a page's scripts send it.
pub fn form(address: SocketAddr, path: &str, body: &str, cookie: &str) -> String {
    format!(
        "POST {path} HTTP/1.1\r\nHost: {address}\r\nOrigin: http://{address}\r\nAccept: application/json\r\n\
         Cookie: {cookie}\r\nContent-Type: application/x-www-form-urlencoded\r\nContent-Length: {}\r\n\
         Connection: close\r\n\r\n{body}",
        body.len()
    )
}

/// Sends a form; an error when the server went away before it began to answer.
pub async fn post(
    address: SocketAddr,
    path: &str,
    body: &str,
    cookie: &str,
) -> std::io::Result<Answer> {
    let mut stream = TcpStream::connect(address).await?;
    stream
        .write_all(form(address, path, body, cookie).as_bytes())
        .await?;
    answer(stream).await
}

/// Reads an answer to the end of the connection.
pub async fn answer(mut stream: TcpStream) -> std::io::Result<Answer> {
    let mut bytes = Vec::new();
    let read = tokio::time::timeout(PATIENCE, stream.read_to_end(&mut bytes))
        .await
        .map_err(|_| std::io::Error::from(std::io::ErrorKind::TimedOut))?;
    let text = String::from_utf8_lossy(&bytes).into_owned();
    let status = text
        .strip_prefix("HTTP/1.1 ")
        .and_then(|rest| rest.get(..3))
        .and_then(|status| status.parse().ok());
    // A status that arrived is an answer, even when the rest was cut off.
    let Some(status) = status else {
        read?;
        return Err(std::io::ErrorKind::UnexpectedEof.into());
    };
    let (head, body) = text.split_once("\r\n\r\n").unwrap_or((&text, ""));
    Ok(Answer {
        status,
        head: head.to_owned(),
        body: body.to_owned(),
    })
}
