//! Runs a script that stands beside this file and reads its values.

use std::path::PathBuf;
use std::process::Command;

use serde_json::Value;
use study::fit::{Fit, Plan, analyse};
use study::grouped::Grouped;

use crate::cohort;

/// A folder with the script's cohorts, and what R says about them.
pub struct Reference {
    folder: tempfile::TempDir,
    pub values: serde_json::Map<String, Value>,
}

impl Reference {
    pub fn of(script: &str) -> Self {
        let folder = tempfile::tempdir().unwrap();
        let path: PathBuf = [env!("CARGO_MANIFEST_DIR"), "tests", "reference", script].iter().collect();
        let run = Command::new("Rscript").arg("--vanilla").arg(path).arg(folder.path()).output();
        let run =
            run.expect("Rscript starts (Debian: r-base-core r-cran-sandwich r-cran-geepack r-cran-brglm2 r-cran-survival)");
        assert!(run.status.success(), "{script}: {}", String::from_utf8_lossy(&run.stderr));
        let values = serde_json::from_slice(&run.stdout).unwrap();
        Self { folder, values }
    }

    pub fn cohort(&self, name: &str) -> Grouped {
        cohort::read(&self.text(name))
    }

    /// What the script has written under this name.
    pub fn text(&self, name: &str) -> String {
        std::fs::read_to_string(self.folder.path().join(format!("{name}.csv"))).unwrap()
    }

    /// Fits what R fitted; a name of two covariates in `tests` is an interaction.
    pub fn fit(&self, name: &str, plan: &Plan) -> Fit {
        analyse(&self.cohort(name), plan).unwrap_or_else(|error| panic!("{name}: {error}"))
    }
}

pub fn number(value: &Value) -> f64 {
    value.as_f64().unwrap_or_else(|| panic!("{value} is no number"))
}

/// The differences above their bars, told together.
#[derive(Default)]
pub struct Differences(Vec<String>);

impl Differences {
    /// `bar` is absolute.
    pub fn check(&mut self, what: String, ours: f64, theirs: f64, bar: f64) {
        let apart = (ours - theirs).abs();
        if apart.is_nan() || apart > bar {
            self.0.push(format!("{what}: {ours} here, {theirs} in R, {apart:e} apart, {bar:e} allowed"));
        }
    }

    pub fn none(self) {
        assert!(self.0.is_empty(), "\n{}", self.0.join("\n"));
    }
}
