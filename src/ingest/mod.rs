//! Reading publication records, and inventing some: from files and live sources into the database.
//!
//! [`inputs`] goes from the paths that were given to records, [`format`] knows which reader takes which file, [`formats`] holds the
//! readers, [`sync`] asks live sources. All of them yield [`record::Record`]. The [`loader`] stores what they yield: [`prepare`]
//! tidies and renders, [`spool`] keeps what was read until the end of its file is known to be good, [`compose`] makes one work of many
//! records. [`placing`] then says whose each authorship is. [`run`] and [`fetching`] are the commands.

pub mod affiliations;
pub mod checksum;
pub mod compose;
pub mod csl_json;
pub mod demo;
pub mod fetching;
pub mod format;
pub mod formats;
pub mod guard;
pub mod inputs;
pub mod loader;
pub mod markup;
pub mod mentions;
pub mod placing;
pub mod prepare;
pub mod record;
pub mod refusals;
pub mod run;
pub mod spool;
pub mod subjects;
pub mod sync;
pub mod tidy;
