//! The audit as the privacy officer searches it. What many rows say of one act is one line; the words of
//! messages and the names of results stay where they are. Reading it is audited under those it names.

use crate::about;
use crate::acts::Act;
use crate::ctx::Ctx;
use crate::error::ServiceError;
use crate::page::{Cursor, PAGE, Page};
use crate::service::Service;
use crate::view::audit::{AuditLine, AuditPage, AuditPatient, AuditSearch};
use domain::access::{Capability, Item};
use domain::account::SignInName;
use domain::audit::{AuditAction, AuditObject};
use domain::draft::FieldProblem;
use domain::id::{AccountId, AuditId, PatientId};
use jiff::civil::Date;
use jiff::tz::TimeZone;
use jiff::{SignedDuration, Timestamp, ToSpan};
use std::collections::HashMap;
use store::account::{open_profile, sign_in_token};
use store::audit_search::{AuditAsk, AuditRow};
use store::db::Tx;
use store::{account, reference};

/// How far back the list of emergencies goes.
pub const EMERGENCIES_WITHIN: SignedDuration = SignedDuration::from_hours(24 * 30);
const ROWS: usize = 200;
/// Rows read for one page at most; the next page goes on from there.
const MOST_ROWS: usize = 2_000;

/// What was typed into the search.
#[derive(Clone, Debug, Default)]
pub struct AuditWords {
    /// A record number.
    pub patient: String,
    /// A sign-in name, or a part of the name.
    pub staff: String,
}

/// A line in the making.
struct Line {
    row: AuditRow,
    patients: Vec<PatientId>,
    times: i64,
}

impl Line {
    /// Rows of one call differ in their patients only.
    fn takes(&self, row: &AuditRow) -> bool {
        let same = |row: &AuditRow| (row.request, row.account, row.action, row.outcome, row.at);
        same(&self.row) == same(row)
    }
}

impl Service {
    /// A page of what the search finds, newest first.
    pub async fn audit(&self, ctx: &Ctx, search: AuditSearch) -> Result<AuditPage, ServiceError> {
        self.read(self.act(ctx, AuditAction::ReadAudit), move |tx, act| {
            let object = search.account.map(|account| (AuditObject::Account, account.0));
            act.about(search.patient.unwrap_or(PatientId::ORGANISATION), object);
            act.detail().query = search.day.map(|day| day.to_string());
            act.allow(tx, Capability::ReadAudit, Item::default())?;
            let ask = AuditAsk {
                patient: search.patient,
                account: search.account,
                during: during(tx, search.day)?,
                ..asked(search.after)
            };
            let lines = page(tx, act, ask)?;
            let patient = search.patient.map(|patient| named(tx, act, patient)).transpose()?;
            let account = match search.account {
                Some(id) => Some((id, names(tx, act, &[id])?.remove(&id).ok_or(ServiceError::NotFound)?)),
                None => None,
            };
            Ok(AuditPage { patient, account, day: search.day, lines })
        })
        .await
    }

    /// Emergency openings and attempts of the last 30 days, newest first.
    pub async fn emergencies(
        &self,
        ctx: &Ctx,
        after: Option<Cursor>,
    ) -> Result<Page<AuditLine>, ServiceError> {
        self.read(self.act(ctx, AuditAction::ReadAudit), move |tx, act| {
            act.detail().what = Some("emergencies".into());
            act.allow(tx, Capability::ReadAudit, Item::default())?;
            let from = act.now.checked_sub(EMERGENCIES_WITHIN).unwrap_or(Timestamp::MIN);
            let ask = AuditAsk { during: Some((from, Timestamp::MAX)), is_emergency: true, ..asked(after) };
            page(tx, act, ask)
        })
        .await
    }

    /// Whom the typed words mean; each that means nobody, or more than one, is a problem of its field.
    pub async fn find_in_audit(
        &self,
        ctx: &Ctx,
        words: AuditWords,
    ) -> Result<(Option<PatientId>, Option<AccountId>), ServiceError> {
        let mut act = self.act(ctx, AuditAction::ReadAudit);
        act.detail().query =
            Some(format!("{} {}", words.patient.trim(), words.staff.trim()).trim().to_owned());
        self.read(act, move |tx, act| {
            act.allow(tx, Capability::ReadAudit, Item::default())?;
            let (patient, staff) = (patient_of(tx, act, &words.patient)?, staff_of(tx, act, &words.staff)?);
            let problems: Vec<FieldProblem> =
                [patient.as_ref().err(), staff.as_ref().err()].into_iter().flatten().copied().collect();
            match (patient, staff) {
                (Ok(patient), Ok(staff)) => Ok((patient, staff)),
                _ => Err(ServiceError::Invalid(problems)),
            }
        })
        .await
    }
}

type Meant<T> = Result<Option<T>, FieldProblem>;

fn patient_of(tx: &mut Tx<'_>, act: &Act, words: &str) -> Result<Meant<PatientId>, ServiceError> {
    if words.trim().is_empty() {
        return Ok(Ok(None));
    }
    let vault = act.vault.clone();
    Ok(match reference::patients(tx, &vault, words)?.as_slice() {
        [one] => Ok(Some(*one)),
        _ => Err(FieldProblem::RecordUnknown),
    })
}

fn staff_of(tx: &mut Tx<'_>, act: &Act, words: &str) -> Result<Meant<AccountId>, ServiceError> {
    let words = words.trim().to_lowercase();
    if words.is_empty() {
        return Ok(Ok(None));
    }
    let keys = act.vault.organisation();
    if let Ok(name) = SignInName::parse(&words)
        && let Some(known) = account::by_sign_in(tx, sign_in_token(keys.blind(), &name))?
    {
        return Ok(Ok(Some(known.id)));
    }
    let mut found = Vec::new();
    for known in account::staff(tx, act.now)? {
        if open_profile(keys, &known)?.name.to_lowercase().contains(&words) {
            found.push(known.id);
        }
    }
    Ok(match found.as_slice() {
        [one] => Ok(Some(*one)),
        [] => Err(FieldProblem::StaffUnknown),
        _ => Err(FieldProblem::StaffNotOne),
    })
}

fn asked(after: Option<Cursor>) -> AuditAsk {
    let before =
        after.and_then(|after| Some((Timestamp::from_microsecond(after.at).ok()?, AuditId(after.id))));
    AuditAsk { before, limit: ROWS, ..AuditAsk::default() }
}

/// A day of the organisation's zone, as moments.
fn during(tx: &mut Tx<'_>, day: Option<Date>) -> Result<Option<(Timestamp, Timestamp)>, ServiceError> {
    let Some(day) = day else { return Ok(None) };
    let zone = about::zone(tx)?;
    let starts = |day: Date, zone: &TimeZone| day.to_zoned(zone.clone()).map(|at| at.timestamp()).ok();
    let next = day.checked_add(1.day()).ok();
    Ok(starts(day, &zone).zip(next.and_then(|next| starts(next, &zone))))
}

fn page(tx: &mut Tx<'_>, act: &mut Act, mut ask: AuditAsk) -> Result<Page<AuditLine>, ServiceError> {
    let mut lines: Vec<Line> = Vec::with_capacity(PAGE);
    let mut next = None;
    'read: for _ in 0..MOST_ROWS / ROWS {
        let rows = store::audit_search::page(tx, &ask)?;
        let is_last = rows.len() < ROWS;
        for row in rows {
            let place = (row.at, row.id);
            match lines.iter().rposition(|line| line.takes(&row)) {
                Some(at) => lines[at].patients.push(row.patient),
                None if lines.len() == PAGE => break 'read,
                None => lines.push(Line { times: row.repeats, patients: vec![row.patient], row }),
            }
            ask.before = Some(place);
            next = Some(Cursor { at: place.0.as_microsecond(), id: place.1.0 });
        }
        if is_last {
            next = None;
            break;
        }
    }
    Ok(Page { items: told(tx, act, lines)?, next })
}

fn told(tx: &mut Tx<'_>, act: &mut Act, lines: Vec<Line>) -> Result<Vec<AuditLine>, ServiceError> {
    let concerned = |row: &AuditRow| match row.object {
        Some((AuditObject::Account, id)) => Some(AccountId(id)).filter(|id| row.account != Some(*id)),
        _ => None,
    };
    let mut accounts: Vec<AccountId> = lines.iter().filter_map(|line| line.row.account).collect();
    accounts.extend(lines.iter().filter_map(|line| concerned(&line.row)));
    let names = names(tx, act, &accounts)?;
    let mut patients: HashMap<PatientId, AuditPatient> = HashMap::new();
    let mut told = Vec::with_capacity(lines.len());
    for Line { row, patients: of, times } in lines {
        let patient = of.iter().copied().find(|patient| !patient.is_organisation());
        if let Some(patient) = patient
            && !patients.contains_key(&patient)
        {
            patients.insert(patient, named(tx, act, patient)?);
        }
        let vault = act.vault.clone();
        let detail = row.detail(tx, &vault)?;
        let finds_person = matches!(row.action, AuditAction::FindPatient | AuditAction::BreakGlass);
        let is_section = row.action == AuditAction::ReadChart;
        let (section, what) = if is_section { (detail.what, None) } else { (None, detail.what) };
        told.push(AuditLine {
            at: row.at,
            account: row.account,
            who: row.account.map_or(detail.operator, |id| names.get(&id).cloned()),
            role: row.role,
            door: row.door,
            action: row.action,
            outcome: row.outcome,
            patient: patient.and_then(|patient| patients.get(&patient).cloned()),
            more_patients: i64::try_from(of.len()).unwrap_or(i64::MAX) - 1,
            concerned: concerned(&row).and_then(|id| names.get(&id).cloned()),
            section,
            what: what.filter(|_| row.action == AuditAction::RemoveMember),
            query: detail.query.filter(|_| finds_person),
            reason: detail.reason,
            times,
        });
    }
    act.show(patients.into_keys());
    Ok(told)
}

fn names(
    tx: &mut Tx<'_>,
    act: &Act,
    accounts: &[AccountId],
) -> Result<HashMap<AccountId, String>, ServiceError> {
    Ok(account::names(tx, act.vault.organisation(), accounts)?)
}

fn named(tx: &mut Tx<'_>, act: &Act, patient: PatientId) -> Result<AuditPatient, ServiceError> {
    let vault = act.vault.clone();
    let card = store::patient::card(tx, &vault, patient)?;
    let (name, mrn) = card.map_or((None, None), |card| (Some(card.name), card.mrn));
    Ok(AuditPatient { patient, name, mrn })
}
