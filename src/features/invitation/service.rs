//! Of the feature invitation: service.
