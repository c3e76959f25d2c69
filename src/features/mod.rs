//! One folder per feature, from button to SQL.

pub mod account;
pub mod author;
pub mod claim;
pub mod correction;
pub mod follow;
pub mod graph;
pub mod institution;
pub mod invitation;
pub mod moderation;
pub mod notification;
pub mod search;
pub mod topic;
pub mod trust;
pub mod work;
