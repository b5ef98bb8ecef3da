//! Cookies: one per door, so that a patient and a member of staff can be signed in side by side, and
//! one before sign-in, which its forms are bound to (RFC 6265).

use super::site::Site;
use axum::http::{HeaderMap, HeaderValue, header};
use domain::actor::Door;
use ring::rand::{SecureRandom, SystemRandom};

/// Bound to forms before sign-in.
pub const OPEN: &str = "samechart_open";

/// The session cookie of a door.
pub fn name_of(door: Door) -> &'static str {
    if door == Door::Team { "samechart_team" } else { "samechart_patient" }
}

/// The value of a cookie of the request.
pub fn read<'a>(headers: &'a HeaderMap, name: &str) -> Option<&'a str> {
    headers
        .get_all(header::COOKIE)
        .iter()
        .filter_map(|value| value.to_str().ok())
        .flat_map(|line| line.split(';'))
        .filter_map(|pair| pair.trim().split_once('='))
        .find(|(given, _)| *given == name)
        .map(|(_, value)| value)
}

/// A cookie that ends with the browser; an empty value takes it away.
pub fn set(site: &Site, name: &str, value: &str) -> Option<HeaderValue> {
    let secure = if site.settings.is_secure { "; Secure" } else { "" };
    let gone = if value.is_empty() { "; Max-Age=0" } else { "" };
    HeaderValue::from_str(&format!("{name}={value}; Path=/; HttpOnly; SameSite=Lax{secure}{gone}")).ok()
}

/// 256 bits that nobody can guess, as hex; `None` where the system has no randomness.
pub fn secret() -> Option<String> {
    let mut bytes = [0u8; 32];
    SystemRandom::new().fill(&mut bytes).ok()?;
    Some(hex(&bytes))
}

/// The form token that goes with a pre-session cookie; the cookie cannot be found from it.
pub fn form_token(cookie: &str) -> String {
    let digest = ring::digest::digest(&ring::digest::SHA256, format!("samechart form {cookie}").as_bytes());
    hex(digest.as_ref())
}

fn hex(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}
