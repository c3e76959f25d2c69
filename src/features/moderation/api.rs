//! Of the feature moderation: api.
