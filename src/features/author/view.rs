//! Of the feature author: view.
