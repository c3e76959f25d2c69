//! Importing records.
