//! Collections, aliases, merge keys, tags and lookups.

mod support;

use pipewright_source::{FileId, Span, TextRange};
use pipewright_yaml::{NodeKind, ProblemKind, Resolved, Tree};
use support::{check_invariants, parse};

/// The values of a mapping's entries, `key=value` each, collections as `…`.
fn entries(tree: &Tree, path: &[&str]) -> Vec<String> {
    let mut id = tree.roots()[0];
    for key in path {
        id = tree.find(id, key).expect("the path is there");
    }
    let entries = tree.entries(id).iter();
    entries
        .map(|entry| {
            format!(
                "{}={}",
                tree.text(entry.key).unwrap_or("…"),
                tree.text(entry.value).unwrap_or("…")
            )
        })
        .collect()
}

#[test]
fn collections_reach_from_first_to_last_child_or_bracket() {
    let text = "a:\n  - b\n  - c: d\n    e: [f,\n      {g: h} ]\n\ni:\n";
    let tree = parse(text);
    let root = tree.roots()[0];
    let range = |id| tree.span(id).range.slice(text);
    assert_eq!(range(root), text.trim_end());
    let list = tree.find(root, "a").unwrap();
    assert_eq!(range(list), "- b\n  - c: d\n    e: [f,\n      {g: h} ]");
    let item = tree.items(list)[1];
    assert_eq!(range(item), "c: d\n    e: [f,\n      {g: h} ]");
    let flow = tree.find(item, "e").unwrap();
    assert_eq!(range(flow), "[f,\n      {g: h} ]");
    assert_eq!(range(tree.items(flow)[1]), "{g: h}");
    assert!(tree.is_sequence(flow) && tree.is_mapping(root));
}

#[test]
fn merge_keys_add_what_the_mapping_lacks() {
    let text = "\
x: &x {a: 1, b: 2}
y: &y {b: 3, c: 4}
one: {b: own, <<: *x}
many: {<<: [*x, *y], d: 5}
deep: &deep {<<: *y, e: 6}
again: {<<: *deep}
inline: {<<: {f: 7}}
text: {<<: 8}
quoted: {'<<': *x}
";
    let tree = parse(text);
    assert!(tree.problems().is_empty());
    check_invariants(text, &tree);
    assert_eq!(entries(&tree, &["one"]), ["b=own", "a=1"]);
    assert_eq!(entries(&tree, &["many"]), ["d=5", "a=1", "b=2", "c=4"]);
    assert_eq!(entries(&tree, &["again"]), ["e=6", "b=3", "c=4"]);
    assert_eq!(entries(&tree, &["inline"]), ["f=7"]);
    assert_eq!(entries(&tree, &["text"]), ["<<=8"]);
    assert_eq!(entries(&tree, &["quoted"]), ["<<=…"]);
}

#[test]
fn merged_entries_stand_at_their_definition() {
    let text = "base: &b\n  image: <+x>\njob:\n  <<: *b\n";
    let tree = parse(text);
    let job = tree.find(tree.roots()[0], "job").unwrap();
    let image = tree.find(job, "image").unwrap();
    let at = u32::try_from(text.find("<+x>").unwrap()).unwrap();
    let expected = Span::new(FileId(0), TextRange::new(at, at + 4));
    assert_eq!(tree.cover_of(image, TextRange::new(0, 4)), expected);
    let aliases: Vec<&str> = tree
        .aliases_of(image)
        .map(|span| span.range.slice(text))
        .collect();
    assert_eq!(aliases, ["*b"]);
}

#[test]
fn aliases_are_looked_through_and_listed() {
    let text = "a: &x <+y>\nb: [*x, c]\nd: *x\n";
    let tree = parse(text);
    let root = tree.roots()[0];
    let alias = tree.find(root, "d").unwrap();
    assert_eq!(tree.text(alias), Some("<+y>"));
    assert_eq!(tree.span(alias).range.slice(text), "*x");
    assert!(matches!(tree.raw(alias).kind, NodeKind::Alias(_)));
    let definition = tree.find(root, "a").unwrap();
    assert_eq!(tree.aliases_of(definition).count(), 2);
    assert_eq!(tree.aliases_of(alias).count(), 2);
    let other = tree.items(tree.find(root, "b").unwrap())[1];
    assert_eq!(tree.aliases_of(other).count(), 0);
    let range = TextRange::new(2, 3);
    assert_eq!(tree.ranges_of(alias, range)[0].range.slice(text), "y");
}

#[test]
fn anchors_end_with_their_document_and_the_last_one_wins() {
    let tree = parse("a: &x 1\nb: &x 2\nc: *x\n");
    assert_eq!(entries(&tree, &[]), ["a=1", "b=2", "c=2"]);
    let tree = parse("a: &x 1\n---\nb: *x\n");
    assert_eq!(tree.problems()[0].kind, ProblemKind::UnknownAlias);
    assert_eq!(tree.roots().len(), 2);
    assert!(!tree.recovered());
}

#[test]
fn a_key_that_repeats_gives_its_first_value() {
    let text = "a: 1\n\"a\": 2\nb: {a: 3}\n";
    let tree = parse(text);
    let root = tree.roots()[0];
    assert_eq!(tree.text(tree.find(root, "a").unwrap()), Some("1"));
    let [problem] = tree.problems() else {
        panic!("one problem: {:?}", tree.problems())
    };
    assert_eq!(
        problem.kind,
        ProblemKind::DuplicateKey(TextRange::new(0, 1))
    );
    assert_eq!(problem.range, TextRange::new(5, 8));
}

#[test]
fn tags_decide_what_a_scalar_means() {
    let text = "\
- 017
- '017'
- !!str 017
- ! 017
- !!int '017'
- !!float 1
- !!bool \"on\"
- !!null x
- !<tag:yaml.org,2002:str> yes
- !own yes
- |
  yes
- *nothing
- []
";
    let tree = parse(text);
    let items = tree.items(tree.roots()[0]);
    let resolved: Vec<Option<Resolved>> = items.iter().map(|item| tree.resolve(*item)).collect();
    let expected = [
        Some(Resolved::Int(15)),
        Some(Resolved::Text),
        Some(Resolved::Text),
        Some(Resolved::Text),
        Some(Resolved::Int(15)),
        Some(Resolved::Float(1.0)),
        Some(Resolved::Bool(true)),
        Some(Resolved::Null),
        Some(Resolved::Text),
        Some(Resolved::Bool(true)),
        Some(Resolved::Text),
        None,
        None,
    ];
    assert_eq!(resolved, expected);
    assert_eq!(tree.raw(items[2]).tag.as_deref(), Some("!!str"));
}

#[test]
fn a_merged_fault_is_reported_once() {
    let text = "a: &a {<+input>.default(b: c)}\nd: {<<: *a}\ne: {<<: {<+x ? b: c>}}\n";
    let problems = parse(text).problems().to_vec();
    assert_eq!(problems.len(), 2, "{problems:?}");
    assert!(
        problems
            .iter()
            .all(|problem| matches!(problem.kind, ProblemKind::UnquotedColon(_)))
    );
}

#[test]
fn comments_are_kept_in_order() {
    let text = "# a\nb: c # d\ne: | # f\n  # g\n\n  # h\n# i\nj: [k, # l\n  m] # n";
    let tree = parse(text);
    let comments = tree.comments().iter();
    let comments: Vec<&str> = comments.map(|comment| comment.range.slice(text)).collect();
    assert_eq!(comments, ["# a", "# d", "# f", "# i", "# l", "# n"]);
}

#[test]
fn many_comment_lines_are_no_problem() {
    let text = format!("a:\n{}  b: c\n", "  # d\n".repeat(5_000));
    let tree = parse(&text);
    assert!(tree.problems().is_empty());
    assert_eq!(tree.comments().len(), 5_000);
}
