//! A clinic large enough that the planner has a choice: 400 patients with ten conversations each.

use super::{MAYA, NOON, POOL, ROSA, noon, patient, thread};
use domain::id::PatientId;
use std::collections::BTreeMap;
use std::sync::Arc;
use store::Store;
use store::db::{Db, StoreError, Tx, Value};
use store::keys::{RootKey, RootKeys};
use store::params;
use uuid::Uuid;

const PATIENTS: u128 = 400;
const THREADS_EACH: u128 = 10;

pub async fn filled(db: Db) -> Store {
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
