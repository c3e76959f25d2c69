//! A whole site in process: database, router, clock turned by hand, mail as files.

pub mod html;
pub mod postgres;
pub mod program;
pub mod site;

pub use site::{Answer, Session, TestSite};

/// Runs the same story on both databases. PostgreSQL may be absent on a developer's machine; then
/// a line says so. Where `BZPEER_TEST_REQUIRE_POSTGRES` is set its absence fails.
pub async fn for_both<F, Fut>(story: F)
where
    F: Fn(TestSite) -> Fut,
    Fut: std::future::Future<Output = ()>,
{
    story(TestSite::sqlite().await).await;
    if let Some(site) = TestSite::postgres().await {
        story(site).await;
    }
}

/// The records that live beside the project, where they are there.
pub fn shared_data(path: &str) -> Option<std::path::PathBuf> {
    let path = std::path::Path::new(env!("CARGO_MANIFEST_DIR"))
        .join("../shared/data")
        .join(path);
    if path.exists() {
        Some(path)
    } else {
        println!("skipped: {} is not there", path.display());
        None
    }
}
