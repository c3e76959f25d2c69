//! Of the feature moderation: service.
