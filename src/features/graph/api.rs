//! Of the feature graph: api.
