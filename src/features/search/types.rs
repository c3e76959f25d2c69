//! Of the feature search: types.
