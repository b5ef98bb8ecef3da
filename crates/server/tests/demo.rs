//! `samechart demo` as a visitor meets it: from an empty folder to a clinic at work, kept and reopened.
#![allow(clippy::zombie_processes, reason = "every story waits for its child, or the test has failed")]
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

use serde_json::Value;
use std::io::{BufRead, BufReader, Read, Write};
use std::net::TcpStream;
use std::path::Path;
use std::process::{Child, ChildStderr, ChildStdout, Command, Output, Stdio};
use tempfile::TempDir;

fn samechart(folder: &Path, arguments: &[&str]) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_samechart"));
    command.args(arguments).current_dir(folder).env_remove("SAMECHART_DATABASE");
    command.env("SAMECHART_METRICS_LISTEN", "127.0.0.1:0");
    command
}

/// A running demo.
struct Demo {
    child: Child,
    out: BufReader<ChildStdout>,
    errors: ChildStderr,
    port: u16,
}

impl Demo {
    fn start(folder: &Path, more: &[&str]) -> Demo {
        let arguments = [&["demo", "--port", "0"], more].concat();
        let mut command = samechart(folder, &arguments);
        let mut child = command.stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap();
        let mut out = BufReader::new(child.stdout.take().unwrap());
        let errors = child.stderr.take().unwrap();
        let mut line = String::new();
        while out.read_line(&mut line).unwrap() > 0 {
            if let Some(port) = line.trim().strip_prefix("listening on http://127.0.0.1:") {
                let port = port.parse().unwrap();
                return Demo { child, out, errors, port };
            }
            line.clear();
        }
        let mut said = String::new();
        BufReader::new(errors).read_to_string(&mut said).unwrap();
        panic!("the demo did not start: {said}");
    }

    fn get(&self, path: &str) -> String {
        let mut stream = TcpStream::connect(("127.0.0.1", self.port)).unwrap();
        let ask =
            format!("GET {path} HTTP/1.1\r\nhost: localhost:{}\r\nconnection: close\r\n\r\n", self.port);
        stream.write_all(ask.as_bytes()).unwrap();
        let mut answer = String::new();
        stream.read_to_string(&mut answer).unwrap();
        answer
    }

    /// Ends it as a service manager does; what it said on stderr.
    fn stop(mut self) -> String {
        let pid = self.child.id().to_string();
        assert!(Command::new("kill").args(["-TERM", &pid]).status().unwrap().success());
        assert_eq!(self.child.wait().unwrap().code(), Some(0));
        let mut said = String::new();
        self.out.read_to_string(&mut said).unwrap();
        self.errors.read_to_string(&mut said).unwrap();
        said
    }
}

fn said(output: &Output) -> String {
    String::from_utf8_lossy(&output.stderr).into_owned()
}

#[test]
fn a_demo_is_made_kept_and_made_anew() {
    let folder = TempDir::new().unwrap();
    let file = folder.path().join("samechart-demo/accounts.json");
    let demo = Demo::start(folder.path(), &["--patients", "20"]);
    let page = demo.get("/demo");
    assert!(page.starts_with("HTTP/1.1 200") && page.contains("Rosa Delgado"), "{page}");
    assert!(demo.stop().contains("with 35 patients"), "the hand-written ones are always there");
    let made = std::fs::read_to_string(&file).unwrap();
    let accounts: Vec<Value> = serde_json::from_str(&made).unwrap();
    for role in ["patient", "nurse", "physician", "front_desk", "administrator", "privacy_officer", "analyst"]
    {
        assert!(accounts.iter().any(|account| account["role"] == role), "{role}");
    }
    assert_eq!(accounts[0]["name"], "Rosa Delgado");
    assert!(accounts[0]["person"].is_string() && accounts[0]["door"] == "patient");

    let kept = Demo::start(folder.path(), &["--patients", "20"]);
    assert!(!kept.get("/demo").contains("--fresh"), "the day is today's");
    assert!(!kept.stop().contains("Making"), "it was there already");
    assert_eq!(std::fs::read_to_string(&file).unwrap(), made);

    let settings = "samechart-demo/samechart-demo.toml";
    let proven = samechart(folder.path(), &["--config", settings, "check"]).output().unwrap();
    let proof = String::from_utf8_lossy(&proven.stdout).into_owned();
    assert!(proof.contains("all chains hold") && proven.status.success(), "{proof}{}", said(&proven));

    let fresh = Demo::start(folder.path(), &["--fresh", "--patients", "40"]);
    assert!(fresh.stop().contains("with 40 patients"));
    let anew: Vec<Value> = serde_json::from_str(&std::fs::read_to_string(&file).unwrap()).unwrap();
    assert_eq!(anew[0]["password"], accounts[0]["password"], "the same seed makes the same clinic");
    assert_ne!(anew[0]["person"], accounts[0]["person"]);
}

#[test]
fn a_clinic_of_the_day_before_yesterday_goes_on_and_offers_a_new_day() {
    let folder = TempDir::new().unwrap();
    let page = Demo::start(folder.path(), &["--patients", "20"]);
    let first = page.get("/demo");
    assert!(first.contains("24 conversations wait with Riverbend Nurses"), "{first}");
    page.stop();
    let file = folder.path().join("samechart-demo/day.json");
    let day: Value = serde_json::from_str(&std::fs::read_to_string(&file).unwrap()).unwrap();
    let made: jiff::Timestamp = day["made_at"].as_str().unwrap().parse().unwrap();
    let before = made.checked_sub(jiff::SignedDuration::from_hours(48)).unwrap();
    std::fs::write(&file, serde_json::json!({ "made_at": before, "opened_at": before }).to_string()).unwrap();
    let old = Demo::start(folder.path(), &["--patients", "20"]);
    assert!(old.get("/demo").contains("start it with --fresh"));
    assert!(old.stop().contains("more than a day old"));
}

#[test]
fn a_demo_store_is_not_served_and_a_real_one_is_no_demo() {
    let folder = TempDir::new().unwrap();
    Demo::start(folder.path(), &["--patients", "20"]).stop();
    let settings = "database = \"sqlite:samechart-demo/samechart-demo.db\"\n\
                    root_key_file = \"samechart-demo/samechart-demo.key\"\nlisten = \"127.0.0.1:0\"\n";
    std::fs::write(folder.path().join("samechart.toml"), settings).unwrap();
    let served = samechart(folder.path(), &["serve"]).output().unwrap();
    assert_eq!(served.status.code(), Some(1));
    assert!(said(&served).contains("demo store"), "{}", said(&served));

    let clinic = TempDir::new().unwrap();
    assert!(samechart(clinic.path(), &["init"]).output().unwrap().status.success());
    let database = format!("sqlite:{}", clinic.path().join("samechart.db").display());
    let tried = samechart(clinic.path(), &["demo", "--port", "0"])
        .env("SAMECHART_DATABASE", &database)
        .output()
        .unwrap();
    assert_eq!(tried.status.code(), Some(1));
    assert!(said(&tried).contains("real clinic"), "{}", said(&tried));
}
