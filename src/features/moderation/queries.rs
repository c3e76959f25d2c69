//! Of the feature moderation: queries.
