//! The schema, as numbered texts that are only ever added to.

use crate::db::Migration;

/// All migrations, oldest first.
pub fn migrations() -> Vec<Migration> {
    vec![
        Migration { number: 1, name: "foundation", sql: include_str!("schema/0001_foundation.sql") },
        Migration { number: 2, name: "study", sql: include_str!("schema/0002_study.sql") },
        Migration { number: 3, name: "quick replies", sql: include_str!("schema/0003_quick_replies.sql") },
        Migration { number: 4, name: "boards", sql: include_str!("schema/0004_boards.sql") },
        Migration { number: 5, name: "study runs", sql: include_str!("schema/0005_study_runs.sql") },
        Migration { number: 6, name: "audit search", sql: include_str!("schema/0006_audit_search.sql") },
        Migration { number: 7, name: "red flags", sql: include_str!("schema/0007_red_flags.sql") },
        Migration { number: 8, name: "proxies", sql: include_str!("schema/0008_proxies.sql") },
        Migration { number: 9, name: "areas", sql: include_str!("schema/0009_areas.sql") },
        Migration { number: 10, name: "leads", sql: include_str!("schema/0010_leads.sql") },
    ]
}
