//! A server that something is wrong with: it says so, and it ends when it is told to.

use crate::{Folder, get, start};
use std::io::{Read, Write};
use std::net::{Shutdown, TcpListener, TcpStream};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::{Duration, Instant};
use store::db::Engine;
use store::testing::TestDatabase;

/// What a server that does not come up says; it prints no ready line.
fn refused(folder: &Folder, variables: &[(&str, &str)]) -> (Option<i32>, String) {
    let mut command = folder.command(&["serve"]);
    command.env("SAMECHART_LISTEN", "127.0.0.1:0").envs(variables.iter().copied());
    let output = command.output().unwrap();
    assert_eq!(String::from_utf8(output.stdout).unwrap(), "");
    (output.status.code(), String::from_utf8(output.stderr).unwrap())
}

#[test]
fn a_server_whose_anchor_file_cannot_be_written_does_not_come_up() {
    let folder = Folder::founded();
    let (code, error) = refused(&folder, &[("SAMECHART_AUDIT_ANCHOR_FILE", "no/such/folder/audit.anchor")]);
    assert_eq!(code, Some(1));
    assert!(error.contains("no/such/folder/audit.anchor: No such file"), "{error}");
}

#[test]
fn a_second_server_on_the_same_anchor_file_does_not_come_up_while_the_first_runs() {
    let folder = Folder::founded();
    let mut first = start(&folder);
    let (code, error) = refused(&folder, &[]);
    assert_eq!(code, Some(1));
    assert!(error.contains("another server is writing it"), "{error}");
    assert_eq!(first.stop().0, Some(0));
    assert_eq!(start(&folder).stop().0, Some(0));
}

/// Carries connections to PostgreSQL until it is told to hold everything back, as a database that hangs.
struct Line {
    url: String,
    is_held: Arc<AtomicBool>,
}

impl Line {
    fn to(url: &str) -> Line {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let (before, rest) = url.split_once('@').unwrap();
        let (target, name) = rest.split_once('/').unwrap();
        let url = format!("{before}@{}/{name}", listener.local_addr().unwrap());
        let (target, is_held) = (target.to_owned(), Arc::new(AtomicBool::new(false)));
        let held = is_held.clone();
        std::thread::spawn(move || {
            for here in listener.incoming() {
                let (here, there) = (here.unwrap(), TcpStream::connect(&target).unwrap());
                carry(here.try_clone().unwrap(), there.try_clone().unwrap(), held.clone());
                carry(there, here, held.clone());
            }
        });
        Line { url, is_held }
    }
}

fn carry(mut from: TcpStream, mut to: TcpStream, is_held: Arc<AtomicBool>) {
    std::thread::spawn(move || {
        let mut bytes = [0; 4096];
        while let Ok(read @ 1..) = from.read(&mut bytes) {
            while is_held.load(Ordering::Relaxed) {
                std::thread::sleep(Duration::from_millis(20));
            }
            if to.write_all(&bytes[..read]).is_err() {
                break;
            }
        }
        let _ = to.shutdown(Shutdown::Both);
    });
}

#[test]
fn with_a_database_that_hangs_the_server_says_so_and_ends_by_itself_or_at_once_at_a_second_signal() {
    let runtime = tokio::runtime::Runtime::new().unwrap();
    let test = runtime.block_on(TestDatabase::new(Engine::Postgres, &store::schema::migrations()));
    let line = Line::to(test.url());
    let folder = Folder::new();
    assert_eq!(folder.code(&["init", "--database", &line.url]), Some(0));
    for signals in [2, 1] {
        let mut server = start(&folder);
        assert!(get(&server.address, "/health/ready").contains("200 OK"));
        line.is_held.store(true, Ordering::Relaxed);
        let asked = Instant::now();
        assert!(get(&server.address, "/health/ready").contains("503"));
        assert!(asked.elapsed() < Duration::from_secs(5), "{:?}", asked.elapsed());
        let told = Instant::now();
        for _ in 1..signals {
            server.signal();
            std::thread::sleep(Duration::from_millis(500));
        }
        let (code, log) = server.stop();
        let most = if signals == 2 { 4 } else { 40 };
        assert!(told.elapsed() < Duration::from_secs(most), "{signals}: {:?} {log}", told.elapsed());
        assert_eq!(code, Some(signals - 1), "{log}");
        line.is_held.store(false, Ordering::Relaxed);
    }
    runtime.block_on(test.dispose());
}
