//! One call of the engine: islands, names, and the budget they are paid from (`spec/engine.md` §2.3 and §3.1).

use std::cell::{Cell, RefCell};
use std::collections::HashMap;

use pipewright_jexl::value::Unknown;
use pipewright_jexl::{ErrorKind, Failure, OpResult, Value, Variables};

use crate::aliases::PIPELINE_ALIASES;
use crate::context::Context;
use crate::engine::{Engine, Settings};
use crate::error::Error;
use crate::hidden::HiddenNames;
use crate::limits::{
    ISLAND_WORK, MAX_ALIAS_STEPS, MAX_DEPTH, MAX_STEPS, MAX_WORK, PROGRAM_WORK, WORK_FACTOR,
};
use crate::objects;
use crate::profile::{Flags, Mode};
use crate::program::Program;
use crate::template::{Parts, has_expressions, written};
use crate::trace::{Answer, Event, Tracer, shown};

/// The program of a text.
struct Composed {
    program: Program,
    /// Whether every island became text.
    only_text: bool,
    /// Why nobody knows the program before the run: a text that is to be written into it is unknown.
    unknown: Option<Unknown>,
}

/// One call of the engine.
pub(crate) struct Run<'c> {
    engine: &'c Engine,
    pub(crate) flags: Flags,
    pub(crate) mode: Mode,
    context: &'c dyn Context,
    /// What programs assign, and the values of islands under their hidden names. Wins over the context.
    scratch: RefCell<HashMap<Box<str>, Value>>,
    hidden: HiddenNames,
    /// What is left of the bytes this call may read and write.
    work: Cell<u64>,
    /// How many steps programs may still take.
    steps: Cell<u64>,
    /// How many collections are being resolved inside each other.
    pub(crate) collections: Cell<u32>,
    tracer: Option<&'c Tracer>,
}

impl<'c> Run<'c> {
    /// A call that works on `size` bytes of text.
    pub(crate) fn new(
        engine: &'c Engine,
        settings: Settings,
        context: &'c dyn Context,
        size: usize,
        tracer: Option<&'c Tracer>,
    ) -> Self {
        Self {
            engine,
            flags: settings.flags,
            mode: settings.mode,
            context,
            scratch: RefCell::new(HashMap::new()),
            hidden: HiddenNames::default(),
            work: Cell::new(MAX_WORK + size as u64 * WORK_FACTOR),
            steps: Cell::new(MAX_STEPS),
            collections: Cell::new(0),
            tracer,
        }
    }

    /// Evaluates `parts` as a program in which every island is a variable. `depth` is what is left of the indirections.
    pub(crate) fn evaluate(&self, parts: &Parts, depth: u32) -> Result<Value, Error> {
        if parts.text.chars().all(is_blank) {
            return Ok(Value::Null);
        }
        self.spend(parts.text.len() as u64)?;
        let Composed {
            program,
            only_text,
            unknown,
        } = self.compose(parts, depth)?;
        if let Some(unknown) = unknown {
            return Ok(Value::Unknown(unknown));
        }
        let value = match self.execute(&program, parts) {
            Ok(value) => value,
            Err(error) if !is_swallowed(error.kind) => {
                return Err(program.blame(&error, &parts.text));
            }
            Err(_) if only_text => Value::Null,
            Err(_) if self.mode == Mode::Original => return Ok(Value::from(&*parts.text)),
            Err(error) => {
                return Err(program.blame(&hint(&parts.text, &program, &error), &parts.text));
            }
        };
        if !self.flags.concatenation {
            return Ok(value);
        }
        let value = self.retry_as_name(value, &program, parts, only_text, depth)?;
        match value.as_string().map(|text| text.to_str()) {
            Some(text) if *text != *parts.text && has_expressions(&text) => {
                self.evaluate_text(&text, depth.saturating_sub(1))
            }
            _ => Ok(value),
        }
    }

    /// Evaluates a text that came up on the way.
    pub(crate) fn evaluate_text(&self, text: &str, depth: u32) -> Result<Value, Error> {
        self.enter();
        let result = self.evaluate(&Parts::new(text), depth);
        self.leave(|| Event::Text {
            text: text.to_owned(),
            answer: answer(&result),
        });
        result
    }

    /// With concatenation: a program that gave nothing is looked up as a name, and where only texts were put together
    /// it is itself the value.
    fn retry_as_name(
        &self,
        value: Value,
        program: &Program,
        parts: &Parts,
        only_text: bool,
        depth: u32,
    ) -> Result<Value, Error> {
        if !value.is_null() || parts.islands.is_empty() {
            return Ok(value);
        }
        let told = |text: &str| program.told(text, &parts.text);
        let found = self.look_up(program.text(), told, depth)?;
        if !found.is_null() || !only_text {
            return Ok(found);
        }
        self.note(|| Event::TextIsValue {
            text: program.text().to_owned(),
        });
        Ok(program.text().into())
    }

    /// Writes the program of a text: hidden names, or with concatenation the texts of values, for its islands.
    fn compose(&self, parts: &Parts, depth: u32) -> Result<Composed, Error> {
        let mut program = Program::with_capacity(parts.text.len());
        let mut only_text = !parts.islands.is_empty();
        let mut unknown = Vec::new();
        let mut writes_unknown = false;
        for (index, island) in parts.islands.iter().enumerate() {
            program.push_source(parts.before(index), island.range.start());
            let value = self
                .island(&island.inner, depth.saturating_sub(1))
                .map_err(|error| error.at(island.range))?;
            let name = self.hidden.next(&parts.text);
            let spliced = self.spliced_text(&value, &program, parts, index);
            if let Value::Unknown(of_island) = &value {
                unknown.push(of_island.clone());
                writes_unknown |=
                    self.flags.concatenation && program.decide(parts, index).splices();
            }
            if spliced.is_none() && !matches!(value, Value::Unknown(_)) {
                self.note_not_joined(&value, &program, parts, index);
            }
            self.spend(
                spliced
                    .as_ref()
                    .map_or(ISLAND_WORK, |text| text.len() as u64),
            )?;
            match &spliced {
                Some(text) => program.push_spliced(text, island.range),
                None => program.push_variable(&name, island.range),
            }
            only_text = only_text && spliced.is_some();
            self.scratch.borrow_mut().insert(name.into(), value);
        }
        program.push_source(
            &parts.tail(),
            u32::try_from(parts.text.len()).unwrap_or(u32::MAX),
        );
        Ok(Composed {
            program,
            only_text,
            unknown: Unknown::all(unknown.iter().filter(|_| writes_unknown)),
        })
    }

    /// The text of the value at island `index` if it is written into the program.
    fn spliced_text(
        &self,
        value: &Value,
        program: &Program,
        parts: &Parts,
        index: usize,
    ) -> Option<String> {
        let text = value.as_string().filter(|_| self.flags.concatenation)?;
        let reason = program.decide(parts, index);
        self.note(|| Event::Concatenation {
            expression: parts.islands[index].inner.text.to_string(),
            spliced: reason.splices(),
            because: reason.to_string(),
        });
        reason.splices().then(|| text.to_str().into_owned())
    }

    /// Notes that a value is no text where one would be written into the program.
    fn note_not_joined(&self, value: &Value, program: &Program, parts: &Parts, index: usize) {
        if self.tracer.is_some()
            && self.flags.concatenation
            && value.as_string().is_none()
            && program.decide(parts, index).splices()
        {
            self.note(|| Event::NotJoined {
                expression: parts.islands[index].inner.text.to_string(),
                r#type: value.type_name().to_owned(),
                quoted: ends_in_quotes(program.text()),
            });
        }
    }

    /// Runs the program of a text.
    fn execute(&self, program: &Program, parts: &Parts) -> Result<Value, Error> {
        let result = self.run_program(program.text());
        self.note(|| Event::Program {
            program: program.shown(&parts.text),
            answer: match &result {
                Ok(value) => Answer::value(value),
                Err(error) => {
                    let error = program.blame(error, &parts.text);
                    Answer::error(error.kind, &error.message)
                }
            },
        });
        result
    }

    fn run_program(&self, source: &str) -> Result<Value, Error> {
        self.spend(PROGRAM_WORK + source.len() as u64)?;
        let program = self.engine.programs.compile(source, self.flags.scripts)?;
        let mut steps = self.steps.get();
        let result = program.run_within(self, &mut steps);
        self.steps.set(steps);
        Ok(result?)
    }

    /// The value of one island; `inner` is the text between its delimiters.
    pub(crate) fn island(&self, inner: &Parts, depth: u32) -> Result<Value, Error> {
        self.enter();
        let result = self.island_value(inner, depth);
        self.leave(|| Event::Island {
            expression: inner.text.to_string(),
            answer: answer(&result),
        });
        result
    }

    fn island_value(&self, inner: &Parts, depth: u32) -> Result<Value, Error> {
        self.spend(ISLAND_WORK)?;
        if depth == 0 {
            return Err(Error::new(
                ErrorKind::Evaluation,
                format!(
                    "<+{}> is reached through more than {MAX_DEPTH} indirections, or leads to itself",
                    shown(&inner.text)
                ),
            ));
        }
        if inner.text.is_empty() {
            return Ok(Value::from(""));
        }
        if !inner.islands.is_empty() {
            return self.evaluate(inner, depth - 1);
        }
        let value = self.look_up(&inner.text, str::to_owned, depth)?;
        if value.is_null() && self.mode == Mode::Original {
            return Ok(Value::from(written(&inner.text)));
        }
        self.settle(value, &inner.text, depth)
    }

    /// A value as it is used: expressions inside it are evaluated as well.
    fn settle(&self, value: Value, name: &str, depth: u32) -> Result<Value, Error> {
        let Some(text) = value.as_string() else {
            return objects::evaluate_inside(self, value);
        };
        let text = text.to_str();
        if !has_expressions(&text) {
            return Ok(value);
        }
        if text == written(name) {
            return match self.mode {
                Mode::Original => Ok(value.clone()),
                Mode::Null | Mode::Throw => Err(Error::new(
                    ErrorKind::Evaluation,
                    format!("the value of <+{0}> is <+{0}> itself", shown(name)),
                )),
            };
        }
        self.evaluate_text(&text, depth - 1)
    }

    /// Looks a name up: aliases first, then each prefix in turn. The first that is not null wins. `told` makes of a text that may quote
    /// the name what the trace shows.
    fn look_up(
        &self,
        name: &str,
        told: impl Fn(&str) -> String,
        depth: u32,
    ) -> Result<Value, Error> {
        let target = self.apply_aliases(name)?;
        let name = target.as_deref().unwrap_or(name);
        if target.is_some() && has_expressions(name) {
            return self.evaluate_text(name, depth.saturating_sub(1));
        }
        for prefix in &self.engine.prefixes {
            let program = if prefix.is_empty() {
                name.to_owned()
            } else {
                format!("{prefix}.{name}")
            };
            let result = self.run_program(&program);
            self.note(|| Event::Candidate {
                program: told(&program),
                answer: match &result {
                    Ok(value) => Answer::value(value),
                    Err(error) => Answer::error(error.kind, &told(&error.message)),
                },
            });
            match result {
                Ok(Value::Null) => {}
                Ok(value) => return Ok(value),
                Err(error) if is_swallowed(error.kind) => {}
                Err(error) => return Err(error),
            }
        }
        Ok(Value::Null)
    }

    /// The text an alias makes of `name`: the whole name, or the part before its first dot, is replaced until no alias
    /// fits.
    fn apply_aliases(&self, name: &str) -> Result<Option<String>, Error> {
        let mut current: Option<String> = None;
        for _ in 0..=MAX_ALIAS_STEPS {
            let text = current.as_deref().unwrap_or(name);
            let Some(next) = self.alias_of(text) else {
                return Ok(current);
            };
            self.note(|| Event::Alias {
                name: text.to_owned(),
                target: next.clone(),
            });
            current = Some(next);
        }
        Err(Error::new(
            ErrorKind::Evaluation,
            format!(
                "the alias in <+{}> leads to more than {MAX_ALIAS_STEPS} others, or to itself",
                shown(name)
            ),
        ))
    }

    fn alias_of(&self, text: &str) -> Option<String> {
        if let Some(target) = self.alias_target(text) {
            return Some(target.to_owned());
        }
        let (head, rest) = text.split_once('.')?;
        self.alias_target(head)
            .map(|target| format!("{target}.{rest}"))
    }

    fn alias_target(&self, name: &str) -> Option<&str> {
        if let Some(target) = self.engine.aliases.get(name) {
            return Some(target);
        }
        if !self.engine.pipeline_aliases {
            return None;
        }
        let alias = PIPELINE_ALIASES.iter().find(|alias| alias.name == name)?;
        let known = matches!(self.context.get(name), Ok(Some(_)));
        (!known).then_some(alias.target)
    }

    /// Takes `bytes` from the budget of this call.
    pub(crate) fn spend(&self, bytes: u64) -> Result<(), Error> {
        match self.work.get().checked_sub(bytes) {
            Some(left) => {
                self.work.set(left);
                Ok(())
            }
            None => Err(Error::new(
                ErrorKind::Limit,
                "the expressions lead to each other too often: the evaluation was stopped",
            )),
        }
    }

    /// Begins a step of the trace.
    pub(crate) fn enter(&self) {
        if let Some(tracer) = self.tracer {
            tracer.enter();
        }
    }

    /// Ends the step of the trace begun last.
    pub(crate) fn leave(&self, event: impl FnOnce() -> Event) {
        if let Some(tracer) = self.tracer {
            tracer.leave(event());
        }
    }

    /// Adds a step without inside to the trace.
    pub(crate) fn note(&self, event: impl FnOnce() -> Event) {
        if let Some(tracer) = self.tracer {
            tracer.note(event());
        }
    }
}

/// What programs see: scratch names, then the context, then functors.
impl Variables for Run<'_> {
    fn get(&self, name: &str) -> OpResult<Option<Value>> {
        if let Some(value) = self.scratch.borrow().get(name) {
            return Ok(Some(value.clone()));
        }
        if let Some(value) = self.context.get(name)? {
            return Ok(Some(value));
        }
        Ok(self.engine.host.set.root(name, &self.engine.host))
    }

    fn set(&self, name: &str, value: Value) -> OpResult<()> {
        self.scratch.borrow_mut().insert(name.into(), value);
        Ok(())
    }

    /// Java would call methods of its own context object here.
    fn call(&self, name: &str, arguments: &[Value]) -> OpResult<Option<Value>> {
        let is_context_method = match arguments {
            [Value::String(_)] => ["get", "has", "isFeatureFlagEnabled"].contains(&name),
            [Value::String(_), _] => name == "set",
            _ => false,
        };
        if is_context_method {
            return Err(Failure::refused(format!(
                "`{name}` is a method of the Java engine's own context object"
            )));
        }
        Ok(None)
    }
}

/// Whether Harness catches the exception behind this kind: the name is tried with the next prefix, or the text is a
/// hint. The others escape.
const fn is_swallowed(kind: ErrorKind) -> bool {
    kind.is_jexl_exception() || matches!(kind, ErrorKind::TemplateString)
}

/// The longest program that is searched for quotes, in bytes: every island in it costs time in its length.
const LONGEST_SEARCHED: usize = 16_384;

/// Whether a string in quotes is open at the end of a program.
fn ends_in_quotes(program: &str) -> bool {
    if program.len() > LONGEST_SEARCHED {
        return false;
    }
    let mut open = None;
    let mut characters = program.chars();
    while let Some(c) = characters.next() {
        match (open, c) {
            (Some(_), '\\') => {
                characters.next();
            }
            (Some(quote), c) if quote == c => open = None,
            (None, '"' | '\'') => open = Some(c),
            _ => {}
        }
    }
    open.is_some()
}

/// Whether Java takes a character for white space: not those that keep words together.
fn is_blank(c: char) -> bool {
    match c {
        '\u{1c}'..='\u{1f}' => true,
        '\u{85}' | '\u{a0}' | '\u{2007}' | '\u{202f}' => false,
        c => c.is_whitespace(),
    }
}

/// What Harness says about a text that fails as a program.
fn hint(text: &str, program: &Program, error: &Error) -> Error {
    let text = shown(text);
    let at_island = error
        .range
        .is_some_and(|range| program.starts_island(range.start()));
    let message = match error.kind {
        ErrorKind::Syntax if at_island => format!(
            "`{text}` cannot be read as an expression: an operator or text must stand before this value"
        ),
        ErrorKind::Syntax => format!(
            "`{text}` cannot be read as an expression: {}",
            error.message
        ),
        _ => format!(
            "`{text}` rests on something unresolved or on the wrong type: {}",
            error.message
        ),
    };
    Error {
        kind: ErrorKind::Hint,
        range: error.range,
        message,
    }
}

/// What a result is for the trace.
pub(crate) fn answer(result: &Result<Value, Error>) -> Answer {
    match result {
        Ok(value) => Answer::value(value),
        Err(error) => Answer::error(error.kind, &error.message),
    }
}
