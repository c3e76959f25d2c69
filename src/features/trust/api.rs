//! Of the feature trust: api.
