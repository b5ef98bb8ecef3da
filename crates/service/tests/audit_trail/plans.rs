use crate::people::Clinic;
use domain::actor::{Door, PurposeOfUse};
use domain::audit::{AuditAction, AuditDetail, AuditEvent, AuditObject, AuditOutcome};
use domain::id::{AccountId, AuditId, PatientId, RequestId};
use store::looked::LookedAsk;
use store::testing::each_migrated;
use uuid::Uuid;

#[tokio::test(flavor = "multi_thread")]
async fn the_access_log_and_the_search_for_unsealed_rows_are_served_by_an_index() {
    each_migrated(|db| async move {
        let clinic = Clinic::open(db).await;
        let plans = clinic.service.store.db.read(|tx| {
            let ask = LookedAsk {
                patient: PatientId(Uuid::from_u128(1)),
                before: None,
                reader: AccountId(Uuid::from_u128(2)),
                routine: &[AuditAction::ReadHome],
                limit: 25,
            };
            let (looked, params) = ask.statement();
            let unsealed = "SELECT id FROM audit_event WHERE chain_seq IS NULL
                            AND (outcome = 'done' AND action <> 'read_inbox' OR at <= $1) ORDER BY id LIMIT 100";
            Ok::<_, store::StoreError>([tx.plan(&looked, &params)?, tx.plan(unsealed, store::params![5])?])
        });
        let [looked, unsealed] = plans.await.unwrap().map(|plan| plan.join("\n"));
        let by_patient = ["PRIMARY KEY (patient_id=? AND id<?)", "audit_event_pkey"];
        assert!(by_patient.iter().any(|index| looked.contains(index)), "{looked}");
        assert!(unsealed.contains("audit_event_unsealed"), "{unsealed}");
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_repeat_is_counted_without_a_walk_through_older_rows() {
    each_migrated(|db| async move {
        let clinic = Clinic::open(db).await;
        let event = AuditEvent {
            id: AuditId(Uuid::nil()),
            patient: PatientId(Uuid::from_u128(1)),
            at: clinic.service.now(),
            account: Some(AccountId(Uuid::from_u128(2))),
            role: None,
            door: Door::Team,
            purpose: PurposeOfUse::Treatment,
            action: AuditAction::ReadInbox,
            outcome: AuditOutcome::Done,
            object: Some((AuditObject::Pool, Uuid::from_u128(3))),
            request: RequestId(Uuid::nil()),
            detail: AuditDetail::default(),
        };
        let shown: Vec<PatientId> = (1..=10).map(|n| PatientId(Uuid::from_u128(n))).collect();
        let (sql, params) = store::audit::repeat_statement(&event, &shown);
        let plan = clinic.service.store.db.write(move |tx| tx.plan(&sql, &params)).await.unwrap().join("\n");
        let indexes = ["PRIMARY KEY (patient_id=? AND id>?)", "audit_event_pkey", "audit_event_unsealed"];
        assert!(indexes.iter().any(|index| plan.contains(index)), "{plan}");
    })
    .await;
}
