//! Where requests go, and where they do not.

use std::net::IpAddr;

use super::*;
use crate::ingest::sync::testing::Received;

#[tokio::test]
async fn redirects_to_what_is_not_public_are_refused_and_nothing_is_sent_there() {
    let clock = Clock::manual(0);
    let elsewhere = Server::start(&clock, |_| Reply::json(SOUND)).await;
    let port = elsewhere.address.port();
    for location in [
        elsewhere.url(),
        format!("https://127.0.0.1:{port}/"),
        format!("https://localhost:{port}/"),
        format!("http://localhost:{port}/"),
        format!("https://[::ffff:127.0.0.1]:{port}/"),
        format!("https://2130706433:{port}/"),
        "https://[::1]/".to_owned(),
        "http://169.254.169.254/latest/meta-data/".to_owned(),
        "https://169.254.169.254/latest/meta-data/".to_owned(),
        "https://10.0.0.1/".to_owned(),
        "file:///etc/passwd".to_owned(),
        "ftp://example.org/".to_owned(),
        "http://example.org/".to_owned(),
        "https://user:secret@example.org/".to_owned(),
    ] {
        let asked = Asked::with(vec![Reply::redirect(&location)]).await;
        let error = asked.get().await.unwrap_err();
        assert!(
            matches!(error, FetchError::Refused { .. }),
            "{location}: {error}"
        );
        assert!(!error.to_string().contains("secret"), "{error}");
        assert_eq!(asked.server.received().len(), 1, "{location}");
    }
    assert_eq!(elsewhere.received().len(), 0);
}

#[tokio::test]
async fn a_redirect_within_the_service_is_followed_and_a_circle_is_not() {
    let asked = Asked::with(vec![Reply::redirect("/other?x=1"), Reply::json(SOUND)]).await;
    assert_eq!(asked.get().await.unwrap(), SOUND);
    assert_eq!(asked.server.received()[1].target, "/other?x=1");
    // Each hop is a request like any other.
    assert_eq!(asked.times(), [0, 3 * SECOND]);
    let asked = Asked::with(vec![Reply::redirect("/works?page=1")]).await;
    let error = asked.get().await.unwrap_err().to_string();
    assert!(error.contains("redirects more than 5 times"), "{error}");
    assert_eq!(asked.server.received().len(), 6);
}

#[tokio::test]
async fn a_named_server_in_the_house_is_refused_unless_the_operator_allows_it() {
    let clock = Clock::manual(0);
    let server = Server::start(&clock, |_| Reply::json(SOUND)).await;
    let by_name = format!("http://localhost:{}", server.address.port());
    for url in [server.url(), by_name] {
        for (inside, sound) in [(false, false), (true, true)] {
            let manners = manners(&[&url], inside);
            let client = Client::new(manners, clock.clone(), Random::seeded(1)).unwrap();
            let before = server.received().len();
            let got = get(&client, &url).await;
            assert_eq!(got.is_ok(), sound, "{url}: {got:?}");
            assert_eq!(server.received().len() - before, usize::from(sound));
        }
    }
}

#[tokio::test]
async fn names_that_lead_into_the_house_are_refused_where_the_connection_is_made() {
    for address in [
        "127.0.0.1",
        "10.1.2.3",
        "192.168.1.1",
        "100.64.0.1",
        "169.254.169.254",
        "0.0.0.0",
        "::1",
        "fd00::1",
        "fe80::1",
        "::ffff:127.0.0.1",
        "64:ff9b::10.0.0.1",
        "2002:7f00:1::",
    ] {
        let parsed: IpAddr = address.parse().unwrap();
        let names = Names::Given(Arc::new(move |_| vec![parsed]));
        let client = Client::with_names(
            manners(&[], false),
            Clock::manual(0),
            Random::seeded(1),
            names,
        );
        let error = get(&client.unwrap(), "https://harmless.example/")
            .await
            .unwrap_err();
        assert!(
            matches!(error, FetchError::Refused { .. }),
            "{address}: {error}"
        );
        assert!(
            error
                .to_string()
                .contains("harmless.example is not on the public internet")
        );
    }
}

#[tokio::test]
async fn a_name_is_looked_up_once_for_a_connection_so_that_it_cannot_change_after_the_check() {
    let clock = Clock::manual(0);
    let server = Server::start(&clock, |_| Reply::json(SOUND)).await;
    let url = format!("http://mirror.example:{}", server.address.port());
    let lookups = Arc::new(AtomicUsize::new(0));
    let count = Arc::clone(&lookups);
    // Right the first time; afterwards where nothing may be asked.
    let names = Names::Given(Arc::new(move |_| {
        match count.fetch_add(1, Ordering::SeqCst) {
            0 => vec![
                "169.254.169.254".parse().unwrap(),
                "127.0.0.1".parse().unwrap(),
            ],
            _ => vec!["169.254.169.254".parse().unwrap()],
        }
    }));
    let manners = manners(&[&url], true);
    let client = Client::with_names(manners, clock, Random::seeded(1), names).unwrap();
    assert_eq!(get(&client, &url).await.unwrap(), SOUND);
    assert_eq!(lookups.load(Ordering::SeqCst), 1);
    let error = get(&client, &url).await.unwrap_err().to_string();
    assert!(error.contains("169.254.169.254 is link-local"), "{error}");
    assert_eq!(server.received().len(), 1);
}

#[tokio::test]
async fn a_name_that_does_not_exist_is_a_fault_that_may_pass() {
    let names = Names::Given(Arc::new(|_| Vec::new()));
    let client = Client::with_names(
        manners(&[], false),
        Clock::manual(0),
        Random::seeded(1),
        names,
    );
    let error = get(&client.unwrap(), "https://gone.example/")
        .await
        .unwrap_err()
        .to_string();
    assert!(error.contains("gone.example has no address"), "{error}");
    assert!(error.contains("4 times"), "{error}");
}

#[tokio::test]
async fn a_key_is_sent_to_its_own_service_alone_and_stands_in_no_message() {
    let clock = Clock::manual(0);
    let other = Server::start(&clock, |_| Reply::status(404)).await;
    let location = format!("{}/x?api_key=secret&page=2", other.url());
    let server = Server::start(&clock, move |received: &Received| {
        if received.path() == "/works" {
            Reply::redirect("/moved?page=2&api_key=secret")
        } else {
            Reply::redirect(&location)
        }
    })
    .await;
    for key in [
        Key::Query("api_key", "secret".to_owned()),
        Key::Bearer("secret".to_owned()),
    ] {
        let manners = manners(&[&server.url(), &other.url()], true);
        let client = Client::new(manners, clock.clone(), Random::seeded(1)).unwrap();
        let bearer = matches!(key, Key::Bearer(_));
        let ask = Ask {
            key: Some(key),
            ..ask(&format!("{}/works?page=1", server.url()))
        };
        let error = client.get(&ask, text).await.unwrap_err();
        assert!(
            !format!("{error} {error:?}").contains("secret"),
            "{error:?}"
        );
        let first = &server.received()[server.received().len() - 2..];
        for received in first {
            if bearer {
                assert_eq!(received.headers["authorization"], "Bearer secret");
            } else {
                assert_eq!(received.target.matches("api_key=secret").count(), 1);
            }
        }
        let last = other.received().pop().unwrap();
        assert!(!last.headers.contains_key("authorization"));
        assert_eq!(last.parameter("page").as_deref(), Some("2"));
        assert!(bearer || last.parameter("api_key").is_none());
    }
}

mod encrypted {
    use super::*;
    use rustls::pki_types::PrivateKeyDer;

    /// A server on `localhost` with a certificate that no authority signed, and the certificate.
    async fn server(reply: Reply) -> (Server, CertificateDer<'static>) {
        let made = rcgen::generate_simple_self_signed(["localhost".to_owned()]).unwrap();
        let certificate = made.cert.der().clone();
        let key = PrivateKeyDer::try_from(made.signing_key.serialize_der()).unwrap();
        let provider = Arc::new(rustls::crypto::ring::default_provider());
        let config = rustls::ServerConfig::builder_with_provider(provider)
            .with_safe_default_protocol_versions()
            .unwrap()
            .with_no_client_auth()
            .with_single_cert(vec![certificate.clone()], key)
            .unwrap();
        let tls = tokio_rustls::TlsAcceptor::from(Arc::new(config));
        let server = Server::with_tls(&Clock::manual(0), move |_| reply.clone(), Some(tls)).await;
        (server, certificate)
    }

    async fn ask(reply: Reply, trusted: bool) -> (Result<String, FetchError>, usize) {
        let (server, certificate) = server(reply).await;
        let url = format!("https://localhost:{}", server.address.port());
        let mut manners = manners(&[&url], true);
        if trusted {
            manners.roots.push(certificate);
        }
        let client = Client::new(manners, Clock::manual(0), Random::seeded(1)).unwrap();
        let got = get(&client, &url).await;
        (got, server.received().len())
    }

    #[tokio::test]
    async fn only_certificates_of_known_authorities_are_trusted() {
        let (got, requests) = ask(Reply::json(SOUND), false).await;
        let error = got.unwrap_err().to_string();
        assert!(error.contains("UnknownIssuer"), "{error}");
        assert_eq!(requests, 0);
        let (got, requests) = ask(Reply::json(SOUND), true).await;
        assert_eq!((got.unwrap().as_str(), requests), (SOUND, 1));
    }

    #[tokio::test]
    async fn no_redirect_leads_from_an_encrypted_connection_to_an_open_one() {
        let (got, requests) = ask(Reply::redirect("http://localhost/"), true).await;
        let error = got.unwrap_err().to_string();
        assert!(error.contains("from https to http"), "{error}");
        assert_eq!(requests, 1);
    }
}
