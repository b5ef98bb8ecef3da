//! Whoever takes the database's files away reads nothing of anybody: words planted in every field that
//! describes a person, and every longer word of a sample record, are looked for in every byte.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

mod people;
mod traces;

use domain::actor::{Door, Role};
use domain::audit::{AuditAction, AuditObject};
use domain::draft::{Body, DraftText, NewThread, Reason, Reply, Subject};
use domain::id::{ClientKey, PatientId, RequestId};
use domain::language::Language;
use people::Clinic;
use service::Service;
use service::accounts::NewStaff;
use service::ctx::Ctx;
use service::drafts::DraftSlot;
use service::import::Import;
use service::sealer::Sealer;
use std::collections::BTreeSet;
use std::io::Read;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::sync::Arc;
use store::db::{Db, DbOptions};
use store::params;
use tempfile::TempDir;
use traces::planted::{self, Planted};
use traces::{Hits, Needles};
use uuid::Uuid;

const PASSWORD: &str = "violet ladders over snow";

/// A clinic at work, and what its people have written.
struct Story {
    clinic: Clinic,
    planted: Planted,
    written: String,
    rosa: PatientId,
    /// Her record number.
    mrn: String,
    next_key: u128,
}

impl Story {
    async fn open(db: Db, folder: &Path) -> Story {
        let clinic = Clinic::open(db).await;
        let mut story = Story {
            clinic,
            planted: Planted::default(),
            written: String::new(),
            rosa: PatientId::ORGANISATION,
            mrn: String::new(),
            next_key: 1,
        };
        // The needles of the sample are needed before the first word of it is stored.
        for line in [0, 1, 4] {
            story.written.push_str(&sample_bundle(line));
        }
        let file = folder.join("sample.ndjson");
        std::fs::write(&file, &story.written).unwrap();
        story
    }

    async fn live(&mut self, folder: &Path) {
        let birth_date = self.planted.birth_date();
        let mrn = format!("{}7", self.planted.word("record number"));
        self.mrn.clone_from(&mrn);
        self.import(folder, (&birth_date, &mrn)).await;
        self.panels(&mrn).await;
        let nurse = self.staff().await;
        let rosa = self.activate(&birth_date).await;
        self.converse(&rosa, &nurse).await;
        self.drafts(&rosa).await;
        self.searches(&rosa, &nurse).await;
        self.failures().await;
        let mut sealer = Sealer::new(self.service(), Some(&folder.join("anchors"))).unwrap();
        sealer.seal_once().await.unwrap();
    }

    fn service(&self) -> Service {
        self.clinic.service.clone()
    }

    fn at(&self, ctx: &Ctx) -> Ctx {
        Ctx { now: self.clinic.service.now(), ..ctx.clone() }
    }

    fn key(&mut self) -> ClientKey {
        self.next_key += 1;
        ClientKey(Uuid::from_u128(self.next_key))
    }

    async fn import(&mut self, folder: &Path, (birth_date, mrn): (&str, &str)) {
        let mut resources = vec![planted::patient(&mut self.planted, birth_date, mrn)];
        resources.extend(planted::record(&mut self.planted));
        let planted = folder.join("planted.ndjson");
        std::fs::write(&planted, planted::bundle(&resources)).unwrap();
        let import = Import {
            paths: vec![folder.join("sample.ndjson"), planted.clone()],
            source: "hospital-1".into(),
            base: None,
            operator: Some(self.planted.word("operating-system user")),
        };
        let report = self.service().import(&self.clinic.operator(), import, Arc::new(|_| ())).await.unwrap();
        assert!(report.refused == 0 && report.created > 500, "{report:?}");
        // A new version, so that the former one goes into the history.
        resources[1]["valueString"] = self.planted.word("corrected result").into();
        std::fs::write(&planted, planted::bundle(&resources)).unwrap();
        let import = Import { paths: vec![planted], source: "hospital-1".into(), ..Import::default() };
        let report = self.service().import(&self.clinic.operator(), import, Arc::new(|_| ())).await.unwrap();
        assert_eq!(report.updated, 1, "{report:?}");
        self.rosa = self.service().find_patient_id(mrn).await.unwrap().expect("the imported patient");
    }

    async fn panels(&mut self, mrn: &str) {
        let stranger = self.planted.word("record number that nobody has");
        let provider = self.planted.digits("provider number that nobody has");
        let list = format!(
            "patient,provider,pool,from\n{mrn},,Nurses,2024-01-01\n{mrn},{provider},Nurses,2025-01-01\n{stranger},,Nurses,2024-01-01\n"
        );
        let done = self.service().import_panels(&self.clinic.operator(), list.into_bytes()).await.unwrap();
        assert_eq!((done.added, done.refused.len()), (1, 2));
    }

    async fn staff(&mut self) -> Ctx {
        let sign_in_name = self.planted.word("staff's sign-in name");
        let new = NewStaff {
            name: self.planted.word("staff's name"),
            sign_in_name: sign_in_name.clone(),
            role: Role::Nurse,
            specialty: None,
            practitioner: None,
            pools: vec![self.clinic.nurses],
            language: Language::En,
            password: Some(self.planted.keep("password", PASSWORD.into())),
        };
        self.service().create_staff(&self.clinic.operator(), new).await.unwrap();
        self.enter(Door::Team, &sign_in_name).await
    }

    async fn enter(&mut self, door: Door, name: &str) -> Ctx {
        let address = self.planted.digits("network address");
        let signed_in = self.service().sign_in(door, name, PASSWORD, &address).await.unwrap();
        let token = self.planted.keep("session's token", signed_in.token);
        let session = self.service().session(door, &token).await.unwrap().unwrap();
        Ctx { actor: session.actor, now: self.service().now(), request: RequestId(Uuid::from_u128(7)) }
    }

    async fn activate(&mut self, birth_date: &str) -> Ctx {
        let code = self.clinic.code(self.rosa).await;
        let code = self.planted.keep("activation code", code);
        let name = self.planted.word("patient's sign-in name");
        self.service().activate(&code, birth_date, &name, PASSWORD, Language::Es).await.unwrap();
        self.enter(Door::Patient, &name).await
    }

    async fn converse(&mut self, rosa: &Ctx, nurse: &Ctx) {
        let service = self.service();
        let new = self.question().await;
        let sent = service.send_new(&self.at(rosa), self.rosa, new).await.unwrap();
        service.team_thread(&self.at(nurse), sent.thread).await.unwrap();
        let note = self.reply("internal note", 1);
        service.note(&self.at(nurse), sent.thread, note).await.unwrap();
        let answer = self.reply("answer", 1);
        let answered = service.answer(&self.at(nurse), sent.thread, answer, None).await.unwrap();
        let seen = service.thread(&self.at(rosa), self.rosa, sent.thread).await.unwrap();
        let withdrawn = self.reply("withdrawn message", answered.seq);
        service.reply(&self.at(rosa), self.rosa, sent.thread, withdrawn).await.unwrap();
        let mine = service.thread(&self.at(rosa), self.rosa, sent.thread).await.unwrap();
        let last = mine.entries.last().unwrap().id;
        service.withdraw(&self.at(rosa), Some(self.rosa), sent.thread, last).await.unwrap();
        let wrong = seen.entries.iter().find(|entry| entry.author.account == nurse.actor.account).unwrap().id;
        let reason = Reason::parse(&self.planted.word("reason of a retraction")).unwrap();
        service.retract(&self.at(nurse), sent.thread, wrong, reason).await.unwrap();
        let close = service.store.db.read(store::close_reason::active).await.unwrap()[0].id;
        service.close(&self.at(nurse), sent.thread, close, i64::MAX).await.unwrap();
        let reason = Reason::parse(&self.planted.word("reason of a reopening")).unwrap();
        service.reopen(&self.at(nurse), sent.thread, reason).await.unwrap();
        let begun = self.question().await;
        service.begin(&self.at(nurse), self.rosa, begun).await.unwrap();
        service.inbox(&self.at(nurse), None, domain::inbox::View::ToDo, None).await.unwrap();
    }

    async fn question(&mut self) -> NewThread {
        let topics = self.service().store.db.read(store::topic::active).await.unwrap();
        let subject = format!("Potassium {}", self.planted.word("subject"));
        let body = format!("{} I felt dizzy yesterday afternoon.", self.planted.word("body"));
        NewThread {
            pool: self.clinic.nurses,
            topic: topics[0].id,
            subject: Subject::parse(&subject).unwrap(),
            body: Body::parse(&body).unwrap(),
            about: None,
            continues: None,
            client_key: self.key(),
        }
    }

    fn reply(&mut self, field: &'static str, last_seen: i64) -> Reply {
        let word = self.planted.word(field);
        // Longer than a page of either database, so that it is stored elsewhere than its row.
        let body = format!("{word} {}", "Please drink enough water. ".repeat(400));
        Reply { body: Body::parse(&body).unwrap(), last_seen, client_key: self.key() }
    }

    async fn drafts(&mut self, rosa: &Ctx) {
        let service = self.service();
        let person = self.rosa;
        let item = service.store.db.read(move |tx| {
            let sql = "SELECT resource_id FROM resource WHERE patient_id = $1 ORDER BY resource_id LIMIT 1";
            tx.query_one(sql, store::params![person], |row| row.get(0))
        });
        let item: Result<domain::id::ResourceId, store::StoreError> = item.await;
        for (slot, fields) in [
            (DraftSlot::New, ("draft's subject", "draft")),
            (DraftSlot::New, ("later draft's subject", "later draft")),
            (DraftSlot::Item(item.unwrap()), ("parked subject", "parked text")),
        ] {
            let text = DraftText {
                subject: self.planted.word(fields.0),
                body: self.planted.word(fields.1),
                ..DraftText::default()
            };
            match slot {
                DraftSlot::New => {
                    drop(service.save_draft(&self.at(rosa), self.rosa, slot, text).await.unwrap())
                }
                _ => service.park(&self.at(rosa), self.rosa, slot, text).await.unwrap(),
            }
        }
        service.discard_draft(&self.at(rosa), self.rosa, DraftSlot::New).await.unwrap();
    }

    async fn searches(&mut self, rosa: &Ctx, nurse: &Ctx) {
        let service = self.service();
        let typed = self.planted.word("words that the patient searches");
        service.search_own(&self.at(rosa), self.rosa, typed, None).await.unwrap();
        let typed = self.planted.word("words that the team searches");
        service.search_team(&self.at(nurse), typed, None, None).await.unwrap();
        let typed = self.planted.word("name by which a patient is looked for");
        service.find_patients(&self.at(nurse), &typed).await.unwrap();
        let reason = Reason::parse(&self.planted.word("reason of breaking the glass")).unwrap();
        service.break_glass(&self.at(nurse), &self.mrn, reason).await.unwrap();
        service.team_chart(&self.at(nurse), self.rosa).await.unwrap();
        service.results(&self.at(rosa), self.rosa, None).await.unwrap();
        service.looked(&self.at(rosa), self.rosa, None).await.unwrap();
    }

    /// What is refused is written down too.
    async fn failures(&mut self) {
        let service = self.service();
        let name = self.planted.word("name of a failed sign-in");
        let address = self.planted.digits("address of a failed sign-in");
        assert!(service.sign_in(Door::Patient, &name, "wrong", &address).await.is_err());
        let code = self.planted.word("wrong activation code");
        let name = self.planted.word("name of a failed activation");
        assert!(service.activate(&code, "1931-01-01", &name, PASSWORD, Language::En).await.is_err());
    }

    /// Words that stand in clear by design: types, sections and the audit's own vocabulary.
    async fn vocabulary(&self) -> BTreeSet<String> {
        let mut words: BTreeSet<String> =
            AuditAction::ALL.iter().map(|action| action.word().into()).collect();
        words.extend(AuditObject::ALL.iter().map(|object| object.word().into()));
        words.extend(Role::ALL.iter().map(|role| role.word().into()));
        let kinds: Vec<(String, String)> = self
            .service()
            .store
            .db
            .read(|tx| {
                tx.query("SELECT DISTINCT resource_type, section FROM resource", &[], |row| {
                    Ok((row.get(0)?, row.get(1)?))
                })
            })
            .await
            .map_err(|error: store::StoreError| error)
            .unwrap();
        words.extend(kinds.into_iter().flat_map(|(kind, section)| [kind.to_lowercase(), section]));
        let states = ["normal", "restricted", "withdrawn", "retracted", "waiting", "in_person", "hospital-1"];
        let purposes = ["patient_request", "treatment", "operations", "break_glass"];
        words.extend(states.into_iter().chain(purposes).map(String::from));
        words
    }

    /// All words of six letters or more of what is stored.
    fn sample(&self) -> BTreeSet<String> {
        // Split at whatever is no letter or digit, so that the pieces of ids are no words.
        let words = self.written.split(|letter: char| !letter.is_ascii_alphanumeric());
        let is_word = |word: &&str| word.len() >= 6 && word.bytes().all(|byte| byte.is_ascii_alphabetic());
        words.filter(is_word).map(str::to_ascii_lowercase).collect()
    }

    /// Plants a word where nothing seals it.
    async fn leak(&self, word: String) {
        let db = self.service().store.db.clone();
        let leaked = db.write(move |tx| {
            tx.execute(
                "INSERT INTO lease (name, holder, fencing, until_at) VALUES ($1, $2, 1, 1)",
                params![&word, [0u8; 16]],
            )
        });
        leaked.await.map_err(|error: store::StoreError| error).unwrap();
    }
}

fn sample_bundle(line: usize) -> String {
    let shared = std::env::var("SAMECHART_SHARED")
        .unwrap_or_else(|_| concat!(env!("CARGO_MANIFEST_DIR"), "/../../../shared").into());
    let file = std::fs::File::open(Path::new(&shared).join("data/synthea/bundles.ndjson.gz"))
        .expect("the sample data");
    let mut text = String::new();
    flate2::read::MultiGzDecoder::new(file).read_to_string(&mut text).unwrap();
    format!("{}\n", text.lines().nth(line).unwrap())
}

/// Looks everywhere, and tells the fields whose words were found.
fn assert_nothing(
    story: &Story,
    (places, sample, known): (&[PathBuf], &Needles, &Hits),
    vocabulary: &BTreeSet<String>,
) {
    let planted = Needles::new(story.planted.words());
    for place in places {
        if let Some((word, file)) = planted.under(place).into_iter().next() {
            panic!("the {} stands in {}", story.planted.field(&word), file.display());
        }
        let hits = sample.under(place);
        let is_known =
            |word: &str| known.contains_key(word) || vocabulary.iter().any(|clear| clear.contains(word));
        let leaks: Vec<_> = hits.iter().filter(|(word, _)| !is_known(word)).collect();
        assert!(leaks.is_empty(), "words of the sample: {leaks:?}");
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn nothing_about_anybody_stands_in_the_bytes_of_a_sqlite_database() {
    let (folder, outside) = (TempDir::new().unwrap(), TempDir::new().unwrap());
    let url = format!("sqlite:{}", folder.path().join("samechart.db").display());
    let db = Db::open(&url.parse().unwrap(), &DbOptions::default()).await.unwrap();
    let mut story = Story::open(db.clone(), outside.path()).await;
    db.checkpoint().await.unwrap();
    let sample = Needles::new(&story.sample());
    let known = sample.under(folder.path());

    let leak = Planted::default().word("leak");
    story.leak(leak.clone()).await;
    let found = Needles::new([&leak]).under(folder.path());
    assert!(found.contains_key(&leak), "what nothing seals is found in the log");
    db.checkpoint().await.unwrap();
    assert!(Needles::new([&leak]).under(&folder.path().join("samechart.db")).contains_key(&leak));

    story.live(outside.path()).await;
    let vocabulary = story.vocabulary().await;
    let places = [folder.path().to_path_buf(), outside.path().join("anchors")];
    assert_nothing(&story, (&places, &sample, &known), &vocabulary);
    db.checkpoint().await.unwrap();
    assert_nothing(&story, (&places, &sample, &known), &vocabulary);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn nothing_about_anybody_stands_in_the_bytes_of_a_postgres_cluster_or_its_log() {
    let (cluster, outside) = (Cluster::start(), TempDir::new().unwrap());
    let db = Db::open(&cluster.url.parse().unwrap(), &DbOptions::default()).await.unwrap();
    let mut story = Story::open(db.clone(), outside.path()).await;
    cluster.run("CHECKPOINT").await;
    let sample = Needles::new(&story.sample());
    let data = cluster.folder.path().join("data");
    let known = sample.under(&data);
    // From here on the log tells every statement with its values.
    cluster.run("ALTER SYSTEM SET log_statement = 'all'").await;
    cluster.run("SELECT pg_reload_conf()").await;
    tokio::time::sleep(std::time::Duration::from_millis(500)).await;

    let leak = Planted::default().word("leak");
    story.leak(leak.clone()).await;
    cluster.run("CHECKPOINT").await;
    for place in ["data/base", "data/pg_wal", "log"] {
        let found = Needles::new([&leak]).under(&cluster.folder.path().join(place));
        assert!(found.contains_key(&leak), "what nothing seals is found in {place}");
    }

    story.live(outside.path()).await;
    cluster.run("CHECKPOINT").await;
    let vocabulary = story.vocabulary().await;
    assert_nothing(&story, (&[data], &sample, &known), &vocabulary);
    // The log repeats our statements, whose words are English: only planted ones count there.
    let none = Needles::new([]);
    assert_nothing(&story, (&[cluster.folder.path().join("log")], &none, &Hits::new()), &vocabulary);
}

/// A cluster of this test's own, so that no other test's words stand in it.
struct Cluster {
    folder: TempDir,
    url: String,
}

const SCRIPT: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/../../scripts/postgres-throwaway");

impl Cluster {
    fn start() -> Cluster {
        use std::os::unix::fs::PermissionsExt;
        let folder = tempfile::Builder::new().prefix("samechart-bytes-").tempdir().unwrap();
        // The server runs as another user where the tests run as root.
        std::fs::set_permissions(folder.path(), std::fs::Permissions::from_mode(0o755)).unwrap();
        let started =
            Command::new(SCRIPT).arg("start").arg(folder.path()).stdin(Stdio::null()).output().unwrap();
        assert!(started.status.success(), "{}", String::from_utf8_lossy(&started.stderr));
        Cluster { url: String::from_utf8_lossy(&started.stdout).trim().to_owned(), folder }
    }

    async fn run(&self, statement: &str) {
        let (client, connection) = tokio_postgres::connect(&self.url, tokio_postgres::NoTls).await.unwrap();
        let connection = tokio::spawn(connection);
        client.batch_execute(statement).await.unwrap();
        drop(client);
        connection.await.unwrap().unwrap();
    }
}

impl Drop for Cluster {
    fn drop(&mut self) {
        let _ = Command::new(SCRIPT).arg("stop").arg(self.folder.path()).stdin(Stdio::null()).output();
    }
}
