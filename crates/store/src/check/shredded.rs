//! Patients who are gone: of each a shredding must stand in the organisation's audit, in words that only
//! this program could seal. A row in clear anybody can add who can write to the database.

use super::run::Checker;
use crate::audit;
use crate::db::{StoreError, Tx};
use crate::params;
use domain::id::{AuditId, PatientId};
use std::collections::HashSet;

const NAMED: usize = 100;

/// Where traces of a patient stay who has no key any more.
const TRACES: [(&str, &str); 2] = [
    (
        "audit_chain",
        "SELECT t.patient_id FROM audit_chain t
         WHERE t.patient_id <> $1 AND NOT EXISTS (SELECT 1 FROM data_key k WHERE k.patient_id = t.patient_id)",
    ),
    (
        "resource_directory",
        "SELECT DISTINCT t.patient_id FROM resource_directory t
         WHERE t.patient_id <> $1 AND t.resource_type = 'Patient'
           AND NOT EXISTS (SELECT 1 FROM data_key k WHERE k.patient_id = t.patient_id)",
    ),
];

impl Checker<'_> {
    /// Patients whose shredding stands in the organisation's chain, sealed with its reason. A row without
    /// those words is named.
    pub(super) fn find_shredded(&mut self, tx: &mut Tx<'_>) -> Result<(), StoreError> {
        let rows = tx.query(
            "SELECT object_id, id, detail FROM audit_event
             WHERE patient_id = $1 AND action = 'shred_patient' AND outcome = 'done' AND object_id IS NOT NULL",
            params![PatientId::ORGANISATION],
            |row| Ok((row.get::<PatientId>(0)?, row.get::<AuditId>(1)?, row.get::<Option<Vec<u8>>>(2)?)),
        )?;
        for (patient, id, detail) in rows {
            let detail = detail.and_then(|sealed| audit::open_organisation_detail(self.vault, id, &sealed));
            let is_meant = detail
                .is_some_and(|detail| detail.reason.is_some() && detail.what == Some(patient.to_string()));
            if is_meant {
                self.shredded.insert(patient);
            } else {
                let what = format!("says that patient {patient} was shredded, and its sealed words do not");
                self.report.fault("audit_event", Some(PatientId::ORGANISATION), format!("id {id}"), what);
            }
        }
        Ok(())
    }

    /// Whoever left traces and has no key must have been shredded.
    pub(super) fn gone(&mut self, tx: &mut Tx<'_>) -> Result<(), StoreError> {
        for (table, sql) in TRACES {
            let keyless: Vec<PatientId> =
                tx.query(sql, params![PatientId::ORGANISATION], |row| row.get(0))?;
            let gone: HashSet<PatientId> = keyless.into_iter().collect();
            for patient in gone.difference(&self.shredded.clone()).take(NAMED) {
                let what = "the patient's key is gone, and no shredding stands in the audit";
                self.report.fault(table, Some(*patient), "", what);
            }
        }
        Ok(())
    }
}
