//! Where the root key comes from: the environment, a service credential (systemd
//! `LoadCredential=`), or the configured file; the first that is there is used alone.

use std::path::{Path, PathBuf};

use super::{KeyError, RootKeys};

/// The environment variable that may hold the text of the root key.
pub const ENVIRONMENT_NAME: &str = "SAMECHART_ROOT_KEY";
/// The name of the service credential, a file in `$CREDENTIALS_DIRECTORY`.
pub const CREDENTIAL_NAME: &str = "samechart-root-key";

/// A place that holds the root key.
pub enum RootKeySource {
    Environment(String),
    Credential(PathBuf),
    File(PathBuf),
}

impl RootKeySource {
    /// Chooses the place: environment, then credential, then the configured file.
    pub fn choose(
        variable: impl Fn(&str) -> Option<String>,
        key_file: Option<&Path>,
    ) -> Result<Self, KeyError> {
        if let Some(text) = variable(ENVIRONMENT_NAME).filter(|text| !text.trim().is_empty()) {
            return Ok(Self::Environment(text));
        }
        if let Some(folder) = variable("CREDENTIALS_DIRECTORY") {
            let path = Path::new(&folder).join(CREDENTIAL_NAME);
            if path.exists() {
                return Ok(Self::Credential(path));
            }
        }
        key_file.map(|path| Self::File(path.to_path_buf())).ok_or(KeyError::Missing)
    }

    /// Reads the keys from the place.
    pub fn load(&self) -> Result<RootKeys, KeyError> {
        match self {
            Self::Environment(text) => RootKeys::from_text(text),
            Self::Credential(path) => RootKeys::load_credential(path),
            Self::File(path) => RootKeys::load(path),
        }
    }

    /// The place in words for the operator, without the key.
    pub fn describe(&self) -> String {
        match self {
            Self::Environment(_) => format!("environment variable {ENVIRONMENT_NAME}"),
            Self::Credential(path) => format!("service credential {}", path.display()),
            Self::File(path) => format!("file {}", path.display()),
        }
    }
}
