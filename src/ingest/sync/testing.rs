//! A server on this machine that answers as a test says, faults included.

use std::collections::HashMap;
use std::io::Write;
use std::net::SocketAddr;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Mutex};
use std::time::Duration;

use tokio::io::{AsyncRead, AsyncReadExt, AsyncWrite, AsyncWriteExt};
use tokio::net::TcpListener;
use tokio::task::JoinHandle;
use url::Url;

use crate::infra::clock::Clock;

/// What a client sent.
#[derive(Clone, Debug)]
pub struct Received {
    /// Path with query, as it stood.
    pub target: String,
    /// Header names in lower case.
    pub headers: HashMap<String, String>,
    /// When, by the clock of the test.
    pub at: i64,
}

impl Received {
    /// The path alone.
    pub fn path(&self) -> &str {
        self.target.split('?').next().unwrap()
    }

    /// A parameter of the query, decoded.
    pub fn parameter(&self, name: &str) -> Option<String> {
        let url = Url::parse("http://x/").unwrap().join(&self.target).unwrap();
        url.query_pairs()
            .find(|(key, _)| key == name)
            .map(|(_, value)| value.into_owned())
    }
}

/// What comes back.
#[derive(Clone, Debug)]
pub struct Reply {
    pub status: u16,
    pub headers: Vec<(&'static str, String)>,
    pub body: Vec<u8>,
    pub end: End,
}

/// How an answer ends.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum End {
    /// As it should.
    Whole,
    /// As it should, with a pause in the middle.
    Slow,
    /// Half of the body, then a reset connection.
    Reset,
    /// Half of the body, then the end.
    Cut,
    /// Half of the body, then silence.
    Silence,
    /// The body again and again, with pauses, for ever.
    Drip,
    /// The body again and again for ever.
    Endless,
}

impl Reply {
    pub fn new(status: u16, content_type: &str, body: impl Into<Vec<u8>>) -> Self {
        Self {
            status,
            headers: vec![("content-type", content_type.to_owned())],
            body: body.into(),
            end: End::Whole,
        }
    }

    pub fn json(body: impl Into<Vec<u8>>) -> Self {
        Self::new(200, "application/json; charset=utf-8", body)
    }

    pub fn xml(body: impl Into<Vec<u8>>) -> Self {
        Self::new(200, "text/xml; charset=utf-8", body)
    }

    pub fn status(status: u16) -> Self {
        Self::new(status, "text/html", "<html><body>An error</body></html>")
    }

    pub fn redirect(location: &str) -> Self {
        Self::status(302).with("location", location)
    }

    pub fn with(mut self, name: &'static str, value: &str) -> Self {
        self.headers.push((name, value.to_owned()));
        self
    }

    pub fn ending(mut self, end: End) -> Self {
        self.end = end;
        self
    }

    /// The body packed.
    pub fn gzip(mut self) -> Self {
        let mut encoder = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::fast());
        encoder.write_all(&self.body).unwrap();
        self.body = encoder.finish().unwrap();
        self.with("content-encoding", "gzip")
    }
}

type Answer = dyn Fn(&Received) -> Reply + Send + Sync;

/// The server; it ends with the value.
pub struct Server {
    pub address: SocketAddr,
    received: Arc<Mutex<Vec<Received>>>,
    open: Arc<[AtomicUsize; 2]>,
    task: JoinHandle<()>,
}

impl Drop for Server {
    fn drop(&mut self) {
        self.task.abort();
    }
}

impl Server {
    pub async fn start(
        clock: &Clock,
        answer: impl Fn(&Received) -> Reply + Send + Sync + 'static,
    ) -> Self {
        Self::with_tls(clock, answer, None).await
    }

    pub async fn with_tls(
        clock: &Clock,
        answer: impl Fn(&Received) -> Reply + Send + Sync + 'static,
        tls: Option<tokio_rustls::TlsAcceptor>,
    ) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let address = listener.local_addr().unwrap();
        let received = Arc::new(Mutex::new(Vec::new()));
        let (log, clock, answer) = (Arc::clone(&received), clock.clone(), Arc::new(answer));
        let open: Arc<[AtomicUsize; 2]> = Arc::default();
        let counts = Arc::clone(&open);
        let task = tokio::spawn(async move {
            while let Ok((stream, _)) = listener.accept().await {
                let (log, clock, tls) = (Arc::clone(&log), clock.clone(), tls.clone());
                let answer: Arc<Answer> = answer.clone();
                let counts = Arc::clone(&counts);
                tokio::spawn(async move {
                    let now = counts[0].fetch_add(1, Ordering::SeqCst) + 1;
                    counts[1].fetch_max(now, Ordering::SeqCst);
                    match tls {
                        None => {
                            let mut stream = stream;
                            let end = serve(&mut stream, &log, &clock, &*answer).await;
                            if end == Some(End::Reset) {
                                stream.set_zero_linger().unwrap();
                            }
                        }
                        Some(tls) => {
                            // A client that trusts nobody ends the handshake.
                            if let Ok(mut stream) = tls.accept(stream).await {
                                serve(&mut stream, &log, &clock, &*answer).await;
                                let _ = stream.shutdown().await;
                            }
                        }
                    }
                    counts[0].fetch_sub(1, Ordering::SeqCst);
                });
            }
        });
        Self {
            address,
            received,
            open,
            task,
        }
    }

    /// What came so far.
    pub fn received(&self) -> Vec<Received> {
        self.received.lock().unwrap().clone()
    }

    /// How many requests were being answered at once, at most.
    pub fn most_at_once(&self) -> usize {
        self.open[1].load(Ordering::SeqCst)
    }

    pub fn url(&self) -> String {
        format!("http://{}", self.address)
    }
}

async fn serve(
    stream: &mut (impl AsyncRead + AsyncWrite + Unpin),
    log: &Mutex<Vec<Received>>,
    clock: &Clock,
    answer: &Answer,
) -> Option<End> {
    let mut head = Vec::new();
    while !head.ends_with(b"\r\n\r\n") {
        let byte = stream.read_u8().await.ok()?;
        head.push(byte);
    }
    let head = String::from_utf8(head).unwrap();
    let mut lines = head.lines();
    let target = lines.next()?.split(' ').nth(1)?.to_owned();
    let headers = lines
        .filter_map(|line| line.split_once(": "))
        .map(|(name, value)| (name.to_ascii_lowercase(), value.to_owned()))
        .collect();
    let received = Received {
        target,
        headers,
        at: clock.now(),
    };
    log.lock().unwrap().push(received.clone());
    let reply = answer(&received);
    write(stream, &reply).await;
    Some(reply.end)
}

/// Errors mean that the client had enough.
async fn write(stream: &mut (impl AsyncWrite + Unpin), reply: &Reply) {
    let mut head = format!("HTTP/1.1 {} Said so\r\nconnection: close\r\n", reply.status);
    for (name, value) in &reply.headers {
        head.push_str(&format!("{name}: {value}\r\n"));
    }
    let endless = matches!(reply.end, End::Drip | End::Endless);
    if !endless {
        head.push_str(&format!("content-length: {}\r\n", reply.body.len()));
    }
    head.push_str("\r\n");
    let half = &reply.body[..reply.body.len() / 2];
    let _ = stream.write_all(head.as_bytes()).await;
    match reply.end {
        End::Whole => {
            let _ = stream.write_all(&reply.body).await;
        }
        End::Slow => {
            let _ = stream.write_all(half).await;
            let _ = stream.flush().await;
            tokio::time::sleep(Duration::from_millis(20)).await;
            let _ = stream.write_all(&reply.body[half.len()..]).await;
        }
        End::Reset | End::Cut => {
            let _ = stream.write_all(half).await;
            let _ = stream.flush().await;
        }
        End::Silence => {
            let _ = stream.write_all(half).await;
            let _ = stream.flush().await;
            std::future::pending::<()>().await;
        }
        End::Drip => {
            while stream.write_all(&reply.body).await.is_ok() {
                let _ = stream.flush().await;
                tokio::time::sleep(Duration::from_millis(5)).await;
            }
        }
        End::Endless => while stream.write_all(&reply.body).await.is_ok() {},
    }
    let _ = stream.flush().await;
}
