//! arXiv's `.abs` files: the abstract pages of its first decades, and the form of its listings by mail.
//!
//! Lines of two backslashes stand before the header, between header and abstract, and behind the abstract
//! (<https://info.arxiv.org/help/prep.html>). A file may hold several, one behind the other.

#[cfg(test)]
mod tests;

use super::arxiv_work::{ArxivWork, arxiv_id};
use super::author_list;
use super::fields::Date;
use super::lines::{Fault, Lines, Names, not_utf8};
use crate::ingest::csl_json::MAX_RECORD_BYTES;
use crate::ingest::record::{Input, Record, RecordError, Records};

/// The preprints of a file.
pub fn read(input: Input) -> Records {
    Box::new(Reader {
        names: Names {
            file: input.name,
            index: 0,
        },
        lines: Lines::new(input.bytes),
        opened: None,
        stray: false,
        ended: false,
    })
}

struct Reader {
    names: Names,
    lines: Lines,
    /// The line of the bar with which the next preprint begins, if it has been read.
    opened: Option<u64>,
    /// Whether the file holds anything outside of its blocks.
    stray: bool,
    ended: bool,
}

/// A preprint as its file describes it.
#[derive(Debug, Default)]
struct Page {
    /// The line in which it begins.
    line: u64,
    /// (name, value) of the header, the value's lines joined by spaces.
    fields: Vec<(String, String)>,
    summary: String,
    bytes: usize,
    flaw: Option<String>,
}

impl Reader {
    /// The next preprint, whole; `None` at the end of the file.
    fn page(&mut self) -> Result<Option<Page>, Fault> {
        let mut page = Page::default();
        let mut bars = 0;
        if let Some(line) = self.opened.take() {
            page.line = line;
            bars = 1;
        }
        // The bar that may be the last one, and blank lines behind it.
        let mut last: Option<String> = None;
        while let Some(line) = self.lines.next()? {
            if let Some(bar) = &mut last {
                if line.text.trim().is_empty() {
                    if bar.len() < MAX_RECORD_BYTES {
                        bar.push('\n');
                    }
                    continue;
                }
                if is_bar(&line.text) {
                    self.opened = Some(line.number);
                    return Ok(Some(page));
                }
                if is_rule(&line.text) {
                    return Ok(Some(page));
                }
                // A line of LaTeX in the abstract.
                page.summary.push_str(bar);
                last = None;
            }
            if is_bar(&line.text) {
                bars += 1;
                match bars {
                    1 => page.line = line.number,
                    2 => {}
                    _ if line.text.len() > 2 => return Ok(Some(page)),
                    _ => last = Some("\\\\\n".to_owned()),
                }
                continue;
            }
            if bars == 0 {
                self.stray |= !line.text.trim().is_empty() && !is_rule(&line.text);
                continue;
            }
            if let Some(byte) = line.broken {
                page.flaw.get_or_insert_with(|| not_utf8(byte, line.number));
            }
            page.take(&line.text, bars == 1);
        }
        if bars == 0 {
            return Ok(None);
        }
        if last.is_none() {
            let reason = "the file ends before the abstract does";
            page.flaw.get_or_insert_with(|| reason.to_owned());
        }
        Ok(Some(page))
    }
}

/// `\\`, and in listings `\\ ( https://arxiv.org/abs/2101.00001 ,  12kb)`.
fn is_bar(line: &str) -> bool {
    let rest = line.trim_end().strip_prefix(r"\\");
    rest.is_some_and(|rest| rest.is_empty() || rest.trim_start().starts_with('('))
}

/// The line between two pages.
fn is_rule(line: &str) -> bool {
    let line = line.trim();
    line.len() >= 10 && line.bytes().all(|byte| matches!(byte, b'-' | b'=' | b'%'))
}

impl Page {
    fn take(&mut self, line: &str, in_header: bool) {
        self.bytes += line.len() + 1;
        if self.bytes > MAX_RECORD_BYTES {
            self.flaw.get_or_insert_with(|| {
                format!("it is too long: at most {MAX_RECORD_BYTES} bytes are accepted")
            });
            return;
        }
        if !in_header {
            self.summary.push_str(line);
            self.summary.push('\n');
        } else if let Some((name, value)) = field(line) {
            self.fields
                .push((name.to_ascii_lowercase(), value.trim().to_owned()));
        } else if line.starts_with([' ', '\t'])
            && let Some((_, value)) = self.fields.last_mut()
        {
            value.push(' ');
            value.push_str(line.trim());
        }
    }

    /// The first field of this name, in lower case.
    fn get(&self, name: &str) -> &str {
        self.fields
            .iter()
            .find(|(known, _)| known == name)
            .map_or("", |(_, value)| value)
    }

    fn number(&self) -> &str {
        match self.get("arxiv") {
            // As files of the first years call it.
            "" => self.get("paper"),
            number => number,
        }
    }

    fn read(&self, names: &mut Names) -> Result<Record, RecordError> {
        let number = self.number();
        if let Some(flaw) = &self.flaw {
            return Err(names.refuse(number, format!("line {}: {flaw}", self.line)));
        }
        let Some(id) = arxiv_id(number) else {
            let reason = match number {
                "" => "it has no arXiv number",
                _ => "what it gives as its arXiv number is none",
            };
            return Err(names.refuse(number, format!("line {}: {reason}", self.line)));
        };
        let list = author_list::parse(match self.get("authors") {
            "" => self.get("author"),
            authors => authors,
        });
        let work = ArxivWork {
            title: self.get("title"),
            summary: &self.summary,
            // Of the first version; others stand behind it.
            date: Date::mail(self.get("date")),
            authors: list.authors,
            more_authors: list.more,
            dois: self.get("doi"),
            categories: self.get("categories"),
            codes: &[self.get("msc-class"), self.get("acm-class")],
        };
        names.work(id.id(), work.into_record(&id))
    }
}

/// `Title: On x`, `Date (revised v2): …`, without what stands in brackets behind the name.
fn field(line: &str) -> Option<(&str, &str)> {
    let (name, value) = line.split_once(':')?;
    let name = match name.split_once(" (") {
        // Of a later version.
        Some((_, mark)) if mark != "v1)" => return Some(("", value)),
        Some((name, _)) => name,
        None => name,
    };
    let first = name.starts_with(|c: char| c.is_ascii_alphabetic());
    let rest = name
        .bytes()
        .all(|byte| byte.is_ascii_alphanumeric() || byte == b'-');
    (first && rest).then_some((name, value))
}

impl Iterator for Reader {
    type Item = Result<Record, RecordError>;

    fn next(&mut self) -> Option<Self::Item> {
        if self.ended {
            return None;
        }
        match self.page() {
            Ok(Some(page)) => Some(page.read(&mut self.names)),
            Ok(None) => {
                self.ended = true;
                (self.names.index == 0 && self.stray).then(|| {
                    let reason = r"this is not an abs file of arXiv: no line is \\";
                    Err(self.names.refuse_file(reason))
                })
            }
            Err(Fault(reason)) => {
                self.ended = true;
                Some(Err(self.names.refuse_file(reason)))
            }
        }
    }
}
