//! A request before sign-in: its forms are bound to a cookie of their own, so that nobody can sign a
//! visitor in to somebody else's account from another site.

use super::answer::{self, Answer, Fault};
use super::cookie;
use super::form::FormToken;
use super::frame::{Done, Frame, Place};
use super::request::RequestInfo;
use super::site::Site;
use super::visit::read_query;
use crate::words::Voice;
use askama::Template;
use axum::extract::{ConnectInfo, FromRequestParts};
use axum::http::request::Parts;
use axum::http::{StatusCode, header};
use axum::response::{IntoResponse, Redirect, Response};
use domain::actor::Door;
use domain::id::ClientKey;
use domain::language::Language;
use service::sign_ins::{SignedIn, SignedInHome};
use std::net::{IpAddr, Ipv4Addr, SocketAddr};

/// Where addresses behind the team's door begin.
pub const TEAM_DOOR: [&str; 3] = ["/team", "/admin", "/study"];

/// A visitor whom we do not know.
pub struct OpenVisit {
    pub site: Site,
    pub language: Language,
    /// The client's address, for the lock-out.
    pub address: IpAddr,
    /// Session cookies that the browser holds already, of the patient's and the team's door.
    pub tokens: [Option<String>; 2],
    cookie: String,
    is_new: bool,
    nonce: String,
    query: Vec<(String, String)>,
}

impl FromRequestParts<Site> for OpenVisit {
    type Rejection = Fault;

    async fn from_request_parts(parts: &mut Parts, site: &Site) -> Result<OpenVisit, Fault> {
        let info = RequestInfo::of(parts)?;
        let query = read_query(parts);
        let chosen = query.iter().find(|(name, _)| name == "lang").map(|(_, tag)| tag.as_str());
        let language = chosen.and_then(Language::from_tag).unwrap_or_else(|| info.language());
        info.speaks(language);
        let known = cookie::read(&parts.headers, cookie::OPEN).filter(|value| value.len() == 64);
        let (cookie, is_new) = match known {
            Some(known) => (known.to_owned(), false),
            None => (cookie::secret().ok_or_else(|| Fault::Internal("no randomness".to_owned()))?, true),
        };
        parts.extensions.insert(FormToken(cookie::form_token(&cookie)));
        let token = |door| cookie::read(&parts.headers, cookie::name_of(door)).map(str::to_owned);
        Ok(OpenVisit {
            site: site.clone(),
            language,
            address: address(parts, site),
            tokens: [token(Door::Patient), token(Door::Team)],
            cookie,
            is_new,
            nonce: info.nonce,
            query,
        })
    }
}

fn address(parts: &Parts, site: &Site) -> IpAddr {
    let peer = parts.extensions.get::<ConnectInfo<SocketAddr>>().map(|info| info.0.ip());
    let forwarded = parts.headers.get("x-forwarded-for").and_then(|value| value.to_str().ok()).unwrap_or("");
    site.settings.trusted_proxies.client(peer.unwrap_or(IpAddr::V4(Ipv4Addr::LOCALHOST)), forwarded)
}

impl OpenVisit {
    /// A value behind the question mark.
    pub fn asked(&self, name: &str) -> Option<&str> {
        self.query.iter().find(|(known, _)| known == name).map(|(_, value)| value.as_str())
    }

    pub fn frame(&self) -> Frame {
        let settings = &self.site.settings;
        let now = self.site.service.now();
        Frame {
            voice: Voice::new(self.language, settings.zone.clone(), now),
            clinic: settings.clinic.clone(),
            person: None,
            place: Place::Elsewhere,
            csrf: cookie::form_token(&self.cookie),
            nonce: self.nonce.clone(),
            done: self.asked("done").and_then(Done::from_word),
            reader: String::new(),
            roles: Vec::new(),
            leads: false,
            client_key: ClientKey(self.site.service.ids.mint(now)),
        }
    }

    /// A page, with the cookie that its forms are bound to.
    pub fn show(&self, page: &impl Template) -> Answer {
        self.show_as(StatusCode::OK, page)
    }

    pub fn show_as(&self, status: StatusCode, page: &impl Template) -> Answer {
        let mut response = answer::show_as(status, page)?;
        if self.is_new {
            self.give(&mut response, cookie::OPEN, &self.cookie);
        }
        Ok(response)
    }

    /// Signed in: the door's cookie, and on to `next` or to the first page.
    pub fn enter(&self, signed_in: &SignedIn, next: &str) -> Answer {
        let (door, home) = match signed_in.home {
            SignedInHome::Patient(person) => (Door::Patient, format!("/p/{person}/")),
            SignedInHome::People => (Door::Patient, "/people".to_owned()),
            SignedInHome::Team => (Door::Team, "/team".to_owned()),
        };
        let is_there = match door {
            Door::Team => TEAM_DOOR.iter().any(|part| next.starts_with(part)),
            _ if signed_in.home == SignedInHome::People => next.starts_with("/p/"),
            _ => next.starts_with(&home),
        };
        let goes_on = answer::is_ours(next) && is_there;
        let mut response = Redirect::to(if goes_on { next } else { &home }).into_response();
        self.give(&mut response, cookie::name_of(door), &signed_in.token);
        Ok(response)
    }

    fn give(&self, response: &mut Response, name: &str, value: &str) {
        if let Some(cookie) = cookie::set(&self.site, name, value) {
            response.headers_mut().append(header::SET_COOKIE, cookie);
        }
    }
}
