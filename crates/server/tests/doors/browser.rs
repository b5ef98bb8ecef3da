//! A browser's requests, with the answer whole.

use crate::world::{Who, World};
use axum::body::{Body, to_bytes};
use axum::http::{HeaderMap, Request, StatusCode, header};
use tower::ServiceExt;

/// An answer.
pub struct Page {
    pub status: StatusCode,
    pub headers: HeaderMap,
    pub bytes: Vec<u8>,
}

impl Page {
    pub fn text(&self) -> String {
        String::from_utf8(self.bytes.clone()).unwrap()
    }

    pub fn place(&self) -> &str {
        self.header("location")
    }

    pub fn header(&self, name: &str) -> &str {
        self.headers.get(name).map_or("", |value| value.to_str().unwrap())
    }

    /// The value of the first form field of a name.
    pub fn field(&self, name: &str) -> String {
        let text = self.text();
        let start = format!("name=\"{name}\" value=\"");
        text.split(&start).nth(1).and_then(|rest| rest.split('"').next()).unwrap_or("").to_owned()
    }

    /// `name=value` of a cookie that was set.
    pub fn cookie(&self, name: &str) -> Option<String> {
        let set = self.headers.get_all(header::SET_COOKIE).iter().map(|value| value.to_str().unwrap());
        set.filter_map(|line| line.split(';').next())
            .find(|pair| pair.starts_with(&format!("{name}=")))
            .map(str::to_owned)
    }
}

/// Sends a request with these headers.
pub async fn send(world: &World, request: (&str, &str), headers: &[(&str, &str)], body: &str) -> Page {
    let mut built = Request::builder().method(request.0).uri(request.1).header(header::HOST, "localhost");
    for (name, value) in headers {
        built = built.header(*name, *value);
    }
    if request.0 == "POST" {
        built = built.header(header::CONTENT_TYPE, "application/x-www-form-urlencoded");
    }
    let response =
        world.router.clone().oneshot(built.body(Body::from(body.to_owned())).unwrap()).await.unwrap();
    let (parts, body) = response.into_parts();
    let bytes = to_bytes(body, 10_000_000).await.unwrap().to_vec();
    Page { status: parts.status, headers: parts.headers, bytes }
}

/// A signed-in person's GET.
pub async fn get(world: &World, who: Who, path: &str) -> Page {
    send(world, ("GET", path), &[("cookie", &world.browsers[&who].cookie)], "").await
}

/// A signed-in person's form, from a page of ours with its token.
pub async fn post(world: &World, who: Who, path: &str, fields: &[(&str, &str)]) -> Page {
    let browser = &world.browsers[&who];
    let mut all = vec![("csrf", browser.csrf.as_str())];
    all.extend_from_slice(fields);
    let headers = [
        ("cookie", browser.cookie.as_str()),
        ("origin", "http://localhost"),
        ("sec-fetch-site", "same-origin"),
    ];
    send(world, ("POST", path), &headers, &serde_urlencoded::to_string(all).unwrap()).await
}
