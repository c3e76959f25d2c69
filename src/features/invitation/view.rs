//! Of the feature invitation: view.
