//! A new message. From a chart item it is one page: only the text to type.

use super::warning::{self, Sending, Way};
use crate::web::answer::{self, Answer, Fault};
use crate::web::form::Form;
use crate::web::frame::{Frame, Place};
use crate::web::new_thread::NewThreadForm;
use crate::web::problems::Problems;
use crate::web::visit::PatientVisit;
use askama::Template;
use axum::http::StatusCode;
use domain::draft::Subject;
use domain::id::{PoolId, ResourceId, ThreadId};
use domain::pool::Topic;
use service::drafts::DraftSlot;
use service::error::ServiceError;
use service::view::thread::{Compose, TeamChoice};
use service::view::warning::Warning;

#[derive(Template)]
#[template(path = "patient/compose.html")]
pub struct ComposePage {
    pub f: Frame,
    pub v: Compose,
    /// The team that the reader came to write to.
    pub to: Option<PoolId>,
    pub problems: Problems,
    /// What to do for the warning words that stand in the text already.
    pub warning: Option<Warning>,
}

impl ComposePage {
    /// A chart item with a name gives the subject; everything else needs one.
    fn asks_subject(&self) -> bool {
        self.v.about.as_ref().is_none_or(|about| about.title.is_empty())
    }

    fn body(&self) -> &str {
        self.v.draft.as_ref().map_or("", |draft| &draft.body)
    }

    fn subject(&self) -> String {
        let typed = self.v.draft.as_ref().map(|draft| draft.subject.clone()).filter(|text| !text.is_empty());
        match (typed, &self.v.about, &self.v.continues) {
            (Some(typed), _, _) => typed,
            (None, Some(about), _) => Subject::about(&about.title).as_str().to_owned(),
            (None, None, Some(continued)) => continued.subject.clone(),
            _ => String::new(),
        }
    }

    /// The team that is chosen already: the one asked for, the draft's, that of the conversation that goes on,
    /// the patient's own, or the first.
    fn team(&self) -> Option<&TeamChoice> {
        let drafted = self.v.draft.as_ref().and_then(|draft| draft.pool);
        let continued = self.v.continues.as_ref().map(|continued| continued.pool);
        let chosen = self.to.or(drafted).or(continued);
        let teams = &self.v.teams;
        teams
            .iter()
            .find(|team| chosen == Some(team.pool))
            .or_else(|| teams.iter().find(|team| team.is_own))
            .or(teams.first())
    }

    fn has_team(&self, team: &TeamChoice) -> bool {
        self.team().is_some_and(|chosen| chosen.pool == team.pool)
    }

    fn has_topic(&self, topic: &Topic) -> bool {
        let drafted = self.v.draft.as_ref().and_then(|draft| draft.topic);
        drafted.or(self.v.topic) == Some(topic.id)
    }
}

/// `GET /p/{person}/messages/new?about=ID&continues=ID&to=POOL`
pub async fn show(visit: PatientVisit) -> Answer {
    let (about, continues) = (visit.asked("about"), visit.asked("continues"));
    let v = visit.service().compose(&visit.ctx, visit.person, about, continues).await?;
    answer::show(&page(&visit, v, (about, continues)))
}

fn page(visit: &PatientVisit, v: Compose, about: (Option<ResourceId>, Option<ThreadId>)) -> ComposePage {
    let slot = match about {
        (Some(item), _) => DraftSlot::Item(item),
        (None, Some(thread)) => DraftSlot::Thread(thread),
        (None, None) => DraftSlot::New,
    };
    let typed = v.draft.as_ref();
    ComposePage {
        f: visit.about(&v.person, Place::Messages),
        warning: typed.and_then(|text| visit.service().warning_of(&v.person, slot, text)),
        v,
        to: visit.asked("to"),
        problems: Problems::default(),
    }
}

/// The form on its way, with all its fields, should it be held up.
fn sending(form: &NewThreadForm) -> Sending<'_> {
    let mut fields = vec![
        ("subject", form.subject.clone()),
        ("body", form.body.clone()),
        ("client_key", form.client_key.to_string()),
    ];
    let mut chosen = |name, value: Option<String>| fields.extend(value.map(|value| (name, value)));
    chosen("pool", form.pool.0.map(|pool| pool.to_string()));
    chosen("topic", form.topic.0.map(|topic| topic.to_string()));
    chosen("about", form.about.0.map(|item| item.to_string()));
    chosen("about_type", form.about.0.map(|_| form.about_type.clone()));
    chosen("about_version", form.about_version.0.map(|version| version.to_string()));
    chosen("continues", form.continues.0.map(|thread| thread.to_string()));
    let back = match (form.about.0, form.continues.0) {
        (Some(item), _) => format!("/messages/new?about={item}"),
        (None, Some(thread)) => format!("/messages/new?continues={thread}"),
        (None, None) => "/messages/new".to_owned(),
    };
    let action = "/messages/new".to_owned();
    Sending { slot: form.slot(), text: form.typed(), choice: &form.choice, action, back, fields }
}

/// `POST /p/{person}/messages/new`
pub async fn send(visit: PatientVisit, Form(mut form): Form<NewThreadForm>) -> Answer {
    let sent = match form.check() {
        Err(problems) => Err(ServiceError::Invalid(problems)),
        Ok(new) => match warning::way(&visit, sending(&form)).await {
            Err(error) => Err(error),
            Ok(Way::Hold(page)) => return warning::show(&page),
            Ok(Way::SendAdvised) => visit.service().send_new_advised(&visit.ctx, visit.person, new).await,
            Ok(Way::Send) => visit.service().send_new(&visit.ctx, visit.person, new).await,
        },
    };
    match sent {
        Ok(sent) => visit.see(&format!("/messages/{}?done=sent", sent.thread)),
        Err(ServiceError::Invalid(problems)) => {
            again(&visit, form, (StatusCode::UNPROCESSABLE_ENTITY, Problems::of(&problems))).await
        }
        Err(ServiceError::TooMany { retry_after_secs }) => {
            warning::keep_for_later(&visit, form.slot(), form.typed()).await?;
            let shown = again(&visit, form, warning::wait()).await?;
            Ok(answer::after(retry_after_secs, shown))
        }
        Err(ServiceError::Conflict(_)) => {
            // Sent before and changed since: under a key of its own it can be sent as well.
            form.client_key = visit.new_key();
            again(&visit, form, (StatusCode::CONFLICT, Problems::one("sent", "sent-before"))).await
        }
        Err(other) => Err(Fault::Service(other)),
    }
}

/// The page with what was typed.
async fn again(
    visit: &PatientVisit,
    form: NewThreadForm,
    (status, problems): (StatusCode, Problems),
) -> Answer {
    let (about, continues) = (form.about.0, form.continues.0);
    let mut v = visit.service().compose(&visit.ctx, visit.person, about, continues).await?;
    v.draft = Some(form.typed());
    let mut page = page(visit, v, (about, continues));
    page.f.client_key = form.client_key;
    page.problems = problems;
    page.to = None;
    answer::show_as(status, &page)
}
