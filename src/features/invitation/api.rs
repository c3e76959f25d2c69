//! Of the feature invitation: api.
