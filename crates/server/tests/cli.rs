//! The command line as an operator meets it, from an empty folder to a running server.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

use serde_json::Value;
use std::io::{BufRead, BufReader, Read, Write};
use std::net::TcpStream;
use std::os::unix::fs::PermissionsExt;
use std::process::{Child, Command, Output, Stdio};
use tempfile::TempDir;

struct Folder(TempDir);

impl Folder {
    /// An empty folder.
    fn new() -> Folder {
        Folder(TempDir::new().unwrap())
    }

    /// A folder in which `samechart init` was run.
    fn founded() -> Folder {
        let folder = Folder::new();
        let init = ["init", "--name", "Riverbend Clinic", "--time-zone", "America/Los_Angeles"];
        assert_eq!(folder.run(&init).status.code(), Some(0));
        folder
    }

    fn command(&self, arguments: &[&str]) -> Command {
        let mut command = Command::new(env!("CARGO_BIN_EXE_samechart"));
        command.args(arguments).current_dir(self.0.path()).env("SAMECHART_METRICS_LISTEN", "127.0.0.1:0");
        command
    }

    fn run(&self, arguments: &[&str]) -> Output {
        self.command(arguments).output().unwrap()
    }

    fn code(&self, arguments: &[&str]) -> Option<i32> {
        self.run(arguments).status.code()
    }

    /// The one line of JSON that a command answers with.
    fn json(&self, arguments: &[&str]) -> Value {
        let output = self.run(&[&["--json"], arguments].concat());
        let text = String::from_utf8(output.stdout).unwrap();
        assert_eq!(text.lines().count(), 1, "{text}");
        serde_json::from_str(&text).unwrap()
    }

    fn error(&self, arguments: &[&str]) -> (Option<i32>, String) {
        let output = self.run(arguments);
        (output.status.code(), String::from_utf8(output.stderr).unwrap())
    }

    fn mode(&self, file: &str) -> u32 {
        self.0.path().join(file).metadata().unwrap().permissions().mode() & 0o777
    }
}

#[test]
fn init_writes_settings_key_and_database_for_nobody_else_and_prints_what_matters() {
    let folder = Folder::new();
    let output = folder.run(&["init"]);
    let said = String::from_utf8(output.stdout).unwrap();
    assert_eq!(output.status.code(), Some(0));
    assert!(said.contains("Without this file every backup is unreadable; copy it now."), "{said}");
    assert!(said.contains("/samechart-root.key") && said.contains("Fingerprint: "), "{said}");
    assert!(said.contains("http://localhost:8080/admin/activate?link="), "{said}");
    for file in ["samechart.toml", "samechart-root.key", "samechart.db"] {
        assert_eq!(folder.mode(file), 0o600, "{file}");
    }
    let key = std::fs::read(folder.0.path().join("samechart-root.key")).unwrap();
    let (code, error) = folder.error(&["init"]);
    assert_eq!(code, Some(1));
    assert!(error.contains("exists already"), "{error}");
    assert_eq!(std::fs::read(folder.0.path().join("samechart-root.key")).unwrap(), key);
}

#[test]
fn an_init_that_fails_can_be_done_again() {
    let folder = Folder::new();
    assert_eq!(folder.code(&["init", "--database", "sqlite:no/such/folder/x.db"]), Some(1));
    assert_eq!(folder.code(&["init"]), Some(0));
}

#[test]
fn pools_and_staff_are_made_and_mistakes_are_wrong_use() {
    let folder = Folder::founded();
    let create = ["pool", "create", "--label-en", "Nurses", "--label-es", "Enfermería", "--site", "Main"];
    let pool = folder.json(&create)["pool"].as_str().unwrap().to_owned();
    let listed = folder.json(&["pool", "list"]);
    assert_eq!(listed["pools"][0]["pool"], pool.as_str());
    assert_eq!(listed["pools"][0]["is_default"], true);
    let staff = ["account", "staff", "--name", "Maria Lopez, RN", "--sign-in", "maria", "--role", "nurse"];
    let made = folder.json(&[&staff[..], &["--pool", "Nurses"]].concat());
    assert!(made["link"].as_str().unwrap().starts_with("http://localhost:8080/admin/activate?link="));
    assert_eq!(folder.json(&["pool", "list"])["pools"][0]["members"], 1);
    assert_eq!(folder.code(&staff), Some(2), "the name is taken");
    assert_eq!(folder.code(&["account", "invite", "MRN-1"]), Some(2), "nobody has this number");
    assert_eq!(folder.code(&["pool", "add-member", "--pool", "Doctors", "--sign-in", "maria"]), Some(2));
    assert_eq!(folder.code(&["panel", "derive", "--as-of", "31.1.2026"]), Some(2));
    assert_eq!(folder.code(&["no-such-command"]), Some(2));
}

#[test]
fn a_member_of_a_pool_is_made_its_lead_and_taken_out_of_it_again() {
    let folder = Folder::founded();
    folder.run(&["pool", "create", "--label-en", "Nurses", "--label-es", "Enfermería", "--site", "Main"]);
    for (name, role) in [("maria", "nurse"), ("chen", "physician")] {
        let staff = ["account", "staff", "--name", name, "--sign-in", name, "--role", role];
        folder.json(&[&staff[..], &["--pool", "Nurses"]].concat());
    }
    let of = |name: &'static str| ["--pool", "Nurses", "--sign-in", name];
    let lead = |name, rest: &[&str]| folder.json(&[&["pool", "lead"], &of(name)[..], rest].concat());
    let pool = || folder.json(&["pool", "list"])["pools"][0].clone();
    assert_eq!(pool()["leads"], 0);
    assert_eq!(lead("chen", &[])["is_lead"], true);
    assert_eq!(lead("chen", &[])["is_lead"], true, "twice is once");
    assert_eq!((pool()["members"].as_i64(), pool()["leads"].as_i64()), (Some(2), Some(1)));
    assert_eq!(lead("chen", &["--end"])["is_lead"], false);
    assert_eq!(pool()["leads"], 0);

    lead("maria", &[]);
    let remove = |name| folder.json(&[&["pool", "remove-member"], &of(name)[..]].concat());
    let gone = remove("maria");
    assert_eq!((gone["removed"].as_bool(), gone["released"].as_i64()), (Some(true), Some(0)));
    assert_eq!((pool()["members"].as_i64(), pool()["leads"].as_i64()), (Some(1), Some(0)));
    assert_eq!(remove("maria")["removed"], false, "a second time there is nobody to take out");
    let wrong = |command, name| folder.code(&[&["pool", command], &of(name)[..]].concat());
    assert_eq!(wrong("lead", "maria"), Some(2), "nobody leads a pool from outside");
    assert_eq!(wrong("lead", "nobody"), Some(2));
    assert_eq!(wrong("remove-member", "nobody"), Some(2));
    assert_eq!(folder.code(&["pool", "remove-member", "--pool", "Doctors", "--sign-in", "chen"]), Some(2));
    let added = folder.json(&[&["pool", "add-member"], &of("maria")[..]].concat());
    assert_eq!(added["added"], true);
    assert_eq!(pool()["leads"], 0, "whoever comes back leads nothing");
}

#[test]
fn a_pool_works_when_its_operator_says_so_and_every_mistake_changes_nothing() {
    let folder = Folder::founded();
    folder.run(&["pool", "create", "--label-en", "Nurses", "--label-es", "Enfermería", "--site", "Main"]);
    let show = || folder.json(&["pool", "show", "Nurses"]);
    assert_eq!(show()["hours"]["monday"], "8:00-17:00");
    let set = ["pool", "hours", "Nurses", "--weekdays", "8:00-12:00,13:00-17:00", "--friday", "8:00-12:00"];
    let text = String::from_utf8(folder.run(&set).stdout).unwrap();
    assert!(text.contains("Nurses works now (America/Los_Angeles):"), "{text}");
    assert!(text.contains("Thursday   8:00-12:00,13:00-17:00\n  Friday     8:00-12:00\n"), "{text}");
    assert!(text.contains("What was promised before keeps its time."), "{text}");
    folder.json(&["pool", "hours", "Nurses", "--saturday", "9:00-12:00", "--tuesday", "closed"]);
    let before = show();
    assert_eq!(before["time_zone"], "America/Los_Angeles");
    let days = [("monday", "8:00-12:00,13:00-17:00"), ("tuesday", "closed"), ("friday", "8:00-12:00")];
    for (day, hours) in [&days[..], &[("saturday", "9:00-12:00"), ("sunday", "closed")]].concat() {
        assert_eq!(before["hours"][day], hours, "{day}");
    }

    let wrong: [(&[&str], &str); 6] = [
        (&["Nurses", "--sunday", "9:00-10:00", "--monday", "17:00-8:00"], "17:00-8:00 ends before it begins"),
        (&["Nurses", "--sunday", "9:00-10:00", "--monday", "8:00-12:00,11:00-17:00"], "overlap"),
        (&["Nurses", "--monday", "8-17"], "no time such as 8:00"),
        (&["Nurses"], "--monday"),
        (&["Doctors", "--monday", "closed"], "is called Doctors"),
        (&["Nurses", "--funday", "closed"], "--funday"),
    ];
    for (arguments, why) in wrong {
        let (code, error) = folder.error(&[&["pool", "hours"], arguments].concat());
        assert_eq!(code, Some(2), "{arguments:?}");
        assert!(error.contains(why), "{error}");
    }
    assert_eq!(show(), before, "nothing half-written");
}

#[test]
fn holidays_are_added_by_hand_or_from_a_file_and_the_check_misses_them_where_there_are_none() {
    let folder = Folder::founded();
    folder.run(&["pool", "create", "--label-en", "Nurses", "--label-es", "Enfermería", "--site", "Main"]);
    let missed = || folder.json(&["check"])["pools_without_holidays"].clone();
    assert_eq!(missed(), serde_json::json!(["Nurses"]));
    let text = String::from_utf8(folder.run(&["check"]).stdout).unwrap();
    assert!(
        text.contains("Warning: the pool Nurses has working hours and no holiday in the coming 12 months")
    );

    let today = service::clock::Clock::System.now().to_zoned(jiff::tz::TimeZone::UTC).date();
    let soon = today.checked_add(jiff::Span::new().days(40)).unwrap().to_string();
    let past = "2020-12-25";
    let added = folder.json(&["pool", "holiday", "add", "Nurses", past, "Christmas", &soon, "Staff day"]);
    assert_eq!(added["added"], serde_json::json!([past, soon]));
    assert_eq!(missed(), serde_json::json!([]));
    let list = |all: &[&str]| {
        folder.json(&[&["pool", "holiday", "list", "Nurses"], all].concat())["holidays"].clone()
    };
    let staff_day = serde_json::json!({ "day": soon, "name": "Staff day" });
    assert_eq!(list(&[]), serde_json::json!([staff_day]), "those to come");
    assert_eq!(list(&["--all"])[0]["name"], "Christmas");
    assert_eq!(folder.json(&["pool", "show", "Nurses"])["holidays"], serde_json::json!([staff_day]));

    let file = folder.0.path().join("holidays.txt");
    let file = file.to_str().unwrap();
    std::fs::write(file, "# of the county\n2031-07-04 Independence Day\n\n2031-12-25   # every year\n")
        .unwrap();
    let added = folder.json(&["pool", "holiday", "add", "Nurses", "--file", file]);
    assert_eq!(added["added"], serde_json::json!(["2031-07-04", "2031-12-25"]));
    let before = list(&["--all"]);
    assert_eq!(before.as_array().unwrap().len(), 4);

    std::fs::write(file, "2032-07-04\n2032-02-30 No day\n").unwrap();
    let wrong: [(&[&str], &str); 6] = [
        (&["add", "Nurses", "2032-01-01", "2031-02-29"], "2031-02-29 is no date"),
        (&["add", "Nurses", "--file", file], "holidays.txt: line 2: 2032-02-30 is no date"),
        (&["add", "Nurses", "--file", "nowhere.txt"], "nowhere.txt: "),
        (&["add", "Nurses"], "DATE"),
        (&["remove", "Nurses", "2031-12-25", "2031-12-26"], "2031-12-26 is no holiday of this pool"),
        (&["add", "Doctors", "2032-01-01"], "is called Doctors"),
    ];
    for (arguments, why) in wrong {
        let (code, error) = folder.error(&[&["pool", "holiday"], arguments].concat());
        assert_eq!(code, Some(2), "{arguments:?}: {error}");
        assert!(error.contains(why), "{error}");
    }
    assert_eq!(list(&["--all"]), before, "nothing half-written");
    folder.json(&["pool", "holiday", "remove", "Nurses", "2031-12-25", "2031-07-04", &soon]);
    assert_eq!(list(&["--all"]).as_array().unwrap().len(), 1);
    assert_eq!(missed(), serde_json::json!(["Nurses"]));
}

#[test]
fn a_panel_list_with_a_bad_line_ends_with_one_and_names_it() {
    let folder = Folder::founded();
    folder.run(&["pool", "create", "--label-en", "Nurses", "--label-es", "Enfermería", "--site", "Main"]);
    let path = folder.0.path().join("panel.csv");
    std::fs::write(&path, "patient,pool,from\nMRN-1,Nurses,2026-01-31\n").unwrap();
    assert_eq!(folder.code(&["panel", "import", "panel.csv"]), Some(1));
    let done = folder.json(&["panel", "import", "panel.csv"]);
    assert_eq!(done["refused"][0]["line"], 2);
    assert_eq!(folder.code(&["panel", "import", "no-such-file.csv"]), Some(2));
}

#[test]
fn an_unknown_key_is_refused_with_its_line() {
    let folder = Folder::founded();
    let path = folder.0.path().join("samechart.toml");
    let text = std::fs::read_to_string(&path).unwrap();
    std::fs::write(&path, format!("databse = 1\n{text}")).unwrap();
    let (code, error) = folder.error(&["pool", "list"]);
    assert_eq!(code, Some(2));
    assert!(error.contains("line 1: unknown field `databse`"), "{error}");
}

#[test]
fn without_its_key_a_store_stays_shut() {
    let folder = Folder::founded();
    std::fs::remove_file(folder.0.path().join("samechart-root.key")).unwrap();
    assert_eq!(folder.code(&["pool", "list"]), Some(1));
    let other = Folder::founded();
    std::fs::copy(other.0.path().join("samechart-root.key"), folder.0.path().join("samechart-root.key"))
        .unwrap();
    let (code, error) = folder.error(&["pool", "list"]);
    assert_eq!(code, Some(1));
    assert!(error.contains("not at hand"), "{error}");
}

#[test]
fn the_server_says_when_it_is_ready_answers_and_ends_on_a_signal() {
    let folder = Folder::founded();
    let mut server = start(&folder);
    let address = server.address.clone();
    let mut browser = TcpStream::connect(&address).unwrap();
    browser.write_all(b"GET /health/ready HTTP/1.0\r\n\r\n").unwrap();
    let mut answer = String::new();
    browser.read_to_string(&mut answer).unwrap();
    assert!(answer.starts_with("HTTP/1.0 2") || answer.starts_with("HTTP/1.1 2"), "{answer}");
    let (code, log) = server.stop();
    assert_eq!(code, Some(0));
    assert!(log.contains("copy it now"), "warned until the key is copied: {log}");
    assert!(log.lines().all(|line| serde_json::from_str::<Value>(line).is_ok()), "{log}");

    assert_eq!(folder.code(&["keys", "confirm-copy", "--fingerprint", "0000"]), Some(1));
    assert_eq!(folder.code(&["keys", "confirm-copy"]), Some(0));
    let (code, log) = start(&folder).stop();
    assert_eq!(code, Some(0));
    assert!(!log.contains("copy it now"), "{log}");
    assert!(!log.contains("no holiday"), "there is no pool yet: {log}");
    folder.run(&["pool", "create", "--label-en", "Nurses", "--label-es", "Enfermería", "--site", "Main"]);
    let (_, log) = start(&folder).stop();
    assert!(
        log.contains("the pool Nurses has working hours and no holiday in the coming 12 months"),
        "{log}"
    );
}

#[test]
fn plain_http_on_the_network_is_not_served() {
    let folder = Folder::founded();
    let output = folder.command(&["serve"]).env("SAMECHART_LISTEN", "0.0.0.0:0").output().unwrap();
    assert_eq!(output.status.code(), Some(2));
    assert!(String::from_utf8(output.stderr).unwrap().contains("trusted_proxies"));
}

#[test]
fn a_demo_store_is_not_served() {
    let folder = Folder::founded();
    let url = format!("sqlite:{}", folder.0.path().join("samechart.db").display()).parse().unwrap();
    let mark = async move {
        let db = store::db::Db::open(&url, &store::db::DbOptions::default()).await.unwrap();
        let sql = "UPDATE organisation SET is_demo = TRUE";
        db.write(|tx| tx.execute(sql, &[])).await.map_err(|error: store::StoreError| error).unwrap();
        db.close().await;
    };
    tokio::runtime::Runtime::new().unwrap().block_on(mark);
    let (code, error) = folder.error(&["serve"]);
    assert_eq!(code, Some(1));
    assert!(error.contains("demo store"), "{error}");
}

struct Server {
    process: Child,
    address: String,
}

fn start(folder: &Folder) -> Server {
    let mut process = folder
        .command(&["serve"])
        .env("SAMECHART_LISTEN", "127.0.0.1:0")
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    let mut line = String::new();
    BufReader::new(process.stdout.as_mut().unwrap()).read_line(&mut line).unwrap();
    let address = line.trim().strip_prefix("listening on http://").expect("the ready line").to_owned();
    Server { process, address }
}

impl Server {
    fn stop(&mut self) -> (Option<i32>, String) {
        let id = self.process.id().to_string();
        assert!(Command::new("kill").args(["-TERM", &id]).status().unwrap().success());
        let mut log = String::new();
        self.process.stderr.take().unwrap().read_to_string(&mut log).unwrap();
        (self.process.wait().unwrap().code(), log)
    }
}
