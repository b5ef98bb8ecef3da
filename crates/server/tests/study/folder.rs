//! An empty folder in which commands are run.

use serde_json::Value;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};
use tempfile::TempDir;

pub struct Folder(TempDir);

impl Folder {
    pub fn new() -> Folder {
        Folder(TempDir::new().unwrap())
    }

    pub fn path(&self, name: &str) -> PathBuf {
        self.0.path().join(name)
    }

    pub fn write(&self, name: &str, text: &str) {
        std::fs::write(self.path(name), text).unwrap();
    }

    pub fn read(&self, name: &str) -> Vec<u8> {
        std::fs::read(self.path(name)).unwrap()
    }

    fn run(&self, arguments: &[&str]) -> Output {
        let mut command = Command::new(env!("CARGO_BIN_EXE_samechart"));
        command.args(arguments).current_dir(self.0.path()).output().unwrap()
    }

    /// The one line of JSON that a command answers with, and its exit code.
    pub fn answer(&self, arguments: &[&str]) -> (Option<i32>, Value) {
        let output = self.run(&[&["--json"], arguments].concat());
        let text = String::from_utf8(output.stdout).unwrap();
        assert_eq!(text.lines().count(), 1, "{text}{}", String::from_utf8_lossy(&output.stderr));
        (output.status.code(), serde_json::from_str(&text).unwrap())
    }

    pub fn json(&self, arguments: &[&str]) -> Value {
        let (code, json) = self.answer(arguments);
        assert_eq!(code, Some(0), "{json}");
        json
    }

    /// What a command writes for a person to read, with a variable of its environment set.
    pub fn text(&self, arguments: &[&str], (name, value): (&str, &str)) -> String {
        let mut command = Command::new(env!("CARGO_BIN_EXE_samechart"));
        let output = command.args(arguments).env(name, value).current_dir(self.0.path()).output().unwrap();
        assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
        String::from_utf8(output.stdout).unwrap()
    }

    /// What a command that was refused wrote, and its exit code.
    pub fn refusal(&self, arguments: &[&str]) -> (Option<i32>, String) {
        let output = self.run(arguments);
        (output.status.code(), String::from_utf8(output.stderr).unwrap())
    }

    pub fn files(&self) -> usize {
        std::fs::read_dir(self.0.path()).unwrap().count()
    }
}

/// The paper's protocol.
pub fn paper() -> String {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../studies/ralston-2009.toml");
    path.canonicalize().unwrap().display().to_string()
}
