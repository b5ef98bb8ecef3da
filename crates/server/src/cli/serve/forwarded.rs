//! Who may ask over plain http: this machine itself, and trusted proxies, which speak TLS to the others.
//! `X-Forwarded-For` as handlers may believe it: only what trusted proxies say, cut to the one address
//! that counts; from this machine itself the header is taken off.

use crate::config::Proxies;
use axum::extract::{ConnectInfo, Request, State};
use axum::http::{HeaderValue, StatusCode};
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};
use std::net::SocketAddr;
use std::sync::Arc;

const HEADER: &str = "x-forwarded-for";

/// What load balancers ask, of anybody: the answer is a word about the server.
const HEALTH: &str = "/health/";

/// Refuses who is neither this machine nor a trusted proxy, and leaves the header only where it names
/// the client truly.
pub async fn resolve(State(proxies): State<Arc<Proxies>>, mut request: Request, next: Next) -> Response {
    let peer = request.extensions().get::<ConnectInfo<SocketAddr>>().map(|peer| peer.0.ip());
    let may_ask = peer.is_some_and(|peer| peer.to_canonical().is_loopback() || proxies.contains(peer));
    if !may_ask && !request.uri().path().starts_with(HEALTH) {
        let why =
            "This server speaks plain http to its proxy only. Use the address that begins with https://.";
        return (StatusCode::FORBIDDEN, why).into_response();
    }
    let said: Vec<&str> =
        request.headers().get_all(HEADER).iter().filter_map(|line| line.to_str().ok()).collect();
    let client = peer.map(|peer| (peer.to_canonical(), proxies.client(peer, &said.join(","))));
    request.headers_mut().remove(HEADER);
    if let Some((peer, client)) = client
        && client != peer
        && let Ok(value) = HeaderValue::from_str(&client.to_string())
    {
        request.headers_mut().insert(HEADER, value);
    }
    next.run(request).await
}

#[cfg(test)]
mod tests {
    use super::*;
    use axum::Router;
    use axum::body::Body;
    use axum::http::HeaderMap;
    use axum::middleware::from_fn_with_state;
    use axum::routing::get;
    use tower::ServiceExt;

    async fn answer(peer: &str, path: &str, said: &[&str]) -> (StatusCode, String) {
        let proxies = Arc::new(Proxies::parse(["10.0.0.0/8"]).unwrap());
        let page = get(|headers: HeaderMap| async move {
            headers.get_all(HEADER).iter().filter_map(|line| line.to_str().ok()).collect::<Vec<_>>().join("|")
        });
        let app = Router::new()
            .route("/", page.clone())
            .route("/health/ready", page)
            .layer(from_fn_with_state(proxies, resolve));
        let mut request = Request::builder().uri(path);
        for line in said {
            request = request.header(HEADER, *line);
        }
        let mut request = request.body(Body::empty()).unwrap();
        request.extensions_mut().insert(ConnectInfo(peer.parse::<SocketAddr>().unwrap()));
        let response = app.oneshot(request).await.unwrap();
        let status = response.status();
        let bytes = axum::body::to_bytes(response.into_body(), 1_000).await.unwrap();
        (status, String::from_utf8(bytes.to_vec()).unwrap())
    }

    async fn seen(peer: &str, said: &[&str]) -> String {
        let (status, body) = answer(peer, "/", said).await;
        assert_eq!(status, StatusCode::OK);
        body
    }

    #[tokio::test]
    async fn handlers_see_the_one_address_that_a_trusted_proxy_vouches_for() {
        assert_eq!(seen("10.0.0.1:4000", &["192.0.2.66, 198.51.100.1", "10.0.0.2"]).await, "198.51.100.1");
    }

    #[tokio::test]
    async fn handlers_see_no_header_that_this_machine_sends() {
        for here in ["127.0.0.1:4000", "[::1]:4000", "[::ffff:127.0.0.1]:4000"] {
            assert_eq!(seen(here, &["198.51.100.1"]).await, "");
        }
    }

    #[tokio::test]
    async fn who_comes_past_the_proxy_in_clear_is_refused_but_for_the_servers_health() {
        let stranger = "192.0.2.2:4000";
        let (status, body) = answer(stranger, "/", &["10.0.0.1"]).await;
        assert_eq!(status, StatusCode::FORBIDDEN);
        assert!(body.contains("https://"), "{body}");
        assert_eq!(answer(stranger, "/health/ready", &[]).await.0, StatusCode::OK);
        assert_eq!(seen("[::ffff:10.0.0.1]:4000", &["198.51.100.1"]).await, "198.51.100.1");
    }
}
