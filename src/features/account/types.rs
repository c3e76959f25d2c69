//! Of the feature account: types.
