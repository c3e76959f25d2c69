//! Of the feature topic: api.
