//! `samechart init`: settings, root key, database and the first administrator's link.

use super::outcome::{Failure, Outcome};
use super::session::{Session, open, operator};
use crate::config::Settings;
use crate::config::template::Chosen;
use clap::Args;
use jiff::tz::TimeZone;
use serde_json::json;
use service::organisation::NewOrganisation;
use std::fs::OpenOptions;
use std::io::Write;
use std::os::unix::fs::OpenOptionsExt;
use std::path::Path;
use store::keys::{RootKey, RootKeySource, RootKeys};

/// Everything has a default, so that a first look needs no answer.
#[derive(Debug, Args)]
pub struct Init {
    /// The clinic's name, as patients read it.
    #[arg(long, default_value = "Our clinic")]
    name: String,
    /// The clinic's telephone number, on every patient page.
    #[arg(long, default_value = "")]
    phone: String,
    /// IANA time zone; this machine's own where it is not given.
    #[arg(long)]
    time_zone: Option<String>,
    /// sqlite:PATH or postgres://...
    #[arg(long, default_value = "sqlite:samechart.db")]
    database: String,
    /// What browsers type.
    #[arg(long, default_value = "http://localhost:8080")]
    public_url: String,
    #[arg(long, default_value = "127.0.0.1:8080")]
    listen: String,
}

/// The sentence that an operator must not miss.
pub const COPY_NOW: &str = "Without this file every backup is unreadable; copy it now.";

pub async fn run(arguments: Init, session: &Session) -> Result<Outcome, Failure> {
    let path = session.config();
    if path.exists() {
        return Err(Failure::failed(format!("{} exists already; nothing was changed", path.display())));
    }
    write_settings(path, &chosen(arguments))?;
    let made = found(session).await;
    if made.is_err() {
        // A second try must not stumble over the first one's file. The key stays: it may be in use.
        std::fs::remove_file(path)?;
    }
    made
}

fn chosen(arguments: Init) -> Chosen {
    let here = || TimeZone::system().iana_name().map(str::to_owned);
    Chosen {
        database: arguments.database,
        public_url: arguments.public_url,
        listen: arguments.listen,
        name: arguments.name,
        phone: arguments.phone,
        time_zone: arguments.time_zone.or_else(here).unwrap_or_else(|| "UTC".into()),
    }
}

/// With mode 0600, since a database URL may hold a password.
fn write_settings(path: &Path, chosen: &Chosen) -> Result<(), Failure> {
    let mut file = OpenOptions::new().write(true).create_new(true).mode(0o600).open(path)?;
    file.write_all(chosen.file().as_bytes())?;
    Ok(file.sync_all()?)
}

async fn found(session: &Session) -> Result<Outcome, Failure> {
    let settings = session.settings()?;
    let (source, keys) = root_key(&settings)?;
    let fingerprint = keys.current().fingerprint();
    let service = open(&settings, keys).await?;
    let ctx = operator(&service);
    let new = NewOrganisation {
        name: settings.organisation.name.clone(),
        phone: settings.organisation.phone.clone(),
        time_zone: settings.organisation.time_zone.clone(),
        is_demo: false,
    };
    if !service.found(&ctx, new).await? {
        return Err(Failure::failed("this database has an organisation already; nothing was changed"));
    }
    let token = service.administrator_link(&ctx).await?;
    let link = format!("{}/admin/activate?link={token}", settings.public_url);
    let config = session.config().display().to_string();
    let text = format!(
        "Settings: {config}
Database: {database}
Root key: {source}
Fingerprint: {fingerprint}
{COPY_NOW}
When there is a copy elsewhere: samechart keys confirm-copy

Now run: samechart serve
The first administrator opens this link within 24 hours; it works once:
{link}",
        database = settings.database,
    );
    let json = json!({
        "config": config, "database": settings.database.to_string(), "root_key": source,
        "fingerprint": fingerprint, "administrator_link": link,
    });
    service.store.db.clone().close().await;
    Ok(Outcome::done(text, json))
}

/// The key that is there, or a new file of mode 0600.
fn root_key(settings: &Settings) -> Result<(String, RootKeys), Failure> {
    let source = settings.root_key()?;
    if let RootKeySource::File(path) = &source
        && !path.exists()
    {
        let keys = RootKeys::new(RootKey::generate()?);
        keys.write_new(path)?;
        return Ok((source.describe(), keys));
    }
    Ok((source.describe(), source.load()?))
}
