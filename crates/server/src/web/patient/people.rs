//! People: whose pages somebody may see, and, for the patient, who may see the own ones.

use crate::web::answer::{self, Answer};
use crate::web::form::Form;
use crate::web::frame::{Frame, Place};
use crate::web::visit::{AccountVisit, PatientVisit};
use askama::Template;
use domain::id::AccountId;
use serde::Deserialize;
use service::view::person::{PersonChoice, ProxyLine};

/// For whom do you want to go on?
#[derive(Template)]
#[template(path = "patient/choose.html")]
pub struct ChoosePage {
    pub f: Frame,
    pub people: Vec<PersonChoice>,
}

/// "People who can see your record".
#[derive(Template)]
#[template(path = "patient/people.html")]
pub struct PeoplePage {
    pub f: Frame,
    pub proxies: Vec<ProxyLine>,
}

#[derive(Deserialize)]
pub struct EndForm {
    account: AccountId,
}

/// `GET /people`: a choice where there is one.
pub async fn choose(visit: AccountVisit) -> Answer {
    if let [only] = visit.service().people_ids(&visit.ctx).await?[..] {
        return answer::see(&format!("/p/{only}/"));
    }
    let people = visit.service().people(&visit.ctx).await?;
    answer::show(&ChoosePage { f: visit.frame(Place::Elsewhere), people })
}

/// `GET /p/{person}/people`
pub async fn list(visit: PatientVisit) -> Answer {
    let (person, proxies) = visit.service().proxies(&visit.ctx, visit.person).await?;
    answer::show(&PeoplePage { f: visit.about(&person, Place::More), proxies })
}

/// `POST /p/{person}/people/end`
pub async fn end(visit: PatientVisit, Form(form): Form<EndForm>) -> Answer {
    visit.service().end_proxy(&visit.ctx, visit.person, form.account).await?;
    visit.see("/people?done=proxy-ended")
}
