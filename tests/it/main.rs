//! Tests that use the whole server in process: real databases, real router, real files.

mod support;

mod account;
mod architecture;
mod conversation;
mod import;
mod invitation;
mod pages;
mod people;
mod schema;
