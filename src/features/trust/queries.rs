//! Of the feature trust: queries.
