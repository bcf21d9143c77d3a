//! Each file of `tests/data` read and written as an outline. To add a case is to add a file there.

use pipewright_model::documents;
use pipewright_source::FileId;

mod text;

#[test]
fn outlines() {
    let mut settings = insta::Settings::clone_current();
    settings.set_snapshot_path("../data");
    settings.set_prepend_module_to_snapshot(false);
    settings.set_omit_expression(true);
    settings.remove_info();
    settings.bind(|| {
        insta::glob!("../data", "*.{yaml,json}", |path| {
            let source = std::fs::read_to_string(path).unwrap();
            let tree = pipewright_yaml::parse(FileId(0), &source);
            let outlines: Vec<String> = documents(&tree)
                .iter()
                .map(|document| text::outline(&tree, document))
                .collect();
            insta::assert_snapshot!("outline", outlines.join("\n"));
        });
    });
}
