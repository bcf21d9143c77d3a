//! Any text, read as a YAML file; then each of its scalars as a template and a runtime input.
#![no_main]

use pipewright_source::{SourceFile, Sources};

libfuzzer_sys::fuzz_target!(|text: &str| {
    let file = Sources::new().add(SourceFile::new("fuzz.yaml", text));
    let tree = pipewright_yaml::parse(file, text);
    for (_, scalar) in tree.scalars() {
        let _ = pipewright_syntax::parse_template(&scalar.value);
        let _ = pipewright_syntax::parse_runtime_input(&scalar.value);
    }
});
