//! Of the feature topic: queries.
