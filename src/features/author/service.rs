//! Of the feature author: service.
