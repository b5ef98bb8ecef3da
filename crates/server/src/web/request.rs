//! One request: its id, its nonce, and the language that its reader turned out to have.

use axum::extract::{Request, State};
use axum::http::request::Parts;
use axum::http::{HeaderMap, HeaderName, HeaderValue, Method, header};
use axum::middleware::Next;
use axum::response::{IntoResponse, Redirect, Response};
use base64::Engine;
use domain::id::RequestId;
use domain::language::Language;
use std::sync::{Arc, OnceLock};

use super::answer::{self, Fault};
use super::cookie;
use super::site::Site;

/// In the extensions of every request.
#[derive(Clone, Debug)]
pub struct RequestInfo {
    pub id: RequestId,
    /// As the browser asked for it.
    pub path: String,
    /// Of the page's script element.
    pub nonce: String,
    language: Arc<OnceLock<Language>>,
    wanted: Language,
}

impl RequestInfo {
    /// The circumstances of a request, for extractors.
    pub fn of(parts: &Parts) -> Result<RequestInfo, Fault> {
        let info = parts.extensions.get::<RequestInfo>().cloned();
        info.ok_or_else(|| Fault::Internal("a request without its wrapper".to_owned()))
    }

    /// The signed-in person's language, or the browser's.
    pub fn language(&self) -> Language {
        self.language.get().copied().unwrap_or(self.wanted)
    }

    /// Told by whoever finds the session.
    pub fn speaks(&self, language: Language) {
        let _ = self.language.set(language);
    }
}

/// The first language of ours that the browser asks for (RFC 9110, 12.5.4, without weights).
fn wanted(headers: &HeaderMap) -> Language {
    let accepted = headers.get(header::ACCEPT_LANGUAGE).and_then(|value| value.to_str().ok()).unwrap_or("");
    accepted.split(',').find_map(|tag| Language::from_tag(tag.trim())).unwrap_or_default()
}

/// Wraps every request: gives it id and nonce, turns faults into pages, sets the headers of safety.
pub async fn wrap(State(site): State<Site>, mut request: Request, next: Next) -> Response {
    if let Some(away) = to_localhost(&site, &request) {
        return away;
    }
    let now = site.service.now();
    let info = RequestInfo {
        id: RequestId(site.service.ids.mint(now)),
        path: request.uri().path().to_owned(),
        nonce: cookie::secret().map(|secret| secret[..24].to_owned()).unwrap_or_default(),
        language: Arc::default(),
        wanted: wanted(request.headers()),
    };
    request.extensions_mut().insert(info.clone());
    let mut response = next.run(request).await;
    if let Some(fault) = response.extensions_mut().remove::<Fault>() {
        response = answer::page(&site, &info, &info.path, fault);
    }
    guard(&mut response, &info);
    response
}

/// A page that stands alone and brings its style along: the policy of its answer allows this style by its digest, and
/// nothing else (Content Security Policy Level 3, 8.4).
#[derive(Clone, Debug)]
pub struct OwnStyle(Vec<String>);

impl OwnStyle {
    /// The digests of a page's style elements.
    pub fn of(html: &str) -> OwnStyle {
        let styles = html.split("<style>").skip(1).filter_map(|rest| rest.split("</style>").next());
        let digest = |style: &str| {
            base64::engine::general_purpose::STANDARD
                .encode(ring::digest::digest(&ring::digest::SHA256, style.as_bytes()))
        };
        OwnStyle(styles.map(digest).collect())
    }

    fn policy(&self) -> String {
        let styles: Vec<String> = self.0.iter().map(|digest| format!("'sha256-{digest}'")).collect();
        let styles = if styles.is_empty() { "'none'".to_owned() } else { styles.join(" ") };
        format!(
            "default-src 'none'; style-src {styles}; form-action 'none'; base-uri 'none'; frame-ancestors 'none'"
        )
    }
}

fn guard(response: &mut Response, info: &RequestInfo) {
    let policy = match response.extensions().get::<OwnStyle>() {
        Some(own) => own.policy(),
        None => format!(
            "default-src 'none'; script-src 'nonce-{}'; style-src 'self'; img-src 'self'; connect-src 'self'; \
             form-action 'self'; base-uri 'none'; frame-ancestors 'none'",
            info.nonce
        ),
    };
    let headers = response.headers_mut();
    let fixed = [
        (header::X_CONTENT_TYPE_OPTIONS, "nosniff"),
        (header::REFERRER_POLICY, "same-origin"),
        (HeaderName::from_static("cross-origin-opener-policy"), "same-origin"),
        (HeaderName::from_static("permissions-policy"), "camera=(), microphone=(), geolocation=()"),
    ];
    for (name, value) in fixed {
        headers.insert(name, HeaderValue::from_static(value));
    }
    headers.entry(header::CACHE_CONTROL).or_insert(HeaderValue::from_static("no-store"));
    if let Ok(policy) = HeaderValue::from_str(&policy) {
        headers.insert(header::CONTENT_SECURITY_POLICY, policy);
    }
    if let Ok(id) = HeaderValue::from_str(&info.id.to_string()) {
        headers.insert(HeaderName::from_static("x-request-id"), id);
    }
}

/// Passkeys need a name: on loopback, pages live at `localhost`.
fn to_localhost(site: &Site, request: &Request) -> Option<Response> {
    if site.settings.is_secure || request.method() != Method::GET {
        return None;
    }
    let host = request.headers().get(header::HOST)?.to_str().ok()?;
    let port = host.strip_prefix("127.0.0.1:")?;
    let path = request.uri().path_and_query().map_or("/", |path| path.as_str());
    if path.starts_with("/health") || path.starts_with("/assets") || path.starts_with("/fhir") {
        return None;
    }
    Some(Redirect::temporary(&format!("http://localhost:{port}{path}")).into_response())
}
