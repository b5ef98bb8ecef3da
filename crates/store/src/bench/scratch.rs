//! A place for databases that nobody keeps: a folder, or databases with a name of their own in a
//! PostgreSQL cluster. Nothing that was there before is opened.

use crate::db::{DatabaseUrl, StoreError};
use ring::rand::{SecureRandom, SystemRandom};
use std::path::{Path, PathBuf};
use std::sync::Mutex;

/// Scratch databases; [`Scratch::dispose`] deletes them.
pub struct Scratch {
    home: Home,
    name: String,
    made: Mutex<Vec<String>>,
}

enum Home {
    Folder(PathBuf),
    Cluster(DatabaseUrl),
}

impl Scratch {
    /// A new folder within `sqlite:FOLDER`, or a new name in the cluster of a `postgres://` URL.
    pub fn within(place: &DatabaseUrl) -> Result<Scratch, StoreError> {
        let mut random = [0; 6];
        SystemRandom::new().fill(&mut random).map_err(|_| StoreError::Internal("random numbers".into()))?;
        let digits: String = random.iter().map(|byte| format!("{byte:02x}")).collect();
        let name = format!("samechart_bench_{digits}");
        let home = match place {
            DatabaseUrl::Sqlite(folder) => {
                let own = folder.join(&name);
                std::fs::create_dir(&own).map_err(|error| folder_fault(&error))?;
                Home::Folder(own)
            }
            DatabaseUrl::Postgres(_) => Home::Cluster(place.clone()),
        };
        Ok(Scratch { home, name, made: Mutex::default() })
    }

    /// The folder for files of the measurement; `None` on PostgreSQL.
    pub fn folder(&self) -> Option<&Path> {
        match &self.home {
            Home::Folder(folder) => Some(folder),
            Home::Cluster(_) => None,
        }
    }

    /// The URL of a new empty database.
    pub async fn database(&self, label: &str) -> Result<DatabaseUrl, StoreError> {
        match &self.home {
            Home::Folder(folder) => Ok(DatabaseUrl::Sqlite(folder.join(format!("{label}.db")))),
            Home::Cluster(cluster) => {
                let name = format!("{}_{label}", self.name);
                cluster.administer(&format!("CREATE DATABASE {name}")).await?;
                self.made.lock().unwrap_or_else(std::sync::PoisonError::into_inner).push(name.clone());
                Ok(cluster.with_database(&name))
            }
        }
    }

    /// Deletes everything that was made here.
    pub async fn dispose(self) -> Result<(), StoreError> {
        match &self.home {
            Home::Folder(folder) => std::fs::remove_dir_all(folder).map_err(|error| folder_fault(&error)),
            Home::Cluster(cluster) => {
                let made = self.made.into_inner().unwrap_or_else(std::sync::PoisonError::into_inner);
                for name in made {
                    cluster.administer(&format!("DROP DATABASE IF EXISTS {name} WITH (FORCE)")).await?;
                }
                Ok(())
            }
        }
    }
}

fn folder_fault(error: &std::io::Error) -> StoreError {
    StoreError::Unavailable(format!("the scratch folder: {}", error.kind()))
}
