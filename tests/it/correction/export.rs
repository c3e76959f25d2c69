//! Corrections for the sources that the mistakes came from.

use bzpeer::args;

use super::Scene;
use crate::support::for_both;

#[tokio::test(flavor = "multi_thread")]
async fn a_source_can_use_what_is_exported() {
    for_both(|site| async move {
        let scene = Scene::set(site, 2).await;
        let author = scene.author().to_string();
        let work = scene.stage.works[0];
        for (sql, source, key) in [
            (
                "INSERT INTO work_records (source, record_key, work_id, digest, imported_at) VALUES ($1, $2, $3, 'd', 1)",
                "openalex",
                "W7",
            ),
            (
                "INSERT INTO work_identifiers (scheme, value, work_id) VALUES ($1, $2, $3)",
                "doi",
                "10.5555/quill",
            ),
        ] {
            scene.stage.run(sql, args![source, key, work]).await;
        }
        scene
            .stage
            .run(
                "UPDATE authorships SET identifiers = 'openalex:A1 orcid:0000-0002-1825-0097' WHERE author_id = $1",
                args![scene.author()],
            )
            .await;
        scene.refresh().await;
        let id = work.to_string();
        let not_mine = [
            ("author", author.as_str()),
            ("work", id.as_str()),
            ("what", "not_mine"),
            ("reason", "A namesake, see \"page 1\""),
        ];
        let correction = scene.done(&scene.ada, "work", &not_mine).await;
        let hidden = scene.stage.works[1].to_string();
        let hide = [
            ("author", author.as_str()),
            ("work", hidden.as_str()),
            ("what", "hide"),
            ("reason", "A secret draft"),
        ];
        scene.done(&scene.ada, "work", &hide).await;

        let path = format!("/authors/{author}/corrections");
        let json = scene.stage.site.get(&format!("{path}.json")).await;
        assert_eq!(json.status, 200);
        let records: serde_json::Value = serde_json::from_str(&json.body).unwrap();
        let all = records.as_array().unwrap();
        assert_eq!(all.len(), 1, "what is hidden is no source's mistake: {}", json.body);
        let expected = serde_json::json!({
            "correction": correction, "date": "2026-06-02", "kind": "not_mine",
            "source": "openalex", "record_key": "W7", "work_identifiers": ["doi:10.5555/quill"],
            "title": "Work 000 of Ada Quillfeather", "position": 1, "printed_name": "Ada Quillfeather",
            "record_person": ["openalex:A1", "orcid:0000-0002-1825-0097"],
            "statement": "is_not", "author_name": "Ada Quillfeather",
            "author_identifiers": ["openalex:A1", "orcid:0000-0002-1825-0097"],
            "author_page": format!("http://bzpeer.test{}", scene.stage.page()),
            "reason": "A namesake, see \"page 1\"",
        });
        assert_eq!(all[0], expected);
        let csv = scene.stage.site.get(&format!("{path}.csv")).await;
        assert_eq!(csv.headers["content-type"], "text/csv; charset=utf-8");
        assert_eq!(csv.body.matches("\r\n").count(), 2, "{}", csv.body);
        assert!(csv.body.contains("\"A namesake, see \"\"page 1\"\"\""), "{}", csv.body);

        scene.undone(&scene.ada, correction).await;
        let json = scene.stage.site.get(&format!("{path}.json")).await;
        assert_eq!(json.body, "[]", "what was undone is not exported");
    })
    .await;
}
