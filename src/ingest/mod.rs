//! Reading publication records from files, and inventing some: one reader per source format, one
//! loader into the database.
//!
//! [`inputs`] goes from the paths that were given to records, [`format`] knows which reader takes which file, [`spool`]
//! keeps what was read until the end of its file is known to be good, [`refusals`] tells what was refused.
//!
//! [`record::WorkRecord`] is what every reader and the generator of the demo community yield and
//! what the loader takes.

pub mod csl_json;
pub mod demo;
pub mod files;
pub mod format;
pub mod formats;
pub mod inputs;
pub mod loader;
pub mod markup;
pub mod record;
pub mod refusals;
pub mod spool;
mod store;
pub mod subjects;
