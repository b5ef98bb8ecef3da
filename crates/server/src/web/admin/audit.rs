//! The audit: searched by patient, by member of staff, by day; and the emergencies. An address holds ids
//! and a day: a record number and a name go in a form's body.

use crate::web::answer::{self, Answer, Fault};
use crate::web::form::Form;
use crate::web::frame::{Frame, Place};
use crate::web::problems::Problems;
use crate::web::visit::TeamVisit;
use askama::Template;
use axum::http::StatusCode;
use domain::audit::{AuditAction, AuditOutcome};
use domain::id::{AccountId, PatientId};
use jiff::civil::Date;
use serde::Deserialize;
use service::audit_search::AuditWords;
use service::error::ServiceError;
use service::page::{Cursor, Page};
use service::view::audit::{AuditLine, AuditPage, AuditSearch};

#[derive(Template)]
#[template(path = "admin/audit.html")]
pub struct AuditListPage {
    pub f: Frame,
    pub found: AuditPage,
    pub form: AuditForm,
    pub problems: Problems,
    pub is_further: bool,
}

#[derive(Template)]
#[template(path = "admin/emergencies.html")]
pub struct EmergenciesPage {
    pub f: Frame,
    pub lines: Page<AuditLine>,
    pub is_further: bool,
}

#[derive(Clone, Debug, Default, Deserialize)]
pub struct AuditForm {
    #[serde(default)]
    pub patient: String,
    #[serde(default)]
    pub staff: String,
    /// ISO; empty for any day.
    #[serde(default)]
    pub day: String,
}

/// The address of a search.
fn address(
    patient: Option<PatientId>,
    staff: Option<AccountId>,
    day: Option<Date>,
    after: Option<Cursor>,
) -> String {
    let pairs = [
        patient.map(|patient| format!("patient={patient}")),
        staff.map(|staff| format!("staff={staff}")),
        day.map(|day| format!("day={day}")),
        after.map(|after| format!("after={after}")),
    ];
    let pairs: Vec<String> = pairs.into_iter().flatten().collect();
    if pairs.is_empty() { "/admin/audit".to_owned() } else { format!("/admin/audit?{}", pairs.join("&")) }
}

impl AuditListPage {
    fn is_narrowed(&self) -> bool {
        self.found.patient.is_some() || self.found.account.is_some() || self.found.day.is_some()
    }

    fn patient(&self) -> Option<PatientId> {
        self.found.patient.as_ref().map(|known| known.patient)
    }

    fn staff(&self) -> Option<AccountId> {
        self.found.account.as_ref().map(|(id, _)| *id)
    }

    fn without_patient(&self) -> String {
        address(None, self.staff(), self.found.day, None)
    }

    fn without_staff(&self) -> String {
        address(self.patient(), None, self.found.day, None)
    }

    fn without_day(&self) -> String {
        address(self.patient(), self.staff(), None, None)
    }

    /// The same search, of this patient.
    fn of_patient(&self, patient: &PatientId) -> String {
        address(Some(*patient), self.staff(), self.found.day, None)
    }

    /// The same search, of this member of staff.
    fn of_staff(&self, staff: &AccountId) -> String {
        address(self.patient(), Some(*staff), self.found.day, None)
    }

    fn next(&self, after: &Cursor) -> String {
        address(self.patient(), self.staff(), self.found.day, Some(*after))
    }

    fn first(&self) -> String {
        address(self.patient(), self.staff(), self.found.day, None)
    }

    fn day_words(&self, day: &Date) -> String {
        self.f.iso(&day.to_string())
    }
}

impl EmergenciesPage {
    fn of_patient(&self, patient: &PatientId) -> String {
        address(Some(*patient), None, None, None)
    }

    fn of_staff(&self, staff: &AccountId) -> String {
        address(None, Some(*staff), None, None)
    }
}

/// `GET /admin/audit?patient=ID&staff=ID&day=DATE&after=CURSOR`
pub async fn show(visit: TeamVisit) -> Answer {
    let found = found(&visit).await?;
    let day = found.day.map(|day| day.to_string()).unwrap_or_default();
    let form = AuditForm { day, ..AuditForm::default() };
    let is_further = visit.after().is_some();
    let f = visit.frame(Place::Audit);
    answer::show(&AuditListPage { f, found, form, problems: Problems::default(), is_further })
}

async fn found(visit: &TeamVisit) -> Result<AuditPage, Fault> {
    let search = AuditSearch {
        patient: visit.asked("patient"),
        account: visit.asked("staff"),
        day: visit.asked("day"),
        after: visit.after(),
    };
    Ok(visit.service().audit(&visit.ctx, search).await?)
}

/// `POST /admin/audit`
pub async fn search(visit: TeamVisit, Form(form): Form<AuditForm>) -> Answer {
    let words = AuditWords { patient: form.patient.clone(), staff: form.staff.clone() };
    match visit.service().find_in_audit(&visit.ctx, words).await {
        Ok((patient, staff)) => answer::see(&address(patient, staff, form.day.parse().ok(), None)),
        Err(ServiceError::Invalid(problems)) => {
            let page = AuditListPage {
                found: found(&visit).await?,
                f: visit.frame(Place::Audit),
                form,
                problems: Problems::of(&problems),
                is_further: false,
            };
            answer::show_as(StatusCode::UNPROCESSABLE_ENTITY, &page)
        }
        Err(other) => Err(Fault::Service(other)),
    }
}

/// `GET /admin/audit/emergencies?after=CURSOR`
pub async fn emergencies(visit: TeamVisit) -> Answer {
    let lines = visit.service().emergencies(&visit.ctx, visit.after()).await?;
    let is_further = visit.after().is_some();
    answer::show(&EmergenciesPage { f: visit.frame(Place::Emergencies), lines, is_further })
}
