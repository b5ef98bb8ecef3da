//! An import: its speed, and what it takes on the disk as a share of the compact JSON that was read.

use super::clinic::{self, Clinic};
use super::machine::process_millis;
use super::report::{Budget, Report};
use crate::cli::outcome::Failure;
use domain::actor::Actor;
use serde_json::json;
use service::import::{Import, Phases};
use std::path::PathBuf;
use std::sync::Arc;
use store::bench::{Relation, Scratch, sizes};

const MEGA: f64 = 1e6;

pub async fn measure(scratch: &Scratch, files: &[PathBuf], report: &mut Report) -> Result<(), Failure> {
    if files.is_empty() {
        return Err(Failure::usage("bench import needs --files PATH: FHIR R4 bundles or bulk files"));
    }
    let clinic = Clinic::found(&scratch.database("import").await?, (1, 0)).await?;
    let service = &clinic.service;
    let before = service.store.db.read(sizes).await?;
    let import = Import {
        paths: files.to_vec(),
        source: "bench".into(),
        operator: Some(crate::cli::user()),
        ..Import::default()
    };
    let operator = clinic::ctx(service, &Actor::operator());
    let processor = process_millis();
    let done = service.import(&operator, import, Arc::new(|_| ())).await?;
    service.store.db.checkpoint().await?;
    let json = done.bytes as f64;
    report.note("imported", json!({ "created": done.created, "refused": done.refused, "bytes": done.bytes }));
    report.figure("import of compact JSON", json / MEGA / done.seconds, "MB/s", Budget::AtLeast(20.0));
    let processor = (process_millis() - processor) / (json / MEGA);
    report.figure("import: processor time of all threads", processor, "ms/MB", Budget::None);
    phases(&done.phases, json, report);
    let content = service.store.db.read(|tx| {
        tx.query_one("SELECT CAST(COALESCE(SUM(LENGTH(content)), 0) AS BIGINT) FROM resource", &[], |row| {
            row.get::<i64>(0)
        })
    });
    let content = content.await.map_err(|error: store::StoreError| error)? as f64;
    report.figure("stored: sealed content", content / json, "of JSON", Budget::AtMost(0.3));
    let after = service.store.db.read(sizes).await?;
    let grown =
        |wanted: &dyn Fn(&Relation) -> bool| (sum(&after, wanted) - sum(&before, wanted)) as f64 / json;
    for (name, tables) in PARTS {
        let share = grown(&|relation| relation.index.is_none() && tables.contains(&relation.table.as_str()));
        report.figure(format!("stored: {name}"), share, "of JSON", Budget::None);
    }
    let indexes = grown(&|relation| relation.index.is_some());
    report.figure("stored: indexes", indexes, "of JSON", Budget::None);
    report.figure("stored: everything", grown(&|_| true), "of JSON", Budget::AtMost(0.8));
    clinic.close().await;
    Ok(())
}

/// Parts of the disk, by the tables that hold them.
const PARTS: [(&str, &[&str]); 5] = [
    ("record tables with their content", &["resource", "resource_version"]),
    ("directory of foreign ids", &["resource_directory"]),
    ("blind tokens", &["resource_token", "patient_token"]),
    ("audit", &["audit_event", "audit_chain", "audit_batch", "audit_batch_head"]),
    ("charts, keys, visits, care teams", &["patient", "data_key", "encounter", "care_team_member"]),
];

fn sum(relations: &[Relation], wanted: &dyn Fn(&Relation) -> bool) -> i64 {
    relations.iter().filter(|relation| wanted(relation)).map(|relation| relation.bytes).sum()
}

/// Where the processor's time went, so that a slow import tells why.
fn phases(phases: &Phases, json: f64, report: &mut Report) {
    let parts = [
        ("read", phases.read),
        ("parse", phases.parse),
        ("check", phases.check),
        ("resolve", phases.resolve),
        ("seal", phases.seal),
        ("write", phases.write),
    ];
    for (name, time) in parts {
        let per_megabyte = time.as_secs_f64() * 1e3 / (json / MEGA);
        report.figure(format!("import: {name}"), per_megabyte, "ms/MB", Budget::None);
    }
}
