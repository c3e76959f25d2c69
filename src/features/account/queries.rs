//! Of the feature account: queries.
