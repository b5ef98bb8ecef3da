//! The text form of root keys and its file. One key a line, the current one first:
//! `samechart-root-key 1 KEY-ID BASE64URL`; blank lines and lines from `#` are skipped.
//! Rule: a key file is never overwritten in place and never readable by others.

use std::fs::{File, OpenOptions};
use std::io::{self, Read, Write};
use std::os::unix::fs::{OpenOptionsExt, PermissionsExt};
use std::path::Path;

use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use zeroize::Zeroizing;

use super::{KeyError, RootKey, RootKeys};

const HEADER: &str = "samechart-root-key";
const VERSION: &str = "1";
const LONGEST_TEXT: u64 = 64 * 1024;

impl RootKey {
    /// The key as one line of a key file, without the line end.
    pub fn to_line(&self) -> Zeroizing<String> {
        let key = Zeroizing::new(URL_SAFE_NO_PAD.encode(self.bytes.as_ref()));
        Zeroizing::new(format!("{HEADER} {VERSION} {} {}", hex(&self.id()), *key))
    }

    fn from_line(line: &str) -> Result<Self, &'static str> {
        let words: Vec<&str> = line.split_whitespace().collect();
        let [header, version, id, key] = words[..] else {
            return Err("expected: samechart-root-key 1 KEY-ID KEY");
        };
        if header != HEADER {
            return Err("the first word is not samechart-root-key");
        }
        if version != VERSION {
            return Err("this version of the format is not known");
        }
        // One byte more than a key: the decoder asks for room by its estimate, not by the result.
        let mut room = Zeroizing::new([0; 33]);
        let length = URL_SAFE_NO_PAD.decode_slice(key, room.as_mut());
        if length != Ok(32) {
            return Err("the key is not 32 bytes of base64url");
        }
        let mut bytes = Zeroizing::new([0; 32]);
        bytes.copy_from_slice(&room[..32]);
        let root = Self::from_bytes(bytes).map_err(|_| "the cipher refused the key")?;
        if hex(&root.id()) != id.to_ascii_lowercase() {
            return Err("the key does not belong to its key id: a typing error?");
        }
        Ok(root)
    }
}

impl RootKeys {
    /// Reads the text form.
    pub fn from_text(text: &str) -> Result<Self, KeyError> {
        let mut keys = Vec::new();
        for (index, line) in text.lines().enumerate() {
            let line = line.trim();
            if line.is_empty() || line.starts_with('#') {
                continue;
            }
            let key =
                RootKey::from_line(line).map_err(|reason| KeyError::Malformed { line: index + 1, reason })?;
            keys.push(key);
        }
        let mut keys = keys.into_iter();
        let current = keys.next().ok_or(KeyError::Malformed { line: 1, reason: "there is no key in it" })?;
        Ok(Self::with_former(current, keys.collect()))
    }

    /// The text form, one line per key, the current one first.
    pub fn to_text(&self) -> Zeroizing<String> {
        let mut text = Zeroizing::new(String::new());
        for key in std::iter::once(self.current()).chain(self.former()) {
            text.push_str(&key.to_line());
            text.push('\n');
        }
        text
    }

    /// Reads a key file; refuses one that its group or others may read, write or run.
    pub fn load(path: &Path) -> Result<Self, KeyError> {
        read(path, true)
    }

    /// Reads a service credential, whose access the service manager guards (its group bits may
    /// show an access-control mask, so the mode says nothing).
    pub fn load_credential(path: &Path) -> Result<Self, KeyError> {
        read(path, false)
    }

    /// Writes a new key file with mode 0600 and syncs it and its folder; fails where one exists.
    pub fn write_new(&self, path: &Path) -> Result<(), KeyError> {
        write_synced(path, &self.to_text()).map_err(|cause| failed(path, cause))
    }

    /// Replaces a key file in one step (a synced file beside it, renamed over it): after a crash
    /// there is the old text or the new one.
    pub fn write_over(&self, path: &Path) -> Result<(), KeyError> {
        let beside = path.with_extension("new");
        write_synced(&beside, &self.to_text()).map_err(|cause| failed(&beside, cause))?;
        std::fs::rename(&beside, path).and_then(|()| sync_folder(path)).map_err(|cause| failed(path, cause))
    }
}

fn read(path: &Path, private: bool) -> Result<RootKeys, KeyError> {
    let file = File::open(path).map_err(|cause| failed(path, cause))?;
    let mode = file.metadata().map_err(|cause| failed(path, cause))?.permissions().mode() & 0o777;
    if private && mode & 0o077 != 0 {
        return Err(KeyError::ReachableByOthers { path: path.to_path_buf(), mode });
    }
    let mut text = Zeroizing::new(String::new());
    file.take(LONGEST_TEXT).read_to_string(&mut text).map_err(|cause| failed(path, cause))?;
    RootKeys::from_text(&text)
}

fn write_synced(path: &Path, text: &str) -> io::Result<()> {
    let mut file = OpenOptions::new().write(true).create_new(true).mode(0o600).open(path)?;
    file.write_all(text.as_bytes())?;
    file.sync_all()?;
    sync_folder(path)
}

fn sync_folder(path: &Path) -> io::Result<()> {
    let folder = match path.parent() {
        Some(folder) if !folder.as_os_str().is_empty() => folder,
        _ => Path::new("."),
    };
    File::open(folder)?.sync_all()
}

fn failed(path: &Path, cause: io::Error) -> KeyError {
    KeyError::File { path: path.to_path_buf(), cause }
}

pub(super) fn hex(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}
