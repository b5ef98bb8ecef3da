//! Where those begin who answer no messages.

use crate::web::answer::{self, Answer};
use crate::web::visit::TeamVisit;
use domain::actor::{Actor, Role};

/// The first page of an office; `None` for those who have none.
pub fn office_of(actor: &Actor) -> Option<&'static str> {
    const OFFICES: [(Role, &str); 3] = [
        (Role::Administrator, "/admin/teams"),
        (Role::PrivacyOfficer, "/admin/audit"),
        (Role::Analyst, "/study"),
    ];
    OFFICES.iter().find(|(role, _)| actor.has(*role)).map(|(_, page)| *page)
}

/// `GET /admin`
pub async fn first(visit: TeamVisit) -> Answer {
    answer::see(office_of(&visit.ctx.actor).unwrap_or("/team"))
}
