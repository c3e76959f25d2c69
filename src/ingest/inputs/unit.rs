//! The records of one file, whatever is packed into it.

use std::collections::VecDeque;

use super::super::format::{Choice, Format, SNIFF_BYTES, guess};
use super::super::record::{Extent, Input, Record, RecordError, Records};
use super::progress::Meter;
use super::stream::{Piece, Stream};
use super::watch::Watch;
use super::{Notes, WHOLE, broken, names};

/// Reads one file from its beginning to its end.
pub(super) struct Unit {
    /// The file.
    name: String,
    choice: Option<Choice>,
    /// The operator named the file: it has to hold records.
    given: bool,
    stream: Stream,
    watch: Option<Watch>,
    meter: Meter,
    notes: Notes,
    /// The records of the member that is being read.
    records: Option<Records>,
    /// How many records of it were yielded or refused.
    count: u64,
    /// Members that are refused, still to be told.
    refused: VecDeque<RecordError>,
    /// A note says why the file is not read.
    noted: bool,
    ended: bool,
}

/// What becomes of a member.
enum Fate {
    Read(Format),
    PassOver(&'static str),
    Refuse(String),
}

impl Unit {
    pub(super) fn new(
        name: String,
        choice: Option<Choice>,
        given: bool,
        stream: Stream,
        watch: Option<Watch>,
        meter: Meter,
        notes: Notes,
    ) -> Self {
        Self {
            name,
            choice,
            given,
            stream,
            watch,
            meter,
            notes,
            records: None,
            count: 0,
            noted: false,
            refused: VecDeque::new(),
            ended: false,
        }
    }

    /// Goes on to the first member: its format, unless all are refused. `None` if there is nothing to read and nothing to
    /// refuse, but that nobody promised.
    ///
    /// # Errors
    /// When nothing of the file can be read.
    pub(super) fn start(&mut self) -> Result<Option<Option<Format>>, RecordError> {
        const NOTHING: &str = "no file of records is in it";
        let format = self.step()?;
        match format {
            None if self.refused.is_empty() && self.given => Err(broken(&self.name, NOTHING)),
            None if self.refused.is_empty() => {
                if !self.noted {
                    self.notes.push(&self.name, NOTHING);
                }
                Ok(None)
            }
            _ => Ok(Some(format)),
        }
    }

    /// Goes on to the next member that is read; its format, or `None` at the end of the file.
    fn step(&mut self) -> Result<Option<Format>, RecordError> {
        loop {
            match self.stream.next() {
                Piece::Member { path } => {
                    if let Some(format) = self.member(path.as_deref())? {
                        return Ok(Some(format));
                    }
                }
                Piece::PassedOver { path, reason } => {
                    self.notes.push(&self.shown(Some(&path)), reason);
                }
                Piece::Failed(failure) => {
                    let file = self.shown(failure.path.as_deref());
                    return Err(self.fail(broken(&file, failure.reason)));
                }
                Piece::End => {
                    self.end();
                    return match self.watch.as_ref().and_then(Watch::change) {
                        Some(change) => Err(broken(&self.name, change)),
                        None => Ok(None),
                    };
                }
                // Of a member, which is over.
                Piece::Bytes(_) | Piece::MemberEnd => {}
            }
        }
    }

    /// Opens a member; its format, if it is read.
    fn member(&mut self, path: Option<&str>) -> Result<Option<Format>, RecordError> {
        let file = self.shown(path);
        let mut bytes = self.stream.member();
        let fate = self.fate(bytes.sniff(SNIFF_BYTES), path, &file);
        if let (Fate::PassOver(_) | Fate::Refuse(_), Some(failure)) = (&fate, self.stream.failure())
        {
            return Err(self.fail(broken(&file, failure.reason)));
        }
        match fate {
            Fate::Read(format) => {
                let input = Input {
                    name: file,
                    bytes: Box::new(bytes),
                };
                self.records = Some(format.read(input));
                self.count = 0;
                return Ok(Some(format));
            }
            Fate::PassOver(reason) => {
                self.noted |= path.is_none();
                self.notes.push(&file, reason);
            }
            Fate::Refuse(reason) if path.is_none() => return Err(self.fail(broken(&file, reason))),
            Fate::Refuse(reason) => self.refused.push_back(RecordError {
                extent: Extent::Record,
                ..broken(&file, reason)
            }),
        }
        Ok(None)
    }

    /// What becomes of a member that begins like this.
    fn fate(&self, head: &[u8], path: Option<&str>, file: &str) -> Fate {
        if head.trim_ascii().is_empty() && head.len() < SNIFF_BYTES {
            return match path {
                Some(_) => Fate::PassOver("it is empty"),
                None => Fate::Refuse("the file is empty".to_owned()),
            };
        }
        let guessed = guess(head, file);
        let chosen = self.given && path.is_none();
        if guessed.is_none() && !chosen && !names::looks_like_records(file) {
            return Fate::PassOver("it holds no records in a known format");
        }
        match (self.choice.map(Choice::formats), guessed) {
            (Some([named]), guessed) => {
                if let Some(other) = guessed.filter(|other| other != named) {
                    let note = format!("it looks like {other}; it is read as {named}, as asked");
                    self.notes.push(file, &note);
                }
                Fate::Read(*named)
            }
            (Some(group), Some(format)) if group.contains(&format) => Fate::Read(format),
            (None, Some(format)) => Fate::Read(format),
            _ => Fate::Refuse(unknown(self.choice, guessed, head)),
        }
    }

    /// The name of a member for messages.
    fn shown(&self, path: Option<&str>) -> String {
        match path {
            Some(path) => format!("{}/{path}", self.name),
            None => self.name.clone(),
        }
    }

    /// Ends with an error, which a change of the file may explain. What was refused of it before no longer matters.
    fn fail(&mut self, mut error: RecordError) -> RecordError {
        if self.count > 0 && error.place == WHOLE {
            error.place = format!("after record {}", self.count);
        }
        self.end();
        self.refused.clear();
        if let Some(change) = self.watch.as_ref().and_then(Watch::change) {
            error.reason = format!("{change}; then: {}", error.reason);
        }
        error
    }

    fn end(&mut self) {
        self.ended = true;
        self.records = None;
        self.meter.finish();
    }
}

impl Iterator for Unit {
    type Item = Result<Record, RecordError>;

    fn next(&mut self) -> Option<Self::Item> {
        loop {
            if let Some(refused) = self.refused.pop_front() {
                return Some(Err(refused));
            }
            if self.ended {
                return None;
            }
            let Some(records) = &mut self.records else {
                match self.step() {
                    Ok(_) => continue,
                    Err(error) => return Some(Err(error)),
                }
            };
            match records.next() {
                Some(Err(error)) if error.extent == Extent::File => {
                    return Some(Err(self.fail(error)));
                }
                Some(record) => {
                    self.count += 1;
                    return Some(record);
                }
                None => {
                    self.records = None;
                    self.count = 0;
                }
            }
        }
    }
}

/// Why a file that begins like this is not read.
fn unknown(choice: Option<Choice>, guessed: Option<Format>, head: &[u8]) -> String {
    let start = head.trim_ascii_start();
    let starts = |with: &str| {
        start
            .get(..with.len())
            .is_some_and(|start| start.eq_ignore_ascii_case(with.as_bytes()))
    };
    if starts("<!doctype html") || starts("<html") {
        return "it is a web page, not a file of records; a server may have answered with a message".to_owned();
    }
    match (choice, guessed) {
        (Some(choice), Some(other)) => {
            format!(
                "it is not in a format of {}: it looks like {other}",
                choice.name()
            )
        }
        (Some(choice), None) => {
            let formats: Vec<&str> = choice
                .formats()
                .iter()
                .map(|format| format.name())
                .collect();
            format!(
                "it is not recognised as any of {}; if it is one of them, name that one",
                formats.join(", ")
            )
        }
        (None, _) => {
            "its format is not recognised; if it is a known one, name it: bzpeer import FORMAT FILE"
                .to_owned()
        }
    }
}
