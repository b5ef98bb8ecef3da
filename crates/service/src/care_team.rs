//! Who takes care of the patient: the teams that can be written to, and the people of the record.

use crate::acts::Act;
use crate::charts::{date, opened, source};
use crate::compose;
use crate::ctx::Ctx;
use crate::error::ServiceError;
use crate::reading::Reading;
use crate::service::Service;
use crate::view::chart::Section;
use crate::view::person::Person;
use crate::view::record::{CareMember, CareTeamLine, CareTeams};
use crate::view::thread::TeamChoice;
use domain::id::{PatientId, PoolId};
use fhir::project::Section as Part;
use fhir::project::care_team::{self, Member};
use fhir::reference::Reference;
use store::db::Tx;

impl Service {
    /// The patient's care team.
    pub async fn care_team(&self, ctx: &Ctx, person: PatientId) -> Result<(Person, CareTeams), ServiceError> {
        self.section(ctx, person, Part::CareTeams, move |tx, act, reading| {
            let teams = compose::teams(tx, act, person)?;
            let mut lines = Vec::new();
            for (stored, json) in opened(tx, reading, Part::CareTeams)? {
                let Some(found) = care_team::project(&json, &reading.zone) else { continue };
                let mut members = Vec::with_capacity(found.members.len());
                for member in found.members {
                    members.push(shown(tx, act, (reading, &teams), member)?);
                }
                lines.push(CareTeamLine {
                    resource: stored.resource,
                    name: found.name,
                    is_active: found.is_active,
                    since: found.since.as_ref().map(date),
                    reasons: reading.all_named(found.reasons),
                    members,
                });
            }
            lines.sort_by_key(|line| !line.is_active);
            Ok(CareTeams { teams, record: record(tx, reading, lines)? })
        })
        .await
    }
}

fn record(
    tx: &mut Tx<'_>,
    reading: &Reading,
    lines: Vec<CareTeamLine>,
) -> Result<Section<CareTeamLine>, ServiceError> {
    Ok(Section { lines, source: source(tx, reading, Part::CareTeams)? })
}

/// A member, with the team through which a message reaches them.
fn shown(
    tx: &mut Tx<'_>,
    act: &Act,
    (reading, teams): (&Reading, &[TeamChoice]),
    member: Member,
) -> Result<CareMember, ServiceError> {
    let pool = match member.reference.as_deref().and_then(Reference::parse) {
        Some(Reference::Relative { resource_type: "Practitioner", id, .. }) => pool(tx, act, teams, id)?,
        _ => None,
    };
    Ok(CareMember {
        name: member.name,
        roles: reading.all_named(member.roles),
        is_organisation: member.is_organisation,
        pool,
    })
}

/// The first of the patient's teams to which a practitioner of the record belongs.
fn pool(
    tx: &mut Tx<'_>,
    act: &Act,
    teams: &[TeamChoice],
    practitioner: &str,
) -> Result<Option<PoolId>, ServiceError> {
    let blind = act.vault.organisation().blind();
    for (_, resource) in store::resource_directory::everywhere(tx, blind, "Practitioner", practitioner)? {
        let token = store::account::practitioner_token(blind, resource);
        let Some(account) = store::account::by_practitioner(tx, token)? else { continue };
        let pools = store::pool::of_account(tx, account.id, act.now)?;
        if let Some(team) = teams.iter().find(|team| pools.contains(&team.pool)) {
            return Ok(Some(team.pool));
        }
    }
    Ok(None)
}
