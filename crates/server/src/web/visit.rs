//! The page extractors: who visits, at which door, about whom. A handler gets everything about its
//! request from one of these, and builds its page's frame with it.

use super::answer::{self, Answer, Fault};
use super::cookie;
use super::form::FormToken;
use super::frame::{Clinic, Done, Frame, Place};
use super::request::RequestInfo;
use super::site::Site;
use crate::words::Voice;
use axum::extract::{FromRequestParts, RawPathParams};
use axum::http::Method;
use axum::http::request::Parts;
use domain::actor::Door;
use domain::id::{ClientKey, PatientId};
use service::ctx::Ctx;
use service::page::Cursor;
use service::service::Service;
use service::sessions::Session;
use service::view::person::Person;
use std::ops::Deref;
use std::str::FromStr;

/// A signed-in request, at either door.
pub struct Visit {
    pub site: Site,
    pub session: Session,
    pub ctx: Ctx,
    info: RequestInfo,
    params: Vec<(String, String)>,
    query: Vec<(String, String)>,
}

/// A request at the patient's door, about the person of its address.
pub struct PatientVisit {
    visit: Visit,
    pub person: PatientId,
}

/// A request at the patient's door that is about nobody yet.
pub struct AccountVisit(Visit);

/// A request at the team's door.
pub struct TeamVisit(Visit);

impl Visit {
    async fn begin(parts: &mut Parts, site: &Site, door: Door) -> Result<Visit, Fault> {
        let info = RequestInfo::of(parts)?;
        let token = cookie::read(&parts.headers, cookie::name_of(door)).unwrap_or("");
        let session = match token {
            "" => None,
            token => site.service.session(door, token).await?,
        };
        let Some(session) = session else { return Err(sign_in_first(parts, &info, door)) };
        info.speaks(session.language);
        parts.extensions.insert(FormToken(session.csrf.clone()));
        let ctx = Ctx { actor: session.actor.clone(), now: site.service.now(), request: info.id };
        let params = RawPathParams::from_request_parts(parts, site).await.map_err(|_| Fault::NOT_FOUND)?;
        let params = params.iter().map(|(name, value)| (name.to_owned(), value.to_owned())).collect();
        let query = read_query(parts);
        Ok(Visit { site: site.clone(), session, ctx, info, params, query })
    }

    pub fn service(&self) -> &Service {
        &self.site.service
    }

    /// An id of the address; what is no id is a miss.
    pub fn id<T: FromStr>(&self, name: &str) -> Result<T, Fault> {
        self.word(name).parse().map_err(|_| Fault::NOT_FOUND)
    }

    /// A word of the address.
    pub fn word(&self, name: &str) -> &str {
        self.params.iter().find(|(known, _)| known == name).map_or("", |(_, value)| value)
    }

    /// A value behind the question mark; what cannot be read counts as absent.
    pub fn asked<T: FromStr>(&self, name: &str) -> Option<T> {
        self.query.iter().find(|(known, _)| known == name).and_then(|(_, value)| value.parse().ok())
    }

    /// Where the next page of a list begins.
    pub fn after(&self) -> Option<Cursor> {
        self.asked("after")
    }

    /// A fresh key for a form.
    pub fn new_key(&self) -> ClientKey {
        ClientKey(self.site.service.ids.mint(self.ctx.now))
    }

    /// The voice of a page about nobody.
    pub fn voice(&self) -> Voice {
        Voice::new(self.session.language, self.site.settings.zone.clone(), self.ctx.now)
    }

    /// The frame of a page about nobody.
    pub fn frame(&self, place: Place) -> Frame {
        Frame {
            voice: self.voice(),
            clinic: self.site.settings.clinic.clone(),
            person: None,
            place,
            csrf: self.session.csrf.clone(),
            nonce: self.info.nonce.clone(),
            done: self.asked::<String>("done").and_then(|word| Done::from_word(&word)),
            reader: self.session.name.clone(),
            roles: self.session.actor.staff.iter().map(|held| held.role).collect(),
            leads: !self.session.actor.leads.is_empty(),
            client_key: self.new_key(),
        }
    }
}

impl PatientVisit {
    /// The frame of a page about a person.
    pub fn about(&self, person: &Person, place: Place) -> Frame {
        let frame = self.visit.frame(place);
        let voice = frame.voice.clone().about(person.relation, &person.called);
        let clinic = Clinic { name: person.clinic.clone(), phone: person.clinic_phone.clone() };
        Frame { voice, clinic, person: Some(person.clone()), ..frame }
    }

    /// 303 to a page of this person.
    pub fn see(&self, rest: &str) -> Answer {
        answer::see(&format!("/p/{}{rest}", self.person))
    }
}

impl Deref for PatientVisit {
    type Target = Visit;

    fn deref(&self) -> &Visit {
        &self.visit
    }
}

impl Deref for AccountVisit {
    type Target = Visit;

    fn deref(&self) -> &Visit {
        &self.0
    }
}

impl Deref for TeamVisit {
    type Target = Visit;

    fn deref(&self) -> &Visit {
        &self.0
    }
}

impl FromRequestParts<Site> for PatientVisit {
    type Rejection = Fault;

    async fn from_request_parts(parts: &mut Parts, site: &Site) -> Result<PatientVisit, Fault> {
        let visit = Visit::begin(parts, site, Door::Patient).await?;
        let person = visit.id("person")?;
        Ok(PatientVisit { visit, person })
    }
}

impl FromRequestParts<Site> for AccountVisit {
    type Rejection = Fault;

    async fn from_request_parts(parts: &mut Parts, site: &Site) -> Result<AccountVisit, Fault> {
        Visit::begin(parts, site, Door::Patient).await.map(AccountVisit)
    }
}

impl FromRequestParts<Site> for TeamVisit {
    type Rejection = Fault;

    async fn from_request_parts(parts: &mut Parts, site: &Site) -> Result<TeamVisit, Fault> {
        Visit::begin(parts, site, Door::Team).await.map(TeamVisit)
    }
}

/// To the sign-in page, and afterwards back to this address where it can be asked for again.
fn sign_in_first(parts: &Parts, info: &RequestInfo, door: Door) -> Fault {
    let next = if parts.method == Method::GET { info.path.clone() } else { String::new() };
    Fault::SignIn { door, next }
}

/// The pairs behind the question mark.
pub fn read_query(parts: &Parts) -> Vec<(String, String)> {
    serde_urlencoded::from_str(parts.uri.query().unwrap_or("")).unwrap_or_default()
}
