//! Which patient belongs to which provider and team: derived from the record, or from a list.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

mod people;
mod record;

use domain::actor::Role;
use domain::empanelment::EmpanelmentSource;
use domain::id::{PatientId, PoolId, ResourceId};
use jiff::Timestamp;
use people::{Clinic, instant, new_pool};
use service::panels::Derived;
use store::account::practitioner_token;
use store::blind::TokenQuery;
use store::empanelment::Empanelment;
use store::params;
use store::testing::each_migrated;
use uuid::Uuid;

const CHEN: ResourceId = ResourceId(Uuid::from_u128(901));
const OKAFOR: ResourceId = ResourceId(Uuid::from_u128(902));

fn token(clinic: &Clinic, practitioner: ResourceId) -> i64 {
    practitioner_token(clinic.service.store.vault.organisation().blind(), practitioner)
}

/// Writes to the tables that an import fills.
async fn write(clinic: &Clinic, sql: &'static str, params: Vec<store::db::Value>) {
    clinic.service.store.db.write(move |tx| tx.execute(sql, &params)).await.unwrap();
}

async fn visit(clinic: &Clinic, patient: PatientId, number: u128, at: &str, practitioner: ResourceId) {
    let params = params![patient, Uuid::from_u128(number), instant(at), token(clinic, practitioner)].to_vec();
    let sql = "INSERT INTO encounter (patient_id, resource_id, at, practitioner) VALUES ($1, $2, $3, $4)";
    write(clinic, sql, params).await;
}

async fn newest(clinic: &Clinic, patient: PatientId, at: &str) {
    let sql = "UPDATE patient SET record_newest_at = $2 WHERE patient_id = $1";
    write(clinic, sql, params![patient, instant(at)].to_vec()).await;
}

async fn care_team(clinic: &Clinic, patient: PatientId, practitioner: ResourceId, until: Option<Timestamp>) {
    let sql = "INSERT INTO care_team_member (patient_id, practitioner, resource_id, until_at)
               VALUES ($1, $2, $3, $4)";
    let params = params![patient, token(clinic, practitioner), Uuid::from_u128(7), until].to_vec();
    write(clinic, sql, params).await;
}

async fn rows(clinic: &Clinic, patient: PatientId) -> Vec<Empanelment> {
    clinic.service.store.db.read(move |tx| store::empanelment::of_patient(tx, patient)).await.unwrap()
}

async fn derive(clinic: &Clinic, as_of: &str) -> Derived {
    clinic.service.derive_panels(&clinic.operator(), instant(as_of)).await.unwrap()
}

#[tokio::test(flavor = "multi_thread")]
async fn a_care_team_comes_before_visits_and_visits_before_the_default_pool() {
    each_migrated(|db| async move {
        let clinic = Clinic::open(db).await;
        let (teamed, seen, unknown) =
            (clinic.patient(1, "1").await, clinic.patient(2, "2").await, clinic.patient(3, "3").await);
        care_team(&clinic, teamed, CHEN, None).await;
        for (patient, from) in [(teamed, 100), (seen, 200)] {
            visit(&clinic, patient, from, "2026-05-01T10:00:00Z", OKAFOR).await;
            visit(&clinic, patient, from + 1, "2026-06-01T10:00:00Z", OKAFOR).await;
            visit(&clinic, patient, from + 2, "2026-07-01T10:00:00Z", CHEN).await;
        }
        let derived = derive(&clinic, "2026-11-01T00:00:00Z").await;
        assert_eq!(derived, Derived { care_team: 1, most_visits: 1, default: 1 });
        let told = |row: &Empanelment| (row.practitioner, row.source, row.pool);
        let nurses = clinic.nurses;
        let expected = [
            (teamed, (Some(token(&clinic, CHEN)), EmpanelmentSource::CareTeam, nurses)),
            (seen, (Some(token(&clinic, OKAFOR)), EmpanelmentSource::MostVisits, nurses)),
            (unknown, (None, EmpanelmentSource::Default, nurses)),
        ];
        for (patient, expected) in expected {
            let rows = rows(&clinic, patient).await;
            assert_eq!(rows.iter().map(told).collect::<Vec<_>>(), [expected]);
            assert_eq!((rows[0].from, rows[0].until), (instant("2026-11-01T00:00:00Z"), None));
        }
        assert_eq!(derive(&clinic, "2026-11-02T00:00:00Z").await, Derived::default(), "nobody is left");
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn visits_count_for_two_years_before_the_records_own_newest_date() {
    each_migrated(|db| async move {
        let clinic = Clinic::open(db).await;
        let historic = clinic.patient(1, "1").await;
        newest(&clinic, historic, "2019-06-30T00:00:00Z").await;
        for number in 0..5 {
            visit(&clinic, historic, number, "2017-01-01T10:00:00Z", CHEN).await;
        }
        visit(&clinic, historic, 10, "2018-01-01T10:00:00Z", OKAFOR).await;
        care_team(&clinic, historic, CHEN, Some(instant("2017-12-31T00:00:00Z"))).await;
        assert_eq!(derive(&clinic, "2026-11-01T00:00:00Z").await.most_visits, 1);
        assert_eq!(rows(&clinic, historic).await[0].practitioner, Some(token(&clinic, OKAFOR)));
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_providers_own_pool_takes_the_providers_patients_and_the_dead_have_none() {
    each_migrated(|db| async move {
        let clinic = Clinic::open(db).await;
        let operator = clinic.operator();
        let pool = new_pool("Dr. Chen's team", "Equipo de la Dra. Chen", "Hillside");
        let chens = clinic.service.create_pool(&operator, pool).await.unwrap();
        let account = clinic.practitioner("chen", Role::Physician, Some(CHEN)).await;
        clinic
            .service
            .store
            .db
            .write(move |tx| {
                store::pool::end_member(tx, clinic.nurses, account, Timestamp::UNIX_EPOCH)?;
                store::pool::add_member(tx, chens, account, operator.now)
            })
            .await
            .unwrap();
        let hers = clinic.patient(1, "1").await;
        let dead = clinic.patient(2, "2").await;
        for patient in [hers, dead] {
            care_team(&clinic, patient, CHEN, None).await;
        }
        write(&clinic, "UPDATE patient SET is_deceased = TRUE WHERE patient_id = $1", params![dead].to_vec())
            .await;
        assert_eq!(derive(&clinic, "2026-11-01T00:00:00Z").await.total(), 1);
        assert_eq!(rows(&clinic, hers).await[0].pool, chens);
        assert!(rows(&clinic, dead).await.is_empty());
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_list_with_bad_lines_tells_each_and_takes_the_others() {
    each_migrated(|db| async move {
        let clinic = Clinic::open(db).await;
        let (rosa, luis) = (clinic.patient(1, "MRN-1").await, clinic.patient(2, "MRN-2").await);
        chen_has_an_npi(&clinic).await;
        let text = "patient,provider,pool,from,until,source\n\
                    mrn-1,1993999998,Nurses,2025-01-01,,\n\
                    MRN-9,,Nurses,2025-01-01,,\n\
                    MRN-2,,Doctors,2025-01-01,,\n\
                    MRN-2,1000000000,Nurses,2025-01-01,,\n\
                    MRN-2,,Nurses,01/31/2025,,\n\
                    MRN-2,,Nurses,2025-01-01,2026-01-01,care_team\n\
                    MRN-2,,Nurses,2025-06-01,,\n\
                    MRN-1,,Nurses,2026-03-01,,\n";
        let done = import(&clinic, text).await;
        assert_eq!((done.added, done.unchanged), (3, 0));
        let refused: Vec<_> = done.refused.iter().map(|refused| (refused.line, refused.reason)).collect();
        let expected = [
            (3, "no patient has this identifier"),
            (4, "no active pool, or more than one, has this id or label"),
            (5, "no practitioner has this NPI or id"),
            (6, "from is no date such as 2026-01-31"),
            (8, "another row covers a part of this time"),
        ];
        assert_eq!(refused, expected);
        let spans = |rows: Vec<Empanelment>| -> Vec<(Timestamp, Option<Timestamp>, PoolId, Option<i64>)> {
            rows.into_iter().map(|row| (row.from, row.until, row.pool, row.practitioner)).collect()
        };
        let (first, second) = (instant("2025-01-01T08:00:00Z"), instant("2026-03-01T08:00:00Z"));
        let (nurses, chen) = (clinic.nurses, token(&clinic, CHEN));
        assert_eq!(
            spans(rows(&clinic, rosa).await),
            [(first, Some(second), nurses, Some(chen)), (second, None, nurses, None)]
        );
        assert_eq!(rows(&clinic, luis).await[0].source, EmpanelmentSource::CareTeam);
        let again = import(&clinic, text).await;
        assert_eq!(
            (again.added, again.unchanged, again.refused.len()),
            (0, 3, 5),
            "doing it again changes nothing"
        );
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn whoever_stands_in_the_list_is_not_derived_and_the_others_are() {
    each_migrated(|db| async move {
        let clinic = Clinic::open(db).await;
        let (listed, other) = (clinic.patient(1, "MRN-1").await, clinic.patient(2, "MRN-2").await);
        let id = listed.to_string();
        let done = import(&clinic, &format!("patient,pool,from\n{id},{},2025-01-01\n", clinic.nurses)).await;
        assert_eq!(done.added, 1);
        assert_eq!(derive(&clinic, "2026-11-01T00:00:00Z").await.total(), 1);
        assert_eq!(rows(&clinic, listed).await[0].source, EmpanelmentSource::File);
        assert_eq!(rows(&clinic, other).await[0].source, EmpanelmentSource::Default);
        assert_eq!(import(&clinic, "").await.refused.len(), 1, "a file without a header");
    })
    .await;
}

async fn import(clinic: &Clinic, text: &str) -> service::panels::PanelImport {
    clinic.service.import_panels(&clinic.operator(), text.as_bytes().to_vec()).await.unwrap()
}

async fn chen_has_an_npi(clinic: &Clinic) {
    let blind = clinic.service.store.vault.organisation().blind();
    let npi = TokenQuery::SystemAndCode(store::reference::NPI_SYSTEM, "1993999998");
    let params = params![blind.coding_query("identifier", npi), PatientId::ORGANISATION, CHEN].to_vec();
    let sql = "INSERT INTO resource_token (token, patient_id, resource_id) VALUES ($1, $2, $3)";
    write(clinic, sql, params).await;
    let sql =
        "INSERT INTO resource (patient_id, resource_id, resource_type, version, updated_at, clinical_at,
                                     section, sensitivity, visibility, fingerprint, content)
               VALUES ($1, $2, 'Practitioner', 1, 0, 0, 'other', 'normal', 'all', $3, $4)";
    let vault = clinic.service.store.vault.clone();
    let json = record::practitioner("chen", "1993999998").to_string();
    let place = (PatientId::ORGANISATION, CHEN);
    let content =
        store::resource::seal_content(vault.organisation().data(), place, 1, json.as_bytes()).unwrap();
    write(clinic, sql, params![PatientId::ORGANISATION, CHEN, vec![0u8; 16], content].to_vec()).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_practitioner_is_found_by_the_number_of_today_and_not_by_the_one_that_was_corrected() {
    each_migrated(|db| async move {
        let clinic = Clinic::open(db).await;
        let files = record::Files::new();
        for npi in ["1111111111", "2222222222"] {
            let path = files.lines("practitioners.ndjson", &[record::practitioner("lopez", npi)]);
            record::import(&clinic.service, &[&path]).await;
        }
        let find = |npi: &'static str| clinic.service.find_practitioner_id(npi);
        assert_eq!(find("1111111111").await.unwrap(), None, "the blind token of the former number stays");
        let today = find("2222222222").await.unwrap();
        assert!(today.is_some());
        assert_eq!(find("lopez").await.unwrap(), today);

        let patient = clinic.patient(1, "MRN-1").await;
        let line = |npi| format!("patient,pool,provider,from\n{patient},Nurses,{npi},2026-01-31\n");
        assert_eq!(import(&clinic, &line("1111111111")).await.refused.len(), 1);
        assert_eq!(import(&clinic, &line("2222222222")).await.added, 1);
    })
    .await;
}
