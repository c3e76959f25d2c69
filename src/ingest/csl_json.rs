//! CSL-JSON: the bibliographic JSON of citation managers, Zotero, Crossref and DataCite.
//!
//! The file is read record by record and never held as a whole; one record may take
//! [`MAX_RECORD_BYTES`]. The format: <https://docs.citationstyles.org/en/stable/specification.html>
//! and the schema `csl-data.json` of the Citation Style Language.

mod item;
#[cfg(test)]
mod tests;

use super::formats::json::{self, Format, Layout, Outcome};
use super::record::{Input, Record, Records};

/// The most one record may take in the file, in bytes: a title or abstract beyond this is refused
/// while it is read.
pub const MAX_RECORD_BYTES: usize = 4 * 1024 * 1024;

static FORMAT: Format = Format {
    layout: Layout {
        lists: &[],
        objects: &[],
        max: MAX_RECORD_BYTES,
    },
    id: &["id"],
    parse,
};

/// The records of one file, in its order; a refused one is passed over.
pub fn read(input: Input) -> Records {
    json::read(input, &FORMAT)
}

fn parse(text: &str, out: &mut Outcome) -> serde_json::Result<()> {
    let item: item::Item = serde_json::from_str(text)?;
    let id = item.id().to_owned();
    let work = item.into_record();
    match json::check(&work) {
        Ok(()) => out.keep(Record::Work(Box::new(work))),
        Err(fault) => out.refuse(&id, fault.to_string()),
    }
    Ok(())
}
