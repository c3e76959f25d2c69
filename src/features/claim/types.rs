//! Of the feature claim: types.
