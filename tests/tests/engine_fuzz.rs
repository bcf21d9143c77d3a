//! The seeds of the fuzz target `template`, and what it found once, replayed.

use std::path::Path;

#[test]
fn seeds_and_findings_keep_the_property() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let mut replayed = 0;
    for directory in ["../fuzz/seeds/template", "regressions/template"] {
        let Ok(entries) = std::fs::read_dir(root.join(directory)) else {
            continue;
        };
        for entry in entries {
            let path = entry.expect("a readable directory").path();
            let data = std::fs::read(&path).expect("a readable file");
            pipewright_engine::fuzzing::check_template(&data);
            replayed += 1;
        }
    }
    assert!(replayed >= 8, "the seeds are there");
}
