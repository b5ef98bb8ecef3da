//! The demo's folder: its names are its own, so that starting over can hurt no other store.

use crate::cli::Failure;
use std::path::{Path, PathBuf};
use store::keys::{RootKey, RootKeys};

const DATABASE: &str = "samechart-demo.db";
const KEY: &str = "samechart-demo.key";
const ANCHOR: &str = "samechart-demo.anchor";
const ACCOUNTS: &str = "accounts.json";
const DAY: &str = "day.json";
const SETTINGS: &str = "samechart-demo.toml";

/// Where everything of a demo lies.
#[derive(Clone, Debug)]
pub struct Folder(PathBuf);

impl Folder {
    /// Makes the folder where there is none.
    pub fn open(path: &Path) -> Result<Folder, Failure> {
        let path = std::path::absolute(path)?;
        std::fs::create_dir_all(&path)?;
        Ok(Folder(path))
    }

    pub fn database(&self) -> PathBuf {
        self.0.join(DATABASE)
    }

    pub fn anchor(&self) -> PathBuf {
        self.0.join(ANCHOR)
    }

    /// Written last: where it is, the clinic is whole.
    pub fn accounts(&self) -> PathBuf {
        self.0.join(ACCOUNTS)
    }

    /// For which day the clinic was made, and when.
    pub fn day(&self) -> PathBuf {
        self.0.join(DAY)
    }

    /// By which other commands find this clinic.
    pub fn settings(&self) -> PathBuf {
        self.0.join(SETTINGS)
    }

    /// Writes the settings; a PostgreSQL database is left to SAMECHART_DATABASE, as its URL holds a password.
    pub fn write_settings(&self) -> Result<(), Failure> {
        let text = format!(
            "# For other commands on the made-up clinic, such as check.\n\
             # Where the clinic is on PostgreSQL, set SAMECHART_DATABASE.\n\
             database = \"sqlite:{DATABASE}\"\n\
             root_key_file = \"{KEY}\"\n\
             audit_anchor_file = \"{ANCHOR}\"\n"
        );
        Ok(std::fs::write(self.settings(), text)?)
    }

    /// A file for a moment.
    pub fn passing(&self, name: &str) -> PathBuf {
        self.0.join(name)
    }

    /// Removes the demo's own files, and nothing else.
    pub fn clear(&self) -> Result<(), Failure> {
        let beside = ["", "-wal", "-shm"].map(|end| format!("{DATABASE}{end}"));
        for name in beside.iter().map(String::as_str).chain([KEY, ANCHOR, ACCOUNTS, DAY, SETTINGS]) {
            match std::fs::remove_file(self.0.join(name)) {
                Err(error) if error.kind() != std::io::ErrorKind::NotFound => return Err(error.into()),
                _ => {}
            }
        }
        Ok(())
    }

    /// The root key, made where there is none.
    pub fn root_keys(&self) -> Result<RootKeys, Failure> {
        let path = self.0.join(KEY);
        if path.exists() {
            return Ok(RootKeys::load(&path)?);
        }
        let keys = RootKeys::new(RootKey::generate()?);
        keys.write_new(&path)?;
        Ok(keys)
    }
}
