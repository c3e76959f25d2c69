//! Of the feature institution: view.
