//! Every `tests/data/context/*.yaml` with the lines of the `.jsonl` file beside it: what an expression gives at a
//! position.
//!
//! A line has `expr`, read `at` a node or setting (default `pipeline`) at a `moment` (default that of the setting, or
//! `running`), perhaps with `given` values, an `iteration` and values of `matrix` axes. It expects a `value` (with its
//! `type`), or a `rendered` text, or that it is `unknown` for a cause, where other names than its own may be what it
//! `needs`, or a part of an `error`, or of why there is `no_place` like that; and perhaps the cause of a `note` on a
//! name that is null, and what the cause `says`.
#![allow(clippy::unwrap_used, reason = "a test")]

use std::collections::BTreeMap;
use std::fmt::Debug;
use std::fs;
use std::path::{Path, PathBuf};

use pipewright_context::{
    Given, Moment, NotKnown, Note, NoteCause, NullCause, PipelineContext, PreparedPipeline, engine,
};
use pipewright_jexl::{Json, Value};
use pipewright_source::FileId;
use serde::Deserialize;

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Case {
    #[serde(default)]
    about: String,
    #[serde(default = "pipeline")]
    at: String,
    expr: String,
    moment: Option<At>,
    #[serde(default)]
    given: Json,
    iteration: Option<u32>,
    #[serde(default)]
    matrix: BTreeMap<String, String>,
    value: Option<Json>,
    rendered: Option<String>,
    r#type: Option<String>,
    unknown: Option<String>,
    error: Option<String>,
    no_place: Option<String>,
    note: Option<String>,
    needs: Option<Vec<String>>,
    says: Option<String>,
}

/// [`Moment`] by its name.
#[derive(Clone, Copy, Deserialize)]
#[serde(rename_all = "lowercase")]
enum At {
    Starting,
    Configuring,
    Running,
    Ended,
}

impl From<At> for Moment {
    fn from(at: At) -> Self {
        match at {
            At::Starting => Self::Starting,
            At::Configuring => Self::Configuring,
            At::Running => Self::Running,
            At::Ended => Self::Ended,
        }
    }
}

fn pipeline() -> String {
    "pipeline".to_owned()
}

fn files() -> Vec<PathBuf> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("data/context");
    let mut paths: Vec<PathBuf> = fs::read_dir(folder)
        .unwrap()
        .map(|entry| entry.unwrap().path())
        .filter(|path| {
            path.extension()
                .is_some_and(|extension| extension == "yaml")
        })
        .collect();
    paths.sort();
    paths
}

fn scene(path: &Path) -> PreparedPipeline {
    let tree = pipewright_yaml::parse(FileId(0), &fs::read_to_string(path).unwrap());
    assert!(
        tree.problems().is_empty(),
        "{}: {:?}",
        path.display(),
        tree.problems()
    );
    let documents = pipewright_model::documents(&tree);
    let pipeline = documents[0].pipeline().unwrap().clone();
    PreparedPipeline::new(tree.into(), pipeline, Vec::new())
}

fn position(scene: &PreparedPipeline, case: &Case) -> Result<PipelineContext, String> {
    let mut place = scene.place(&case.at).map_err(|error| error.to_string())?;
    place.iteration = case.iteration;
    place.matrix = case.matrix.clone().into_iter().collect();
    place.given = case.given.as_object().map(Given::new).unwrap_or_default();
    if let Some(moment) = case.moment {
        place.moment = Some(moment.into());
    }
    scene.at(&place).map_err(|error| error.to_string())
}

/// The name of a cause's variant.
fn cause_word(cause: &impl Debug) -> String {
    let all = format!("{cause:?}");
    all.split([' ', '(']).next().unwrap_or_default().to_owned()
}

/// What is wrong about the answer to a case.
fn difference(scene: &PreparedPipeline, case: &Case) -> Option<String> {
    let context = match (position(scene, case), &case.no_place) {
        (Ok(context), None) => context,
        (Err(found), Some(expected)) if found.contains(expected) => return None,
        (found, _) => return Some(format!("position: {found:?}")),
    };
    if let Some(expected) = &case.rendered {
        let rendered = engine().render(case.expr.as_str(), &context);
        let holds = rendered
            .as_ref()
            .is_ok_and(|rendered| rendered.text == *expected);
        return (!holds).then(|| format!("{rendered:?}"));
    }
    let answer = engine().evaluate(case.expr.as_str(), &context);
    let says = case.says.as_deref().unwrap_or_default();
    if let Some(word) = &case.note {
        let notes = context.notes();
        let is_meant = |note: &Note| match &note.cause {
            NoteCause::Null(NullCause::Nowhere(why)) => cause_word(why) == *word,
            NoteCause::Null(why) => cause_word(why) == *word,
            NoteCause::Unknown(why) => cause_word(why) == *word,
        };
        let mut meant = notes.iter().filter(|note| is_meant(note));
        if !meant.any(|note| note.to_string().contains(says)) {
            return Some(format!("notes: {notes:?}"));
        }
    }
    let holds = match (&answer, &case.unknown, &case.error) {
        (Ok(Value::Unknown(unknown)), Some(word), _) => {
            let known = unknown.cause::<NotKnown>();
            let needs: Vec<&str> = unknown.needs().collect();
            let own = known.map(|known| known.name.clone());
            let own: Vec<String> = own.into_iter().collect();
            known.is_some_and(|known| cause_word(&known.cause) == *word)
                && unknown.to_string().contains(says)
                && needs == *case.needs.as_ref().unwrap_or(&own)
        }
        (Err(error), _, Some(part)) => error.message.contains(part),
        (Ok(value), None, None) => {
            let is_type = case
                .r#type
                .as_deref()
                .is_none_or(|name| name == value.type_name());
            is_type && value.to_json().ok() == Some(case.value.clone().unwrap_or_default())
        }
        _ => false,
    };
    (!holds).then(|| format!("{answer:?}"))
}

#[test]
fn expressions_give_what_a_run_would_give_them() {
    let mut wrong = Vec::new();
    for path in files() {
        let scene = scene(&path);
        let lines = fs::read_to_string(path.with_extension("jsonl")).unwrap();
        for (line, number) in lines.lines().zip(1..) {
            let case: Case = serde_json::from_str(line).unwrap();
            if let Some(found) = difference(&scene, &case) {
                let about = &case.about;
                wrong.push(format!(
                    "{}:{number}: {about}\n  {line}\n  {found}",
                    path.display()
                ));
            }
        }
    }
    assert!(
        wrong.is_empty(),
        "{} cases:\n{}",
        wrong.len(),
        wrong.join("\n")
    );
}

#[test]
fn every_evaluation_has_its_own_budget_and_notes() {
    let text = "
pipeline:
  identifier: p
  variables: [{ name: env, type: String, value: prod }]
  stages:
    - stage:
        identifier: A
        type: Custom
        variables: [{ name: of, type: String, value: <+pipeline.variables.env> }]
        spec: { execution: { steps: [{ step: { identifier: S, type: ShellScript } }] } }
    - stage:
        identifier: B
        type: Custom
        spec: { execution: { steps: [{ step: { identifier: T, type: ShellScript } }] } }
";
    let tree = pipewright_yaml::parse(FileId(0), text);
    let pipeline = pipewright_model::documents(&tree)[0]
        .pipeline()
        .unwrap()
        .clone();
    let scene = PreparedPipeline::new(tree.into(), pipeline, Vec::new());
    let place = scene.place("pipeline.stages.B").unwrap();
    let (context, engine) = (scene.at(&place).unwrap(), scene.engine());
    let read = "<+pipeline.stages.A.variables.of>";
    for _ in 0..2_500 {
        let rendered = engine.render(read, &context).unwrap();
        assert_eq!(rendered.text, "prod");
    }
    engine.evaluate("<+pipeline.sequenceId>", &context).unwrap();
    let names: Vec<String> = context.notes().into_iter().map(|note| note.name).collect();
    assert_eq!(names, ["pipeline.sequenceId"]);
    engine.evaluate(read, &context).unwrap();
    assert_eq!(context.notes(), []);
}
