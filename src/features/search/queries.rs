//! Of the feature search: queries.
