//! Of the feature author: queries.
