//! Of the feature work: queries.
