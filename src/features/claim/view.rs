//! Of the feature claim: view.
