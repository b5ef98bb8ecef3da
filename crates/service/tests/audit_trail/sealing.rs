use crate::people::{Clinic, operator};
use crate::world::World;
use domain::actor::Door;
use jiff::SignedDuration;
use service::ServiceError;
use service::sealer::{HELD_FOR, LEASE, Sealer};
use store::audit_seal::{Sealed, seal_batch};
use store::lease;
use store::testing::each_migrated;
use uuid::Uuid;

#[tokio::test(flavor = "multi_thread")]
async fn rows_are_sealed_in_small_batches_and_the_tail_that_waits_is_counted_with_its_age() {
    each_migrated(|db| async move {
        let world = World::open(db).await;
        let before = world.check().await;
        assert!(before.holds(), "{:#?}", before.faults);
        assert!(before.counts.unsealed > 10 && before.counts.oldest_unsealed.is_some());
        world.seal().await;
        let after = world.check().await;
        assert_eq!(after.counts.events, before.counts.unsealed);
        assert_eq!((after.counts.unsealed, after.counts.oldest_unsealed), (0, None));
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_refusal_waits_a_minute_for_its_repeats_and_everything_else_is_sealed_at_once() {
    each_migrated(|db| async move {
        let clinic = Clinic::open(db).await;
        for _ in 0..3 {
            let refused = clinic.enter(Door::Team, "nobody", "not the password").await;
            assert!(matches!(refused, Err(ServiceError::Denied)));
        }
        clinic.service.seal_audit().await.unwrap();
        assert!(clinic.count("SELECT COUNT(*) FROM audit_event WHERE chain_seq IS NULL").await > 0);
        let sealed = "SELECT COUNT(*) FROM audit_event WHERE chain_seq IS NOT NULL AND outcome <> 'done'";
        assert_eq!(clinic.count(sealed).await, 0);
        let later = clinic.later(SignedDuration::from_secs(70));
        assert!(later.seal_audit().await.unwrap().events > 0);
        assert_eq!(clinic.count("SELECT COUNT(*) FROM audit_event WHERE chain_seq IS NULL").await, 0);
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn one_node_seals_at_a_time_and_another_takes_over_when_it_is_silent() {
    each_migrated(|db| async move {
        let clinic = Clinic::open(db).await;
        let mut first = Sealer::new(clinic.service.clone(), None).unwrap();
        assert!(first.seal_once().await.unwrap().events > 0);
        clinic.service.confirm_key_copy(&operator(&clinic.service)).await.unwrap();
        let mut second = Sealer::new(clinic.service.clone(), None).unwrap();
        assert!(second.seal_once().await.unwrap().is_elsewhere);
        let later = clinic.later(HELD_FOR + SignedDuration::from_secs(1));
        let mut third = Sealer::new(later, None).unwrap();
        assert!(third.seal_once().await.unwrap().events > 0);
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_lease_from_a_clock_that_was_ahead_holds_nobody_up_and_a_holder_who_does_nothing_is_told() {
    each_migrated(|db| async move {
        let clinic = Clinic::open(db).await;
        let (store, now) = (clinic.service.store.clone(), clinic.service.now());
        let hold = |until| {
            let dead = Uuid::from_u128(1);
            store.db.write(move |tx| lease::take(tx, LEASE, dead, (now, until)))
        };
        let mut sealer = Sealer::new(clinic.service.clone(), None).unwrap();
        // As a node whose clock goes a little before ours would hold it: that one is believed.
        hold(now + HELD_FOR + SignedDuration::from_secs(5)).await.unwrap().unwrap();
        let round = sealer.seal_once().await.unwrap();
        assert!(round.is_elsewhere && !round.is_late, "{round:?}");
        let later = SignedDuration::from_mins(3);
        hold(now + later + HELD_FOR).await.unwrap().unwrap();
        let mut other = Sealer::new(clinic.later(later), None).unwrap();
        let round = other.seal_once().await.unwrap();
        assert!(round.is_elsewhere && round.is_late, "{round:?}");
        assert!(!other.seal_once().await.unwrap().is_late, "once a minute");

        hold(now + SignedDuration::from_hours(24)).await.unwrap().unwrap();
        assert!(sealer.seal_once().await.unwrap().events > 0);
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_sealer_that_stalled_past_its_lease_is_refused_by_its_fencing_number() {
    each_migrated(|db| async move {
        let world = World::open(db).await;
        let (store, now) = (world.service().store.clone(), world.service().now());
        let until = now + HELD_FOR;
        let stalled = Uuid::from_u128(1);
        let held =
            store.db.write(move |tx| lease::take(tx, LEASE, stalled, (now, until))).await.unwrap().unwrap();

        // The first stalls; the second takes over and seals.
        let later = until + SignedDuration::from_secs(1);
        let longer = later + HELD_FOR;
        let next = Uuid::from_u128(2);
        let early = store.db.write(move |tx| lease::take(tx, LEASE, next, (now, until))).await.unwrap();
        assert_eq!(early, None);
        let taken = store.db.write(move |tx| lease::take(tx, LEASE, next, (later, longer))).await.unwrap();
        let taken = taken.unwrap();
        assert!(taken.fencing > held.fencing);

        // The first wakes up with its old lease: its transaction writes nothing.
        let vault = store.vault.clone();
        let late = store
            .db
            .write(move |tx| seal_batch(tx, vault.organisation().chain(), &held, (later, longer), 10));
        assert_eq!(late.await.unwrap(), Sealed::LeaseLost);
        assert_eq!(world.clinic.count("SELECT COUNT(*) FROM audit_batch").await, 0);
        let vault = store.vault.clone();
        let sealed = store
            .db
            .write(move |tx| seal_batch(tx, vault.organisation().chain(), &taken, (later, longer), 10));
        assert!(matches!(sealed.await.unwrap(), Sealed::Batch(batch) if batch.events == 10));
        assert!(world.check().await.holds());
    })
    .await;
}
