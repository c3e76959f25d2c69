//! Of the feature trust: service.
