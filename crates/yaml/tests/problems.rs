//! What people read about broken files: each file under `data/problems` against its snapshot.

mod support;

use support::{check_invariants, parse, report, values};

#[test]
fn problems_are_told_in_plain_words() {
    insta::glob!("data/problems/*.yaml", |path| {
        let text = std::fs::read_to_string(path).expect("a readable case");
        let tree = parse(&text);
        check_invariants(&text, &tree);
        insta::assert_snapshot!(format!(
            "{}recovered: {}\nscalars: {:?}",
            report(&text, &tree),
            tree.recovered(),
            values(&tree)
        ));
    });
}
