//! What happens around every request.

use std::net::{IpAddr, Ipv4Addr, SocketAddr};
use std::sync::{Arc, OnceLock};

use axum::body::to_bytes;
use axum::extract::{ConnectInfo, Request, State};
use axum::http::{HeaderMap, HeaderValue, StatusCode, header};
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};
use leptos::server_fn::error::SERVER_FN_ERROR_HEADER;

use crate::error::AppError;
use crate::infra::context::{App, Cx};
use crate::infra::session;

/// Puts the [`Cx`] of the request into its extensions: who asks, from where.
pub async fn context(State(app): State<Arc<App>>, mut request: Request, next: Next) -> Response {
    let headers = request.headers();
    let peer = request
        .extensions()
        .get::<ConnectInfo<SocketAddr>>()
        .map_or(IpAddr::V4(Ipv4Addr::LOCALHOST), |c| c.0.ip());
    let ip = client_ip(peer, headers, &app.config.trusted_proxies);
    let cookies = headers
        .get_all(header::COOKIE)
        .iter()
        .filter_map(|v| v.to_str().ok())
        .collect::<Vec<_>>()
        .join("; ");
    let user_agent = headers
        .get(header::USER_AGENT)
        .and_then(|v| v.to_str().ok())
        .unwrap_or_default()
        .to_owned();
    let viewer = match session::token_from_cookies(&cookies, app.config.secure()) {
        None => None,
        Some(token) => match session::lookup(&app.db, token, app.clock.now()).await {
            Ok(viewer) => viewer,
            Err(error) => {
                tracing::error!(%error, "session");
                return StatusCode::SERVICE_UNAVAILABLE.into_response();
            }
        },
    };
    let theme = cookies.split(';').find_map(|pair| match pair.trim() {
        "theme=light" => Some("light"),
        "theme=dark" => Some("dark"),
        _ => None,
    });
    let personal = viewer.is_some();
    let content_policy = Arc::new(OnceLock::new());
    request.extensions_mut().insert(Cx {
        app,
        viewer,
        ip,
        user_agent,
        theme,
        content_policy: content_policy.clone(),
    });
    let mut response = next.run(request).await;
    let headers = response.headers_mut();
    match content_policy
        .get()
        .map(|policy| HeaderValue::from_str(policy))
    {
        Some(Ok(policy)) => {
            headers.insert(header::CONTENT_SECURITY_POLICY, policy);
        }
        Some(Err(error)) => tracing::error!(%error, "a page's content policy"),
        None => {}
    }
    if !headers.contains_key(header::CACHE_CONTROL) {
        headers.insert(
            header::CACHE_CONTROL,
            HeaderValue::from_static(if personal {
                "private, no-store"
            } else {
                "no-cache"
            }),
        );
        headers.append(header::VARY, HeaderValue::from_static("cookie"));
    }
    response
}

/// Gives a server function's refusal its own status. A form that cannot be read is refused before our code runs, and the
/// framework then says 500, as if the mistake were ours.
pub async fn refusals(request: Request, next: Next) -> Response {
    let response = next.run(request).await;
    if response.status() != StatusCode::INTERNAL_SERVER_ERROR
        || !response.headers().contains_key(SERVER_FN_ERROR_HEADER)
    {
        return response;
    }
    let (mut parts, body) = response.into_parts();
    // The body is the refusal as JSON: a few dozen bytes.
    let Ok(bytes) = to_bytes(body, 64 * 1024).await else {
        return StatusCode::INTERNAL_SERVER_ERROR.into_response();
    };
    if let Ok(error) = serde_json::from_slice::<AppError>(&bytes)
        && let Ok(status) = StatusCode::from_u16(error.status())
    {
        parts.status = status;
    }
    Response::from_parts(parts, bytes.into())
}

/// A plain form comes back to the page that it stood on. The framework takes its own marks out of that address and
/// leaves the bare `?` behind, which would be a second address for the same page.
pub async fn tidy_redirects(request: Request, next: Next) -> Response {
    let mut response = next.run(request).await;
    let tidy = response
        .headers()
        .get(header::LOCATION)
        .and_then(|location| location.as_bytes().strip_suffix(b"?"))
        .and_then(|location| HeaderValue::from_bytes(location).ok());
    if let Some(location) = tidy {
        response.headers_mut().insert(header::LOCATION, location);
    }
    response
}

/// The client's address: the peer's, unless the peer is a believed proxy; then the last entry of
/// X-Forwarded-For that is not such a proxy itself.
fn client_ip(peer: IpAddr, headers: &HeaderMap, trusted: &[IpAddr]) -> IpAddr {
    if !trusted.contains(&peer) {
        return peer;
    }
    headers
        .get_all("x-forwarded-for")
        .iter()
        .filter_map(|v| v.to_str().ok())
        .flat_map(|v| v.split(','))
        .filter_map(|part| part.trim().parse().ok())
        .rfind(|ip: &IpAddr| !trusted.contains(ip))
        .unwrap_or(peer)
}

/// Headers that every response carries; the content policy of pages is set where the nonce is known.
pub async fn security_headers(request: Request, next: Next) -> Response {
    let mut response = next.run(request).await;
    let headers = response.headers_mut();
    let mut put = |name, value| {
        if !headers.contains_key(&name) {
            headers.insert(name, HeaderValue::from_static(value));
        }
    };
    put(
        header::CONTENT_SECURITY_POLICY,
        "default-src 'none'; style-src 'self'; img-src 'self'; frame-ancestors 'none'; base-uri 'none'; form-action 'self'",
    );
    put(header::X_CONTENT_TYPE_OPTIONS, "nosniff");
    put(header::X_FRAME_OPTIONS, "DENY");
    put(header::REFERRER_POLICY, "strict-origin-when-cross-origin");
    put(
        header::HeaderName::from_static("cross-origin-opener-policy"),
        "same-origin",
    );
    put(
        header::HeaderName::from_static("cross-origin-resource-policy"),
        "same-origin",
    );
    put(
        header::HeaderName::from_static("permissions-policy"),
        "camera=(), geolocation=(), microphone=(), payment=(), usb=()",
    );
    response
}

#[cfg(test)]
mod tests {
    use super::*;

    fn forwarded(value: &'static str) -> HeaderMap {
        HeaderMap::from_iter([(
            header::HeaderName::from_static("x-forwarded-for"),
            HeaderValue::from_static(value),
        )])
    }

    #[test]
    fn a_stranger_cannot_choose_its_address() {
        let peer = "203.0.113.9".parse().unwrap();
        let proxy = "127.0.0.1".parse().unwrap();
        assert_eq!(client_ip(peer, &forwarded("198.51.100.1"), &[proxy]), peer);
    }

    #[test]
    fn behind_a_believed_proxy_the_last_foreign_entry_counts() {
        let proxy = "127.0.0.1".parse().unwrap();
        let client: IpAddr = "198.51.100.1".parse().unwrap();
        assert_eq!(
            client_ip(
                proxy,
                &forwarded("192.0.2.66, 198.51.100.1, 127.0.0.1"),
                &[proxy]
            ),
            client
        );
        assert_eq!(client_ip(proxy, &HeaderMap::new(), &[proxy]), proxy);
    }
}
