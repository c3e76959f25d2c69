//! What every feature needs from the outside world: configuration, time, chance, mail, who asks.

pub mod clock;
pub mod config;
pub mod context;
pub mod drafts;
pub mod limits;
pub mod mail;
pub mod random;
pub mod session;
