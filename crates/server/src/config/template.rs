//! The commented file that `samechart init` writes.

/// What the operator said at `init`.
#[derive(Clone, Debug)]
pub struct Chosen {
    pub database: String,
    pub public_url: String,
    pub listen: String,
    pub name: String,
    pub phone: String,
    pub time_zone: String,
}

impl Chosen {
    /// The text of a new `samechart.toml`.
    pub fn file(&self) -> String {
        let quoted = |text: &str| toml::Value::from(text).to_string();
        format!(
            "\
# Samechart's settings. Each can be overridden by a variable: SAMECHART_LISTEN, SAMECHART_DATABASE,
# SAMECHART_ORGANISATION_NAME and so on. Paths are relative to this file. Unknown keys are errors.

# sqlite:PATH, or postgres://USER:PASSWORD@HOST/DATABASE (by TLS; ?sslrootcert=FILE names the authority).
database = {database}

# What people type into their browsers. Links in invitations begin with it.
public_url = {public_url}

# Where this server listens. It speaks plain http: on another address than this machine's own it needs
# a proxy with TLS before it, named in trusted_proxies.
listen = {listen}
trusted_proxies = []

# Counters for Prometheus at /metrics; \"off\" serves none.
metrics_listen = \"127.0.0.1:9464\"

# The key that opens all others. Without this file every backup is unreadable: keep a copy elsewhere.
# SAMECHART_ROOT_KEY or the systemd credential samechart-root-key take its place where they are set.
root_key_file = \"samechart-root.key\"

# The heads of the audit chain are appended here; copy it to a place that this server cannot write to.
audit_anchor_file = \"samechart-audit.anchor\"

# Your own rules for warning words in what patients write, in place of the built-in ones. \"samechart
# red-flags rules\" prints those to begin with; \"samechart red-flags test FILE\" tries yours.
# red_flags_file = \"red-flags.txt\"

# Shown on every patient page. The zone gives the working hours of teams.
[organisation]
name = {name}
phone = {phone}
time_zone = {time_zone}

# Sections of the record whose newest entry is older than this say that they may be out of date.
[record]
old_after_days = 365
",
            database = quoted(&self.database),
            public_url = quoted(&self.public_url),
            listen = quoted(&self.listen),
            name = quoted(&self.name),
            phone = quoted(&self.phone),
            time_zone = quoted(&self.time_zone),
        )
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::config::Settings;

    #[test]
    fn the_written_file_is_read_again_whatever_the_clinic_is_called() {
        let chosen = Chosen {
            database: "sqlite:samechart.db".into(),
            public_url: "https://chart.example".into(),
            listen: "127.0.0.1:8080".into(),
            name: "O'Brien \"Riverbend\" \\ Clínica".into(),
            phone: "555-010-0100".into(),
            time_zone: "America/Los_Angeles".into(),
        };
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("samechart.toml");
        std::fs::write(&path, chosen.file()).unwrap();
        let settings = Settings::read(&path, std::iter::empty()).unwrap();
        assert_eq!(settings.organisation.name, chosen.name);
        assert_eq!(settings.public_url, chosen.public_url);
    }
}
