//! Of the feature topic: service.
