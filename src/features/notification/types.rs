//! Of the feature notification: types.
