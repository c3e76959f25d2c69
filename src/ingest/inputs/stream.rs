//! What the thread that unpacks hands to the one that reads records.

use std::io::{BufRead, Error, Read, Result};
use std::sync::mpsc::Receiver;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use super::budget::sentence;

/// A piece of what a file unpacks to.
pub(super) enum Piece {
    /// A member begins: the file itself, or one of an archive.
    Member {
        /// Its path in the archive, in archives within archives with theirs before it.
        path: Option<String>,
    },
    /// Its next bytes.
    Bytes(Vec<u8>),
    /// It ends.
    MemberEnd,
    /// A member is passed over.
    PassedOver { path: String, reason: &'static str },
    /// The rest cannot be unpacked. Nothing follows.
    Failed(Failure),
    /// There are no more members. Nothing follows.
    End,
}

/// Why the rest of a file cannot be unpacked.
#[derive(Clone, Debug)]
pub(super) struct Failure {
    /// The member where that was found.
    pub path: Option<String>,
    /// A sentence.
    pub reason: String,
}

/// The pieces of one file.
#[derive(Clone)]
pub(super) struct Stream(Arc<Mutex<Inner>>);

struct Inner {
    pieces: Receiver<Piece>,
    /// Whether bytes of a member may come.
    in_member: bool,
    failure: Option<Failure>,
}

impl Stream {
    pub(super) fn new(pieces: Receiver<Piece>) -> Self {
        Self(Arc::new(Mutex::new(Inner {
            pieces,
            in_member: false,
            failure: None,
        })))
    }

    fn inner(&self) -> MutexGuard<'_, Inner> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// The next piece outside of members; what is left of a member is passed over.
    pub(super) fn next(&self) -> Piece {
        let mut inner = self.inner();
        while inner.bytes().is_ok_and(|bytes| bytes.is_some()) {}
        if let Some(failure) = &inner.failure {
            return Piece::Failed(failure.clone());
        }
        let piece = inner.receive();
        inner.in_member = matches!(piece, Piece::Member { .. });
        piece
    }

    /// Why nothing more can be unpacked, if that is known by now.
    pub(super) fn failure(&self) -> Option<Failure> {
        self.inner().failure.clone()
    }

    /// The bytes of the member that began last.
    pub(super) fn member(&self) -> Member {
        Member {
            stream: self.clone(),
            chunk: Vec::new(),
            at: 0,
        }
    }
}

impl Inner {
    fn receive(&mut self) -> Piece {
        self.pieces.recv().unwrap_or_else(|_| {
            Piece::Failed(Failure {
                path: None,
                reason: "unpacking stopped without a reason".to_owned(),
            })
        })
    }

    /// The next bytes of the member; `None` at its end.
    fn bytes(&mut self) -> std::result::Result<Option<Vec<u8>>, Failure> {
        if let Some(failure) = &self.failure {
            return Err(failure.clone());
        }
        if !self.in_member {
            return Ok(None);
        }
        match self.receive() {
            Piece::Bytes(bytes) => Ok(Some(bytes)),
            Piece::Failed(failure) => {
                self.failure = Some(failure.clone());
                Err(failure)
            }
            _ => {
                self.in_member = false;
                Ok(None)
            }
        }
    }
}

/// The bytes of one member.
pub(super) struct Member {
    stream: Stream,
    chunk: Vec<u8>,
    at: usize,
}

impl Member {
    /// The first bytes, `max` or what there is; they are still to be read. A failure among them shows when it is read.
    pub(super) fn sniff(&mut self, max: usize) -> &[u8] {
        while self.chunk.len() < max {
            match self.stream.inner().bytes() {
                Ok(Some(bytes)) => self.chunk.extend_from_slice(&bytes),
                Ok(None) | Err(_) => break,
            }
        }
        &self.chunk[..self.chunk.len().min(max)]
    }
}

impl Read for Member {
    fn read(&mut self, buffer: &mut [u8]) -> Result<usize> {
        let available = self.fill_buf()?;
        let taken = available.len().min(buffer.len());
        buffer[..taken].copy_from_slice(&available[..taken]);
        self.consume(taken);
        Ok(taken)
    }
}

impl BufRead for Member {
    fn fill_buf(&mut self) -> Result<&[u8]> {
        while self.at >= self.chunk.len() {
            let next = self.stream.inner().bytes();
            match next.map_err(|failure| -> Error { sentence(failure.reason) })? {
                Some(bytes) => (self.chunk, self.at) = (bytes, 0),
                None => return Ok(&[]),
            }
        }
        Ok(&self.chunk[self.at..])
    }

    fn consume(&mut self, amount: usize) {
        self.at += amount;
    }
}
