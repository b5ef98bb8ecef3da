//! One member of staff: roles, teams, open sessions; out of a team, out of a session.

use crate::web::answer::{self, Answer, Fault};
use crate::web::form::Form;
use crate::web::frame::{Frame, Place};
use crate::web::visit::TeamVisit;
use askama::Template;
use domain::id::{AccountId, PoolId, SessionId};
use serde::Deserialize;
use service::view::office::StaffPage;

#[derive(Template)]
#[template(path = "admin/member.html")]
pub struct MemberPage {
    pub f: Frame,
    pub member: StaffPage,
}

#[derive(Deserialize)]
pub struct LeaveForm {
    pool: PoolId,
}

#[derive(Deserialize)]
pub struct SessionsForm {
    /// One session's id, or `all`.
    session: String,
}

/// `GET /admin/staff/{account}`
pub async fn show(visit: TeamVisit) -> Answer {
    let member = visit.service().staff_member(&visit.ctx, visit.id("account")?).await?;
    answer::show(&MemberPage { f: visit.frame(Place::Staff), member })
}

/// `POST /admin/staff/{account}/leave`
pub async fn leave(visit: TeamVisit, Form(form): Form<LeaveForm>) -> Answer {
    let account: AccountId = visit.id("account")?;
    visit.service().remove_pool_member(&visit.ctx, form.pool, account).await?;
    answer::see(&format!("/admin/staff/{account}?done=member-left"))
}

/// `POST /admin/staff/{account}/sessions`
pub async fn end_sessions(visit: TeamVisit, Form(form): Form<SessionsForm>) -> Answer {
    let account: AccountId = visit.id("account")?;
    let only: Option<SessionId> = match form.session.as_str() {
        "all" => None,
        one => Some(one.parse().map_err(|_| Fault::BadForm)?),
    };
    visit.service().end_sessions(&visit.ctx, account, only).await?;
    answer::see(&format!("/admin/staff/{account}?done=sessions-ended"))
}
