//! The PostgreSQL cluster of the tests: the one that SAMECHART_TEST_POSTGRES names (a superuser's
//! URL), else one of this process's own, which ends with the process.

use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::sync::OnceLock;

const SCRIPT: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/../../scripts/postgres-throwaway");

struct Cluster {
    url: String,
    /// Stops the cluster when its standard input ends with this process, however that ended.
    _stopper: Child,
}

/// The superuser's URL of a running cluster.
pub(super) fn url() -> String {
    static OWN: OnceLock<Cluster> = OnceLock::new();
    std::env::var("SAMECHART_TEST_POSTGRES").unwrap_or_else(|_| OWN.get_or_init(start).url.clone())
}

fn start() -> Cluster {
    let folder =
        tempfile::Builder::new().prefix("samechart-postgres-").tempdir().expect("a temporary folder").keep();
    // The server runs as another user where the tests run as root.
    open_to_all(&folder);
    let stopper = stop_at_exit(&folder);
    let started = Command::new(SCRIPT)
        .arg("start")
        .arg(&folder)
        .stdin(Stdio::null())
        .output()
        .unwrap_or_else(|error| panic!("{SCRIPT}: {error}"));
    if !started.status.success() {
        let why = String::from_utf8_lossy(&started.stderr);
        panic!("tests need PostgreSQL, or SAMECHART_TEST_POSTGRES with a superuser's URL: {why}");
    }
    let url = String::from_utf8_lossy(&started.stdout).trim().to_owned();
    Cluster { url, _stopper: stopper }
}

fn stop_at_exit(folder: &Path) -> Child {
    Command::new("sh")
        .args(["-c", "cat >/dev/null; exec \"$0\" stop \"$1\"", SCRIPT])
        .arg(folder)
        .stdin(Stdio::piped())
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .spawn()
        .expect("a shell")
}

fn open_to_all(folder: &PathBuf) {
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt;
        std::fs::set_permissions(folder, std::fs::Permissions::from_mode(0o755))
            .expect("the temporary folder's rights");
    }
}
