//! Of the feature notification: view.
