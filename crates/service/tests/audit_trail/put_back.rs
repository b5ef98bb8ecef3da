use crate::record::{Files, import, patient, potassium};
use crate::world::World;
use store::params;
use store::testing::each_migrated;

/// A potassium of 5.9 that was corrected to 4.1, beside everything that the world has.
async fn corrected(world: &World) {
    let files = Files::new();
    for value in [5.9, 4.1] {
        let result = potassium("o1", "Patient/p1", value, "2026-01-31");
        let path = files.lines("record.ndjson", &[patient("p1", "Delgado"), result]);
        import(world.service(), &[&path]).await;
    }
    assert_eq!(world.clinic.count("SELECT COUNT(*) FROM resource_version").await, 3);
    world.seal().await;
    let report = world.check().await;
    assert!(report.holds(), "{:#?}", report.faults);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_result_that_was_rolled_back_to_its_former_version_without_any_key_is_named() {
    each_migrated(|db| async move {
        let world = World::sealed(db).await;
        corrected(&world).await;
        let put_back = "UPDATE resource SET version = 1, content =
                (SELECT v.content FROM resource_version v WHERE v.resource_id = resource.resource_id
                 AND v.patient_id = resource.patient_id AND v.version = 1)
             WHERE resource_type = 'Observation';
             DELETE FROM resource_version WHERE resource_id IN
                (SELECT resource_id FROM resource WHERE resource_type = 'Observation')";
        let words =
            ["resource, patient", "fingerprint is not its content's: an earlier version was put back"];
        world.is_caught(put_back, &[], &words).await;
        let zeros = "UPDATE resource SET fingerprint = $1 WHERE resource_type = 'Observation'";
        world.is_caught(zeros, params![vec![0u8; 16]], &words).await;
        assert!(world.check().await.holds());
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn blind_tokens_that_were_taken_away_or_added_are_named() {
    each_migrated(|db| async move {
        let world = World::sealed(db).await;
        corrected(&world).await;
        let emptied = "DELETE FROM resource_token";
        world.is_caught(emptied, &[], &["resource_token", "resource_id", "nothing finds it by that"]).await;
        let one = "DELETE FROM resource_token WHERE (token, patient_id, resource_id) IN
                   (SELECT t.token, t.patient_id, t.resource_id FROM resource_token t
                    JOIN resource r ON r.resource_id = t.resource_id WHERE r.resource_type = 'Observation')";
        world.is_caught(one, &[], &["resource_token", "nothing finds it by that"]).await;
        let rosa = world.rosa.to_string();
        let search = ["patient_token", &rosa, "not those of the card"];
        world.is_caught("DELETE FROM patient_token", &[], &search).await;
        let added = "INSERT INTO patient_token (token, patient_id) VALUES (1, $1)";
        world.is_caught(added, params![world.rosa], &search).await;
    })
    .await;
}
