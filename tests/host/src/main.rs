//! Everything the library offers, in a program whose only way to Pipewright is the crate `pipewright`.

use pipewright::{Decision, Project, Values};
use serde::Serialize;

#[derive(Serialize)]
struct Env {
    name: &'static str,
}

const PIPELINE: &str = "\
pipeline:
  identifier: release
  variables: [{ name: env, type: String, value: <+input>.default(prod) }]
  stages:
    - stage:
        identifier: Build
        type: Custom
        spec:
          execution:
            steps:
              - step:
                  identifier: Say
                  type: ShellScript
                  when: { stageStatus: Success, condition: <+pipeline.variables.env> == \"prod\" }
                  spec: { shell: Bash, source: { type: Inline, spec: { script: echo <+pipeline.variables.nope> } } }
";

fn main() -> Result<(), pipewright::Error> {
    let values = Values::new()
        .with("env", Env { name: "prod" })?
        .with("n", 2)?;
    let decision = pipewright::condition("<+env.name> == 'prod'", &values)?;
    assert!(matches!(decision, Decision::True));
    let decision = pipewright::predicate("<+n> > 1", &values)?;
    assert!(matches!(decision, Decision::True));
    let value = pipewright::evaluate("<+env.name>.toUpperCase()", &values)?;
    assert_eq!(value.to_string(), "PROD");
    let rendered = pipewright::render("to <+env.name>", &values)?;
    assert_eq!(rendered.text, "to prod");
    let names = pipewright::names("<+env.name> <+service.name>");
    assert_eq!(names.len(), 2);
    let findings = pipewright::check_text("pipeline.yaml", PIPELINE);
    assert_eq!(findings.len(), 1);
    let mut project = Project::new();
    project.set_text("pipeline.yaml", PIPELINE);
    let pipeline = project.pipeline("pipeline.yaml")?;
    let say = pipeline.at("pipeline.stages.Build.spec.execution.steps.Say")?;
    assert!(matches!(say.runs(&values)?, Decision::Unknown(_)));
    let after = values.with("pipeline.stages.Build.currentStatus", "SUCCEEDED")?;
    assert!(matches!(say.runs(&after)?, Decision::True));
    println!("all doors open");
    Ok(())
}
