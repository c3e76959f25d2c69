//! Of the feature work: api.
