//! Of the feature graph: types.
