//! A disk that refuses to be written, for real: a file size limit (I/O error) and a full file
//! system. Whatever was acknowledged stays, the process lives, and with room again so do writes.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

use std::path::Path;
use std::process::{Command, Stdio};
use store::db::{Db, DbOptions, Migration, StoreError};
use store::params;

const SCHEMA: &[Migration] = &[Migration {
    number: 1,
    name: "entries",
    sql: "CREATE TABLE entry (id BIGINT PRIMARY KEY, text BYTEA NOT NULL);",
}];

const FOLDER: &str = "SAMECHART_SMALL_DISK";
const ROW_BYTES: usize = 20_000;
const WRITERS: i64 = 8;

async fn open(folder: &Path) -> Db {
    let url = format!("sqlite:{}", folder.join("samechart.db").display());
    let db = Db::open(&url.parse().unwrap(), &DbOptions::default()).await.unwrap();
    db.migrate(SCHEMA).await.unwrap();
    db
}

async fn add(db: &Db, id: i64) -> Result<(), StoreError> {
    let sql = "INSERT INTO entry (id, text) VALUES ($1, $2)";
    db.write(move |tx| tx.execute(sql, params![id, vec![id as u8; ROW_BYTES]]).map(drop)).await
}

/// Writes from several tasks until the disk refuses; the ids that were acknowledged.
async fn fill(db: &Db) -> Vec<i64> {
    let tasks: Vec<_> = (0..WRITERS)
        .map(|writer| {
            let db = db.clone();
            tokio::spawn(async move {
                let mut stored = Vec::new();
                for id in (writer..10_000).step_by(WRITERS as usize) {
                    match add(&db, id).await {
                        Ok(()) => stored.push(id),
                        Err(StoreError::CommitUnknown | StoreError::Unavailable(_)) => return stored,
                        Err(error) => panic!("{error:?}"),
                    }
                }
                panic!("the disk was never full");
            })
        })
        .collect();
    let mut stored = Vec::new();
    for task in tasks {
        stored.extend(task.await.unwrap());
    }
    assert!(stored.len() > 10, "{stored:?}");
    stored
}

async fn check(db: &Db, stored: &[i64]) {
    let rows: Result<Vec<(i64, Vec<u8>)>, StoreError> = db
        .read(|tx| {
            tx.query("SELECT id, text FROM entry ORDER BY id", &[], |row| Ok((row.get(0)?, row.get(1)?)))
        })
        .await;
    let rows = rows.unwrap();
    assert!(rows.iter().all(|(id, text)| *text == vec![*id as u8; ROW_BYTES]));
    for id in stored {
        assert!(rows.iter().any(|(found, _)| found == id), "{id} was acknowledged and is gone");
    }
}

/// Runs this test again under `sh`, where `prelude` has first made `$1` a small disk.
fn again_on_a_small_disk(test: &str, shell: &[&str], prelude: &str, folder: &Path) -> bool {
    let script = format!("{prelude} && exec \"$0\" --exact {test} --nocapture");
    let (program, arguments) = shell.split_first().unwrap();
    Command::new(program)
        .args(arguments)
        .args(["sh", "-c", &script])
        .arg(std::env::current_exe().unwrap())
        .arg(folder)
        .env(FOLDER, folder)
        .stdin(Stdio::null())
        .status()
        .unwrap()
        .success()
}

#[tokio::test]
async fn an_io_error_costs_only_what_was_not_acknowledged() {
    if let Ok(folder) = std::env::var(FOLDER) {
        let db = open(folder.as_ref()).await;
        let stored = fill(&db).await;
        assert!(db.stats().is_refusing, "reads still work, so only this tells");
        check(&db, &stored).await;
        std::fs::write(Path::new(&folder).join("stored"), format!("{stored:?}")).unwrap();
        return db.close().await;
    }
    let folder = tempfile::tempdir().unwrap();
    // Beyond the limit a write fails with EFBIG, once the signal is ignored; in blocks of 512 B.
    let prelude = "trap '' XFSZ && ulimit -f 3000";
    let test = "an_io_error_costs_only_what_was_not_acknowledged";
    assert!(again_on_a_small_disk(test, &["env"], prelude, folder.path()));
    let stored = std::fs::read_to_string(folder.path().join("stored")).unwrap();
    let stored: Vec<i64> =
        stored.trim_matches(['[', ']']).split(", ").map(|id| id.parse().unwrap()).collect();
    let db = open(folder.path()).await;
    check(&db, &stored).await;
    add(&db, 20_000).await.unwrap();
    check(&db, &[20_000]).await;
    db.close().await;
}

#[tokio::test]
async fn a_full_disk_costs_only_what_was_not_acknowledged_and_room_heals_it() {
    if let Ok(folder) = std::env::var(FOLDER) {
        let ballast = Path::new(&folder).join("ballast");
        std::fs::write(&ballast, vec![1; 2 * 1024 * 1024]).unwrap();
        let db = open(folder.as_ref()).await;
        let stored = fill(&db).await;
        assert!(db.stats().is_refusing, "reads still work, so only this tells");
        check(&db, &stored).await;
        std::fs::remove_file(&ballast).unwrap();
        add(&db, 20_000).await.unwrap();
        assert!(!db.stats().is_refusing);
        check(&db, &stored).await;
        db.close().await;
        let db = open(folder.as_ref()).await;
        check(&db, &[20_000]).await;
        return db.close().await;
    }
    let folder = tempfile::tempdir().unwrap();
    let unshare = ["unshare", "--map-root-user", "--mount"];
    let mount = "mount -t tmpfs -o size=6m none \"$1\"";
    let may_mount = Command::new(unshare[0])
        .args(&unshare[1..])
        .args(["sh", "-c", mount, "sh"])
        .arg(folder.path())
        .status()
        .is_ok_and(|status| status.success());
    if !may_mount {
        // A sandbox without mounts still has the file size limit above.
        return eprintln!("no file system can be mounted here");
    }
    let test = "a_full_disk_costs_only_what_was_not_acknowledged_and_room_heals_it";
    assert!(again_on_a_small_disk(test, &unshare, mount, folder.path()));
}
