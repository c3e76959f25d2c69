//! Of the feature institution: service.
