//! How fast an import runs: `cargo run --release -p service --example import -- URL PATH...`
//! (`sqlite:FILE` or a `postgres://` URL of an empty database). Prints the phases of the report.
#![allow(clippy::unwrap_used, clippy::expect_used)]

use domain::actor::Actor;
use domain::id::RequestId;
use service::Service;
use service::clock::Clock;
use service::ctx::Ctx;
use service::import::Import;
use std::sync::Arc;
use store::Store;
use store::db::{Db, DbOptions};
use store::keys::{RootKey, RootKeys};

#[tokio::main]
async fn main() {
    let mut args = std::env::args().skip(1);
    let url = args.next().expect("a database URL").parse().unwrap();
    let db = Db::open(&url, &DbOptions::default()).await.unwrap();
    let clock = Clock::System;
    let store = Store::open(db, RootKeys::new(RootKey::generate().unwrap()), clock.now()).await.unwrap();
    let service = Service::new(store, clock);
    let now = service.now();
    let ctx = Ctx { actor: Actor::operator(), now, request: RequestId(service.ids.mint(now)) };
    let import =
        Import { paths: args.map(Into::into).collect(), source: "bench".into(), ..Import::default() };
    for run in ["first", "second"] {
        let report = service.import(&ctx, import.clone(), Arc::new(|_| {})).await.unwrap();
        let rate = report.bytes as f64 / 1e6 / report.seconds;
        println!("{run}: {rate:.1} MB/s, {}", serde_json::to_string(&report).unwrap());
        println!(
            "unresolved {}, refused {:?}, phases {:?}",
            report.unresolved,
            report.refusals.first(),
            report.phases
        );
    }
    service.store.db.clone().close().await;
}
