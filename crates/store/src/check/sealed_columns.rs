//! Every sealed column there is, with the place that its values are sealed for. Rule: a new sealed column
//! is a row here; a test compares this list with the schema.

/// Whose key seals a column.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Owner {
    /// The organisation's, always.
    Organisation,
    /// That of the row's `patient_id`; the organisation's where it is the nil id.
    Patient,
    /// That of the standing covariate rows.
    Study,
}

/// A column of sealed values.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct SealedColumn {
    pub table: &'static str,
    pub column: &'static str,
    /// The primary key, in its order.
    pub key: &'static [&'static str],
    pub owner: Owner,
    /// The table that the place names, where rows move from one table into another.
    pub place_table: &'static str,
    /// The columns whose bytes, one after the other, are the place's row; numbers are big-endian.
    pub place_row: &'static [&'static str],
    /// The column of the place's version; 1 where there is none.
    pub version: Option<&'static str>,
}

const fn column(
    (table, column): (&'static str, &'static str),
    key: &'static [&'static str],
    place_row: &'static [&'static str],
) -> SealedColumn {
    SealedColumn { table, column, key, owner: Owner::Patient, place_table: table, place_row, version: None }
}

/// All of them.
pub const SEALED_COLUMNS: &[SealedColumn] = &[
    SealedColumn { owner: Owner::Organisation, ..column(("account", "profile"), &["id"], &["id"]) },
    SealedColumn { version: Some("card_version"), ..column(("patient", "card"), &["patient_id"], &[]) },
    column(("break_glass", "reason"), &["patient_id", "account_id", "at"], &["account_id", "at"]),
    column(("proxy_grant", "relation"), &["patient_id", "account_id", "from_at"], &["account_id", "from_at"]),
    SealedColumn {
        version: Some("version"),
        ..column(("resource", "content"), &["patient_id", "resource_id"], &["resource_id"])
    },
    // An older version keeps the place that it had as the newest.
    SealedColumn {
        place_table: "resource",
        version: Some("version"),
        ..column(("resource_version", "content"), &["patient_id", "resource_id", "version"], &["resource_id"])
    },
    column(("thread", "subject"), &["patient_id", "id"], &["id"]),
    column(("message", "content"), &["patient_id", "thread_id", "seq"], &["id"]),
    column(("message_revision", "reason"), &["patient_id", "message_id", "revision"], &["message_id"]),
    SealedColumn {
        version: Some("card_version"),
        ..column(("inbox", "card"), &["pool_id", "thread_id"], &["thread_id"])
    },
    SealedColumn {
        version: Some("version"),
        ..column(("draft", "content"), &["account_id", "patient_id", "slot"], &["account_id", "slot"])
    },
    SealedColumn {
        owner: Owner::Study,
        version: Some("version"),
        ..column(("covariate", "content"), &["patient_id"], &["patient_id"])
    },
    SealedColumn {
        owner: Owner::Organisation,
        version: Some("version"),
        ..column(("study_run", "content"), &["id"], &["id"])
    },
    SealedColumn { owner: Owner::Organisation, ..column(("study_run", "run_key"), &["id"], &["id"]) },
    SealedColumn {
        owner: Owner::Organisation,
        ..column(("study_report", "files"), &["run_id"], &["run_id"])
    },
    column(("audit_event", "detail"), &["patient_id", "id"], &["id"]),
];
