//! Of the feature search: service.
