//! Of the feature account: service.
