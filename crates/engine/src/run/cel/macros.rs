//! The macros that go through a list: `all`, `exists`, `exists_one`, `filter`, `map`.

use pipewright_jexl::Value;
use pipewright_jexl::value::Unknown;
use pipewright_syntax::cel::{Expr, ExprKind};

use super::cause::CelCause;
use super::operators::{Kind, kind};
use super::{Outcome, Walk, undecided};
use crate::error::Error;

const MACROS: [&str; 6] = ["all", "exists", "existsOne", "exists_one", "filter", "map"];

pub(super) fn is_macro(name: &str) -> bool {
    MACROS.contains(&name)
}

impl Walk<'_> {
    /// Applies a macro to each element of a list. Of a map it is unknown: which keys the engine's maps have is not
    /// known.
    pub(super) fn apply_macro(&mut self, value: &Value, name: &str, arguments: &[Expr]) -> Outcome {
        let not_evaluated = || Value::unknown(CelCause::Function(name.into()));
        let (variable, condition, result) = match arguments {
            [variable, result] if name == "map" => (variable, None, Some(result)),
            [variable, condition, result] if name == "map" => {
                (variable, Some(condition), Some(result))
            }
            [variable, condition] => (variable, Some(condition), None),
            _ => return Ok(not_evaluated()),
        };
        let ExprKind::Name(variable) = &variable.kind else {
            return Ok(not_evaluated());
        };
        let Some(variable) = variable.name.as_text() else {
            return Ok(not_evaluated());
        };
        let items = match (kind(value), value) {
            (Kind::List(items), _) => items,
            (_, Value::Unknown(unknown)) => return Ok(Value::Unknown(unknown.clone())),
            _ => return Ok(not_evaluated()),
        };
        let mut chosen = Vec::new();
        for item in items.iter() {
            self.bound.push((variable.into(), item.clone()));
            let holds = condition.map(|condition| self.expr(condition));
            let made = result.map(|result| self.expr(result));
            self.bound.pop();
            chosen.push((item, holds, made));
        }
        match name {
            "map" | "filter" => list(chosen),
            _ => decided(name, chosen.into_iter().filter_map(|(_, holds, _)| holds)),
        }
    }
}

/// An element, whether the condition holds for it, and what is made of it.
type Chosen<'v> = (&'v Value, Option<Outcome>, Option<Outcome>);

fn list(chosen: Vec<Chosen<'_>>) -> Outcome {
    let mut values = Vec::new();
    for (item, holds, made) in chosen {
        match holds.transpose()? {
            None | Some(Value::Boolean(true)) => values.push(made.unwrap_or(Ok(item.clone()))?),
            Some(Value::Boolean(false)) => {}
            Some(other) => return undecided("filter", &other),
        }
    }
    Ok(Value::list(values))
}

/// `all`, `exists` and `exists_one` of what the condition is for each element.
fn decided(name: &str, outcomes: impl Iterator<Item = Outcome>) -> Outcome {
    let (mut holding, mut unknown, mut failed) = (0_usize, Vec::new(), None::<Error>);
    for outcome in outcomes {
        match (outcome, name) {
            (Err(error), _) if error.is_limit() => return Err(error),
            (Err(error), _) => failed = failed.or(Some(error)),
            (Ok(Value::Boolean(true)), "exists") => return Ok(Value::Boolean(true)),
            (Ok(Value::Boolean(false)), "all") => return Ok(Value::Boolean(false)),
            (Ok(Value::Boolean(holds)), _) => holding += usize::from(holds),
            (Ok(Value::Unknown(of)), _) => unknown.push(of),
            (Ok(other), _) => failed = failed.or(undecided(name, &other).err()),
        }
    }
    if let Some(unknown) = Unknown::all(&unknown) {
        return Ok(Value::Unknown(unknown));
    }
    match (failed, name) {
        (Some(error), _) => Err(error),
        (None, "all") => Ok(Value::Boolean(true)),
        (None, "exists") => Ok(Value::Boolean(false)),
        (None, _) => Ok(Value::Boolean(holding == 1)),
    }
}
