//! Looking a name up: aliases, then the prefixes (`spec/engine.md` §3).

use pipewright_jexl::{ErrorKind, Value};

use crate::aliases::PIPELINE_ALIASES;
use crate::error::Error;
use crate::limits::MAX_ALIAS_STEPS;
use crate::run::Run;
use crate::run::execute::is_swallowed;
use crate::template::has_expressions;
use crate::trace::{Answer, Event, shown};

impl Run<'_> {
    /// Looks a name up: aliases first, then each prefix in turn. The first that is not null wins. `told` makes of a
    /// text that may quote the name what the trace shows.
    pub(super) fn look_up(
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
        for prefix in &self.core.prefixes {
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
        if let Some(target) = self.core.aliases.get(name) {
            return Some(target);
        }
        if !self.core.pipeline_aliases {
            return None;
        }
        let alias = PIPELINE_ALIASES.iter().find(|alias| alias.name == name)?;
        let known = matches!(self.context.get(name), Ok(Some(_)));
        (!known).then_some(alias.target)
    }
}
