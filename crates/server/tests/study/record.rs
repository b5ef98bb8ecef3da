//! Studies on the record from the command line: what is refused, and what an empty record answers. That a full one
//! gives the pages' bytes is in the browser's journey.

use crate::folder::{Folder, paper};

#[test]
fn a_run_without_a_file_wants_a_record_and_says_why_it_has_no_answer() {
    let folder = Folder::new();
    let run = ["study", "run", "--protocol", &paper(), "--out", "out"];
    let (code, error) = folder.refusal(&run);
    assert!(code == Some(1) || code == Some(2), "{error}");
    assert!(error.contains("samechart.toml"), "{error}");

    folder.json(&["init", "--name", "Riverbend Clinic", "--time-zone", "America/Los_Angeles"]);
    let (code, error) = folder.refusal(&run);
    assert_eq!(code, Some(1), "{error}");
    assert!(error.contains("the cohort is empty"), "{error}");
    assert!(!folder.path("out").exists(), "no report of nothing");

    let text = String::from_utf8(folder.read(&paper())).unwrap();
    folder.write("wrong.toml", &text.replace("measure = \"age\"", "measure = \"years\""));
    let (code, error) = folder.refusal(&["study", "run", "--protocol", "wrong.toml", "--out", "out"]);
    assert_eq!(code, Some(2), "{error}");
    assert!(
        error.contains("wrong.toml:4") && error.contains(":1: covariate age: the record's measures"),
        "{error}"
    );

    let (code, _) = folder.refusal(&["study", "destroy-key", "0193b000-0000-7000-8000-000000000000"]);
    assert_eq!(code, Some(2));
    let (code, _) = folder.refusal(&["account", "research-opt-out", "nobody"]);
    assert_eq!(code, Some(2));
    let both = ["study", "run", "--protocol", &paper(), "--out", "out", "--input", "rows.csv", "--seed", "1"];
    assert_eq!(folder.refusal(&both).0, Some(2), "a file has no key");
}
