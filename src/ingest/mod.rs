//! Reading publication records from files, and inventing some: one reader per source format, one
//! loader into the database.
//!
//! [`record::WorkRecord`] is what every reader and the generator of the demo community yield and
//! what the loader takes.

pub mod affiliations;
pub mod csl_json;
pub mod demo;
pub mod files;
pub mod formats;
pub mod loader;
pub mod markup;
pub mod record;
mod store;
pub mod subjects;
