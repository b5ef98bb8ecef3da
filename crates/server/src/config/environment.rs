//! `SAMECHART_*` variables, each of which overrides the key of its name.

use super::ConfigError;
use super::file::File;

const PREFIX: &str = "SAMECHART_";

/// Variables that are read elsewhere: the key itself, the place of the file, the log's filter, the
/// place of the tests' data.
const ELSEWHERE: [&str; 4] = ["ROOT_KEY", "CONFIG", "LOG", "SHARED"];

/// The process's own variables of ours. Others may hold whatever bytes they like.
pub(super) fn own() -> Result<Vec<(String, String)>, ConfigError> {
    let of_ours = std::env::vars_os().filter_map(|(name, value)| {
        let name = name.into_string().ok().filter(|name| name.starts_with(PREFIX))?;
        Some((name, value))
    });
    of_ours
        .map(|(name, value)| match value.into_string() {
            Ok(value) => Ok((name, value)),
            Err(_) => Err(ConfigError::NoText { name }),
        })
        .collect()
}

/// Puts the variables over what the file says.
pub(super) fn apply(
    file: &mut File,
    variables: impl Iterator<Item = (String, String)>,
) -> Result<(), ConfigError> {
    for (name, value) in variables {
        let Some(key) = name.strip_prefix(PREFIX) else { continue };
        if ELSEWHERE.contains(&key) || key.starts_with("TEST_") {
            continue;
        }
        match key {
            "DATABASE" => file.database = Some(value),
            "PUBLIC_URL" => file.public_url = Some(value),
            "LISTEN" => file.listen = Some(value),
            "METRICS_LISTEN" => file.metrics_listen = Some(value),
            "TRUSTED_PROXIES" => {
                let list = value.split(',').map(str::trim).filter(|one| !one.is_empty());
                file.trusted_proxies = Some(list.map(str::to_owned).collect());
            }
            "ROOT_KEY_FILE" => file.root_key_file = Some(value),
            "AUDIT_ANCHOR_FILE" => file.audit_anchor_file = Some(value),
            "RED_FLAGS_FILE" => file.red_flags_file = Some(value),
            "ORGANISATION_NAME" => file.organisation.name = Some(value),
            "ORGANISATION_PHONE" => file.organisation.phone = Some(value),
            "ORGANISATION_TIME_ZONE" => file.organisation.time_zone = Some(value),
            "RECORD_OLD_AFTER_DAYS" => {
                let days = value
                    .parse()
                    .map_err(|_| ConfigError::value("record.old_after_days", "is no whole number of days"))?;
                file.record.old_after_days = Some(days);
            }
            _ => return Err(ConfigError::UnknownVariable { name }),
        }
    }
    Ok(())
}
