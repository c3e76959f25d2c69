//! Answers that the services gave, replayed. Where they are absent, the tests say so and pass.

use std::path::Path;

use super::*;

/// The bodies of a folder of recorded answers, by file name; `None` where it is not there.
fn bodies(folder: &str, part: &str) -> Option<Vec<(String, Vec<u8>)>> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR"))
        .join("../shared/data")
        .join(folder);
    if !folder.exists() {
        println!("skipped: {} is not there", folder.display());
        return None;
    }
    let entries = std::fs::read_dir(&folder).unwrap();
    let mut files: Vec<_> = entries.map(|entry| entry.unwrap().path()).collect();
    files.sort();
    let named = |path: std::path::PathBuf| {
        let name = path.file_name().unwrap().to_str().unwrap().to_owned();
        name.contains(part)
            .then(|| (name, std::fs::read(&path).unwrap()))
    };
    Some(files.into_iter().filter_map(named).collect())
}

#[tokio::test]
async fn recorded_answers_of_openalex_are_walked_to_the_empty_page_at_their_end() {
    let Some(bodies) = bodies("openalex_works_api_list", "page_") else {
        return;
    };
    let entity = r#"{"id":"https://openalex.org/A1","display_name":"Ada Berg"}"#;
    let mut replies = vec![Reply::json(entity)];
    replies.extend(
        bodies
            .iter()
            .map(|(_, body)| Reply::json(body.clone()).gzip()),
    );
    let end =
        r#"{"meta":{"count":80,"page":null,"per_page":200,"next_cursor":"leads on"},"results":[]}"#;
    replies.push(Reply::json(end));
    let world = World::new(in_turn(replies)).await;
    let run = world
        .run(Source::OpenAlex, "openalex:A1", None)
        .await
        .unwrap();
    assert_eq!((run.records.len(), run.pages), (81, 6));
    assert!(run.records.iter().all(Result::is_ok));
    // Each page was asked for with the cursor of the one before.
    for ((_, body), asked) in bodies.iter().zip(&world.asked()[2..]) {
        let body: serde_json::Value = serde_json::from_slice(body).unwrap();
        let cursor = body["meta"]["next_cursor"].as_str().unwrap();
        assert!(asked.ends_with(&format!("cursor={cursor}")), "{asked}");
    }
}

#[tokio::test]
async fn recorded_answers_of_crossref_share_one_cursor_and_are_walked_all_the_same() {
    let Some(bodies) = bodies("crossref_rest_json", "_5.json") else {
        return;
    };
    let pages = bodies[..3].iter().map(|(_, body)| {
        let text = String::from_utf8(body.clone()).unwrap();
        let counted = text.replace("\"total-results\":138567", "\"total-results\":15");
        assert_ne!(counted, text);
        Reply::json(counted).gzip()
    });
    let world = World::new(in_turn(pages.collect())).await;
    let run = world
        .run(Source::Crossref, "ror:046rm7j60", None)
        .await
        .unwrap();
    assert_eq!((run.keys().len(), run.pages), (15, 3));
    let asked = world.asked();
    assert!(asked[0].ends_with("cursor=*"));
    assert_eq!(asked[1], asked[2]);
}

#[tokio::test]
async fn every_recorded_list_of_crossref_is_a_page() {
    let Some(bodies) = bodies("crossref_rest_json", "work-list_") else {
        return;
    };
    assert_eq!(bodies.len(), 13);
    for (name, body) in bodies {
        let world = World::new(in_turn(vec![Reply::json(body)])).await;
        let target = Target::parse("ror:046rm7j60").unwrap();
        let mut pages = world
            .services
            .pages(Source::Crossref, &target, None)
            .unwrap();
        // What ends here although it counts more is walked again, and then believed.
        let page = pages.next().await.unwrap().unwrap();
        let rows: usize = name
            .trim_end_matches(".json")
            .rsplit('_')
            .next()
            .unwrap()
            .parse()
            .unwrap();
        assert_eq!(page.records.len(), rows, "{name}");
    }
}

#[tokio::test]
async fn recorded_answers_of_arxiv_are_walked_from_token_to_token() {
    let Some(bodies) = bodies("arxiv_oai_pmh", ".xml") else {
        return;
    };
    let body = |part: &str| {
        let found = bodies.iter().find(|(name, _)| name.contains(part));
        Reply::xml(found.unwrap().1.clone()).gzip()
    };
    let replies = vec![
        body("adsingest_arxiv_multi"),
        Reply::status(503).with("retry-after", "20"),
        body("fatcat_arxivraw"),
    ];
    let world = World::new(in_turn(replies)).await;
    let run = world.run(Source::Arxiv, "arxiv:math", None).await.unwrap();
    assert_eq!(run.pages, 2);
    assert!(run.records.iter().all(Result::is_ok), "{:?}", run.records);
    assert_eq!(world.asked()[0], "/oai set=math");
    assert_eq!(world.asked()[2], "/oai resumptionToken=6460044|1001");
    // By the date of the first answer, not of the second.
    world
        .run(Source::Arxiv, "arxiv:math", run.cursor.as_ref())
        .await
        .unwrap();
    assert_eq!(world.asked()[3], "/oai set=math from=2023-01-23");
}

#[tokio::test]
async fn recorded_records_of_orcid_are_read() {
    let Some(bodies) = bodies("orcid_record_json", ".json") else {
        return;
    };
    let mut people = 0;
    for (name, body) in bodies {
        // One is mistyped on purpose and cannot even be asked for.
        let Ok(target) = Target::parse(&format!("orcid:{}", &name[..19])) else {
            continue;
        };
        let world = World::new(in_turn(vec![Reply::json(body)])).await;
        let run = world
            .run(Source::Orcid, &target.to_string(), None)
            .await
            .unwrap();
        assert!(matches!(run.records[..], [Ok(Record::Person(_))]), "{name}");
        people += 1;
    }
    assert_eq!(people, 3);
}
