//! Of the feature institution: types.
