//! The settings as the program uses them: checked, with paths relative to the file's own folder.

use super::environment;
use super::file::File;
use super::{ConfigError, Proxies};
use jiff::SignedDuration;
use jiff::tz::TimeZone;
use std::net::{IpAddr, SocketAddr};
use std::path::{Path, PathBuf};
use store::db::DatabaseUrl;
use store::keys::{KeyError, RootKeySource};

const KEY_FILE: &str = "samechart-root.key";
const ANCHOR_FILE: &str = "samechart-audit.anchor";

/// Checked settings.
#[derive(Clone, Debug)]
pub struct Settings {
    pub database: DatabaseUrl,
    /// What browsers type, without a slash at the end; links are made from it.
    pub public_url: String,
    pub listen: SocketAddr,
    /// `None` where no metrics are served.
    pub metrics_listen: Option<SocketAddr>,
    pub trusted_proxies: Proxies,
    pub root_key_file: PathBuf,
    pub audit_anchor_file: PathBuf,
    /// The organisation's own rules for warning words; `None` for those that come with the program.
    pub red_flags_file: Option<PathBuf>,
    pub organisation: OrganisationSettings,
    /// A section of the record without a newer entry than this may be out of date, and says so.
    pub record_old_after: SignedDuration,
}

/// What pages say about the clinic.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct OrganisationSettings {
    pub name: String,
    pub phone: String,
    /// IANA time zone.
    pub time_zone: String,
}

impl Settings {
    /// Reads the file and the process's own variables.
    pub fn load(path: &Path) -> Result<Settings, ConfigError> {
        Settings::read(path, environment::own()?.into_iter())
    }

    /// Reads the file with these variables over it.
    pub fn read(
        path: &Path,
        variables: impl Iterator<Item = (String, String)>,
    ) -> Result<Settings, ConfigError> {
        let mut file = File::read(path)?;
        environment::apply(&mut file, variables)?;
        Settings::check(file, path.parent().unwrap_or(Path::new("")))
    }

    fn check(file: File, folder: &Path) -> Result<Settings, ConfigError> {
        let database = file.database.unwrap_or_else(|| "sqlite:samechart.db".into());
        let listen = address("listen", file.listen.as_deref().unwrap_or("127.0.0.1:8080"))?;
        let metrics = file.metrics_listen.as_deref().unwrap_or("127.0.0.1:9464");
        let proxies = file.trusted_proxies.unwrap_or_default();
        let key_file = file.root_key_file.unwrap_or_else(|| KEY_FILE.into());
        let anchor_file = file.audit_anchor_file.unwrap_or_else(|| ANCHOR_FILE.into());
        let zone = file.organisation.time_zone.unwrap_or_else(|| "UTC".into());
        TimeZone::get(&zone)
            .map_err(|_| ConfigError::value("organisation.time_zone", "is no IANA time zone"))?;
        Ok(Settings {
            database: self::database(&database, folder)?,
            public_url: public_url(file.public_url, listen)?,
            listen,
            metrics_listen: match metrics {
                "" | "off" => None,
                text => Some(address("metrics_listen", text)?),
            },
            trusted_proxies: Proxies::parse(proxies.iter().map(String::as_str))
                .map_err(|problem| ConfigError::value("trusted_proxies", problem))?,
            root_key_file: folder.join(key_file),
            audit_anchor_file: folder.join(anchor_file),
            red_flags_file: file.red_flags_file.map(|path| folder.join(path)),
            organisation: OrganisationSettings {
                name: file.organisation.name.unwrap_or_else(|| "Our clinic".into()),
                phone: file.organisation.phone.unwrap_or_default(),
                time_zone: zone,
            },
            record_old_after: file
                .record
                .old_after_days
                .map_or(service::service::OLD_AFTER, |days| SignedDuration::from_hours(24 * i64::from(days))),
        })
    }

    /// Where the root key is: the environment, a service credential or the file.
    pub fn root_key(&self) -> Result<RootKeySource, KeyError> {
        RootKeySource::choose(|name| std::env::var(name).ok(), Some(&self.root_key_file))
    }

    /// Cookies are `Secure` on all but plain http to this machine itself.
    pub fn is_secure(&self) -> bool {
        let host = self.public_url.strip_prefix("http://").map(without_port);
        !host.is_some_and(|host| host == "localhost" || host.parse().is_ok_and(is_loopback))
    }

    /// Plain http may be served to this machine itself, or to a trusted proxy that speaks TLS.
    pub fn may_serve(&self) -> Result<(), ConfigError> {
        if self.is_secure() && self.public_url.starts_with("http://") {
            let problem =
                "passwords and messages would cross the network in clear; it must begin with https://";
            return Err(ConfigError::value("public_url", problem));
        }
        if is_loopback(self.listen.ip()) || !self.trusted_proxies.is_empty() {
            return Ok(());
        }
        Err(ConfigError::value(
            "listen",
            "plain http leaves this machine; listen on 127.0.0.1, or put a proxy with TLS before it and name \
             it in trusted_proxies",
        ))
    }
}

/// The host of `HOST`, `HOST:PORT` or `[ADDRESS]:PORT`.
fn without_port(host: &str) -> &str {
    match host.strip_prefix('[') {
        Some(address) => address.split(']').next().unwrap_or(address),
        None => host.split(':').next().unwrap_or(host),
    }
}

fn is_loopback(ip: IpAddr) -> bool {
    ip.to_canonical().is_loopback()
}

fn address(key: &'static str, text: &str) -> Result<SocketAddr, ConfigError> {
    text.parse().map_err(|_| ConfigError::value(key, "is not ADDRESS:PORT, such as 127.0.0.1:8080"))
}

fn database(text: &str, folder: &Path) -> Result<DatabaseUrl, ConfigError> {
    let url: DatabaseUrl = text.parse().map_err(|problem| ConfigError::value("database", problem))?;
    Ok(match url {
        DatabaseUrl::Sqlite(path) => DatabaseUrl::Sqlite(folder.join(path)),
        other => other,
    })
}

fn public_url(text: Option<String>, listen: SocketAddr) -> Result<String, ConfigError> {
    let Some(text) = text else { return Ok(format!("http://localhost:{}", listen.port())) };
    let text = text.trim_end_matches('/');
    let host = text.strip_prefix("https://").or_else(|| text.strip_prefix("http://"));
    match host {
        Some(host) if !host.is_empty() && !host.contains(['/', '?', '#', ' ']) => Ok(text.to_owned()),
        _ => Err(ConfigError::value("public_url", "is not https://HOST or http://HOST:PORT, without a path")),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::io::Write;

    fn read(text: &str, variables: &[(&str, &str)]) -> Result<Settings, String> {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("samechart.toml");
        std::fs::File::create(&path).unwrap().write_all(text.as_bytes()).unwrap();
        let variables = variables.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned()));
        Settings::read(&path, variables).map_err(|error| match error {
            ConfigError::Syntax { line, message, .. } => format!("line {line}: {message}"),
            other => other.to_string(),
        })
    }

    #[test]
    fn an_empty_file_is_a_server_on_this_machine_beside_its_file() {
        let settings = read("", &[]).unwrap();
        assert_eq!(settings.listen.to_string(), "127.0.0.1:8080");
        assert_eq!(settings.public_url, "http://localhost:8080");
        assert!(settings.database.to_string().ends_with("/samechart.db"));
        assert!(settings.root_key_file.ends_with(KEY_FILE) && settings.root_key_file.is_absolute());
        assert!(settings.may_serve().is_ok());
    }

    #[test]
    fn a_slip_of_the_pen_is_named_with_its_line_and_without_its_value() {
        let text = "listen = \"127.0.0.1:8080\"\n\ndatabse = \"postgres://u:secret@db/x\"\n";
        let error = read(text, &[]).unwrap_err();
        assert!(error.starts_with("line 3: unknown field `databse`"), "{error}");
        assert!(!error.contains("secret"));
        let error = read("[organisation]\nfone = \"1\"\n", &[]).unwrap_err();
        assert!(error.starts_with("line 2: unknown field `fone`"), "{error}");
    }

    #[test]
    fn a_variable_wins_over_the_file_and_an_unknown_one_is_refused() {
        let listen =
            [("SAMECHART_LISTEN", "127.0.0.1:9000"), ("HOME", "/nowhere"), ("SAMECHART_LOG", "debug")];
        let settings = read("listen = \"127.0.0.1:8080\"", &listen).unwrap();
        assert_eq!(settings.listen.port(), 9000);
        let unknown = read("", &[("SAMECHART_LISTNE", "x")]).unwrap_err();
        assert_eq!(unknown, "SAMECHART_LISTNE is no setting of Samechart");
    }

    #[test]
    fn plain_http_on_the_network_needs_a_proxy() {
        assert!(read("listen = \"0.0.0.0:80\"", &[]).unwrap().may_serve().is_err());
        let behind = "listen = \"0.0.0.0:80\"\ntrusted_proxies = [\"10.0.0.1\"]";
        assert!(read(behind, &[]).unwrap().may_serve().is_ok());
    }

    #[test]
    fn cookies_are_secure_but_on_this_machine_and_a_public_address_without_tls_is_not_served() {
        for url in ["http://localhost:8080", "http://127.0.0.1", "http://[::1]:8080"] {
            let settings = read(&format!("public_url = \"{url}\""), &[]).unwrap();
            assert!(!settings.is_secure() && settings.may_serve().is_ok(), "{url}");
        }
        assert!(read("public_url = \"https://clinic.example\"", &[]).unwrap().is_secure());
        assert!(read("public_url = \"http://clinic.example\"", &[]).unwrap().may_serve().is_err());
    }

    #[test]
    fn what_is_no_zone_address_or_public_url_is_refused() {
        assert!(read("[organisation]\ntime_zone = \"Mars/Olympus\"", &[]).is_err());
        assert!(read("listen = \"8080\"", &[]).is_err());
        assert!(read("public_url = \"clinic.example\"", &[]).is_err());
        assert_eq!(
            read("public_url = \"https://clinic.example/\"", &[]).unwrap().public_url,
            "https://clinic.example"
        );
        assert!(read("database = \"mysql://x\"", &[]).is_err());
    }
}
