//! What the command line gives for a plan.

use std::path::{Path, PathBuf};
use std::sync::Arc;

use clap::Args;
use pipewright_context::Given as Values;
use pipewright_jexl::Json;
use pipewright_jexl::json::Object;
use pipewright_simulate::{Failure as Failing, Generation, Given, Reading, under_trigger};

use crate::Streams;
use crate::exit::Failure;
use crate::given::{merge, name_and_value};
use crate::values::{parse_object, read_object};

/// The arguments that say what is given, fails, and is left out.
#[derive(Args, Debug)]
pub(crate) struct PlanArguments {
    /// The value of a name, as a text; may be repeated. Of several ways to give a value --set comes first,
    /// then --context, --trigger, --input-set, and what the file says
    #[arg(long = "set", value_name = "NAME=VALUE", value_parser = assignment)]
    assignments: Vec<(String, Json)>,

    /// JSON or YAML with the values of names: a file, - for standard input, or the object itself; may be repeated
    #[arg(long, value_name = "FILE|OBJECT")]
    context: Vec<String>,

    /// JSON or YAML with the payload of the trigger
    #[arg(long, value_name = "FILE")]
    trigger: Option<PathBuf>,

    /// A step or chained stage that fails, or `STAGE.spec.service`, `.environment` or `.infrastructure`, with a type of
    /// failure (default `Unknown`) at the first N starts (default all); may be repeated
    #[arg(long, value_name = "FQN[=TYPE[:N]]", value_parser = Failing::parse)]
    fail: Vec<Failing>,

    /// What somebody answers to the first manual intervention of a step; may be repeated
    #[arg(long, value_name = "FQN=ACTION", value_parser = answer)]
    intervene: Vec<(String, String)>,

    /// Stages that are left out, by identifier or fully qualified name; may be repeated
    #[arg(long, value_name = "ID[,ID…]", value_delimiter = ',')]
    skip_stages: Vec<String>,

    /// The only stages that run, by identifier or fully qualified name; may be repeated
    #[arg(long, value_name = "ID[,ID…]", value_delimiter = ',')]
    only_stages: Vec<String>,

    /// Whose engine: that of December 2023 or that of today
    #[arg(long, value_enum, default_value = "current")]
    engine: EngineChoice,

    /// How to read the rules where the engine and Harness's page on step groups differ
    #[arg(long, value_enum, default_value = "engine")]
    reading: ReadingChoice,
}

#[derive(Clone, Copy, Debug, clap::ValueEnum)]
enum EngineChoice {
    #[value(name = "2023")]
    Of2023,
    Current,
}

#[derive(Clone, Copy, Debug, clap::ValueEnum)]
enum ReadingChoice {
    /// As the engine does it
    Engine,
    /// As the page says it
    Documented,
}

/// `NAME=VALUE` of `--set`; the value is a text.
fn assignment(text: &str) -> Result<(String, Json), &'static str> {
    let (name, value) = name_and_value(text)?;
    Ok((name.to_owned(), value.into()))
}

/// `FQN=ACTION` of `--intervene`.
fn answer(text: &str) -> Result<(String, String), &'static str> {
    let (fqn, action) = text.split_once('=').ok_or("expected FQN=ACTION")?;
    Ok((fqn.to_owned(), action.to_owned()))
}

impl PlanArguments {
    /// The values of `--set`.
    pub(crate) fn assignments(&self) -> &[(String, Json)] {
        &self.assignments
    }

    /// Whether no value and no failure is given.
    pub(crate) fn is_empty(&self) -> bool {
        self.assignments.is_empty()
            && self.context.is_empty()
            && self.trigger.is_none()
            && self.fail.is_empty()
    }

    /// What is given, and what is to be said of it.
    ///
    /// # Errors
    /// When a file cannot be read, or what should be an object of values is none.
    pub(crate) fn read(&self, streams: &mut Streams<'_>) -> Result<(Given, Vec<String>), Failure> {
        let mut values = Object::new();
        for context in &self.context {
            let object = if context.trim_start().starts_with('{') {
                parse_object(context, "--context")?
            } else {
                read_object(Path::new(context), streams)?
            };
            merge(&mut values, object);
        }
        if let Some(trigger) = &self.trigger {
            let payload = Json::Object(read_object(trigger, streams)?);
            under_trigger(&mut values, payload);
        }
        for (name, value) in &self.assignments {
            // Behind all others, because the later of two holds.
            values.shift_remove(name.as_str());
            values.insert(name.as_str().into(), value.clone());
        }
        let computed = values.keys().filter(|name| is_computed(name));
        let notes = computed.map(|name| {
            format!("the value given for `{name}` holds in place of what the plan computes")
        });
        let notes = notes.collect();
        let mut given = Given::from(Values::of(Arc::new(Json::Object(values))));
        given.failures.clone_from(&self.fail);
        given.interventions.clone_from(&self.intervene);
        given.skip_stages.clone_from(&self.skip_stages);
        given.only_stages.clone_from(&self.only_stages);
        given.engine = match self.engine {
            EngineChoice::Of2023 => Generation::Of2023,
            EngineChoice::Current => Generation::Current,
        };
        given.reading = match self.reading {
            ReadingChoice::Engine => Reading::Engine,
            ReadingChoice::Documented => Reading::Documented,
        };
        Ok((given, notes))
    }
}

/// Whether a name is that of something a plan computes.
fn is_computed(name: &str) -> bool {
    name.ends_with(".status") || name.ends_with(".currentStatus")
}
