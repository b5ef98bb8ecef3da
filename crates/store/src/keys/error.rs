//! What can go wrong with keys. No variant carries key bytes or anything about a person.

use std::io;
use std::path::PathBuf;

/// Why a key could not be made, read, written, wrapped or unwrapped.
#[derive(Debug, thiserror::Error)]
pub enum KeyError {
    #[error("no root key: set key_file, SAMECHART_ROOT_KEY or the credential samechart-root-key")]
    Missing,
    #[error("cannot use the root key file {path}: {cause}")]
    File { path: PathBuf, cause: io::Error },
    #[error(
        "the root key file {path} has mode {mode:03o}: others than its owner may reach it; run: chmod 600 {path}"
    )]
    ReachableByOthers { path: PathBuf, mode: u32 },
    #[error("the root key text is not valid (line {line}): {reason}")]
    Malformed { line: usize, reason: &'static str },
    #[error("this data key was wrapped by root key {0}, which is not at hand")]
    UnknownRootKey(String),
    #[error("the wrapped data key is damaged, or belongs to another owner or number")]
    Unwrap,
    #[error("the operating system gave no randomness")]
    NoRandomness,
    #[error("the cipher refused the key")]
    Cipher,
}
