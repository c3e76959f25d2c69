//! Unpacks one file on a thread of its own and hands over what is in it, piece by piece: compressions, archives, and
//! either of them in the other. Nothing is held whole; only an archive in zip format that does not lie on disk by
//! itself is put there first, because its directory stands at its end.

mod tar;
mod zip;

use std::fs::File;
use std::io::{self, BufRead, BufReader, Cursor, Read, Seek, SeekFrom, copy, sink};
use std::path::PathBuf;
use std::sync::mpsc::{SyncSender, sync_channel};

use super::budget::{Budget, Limits, Sentence, Unpacked, sentence};
use super::names;
use super::packing::{HEAD_BYTES, Packing, promised, unpacked_name};
use super::progress::{Meter, Metered};
use super::stream::{Failure, Piece, Stream};
use crate::ingest::format::Choice;

/// How much is handed over at once, in bytes.
const CHUNK_BYTES: usize = 128 * 1024;
/// How many pieces may wait.
const QUEUE: usize = 4;

/// Where the packed bytes come from.
pub(super) enum Origin {
    /// A regular file.
    File(File),
    /// Anything that can be read once: a pipe, standard input.
    Pipe(Box<dyn Read + Send>),
}

/// What is to be unpacked, and how.
pub(super) struct Job {
    pub origin: Origin,
    /// The file's name, which tells how it should be packed; `None` for standard input.
    pub name: Option<String>,
    pub meter: Meter,
    pub limits: Limits,
    /// What the operator said of the format: some members are passed over for it.
    pub choice: Option<Choice>,
    /// The folder for what has to be put on disk.
    pub scratch: PathBuf,
}

/// Starts to unpack.
///
/// # Errors
/// When no thread can be started.
pub(super) fn start(job: Job) -> io::Result<Stream> {
    let (send, receive) = sync_channel(QUEUE);
    std::thread::Builder::new()
        .name("unpack".to_owned())
        .spawn(move || job.run(&send))?;
    Ok(Stream::new(receive))
}

/// Why unpacking ends before the end.
enum Stop {
    Failed(Failure),
    /// Nobody reads any more.
    Unwanted,
}

/// A part of a file: where it is, and what is around it.
#[derive(Clone, Default)]
struct Place {
    /// The path in the archives around it.
    path: Option<String>,
    /// What its name should be for what it holds, without the endings of the compressions that were taken off.
    name: Option<String>,
    archives: usize,
    compressions: usize,
}

impl Place {
    /// Something is wrong here.
    fn fails(&self, error: &io::Error) -> Stop {
        let said = error.get_ref().is_some_and(|inner| inner.is::<Sentence>());
        Stop::Failed(Failure {
            path: self.path.clone(),
            reason: if said {
                error.to_string()
            } else {
                format!("cannot be read: {error}")
            },
        })
    }

    fn refuses(&self, reason: impl Into<String>) -> Stop {
        self.fails(&sentence(reason))
    }

    /// A member of an archive that lies here.
    fn member(&self, path: &str) -> Self {
        Self {
            path: Some(match &self.path {
                Some(outer) => format!("{outer}/{path}"),
                None => path.to_owned(),
            }),
            name: Some(path.to_owned()),
            archives: self.archives + 1,
            compressions: 0,
        }
    }

    /// What a compressed file holds.
    fn uncompressed(&self) -> Self {
        Self {
            name: self.name.as_deref().map(unpacked_name),
            compressions: self.compressions + 1,
            ..self.clone()
        }
    }
}

impl Job {
    fn run(self, out: &SyncSender<Piece>) {
        let unpacker = Unpacker {
            out,
            budget: Budget::new(self.limits, self.meter.clone()),
            choice: self.choice,
            scratch: self.scratch,
        };
        let place = Place {
            name: self.name,
            ..Place::default()
        };
        let last = match unpacker.origin(self.origin, self.meter, &place) {
            Ok(()) => Piece::End,
            Err(Stop::Failed(failure)) => Piece::Failed(failure),
            Err(Stop::Unwanted) => return,
        };
        let _ = out.send(last);
    }
}

struct Unpacker<'o> {
    out: &'o SyncSender<Piece>,
    budget: Budget,
    choice: Option<Choice>,
    scratch: PathBuf,
}

impl Unpacker<'_> {
    fn send(&self, piece: Piece) -> Result<(), Stop> {
        self.out.send(piece).map_err(|_| Stop::Unwanted)
    }

    fn origin(&self, origin: Origin, meter: Meter, place: &Place) -> Result<(), Stop> {
        let file = match origin {
            Origin::Pipe(inner) => {
                let mut bytes = BufReader::with_capacity(CHUNK_BYTES, Metered { inner, meter });
                return self.any(&mut bytes, place);
            }
            Origin::File(inner) => inner,
        };
        let mut bytes = Metered { inner: file, meter };
        let head = self.head(&mut bytes, place)?;
        bytes
            .seek(SeekFrom::Start(0))
            .map_err(|error| place.fails(&error))?;
        if Packing::of(&head) == Packing::Zip {
            return self.zip(BufReader::new(bytes), place);
        }
        self.any(&mut BufReader::with_capacity(CHUNK_BYTES, bytes), place)
    }

    fn head(&self, bytes: &mut dyn Read, place: &Place) -> Result<Vec<u8>, Stop> {
        let mut head = Vec::with_capacity(HEAD_BYTES);
        bytes
            .take(HEAD_BYTES as u64)
            .read_to_end(&mut head)
            .map_err(|error| place.fails(&error))?;
        Ok(head)
    }

    /// Unpacks whatever this is, to its very end, so that what stands there for safety is checked.
    fn any(&self, bytes: &mut dyn BufRead, place: &Place) -> Result<(), Stop> {
        let head = self.head(bytes, place)?;
        let packing = Packing::of(&head);
        let mut bytes = Cursor::new(head).chain(bytes);
        match packing {
            Packing::Plain => {
                if let Some(ending) = place.name.as_deref().and_then(promised) {
                    return Err(place.refuses(format!(
                        "its name ends in {ending}, but it does not begin like that: it is cut off or has a wrong name"
                    )));
                }
                self.plain(&mut bytes, place)?;
            }
            Packing::Gzip => {
                let inner = flate2::bufread::MultiGzDecoder::new(&mut bytes);
                self.compressed(inner, "gzip", place)?;
            }
            Packing::Zstd => {
                let inner =
                    zstd::Decoder::with_buffer(&mut bytes).map_err(|error| place.fails(&error))?;
                self.compressed(inner, "zstd", place)?;
            }
            Packing::Tar => self.tar(&mut bytes, place)?,
            Packing::Zip => self.zip(BufReader::new(self.on_disk(&mut bytes, place)?), place)?,
            Packing::Foreign(name, command) => {
                return Err(place.refuses(format!(
                    "it is packed with {name}, which is not read here; unpack it first, or pipe it: {command} FILE | bzpeer \
                     import -"
                )));
            }
        }
        copy(&mut bytes, &mut sink()).map_err(|error| place.fails(&error))?;
        Ok(())
    }

    fn compressed(&self, inner: impl Read, what: &'static str, place: &Place) -> Result<(), Stop> {
        let place = place.uncompressed();
        if place.compressions > self.budget.limits.compressions {
            return Err(place.refuses("it is compressed more often than anybody needs"));
        }
        let unpacked = Unpacked::new(inner, what, Some(&self.budget));
        self.any(&mut BufReader::with_capacity(CHUNK_BYTES, unpacked), &place)
    }

    /// Hands over what is not packed any further.
    fn plain(&self, bytes: &mut dyn BufRead, place: &Place) -> Result<(), Stop> {
        self.send(Piece::Member {
            path: place.path.clone(),
        })?;
        loop {
            let mut chunk = Vec::with_capacity(CHUNK_BYTES);
            let read = bytes.take(CHUNK_BYTES as u64).read_to_end(&mut chunk);
            if !chunk.is_empty() {
                self.send(Piece::Bytes(chunk))?;
            } else if read.is_ok() {
                return self.send(Piece::MemberEnd);
            }
            read.map_err(|error| place.fails(&error))?;
        }
    }

    /// Whether archives may be opened here.
    fn archive(&self, place: &Place) -> Result<(), Stop> {
        let max = self.budget.limits.archives;
        if place.archives >= max {
            return Err(place.refuses(format!(
                "it is an archive within an archive within an archive; at most {max} may lie in each other"
            )));
        }
        Ok(())
    }

    /// A member of an archive begins: its place, unless it is passed over.
    fn begin(&self, place: &Place, path: &str) -> Result<Option<Place>, Stop> {
        self.budget.member().map_err(|error| place.fails(&error))?;
        if let Some(flaw) = names::flaw(path) {
            return Err(place.refuses(flaw));
        }
        let member = place.member(path);
        match names::passed_over(path, self.choice) {
            Some(reason) => self.pass_over(member, reason).map(|()| None),
            None => Ok(Some(member)),
        }
    }

    fn pass_over(&self, member: Place, reason: &'static str) -> Result<(), Stop> {
        let path = member.path.unwrap_or_default();
        self.send(Piece::PassedOver { path, reason })
    }

    /// Puts what cannot be read at any place into a file that can; it is gone when it is closed.
    fn on_disk(&self, bytes: &mut dyn Read, place: &Place) -> Result<File, Stop> {
        let mut file = tempfile::tempfile_in(&self.scratch).map_err(|error| {
            let folder = self.scratch.display();
            place.refuses(format!(
                "no temporary file can be made in {folder}: {error}"
            ))
        })?;
        copy(bytes, &mut file)
            .and_then(|_| file.rewind())
            .map_err(|error| place.fails(&error))?;
        Ok(file)
    }
}
