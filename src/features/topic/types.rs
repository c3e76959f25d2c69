//! Of the feature topic: types.
