//! The hot statements, as the program runs them.

use super::{MAYA, NOON, POOL, ROSA, noon, thread};
use domain::actor::Door;
use domain::audit::{AuditAction, AuditDetail, AuditEvent, AuditOutcome};
use domain::id::{AuditId, ClientKey, MessageId, OutboxId, PatientId, RequestId, ResourceId};
use domain::inbox::View;
use jiff::Timestamp;
use store::audit_search::AuditAsk;
use store::db::{StoreError, Tx};
use store::inbox::PageAsk;
use store::thread_reader::Reader;
use store::vault::Vault;
use store::{params, pool_word};
use uuid::Uuid;

pub type Work = fn(&mut Tx<'_>, &Vault) -> Result<(), StoreError>;

pub const HOT: [(&str, Work); 10] = [
    ("a page of each view of an inbox", inbox_pages),
    ("the counts beside an inbox and a patient's unread", counts),
    ("threads and their messages", threads),
    ("the postings of a message search", postings),
    ("a section of a chart", section),
    ("patients found by a name and a birth date", patients),
    ("a session and a draft", sessions),
    ("a denial that repeats itself, and who has looked", audit),
    ("the audit searched by patient, by person, by day, and its emergencies", audit_search),
    ("notices that are due", notices),
];

pub fn ask(view: View) -> PageAsk {
    // A place in the middle: the second page.
    PageAsk { pool: POOL, view, me: MAYA, after: Some((NOON - 2_000_000, thread(9))), now: noon(), limit: 51 }
}

pub fn inbox_pages(tx: &mut Tx<'_>, _: &Vault) -> Result<(), StoreError> {
    for view in View::ALL {
        // Every row is sealed for nobody here: only the statement is looked at.
        let (sql, params) = ask(view).statement();
        tx.query(&sql, &params, |_| Ok(()))?;
        let first = PageAsk { after: None, limit: 1, ..ask(view) };
        store::inbox::first_of(tx, &first, thread(1))?;
    }
    Ok(())
}

pub fn counts(tx: &mut Tx<'_>, _: &Vault) -> Result<(), StoreError> {
    for view in View::ALL {
        store::inbox::count_of(tx, (POOL, view), MAYA, noon())?;
    }
    store::inbox::pools_of(tx, ROSA)?;
    store::thread_reader::unread(tx, ROSA, Reader { account: MAYA, on_behalf_of: None })?;
    Ok(())
}

pub fn threads(tx: &mut Tx<'_>, _: &Vault) -> Result<(), StoreError> {
    store::thread::patient_of(tx, thread(5))?;
    store::thread::page(tx, ROSA, Some((NOON - 5, thread(400))), 51)?;
    store::thread::load(tx, ROSA, thread(0))?;
    let place = (ROSA, thread(0));
    store::thread_reader::last_read(tx, place, Reader { account: MAYA, on_behalf_of: None })?;
    tx.query(
        "SELECT seq FROM message WHERE patient_id = $1 AND thread_id = $2 ORDER BY seq",
        params![ROSA, thread(0)],
        |_| Ok(()),
    )?;
    store::message::newest_each(tx, &[place])?;
    store::message::first_sent_at(tx)?;
    store::message::writers(tx, noon(), noon())?;
    store::message::at(tx, (ROSA, thread(0), 1))?;
    store::message::before(tx, ROSA, (NOON, MessageId(Uuid::max())), 51)?;
    store::message::sent_with(tx, MAYA, ClientKey(Uuid::from_u128(11)))?;
    store::message::seen_by(tx, place, (domain::message::Side::Patient, 2), noon())?;
    Ok(())
}

pub fn postings(tx: &mut Tx<'_>, _: &Vault) -> Result<(), StoreError> {
    let found = pool_word::before(tx, (POOL, 7), (NOON, thread(9), 3), 500)?;
    if let [newest, .., oldest] = &found[..] {
        pool_word::between(tx, (POOL, 8), (newest, oldest), 500)?;
        pool_word::have(tx, (POOL, 8), &found)?;
    } else {
        panic!("the store holds such a word more than once");
    }
    Ok(())
}

pub fn section(tx: &mut Tx<'_>, _: &Vault) -> Result<(), StoreError> {
    let middle = Some((NOON - 3, ResourceId(Uuid::max())));
    assert!(!store::resource::section(tx, (ROSA, "results"), middle, 51)?.is_empty());
    store::resource::section_between(tx, (ROSA, "results"), (NOON, NOON + 1), 51)?;
    store::resource::section_age(tx, ROSA, "results")?;
    store::resource_reader::opened_by_staff(tx, (ROSA, ResourceId(Uuid::from_u128(0x5000_0000))))?;
    store::resource::load(tx, ROSA, ResourceId(Uuid::from_u128(0x5000_0000)))?;
    store::resource::with_token(tx, 5)?;
    Ok(())
}

pub fn patients(tx: &mut Tx<'_>, _: &Vault) -> Result<(), StoreError> {
    store::patient_token::with_all(tx, &[vec![7]], ROSA, 51)?;
    store::patient_token::with_all(tx, &[vec![7], vec![8, 11]], ROSA, 51)?;
    Ok(())
}

pub fn sessions(tx: &mut Tx<'_>, _: &Vault) -> Result<(), StoreError> {
    store::session::by_token(tx, &[0; 32])?;
    store::session::of_account(tx, MAYA)?;
    let place = store::draft::DraftPlace { account: MAYA, patient: ROSA, slot: thread(0).0 };
    store::draft::discard(tx, &place)
}

pub fn audit(tx: &mut Tx<'_>, vault: &Vault) -> Result<(), StoreError> {
    let event = AuditEvent {
        id: AuditId(Uuid::from_u128(1_800_000_000_000 << 80)),
        patient: PatientId::ORGANISATION,
        at: noon(),
        account: Some(MAYA),
        role: None,
        door: Door::Team,
        purpose: domain::actor::PurposeOfUse::Treatment,
        action: AuditAction::SignIn,
        outcome: AuditOutcome::Denied,
        object: None,
        request: RequestId(Uuid::nil()),
        detail: AuditDetail::default(),
    };
    store::audit::record(tx, vault, &event)?;
    let before = Some(AuditId(Uuid::max()));
    let routine = [AuditAction::ReadHome];
    let ask = store::looked::LookedAsk { patient: ROSA, before, reader: MAYA, routine: &routine, limit: 51 };
    store::looked::page(tx, &ask).map(drop)
}

fn audit_search(tx: &mut Tx<'_>, _: &Vault) -> Result<(), StoreError> {
    let ask = AuditAsk { limit: 200, ..AuditAsk::default() };
    let day = Some((Timestamp::from_microsecond(NOON - 1_000_000_000).unwrap(), noon()));
    let before = Some((noon(), AuditId(Uuid::max())));
    for ask in [
        ask,
        AuditAsk { patient: Some(ROSA), ..ask },
        AuditAsk { account: Some(MAYA), before, ..ask },
        AuditAsk { during: day, before, ..ask },
        AuditAsk { account: Some(MAYA), during: day, ..ask },
        AuditAsk { during: day, is_emergency: true, ..ask },
    ] {
        store::audit_search::page(tx, &ask)?;
    }
    Ok(())
}

pub fn notices(tx: &mut Tx<'_>, _: &Vault) -> Result<(), StoreError> {
    let claimed = store::outbox::claim(tx, noon(), 20)?;
    assert_eq!(claimed.len(), 20);
    store::outbox::delivered(tx, OutboxId(claimed[0].id.0))
}
