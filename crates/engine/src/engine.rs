//! The engine: how expressions are looked up and evaluated, set up once and used many times.

use std::sync::Arc;

use pipewright_jexl::{ErrorKind, Value, question};
use pipewright_syntax::Languages;

use crate::clock::Clock;
use crate::context::Context;
use crate::core::Core;
use crate::error::Error;
use crate::functors::{FunctorSet, Host};
use crate::limits::MAX_DEPTH;
use crate::objects::replace_texts;
use crate::profile::{Flags, Mode, Profile, Settings};
use crate::render::{Rendered, render};
use crate::run::{Budget, Run};
use crate::template::{Template, is_one_island};
use crate::trace::Trace;
use crate::tracer::{Tracer, traced};

/// Evaluates and renders Harness expressions.
///
/// An engine is set up once and may be shared between threads. It remembers compiled programs and the JSON and XML that
/// functors took apart, so that evaluating the same texts again and again costs no parsing. A clone shares them, also
/// when it is set up differently.
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
    core: Core,
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
            core: Core::default(),
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
        self.core.settings.flags = flags;
        self
    }

    /// The same engine with another way to treat unresolved expressions.
    #[must_use]
    pub fn mode(mut self, mode: Mode) -> Self {
        self.core.settings.mode = mode;
        self
    }

    /// The same engine with these prefixes, in the order they are tried; the empty one looks a name up as it is.
    #[must_use]
    pub fn prefixes<'p>(mut self, prefixes: impl IntoIterator<Item = &'p str>) -> Self {
        self.core.prefixes = prefixes.into_iter().map(Into::into).collect();
        self
    }

    /// The same engine with one more alias. It wins over a name of the context.
    #[must_use]
    pub fn alias(mut self, name: &str, target: &str) -> Self {
        self.core.aliases.insert(name.into(), target.into());
        self
    }

    /// The same engine with or without [`PIPELINE_ALIASES`](crate::PIPELINE_ALIASES). In a run no context knows these
    /// names; where one that was written by hand does, the name wins.
    #[must_use]
    pub fn pipeline_aliases(mut self, on: bool) -> Self {
        self.core.pipeline_aliases = on;
        self
    }

    /// The same engine for texts whose expressions are written in these languages: `${{ … }}` is CEL in files of the
    /// new experience (v1) and plain text in others.
    ///
    /// ```
    /// use pipewright_engine::{Engine, Languages, MapContext};
    ///
    /// let json = serde_json::json!({"inputs": {"tag": "1.2"}});
    /// let context = MapContext::from_json(&json).expect("an object");
    /// let engine = Engine::new().languages(Languages::JexlAndCel);
    /// let text = r#"${{ inputs.tag + "-rc" }} <+inputs.tag>"#;
    /// assert_eq!(engine.render(text, &context)?.text, "1.2-rc 1.2");
    /// # Ok::<(), pipewright_engine::Error>(())
    /// ```
    #[must_use]
    pub fn languages(mut self, languages: Languages) -> Self {
        self.core.languages = languages;
        self
    }

    /// The same engine with the compiled programs that another one remembers, however that is set up: both remember
    /// what the other compiles.
    #[must_use]
    pub fn programs_of(mut self, other: &Self) -> Self {
        self.core.programs = Arc::clone(&other.core.programs);
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
        change(Arc::make_mut(&mut self.core.host));
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
        question(|| {
            let replaced = replace_texts(object, self.core.languages, &|text| {
                let rendered = self.render_with(&Template::new(text), context, None);
                rendered.map(Rendered::into_value).map_err(|error| Error {
                    range: None,
                    ..error
                })
            });
            let value = replaced.value?;
            replaced.stopped.map_or(Ok(value), Err)
        })
    }

    /// Whether `text` is exactly one island of the engine's languages and nothing else, not even a blank.
    pub fn is_single_expression(&self, text: &str) -> bool {
        is_one_island(text, self.core.languages)
    }

    pub(crate) fn evaluate_with(
        &self,
        template: &Template,
        context: &dyn Context,
        tracer: Option<&Tracer>,
    ) -> Result<Value, Error> {
        let template = &*template.in_languages(self.core.languages);
        self.attempt(template, self.core.settings, context, tracer, |run| {
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
            ..self.core.settings.flags
        };
        let settings = Settings {
            flags,
            mode: Mode::Null,
        };
        let template = &*template.in_languages(self.core.languages);
        self.attempt(template, settings, context, tracer, |run| {
            run.evaluate(template.parts(), MAX_DEPTH)
        })
    }

    pub(crate) fn render_with(
        &self,
        template: &Template,
        context: &dyn Context,
        tracer: Option<&Tracer>,
    ) -> Result<Rendered, Error> {
        let template = &*template.in_languages(self.core.languages);
        if !template.has_islands() {
            return Ok(Rendered::plain(template.text()));
        }
        self.attempt(template, self.core.settings, context, tracer, |run| {
            render(run, template.parts())
        })
    }

    /// Runs with `settings`; after an error once more without string concatenation, as Harness does.
    fn attempt<T>(
        &self,
        template: &Template,
        settings: Settings,
        context: &dyn Context,
        tracer: Option<&Tracer>,
        action: impl Fn(&Run<'_>) -> Result<T, Error>,
    ) -> Result<T, Error> {
        question(|| {
            template.pay()?;
            let budget = Budget::default();
            let first = action(&Run::new(&self.core, settings, context, &budget, tracer));
            let error = match first {
                Err(error) if settings.flags.concatenation && !is_final(error.kind) => error,
                settled => return settled,
            };
            if let Some(tracer) = tracer {
                tracer.without_concatenation(&error);
            }
            let mut settings = settings;
            settings.flags.concatenation = false;
            action(&Run::new(&self.core, settings, context, &budget, tracer))
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
