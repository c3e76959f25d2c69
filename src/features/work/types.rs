//! Of the feature work: types.
