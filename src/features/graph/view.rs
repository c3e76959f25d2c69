//! Of the feature graph: view.
