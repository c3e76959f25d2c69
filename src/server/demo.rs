//! The invented community that a first run shows.
