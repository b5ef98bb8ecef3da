//! A form that cannot be read before it is verified: the request must come from our own pages
//! (Origin, Sec-Fetch-Site) and carry the token of the session that the page was made for.

use super::answer::Fault;
use super::site::Site;
use axum::body::Bytes;
use axum::extract::{FromRequest, Request};
use axum::http::{HeaderMap, header};
use serde::Deserialize;
use serde::de::DeserializeOwned;

/// The token that the forms of this request's session carry; set by the page extractors, which run
/// before the form is read.
#[derive(Clone, Debug)]
pub struct FormToken(pub String);

/// The fields of a verified form.
pub struct Form<T>(pub T);

#[derive(Deserialize)]
struct Carried {
    #[serde(default)]
    csrf: String,
}

impl<T: DeserializeOwned> FromRequest<Site> for Form<T> {
    type Rejection = Fault;

    async fn from_request(request: Request, site: &Site) -> Result<Form<T>, Fault> {
        let token = request.extensions().get::<FormToken>().cloned().ok_or(Fault::BadForm)?;
        if !is_from_us(request.headers()) {
            return Err(Fault::BadForm);
        }
        let body = Bytes::from_request(request, site).await.map_err(|_| Fault::TooLarge)?;
        let carried: Carried = read(&body)?;
        if !is_same(&token.0, &carried.csrf) {
            return Err(Fault::BadForm);
        }
        read(&body).map(Form)
    }
}

fn read<T: DeserializeOwned>(body: &[u8]) -> Result<T, Fault> {
    serde_urlencoded::from_bytes(body).map_err(|_| Fault::BadForm)
}

/// Browsers name the page's origin on every POST; one that names another site's, or none at all
/// ("null"), is refused. Without either header the token alone decides.
pub fn is_from_us(headers: &HeaderMap) -> bool {
    let text = |name| headers.get(name).and_then(|value: &axum::http::HeaderValue| value.to_str().ok());
    if let Some(site) = text(header::HeaderName::from_static("sec-fetch-site"))
        && site != "same-origin"
    {
        return false;
    }
    match (text(header::ORIGIN), text(header::HOST)) {
        (Some(origin), Some(host)) => {
            origin.split_once("://").is_some_and(|(_, named)| named.eq_ignore_ascii_case(host))
        }
        (Some(_), None) => false,
        (None, _) => true,
    }
}

/// Compares in a time that does not tell how much was right.
fn is_same(ours: &str, given: &str) -> bool {
    !ours.is_empty()
        && ours.len() == given.len()
        && ours.bytes().zip(given.bytes()).fold(0, |differs, (one, other)| differs | (one ^ other)) == 0
}
