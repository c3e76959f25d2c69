//! Of the feature trust: types.
