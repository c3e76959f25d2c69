//! The part of `src/ingest` that reads: no database, no network.

pub mod csl_json;
pub mod formats;
pub mod markup;
pub mod record;
pub mod subjects;
pub mod tidy;
