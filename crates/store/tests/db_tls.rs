//! TLS to PostgreSQL is always verified: against the named roots, and for the host's name.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

use rcgen::{BasicConstraints, CertificateParams, IsCa, KeyPair};
use std::path::{Path, PathBuf};
use std::time::Duration;
use store::db::{Db, DbOptions, Engine, StoreError};
use store::testing::TestDatabase;
use tokio_postgres::NoTls;

struct Authority {
    certificate: rcgen::Certificate,
    key: KeyPair,
    file: PathBuf,
}

fn authority(folder: &Path, name: &str) -> Authority {
    let mut params = CertificateParams::new(Vec::new()).unwrap();
    params.is_ca = IsCa::Ca(BasicConstraints::Unconstrained);
    let key = KeyPair::generate().unwrap();
    let certificate = params.self_signed(&key).unwrap();
    let file = folder.join(name);
    std::fs::write(&file, certificate.pem()).unwrap();
    Authority { certificate, key, file }
}

/// Gives the tests' cluster a certificate for `localhost` only. Other tests are not disturbed:
/// they do not ask for TLS.
async fn offer_tls(url: &str, authority: &Authority) {
    let key = KeyPair::generate().unwrap();
    let certificate = CertificateParams::new(vec!["localhost".to_owned()])
        .unwrap()
        .signed_by(&key, &authority.certificate, &authority.key)
        .unwrap();
    let (client, connection) = tokio_postgres::connect(url, NoTls).await.unwrap();
    tokio::spawn(connection);
    for (file, pem) in [("server.crt", certificate.pem()), ("server.key", key.serialize_pem())] {
        let lines = pem.trim().replace('\n', "\\n");
        let write = format!(
            "COPY (SELECT unnest(string_to_array(E'{lines}', E'\\n')))
             TO PROGRAM 'umask 077; cat >{file}'"
        );
        client.batch_execute(&write).await.unwrap();
    }
    client.batch_execute("ALTER SYSTEM SET ssl = on").await.unwrap();
    client.batch_execute("SELECT pg_reload_conf()").await.unwrap();
    for _ in 0..100 {
        let ssl: String = client.query_one("SHOW ssl", &[]).await.unwrap().get(0);
        if ssl == "on" {
            return;
        }
        tokio::time::sleep(Duration::from_millis(50)).await;
    }
    panic!("the cluster does not offer TLS");
}

async fn is_encrypted(url: &str) -> Result<bool, StoreError> {
    let db = Db::open(&url.parse()?, &DbOptions::default()).await?;
    let encrypted = db
        .read(|tx| {
            let own = "SELECT ssl FROM pg_stat_ssl WHERE pid = pg_backend_pid()";
            tx.query_one(own, &[], |row| row.get(0))
        })
        .await;
    db.close().await;
    encrypted
}

#[tokio::test]
async fn a_server_is_believed_only_with_the_right_root_and_name() {
    let folder = tempfile::tempdir().unwrap();
    let ours = authority(folder.path(), "ours.pem");
    let theirs = authority(folder.path(), "theirs.pem");
    let test = TestDatabase::new(Engine::Postgres, &[]).await;
    offer_tls(&test.url, &ours).await;
    let named = test.url.replace("127.0.0.1", "localhost");
    let with = |url: &str, mode: &str, authority: &Authority| {
        format!("{url}?sslmode={mode}&sslrootcert={}", authority.file.display())
    };

    assert_eq!(is_encrypted(&test.url).await, Ok(false), "this machine is reached without TLS");
    assert_eq!(is_encrypted(&with(&named, "require", &ours)).await, Ok(true));
    assert_eq!(is_encrypted(&with(&named, "prefer", &ours)).await, Ok(true));
    assert_eq!(is_encrypted(&with(&named, "disable", &ours)).await, Ok(false));
    for (why, url) in [
        ("another root", with(&named, "require", &theirs)),
        ("another root", with(&named, "prefer", &theirs)),
        ("the system's roots", format!("{named}?sslmode=require")),
        ("another name", with(&test.url, "require", &ours)),
    ] {
        let refused = is_encrypted(&url).await;
        assert!(matches!(refused, Err(StoreError::Unavailable(_))), "{why}: {refused:?}");
    }
    let missing = is_encrypted(&format!("{named}?sslmode=require&sslrootcert=/no/such/file")).await;
    assert!(matches!(missing, Err(StoreError::Invalid(_))), "{missing:?}");
    test.dispose().await;
}
