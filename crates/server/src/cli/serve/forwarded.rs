//! `X-Forwarded-For` as handlers may believe it: only what trusted proxies say, cut to the one
//! address that counts; from anybody else the header is taken off.

use crate::config::Proxies;
use axum::extract::{ConnectInfo, Request, State};
use axum::http::HeaderValue;
use axum::middleware::Next;
use axum::response::Response;
use std::net::SocketAddr;
use std::sync::Arc;

const HEADER: &str = "x-forwarded-for";

/// Leaves the header only where it names the client truly.
pub async fn resolve(State(proxies): State<Arc<Proxies>>, mut request: Request, next: Next) -> Response {
    let peer = request.extensions().get::<ConnectInfo<SocketAddr>>().map(|peer| peer.0.ip());
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

    async fn seen(peer: &str, said: &[&str]) -> String {
        let proxies = Arc::new(Proxies::parse(["10.0.0.0/8"]).unwrap());
        let page = get(|headers: HeaderMap| async move {
            headers.get_all(HEADER).iter().filter_map(|line| line.to_str().ok()).collect::<Vec<_>>().join("|")
        });
        let app = Router::new().route("/", page).layer(from_fn_with_state(proxies, resolve));
        let mut request = Request::builder().uri("/");
        for line in said {
            request = request.header(HEADER, *line);
        }
        let mut request = request.body(Body::empty()).unwrap();
        request.extensions_mut().insert(ConnectInfo(peer.parse::<SocketAddr>().unwrap()));
        let response = app.oneshot(request).await.unwrap();
        let bytes = axum::body::to_bytes(response.into_body(), 1_000).await.unwrap();
        String::from_utf8(bytes.to_vec()).unwrap()
    }

    #[tokio::test]
    async fn handlers_see_the_one_address_that_a_trusted_proxy_vouches_for() {
        assert_eq!(seen("10.0.0.1:4000", &["192.0.2.66, 198.51.100.1", "10.0.0.2"]).await, "198.51.100.1");
    }

    #[tokio::test]
    async fn handlers_see_no_header_of_a_stranger() {
        assert_eq!(seen("203.0.113.9:4000", &["198.51.100.1"]).await, "");
    }
}
