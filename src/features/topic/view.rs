//! Of the feature topic: view.
