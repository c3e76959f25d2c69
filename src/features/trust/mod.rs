//! The trust score as readers see it. The formula is `domain::trust`; the facts come with the author.

pub mod view;
