//! Of the feature account: api.
