use std::fs;
use std::os::unix::fs::PermissionsExt;
use std::path::Path;

use store::keys::{CREDENTIAL_NAME, ENVIRONMENT_NAME, KeyError, RootKey, RootKeySource, RootKeys};
use tempfile::tempdir;

fn roots() -> RootKeys {
    RootKeys::new(RootKey::generate().unwrap())
}

fn set_mode(path: &Path, mode: u32) {
    fs::set_permissions(path, fs::Permissions::from_mode(mode)).unwrap();
}

#[test]
fn a_new_key_file_is_private_and_loads_again() {
    let folder = tempdir().unwrap();
    let path = folder.path().join("root.key");
    let roots = roots();
    roots.write_new(&path).unwrap();
    assert_eq!(fs::metadata(&path).unwrap().permissions().mode() & 0o777, 0o600);
    let loaded = RootKeys::load(&path).unwrap();
    assert_eq!(loaded.current().fingerprint(), roots.current().fingerprint());
}

#[test]
fn an_existing_key_file_is_never_overwritten() {
    let folder = tempdir().unwrap();
    let path = folder.path().join("root.key");
    roots().write_new(&path).unwrap();
    let before = fs::read(&path).unwrap();
    assert!(matches!(roots().write_new(&path), Err(KeyError::File { .. })));
    assert_eq!(fs::read(&path).unwrap(), before);
}

#[test]
fn a_key_file_that_others_may_reach_is_refused_with_the_command_that_mends_it() {
    let folder = tempdir().unwrap();
    let path = folder.path().join("root.key");
    roots().write_new(&path).unwrap();
    for mode in [0o640, 0o604, 0o610, 0o644, 0o666, 0o777] {
        set_mode(&path, mode);
        let error = RootKeys::load(&path).err().unwrap();
        assert!(matches!(error, KeyError::ReachableByOthers { mode: m, .. } if m == mode));
        assert!(error.to_string().contains("chmod 600"), "{error}");
    }
    set_mode(&path, 0o400);
    assert!(RootKeys::load(&path).is_ok());
}

#[test]
fn a_rotation_replaces_the_file_and_keeps_the_former_key_in_it() {
    let folder = tempdir().unwrap();
    let path = folder.path().join("root.key");
    let mut roots = roots();
    roots.write_new(&path).unwrap();
    let former = roots.current().id();
    roots.rotate(RootKey::generate().unwrap());
    roots.write_over(&path).unwrap();

    let loaded = RootKeys::load(&path).unwrap();
    assert_eq!(loaded.current().id(), roots.current().id());
    assert_eq!(loaded.former().len(), 1);
    assert_eq!(loaded.find(&former).unwrap().id(), former);
    assert_eq!(fs::metadata(&path).unwrap().permissions().mode() & 0o777, 0o600);
    assert_eq!(fs::read_dir(folder.path()).unwrap().count(), 1);
}

#[test]
fn damaged_texts_name_the_line_and_never_the_key() {
    let line = RootKey::generate().unwrap().to_line().to_string();
    let words: Vec<&str> = line.split(' ').collect();
    let key = words[3];
    let other_letter = if key.starts_with('A') { "B" } else { "A" };
    let texts = [
        String::new(),
        "# only a comment\n".to_owned(),
        key.to_owned(),
        format!("some-other-key 1 {} {key}", words[2]),
        format!("samechart-root-key 2 {} {key}", words[2]),
        format!("samechart-root-key 1 {} {other_letter}{}", words[2], &key[1..]),
        format!("samechart-root-key 1 {} {}", words[2], &key[..40]),
        format!("samechart-root-key 1 {} {key}{key}", words[2]),
        format!("samechart-root-key 1 0000000000000000 {key}"),
        format!("{line}\n{line} again"),
    ];
    for text in texts {
        let error = RootKeys::from_text(&text).err().unwrap().to_string();
        assert!(error.contains("line "), "{error}");
        assert!(!error.contains(&key[1..20]), "{error}");
    }
    assert!(RootKeys::from_text(&format!("# kept in the safe\n\n  {line}  \n")).is_ok());
}

#[test]
fn the_environment_comes_before_the_credential_and_that_before_the_file() {
    let folder = tempdir().unwrap();
    let file = folder.path().join("root.key");
    let credential = folder.path().join(CREDENTIAL_NAME);
    let (in_file, in_credential, in_environment) = (roots(), roots(), roots());
    in_file.write_new(&file).unwrap();
    in_credential.write_new(&credential).unwrap();
    // Service managers hand out credentials with an access-control list that shows as group bits.
    set_mode(&credential, 0o440);

    let id_from = |environment: bool, credentials: bool, file: Option<&Path>| {
        let variable = |name: &str| match name {
            ENVIRONMENT_NAME if environment => Some(in_environment.to_text().to_string()),
            "CREDENTIALS_DIRECTORY" if credentials => Some(folder.path().to_str().unwrap().to_owned()),
            _ => None,
        };
        let source = RootKeySource::choose(variable, file)?;
        source.load().map(|roots| roots.current().id())
    };
    let id = |roots: &RootKeys| roots.current().id();
    assert_eq!(id_from(true, true, Some(&file)).unwrap(), id(&in_environment));
    assert_eq!(id_from(false, true, Some(&file)).unwrap(), id(&in_credential));
    assert_eq!(id_from(false, false, Some(&file)).unwrap(), id(&in_file));
    assert!(matches!(id_from(false, false, None), Err(KeyError::Missing)));
}

#[test]
fn a_fingerprint_is_eight_groups_and_begins_with_the_key_id() {
    let key = RootKey::generate().unwrap();
    let fingerprint = key.fingerprint();
    let groups: Vec<&str> = fingerprint.split(' ').collect();
    assert_eq!(groups.len(), 8);
    assert!(groups.iter().all(|group| group.len() == 4));
    assert!(key.to_line().contains(&groups[..4].concat()));
    assert_ne!(fingerprint, RootKey::generate().unwrap().fingerprint());
}
