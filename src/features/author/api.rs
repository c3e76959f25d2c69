//! Of the feature author: api.
