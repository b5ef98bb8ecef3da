//! Every hot query is served by an index and needs no sort, on both databases: the statements that
//! really run are explained, on tables that are large enough for a choice.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

use domain::actor::Door;
use domain::audit::{AuditAction, AuditDetail, AuditEvent, AuditOutcome};
use domain::id::{
    AccountId, AuditId, ClientKey, MessageId, OutboxId, PatientId, PoolId, RequestId, ResourceId, ThreadId,
};
use domain::inbox::View;
use jiff::Timestamp;
use std::collections::BTreeMap;
use std::sync::Arc;
use store::Store;
use store::audit_search::AuditAsk;
use store::db::{Db, Engine, StoreError, Tx, Value};
use store::inbox::PageAsk;
use store::keys::{RootKey, RootKeys};
use store::testing::each_migrated;
use store::thread_reader::Reader;
use store::vault::Vault;
use store::{params, pool_word};
use uuid::Uuid;

const PATIENTS: u128 = 400;
const THREADS_EACH: u128 = 10;
const POOL: PoolId = PoolId(Uuid::from_u128(1));
const MAYA: AccountId = AccountId(Uuid::from_u128(2));
const ROSA: PatientId = PatientId(Uuid::from_u128(0x1_0000));
const NOON: i64 = 1_800_000_000_000_000;

fn noon() -> Timestamp {
    Timestamp::from_microsecond(NOON).unwrap()
}

fn patient(n: u128) -> PatientId {
    PatientId(Uuid::from_u128(0x1_0000 + n))
}

fn thread(n: u128) -> ThreadId {
    ThreadId(Uuid::from_u128(0x100_0000 + n))
}

/// Tables in which reading everything would be felt; the others hold a clinic's settings.
const LARGE: [&str; 14] = [
    "thread",
    "thread_directory",
    "message",
    "inbox",
    "thread_reader",
    "pool_word",
    "patient",
    "patient_token",
    "resource",
    "audit_event",
    "outbox",
    "session",
    "data_key",
    "draft",
];

/// The statements of a piece of work that no index serves.
fn slow(tx: &mut Tx<'_>, work: impl FnOnce(&mut Tx<'_>) -> Result<(), StoreError>) -> Vec<String> {
    let engine = tx.engine();
    let planned = tx.plans_of(work).unwrap();
    assert!(!planned.is_empty(), "nothing ran");
    let is_slow = |line: &String| match engine {
        Engine::Sqlite => is_slow_in_sqlite(line),
        Engine::Postgres => is_slow_in_postgres(line),
    };
    let bad = planned.iter().filter(|(_, plan)| plan.iter().any(is_slow));
    bad.map(|(sql, plan)| format!("{sql}\n    {}", plan.join("\n    "))).collect()
}

fn is_slow_in_sqlite(line: &str) -> bool {
    let scans = line.strip_prefix("SCAN ").is_some_and(|rest| {
        let table = rest.split(' ').next().unwrap_or_default();
        LARGE.contains(&table) || table.len() == 1
    });
    scans || line.starts_with("USE TEMP B-TREE")
}

fn is_slow_in_postgres(line: &str) -> bool {
    let line = line.trim_start().trim_start_matches("->").trim_start();
    // "Incremental Sort" and "Bitmap Heap Scan" read no more than their index has found.
    line.starts_with("Sort ") || LARGE.iter().any(|table| line.starts_with(&format!("Seq Scan on {table} ")))
}

type Work = fn(&mut Tx<'_>, &Vault) -> Result<(), StoreError>;

const HOT: [(&str, Work); 10] = [
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

#[tokio::test(flavor = "multi_thread")]
async fn every_hot_query_is_served_by_an_index() {
    each_migrated(|db| async move {
        let store = filled(db).await;
        let (vault, engine) = (store.vault.clone(), store.db.engine());
        let found: Result<Vec<String>, StoreError> = store
            .db
            .write_alone(move |tx| {
                let told = |(name, work): &(&str, Work)| {
                    slow(tx, |tx| work(tx, &vault))
                        .into_iter()
                        .map(|query| format!("{name}: {query}"))
                        .collect()
                };
                Ok(HOT.iter().flat_map::<Vec<String>, _>(told).collect())
            })
            .await;
        let found = found.unwrap();
        assert!(found.is_empty(), "{engine:?}:\n{}", found.join("\n"));
    })
    .await;
}

async fn filled(db: Db) -> Store {
    let store = Store::open(db, RootKeys::new(RootKey::generate().unwrap()), noon()).await.unwrap();
    let vault = store.vault.clone();
    let (_, wrapped) = vault.generate(ROSA).unwrap();
    let wrapped = Arc::new(wrapped);
    let done: Result<(), StoreError> = store
        .db
        .write_alone(move |tx| {
            settings(tx)?;
            let mut rows = Rows::default();
            (0..PATIENTS).for_each(|n| people(&mut rows, n, &wrapped));
            (0..PATIENTS * THREADS_EACH).for_each(|n| conversation(&mut rows, n));
            for (table, (columns, rows)) in &rows.0 {
                tx.insert_many(table, columns, rows)?;
            }
            tx.execute("ANALYZE", &[])?;
            Ok(())
        })
        .await;
    done.unwrap();
    store
}

fn settings(tx: &mut Tx<'_>) -> Result<(), StoreError> {
    let id = Uuid::from_u128(3);
    tx.execute("INSERT INTO site (id, name, time_zone, phone) VALUES ($1, 'Site', 'UTC', '')", params![id])?;
    for n in 0..20 {
        let pool = Uuid::from_u128(0xF00 + n);
        let pool = if n == 0 { POOL.0 } else { pool };
        tx.execute(
            "INSERT INTO pool (id, site_id, label_en, label_es, readers_en, readers_es, time_zone, hours, holidays,
                answer_within_minutes, is_default, is_active, created_at)
             VALUES ($1, $2, 'P', 'P', '', '', 'UTC', '[]', '[]', 240, FALSE, TRUE, 1)",
            params![pool, id],
        )?;
    }
    tx.execute(
        "INSERT INTO topic (id, word, label_en, label_es, explanation_en, explanation_es, position, is_active)
         VALUES ($1, 'general', 'G', 'G', '', '', 1, TRUE)",
        params![id],
    )?;
    tx.execute(
        "INSERT INTO account (id, sign_in, profile, language, created_at) VALUES ($1, 1, $2, 'en', 1)",
        params![MAYA, [0u8]],
    )?;
    Ok(())
}

fn people(rows: &mut Rows, n: u128, wrapped: &[u8]) {
    let id = patient(n);
    rows.add(
        "data_key",
        &["patient_id", "key_no", "wrapped", "created_at"],
        [params![id, 1i64, wrapped, 1i64].to_vec()],
    );
    rows.add(
        "patient",
        &[
            "patient_id",
            "resource_id",
            "card",
            "card_version",
            "is_deceased",
            "legal_hold",
            "created_at",
            "updated_at",
        ],
        [params![id, id, [0u8], 1i64, false, false, 1i64, 1i64].to_vec()],
    );
    let numbered =
        |count: usize, row: &dyn Fn(i64) -> Vec<Value>| (0..count as i64).map(row).collect::<Vec<_>>();
    let tokens = numbered(20, &|t| params![(n as i64 * 7 + t * 31) % 2_000, id].to_vec());
    rows.add("patient_token", &["token", "patient_id"], tokens);
    let resources = numbered(15, &|r| {
        let section = ["results", "conditions", "medicines"][r as usize % 3];
        let resource = Uuid::from_u128(0x5000_0000 + n * 100 + r as u128);
        params![
            id,
            resource,
            "Observation",
            1i64,
            1i64,
            NOON - r,
            section,
            "normal",
            "all",
            [0u8; 16],
            [0u8; 200]
        ]
        .to_vec()
    });
    let columns = [
        "patient_id",
        "resource_id",
        "resource_type",
        "version",
        "updated_at",
        "clinical_at",
        "section",
        "sensitivity",
        "visibility",
        "fingerprint",
        "content",
    ];
    rows.add("resource", &columns, resources);
    let audit = numbered(30, &|a| {
        let owner = if a % 3 == 0 { PatientId::ORGANISATION } else { id };
        let chained = (a != 29).then_some(n as i64 * 100 + a);
        let audit = Uuid::from_u128((1_799_000_000_000u128 + n * 100 + a as u128) << 80 | a as u128);
        params![
            owner,
            audit,
            NOON - 1_000_000,
            MAYA,
            "team",
            "treatment",
            "read_thread",
            "done",
            id,
            1i64,
            chained
        ]
        .to_vec()
    });
    let columns = [
        "patient_id",
        "id",
        "at",
        "account_id",
        "door",
        "purpose",
        "action",
        "outcome",
        "request_id",
        "repeats",
        "chain_seq",
    ];
    rows.add("audit_event", &columns, audit);
    let sessions = numbered(5, &|s| {
        let mut hash = [0u8; 32];
        hash[..16].copy_from_slice(&(n * 10 + s as u128).to_be_bytes());
        params![hash, Uuid::from_u128(n * 10 + s as u128), MAYA, "team", NOON, NOON].to_vec()
    });
    rows.add("session", &["token_hash", "id", "account_id", "door", "created_at", "last_used_at"], sessions);
}

fn conversation(rows: &mut Rows, n: u128) {
    let (owner, id) = (patient(n % PATIENTS), thread(n));
    let at = NOON - n as i64 * 1_000;
    let pool = if n.is_multiple_of(3) { POOL.0 } else { Uuid::from_u128(0xF01 + n % 19) };
    let state = ["open", "waiting", "closed"][(n / 3 % 3) as usize];
    let due = (state == "open" && n.is_multiple_of(2)).then_some(at);
    let member = n.is_multiple_of(5).then_some(MAYA);
    let card = [0u8; 64];
    let site = Uuid::from_u128(3);
    rows.add(
        "thread",
        &[
            "patient_id",
            "id",
            "pool_id",
            "site_id",
            "topic_id",
            "owner_id",
            "state",
            "subject",
            "language",
            "begun_by",
            "last_seq",
            "last_team_seq",
            "last_turn_seq",
            "created_at",
            "last_message_at",
            "needs_answer",
            "due_at",
            "sensitivity",
            "visibility",
        ],
        [params![
            owner,
            id,
            pool,
            site,
            site,
            member,
            state,
            card,
            "en",
            "patient",
            2i64,
            0i64,
            2i64,
            at,
            at,
            state == "open",
            due,
            "normal",
            "all"
        ]
        .to_vec()],
    );
    rows.add("thread_directory", &["id", "patient_id"], [params![id, owner].to_vec()]);
    rows.add(
        "inbox",
        &[
            "pool_id",
            "thread_id",
            "patient_id",
            "site_id",
            "owner_id",
            "state",
            "rank_at",
            "due_at",
            "last_message_at",
            "last_seq",
            "needs_answer",
            "topic_id",
            "language",
            "card",
            "card_version",
        ],
        [params![
            pool,
            id,
            owner,
            site,
            member,
            state,
            due.unwrap_or(at),
            due,
            at,
            2i64,
            state == "open",
            site,
            "en",
            card,
            1i64
        ]
        .to_vec()],
    );
    rows.add(
        "thread_reader",
        &["patient_id", "thread_id", "account_id", "on_behalf_of", "last_read_seq", "read_at"],
        [params![owner, id, MAYA, Uuid::nil(), 1i64, at].to_vec()],
    );
    let messages = (1..=2i64).map(|seq| {
        let message = Uuid::from_u128(n * 10 + seq as u128);
        params![
            owner,
            id,
            seq,
            message,
            "message",
            "sent",
            MAYA,
            "team",
            "en",
            "team",
            at + seq,
            message,
            "normal",
            "all",
            card
        ]
        .to_vec()
    });
    rows.add(
        "message",
        &[
            "patient_id",
            "thread_id",
            "seq",
            "id",
            "kind",
            "state",
            "author_id",
            "side",
            "language",
            "door",
            "sent_at",
            "client_key",
            "sensitivity",
            "visibility",
            "content",
        ],
        messages,
    );
    let words =
        (0..8i64).map(|word| params![pool, (n as i64 * 3 + word) % 300, at, owner, id, 1i64].to_vec());
    rows.add("pool_word", &["pool_id", "token", "sent_at", "patient_id", "thread_id", "seq"], words);
    let notice = if n.is_multiple_of(50) { "waiting" } else { "delivered" };
    rows.add(
        "outbox",
        &["id", "notice", "patient_id", "thread_id", "created_at", "not_before", "state", "attempts"],
        [params![Uuid::from_u128(n), "new_message", owner, id, at, at, notice, 0i64].to_vec()],
    );
    rows.add(
        "draft",
        &["account_id", "patient_id", "slot", "id", "content", "version", "updated_at"],
        [params![MAYA, owner, id, id, card, 1i64, at].to_vec()],
    );
}

/// Columns and rows of each table.
#[derive(Default)]
struct Rows(BTreeMap<&'static str, (Vec<&'static str>, Vec<Vec<Value>>)>);

impl Rows {
    fn add(
        &mut self,
        table: &'static str,
        columns: &[&'static str],
        rows: impl IntoIterator<Item = Vec<Value>>,
    ) {
        let kept = self.0.entry(table).or_insert_with(|| (columns.to_vec(), Vec::new()));
        kept.1.extend(rows);
    }
}

fn ask(view: View) -> PageAsk {
    // A place in the middle: the second page.
    PageAsk { pool: POOL, view, me: MAYA, after: Some((NOON - 2_000_000, thread(9))), now: noon(), limit: 51 }
}

#[tokio::test(flavor = "multi_thread")]
async fn each_view_of_an_inbox_reads_only_what_it_shows() {
    each_migrated(|db| async move {
        let store = filled(db).await;
        for (view, index) in [
            (View::ToDo, "inbox_by_rank"),
            (View::Waiting, "inbox_by_rank"),
            (View::Closed, "inbox_by_rank"),
            (View::Mine, "inbox_by_owner"),
            (View::Unassigned, "inbox_by_owner"),
            (View::Overdue, "inbox_by_due"),
        ] {
            let (sql, params) = ask(view).statement();
            let plan: Result<Vec<String>, StoreError> = store.db.read(move |tx| tx.plan(&sql, &params)).await;
            let plan = plan.unwrap();
            assert!(plan.iter().any(|line| line.contains(index)), "{view:?}: {}", plan.join("\n"));
        }
    })
    .await;
}

fn inbox_pages(tx: &mut Tx<'_>, _: &Vault) -> Result<(), StoreError> {
    for view in View::ALL {
        // Every row is sealed for nobody here: only the statement is looked at.
        let (sql, params) = ask(view).statement();
        tx.query(&sql, &params, |_| Ok(()))?;
        let first = PageAsk { after: None, limit: 1, ..ask(view) };
        store::inbox::first_of(tx, &first, thread(1))?;
    }
    Ok(())
}

fn counts(tx: &mut Tx<'_>, _: &Vault) -> Result<(), StoreError> {
    for view in View::ALL {
        store::inbox::count_of(tx, (POOL, view), MAYA, noon())?;
    }
    store::inbox::pools_of(tx, ROSA)?;
    store::thread_reader::unread(tx, ROSA, Reader { account: MAYA, on_behalf_of: None })?;
    Ok(())
}

fn threads(tx: &mut Tx<'_>, _: &Vault) -> Result<(), StoreError> {
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
    store::message::newest(tx, place)?;
    store::message::first_sent_at(tx)?;
    store::message::writers(tx, noon(), noon())?;
    store::message::at(tx, (ROSA, thread(0), 1))?;
    store::message::before(tx, ROSA, (NOON, MessageId(Uuid::max())), 51)?;
    store::message::sent_with(tx, MAYA, ClientKey(Uuid::from_u128(11)))?;
    store::message::seen_by(tx, place, (domain::message::Side::Patient, 2), noon())?;
    Ok(())
}

fn postings(tx: &mut Tx<'_>, _: &Vault) -> Result<(), StoreError> {
    pool_word::count(tx, POOL, 7, 2_000)?;
    let found = pool_word::before(tx, (POOL, 7), (NOON, thread(9), 3), 500)?;
    if let [newest, .., oldest] = &found[..] {
        pool_word::between(tx, (POOL, 8), (newest, oldest), 500)?;
        pool_word::has(tx, (POOL, 8), newest)?;
    } else {
        panic!("the store holds such a word more than once");
    }
    Ok(())
}

fn section(tx: &mut Tx<'_>, _: &Vault) -> Result<(), StoreError> {
    let middle = Some((NOON - 3, ResourceId(Uuid::max())));
    assert!(!store::resource::section(tx, (ROSA, "results"), middle, 51)?.is_empty());
    store::resource::section_between(tx, (ROSA, "results"), (NOON, NOON + 1), 51)?;
    store::resource::section_age(tx, ROSA, "results")?;
    store::resource_reader::opened_by_staff(tx, (ROSA, ResourceId(Uuid::from_u128(0x5000_0000))))?;
    store::resource::load(tx, ROSA, ResourceId(Uuid::from_u128(0x5000_0000)))?;
    store::resource::with_token(tx, 5)?;
    Ok(())
}

fn patients(tx: &mut Tx<'_>, _: &Vault) -> Result<(), StoreError> {
    store::patient_token::with_all(tx, &[vec![7]], ROSA, 51)?;
    store::patient_token::with_all(tx, &[vec![7], vec![8, 11]], ROSA, 51)?;
    Ok(())
}

fn sessions(tx: &mut Tx<'_>, _: &Vault) -> Result<(), StoreError> {
    store::session::by_token(tx, &[0; 32])?;
    store::session::of_account(tx, MAYA)?;
    let place = store::draft::DraftPlace { account: MAYA, patient: ROSA, slot: thread(0).0 };
    store::draft::discard(tx, &place)
}

fn audit(tx: &mut Tx<'_>, vault: &Vault) -> Result<(), StoreError> {
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

fn notices(tx: &mut Tx<'_>, _: &Vault) -> Result<(), StoreError> {
    let claimed = store::outbox::claim(tx, noon(), 20)?;
    assert_eq!(claimed.len(), 20);
    store::outbox::delivered(tx, OutboxId(claimed[0].id.0))
}

#[tokio::test(flavor = "multi_thread")]
async fn a_query_that_no_index_serves_is_noticed() {
    each_migrated(|db| async move {
        let store = filled(db).await;
        let found: Result<(Vec<String>, Vec<String>), StoreError> = store
            .db
            .write(|tx| {
                let scan = slow(tx, |tx| {
                    tx.query("SELECT id FROM thread WHERE language = 'es'", &[], |_| Ok(())).map(drop)
                });
                let sort = slow(tx, |tx| {
                    tx.query(
                        "SELECT id FROM thread WHERE patient_id = $1 ORDER BY state",
                        params![ROSA],
                        |_| Ok(()),
                    )
                    .map(drop)
                });
                Ok((scan, sort))
            })
            .await;
        let (scan, sort) = found.unwrap();
        assert!(scan.len() == 1 && sort.len() == 1, "{scan:?} {sort:?}");
    })
    .await;
}
