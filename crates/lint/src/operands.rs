//! What is known of the operands of an operator: whether they are numbers, and texts that look like numbers.

use pipewright_jexl::Value;
use pipewright_resolve::{Member, Reference};
use pipewright_source::TextRange;
use pipewright_syntax::{Expr, ExprKind, IslandId};

use crate::expressions::without_parentheses;
use crate::run_numbers::{is_count, is_field};
use crate::sites::SiteContext;

/// What an operand is, as far as it is sure.
#[derive(Clone, PartialEq, Eq, Debug)]
pub(crate) enum Operand {
    /// A number.
    Number,
    /// This text.
    Text(String),
    /// A text that only a run can tell: a variable of type String, an output variable.
    SomeText,
}

impl SiteContext<'_> {
    /// What an operand is; `None` where that is not sure.
    pub(crate) fn operand(&self, operand: &Expr) -> Option<Operand> {
        match &without_parentheses(operand).kind {
            ExprKind::Number(_) => return Some(Operand::Number),
            ExprKind::Str(text) => return Some(Operand::Text(text.as_text()?.to_owned())),
            _ => {}
        }
        let reference = self.reference(operand)?;
        self.read(operand.range, reference)
    }

    /// Whether an island is a number.
    pub(crate) fn is_number(&self, island: IslandId) -> bool {
        let island = self.parsed.template.get(island);
        island.is_some_and(|island| {
            let read = self.reference_at(island.inner);
            let read = read.and_then(|reference| self.read(island.range, reference));
            read == Some(Operand::Number)
        })
    }

    /// What the name at a range is.
    fn read(&self, range: TextRange, reference: &Reference) -> Option<Operand> {
        match self.value_of(range)?.value {
            Ok(Value::String(text)) => Some(Operand::Text(text.to_str().into_owned())),
            Ok(value) if value.is_number() => Some(Operand::Number),
            Ok(Value::Unknown(_)) => self.class_of(reference),
            _ => None,
        }
    }

    /// What a name is whose value only a run can tell.
    fn class_of(&self, reference: &Reference) -> Option<Operand> {
        let Some(target) = reference.verdict.target() else {
            let is_iteration = ["strategy.iteration", "strategy.iterations"];
            return is_iteration
                .contains(&&*reference.path())
                .then_some(Operand::Number);
        };
        let last = reference.segments.last()?.name()?;
        match target.member {
            Member::Variable(place) => {
                let variables = &self.pipeline.node(target.node).variables;
                let variable = variables.get(place as usize)?;
                match &*variable.type_name.as_ref()?.text {
                    "String" => Some(Operand::SomeText),
                    "Number" => Some(Operand::Number),
                    _ => None,
                }
            }
            Member::Output => {
                let mut names = reference.segments.iter();
                let is_variable = names.any(|segment| segment.name() == Some("outputVariables"));
                is_variable.then_some(Operand::SomeText)
            }
            Member::RunTime => (is_count(last) || is_field(last)).then_some(Operand::Number),
            _ => None,
        }
    }
}

impl Operand {
    /// Whether it is a text that is a number, or may be one as far as anyone can tell.
    pub(crate) fn may_be_numeric_text(&self) -> bool {
        match self {
            Self::Number => false,
            Self::Text(text) => is_numeric(text),
            Self::SomeText => true,
        }
    }
}

/// Whether a text looks like a number.
fn is_numeric(text: &str) -> bool {
    let digits = text.trim().trim_start_matches('-');
    let is_digit = |c: char| c.is_ascii_digit() || c == '.';
    digits.starts_with(|c: char| c.is_ascii_digit()) && digits.chars().all(is_digit)
}
