//! Of the feature moderation: types.
