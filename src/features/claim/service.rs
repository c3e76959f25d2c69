//! Of the feature claim: service.
