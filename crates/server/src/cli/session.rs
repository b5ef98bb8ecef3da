//! What a command works with: the settings, and the open service when it needs one.

use super::outcome::Failure;
use crate::config::Settings;
use domain::actor::Actor;
use domain::id::RequestId;
use service::Service;
use service::clock::Clock;
use service::ctx::Ctx;
use std::path::{Path, PathBuf};
use store::Store;
use store::db::{Db, DbOptions};
use store::keys::RootKeys;

/// One run of the command line.
#[derive(Clone, Debug)]
pub struct Session {
    config: PathBuf,
}

impl Session {
    /// Paths in messages are whole, so that an operator finds the files again.
    pub fn new(config: PathBuf) -> Session {
        Session { config: std::path::absolute(&config).unwrap_or(config) }
    }

    /// Where the settings' file is, or will be.
    pub fn config(&self) -> &Path {
        &self.config
    }

    pub fn settings(&self) -> Result<Settings, Failure> {
        Ok(Settings::load(&self.config)?)
    }

    /// Opens the store that the settings name; refuses one that `init` has not founded.
    pub async fn open(&self) -> Result<(Settings, Service), Failure> {
        let settings = self.settings()?;
        let keys = settings.root_key()?.load()?;
        let service = open(&settings, keys).await?;
        if service.organisation().await?.is_none() {
            return Err(Failure::failed("the database has no organisation yet: run samechart init"));
        }
        Ok((settings, service))
    }
}

/// Opens the database with these keys, founded or not.
pub async fn open(settings: &Settings, keys: RootKeys) -> Result<Service, Failure> {
    let db = Db::open(&settings.database, &DbOptions::default()).await?;
    let store = Store::open(db, keys, Clock::System.now()).await?;
    let clock = clock_of(&store).await?;
    let service = Service::new(store, clock);
    service.operated_by(super::user());
    service.calls_old_after(settings.record_old_after);
    if let Some(path) = &settings.red_flags_file {
        service.warns_by(super::red_flags::read(path)?);
    }
    Ok(service)
}

/// The system's clock. A demo's may be set back, and goes on where it stands: what an operator does there
/// is not ahead of it.
async fn clock_of(store: &Store) -> Result<Clock, Failure> {
    let service = Service::new(store.clone(), Clock::System);
    if !service.organisation().await?.is_some_and(|home| home.is_demo) {
        return Ok(Clock::System);
    }
    let now = service.now();
    let last = service.demo_last_activity().await?.filter(|last| *last < now);
    Ok(last.map_or(Clock::System, |last| Clock::Shifted(last.duration_since(now))))
}

/// The circumstances of an operator's act.
pub fn operator(service: &Service) -> Ctx {
    let now = service.now();
    Ctx { actor: Actor::operator(), now, request: RequestId(service.ids.mint(now)) }
}
