//! What programs read: feeds and citations.

use axum::Router;

use super::router::Site;

/// Routes of this module.
pub fn routes() -> Router<Site> {
    Router::new()
}
