//! A server that something is wrong with: it says so, and it ends when it is told to.

use crate::{Folder, start};

/// What a server that does not come up says; it prints no ready line.
fn refused(folder: &Folder, variables: &[(&str, &str)]) -> (Option<i32>, String) {
    let mut command = folder.command(&["serve"]);
    command.env("SAMECHART_LISTEN", "127.0.0.1:0").envs(variables.iter().copied());
    let output = command.output().unwrap();
    assert_eq!(String::from_utf8(output.stdout).unwrap(), "");
    (output.status.code(), String::from_utf8(output.stderr).unwrap())
}

#[test]
fn a_server_whose_anchor_file_cannot_be_written_does_not_come_up() {
    let folder = Folder::founded();
    let (code, error) = refused(&folder, &[("SAMECHART_AUDIT_ANCHOR_FILE", "no/such/folder/audit.anchor")]);
    assert_eq!(code, Some(1));
    assert!(error.contains("no/such/folder/audit.anchor: No such file"), "{error}");
}

#[test]
fn a_second_server_on_the_same_anchor_file_does_not_come_up_while_the_first_runs() {
    let folder = Folder::founded();
    let mut first = start(&folder);
    let (code, error) = refused(&folder, &[]);
    assert_eq!(code, Some(1));
    assert!(error.contains("another server is writing it"), "{error}");
    assert_eq!(first.stop().0, Some(0));
    assert_eq!(start(&folder).stop().0, Some(0));
}
