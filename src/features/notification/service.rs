//! Of the feature notification: service.
