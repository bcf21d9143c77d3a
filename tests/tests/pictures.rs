//! The pictures of plans: nothing overlaps, every title has room, and a long pipeline is no wider than a page.
#![allow(clippy::unwrap_used, reason = "a test")]

use std::fmt::Write as _;
use std::fs;

use pipewright_tests::Session;
use roxmltree::{Document, Node};

/// Pixels of a character at most, as the picture counts them.
const CHARACTER: usize = 7;

#[derive(Clone, Copy, PartialEq, Eq, Debug)]
struct Rect {
    left: usize,
    top: usize,
    right: usize,
    bottom: usize,
}

impl Rect {
    fn of(node: Node<'_, '_>) -> Self {
        let number = |name: &str| node.attribute(name).unwrap().parse::<usize>().unwrap();
        let (left, top) = (number("x"), number("y"));
        Self {
            left,
            top,
            right: left + number("width"),
            bottom: top + number("height"),
        }
    }

    fn is_beside(self, other: Self) -> bool {
        self.right < other.left
            || other.right < self.left
            || self.bottom < other.top
            || other.bottom < self.top
    }

    fn is_inside(self, other: Self) -> bool {
        other.left < self.left
            && self.right < other.right
            && other.top < self.top
            && self.bottom < other.bottom
    }
}

fn step(name: &str) -> String {
    format!("{{ step: {{ identifier: {name}, type: ShellScript, spec: {{}} }} }}")
}

fn group(name: &str, steps: &[String]) -> String {
    let steps = steps.join(", ");
    format!("{{ stepGroup: {{ identifier: {name}, steps: [{steps}] }} }}")
}

fn parallel(items: &[String]) -> String {
    format!("{{ parallel: [{}] }}", items.join(", "))
}

fn looping(name: &str) -> String {
    format!(
        "{{ step: {{ identifier: {name}, type: ShellScript, spec: {{}}, strategy: {{ matrix: {{ os: [a, b, c], arch: [d, e] }} }} }} }}"
    )
}

fn stage(name: &str, steps: &[String]) -> String {
    let (steps, undo) = (steps.join(", "), step("undo"));
    format!(
        "{{ stage: {{ identifier: {name}, type: Custom, spec: {{ execution: {{ steps: [{steps}], rollbackSteps: [{undo}] }} }}, \
         failureStrategies: [{{ onFailure: {{ errors: [AllErrors], action: {{ type: StageRollback }} }} }}] }} }}"
    )
}

fn pipeline(stages: &[String]) -> String {
    let mut text = "pipeline:\n  identifier: P\n  stages:\n".to_owned();
    for stage in stages {
        writeln!(text, "    - {stage}").unwrap();
    }
    text
}

fn named(prefix: &str, count: usize) -> Vec<String> {
    (0..count)
        .map(|number| step(&format!("{prefix}_{number}")))
        .collect()
}

/// The picture of a pipeline in which some step fails, and its nodes' boxes with their titles.
fn picture(text: &str, failing: &str) -> (usize, Vec<(Rect, String)>) {
    let directory = tempfile::tempdir().unwrap();
    fs::write(directory.path().join("p.yaml"), text).unwrap();
    let fail: &[&str] = if failing.is_empty() {
        &[]
    } else {
        &["--fail", failing]
    };
    let run = |format: &str| {
        let arguments = [&["plan", "p.yaml", "--format", format], fail].concat();
        let answer = Session::default().run(directory.path(), &arguments);
        assert_eq!(answer.code, 0, "{}", answer.stderr);
        answer.stdout
    };
    let svg = run("svg");
    let document = Document::parse(&svg).unwrap();
    let groups = document.descendants().filter(|node| node.has_tag_name("g"));
    let boxes: Vec<(Rect, String)> = groups
        .map(|group| {
            let child = |name| {
                group
                    .children()
                    .find(|child| child.has_tag_name(name))
                    .unwrap()
            };
            let title = child("text").text().unwrap().to_owned();
            (Rect::of(child("rect")), title)
        })
        .collect();
    let plan: serde_json::Value = serde_json::from_str(&run("json")).unwrap();
    assert_eq!(boxes.len(), plan["nodes"].as_array().unwrap().len());
    let width = document.root_element().attribute("width").unwrap();
    (width.parse().unwrap(), boxes)
}

#[test]
fn nothing_overlaps_and_every_title_has_room() {
    let long = "a_name_that_is_so_long_that_nobody_would_ever_want_to_read_all_of_it";
    let inner = group("inner", &[step("c"), parallel(&named("d", 3))]);
    let middle = group("middle", &[parallel(&[step("b"), inner]), step("f")]);
    let forty: Vec<String> = (0..40)
        .map(|number| stage(&format!("stage_{number}"), &named("s", 2)))
        .collect();
    let of_stage = "pipeline.stages.S.spec.execution.steps.a";
    let of_group = "pipeline.stages.S.spec.execution.steps.outer.steps.a";
    // Each with a step that fails, so that the stage is rolled back.
    let pipelines = [
        (pipeline(&[stage("S", &[step("a"), step("b")])]), of_stage),
        (
            pipeline(&[stage(
                "S",
                &[group("outer", &[step("a"), middle, step("g")]), step("h")],
            )]),
            of_group,
        ),
        (
            pipeline(&[stage(
                "Build",
                &[parallel(&named("unit", 12)), step("publish")],
            )]),
            "pipeline.stages.Build.spec.execution.steps.unit_3",
        ),
        (
            pipeline(&[
                stage("S", &[looping("a"), step("one")]),
                stage("T", &[looping("more")]),
            ]),
            of_stage,
        ),
        (
            pipeline(&forty),
            "pipeline.stages.stage_7.spec.execution.steps.s_0",
        ),
        (
            pipeline(&[
                stage("S", &[step("a")]),
                stage(
                    long,
                    &[
                        step(long),
                        parallel(&[step("x"), step(&format!("{long}_2"))]),
                    ],
                ),
            ]),
            of_stage,
        ),
        (
            pipeline(&[
                stage("S", &[step("a")]),
                parallel(&[
                    stage("East", &[step("a"), looping("b")]),
                    stage("West", &named("s", 5)),
                ]),
                stage("Tell", &[step("a")]),
            ]),
            of_stage,
        ),
    ];
    for (text, failing) in &pipelines {
        for failing in ["", failing] {
            let (width, boxes) = picture(text, failing);
            assert!(width <= 900, "{width} pixels wide:\n{text}");
            for (place, (one, title)) in boxes.iter().enumerate() {
                let letters = title.chars().count() * CHARACTER;
                assert!(one.left + 10 + letters <= one.right, "{title} in {one:?}");
                assert!(one.right < width);
                for (other, its) in &boxes[..place] {
                    let is_well = one.is_beside(*other) || one.is_inside(*other);
                    assert!(is_well, "{title} {one:?} and {its} {other:?}");
                }
            }
        }
    }
}
