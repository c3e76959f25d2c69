//! Of the feature institution: queries.
