//! Of the feature search: view.
