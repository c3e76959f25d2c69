//! Of the feature notification: queries.
