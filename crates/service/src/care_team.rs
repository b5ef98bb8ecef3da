//! Who takes care of the patient: the teams that can be written to, and the people of the record.

use crate::acts::Act;
use crate::charts::{date, opened, source};
use crate::compose;
use crate::ctx::Ctx;
use crate::error::ServiceError;
use crate::reading::{Reading, referrer};
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
use store::resource_directory::Referrer;

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
                    let by = referrer(&stored, &json);
                    members.push(shown(tx, act, (reading, &teams), (by, member))?);
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
    (by, member): (Option<Referrer<'_>>, Member),
) -> Result<CareMember, ServiceError> {
    let pool = match (by, member.reference.as_deref().and_then(Reference::parse)) {
        (Some(by), Some(Reference::Relative { resource_type: "Practitioner", id, .. })) => {
            pool(tx, act, teams, (by, id))?
        }
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
    (by, practitioner): (Referrer<'_>, &str),
) -> Result<Option<PoolId>, ServiceError> {
    let blind = act.vault.organisation().blind();
    let place = store::resource_directory::beside(tx, blind, by, ("Practitioner", practitioner))?;
    let Some((_, resource)) = place else { return Ok(None) };
    let token = store::account::practitioner_token(blind, resource);
    let Some(account) = store::account::by_practitioner(tx, token)? else { return Ok(None) };
    let pools = store::pool::of_account(tx, account.id, act.now)?;
    Ok(teams.iter().find(|team| pools.contains(&team.pool)).map(|team| team.pool))
}
