//! Several nodes on one database: what changes here is said to the others, coalesced and as ids only, and
//! what they say reaches who follows here. What may have been missed is news of "everything".

use crate::live::{Changed, News};
use crate::service::Service;
use std::time::Duration;
use store::db::Heard;
use uuid::Uuid;

/// A burst of changes is said at once after so long.
const COALESCE: Duration = Duration::from_millis(50);

/// Says and hears until `shutdown`; ends at once on a database that only one node can have.
pub async fn run(service: Service, shutdown: impl Future<Output = ()>) {
    let Some(mut heard) = service.store.db.listen() else { return };
    let node = service.mint(service.now());
    service.live.share();
    let mut shutdown = std::pin::pin!(shutdown);
    loop {
        tokio::select! {
            () = &mut shutdown => return,
            () = service.live.is_untold() => {
                tokio::time::sleep(COALESCE).await;
                say(&service, node).await;
            }
            word = heard.recv() => match word {
                Some(Heard::Word(word)) => hear(&service, node, &word),
                Some(Heard::Listening) => service.live.pass_on(News::Everything),
                None => return,
            },
        }
    }
}

async fn say(service: &Service, node: Uuid) {
    let words: Vec<String> = service.live.take_untold().iter().map(|changed| word(node, changed)).collect();
    if !words.is_empty()
        && let Err(error) = service.store.db.say(words).await
    {
        tracing::warn!(%error, "other nodes were not told what changed");
    }
}

fn hear(service: &Service, node: Uuid, said: &str) {
    match parse(said) {
        Some((from, _)) if from == node => {}
        Some((_, changed)) => service.live.pass_on(News::Thread(changed)),
        // A later version may say more than this one understands.
        None => service.live.pass_on(News::Everything),
    }
}

fn word(node: Uuid, changed: &Changed) -> String {
    format!("{node} {} {} {}", changed.patient, changed.pool, changed.thread)
}

fn parse(said: &str) -> Option<(Uuid, Changed)> {
    let mut words = said.split(' ');
    let from = words.next()?.parse().ok()?;
    let changed = Changed {
        patient: words.next()?.parse().ok()?,
        pool: words.next()?.parse().ok()?,
        thread: words.next()?.parse().ok()?,
    };
    words.next().is_none().then_some((from, changed))
}

#[cfg(test)]
mod tests {
    use super::*;
    use domain::id::{PatientId, PoolId, ThreadId};

    #[test]
    fn what_a_node_says_another_understands() {
        let changed = Changed {
            patient: PatientId(Uuid::from_u128(1)),
            pool: PoolId(Uuid::from_u128(2)),
            thread: ThreadId(Uuid::from_u128(3)),
        };
        let node = Uuid::from_u128(4);
        assert_eq!(parse(&word(node, &changed)), Some((node, changed)));
        assert_eq!(parse("something else"), None);
        assert_eq!(parse(&format!("{} more", word(node, &changed))), None);
    }
}
