//! What names and mentions are taken for one person.

mod partitions;
mod prints;
