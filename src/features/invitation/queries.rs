//! Of the feature invitation: queries.
