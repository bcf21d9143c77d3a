//! Hostile files cost little: on a thread with a 2 MiB stack, in linear time.

mod support;

use std::fmt::Write as _;
use std::time::{Duration, Instant};

use pipewright_yaml::{NodeKind, ProblemKind, limits};
use support::{check_invariants, parse, walk};

/// Runs a test on the stack that worker threads have.
fn on_a_small_stack(test: impl FnOnce() + Send + 'static) {
    let thread = std::thread::Builder::new().stack_size(2 << 20).spawn(test);
    thread.expect("a thread").join().expect("no panic");
}

#[track_caller]
fn assert_limit(text: &str) {
    let start = Instant::now();
    let tree = parse(text);
    check_invariants(text, &tree);
    let limits = tree
        .problems()
        .iter()
        .filter(|problem| problem.kind == ProblemKind::Limit);
    assert_eq!(limits.count(), 1, "{:?}", tree.problems());
    assert!(start.elapsed() < Duration::from_secs(5));
}

#[test]
fn nesting_beyond_the_limit_is_one_problem() {
    on_a_small_stack(|| {
        assert_limit(&"[".repeat(100_000));
        assert_limit(&"{a: ".repeat(10_000));
        assert_limit(&format!("{}{}", "[".repeat(10_000), "]".repeat(10_000)));
        assert_limit(&"- ".repeat(10_000));
        assert_limit(&"? ".repeat(10_000));
        let mut block = String::new();
        for level in 0..10_000 {
            let _ = writeln!(block, "{}a:", " ".repeat(level.min(2_000)));
        }
        assert_limit(&block);
    });
}

#[test]
fn block_and_flow_nesting_add_up() {
    on_a_small_stack(|| {
        let half = limits::MAX_DEPTH as usize / 2;
        let fits = format!(
            "{}{}{}",
            "- ".repeat(half),
            "[".repeat(half),
            "]".repeat(half)
        );
        assert!(parse(&fits).problems().is_empty());
        assert_limit(&format!("- {fits}"));
    });
}

#[test]
fn the_deepest_file_that_fits_can_be_walked() {
    on_a_small_stack(|| {
        let depth = limits::MAX_DEPTH as usize;
        let text = format!("{}{}", "[".repeat(depth), "]".repeat(depth));
        let tree = parse(&text);
        assert!(tree.problems().is_empty());
        assert_eq!(walk(&text, &tree, tree.roots()[0], 0), depth);
    });
}

#[test]
fn nodes_beyond_the_limit_are_not_read() {
    let text = "- \n".repeat(limits::MAX_NODES + 10);
    let tree = parse(&text);
    assert_eq!(tree.problems().len(), 1);
    assert_eq!(tree.problems()[0].kind, ProblemKind::Limit);
    assert_eq!(tree.items(tree.roots()[0]).len(), limits::MAX_NODES - 1);
}

#[test]
fn an_alias_bomb_is_defused() {
    let mut text = "a0: &a0 [x, x, x, x, x, x, x, x, x]\n".to_owned();
    for level in 1..30 {
        let below = format!("*a{}", level - 1);
        let _ = writeln!(
            text,
            "a{level}: &a{level} [{}]",
            [below.as_str(); 9].join(", ")
        );
    }
    let start = Instant::now();
    let tree = parse(&text);
    let kinds: Vec<&ProblemKind> = tree
        .problems()
        .iter()
        .map(|problem| &problem.kind)
        .collect();
    assert_eq!(kinds, [&ProblemKind::Limit], "said once");
    let seen = walk(&text, &tree, tree.roots()[0], 0) as u64;
    assert!(
        seen > limits::MAX_ALIAS_NODES / 10 && seen < limits::MAX_ALIAS_NODES + 1_000,
        "{seen}"
    );
    assert!(start.elapsed() < Duration::from_secs(5));
}

#[test]
fn a_merge_bomb_is_defused() {
    let mut text = "a0: &a0 {x: 1, y: 2}\n".to_owned();
    for level in 1..30 {
        let _ = writeln!(
            text,
            "a{level}: &a{level} {{b: *a{0}, c: *a{0}, <<: [*a{0}, *a{0}]}}",
            level - 1
        );
    }
    let tree = parse(&text);
    check_invariants(&text, &tree);
    assert!(walk(&text, &tree, tree.roots()[0], 0) as u64 <= limits::MAX_ALIAS_NODES + 1_000);
}

#[test]
fn aliases_that_nest_deeper_than_the_file_are_broken() {
    let mut text = "a0: &a0 x\n".to_owned();
    for level in 1..200 {
        let _ = writeln!(text, "a{level}: &a{level} [*a{}]", level - 1);
    }
    let tree = parse(&text);
    check_invariants(&text, &tree);
    let problem = &tree.problems()[0];
    assert_eq!(problem.kind, ProblemKind::Limit);
    assert!(
        problem.message.contains("levels deep"),
        "{}",
        problem.message
    );
}

#[test]
fn an_alias_inside_its_own_value_is_broken() {
    for text in [
        "&a [*a]",
        "a: &a\n  b: *a\n",
        "&a {<<: *a}",
        "&a {? *a : b}",
    ] {
        let tree = parse(text);
        check_invariants(text, &tree);
        assert_eq!(tree.problems().len(), 1, "{text}");
        assert_eq!(tree.problems()[0].kind, ProblemKind::Limit, "{text}");
    }
    let tree = parse("&a [*a]");
    let item = tree.items(tree.roots()[0])[0];
    assert_eq!(tree.get(item).kind, NodeKind::BrokenAlias);
}

#[test]
fn recovery_ends_after_a_few_lines() {
    let text = "a: @b\n".repeat(100);
    let tree = parse(&text);
    let syntax = tree
        .problems()
        .iter()
        .filter(|problem| problem.kind == ProblemKind::Syntax);
    assert_eq!(syntax.count(), limits::MAX_RECOVERIES + 1);
    assert!(tree.recovered());
    let last = tree
        .problems()
        .iter()
        .rfind(|problem| problem.kind == ProblemKind::Syntax);
    assert!(last.is_some_and(|last| last.message.ends_with("nothing from here on was read")));
}

/// The least of three runs, which other work on the machine cannot make smaller.
fn time(text: &str) -> Duration {
    let run = || {
        let start = Instant::now();
        let tree = parse(text);
        assert!(!tree.roots().is_empty());
        start.elapsed()
    };
    (0..3).map(|_| run()).min().expect("three runs")
}

#[test]
fn time_grows_with_the_text() {
    let kinds = [
        "- name: \"a\\tb\"\n  run: |\n    echo <+x>\n    exit\n  'k': >-\n    c\n    d\n",
        "- {a: [b, \"c\"], d: 'e'}\n",
        "- &a b\n- *a\n# c\n",
        "- @broken\n- a: b: c\n",
    ];
    for kind in kinds {
        let small = time(&kind.repeat(50_000 / kind.len()));
        let large = time(&kind.repeat(200_000 / kind.len()));
        assert!(
            large < small * 12 + Duration::from_millis(100),
            "{kind:?}: {small:?} {large:?}"
        );
    }
}

#[test]
fn one_mapping_with_many_keys_is_no_square() {
    let mut text = String::new();
    for key in 0..20_000 {
        let _ = writeln!(text, "key{key}: &a{key} value");
    }
    let start = Instant::now();
    assert!(parse(&text).problems().is_empty());
    assert!(start.elapsed() < Duration::from_secs(10));
}
