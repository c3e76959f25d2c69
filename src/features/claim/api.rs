//! Of the feature claim: api.
