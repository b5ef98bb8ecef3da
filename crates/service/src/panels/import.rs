//! Taking a site's own list over: good lines go in together, in one transaction; bad ones are told.

use super::file::{self, Line};
use crate::ctx::Ctx;
use crate::error::ServiceError;
use crate::pools::pool_named;
use crate::service::Service;
use domain::access::{Capability, Item};
use domain::audit::AuditAction;
use domain::id::{PatientId, PoolId};
use jiff::Timestamp;
use jiff::tz::TimeZone;
use std::collections::HashMap;
use store::account::practitioner_token;
use store::db::Tx;
use store::empanelment::{self, Empanelment, Placed};
use store::vault::Vault;
use store::{organisation, reference};

/// What came of a list.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct PanelImport {
    pub added: u64,
    pub unchanged: u64,
    /// In the order of their lines.
    pub refused: Vec<RefusedLine>,
}

/// A line that was not taken. The reason repeats nothing of what stands in it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct RefusedLine {
    pub line: u64,
    pub reason: &'static str,
}

/// Names that were looked up before, since lists repeat pools and providers.
#[derive(Default)]
struct Known {
    pools: HashMap<String, Option<PoolId>>,
    providers: HashMap<String, Result<i64, &'static str>>,
}

impl Service {
    /// Takes a CSV text over: `patient,provider,pool,from,until,source`.
    pub async fn import_panels(&self, ctx: &Ctx, text: Vec<u8>) -> Result<PanelImport, ServiceError> {
        let zone = self.zone().await?;
        let (lines, mut refused) = match file::read(&text, &zone) {
            Ok(read) => read,
            Err(header) => (Vec::new(), vec![header]),
        };
        let act = self.act(ctx, AuditAction::DerivePanel);
        let mut done = self
            .change(act, move |tx, act| {
                act.allow(tx, Capability::ManageSettings, Item::default())?;
                let vault = act.vault.clone();
                let (mut done, mut known) = (PanelImport::default(), Known::default());
                for line in &lines {
                    match take(tx, &vault, &mut known, line)? {
                        Ok(Placed::Added) => done.added += 1,
                        Ok(Placed::Unchanged) => done.unchanged += 1,
                        Ok(Placed::Overlaps) => done.refuse(line, "another row covers a part of this time"),
                        Err(reason) => done.refuse(line, reason),
                    }
                }
                act.detail().count = i64::try_from(done.added).ok();
                Ok(done)
            })
            .await?;
        done.refused.extend(refused.drain(..).map(|(line, reason)| RefusedLine { line, reason }));
        done.refused.sort_by_key(|refused| refused.line);
        Ok(done)
    }

    /// A moment as an operator writes it: a day in the organisation's zone, or an RFC 3339 time.
    pub async fn moment(&self, text: &str) -> Result<Option<Timestamp>, ServiceError> {
        Ok(file::moment(text, &self.zone().await?))
    }

    async fn zone(&self) -> Result<TimeZone, ServiceError> {
        let home = self.store.db.read(organisation::load).await?.ok_or(ServiceError::NotFound)?;
        TimeZone::get(&home.time_zone)
            .map_err(|_| ServiceError::Internal("the organisation's time zone".into()))
    }
}

impl PanelImport {
    fn refuse(&mut self, line: &Line, reason: &'static str) {
        self.refused.push(RefusedLine { line: line.number, reason });
    }
}

fn take(
    tx: &mut Tx<'_>,
    vault: &Vault,
    known: &mut Known,
    line: &Line,
) -> Result<Result<Placed, &'static str>, ServiceError> {
    let patient = match patient(tx, vault, &line.patient)? {
        Ok(patient) => patient,
        Err(reason) => return Ok(Err(reason)),
    };
    let pool = match known.pools.get(&line.pool) {
        Some(pool) => *pool,
        None => {
            let pool = pool_named(tx, &line.pool)?.map(|pool| pool.id);
            known.pools.insert(line.pool.clone(), pool);
            pool
        }
    };
    let Some(pool) = pool else { return Ok(Err("no active pool, or more than one, has this id or label")) };
    let practitioner = match provider(tx, vault, known, &line.provider)? {
        Ok(practitioner) => practitioner,
        Err(reason) => return Ok(Err(reason)),
    };
    let (from, until, source) = (line.from, line.until, line.source);
    Ok(Ok(empanelment::insert(tx, &Empanelment { patient, pool, practitioner, from, until, source })?))
}

fn patient(
    tx: &mut Tx<'_>,
    vault: &Vault,
    text: &str,
) -> Result<Result<PatientId, &'static str>, ServiceError> {
    Ok(match reference::patients(tx, vault, text)?[..] {
        [patient] => Ok(patient),
        [] => Err("no patient has this identifier"),
        _ => Err("more than one patient has this identifier"),
    })
}

fn provider(
    tx: &mut Tx<'_>,
    vault: &Vault,
    known: &mut Known,
    text: &str,
) -> Result<Result<Option<i64>, &'static str>, ServiceError> {
    if text.is_empty() {
        return Ok(Ok(None));
    }
    if let Some(found) = known.providers.get(text) {
        return Ok(found.map(Some));
    }
    let found = match reference::practitioners(tx, vault, text)?[..] {
        [practitioner] => Ok(practitioner_token(vault.organisation().blind(), practitioner)),
        [] => Err("no practitioner has this NPI or id"),
        _ => Err("more than one practitioner has this NPI or id"),
    };
    known.providers.insert(text.to_owned(), found);
    Ok(found.map(Some))
}
