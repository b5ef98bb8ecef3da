//! Small FHIR files for import stories, and what stands in the database afterwards.
#![allow(dead_code, reason = "each story uses a part")]

use crate::people::operator;
use domain::id::{PatientId, ResourceId};
use serde_json::{Value, json};
use service::Service;
use service::import::{Import, ImportReport};
use std::collections::BTreeMap;
use std::io::Write;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use store::db::StoreError;
use store::params;
use tempfile::TempDir;

pub struct Files(pub TempDir);

impl Files {
    pub fn new() -> Files {
        Files(TempDir::new().unwrap())
    }

    pub fn path(&self) -> &Path {
        self.0.path()
    }

    /// Writes a file with one value a line.
    pub fn lines(&self, name: &str, values: &[Value]) -> PathBuf {
        let text: String = values.iter().map(|value| format!("{value}\n")).collect();
        self.text(name, &text)
    }

    pub fn text(&self, name: &str, text: &str) -> PathBuf {
        let path = self.path().join(name);
        std::fs::write(&path, text).unwrap();
        path
    }

    pub fn gzip(&self, name: &str, text: &str) -> PathBuf {
        let path = self.path().join(name);
        let file = std::fs::File::create(&path).unwrap();
        let mut packed = flate2::write::GzEncoder::new(file, flate2::Compression::fast());
        packed.write_all(text.as_bytes()).unwrap();
        packed.finish().unwrap();
        path
    }
}

/// Imports and expects the import itself to go through.
pub async fn import(service: &Service, paths: &[&Path]) -> ImportReport {
    import_of(service, "clinic", paths).await
}

/// The same from a source of another name.
pub async fn import_of(service: &Service, source: &str, paths: &[&Path]) -> ImportReport {
    let import = Import {
        paths: paths.iter().map(|path| path.to_path_buf()).collect(),
        source: source.to_owned(),
        base: None,
        operator: Some("operator".into()),
    };
    service.import(&operator(service), import, Arc::new(|_| {})).await.unwrap()
}

pub fn patient(id: &str, family: &str) -> Value {
    json!({"resourceType": "Patient", "id": id, "birthDate": "1958-03-02", "gender": "female",
        "name": [{"family": family, "given": ["Rosa", "María"]}],
        "telecom": [{"system": "phone", "value": "(555) 942-8848"}],
        "identifier": [{"type": {"coding": [{"code": "MR"}]}, "system": "urn:clinic", "value": format!("7-{id}")}]})
}

pub fn practitioner(id: &str, npi: &str) -> Value {
    json!({"resourceType": "Practitioner", "id": id, "name": [{"family": "Lopez"}],
        "identifier": [{"system": "http://hl7.org/fhir/sid/us-npi", "value": npi}]})
}

pub fn potassium(id: &str, patient: &str, value: f64, day: &str) -> Value {
    json!({"resourceType": "Observation", "id": id, "status": "final",
        "category": [{"coding": [{"system": "http://terminology.hl7.org/CodeSystem/observation-category",
            "code": "laboratory"}]}],
        "code": {"coding": [{"system": "http://loinc.org", "code": "2823-3", "display": "Potassium"}],
            "text": "Potassium"},
        "subject": {"reference": patient}, "effectiveDateTime": day,
        "valueQuantity": {"value": value, "unit": "mmol/L", "system": "http://unitsofmeasure.org",
            "code": "mmol/L"}})
}

pub fn encounter(id: &str, patient: &str, practitioner: &str, day: &str) -> Value {
    json!({"resourceType": "Encounter", "id": id, "status": "finished",
        "class": {"system": "http://terminology.hl7.org/CodeSystem/v3-ActCode", "code": "AMB"},
        "subject": {"reference": patient}, "period": {"start": day, "end": day},
        "participant": [{"individual": {"reference": practitioner}}]})
}

/// A transaction of (full URL, resource) pairs.
pub fn transaction(entries: &[(&str, Value)]) -> Value {
    let entries: Vec<Value> = entries
        .iter()
        .map(|(url, resource)| {
            json!({"fullUrl": url, "resource": resource,
                "request": {"method": "POST", "url": resource["resourceType"]}})
        })
        .collect();
    json!({"resourceType": "Bundle", "type": "transaction", "entry": entries})
}

/// Where a resource of the source `clinic` stands.
pub async fn stands(
    service: &Service,
    resource_type: &'static str,
    id: &str,
) -> Option<(PatientId, ResourceId)> {
    let (id, vault) = (id.to_owned(), service.store.vault.clone());
    let found = service.store.db.read(move |tx| {
        store::resource_directory::everywhere(tx, vault.organisation().blind(), resource_type, &id)
    });
    found.await.unwrap().pop()
}

/// A resource's newest version and content.
pub async fn opened(service: &Service, resource_type: &'static str, id: &str) -> (i64, Value) {
    let (patient, resource) = stands(service, resource_type, id).await.expect("an entry of the directory");
    let vault = service.store.vault.clone();
    let read = service.store.db.read(move |tx| {
        let stored = store::resource::load(tx, patient, resource)?.expect("a stored resource");
        Ok::<_, StoreError>((stored.version, stored.open_with(tx, &vault)?))
    });
    read.await.unwrap()
}

/// Every chart, per patient's foreign id and section: the sorted canonical contents as one digest.
pub type Charts = BTreeMap<(String, String), (usize, Vec<u8>)>;

pub async fn charts(service: &Service) -> Charts {
    let vault = service.store.vault.clone();
    let read = service.store.db.read(move |tx| {
        let stored: Vec<(PatientId, ResourceId)> = tx.query(
            "SELECT patient_id, resource_id FROM resource_directory WHERE resource_type = $1",
            params!["Patient"],
            |row| Ok((row.get(0)?, row.get(1)?)),
        )?;
        let mut patients = Vec::new();
        for (patient, resource) in stored {
            let found = store::resource::load(tx, patient, resource)?.expect("a stored resource");
            let id = found.open_with(tx, &vault)?["id"].as_str().expect("an id").to_owned();
            patients.push((id, patient));
        }
        let mut charts = Charts::new();
        let nobody = ("".to_owned(), PatientId::ORGANISATION);
        for (foreign, patient) in patients.into_iter().chain([nobody]) {
            let sections: Vec<String> = tx.query(
                "SELECT DISTINCT section FROM resource WHERE patient_id = $1",
                params![patient],
                |row| row.get(0),
            )?;
            let key = if patient.is_organisation() { None } else { vault.patient(tx, patient)? };
            for section in sections {
                let mut contents = Vec::new();
                for stored in store::resource::section(tx, (patient, &section), None, 1_000_000)? {
                    contents.push(match &key {
                        Some(key) => stored.open_bytes(key)?,
                        None => stored.open_bytes(vault.organisation().data())?,
                    });
                }
                contents.sort();
                let digest = ring::digest::digest(&ring::digest::SHA256, &contents.concat());
                let found = (contents.len(), digest.as_ref().to_vec());
                charts.insert((foreign.clone(), section), found);
            }
        }
        Ok::<_, StoreError>(charts)
    });
    read.await.unwrap()
}
