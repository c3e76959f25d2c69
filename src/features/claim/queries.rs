//! Of the feature claim: queries.
