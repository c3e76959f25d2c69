//! Of the feature graph: queries.
