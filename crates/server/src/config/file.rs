//! The text of `samechart.toml`.

use super::ConfigError;
use serde::Deserialize;
use std::path::Path;

/// All keys as they are written; none is needed.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct File {
    pub database: Option<String>,
    pub public_url: Option<String>,
    pub listen: Option<String>,
    pub metrics_listen: Option<String>,
    pub trusted_proxies: Option<Vec<String>>,
    pub root_key_file: Option<String>,
    pub audit_anchor_file: Option<String>,
    pub red_flags_file: Option<String>,
    #[serde(default)]
    pub organisation: Organisation,
    #[serde(default)]
    pub record: Record,
}

/// `[record]`.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Record {
    pub old_after_days: Option<u32>,
}

/// `[organisation]`.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Organisation {
    pub name: Option<String>,
    pub phone: Option<String>,
    pub time_zone: Option<String>,
}

impl File {
    pub fn read(path: &Path) -> Result<File, ConfigError> {
        let text = std::fs::read_to_string(path)
            .map_err(|cause| ConfigError::Read { path: path.to_path_buf(), cause })?;
        File::parse(&text, path)
    }

    pub fn parse(text: &str, path: &Path) -> Result<File, ConfigError> {
        toml::from_str(text).map_err(|error| {
            let start = error.span().map_or(0, |span| span.start);
            let line = 1 + text.bytes().take(start).filter(|byte| *byte == b'\n').count();
            // The parser's full text quotes the line, which may hold a password.
            ConfigError::Syntax { path: path.to_path_buf(), line, message: error.message().to_owned() }
        })
    }
}
