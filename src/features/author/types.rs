//! Of the feature author: types.
