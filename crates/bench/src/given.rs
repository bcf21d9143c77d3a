//! How long the conditions of a large pipeline take, with nothing given and with thousands of given values.

use std::fmt::Write as _;
use std::sync::Arc;
use std::time::{Duration, Instant};

use pipewright_context::{Given, Moment, PreparedPipeline, RunPlace};
use pipewright_jexl::Json;
use pipewright_jexl::json::Object;
use pipewright_source::FileId;

const STAGES: usize = 200;
const STEPS: usize = 25;
const ROUNDS: usize = 3;

/// How many values are given, and from where their names are written.
const GIVEN: [(usize, &str); 4] = [
    (0, "nowhere"),
    (2_000, "pipeline"),
    (20_000, "pipeline"),
    (20_000, "stage"),
];

/// Prints one line for each number of given values: the least time of a few rounds over all conditions.
pub(crate) fn report() {
    let prepared = prepare();
    println!();
    println!(
        "{:<10} {:<9} {:>10} {:>10} {:>9}",
        "given", "from", "conditions", "time (ms)", "to none"
    );
    let mut none = Duration::ZERO;
    for (count, from) in GIVEN {
        let given = given(count, from);
        let rounds = (0..ROUNDS).map(|_| decide_all(&prepared, &given));
        let (conditions, time) = rounds.min_by_key(|(_, time)| *time).unwrap_or_default();
        if count == 0 {
            none = time;
        }
        let ratio = time.as_secs_f64() / none.as_secs_f64();
        let time = time.as_millis();
        println!("{count:<10} {from:<9} {conditions:>10} {time:>10} {ratio:>9.2}");
    }
}

/// Every stage and step decides about its condition, each at its own position.
fn decide_all(prepared: &PreparedPipeline, given: &Given) -> (usize, Duration) {
    let engine = prepared.engine();
    let mut conditions = 0;
    let start = Instant::now();
    for node in prepared.pipeline().ids() {
        let mut place = RunPlace::node(node);
        place.given = given.clone();
        let Ok(predicate) = prepared.predicate(&place) else {
            continue;
        };
        let context = prepared.at_moment(&place, Moment::Starting);
        let context = context.expect("no iteration is asked for");
        let truth = engine.condition(predicate.as_str(), &context);
        std::hint::black_box(truth).expect("the conditions are Booleans");
        conditions += 1;
    }
    (conditions, start.elapsed())
}

/// Exit codes of steps: by their names in the pipeline, or by what they are called within whichever stage reads.
fn given(count: usize, from: &str) -> Given {
    let names = (0..count).map(|number| {
        let (stage, step) = (number % STAGES, number / STAGES);
        let name = match from {
            "stage" => format!("stage.spec.execution.steps.P{number}.output.exitCode"),
            _ => format!("pipeline.stages.S{stage}.spec.execution.steps.P{step}.output.exitCode"),
        };
        (name, Json::from(0))
    });
    Given::new(&names.collect::<Object>())
}

fn prepare() -> PreparedPipeline {
    let tree = Arc::new(pipewright_yaml::parse(FileId(0), &text()));
    let documents = pipewright_model::documents(&tree);
    let pipeline = documents.first().and_then(|document| document.pipeline());
    let pipeline = Arc::clone(pipeline.expect("the text is a pipeline"));
    PreparedPipeline::new(tree, pipeline, Vec::new())
}

fn text() -> String {
    let mut text = String::from(
        "pipeline:\n  identifier: big\n  variables: [{ name: env, type: String, value: prod }]\n  stages:\n",
    );
    for stage in 0..STAGES {
        let condition = "condition: <+pipeline.variables.env> == \"prod\"";
        let _ = write!(
            text,
            "    - stage:\n        identifier: S{stage}\n        type: Custom\n        \
             when: {{ pipelineStatus: Success, {condition} }}\n        \
             spec:\n          execution:\n            steps:\n"
        );
        for step in 0..STEPS {
            let before = step.saturating_sub(1);
            let condition = format!("condition: <+execution.steps.P{before}.output.exitCode> == 0");
            let _ = writeln!(
                text,
                "              - step: {{ identifier: P{step}, type: ShellScript, \
                 when: {{ stageStatus: Success, {condition} }} }}"
            );
        }
    }
    text
}
