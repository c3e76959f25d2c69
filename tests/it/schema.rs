//! The two schemas are the same but for what their files say.

use crate::support::TestSite;

#[tokio::test(flavor = "multi_thread")]
async fn both_databases_have_the_same_tables_columns_and_indexes() {
    let sqlite = TestSite::sqlite().await;
    let Some(postgres) = TestSite::postgres().await else {
        return;
    };
    assert_eq!(
        sqlite.app.db.schema().await.unwrap(),
        postgres.app.db.schema().await.unwrap()
    );
    assert_eq!(
        sqlite.app.db.indexes().await.unwrap(),
        postgres.app.db.indexes().await.unwrap()
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn migrating_twice_changes_nothing() {
    let site = TestSite::sqlite().await;
    let again = site.app.db.migrate().await.unwrap();
    assert_eq!(again.before, again.now);
}
