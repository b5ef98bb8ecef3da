//! What handlers share: the service, the words, and how this server is reached. (The plumbing beside
//! this file - cookies, guard, headers, answer, router - is the one way in for every page.)

use service::Service;
use std::sync::Arc;

/// How this server is reached.
#[derive(Clone, Debug, Default)]
pub struct Reached {
    /// Cookies are `Secure`: all but plain http on loopback.
    pub is_secure: bool,
    /// `https://chart.example.org`, without a path; requests from other origins are refused.
    pub public_url: Option<String>,
    /// Whether `X-Forwarded-For` is believed.
    pub behind_proxy: bool,
}

/// Handed to every handler.
#[derive(Clone)]
pub struct Web {
    pub service: Service,
    pub reached: Arc<Reached>,
    /// The doors of a demo; `None` on a real server.
    pub demo: Option<Arc<crate::demo::Doors>>,
}
