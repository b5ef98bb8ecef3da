use crate::people::operator;
use crate::record::{Files, import, patient, potassium};
use crate::tampering::expect;
use crate::world::World;
use domain::actor::Door;
use domain::draft::Reason;
use domain::id::PatientId;
use service::ServiceError;
use service::shred::Shredded;
use store::db::Tx;
use store::shred::{DELETED, KEPT};
use store::testing::each_migrated;
use store::{params, schema};

fn why() -> Reason {
    Reason::parse("the patient asked for it").unwrap()
}

#[tokio::test(flavor = "multi_thread")]
async fn a_shredded_patient_leaves_the_audit_whole_and_nothing_else() {
    each_migrated(|db| async move {
        let world = World::sealed(db).await;
        let (service, rosa) = (world.service().clone(), world.rosa);
        let shredded = service.shred(&operator(&service), rosa, why()).await.unwrap();
        assert!(matches!(shredded, Shredded::Done { rows, is_log_empty: true } if rows > 20), "{shredded:?}");

        let left = service.store.db.read(move |tx| {
            let mut left = Vec::new();
            for table in DELETED.iter().chain(&["pool_word"]) {
                let sql = format!("SELECT COUNT(*) FROM {table} WHERE patient_id = $1");
                let rows: i64 = tx.query_one(&sql, params![rosa], |row| row.get(0))?;
                if rows > 0 {
                    left.push(*table);
                }
            }
            Ok::<_, store::StoreError>(left)
        });
        assert_eq!(left.await.unwrap(), Vec::<&str>::new());
        assert!(service.store.patient_key(rosa).await.unwrap().is_none());
        assert!(service.find_account("rosa").await.unwrap().is_none());

        world.seal().await;
        let report = world.check().await;
        assert!(report.holds(), "{:#?}", report.faults);
        assert!(report.counts.shredded > 0, "{:?}", report.counts);
        let audit = world.clinic.audit(domain::id::PatientId::ORGANISATION).await;
        assert!(audit.contains(&("shred_patient".into(), "done".into())));
        assert!(matches!(
            service.shred(&operator(&service), rosa, why()).await.unwrap(),
            Shredded::Done { .. }
        ));
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_key_that_is_gone_without_a_shredding_in_the_audit_is_named() {
    each_migrated(|db| async move {
        let world = World::sealed(db).await;
        let rosa = world.rosa.to_string();
        let gone = "DELETE FROM data_key WHERE patient_id = $1";
        world.service().store.vault.forget(world.rosa);
        world.is_caught(gone, params![world.rosa], &["audit_event", &rosa, "no key to open it"]).await;
        world.is_caught(gone, params![world.rosa], &["message", &rosa, "no key to open it"]).await;
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_patient_deleted_whole_is_named_whatever_a_row_says_that_anybody_can_write() {
    each_migrated(|db| async move {
        let world = World::sealed(db).await;
        let (rosa, luis, service) = (world.rosa, world.luis, world.service().clone());
        let delete = move |tx: &mut Tx<'_>| {
            for table in DELETED {
                tx.execute(&format!("DELETE FROM {table} WHERE patient_id = $1"), params![rosa])?;
            }
            tx.execute("DELETE FROM resource_directory WHERE patient_id = $1", params![rosa])
        };
        service.store.vault.forget(rosa);
        let report = world.tampered(move |tx| delete(tx).map(drop)).await;
        let gone = ["audit_chain", &rosa.to_string(), "no shredding stands in the audit"];
        expect(&report, &gone, "deleted without a word");

        let forged = "INSERT INTO audit_event (patient_id, id, at, door, purpose, action, outcome, object,
                        object_id, request_id, repeats)
                      VALUES ($1, $2, 1, 'cli', 'operations', 'shred_patient', 'done', 'patient', $2, $2, 1)";
        let organisation = PatientId::ORGANISATION;
        let report = world
            .tampered(move |tx| {
                delete(tx)?;
                tx.execute(forged, params![organisation, rosa]).map(drop)
            })
            .await;
        expect(&report, &["audit_event, organisation", "its sealed words do not"], "a forged row");
        expect(&report, &gone, "a forged row");

        // A true shredding, not sealed yet, that is made to speak of somebody else.
        service.shred(&operator(&service), luis, why()).await.unwrap();
        let bent =
            "UPDATE audit_event SET object_id = $1 WHERE action = 'shred_patient' AND chain_seq IS NULL";
        let report = world
            .tampered(move |tx| {
                delete(tx)?;
                assert_eq!(tx.execute(bent, params![rosa])?, 1);
                Ok(())
            })
            .await;
        expect(&report, &["audit_event, organisation", "its sealed words do not"], "a bent row");
        expect(&report, &gone, "a bent row");
        assert!(world.check().await.holds());
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn the_next_import_does_not_bring_a_shredded_patient_back() {
    each_migrated(|db| async move {
        let world = World::sealed(db).await;
        let service = world.service().clone();
        let files = Files::new();
        let of = |id: &str| {
            let subject = format!("Patient/{id}");
            [patient(id, "Delgado"), potassium(&format!("of-{id}"), &subject, 4.1, "2026-01-31")]
        };
        let path = files.lines("record.ndjson", &of("p1"));
        assert_eq!(import(&service, &[&path]).await.created, 2);
        let found = service.find_patient_id("7-p1").await.unwrap().unwrap();
        service.shred(&operator(&service), found, why()).await.unwrap();

        let path = files.lines("record.ndjson", &[of("p1"), of("p2")].concat());
        let again = import(&service, &[&path]).await;
        assert_eq!((again.created, again.updated, again.unchanged, again.refused), (2, 0, 0, 2));
        let reason = &again.refusals[0].reason;
        assert!(reason.contains("shredded"), "{reason}");
        for name in ["7-p1", "p1"] {
            assert_eq!(service.find_patient_id(name).await.unwrap(), None);
        }
        assert!(service.find_patient_id("7-p2").await.unwrap().is_some());
        assert!(service.store.patient_key(found).await.unwrap().is_none());
        world.seal().await;
        let report = world.check().await;
        assert!(report.holds(), "{:#?}", report.faults);

        let named = "UPDATE resource_directory SET patient_id = $1 WHERE patient_id = $2";
        let nobody = PatientId(uuid::Uuid::from_u128(404));
        let words = ["resource_directory", &nobody.to_string(), "no shredding stands in the audit"];
        world.is_caught(named, params![nobody, found], &words).await;
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn legal_hold_and_every_door_but_the_command_line_refuse_a_shredding() {
    each_migrated(|db| async move {
        let world = World::sealed(db).await;
        let (service, rosa) = (world.service().clone(), world.rosa);
        assert_eq!(world.as_maya.actor.door, Door::Team);
        let refused = service.shred(&world.now(&world.as_maya), rosa, why()).await;
        assert_eq!(refused, Err(ServiceError::Denied));
        let unknown = domain::id::PatientId(uuid::Uuid::from_u128(404));
        let refused = service.shred(&operator(&service), unknown, why()).await;
        assert_eq!(refused, Err(ServiceError::NotFound));
        let hold = service.store.db.write(move |tx| {
            tx.execute("UPDATE patient SET legal_hold = TRUE WHERE patient_id = $1", params![rosa])
        });
        hold.await.unwrap();
        let refused = service.shred(&operator(&service), rosa, why()).await;
        assert_eq!(refused, Ok(Shredded::OnLegalHold));
        assert!(service.find_account("rosa").await.unwrap().is_some());
    })
    .await;
}

#[test]
fn every_table_with_a_patient_is_shredded_or_kept_on_purpose() {
    let mut table = String::new();
    for line in schema::migrations().iter().flat_map(|step| step.sql.lines()) {
        let words: Vec<&str> = line.split_whitespace().collect();
        match words[..] {
            ["CREATE", "TABLE", name, ..] => table = name.to_owned(),
            ["patient_id", "BYTEA", ..] => {
                let known = DELETED.contains(&table.as_str()) || KEPT.contains(&table.as_str());
                assert!(known, "{table} would outlive its patient");
            }
            _ => {}
        }
    }
}
