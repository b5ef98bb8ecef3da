//! `samechart demo` from its folder to its pages: makes the clinic or finds it again, then serves it
//! to this machine.

use super::accounts::{self, DemoSignIn};
use super::clock;
use super::day::MadeFor;
use super::enrol::Enrolling;
use super::folder::Folder;
use super::found::Founding;
use super::play::Play;
use super::records;
use crate::cli::Failure;
use crate::cli::serve::Serving;
use crate::config::Proxies;
use crate::web::frame::Clinic as ClinicWords;
use crate::web::router::router;
use crate::web::site::WebSettings;
use jiff::Timestamp;
use service::Service;
use service::clock::Clock;
use simulate::clinic::{self, Clinic};
use simulate::days::Days;
use simulate::seed::Seed;
use std::net::{Ipv4Addr, SocketAddr, TcpListener};
use std::os::unix::process::CommandExt;
use std::path::{Path, PathBuf};
use std::process::Command;
use store::Store;
use store::db::{Db, DbOptions};

const SEED: Seed = Seed(20_261_123);
const FIRST_PORT: u16 = 8080;
const PORTS_TRIED: u16 = 100;

/// What the command line asks for.
#[derive(Clone, Debug)]
pub struct Asked {
    pub folder: PathBuf,
    pub is_fresh: bool,
    pub patients: usize,
    /// `None`: 8080 or the next free one; 0: any.
    pub port: Option<u16>,
    /// In place of a SQLite file in the folder.
    pub database: Option<String>,
}

/// Seeds where needed, starts anew, and serves until a signal.
pub async fn run(asked: Asked) -> Result<(), Failure> {
    let folder = Folder::open(&asked.folder)?;
    if asked.is_fresh {
        folder.clear()?;
    }
    if made(&asked, &folder).await? {
        again();
    }
    let port = free_port(asked.port)?;
    let store = store(&asked, &folder).await?;
    let opened = resume(&store, &folder).await?;
    let service = Service::new(store, opened.clock);
    service.operated_by(crate::cli::user());
    service.anchors_in(folder.anchor());
    folder.write_settings()?;
    let serving = Serving {
        router: router(service.clone(), settings(&opened)),
        listen: SocketAddr::from((Ipv4Addr::LOCALHOST, port)),
        metrics_listen: None,
        anchor: Some(folder.anchor()),
        service,
    };
    // After the seeding, whose long writes are meant.
    crate::cli::serve::start_logs();
    println!("Open http://localhost:{port}/demo");
    println!("Sign-in names and passwords: {}", folder.accounts().display());
    println!("Its proof: {} --config {} check", program(), folder.settings().display());
    serving.until_stopped().await
}

/// This program as a shell finds it: built with cargo, it is in no search path.
fn program() -> String {
    let path = std::env::current_exe().ok();
    path.map_or_else(|| "samechart".to_owned(), |path| path.display().to_string())
}

/// Makes a clinic with so many patients in an empty store; the clock that it goes by from then on.
pub async fn make(store: &Store, folder: &Path, patients: usize) -> Result<Clock, Failure> {
    seed(store, &Folder::open(folder)?, patients).await
}

/// Makes the clinic where there is none; whether it did.
async fn made(asked: &Asked, folder: &Folder) -> Result<bool, Failure> {
    let store = store(asked, folder).await?;
    if Service::new(store.clone(), Clock::System).organisation().await?.is_some() {
        return Ok(false);
    }
    seed(&store, folder, asked.patients).await?;
    Ok(true)
}

/// Puts this program in its own place with the same arguments: what making the clinic took of memory,
/// which an allocator seldom gives back, goes with the old one. Comes back only where that is not
/// possible, as after the program's file was replaced; then this one serves.
fn again() {
    let Ok(program) = std::env::current_exe() else { return };
    let arguments = std::env::args_os().skip(1).filter(|argument| argument != "--fresh");
    let error = Command::new(program).args(arguments).exec();
    tracing::debug!(%error, "the clinic is served by the process that made it");
}

async fn store(asked: &Asked, folder: &Folder) -> Result<Store, Failure> {
    let db = database(asked, folder).await?;
    Ok(Store::open(db, folder.root_keys()?, Clock::System.now()).await?)
}

fn settings(opened: &Opened) -> WebSettings {
    WebSettings {
        clinic: ClinicWords { name: clinic::NAME.into(), phone: clinic::PHONE.into() },
        zone: clinic::zone(),
        is_secure: false,
        trusted_proxies: Proxies::default(),
        demo: Some(accounts::doors(&opened.sign_ins, opened.is_old)),
    }
}

/// The database: none of real people, whoever asks.
async fn database(asked: &Asked, folder: &Folder) -> Result<Db, Failure> {
    let url = match &asked.database {
        Some(url) => url.parse()?,
        None => store::db::DatabaseUrl::Sqlite(folder.database()),
    };
    let db = Db::open(&url, &DbOptions::default()).await?;
    // Before the schema is there this cannot be read: then there is nobody in it.
    let home = db.read(store::organisation::load).await.ok().flatten();
    match home {
        Some(home) if !home.is_demo => {
            Err(Failure::failed("this database belongs to a real clinic; the demo does not touch it"))
        }
        Some(_) if asked.is_fresh => Err(Failure::failed(
            "--fresh empties only its own folder; give an empty database in SAMECHART_DATABASE",
        )),
        _ => Ok(db),
    }
}

/// A clinic that is ready to be served.
struct Opened {
    clock: Clock,
    sign_ins: Vec<DemoSignIn>,
    /// It was made more than a day ago.
    is_old: bool,
}

/// A clinic that was made before goes on where it stopped.
async fn resume(store: &Store, folder: &Folder) -> Result<Opened, Failure> {
    if !folder.accounts().exists() {
        return Err(Failure::failed("the demo here was not finished; start over with --fresh"));
    }
    let now = Clock::System.now();
    let last = Service::new(store.clone(), Clock::System).demo_last_activity().await?.unwrap_or(now);
    let made = MadeFor::read(folder);
    let wanted = made.and_then(|made| made.goes_on(now));
    let wanted = wanted.unwrap_or_else(|| clock::resuming(last, now, &clinic::zone()));
    let is_old = made.is_some_and(|made| made.is_old(now));
    if is_old {
        eprintln!(
            "This clinic is more than a day old and goes on where it stopped: --fresh makes a new day."
        );
    }
    Ok(Opened { clock: clock::showing(wanted, now), sign_ins: accounts::read(&folder.accounts())?, is_old })
}

/// Makes the clinic, as it stands on a working day.
async fn seed(store: &Store, folder: &Folder, patients: usize) -> Result<Clock, Failure> {
    let now = Clock::System.now();
    let opens = clock::opening(now, &clinic::zone());
    let made = tokio::task::spawn_blocking(move || clinic::riverbend(SEED, opens, patients)).await;
    let made: Clinic = made.map_err(|_| Failure::failed("the clinic could not be made up"))?;
    eprintln!("Making {} with {} patients ...", made.name, made.patients.len());
    let at = |moment: Timestamp| {
        let service = Service::new(store.clone(), clock::showing(moment, now));
        service.operated_by(crate::cli::user());
        service
    };
    let window = (made.opened_at, opens);
    let (history, later) = records::deliveries(&made.resources, window, &clinic::zone());
    let founding = Founding { clinic: &made, seed: SEED, service: &at(made.opened_at), folder };
    let mut known = founding.all(&history).await?;
    let days = Days { now: opens, zone: clinic::zone() };
    let enrolling = Enrolling { clinic: &made, seed: SEED, service: &at(made.all_live_at()), days };
    enrolling.all(&mut known).await?;
    let conversations = made.conversations.len() + made.traffic.len();
    eprintln!("Writing {conversations} conversations of {} months ...", clinic::OPEN_MONTHS);
    let past = at(made.opened_at);
    let words = past.demo_words().await?;
    let play = Play { clinic: &made, seed: SEED, service: &past, folder, known: &known, words };
    play.all(&later).await?;
    let day = MadeFor { made_at: now, opened_at: opens };
    day.write(folder)?;
    accounts::write(&folder.accounts(), &known.sign_ins)?;
    // Making it took a while: the clock goes on from the moment for which it was made.
    Ok(clock::showing(opens, now))
}

/// The port asked for, or the first free one from 8080 on.
fn free_port(asked: Option<u16>) -> Result<u16, Failure> {
    let free = |port: u16| {
        let bound = TcpListener::bind((Ipv4Addr::LOCALHOST, port))?;
        bound.local_addr().map(|address| address.port())
    };
    match asked {
        Some(port) => free(port).map_err(|error| Failure::failed(format!("port {port}: {error}"))),
        None => (FIRST_PORT..FIRST_PORT + PORTS_TRIED)
            .find_map(|port| free(port).ok())
            .ok_or_else(|| Failure::failed("no port from 8080 to 8179 is free: --port PORT")),
    }
}
