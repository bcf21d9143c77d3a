//! What `refs` and `fqn --at` say of a name agrees with what `eval` finds, for every pipeline of the test data: both
//! follow the rules of the same specification in their own way.
#![allow(clippy::unwrap_used, reason = "a test")]

use std::fmt::Write as _;
use std::fs;
use std::path::Path;

use pipewright_context::{Moment, PipelineContext, PreparedPipeline, RunPlace, engine, loops_of};
use pipewright_jexl::Value;
use pipewright_model::{NodeId, Pipeline, SiteKind, documents};
use pipewright_resolve::{
    Position, Reference, ReferenceSource, SegmentKind, Texts, Verdict, analyse_with, list,
};
use pipewright_source::FileId;
use pipewright_tests::files;
use pipewright_yaml::Tree;

/// How many names of a pipeline are read from each of its nodes, evenly chosen.
const MAX_NAMES: usize = 12;
/// How many nodes of a pipeline read names.
const MAX_READERS: usize = 3;

/// Every pipeline below the folders of test data, each with its scene.
fn for_each_pipeline(mut check: impl FnMut(&str, &Tree, &Pipeline, &PreparedPipeline)) {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let mut paths = Vec::new();
    for folder in [
        "data",
        "../crates/resolve/tests/data",
        "../crates/model/tests/data",
    ] {
        paths.extend(files::below(&root.join(folder), &["yaml"]).unwrap());
    }
    assert!(paths.len() > 50, "the data is there");
    for path in paths {
        let Ok(text) = fs::read_to_string(&path) else {
            continue;
        };
        let tree = pipewright_yaml::parse(FileId(0), &text);
        for document in documents(&tree) {
            if let Some(pipeline) = document.pipeline() {
                let scene =
                    PreparedPipeline::new(tree.clone().into(), pipeline.clone(), Vec::new());
                check(&path.to_string_lossy(), &tree, pipeline, &scene);
            }
        }
    }
}

/// What an expression that is meant to read `target` gives, in one word; and why the way there ends early, if it does.
fn found(path: &str, target: &str, context: &PipelineContext) -> (&'static str, Option<String>) {
    let answer = engine().evaluate(format!("<+{path}>").as_str(), context);
    let word = match &answer {
        Ok(Value::Unknown(_)) => "unknown",
        Ok(Value::Null) => "null",
        Ok(_) => "value",
        Err(_) => "error",
    };
    let first = path.split('.').next();
    let on_the_way = |name: &str| Some(name) == first || target.starts_with(name);
    let astray = context
        .notes()
        .into_iter()
        .find(|note| on_the_way(&note.name) && note.nowhere().is_some());
    let why = astray.filter(|_| word == "null");
    (word, why.map(|note| note.to_string()))
}

/// Whether a path that variables give a part of finds nothing, so that it stays a text.
fn stays_text(path: &str, context: &PipelineContext) -> bool {
    let Some((before, _)) = path.split_once("<+") else {
        return false;
    };
    let answer = engine().evaluate(format!("<+{path}>").as_str(), context);
    let text = answer.ok().and_then(|value| value.text().ok());
    text.is_some_and(|text| text.to_str().starts_with(before))
}

fn at(scene: &PreparedPipeline, node: NodeId, moment: Moment) -> PipelineContext {
    scene.at_moment(&RunPlace::node(node), moment).unwrap()
}

/// Whether the path can be read by itself: it has no part that only a run knows, and stands in an island of its own.
/// Values of variables are read elsewhere.
fn stands_alone(reference: &Reference, pipeline: &Pipeline) -> bool {
    let is_fixed =
        |kind: &SegmentKind| !matches!(kind, SegmentKind::Dynamic | SegmentKind::Postfixed(_));
    reference.source != ReferenceSource::Bare
        && !matches!(
            pipeline.sites[reference.site].kind,
            SiteKind::Variable | SiteKind::EntityInput
        )
        && reference
            .segments
            .iter()
            .all(|segment| is_fixed(&segment.kind))
}

#[test]
fn references_that_cannot_work_have_no_value_and_others_lead_somewhere() {
    let mut report = String::new();
    for_each_pipeline(|file, tree, pipeline, scene| {
        let resolution = analyse_with(
            tree,
            pipeline,
            &Texts::default(),
            loops_of(scene.tree(), scene.pipeline()),
        );
        for reference in resolution
            .references
            .iter()
            .filter(|found| stands_alone(found, pipeline))
        {
            let site = &pipeline.sites[reference.site];
            let path = reference.range.slice(tree.text(site.yaml).unwrap());
            let context = at(scene, reference.reader, site.moment);
            let target = resolution.target_name(reference).unwrap_or_default();
            let (word, why) = found(path, &target, &context);
            let agrees = match &reference.verdict {
                Verdict::Resolved(_) => why.is_none(),
                outcome if outcome.is_wrong() => word != "value" || stays_text(path, &context),
                _ => true,
            };
            if !agrees {
                let reader = resolution.names.fqn(reference.reader);
                let outcome = reference.verdict.as_str();
                let _ = writeln!(
                    report,
                    "{file}: {reader}: {path}: {outcome}, but {word}: {why:?}"
                );
            }
        }
    });
    assert!(report.is_empty(), "\n{report}");
}

#[test]
fn relative_names_give_what_the_full_names_give() {
    let mut report = String::new();
    for_each_pipeline(|file, tree, pipeline, scene| {
        let resolution = analyse_with(
            tree,
            pipeline,
            &Texts::default(),
            loops_of(scene.tree(), scene.pipeline()),
        );
        let names = list(tree, pipeline, &resolution.names, false);
        for reader in pipeline
            .ids()
            .step_by(pipeline.nodes.len() / MAX_READERS + 1)
        {
            let position = Position::new(tree, pipeline, &resolution, reader);
            for name in names.iter().step_by(names.len() / MAX_NAMES + 1) {
                let Ok(relative) = position.shortest(name) else {
                    continue;
                };
                let context = at(scene, reader, Moment::Running);
                let (_, why) = found(&relative, &name.fqn, &context);
                if let Some(why) = why {
                    let reader = resolution.names.fqn(reader);
                    let fqn = &name.fqn;
                    let _ = writeln!(report, "{file}: {reader}: {relative} for {fqn}: {why}");
                }
            }
        }
    });
    assert!(report.is_empty(), "\n{report}");
}
