//! Of the feature graph: service.
