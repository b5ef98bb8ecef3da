//! The stylesheet, the scripts and the icon, embedded. Their folder's name is a digest of all of
//! them, so browsers may keep them for ever.

use axum::extract::Path;
use axum::http::{StatusCode, header};
use axum::response::{IntoResponse, Response};
use rust_embed::RustEmbed;
use std::sync::LazyLock;

#[derive(RustEmbed)]
#[folder = "assets"]
struct Files;

static FOLDER: LazyLock<String> = LazyLock::new(|| {
    let mut digest = ring::digest::Context::new(&ring::digest::SHA256);
    let mut names: Vec<_> = Files::iter().collect();
    names.sort();
    for file in names.iter().filter_map(|name| Files::get(name)) {
        digest.update(&file.metadata.sha256_hash());
    }
    let short = digest.finish().as_ref().iter().take(6).map(|byte| format!("{byte:02x}")).collect::<String>();
    format!("/assets/{short}")
});

/// Where pages find the files.
pub fn folder() -> &'static str {
    &FOLDER
}

/// `GET /assets/{digest}/{name}`. A page of an older version may still ask under the older digest.
pub async fn file(Path((_digest, name)): Path<(String, String)>) -> Response {
    let Some(file) = Files::get(&name) else { return StatusCode::NOT_FOUND.into_response() };
    let kind = match name.rsplit('.').next() {
        Some("css") => "text/css; charset=utf-8",
        Some("js") => "text/javascript; charset=utf-8",
        Some("svg") => "image/svg+xml",
        _ => "application/octet-stream",
    };
    let headers = [
        (header::CONTENT_TYPE, kind),
        (header::CACHE_CONTROL, "public, max-age=31536000, immutable"),
        (header::X_CONTENT_TYPE_OPTIONS, "nosniff"),
    ];
    (headers, file.data.into_owned()).into_response()
}
