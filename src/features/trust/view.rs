//! Of the feature trust: view.
