//! Tests that use the whole server in process: real databases, real router, real files.

mod support;

mod account;
mod architecture;
mod cast;
mod claim;
mod cli;
mod conversation;
mod correction;
mod durability;
mod follow;
mod import;
mod interrupted;
mod invitation;
mod moderation;
mod pages;
mod people;
mod places;
mod records;
mod samples;
mod schema;
mod security;
mod sync;
