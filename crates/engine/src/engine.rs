//! The engine: how expressions are looked up and evaluated, set up once and used many times.

use std::sync::Arc;

use indexmap::IndexMap;
use pipewright_jexl::value::Unknown;
use pipewright_jexl::{ErrorKind, Value, question};

use crate::aliases::BASE_PREFIXES;
use crate::clock::Clock;
use crate::context::Context;
use crate::error::Error;
use crate::functors::{FunctorSet, Host};
use crate::limits::MAX_DEPTH;
use crate::profile::{Flags, Mode, Profile};
use crate::programs::Programs;
use crate::run::Run;
use crate::template::Template;
use crate::trace::{Trace, Tracer};
use crate::{objects, render};

/// Evaluates and renders Harness expressions.
///
/// An engine is set up once and may be shared between threads. It remembers compiled programs, so that evaluating the
/// same texts again and again costs no parsing. A clone shares these programs, also when it is set up differently.
///
/// ```
/// use pipewright_engine::{Engine, MapContext, Profile};
///
/// let engine = Engine::new().profile(Profile::Concat);
/// let json = serde_json::json!({"env": {"name": "prod"}, "n": 2});
/// let context = MapContext::from_json(&json).expect("an object");
///
/// let value = engine.evaluate("<+env.name> == \"prod\" && <+n> > 1", &context)?;
/// assert_eq!(value.text().unwrap(), "true");
/// assert_eq!(engine.render("values-<+env.name>.yaml", &context)?.text, "values-prod.yaml");
/// # Ok::<(), pipewright_engine::Error>(())
/// ```
#[derive(Clone, Debug)]
pub struct Engine {
    settings: Settings,
    pub(crate) prefixes: Vec<Box<str>>,
    /// Replacements that apply whatever the context knows.
    pub(crate) aliases: IndexMap<Box<str>, Box<str>>,
    /// Whether the aliases of a pipeline run apply to names the context does not know.
    pub(crate) pipeline_aliases: bool,
    pub(crate) host: Arc<Host>,
    pub(crate) programs: Arc<Programs>,
}

impl Default for Engine {
    fn default() -> Self {
        Self::new()
    }
}

impl Engine {
    /// An engine with the profile `concat`, unresolved expressions as null, the prefixes `datetime` and none, and the
    /// aliases and functors of a pipeline run.
    pub fn new() -> Self {
        Self {
            settings: Settings {
                flags: Profile::default().flags(),
                mode: Mode::default(),
            },
            prefixes: BASE_PREFIXES
                .iter()
                .map(|prefix| (*prefix).into())
                .collect(),
            aliases: IndexMap::new(),
            pipeline_aliases: true,
            host: Arc::new(Host {
                clock: Clock::default(),
                set: FunctorSet::default(),
                secret_token: 0,
            }),
            programs: Arc::default(),
        }
    }

    /// The same engine with the flags of `profile`.
    #[must_use]
    pub fn profile(self, profile: Profile) -> Self {
        self.flags(profile.flags())
    }

    /// The same engine with these flags.
    #[must_use]
    pub fn flags(mut self, flags: Flags) -> Self {
        self.settings.flags = flags;
        self
    }

    /// The same engine with another way to treat unresolved expressions.
    #[must_use]
    pub fn mode(mut self, mode: Mode) -> Self {
        self.settings.mode = mode;
        self
    }

    /// The same engine with these prefixes, in the order they are tried; the empty one looks a name up as it is.
    #[must_use]
    pub fn prefixes<'p>(mut self, prefixes: impl IntoIterator<Item = &'p str>) -> Self {
        self.prefixes = prefixes.into_iter().map(Into::into).collect();
        self
    }

    /// The same engine with one more alias. It wins over a name of the context.
    #[must_use]
    pub fn alias(mut self, name: &str, target: &str) -> Self {
        self.aliases.insert(name.into(), target.into());
        self
    }

    /// The same engine with or without [`PIPELINE_ALIASES`](crate::PIPELINE_ALIASES). In a run no context knows these
    /// names; where one that was written by hand does, the name wins.
    #[must_use]
    pub fn pipeline_aliases(mut self, on: bool) -> Self {
        self.pipeline_aliases = on;
        self
    }

    /// The same engine with other functors.
    #[must_use]
    pub fn functors(self, set: FunctorSet) -> Self {
        self.host(|host| host.set = set)
    }

    /// The same engine with another clock.
    #[must_use]
    pub fn clock(self, clock: Clock) -> Self {
        self.host(|host| host.clock = clock)
    }

    /// The same engine with another number in the placeholders of secrets; in a run it is different every time.
    #[must_use]
    pub fn secret_token(self, token: i64) -> Self {
        self.host(|host| host.secret_token = token)
    }

    fn host(mut self, change: impl FnOnce(&mut Host)) -> Self {
        change(Arc::make_mut(&mut self.host));
        self
    }

    /// The value of a text that is an expression as a whole: every island is a variable in it. Blank text is null.
    ///
    /// # Errors
    /// See [`Error`]. Unresolved islands are none: they are null, or their own text in [`Mode::Original`].
    pub fn evaluate(
        &self,
        text: impl Into<Template>,
        context: &dyn Context,
    ) -> Result<Value, Error> {
        context.begin();
        self.evaluate_with(&text.into(), context, None)
    }

    /// [`Engine::evaluate`] and how it came to its answer.
    pub fn trace_evaluate(
        &self,
        text: impl Into<Template>,
        context: &dyn Context,
    ) -> (Result<Value, Error>, Trace) {
        context.begin();
        traced(|tracer| self.evaluate_with(&text.into(), context, Some(tracer)))
    }

    /// The text with every island replaced by the text of its value.
    ///
    /// # Errors
    /// See [`Error`]; of kind `unresolved` for islands without value in [`Mode::Throw`].
    pub fn render(
        &self,
        text: impl Into<Template>,
        context: &dyn Context,
    ) -> Result<Rendered, Error> {
        context.begin();
        self.render_with(&text.into(), context, None)
    }

    /// [`Engine::render`] and how it came to its answer.
    pub fn trace_render(
        &self,
        text: impl Into<Template>,
        context: &dyn Context,
    ) -> (Result<Rendered, Error>, Trace) {
        context.begin();
        traced(|tracer| self.render_with(&text.into(), context, Some(tracer)))
    }

    /// `object` with every string in it rendered: elements of lists and arrays, values and keys of maps.
    /// The object itself does not change.
    ///
    /// # Errors
    /// See [`Error`]. The first string that fails ends it; unresolved islands are reported together.
    pub fn resolve(&self, object: &Value, context: &dyn Context) -> Result<Value, Error> {
        context.begin();
        question(|| objects::resolve(self, object, context))
    }

    pub(crate) fn evaluate_with(
        &self,
        template: &Template,
        context: &dyn Context,
        tracer: Option<&Tracer>,
    ) -> Result<Value, Error> {
        self.attempt(self.settings, template, context, tracer, |run| {
            run.evaluate(template.parts(), MAX_DEPTH)
        })
    }

    /// Evaluates a predicate: unresolved expressions are null and scripts are off, whatever the engine's settings.
    pub(crate) fn evaluate_predicate(
        &self,
        template: &Template,
        context: &dyn Context,
        tracer: Option<&Tracer>,
    ) -> Result<Value, Error> {
        let flags = Flags {
            scripts: false,
            ..self.settings.flags
        };
        let settings = Settings {
            flags,
            mode: Mode::Null,
        };
        self.attempt(settings, template, context, tracer, |run| {
            run.evaluate(template.parts(), MAX_DEPTH)
        })
    }

    pub(crate) fn render_with(
        &self,
        template: &Template,
        context: &dyn Context,
        tracer: Option<&Tracer>,
    ) -> Result<Rendered, Error> {
        if !template.has_islands() {
            return Ok(Rendered::plain(template.text()));
        }
        self.attempt(self.settings, template, context, tracer, |run| {
            render::render(run, template.parts())
        })
    }

    /// Runs with `settings`; after an error once more without string concatenation, as Harness does.
    fn attempt<T>(
        &self,
        settings: Settings,
        template: &Template,
        context: &dyn Context,
        tracer: Option<&Tracer>,
        action: impl Fn(&Run<'_>) -> Result<T, Error>,
    ) -> Result<T, Error> {
        question(|| {
            let size = template.text().len();
            let first = action(&Run::new(self, settings, context, size, tracer));
            let error = match first {
                Err(error) if settings.flags.concatenation && !is_final(error.kind) => error,
                settled => return settled,
            };
            if let Some(tracer) = tracer {
                tracer.without_concatenation(&error);
            }
            let mut settings = settings;
            settings.flags.concatenation = false;
            action(&Run::new(self, settings, context, size, tracer))
        })
    }
}

/// Whether another try without string concatenation would be of no use.
const fn is_final(kind: ErrorKind) -> bool {
    matches!(
        kind,
        ErrorKind::Limit | ErrorKind::Refused | ErrorKind::Unresolved
    )
}

/// What a call may set for itself.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Settings {
    pub(crate) flags: Flags,
    pub(crate) mode: Mode,
}

/// A rendered text.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Rendered {
    /// The text. Islands whose value only a run can tell stand in it as they were written.
    pub text: String,
    /// Those islands, from left to right.
    pub unknown: Vec<UnknownIsland>,
}

/// An island whose value only a run can tell.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct UnknownIsland {
    /// The island with its delimiters.
    pub expression: String,
    /// What is known of its value: why it is unknown, and which names would decide it.
    pub unknown: Unknown,
}

impl Rendered {
    fn plain(text: &str) -> Self {
        Self {
            text: text.to_owned(),
            unknown: Vec::new(),
        }
    }

    /// The text as a value, or an unknown value if a part of it is unknown.
    pub fn into_value(self) -> Value {
        match Unknown::all(self.unknown.iter().map(|island| &island.unknown)) {
            Some(unknown) => Value::Unknown(unknown),
            None => Value::from(self.text),
        }
    }
}

/// Runs `action` with a tracer and gives what it collected.
pub(crate) fn traced<T>(action: impl FnOnce(&Tracer) -> T) -> (T, Trace) {
    let tracer = Tracer::new();
    let answer = action(&tracer);
    (answer, tracer.finish())
}
