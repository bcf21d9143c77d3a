//! Runs the pipelines under `data/`: each holds, under the lines with expressions, what every reference there comes to.
//!
//! A marker is a comment whose caret stands under the first character of a reference on the line above (other markers
//! between them do not count): `# ^ word detail`. The word is that of `refs`; the detail is written by `describe`
//! below. A reference that cannot work and has no marker fails the test, as does a marker without reference.

use std::fmt::Write as _;
use std::path::Path;

use pipewright_model::{NodeId, NodeKind, Pipeline, documents};
use pipewright_resolve::{
    Later, LaterCause, Level, Member, MissingValue, NotInside, Parallel, Reference, Resolution,
    Target, Texts, Verdict, analyse,
};
use pipewright_source::FileId;
use pipewright_yaml::Tree;

/// An expectation: line and column of the reference, and its description.
struct Marker {
    line: usize,
    column: usize,
    expected: String,
}

#[test]
fn references_come_to_what_the_markers_say() {
    let data = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/data");
    let mut files: Vec<_> = std::fs::read_dir(&data)
        .expect("the data is there")
        .map(|entry| entry.expect("the data can be listed").path())
        .filter(|path| {
            path.extension()
                .is_some_and(|extension| extension == "yaml")
        })
        .collect();
    files.sort();
    assert!(!files.is_empty(), "the data is there");
    let mut report = String::new();
    for file in files {
        let text = std::fs::read_to_string(&file).expect("the data can be read");
        let name = file.file_name().unwrap_or_default().to_string_lossy();
        check(&name, &text, &mut report);
    }
    assert!(report.is_empty(), "\n{report}");
}

fn check(file: &str, text: &str, report: &mut String) {
    let tree = pipewright_yaml::parse(FileId(0), text);
    let mut markers = markers(text);
    assert!(!markers.is_empty(), "{file} has no markers");
    for document in documents(&tree) {
        let Some(pipeline) = document.pipeline() else {
            continue;
        };
        let resolution = analyse(&tree, pipeline, &Texts::default());
        for reference in &resolution.references {
            let start = start_of(&tree, pipeline, reference);
            let line = text[..start].matches('\n').count() + 1;
            let column = start - text[..start].rfind('\n').map_or(0, |at| at + 1);
            let got = describe(pipeline, &resolution, reference);
            let marker = markers
                .iter()
                .position(|marker| (marker.line, marker.column) == (line, column));
            match marker.map(|at| markers.remove(at)) {
                Some(marker) if marker.expected == got => {}
                Some(marker) => {
                    let path = reference.path();
                    let expected = marker.expected;
                    let _ = writeln!(
                        report,
                        "{file}:{line}: {path}\n  expected: {expected}\n  got:      {got}"
                    );
                }
                None if reference.verdict.is_wrong() => {
                    let path = reference.path();
                    let _ = writeln!(report, "{file}:{line}: {path} is not expected: {got}");
                }
                None => {}
            }
        }
    }
    for marker in markers {
        let (line, column, expected) = (marker.line, marker.column + 1, marker.expected);
        let _ = writeln!(report, "{file}:{line}:{column}: no reference: {expected}");
    }
}

/// The byte a reference starts at.
fn start_of(tree: &Tree, pipeline: &Pipeline, reference: &Reference) -> usize {
    let scalar = tree
        .scalar(pipeline.sites[reference.site].yaml)
        .expect("a site is a scalar");
    scalar.map.cover(reference.range).start() as usize
}

fn markers(text: &str) -> Vec<Marker> {
    let mut found = Vec::new();
    let mut above = 0;
    for (line, number) in text.lines().zip(1..) {
        let marker = line
            .trim_start()
            .strip_prefix('#')
            .map(str::trim_start)
            .and_then(|rest| rest.strip_prefix('^'));
        match marker {
            Some(expected) => found.push(Marker {
                line: above,
                column: line.find('^').expect("a marker has a caret"),
                expected: expected.trim().to_owned(),
            }),
            None => above = number,
        }
    }
    found
}

/// One line for the whole verdict.
fn describe(pipeline: &Pipeline, resolution: &Resolution, reference: &Reference) -> String {
    let word = reference.verdict.as_str();
    let name = |node: NodeId| resolution.names.fqn(node);
    let target = |target: &Target| {
        let member = match target.member {
            Member::Node => "node".to_owned(),
            Member::Section(path) => format!("section {}", path.join(".")),
            Member::Setting => "setting".to_owned(),
            Member::StageSpec => "stage-spec".to_owned(),
            Member::Variable(at) => {
                let variable = &pipeline.node(target.node).variables[at as usize];
                format!("variable {}", variable.name.text)
            }
            Member::Status => "status".to_owned(),
            Member::RunTime => "run-time field".to_owned(),
            Member::Output => "output".to_owned(),
        };
        format!("{} {member}", name(target.node))
    };
    let part = |at: usize| reference.segments[at].name().unwrap_or("*");
    let detail = match &reference.verdict {
        Verdict::Resolved(to) | Verdict::SelfOutput(to) | Verdict::Rollback(to) => target(to),
        Verdict::RunTime => part(0).to_owned(),
        Verdict::Everywhere => "everywhere".to_owned(),
        Verdict::UnknownRoot => format!("root {}", part(0)),
        Verdict::Undefined(undefined) => {
            let near = undefined.nearest.as_deref();
            let near = near
                .map(|near| format!(", near {near}"))
                .unwrap_or_default();
            let elsewhere = undefined.elsewhere.map(name);
            let elsewhere = elsewhere.map(|name| format!(", elsewhere {name}"));
            format!(
                "{}{near}{}",
                part(undefined.segment),
                elsewhere.unwrap_or_default()
            )
        }
        Verdict::NoInstance(missing) => {
            let right = missing.right.as_deref();
            let right = right
                .map(|right| format!(", write {right}"))
                .unwrap_or_default();
            let iterations = resolution
                .loops
                .iterations(missing.node)
                .map(|iterations| iterations.in_words(""));
            let iterations = iterations
                .filter(|_| missing.suffixed)
                .map(|iterations| format!(" of {iterations}"));
            format!(
                "instance {}{right}{}",
                part(missing.segment),
                iterations.unwrap_or_default()
            )
        }
        Verdict::NoLoopValue(value) => {
            let of = value.of.map(|node| format!(" of {}", name(node)));
            let missing = match &value.missing {
                MissingValue::Loop => "loop".to_owned(),
                MissingValue::Repeat => "repeat".to_owned(),
                MissingValue::Named => format!("loop {}", part(value.segment)),
                MissingValue::AxisMember {
                    members, nearest, ..
                } => {
                    let near = nearest.as_deref();
                    let near = near.map(|near| format!(", near {near}"));
                    let (near, members) = (near.unwrap_or_default(), members.join(" "));
                    format!("member {} of [{members}]{near}", part(value.segment))
                }
                MissingValue::Axis { axes, nearest } => {
                    let near = nearest.as_deref();
                    let near = near.map(|near| format!(", near {near}"));
                    let near = near.unwrap_or_default();
                    format!("axis {} of [{}]{near}", part(value.segment), axes.join(" "))
                }
            };
            format!("no {missing}{}", of.unwrap_or_default())
        }
        Verdict::WrongPath(wrong) => {
            let mut behind = String::new();
            for segment in &reference.segments[wrong.named_by + 1..] {
                let _ = write!(behind, ".{}", segment.name().unwrap_or("*"));
            }
            let right = wrong.right.as_deref().unwrap_or("nothing");
            format!("{right} instead of {}{behind}", part(wrong.segment))
        }
        Verdict::Parallel(Parallel {
            target: to,
            reader_branch,
            target_branch,
            block,
            between,
            ..
        }) => {
            assert_eq!(
                block.is_none(),
                pipeline.node(*reader_branch).depends_on.is_some()
            );
            let ids = [*reader_branch, *target_branch].map(|node| {
                let located = pipeline.node(node).identifier.as_ref();
                located.map_or("*", |located| &located.text)
            });
            format!(
                "{}, {} {} beside {}",
                target(to),
                level(*between),
                ids[0],
                ids[1]
            )
        }
        Verdict::Later(Later {
            target: to,
            between,
            cause,
            ..
        }) => {
            let cause = match cause {
                LaterCause::Order => "order",
                LaterCause::OwnContent => "own content",
                LaterCause::BeforeExecution => "before execution",
            };
            format!("{}, {}, {cause}", target(to), level(*between))
        }
        Verdict::NotPublishedYet(early) => {
            format!("{} of {} itself", part(early.segment), name(early.stage))
        }
        Verdict::NotInside(what) => format!("outside {}", outside(*what)),
        Verdict::Unknown(reason) => reason.to_string(),
    };
    let mut description = format!("{word} {detail}");
    for step in &reference.loops {
        let suffix = if step.suffixed { "with" } else { "without" };
        let certain = if step.certain { "" } else { ", if it loops" };
        let part = part(step.segment);
        let _ = write!(description, "; {part} {suffix} suffix{certain}");
    }
    description
}

fn level(level: Level) -> &'static str {
    match level {
        Level::Stages => "stage",
        Level::Steps => "step",
    }
}

fn outside(what: NotInside) -> &'static str {
    match what {
        NotInside::Node(NodeKind::Pipeline) => "pipeline",
        NotInside::Node(NodeKind::Stage) => "stage",
        NotInside::Node(NodeKind::StepGroup) => "stepGroup",
        NotInside::Node(NodeKind::Step) => "step",
        NotInside::Execution => "execution",
        NotInside::Section(kind) => kind.as_str(),
    }
}
