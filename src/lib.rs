
pub mod domain;
