//! Of the feature work: service.
