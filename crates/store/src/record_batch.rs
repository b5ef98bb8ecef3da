//! One batch of an import as it is written: everything in it was checked and sealed before, so the
//! transaction only inserts. The batch's audit rows and progress stand or fall with it.

use crate::audit;
use crate::covariate;
use crate::db::{Engine, StoreError, Tx, Value};
use crate::import_progress::{self, FileHash};
use crate::params;
use crate::patient_token;
use crate::resource_directory::blind_id;
use crate::vault::{self, Vault};
use domain::audit::AuditEvent;
use domain::confidentiality::Sensitivity;
use domain::covariate::Finding;
use domain::id::{PatientId, ResourceId, SiteId};
use jiff::Timestamp;
use std::collections::{BTreeMap, BTreeSet};

/// A resource's newest version, sealed.
#[derive(Clone, Debug)]
pub struct NewResource {
    pub patient: PatientId,
    pub resource: ResourceId,
    pub resource_type: String,
    pub version: i64,
    pub clinical_at: i64,
    pub section: &'static str,
    pub sensitivity: Sensitivity,
    pub fingerprint: [u8; 16],
    pub content: Vec<u8>,
    pub facts: Facts,
}

/// What a resource says for access and search, beside its sealed content.
#[derive(Clone, Debug, Default)]
pub struct Facts {
    /// Blind tokens of its identifiers, and of an observation's codes.
    pub tokens: Vec<i64>,
    /// Blind tokens of a care team's practitioners.
    pub members: Vec<i64>,
    /// From when until when a care team lasts.
    pub period: (Option<i64>, Option<i64>),
    pub encounter: Option<Encounter>,
    /// What it says for its patient's covariates.
    pub finding: Option<Finding>,
}

/// A visit: when, with whom.
#[derive(Clone, Copy, Debug)]
pub struct Encounter {
    pub at: i64,
    pub practitioner: Option<i64>,
    pub site: Option<SiteId>,
}

/// A directory entry: the source's name for a resource, and ours.
#[derive(Clone, Debug)]
pub struct NewEntry {
    pub resource_type: String,
    pub foreign_id: String,
    pub patient: PatientId,
    pub resource: ResourceId,
}

/// A chart's row, made or renewed from a Patient resource.
#[derive(Clone, Debug)]
pub struct NewChart {
    pub patient: PatientId,
    pub resource: ResourceId,
    pub card: Vec<u8>,
    pub card_version: i64,
    pub is_deceased: bool,
    pub tokens: BTreeSet<i64>,
}

/// Everything that one transaction of an import writes.
#[derive(Clone, Debug, Default)]
pub struct RecordBatch {
    pub source: String,
    /// Wrapped keys of patients who were met for the first time.
    pub keys: Vec<(PatientId, Vec<u8>)>,
    pub entries: Vec<NewEntry>,
    pub created: Vec<NewResource>,
    pub updated: Vec<NewResource>,
    pub charts: Vec<NewChart>,
    /// What is known of patients beside the findings of their resources.
    pub findings: Vec<(PatientId, Finding)>,
    /// The newest clinical moment per patient.
    pub newest: Vec<(PatientId, i64)>,
    pub audit: Vec<AuditEvent>,
    pub progress: Vec<(FileHash, i64)>,
}

impl RecordBatch {
    /// Writes all of it.
    pub fn write(&self, tx: &mut Tx<'_>, vault: &Vault, now: Timestamp) -> Result<(), StoreError> {
        for (patient, wrapped) in &self.keys {
            vault::insert(tx, *patient, 1, wrapped.clone(), now)?;
        }
        self.write_entries(tx, vault)?;
        self.write_created(tx, now)?;
        for resource in &self.updated {
            write_updated(tx, resource, now)?;
        }
        for chart in &self.charts {
            write_chart(tx, chart, now)?;
        }
        for (patient, at) in &self.newest {
            tx.execute(
                "UPDATE patient SET record_newest_at = $2
                 WHERE patient_id = $1 AND (record_newest_at IS NULL OR record_newest_at < $2)",
                params![*patient, *at],
            )?;
        }
        covariate::learn(tx, vault, self.findings(), now)?;
        for event in &self.audit {
            audit::record(tx, vault, event)?;
        }
        for (file, lines) in &self.progress {
            import_progress::reach(tx, file, *lines, now)?;
        }
        Ok(())
    }

    /// In the order of writing, so that the newest version of a resource speaks last.
    fn findings(&self) -> BTreeMap<PatientId, Vec<Finding>> {
        let mut findings: BTreeMap<PatientId, Vec<Finding>> = BTreeMap::new();
        let of_resource = |new: &NewResource| Some((new.patient, new.facts.finding.clone()?));
        let of_resources = self.created.iter().chain(&self.updated).filter_map(of_resource);
        for (patient, finding) in self.findings.iter().cloned().chain(of_resources) {
            findings.entry(patient).or_default().push(finding);
        }
        findings
    }

    fn write_entries(&self, tx: &mut Tx<'_>, vault: &Vault) -> Result<(), StoreError> {
        let blind = vault.organisation().blind();
        let rows: Vec<Vec<Value>> = self
            .entries
            .iter()
            .map(|new| {
                let id = blind_id(blind, &new.resource_type, &new.foreign_id);
                params![&new.resource_type, &self.source, id, new.patient, new.resource].to_vec()
            })
            .collect();
        let columns = ["resource_type", "source", "foreign_id", "patient_id", "resource_id"];
        tx.insert_many("resource_directory", &columns, &rows)?;
        Ok(())
    }

    fn write_created(&self, tx: &mut Tx<'_>, now: Timestamp) -> Result<(), StoreError> {
        let rows: Vec<Vec<Value>> = self.created.iter().map(|new| new.row(now)).collect();
        let columns = [
            "patient_id",
            "resource_id",
            "resource_type",
            "version",
            "updated_at",
            "clinical_at",
            "section",
            "sensitivity",
            "visibility",
            "fingerprint",
            "content",
        ];
        tx.insert_many("resource", &columns, &rows)?;
        let tokens: Vec<Vec<Value>> = self.created.iter().flat_map(NewResource::token_rows).collect();
        tx.insert_many("resource_token", &["token", "patient_id", "resource_id"], &tokens)?;
        let members: Vec<Vec<Value>> = self.created.iter().flat_map(NewResource::member_rows).collect();
        let columns = ["patient_id", "practitioner", "resource_id", "from_at", "until_at"];
        tx.insert_many("care_team_member", &columns, &members)?;
        let visits: Vec<Vec<Value>> = self.created.iter().filter_map(NewResource::encounter_row).collect();
        let columns = ["patient_id", "resource_id", "at", "site_id", "practitioner"];
        tx.insert_many("encounter", &columns, &visits)?;
        Ok(())
    }
}

/// Lets PostgreSQL count what a large import has brought: without fresh statistics it reads whole
/// tables to find a few rows. SQLite's plans need none.
pub fn analyze(tx: &mut Tx<'_>) -> Result<(), StoreError> {
    if tx.engine() == Engine::Postgres {
        for table in TABLES {
            tx.execute(&format!("ANALYZE {table}"), &[])?;
        }
    }
    Ok(())
}

const TABLES: [&str; 9] = [
    "resource_directory",
    "resource",
    "resource_token",
    "patient",
    "patient_token",
    "encounter",
    "care_team_member",
    "data_key",
    "covariate",
];

impl NewResource {
    fn row(&self, now: Timestamp) -> Vec<Value> {
        params![
            self.patient,
            self.resource,
            &self.resource_type,
            self.version,
            now,
            self.clinical_at,
            self.section,
            self.sensitivity.word(),
            "all",
            self.fingerprint,
            &self.content
        ]
        .to_vec()
    }

    fn token_rows(&self) -> impl Iterator<Item = Vec<Value>> {
        self.facts.tokens.iter().map(|token| params![*token, self.patient, self.resource].to_vec())
    }

    fn member_rows(&self) -> impl Iterator<Item = Vec<Value>> {
        let (from, until) = self.facts.period;
        let row = move |member: &i64| params![self.patient, *member, self.resource, from, until].to_vec();
        self.facts.members.iter().map(row)
    }

    fn encounter_row(&self) -> Option<Vec<Value>> {
        let visit = self.facts.encounter.as_ref()?;
        Some(params![self.patient, self.resource, visit.at, visit.site, visit.practitioner].to_vec())
    }
}

/// The old version goes into the history as it is; its content keeps the place it was sealed for.
fn write_updated(tx: &mut Tx<'_>, new: &NewResource, now: Timestamp) -> Result<(), StoreError> {
    tx.execute(
        "INSERT INTO resource_version (patient_id, resource_id, version, updated_at, content)
         SELECT patient_id, resource_id, version, updated_at, content FROM resource
         WHERE patient_id = $1 AND resource_id = $2",
        params![new.patient, new.resource],
    )?;
    let changed = tx.execute(
        "UPDATE resource SET version = $3, updated_at = $4, clinical_at = $5, section = $6, sensitivity = $7,
            fingerprint = $8, content = $9
         WHERE patient_id = $1 AND resource_id = $2 AND version < $3",
        params![
            new.patient,
            new.resource,
            new.version,
            now,
            new.clinical_at,
            new.section,
            new.sensitivity.word(),
            new.fingerprint,
            &new.content
        ],
    )?;
    if changed != 1 {
        return Err(StoreError::Conflict { constraint: "resource_version".into() });
    }
    renew_facts(tx, new)
}

fn renew_facts(tx: &mut Tx<'_>, new: &NewResource) -> Result<(), StoreError> {
    // Tokens of former identifiers stay: a hit is compared with the content before it counts.
    for row in new.token_rows() {
        tx.execute(
            "INSERT INTO resource_token (token, patient_id, resource_id) VALUES ($1, $2, $3)
             ON CONFLICT (token, patient_id, resource_id) DO NOTHING",
            &row,
        )?;
    }
    if new.resource_type == "CareTeam" {
        tx.execute(
            "DELETE FROM care_team_member WHERE patient_id = $1 AND resource_id = $2",
            params![new.patient, new.resource],
        )?;
        let columns = ["patient_id", "practitioner", "resource_id", "from_at", "until_at"];
        tx.insert_many("care_team_member", &columns, &new.member_rows().collect::<Vec<_>>())?;
    }
    if new.resource_type == "Encounter" {
        tx.execute(
            "DELETE FROM encounter WHERE patient_id = $1 AND resource_id = $2",
            params![new.patient, new.resource],
        )?;
        let columns = ["patient_id", "resource_id", "at", "site_id", "practitioner"];
        tx.insert_many("encounter", &columns, &new.encounter_row().into_iter().collect::<Vec<_>>())?;
    }
    Ok(())
}

/// Resources may have come before their Patient, so a new chart looks up its newest moment.
fn write_chart(tx: &mut Tx<'_>, chart: &NewChart, now: Timestamp) -> Result<(), StoreError> {
    tx.execute(
        "INSERT INTO patient (patient_id, resource_id, card, card_version, is_deceased, record_newest_at,
            legal_hold, created_at, updated_at)
         VALUES ($1, $2, $3, $4, $5,
            (SELECT NULLIF(MAX(clinical_at), 0) FROM resource WHERE patient_id = $1 AND clinical_at <= $6), $7, $6, $6)
         ON CONFLICT (patient_id) DO UPDATE SET card = excluded.card, card_version = excluded.card_version,
            is_deceased = excluded.is_deceased, updated_at = excluded.updated_at",
        params![
            chart.patient,
            chart.resource,
            &chart.card,
            chart.card_version,
            chart.is_deceased,
            now,
            false
        ],
    )?;
    patient_token::replace(tx, chart.patient, &chart.tokens)
}
