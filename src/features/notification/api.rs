//! Of the feature notification: api.
