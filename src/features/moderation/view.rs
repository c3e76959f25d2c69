//! Of the feature moderation: view.
