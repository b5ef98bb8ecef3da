use crate::world::World;
use store::params;
use store::testing::each_migrated;

/// Every column of an audit row, with a value that it has not.
const COLUMNS: &[(&str, &str)] = &[
    ("at", "at + 1"),
    ("account_id", "id"),
    ("account_id", "NULL"),
    ("role", "'physician'"),
    ("door", "'api'"),
    ("purpose", "'research'"),
    ("action", "'read_home_'"),
    ("outcome", "'denied_'"),
    ("object", "'pool'"),
    ("object_id", "id"),
    ("request_id", "id"),
    ("repeats", "repeats + 1"),
    ("detail", "id"),
    ("mac", "id"),
    ("mac", "NULL"),
    ("id", "patient_id"),
];

#[tokio::test(flavor = "multi_thread")]
async fn an_untouched_store_passes_and_every_changed_column_of_an_audit_row_is_named() {
    each_migrated(|db| async move {
        let world = World::sealed(db).await;
        let report = world.check().await;
        assert!(report.holds(), "{:#?}", report.faults);
        assert!(report.counts.events > 15 && report.counts.chains == 3, "{:?}", report.counts);
        assert!(report.counts.batches >= 2 && report.counts.unsealed == 0);
        assert!(report.counts.opened > 20);

        let rosa = world.rosa.to_string();
        for (column, value) in COLUMNS {
            // A search has an account and a detail; an object and a role it has not.
            let change = format!(
                "UPDATE audit_event SET {column} = {value} WHERE patient_id = $1 AND chain_seq =
                 (SELECT MIN(chain_seq) FROM audit_event WHERE patient_id = $1 AND action = 'search_messages')"
            );
            world.is_caught(&change, params![world.rosa], &["audit_event", &rosa, "row ", "not the row"]).await;
        }
        let moved = "UPDATE audit_event SET patient_id = $2 WHERE patient_id = $1 AND chain_seq = 2";
        let nobody = uuid::Uuid::from_u128(77);
        world.is_caught(moved, params![world.rosa, nobody], &[&rosa, "row 2 before it is missing"]).await;
        world.is_caught(moved, params![world.rosa, nobody], &["audit_chain", "00000000004d", "missing"]).await;
        let renumbered = "UPDATE audit_event SET chain_seq = 999 WHERE patient_id = $1 AND chain_seq = 2";
        world.is_caught(renumbered, params![world.rosa], &[&rosa, "row 2 before it is missing"]).await;
        assert!(world.check().await.holds());
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn removed_added_and_swapped_audit_rows_and_cut_or_removed_chains_are_named() {
    each_migrated(|db| async move {
        let world = World::sealed(db).await;
        let (rosa, luis) = (world.rosa.to_string(), world.luis.to_string());
        let (r, l) = (params![world.rosa], params![world.luis]);

        let removed = "DELETE FROM audit_event WHERE patient_id = $1 AND chain_seq = 3";
        world.is_caught(removed, r, &["audit_event", &rosa, "row 3 before it is missing"]).await;
        let last = "DELETE FROM audit_event WHERE patient_id = $1 AND chain_seq =
                    (SELECT length FROM audit_chain WHERE patient_id = $1)";
        world.is_caught(last, r, &[&rosa, "the end of the chain was cut off"]).await;
        // The head is set back too, to the row that is now the last.
        let cut = format!(
            "{last}; UPDATE audit_chain SET length = length - 1, head = (SELECT mac FROM audit_event
             WHERE audit_event.patient_id = $1 AND chain_seq = length - 1) WHERE patient_id = $1"
        );
        world.is_caught(&cut, r, &[&rosa, "the end of the chain was cut off"]).await;
        // And the batches' own rows of that chain.
        let batches = format!(
            "{cut}; DELETE FROM audit_batch_head WHERE patient_id = $1 AND batch_no =
             (SELECT MAX(no) FROM audit_batch)"
        );
        world.is_caught(&batches, r, &["audit_batch_head", "not the ones that were sealed"]).await;

        let added = "INSERT INTO audit_event (patient_id, id, at, door, purpose, action, outcome, request_id,
                     repeats, chain_seq, mac)
                     SELECT patient_id, patient_id, 1, 'team', 'treatment', 'read_chart', 'done', patient_id, 1,
                     length + 1, head FROM audit_chain WHERE patient_id = $1";
        world.is_caught(added, l, &["audit_event", &luis, "not the row that was sealed"]).await;

        let nobody = uuid::Uuid::from_u128(99);
        let swapped = "UPDATE audit_event SET patient_id = $3 WHERE patient_id = $1 AND chain_seq = 2;
                       UPDATE audit_event SET patient_id = $1 WHERE patient_id = $2 AND chain_seq = 2;
                       UPDATE audit_event SET patient_id = $2 WHERE patient_id = $3 AND chain_seq = 2";
        let swapped = swapped.to_owned();
        let (a, b) = (world.rosa, world.luis);
        let report = world
            .tampered(move |tx| {
                let steps: Vec<&str> = swapped.split(';').collect();
                tx.execute(&steps[0].replace("$3", "$2"), params![a, nobody])?;
                tx.execute(steps[1], params![a, b])?;
                tx.execute(&steps[2].replace("$2", "$1").replace("$3", "$2"), params![b, nobody])?;
                Ok(())
            })
            .await;
        crate::tampering::expect(&report, &["audit_event", &rosa, "row 2", "not the row"], "swapped");
        crate::tampering::expect(&report, &["audit_event", &luis, "row 2", "not the row"], "swapped");

        let chain = "DELETE FROM audit_event WHERE patient_id = $1; DELETE FROM audit_chain WHERE patient_id = $1";
        world.is_caught(chain, l, &[&luis, "the whole chain is gone"]).await;
        let with_heads = format!("{chain}; DELETE FROM audit_batch_head WHERE patient_id = $1");
        world.is_caught(&with_heads, l, &["audit_batch_head", "not the ones that were sealed"]).await;
        world.is_caught("DELETE FROM audit_chain WHERE patient_id = $1", l, &[&luis, "head is missing"]).await;
        let unlinked = "UPDATE audit_event SET chain_seq = NULL, mac = NULL WHERE patient_id = $1 AND chain_seq > 1";
        world.is_caught(unlinked, l, &[&luis, "the end of the chain was cut off"]).await;
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn changed_batches_and_their_heads_are_named() {
    each_migrated(|db| async move {
        let world = World::sealed(db).await;
        let not_sealed = &["audit_batch", "batch 1", "not the batch that was sealed"];
        for change in [
            "at = at + 1",
            "events = events + 1",
            "chains = chains + 1",
            "heads_hash = mac",
            "mac = heads_hash",
        ] {
            world.is_caught(&format!("UPDATE audit_batch SET {change} WHERE no = 1"), &[], not_sealed).await;
        }
        let gone = "DELETE FROM audit_batch WHERE no = 1";
        world.is_caught(gone, &[], &["audit_batch", "batch 1 before it is missing"]).await;
        let heads = &["audit_batch_head", "batch 1", "not the ones that were sealed"];
        for change in [
            "UPDATE audit_batch_head SET length = length + 1 WHERE batch_no = 1 AND patient_id = $1",
            "UPDATE audit_batch_head SET head = patient_id WHERE batch_no = 1 AND patient_id = $1",
            "DELETE FROM audit_batch_head WHERE batch_no = 1 AND patient_id = $1",
        ] {
            world.is_caught(change, params![world.rosa], heads).await;
        }
        let chain = world.rosa.to_string();
        let head = "UPDATE audit_chain SET head = patient_id WHERE patient_id = $1";
        world
            .is_caught(head, params![world.rosa], &["audit_chain", &chain, "the head is not the chain's"])
            .await;
        let length = "UPDATE audit_chain SET length = length + 1 WHERE patient_id = $1";
        world.is_caught(length, params![world.rosa], &["audit_chain", &chain, "the head says"]).await;
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn what_does_not_fit_together_between_tables_is_named() {
    each_migrated(|db| async move {
        let world = World::sealed(db).await;
        let (rosa, thread) = (world.rosa.to_string(), world.thread.to_string());
        let t = params![world.thread];
        let cases: &[(&str, &[store::db::Value], &[&str])] = &[
            ("DELETE FROM message WHERE thread_id = $1 AND seq = 2", t, &["message", &rosa, &thread, "message 2 of"]),
            (
                "DELETE FROM message WHERE thread_id = $1 AND seq = (SELECT last_seq FROM thread WHERE id = $1)",
                t,
                &["message", &thread, "is missing"],
            ),
            ("UPDATE thread SET last_seq = last_seq - 1 WHERE id = $1", t, &["after the last one"]),
            ("UPDATE inbox SET state = 'closed' WHERE thread_id = $1", t, &["inbox", &rosa, &thread, "not as its thread"]),
            ("UPDATE inbox SET state = 'closed' WHERE thread_id = $1", t, &["inbox_count", "there are"]),
            ("UPDATE inbox SET owner_id = $1 WHERE thread_id = $1", t, &["inbox", "not as its thread"]),
            ("UPDATE inbox SET due_at = 5 WHERE thread_id = $1", t, &["inbox", "not as its thread"]),
            ("DELETE FROM inbox WHERE thread_id = $1", t, &["inbox", &thread, "in no inbox"]),
            ("UPDATE inbox_count SET threads = threads + 1", &[], &["inbox_count", "it counts"]),
            ("DELETE FROM inbox_count", &[], &["inbox_count", "it counts 0"]),
            ("DELETE FROM thread_directory WHERE id = $1", t, &["thread_directory", &thread]),
            ("DELETE FROM thread WHERE id = $1", t, &["thread", &thread, "missing"]),
            ("DELETE FROM thread WHERE id = $1", t, &["message", "its thread is missing"]),
            ("DELETE FROM thread WHERE id = $1", t, &["thread", &thread, "the audit says that a message was sent"]),
            ("DELETE FROM thread WHERE id = $1", t, &["thread_reader", "its thread is missing"]),
            ("UPDATE thread SET owner_id = $1 WHERE id = $1", t, &["thread", "its owner has no account"]),
            ("DELETE FROM message_revision", &[], &["message", "taken back"]),
            ("DELETE FROM message WHERE thread_id = $1", t, &["pool_word", "its message is missing"]),
            ("DELETE FROM resource WHERE patient_id = $1", params![world.rosa], &["patient", &rosa, "Patient resource"]),
            ("DELETE FROM resource WHERE patient_id = $1", params![world.rosa], &["resource_version", &rosa]),
            ("DELETE FROM resource WHERE patient_id = $1", params![world.rosa], &["resource_token", &rosa]),
            ("DELETE FROM resource_version WHERE patient_id = $1", params![world.rosa], &["older versions"]),
            ("DELETE FROM data_key WHERE patient_id = $1", params![world.luis], &["data_key", "has no key"]),
            ("UPDATE data_key SET wrapped = patient_id WHERE patient_id = $1", params![world.luis], &["data_key", "does not open"]),
            ("DELETE FROM patient WHERE patient_id = $1", params![world.rosa], &["account", "its own chart"]),
            ("DELETE FROM patient WHERE patient_id = $1", params![world.rosa], &["patient_token", &rosa]),
            ("DELETE FROM patient WHERE patient_id = $1", params![world.rosa], &["empanelment", &rosa]),
            ("DELETE FROM patient WHERE patient_id = $1", params![world.rosa], &["draft", &rosa]),
        ];
        for (change, values, words) in cases {
            world.is_caught(change, values, words).await;
        }
        assert!(world.check().await.holds());
    })
    .await;
}
