//! Of the feature work: view.
