//! What every handler shares: the service, the clinic's words and zone, and how cookies are set.

use super::frame::Clinic;
use super::streams::Streams;
use crate::config::Proxies;
use domain::actor::Role;
use domain::language::Label;
use jiff::tz::TimeZone;
use service::service::Service;
use std::ops::Deref;
use std::sync::Arc;

/// How the pages are served.
#[derive(Clone, Debug)]
pub struct WebSettings {
    pub clinic: Clinic,
    /// The site's zone: times on pages are by the clinic's clock.
    pub zone: TimeZone,
    /// Cookies are `Secure`; false only on loopback without TLS.
    pub is_secure: bool,
    pub trusted_proxies: Proxies,
    /// The demo's doors; `None` outside a demo.
    pub demo: Option<DemoDoors>,
}

/// The demo's people, each opened with one click.
#[derive(Clone, Debug, Default)]
pub struct DemoDoors {
    /// In the order of the tour, one of each role first.
    pub people: Vec<DemoAccount>,
    /// The clinic was made more than a day ago.
    pub is_old: bool,
}

/// One made-up person with the credentials that the demo gave out.
#[derive(Clone, Debug)]
pub struct DemoAccount {
    pub name: String,
    /// What this person can do, in one line.
    pub label: Label,
    /// `None` for a patient.
    pub role: Option<Role>,
    /// The one of this role whom the tour names.
    pub is_in_tour: bool,
    pub sign_in: String,
    pub password: String,
}

/// The state of the router; clones share it.
#[derive(Clone)]
pub struct Site(Arc<Parts>);

pub struct Parts {
    pub service: Service,
    pub settings: WebSettings,
    pub streams: Streams,
}

impl Site {
    pub fn new(service: Service, settings: WebSettings) -> Site {
        Site(Arc::new(Parts { service, settings, streams: Streams::default() }))
    }
}

impl Deref for Site {
    type Target = Parts;

    fn deref(&self) -> &Parts {
        &self.0
    }
}
