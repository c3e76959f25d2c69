//! Of the feature invitation: types.
