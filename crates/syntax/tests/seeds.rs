//! The seeds of the fuzz targets hold the properties of the fuzz targets.

use std::path::Path;

use pipewright_syntax::fuzzing;

#[test]
fn seeds_hold_the_properties() {
    check_all("expression", fuzzing::check_text);
    check_all("print_reparse", fuzzing::check_print);
}

fn check_all(target: &str, check: fn(&str)) {
    let seeds = Path::new(env!("CARGO_MANIFEST_DIR"))
        .join("../../fuzz/seeds")
        .join(target);
    // A packaged crate comes without the seeds.
    let Ok(entries) = std::fs::read_dir(seeds) else {
        return;
    };
    for entry in entries {
        let path = entry.expect("a seed can be listed").path();
        let bytes = std::fs::read(&path).expect("a seed can be read");
        check(&String::from_utf8_lossy(&bytes));
    }
}
