//! The team begins a conversation with a patient.

use crate::web::answer::{self, Answer, Fault};
use crate::web::form::Form;
use crate::web::frame::{Frame, Place};
use crate::web::new_thread::NewThreadForm;
use crate::web::problems::Problems;
use crate::web::visit::TeamVisit;
use askama::Template;
use axum::http::StatusCode;
use domain::draft::DraftText;
use domain::id::{PatientId, PoolId, TopicId};
use domain::pool::Topic;
use service::error::ServiceError;
use service::view::inbox::PoolChoice;
use service::view::person::Banner;

#[derive(Template)]
#[template(path = "team/compose.html")]
pub struct TeamComposePage {
    pub f: Frame,
    pub b: Banner,
    pub pools: Vec<PoolChoice>,
    pub topics: Vec<Topic>,
    pub draft: DraftText,
    pub problems: Problems,
}

impl TeamComposePage {
    fn has_pool(&self, pool: &PoolId) -> bool {
        self.draft.pool == Some(*pool)
    }

    fn has_topic(&self, topic: &TopicId) -> bool {
        self.draft.topic == Some(*topic)
    }
}

/// `GET /team/patients/{patient}/messages/new`
pub async fn show(visit: TeamVisit) -> Answer {
    answer::show(&load(&visit).await?)
}

async fn load(visit: &TeamVisit) -> Result<TeamComposePage, Fault> {
    let patient: PatientId = visit.id("patient")?;
    let (b, pools, topics, draft) = visit.service().team_compose(&visit.ctx, patient).await?;
    let f = visit.frame(Place::Patients);
    Ok(TeamComposePage {
        f,
        b,
        pools,
        topics,
        draft: draft.unwrap_or_default(),
        problems: Problems::default(),
    })
}

/// `POST /team/patients/{patient}/messages/new`
pub async fn send(visit: TeamVisit, Form(mut form): Form<NewThreadForm>) -> Answer {
    let patient: PatientId = visit.id("patient")?;
    let sent = match form.check() {
        Err(problems) => Err(ServiceError::Invalid(problems)),
        Ok(new) => visit.service().begin(&visit.ctx, patient, new).await,
    };
    match sent {
        Ok(sent) => answer::see(&format!("/team/threads/{}?view=waiting&done=sent", sent.thread)),
        Err(ServiceError::Invalid(problems)) => {
            again(&visit, &form, (StatusCode::UNPROCESSABLE_ENTITY, Problems::of(&problems))).await
        }
        Err(ServiceError::Conflict(_)) => {
            // Sent before and changed since: under a key of its own it can be sent as well.
            form.client_key = visit.new_key();
            again(&visit, &form, (StatusCode::CONFLICT, Problems::one("sent", "sent-before"))).await
        }
        Err(other) => Err(Fault::Service(other)),
    }
}

/// The page with what was typed.
async fn again(
    visit: &TeamVisit,
    form: &NewThreadForm,
    (status, problems): (StatusCode, Problems),
) -> Answer {
    let mut page = load(visit).await?;
    page.f.client_key = form.client_key;
    page.draft = form.typed();
    page.problems = problems;
    answer::show_as(status, &page)
}
