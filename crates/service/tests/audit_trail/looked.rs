use crate::world::{World, enter};
use domain::actor::{Door, Role};
use domain::audit::AuditAction;
use jiff::SignedDuration;
use service::ServiceError;
use service::ctx::Ctx;
use service::view::looked::Looked;
use store::params;
use store::testing::each_migrated;

fn later(ctx: &Ctx, minutes: i64) -> Ctx {
    Ctx { now: ctx.now + SignedDuration::from_mins(minutes), ..ctx.clone() }
}

async fn all(world: &World) -> Vec<Looked> {
    let ctx = world.now(&world.as_rosa);
    let (mut lines, mut after) = (Vec::new(), None);
    loop {
        let (person, page) = world.service().looked(&ctx, world.rosa, after).await.unwrap();
        assert_eq!(person.name, "Rosa Delgado");
        lines.extend(page.items);
        after = page.next;
        if after.is_none() {
            return lines;
        }
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_patient_reads_who_looked_at_what_newest_first_and_her_own_acts_as_hers() {
    each_migrated(|db| async move {
        let world = World::open(db).await;
        let lines = all(&world).await;
        assert!(lines.windows(2).all(|pair| pair[0].at >= pair[1].at));
        let read = lines.iter().find(|line| line.action == AuditAction::ReadThread).unwrap();
        assert_eq!(read.who.as_deref(), Some("Maria Lopez, RN"));
        assert_eq!((read.role, read.is_me, read.was_denied), (Some(Role::Nurse), false, false));
        assert_eq!(read.what.as_deref(), Some("My potassium"));
        // Read before each of two answers, in one minute: one line.
        assert_eq!(read.times, 2);
        assert_eq!(lines.iter().filter(|line| line.action == AuditAction::ReadThread).count(), 1);

        let sent = lines.iter().find(|line| line.action == AuditAction::SendMessage && line.is_me).unwrap();
        assert_eq!(sent.what.as_deref(), Some("My potassium"));
        let retracted = lines.iter().find(|line| line.action == AuditAction::RetractMessage).unwrap();
        assert_eq!((retracted.what.as_deref(), retracted.reason.as_deref()), (Some("My potassium"), None));
        assert!(lines.iter().any(|line| line.what.as_deref() == Some("salt")));

        // Reading the log is an act like any other.
        assert!(all(&world).await.iter().any(|line| line.is_me && line.action == AuditAction::ReadAccessLog));
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_refused_look_is_shown_and_nobody_reads_the_log_of_another() {
    each_migrated(|db| async move {
        let world = World::open(db).await;
        world.clinic.staff("stranger", Role::FrontDesk).await;
        let stranger = enter(&world.clinic, Door::Team, "stranger").await;
        let (rosa, luis) = (world.rosa, world.luis);
        let leave = world.service().store.db.write(move |tx| {
            tx.execute("DELETE FROM empanelment WHERE patient_id = $1", params![rosa])?;
            tx.execute("DELETE FROM pool_member WHERE account_id = $1", params![stranger.actor.account])
        });
        leave.await.unwrap();
        let outside = enter(&world.clinic, Door::Team, "stranger").await;
        let refused = world.service().team_thread(&outside, world.thread).await;
        assert!(matches!(refused, Err(ServiceError::NotFound)));
        let lines = all(&world).await;
        let denied = lines.iter().find(|line| line.was_denied).unwrap();
        assert_eq!((denied.role, denied.action), (Some(Role::FrontDesk), AuditAction::ReadThread));

        let other = world.service().looked(&world.now(&world.as_rosa), luis, None).await;
        assert_eq!(other.unwrap_err(), ServiceError::NotFound);
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_long_log_is_paged_without_a_gap_and_repeats_ten_minutes_apart_are_lines_of_their_own() {
    each_migrated(|db| async move {
        let world = World::open(db).await;
        let before = all(&world).await.len();
        for quarter in 1..=60 {
            let ctx = later(&world.now(&world.as_maya), quarter * 15);
            world.service().team_thread(&ctx, world.thread).await.unwrap();
        }
        let lines = all(&world).await;
        let read = lines.iter().filter(|line| line.action == AuditAction::ReadThread);
        assert_eq!(read.count(), 61);
        assert!(lines.len() > before + 50);
    })
    .await;
}
