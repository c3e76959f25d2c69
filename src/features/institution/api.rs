//! Of the feature institution: api.
