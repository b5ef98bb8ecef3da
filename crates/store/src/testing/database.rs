//! One fresh database for one story.

use super::cluster;
use crate::db::{Db, DbOptions, Engine, Migration};
use ring::digest::{Context, SHA256};
use ring::rand::{SecureRandom, SystemRandom};
use std::time::Duration;
use tempfile::TempDir;
use tokio_postgres::NoTls;
use tokio_postgres::error::SqlState;

/// A database of one test. `dispose` deletes it; a failed test leaves it to the cluster's end.
pub struct TestDatabase {
    pub db: Db,
    /// As a configuration would name it.
    pub url: String,
    home: Home,
}

enum Home {
    Folder(TempDir),
    Cluster(String),
}

/// Runs the story on a fresh migrated database of each engine.
pub async fn each<F, Story>(migrations: &[Migration], story: F)
where
    F: Fn(Db) -> Story,
    Story: Future<Output = ()>,
{
    for engine in [Engine::Sqlite, Engine::Postgres] {
        eprintln!("on {engine:?}");
        let test = TestDatabase::new(engine, migrations).await;
        story(test.db.clone()).await;
        test.dispose().await;
    }
}

/// `each`, with the program's own schema.
pub async fn each_migrated<F, Story>(story: F)
where
    F: Fn(Db) -> Story,
    Story: Future<Output = ()>,
{
    each(&crate::schema::migrations(), story).await;
}

impl TestDatabase {
    /// A fresh migrated database of this engine.
    pub async fn new(engine: Engine, migrations: &[Migration]) -> Self {
        match engine {
            Engine::Sqlite => Self::sqlite(migrations).await,
            Engine::Postgres => Self::postgres(migrations).await,
        }
    }

    async fn sqlite(migrations: &[Migration]) -> Self {
        let folder = TempDir::new().expect("a temporary folder");
        let url = format!("sqlite:{}", folder.path().join("samechart.db").display());
        let db = open(&url, &DbOptions::default()).await;
        db.migrate(migrations).await.expect("the migrations");
        TestDatabase { db, url, home: Home::Folder(folder) }
    }

    async fn postgres(migrations: &[Migration]) -> Self {
        let cluster = cluster::url();
        let template = template(&cluster, migrations).await;
        let name = format!("test_{}", random_hex());
        create_from(&cluster, &name, &template).await;
        let url = url_of(&cluster, &name);
        let db = open(&url, &DbOptions::default()).await;
        TestDatabase { db, url, home: Home::Cluster(name) }
    }

    /// Closes the database and answers it again together with a copy of it as it is now.
    pub async fn copy(self) -> (Self, Self) {
        self.db.close().await;
        match self.home {
            Home::Folder(folder) => {
                let copied = TempDir::new().expect("a temporary folder");
                for file in std::fs::read_dir(folder.path()).expect("the folder") {
                    let file = file.expect("a file");
                    std::fs::copy(file.path(), copied.path().join(file.file_name())).expect("a copy");
                }
                let url = format!("sqlite:{}", copied.path().join("samechart.db").display());
                (
                    Self::again(self.url, Home::Folder(folder)).await,
                    Self::again(url, Home::Folder(copied)).await,
                )
            }
            Home::Cluster(name) => {
                let (cluster, copied) = (cluster::url(), format!("test_{}", random_hex()));
                create_from(&cluster, &copied, &name).await;
                let url = url_of(&cluster, &copied);
                (
                    Self::again(self.url, Home::Cluster(name)).await,
                    Self::again(url, Home::Cluster(copied)).await,
                )
            }
        }
    }

    async fn again(url: String, home: Home) -> Self {
        TestDatabase { db: open(&url, &DbOptions::default()).await, url, home }
    }

    /// Where it is, for another process: `sqlite:PATH` or a `postgres://` URL with its password.
    pub fn url(&self) -> &str {
        &self.url
    }

    /// Another handle on the same database, as another process would hold it.
    pub async fn open_again(&self, options: &DbOptions) -> Db {
        open(&self.url, options).await
    }

    /// Closes and deletes the database.
    pub async fn dispose(self) {
        self.db.close().await;
        match self.home {
            Home::Folder(folder) => folder.close().expect("the temporary folder is deleted"),
            Home::Cluster(name) => {
                let drop = format!("DROP DATABASE {name} WITH (FORCE)");
                administer(&cluster::url(), &[&drop]).await.expect("the database is dropped");
            }
        }
    }
}

async fn create_from(cluster: &str, name: &str, template: &str) {
    let create = format!("CREATE DATABASE {name} TEMPLATE {template}");
    // The template's last connection may take a moment to end.
    for tries in 0.. {
        match administer(cluster, &[&create]).await {
            Ok(()) => break,
            Err(error) if error.code() == Some(&SqlState::OBJECT_IN_USE) && tries < 100 => {
                tokio::time::sleep(Duration::from_millis(50)).await;
            }
            Err(error) => panic!("{create}: {error:?}"),
        }
    }
}

async fn open(url: &str, options: &DbOptions) -> Db {
    let url = url.parse().expect("the test database's URL");
    Db::open(&url, options).await.expect("the test database")
}

/// The name of a migrated database that is copied for each test; made by the first that asks.
async fn template(cluster: &str, migrations: &[Migration]) -> String {
    let mut hash = Context::new(&SHA256);
    for migration in migrations {
        hash.update(&migration.number.to_be_bytes());
        hash.update(migration.sql.as_bytes());
    }
    let name = format!("template_{}", hex(&hash.finish().as_ref()[..8]));
    let (client, connection) = tokio_postgres::connect(cluster, NoTls).await.expect("the tests' PostgreSQL");
    let connection = tokio::spawn(connection);
    client.batch_execute("SELECT pg_advisory_lock(7)").await.expect("the templates' lock");
    let exists = client.query("SELECT 1 FROM pg_database WHERE datname = $1", &[&name]).await;
    if exists.expect("the list of databases").is_empty() {
        let draft = format!("draft_{}", random_hex());
        administer(cluster, &[&format!("CREATE DATABASE {draft}")]).await.expect("a database");
        let db = open(&url_of(cluster, &draft), &DbOptions::default()).await;
        db.migrate(migrations).await.expect("the migrations");
        db.close().await;
        let end = format!("SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = '{draft}'");
        let rename = format!("ALTER DATABASE {draft} RENAME TO {name}");
        for tries in 0.. {
            match administer(cluster, &[&end, &rename]).await {
                Ok(()) => break,
                Err(error) if tries < 100 => drop(error),
                Err(error) => panic!("{rename}: {error:?}"),
            }
            tokio::time::sleep(Duration::from_millis(20)).await;
        }
    }
    drop(client);
    connection.abort();
    name
}

async fn administer(cluster: &str, statements: &[&str]) -> Result<(), tokio_postgres::Error> {
    let (client, connection) = tokio_postgres::connect(cluster, NoTls).await?;
    let connection = tokio::spawn(connection);
    for statement in statements {
        client.batch_execute(statement).await?;
    }
    drop(client);
    let _ = connection.await;
    Ok(())
}

/// The cluster's URL with another database's name.
fn url_of(cluster: &str, name: &str) -> String {
    let (place, query) = cluster.split_once('?').unwrap_or((cluster, ""));
    let (server, _) = place.rsplit_once('/').expect("a URL that names a database");
    match query {
        "" => format!("{server}/{name}"),
        query => format!("{server}/{name}?{query}"),
    }
}

fn random_hex() -> String {
    let mut bytes = [0; 8];
    SystemRandom::new().fill(&mut bytes).expect("the system's random numbers");
    hex(&bytes)
}

fn hex(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}
