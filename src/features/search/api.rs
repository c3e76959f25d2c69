//! Of the feature search: api.
