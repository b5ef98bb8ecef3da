use crate::people::operator;
use crate::world::World;
use domain::actor::Door;
use domain::draft::Reason;
use service::ServiceError;
use service::shred::Shredded;
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
