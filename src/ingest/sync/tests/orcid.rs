use super::*;

const ADA: &str = "orcid:0000-0002-1825-0097";

pub(super) fn record() -> Reply {
    Reply::json(
        r#"{"orcid-identifier":{"path":"0000-0002-1825-0097"},
        "person":{"name":{"given-names":{"value":"Ada"},"family-name":{"value":"Berg"}}},"activities-summary":{}}"#,
    )
}

#[tokio::test]
async fn a_record_is_fetched_whole_each_time() {
    let world = World::with_settings(
        |_| record(),
        |settings| {
            settings.orcid_token = Some(Secret::new("token"));
        },
    );
    let world = world.await;
    let run = world.run(Source::Orcid, ADA, None).await.unwrap();
    let [Ok(Record::Person(person))] = &run.records[..] else {
        panic!("{:?}", run.records);
    };
    assert_eq!(person.name.display(), "Ada Berg");
    let again = world
        .run(Source::Orcid, ADA, run.cursor.as_ref())
        .await
        .unwrap();
    assert_eq!(again.records.len(), 1);
    assert_eq!(world.asked(), ["/v3.0/0000-0002-1825-0097/record "; 2]);
    let received = &world.server.received()[0];
    assert_eq!(received.headers["authorization"], "Bearer token");
    assert_eq!(received.headers["accept"], "application/json");
}

#[tokio::test]
async fn without_a_token_none_is_sent() {
    let world = World::new(|_| record()).await;
    world.run(Source::Orcid, ADA, None).await.unwrap();
    assert!(
        !world.server.received()[0]
            .headers
            .contains_key("authorization")
    );
}

#[tokio::test]
async fn a_record_that_is_gone_or_closed_is_told_in_a_sentence() {
    let gone = World::new(|_| Reply::new(404, "application/json", "{}")).await;
    let error = gone.failure(Source::Orcid, ADA).await;
    assert_eq!(error, "ORCID knows no orcid:0000-0002-1825-0097.");
    let closed = World::new(|_| {
        let said = r#"{"response-code":409,"user-message":"The record is locked."}"#;
        Reply::new(409, "application/json", said)
    });
    let error = closed.await.failure(Source::Orcid, ADA).await;
    assert_eq!(
        error,
        "ORCID gives no records of orcid:0000-0002-1825-0097: the record is closed: The record is locked."
    );
}

#[tokio::test]
async fn a_record_that_is_cut_off_is_asked_for_again() {
    let mut cut = record();
    cut.body.truncate(60);
    let world = World::new(in_turn(vec![cut, record()])).await;
    let run = world.run(Source::Orcid, ADA, None).await.unwrap();
    assert_eq!(run.keys().len(), 1);
}
