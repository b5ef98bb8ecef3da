//! `sqlite:PATH` or `postgres://USER:PASSWORD@HOST:PORT/NAME?sslmode=...&sslrootcert=FILE`.
//! Every TLS connection is verified against `sslrootcert` or the system's roots, so there is no
//! `verify-ca`; without `sslmode`, another machine is reached over TLS only.

use crate::error::StoreError;
use std::fmt;
use std::path::PathBuf;
use std::str::FromStr;
use std::time::Duration;
use tokio_postgres::config::{Host, SslMode};

/// Where the database is. Neither `Debug` nor `Display` shows the password.
#[derive(Clone)]
pub enum DatabaseUrl {
    Sqlite(PathBuf),
    Postgres(Box<PostgresPlace>),
}

/// How to reach a PostgreSQL database.
#[derive(Clone)]
pub struct PostgresPlace {
    pub(crate) config: tokio_postgres::Config,
    pub(crate) root_certificate: Option<PathBuf>,
}

/// Without it, the row locks of a machine that lost its power stay for hours.
const GONE_AFTER: Duration = Duration::from_secs(30);
const ABANDONED: &str = "-c idle_in_transaction_session_timeout=60000";

impl FromStr for DatabaseUrl {
    type Err = StoreError;

    fn from_str(text: &str) -> Result<Self, StoreError> {
        if let Some(path) = text.strip_prefix("sqlite:") {
            // A memory database would be a different one for every connection.
            if path.is_empty() || path.starts_with(':') {
                return Err(StoreError::Invalid("database: sqlite: needs a file".into()));
            }
            return Ok(DatabaseUrl::Sqlite(path.into()));
        }
        if text.starts_with("postgres://") || text.starts_with("postgresql://") {
            return PostgresPlace::parse(text).map(|place| DatabaseUrl::Postgres(Box::new(place)));
        }
        Err(StoreError::Invalid("database: neither sqlite:PATH nor postgres://...".into()))
    }
}

impl DatabaseUrl {
    /// Runs one statement on a PostgreSQL cluster, outside any transaction.
    pub(crate) async fn administer(&self, sql: &str) -> Result<(), StoreError> {
        match self {
            DatabaseUrl::Sqlite(_) => Err(StoreError::Invalid("a file has no cluster".into())),
            DatabaseUrl::Postgres(place) => crate::db::postgres::administer(place, sql).await,
        }
    }

    /// Another database of the same cluster; a file stays what it is.
    pub(crate) fn with_database(&self, name: &str) -> DatabaseUrl {
        match self {
            DatabaseUrl::Sqlite(path) => DatabaseUrl::Sqlite(path.clone()),
            DatabaseUrl::Postgres(place) => {
                let mut other = place.clone();
                other.config.dbname(name);
                DatabaseUrl::Postgres(other)
            }
        }
    }
}

impl PostgresPlace {
    fn parse(text: &str) -> Result<Self, StoreError> {
        let (base, query) = text.split_once('?').unwrap_or((text, ""));
        let (ours, theirs): (Vec<&str>, Vec<&str>) = query
            .split('&')
            .filter(|pair| !pair.is_empty())
            .partition(|pair| pair.starts_with("sslmode=") || pair.starts_with("sslrootcert="));
        // The parser's own message may quote the URL with its password.
        let mut config: tokio_postgres::Config = format!("{base}?{}", theirs.join("&"))
            .parse()
            .map_err(|_| StoreError::Invalid("database: the postgres:// URL is wrong".into()))?;
        let value = |key: &str| ours.iter().rev().find_map(|pair| pair.strip_prefix(key));
        let mode = match value("sslmode=") {
            Some(mode) => ssl_mode(mode)?,
            None if is_local(&config) => SslMode::Disable,
            None => SslMode::Require,
        };
        config.ssl_mode(mode);
        if config.get_application_name().is_none() {
            config.application_name("samechart");
        }
        // A database server that went away without a word is given up; one that only thinks is waited for.
        if config.get_tcp_user_timeout().is_none() {
            config.tcp_user_timeout(GONE_AFTER);
        }
        if !query.contains("keepalives_idle=") {
            config.keepalives_idle(GONE_AFTER);
        }
        if config.get_options().is_none() {
            config.options(ABANDONED);
        }
        Ok(PostgresPlace { config, root_certificate: value("sslrootcert=").map(PathBuf::from) })
    }
}

fn ssl_mode(word: &str) -> Result<SslMode, StoreError> {
    match word {
        "disable" => Ok(SslMode::Disable),
        "prefer" => Ok(SslMode::Prefer),
        "require" | "verify-full" => Ok(SslMode::Require),
        _ => Err(StoreError::Invalid("database: sslmode is disable, prefer or require".into())),
    }
}

fn is_local(config: &tokio_postgres::Config) -> bool {
    config.get_hosts().iter().all(|host| match host {
        Host::Tcp(name) => matches!(name.as_str(), "localhost" | "127.0.0.1" | "::1"),
        #[cfg(unix)]
        Host::Unix(_) => true,
    })
}

impl fmt::Display for DatabaseUrl {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            DatabaseUrl::Sqlite(path) => write!(f, "sqlite:{}", path.display()),
            DatabaseUrl::Postgres(place) => {
                write!(f, "postgres database {}", place.config.get_dbname().unwrap_or("(default)"))
            }
        }
    }
}

impl fmt::Debug for DatabaseUrl {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, f)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn place(text: &str) -> PostgresPlace {
        match text.parse() {
            Ok(DatabaseUrl::Postgres(place)) => *place,
            other => panic!("{other:?}"),
        }
    }

    #[test]
    fn another_machine_is_reached_over_tls_unless_told_otherwise() {
        for (url, mode) in [
            ("postgres://ada:pw@db.example.org/chart", SslMode::Require),
            ("postgres://ada:pw@localhost,db.example.org/chart", SslMode::Require),
            ("postgres://ada:pw@localhost/chart", SslMode::Disable),
            ("postgresql:///chart?host=/run/postgresql&user=ada", SslMode::Disable),
            ("postgres://db.example.org/chart?sslmode=disable", SslMode::Disable),
            ("postgres://localhost/chart?sslmode=verify-full", SslMode::Require),
            ("postgres://localhost/chart?connect_timeout=3&sslmode=prefer", SslMode::Prefer),
        ] {
            assert_eq!(place(url).config.get_ssl_mode(), mode, "{url}");
        }
    }

    #[test]
    fn the_root_certificate_is_read_from_the_url() {
        let place = place("postgres://db.example.org/chart?sslrootcert=/etc/ca.pem&sslmode=require");
        assert_eq!(place.root_certificate, Some("/etc/ca.pem".into()));
        assert_eq!(place.config.get_dbname(), Some("chart"));
    }

    #[test]
    fn nothing_shows_the_password() {
        let url: DatabaseUrl = "postgres://ada:opensesame@localhost/chart".parse().unwrap();
        assert_eq!(format!("{url} {url:?}"), "postgres database chart postgres database chart");
        for wrong in ["postgres://ada:opensesame@localhost:port/chart", "mysql://ada:opensesame@localhost"] {
            let error = wrong.parse::<DatabaseUrl>().unwrap_err();
            assert!(!format!("{error} {error:?}").contains("opensesame"), "{error:?}");
        }
    }

    #[test]
    fn a_sqlite_database_is_a_file() {
        let url: DatabaseUrl = "sqlite:data/chart.db".parse().unwrap();
        assert!(matches!(url, DatabaseUrl::Sqlite(path) if path.to_str() == Some("data/chart.db")));
        for wrong in ["sqlite:", "sqlite::memory:", "chart.db"] {
            assert!(wrong.parse::<DatabaseUrl>().is_err(), "{wrong}");
        }
    }
}
