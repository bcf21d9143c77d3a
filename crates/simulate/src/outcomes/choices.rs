//! The values worth trying for each name that a condition rests on.

use std::collections::{BTreeMap, BTreeSet, HashSet};

use pipewright_context::{Given, Moment, RunPlace};
use pipewright_engine::{Condition, InputValidator, Truth};
use pipewright_jexl::{Json, Value};
use pipewright_model::{ActionKind, FailureAction, Node};
use pipewright_syntax::{ModifierKind, parse_runtime_input};

use super::Chosen;
use super::atoms::{Literals, atoms};
use super::sample::sample;
use crate::layout::Entry;
use crate::program::Program;
use crate::walk::loop_condition;

/// How many values are tried for one name, apart from the one that differs from all.
const MAX_VALUES: usize = 8;

/// How many parts of conditions are asked for the names they rest on.
const MAX_ASKED: usize = 20_000;

/// The values worth trying, by name.
#[derive(Debug, Default)]
pub(super) struct Choices(BTreeMap<String, Choice>);

/// The values worth trying for one name.
#[derive(Clone, PartialEq, Eq, Debug)]
pub(super) struct Choice {
    /// `None` is null.
    values: Vec<Option<String>>,
    /// Whether a value that differs from all of them may lead elsewhere.
    is_open: bool,
    /// Whether all conditions only ask whether it is one of the values.
    is_exact: bool,
    /// How many were left out.
    pub(super) left_out: usize,
}

impl Choices {
    /// Looks through the conditions of a pipeline.
    pub(super) fn new(program: &Program<'_>, given: &Given) -> Self {
        let mut choices = Self::default();
        let mut asked = 0;
        let mut nodes = HashSet::new();
        for entry in &program.layout.entries {
            if !nodes.insert(entry.node) {
                continue;
            }
            for condition in conditions(program, entry) {
                let mut by_part = BTreeSet::new();
                for atom in atoms(&condition) {
                    asked += 1;
                    if asked > MAX_ASKED {
                        break;
                    }
                    let mut needs = needs(program, given, entry, &atom.text);
                    // The whole comes last: it stands for names that are only known there.
                    needs.retain(|name| atom.text != condition || !by_part.contains(name));
                    choices.add(&needs, &atom.literals);
                    by_part.extend(needs);
                }
            }
        }
        choices.take_inputs(program);
        choices.limit();
        choices
    }

    pub(super) fn of(&self, name: &str) -> Option<&Choice> {
        self.0.get(name)
    }

    /// The values to try for a name: those that conditions compare with, one that differs from all, and null. None
    /// where no condition tells which.
    pub(super) fn chosen(&self, name: &str) -> Vec<Chosen> {
        let Some(choice) = self.of(name) else {
            return Vec::new();
        };
        let chosen = |value, is_any_other| Chosen {
            name: name.to_owned(),
            value,
            is_any_other,
        };
        let (null, values): (Vec<Json>, Vec<Json>) =
            choice.values().partition(|value| *value == Json::Null);
        let values = values.into_iter().map(|value| chosen(value, false));
        let other = choice.other().map(|value| chosen(value, true));
        let null = null.into_iter().map(|value| chosen(value, false));
        values.chain(other).chain(null).collect()
    }

    fn add(&mut self, needs: &[String], literals: &Literals) {
        for name in needs {
            let choice = self.0.entry(name.clone()).or_default();
            choice.add(literals, needs.len());
        }
    }

    /// Keeps to what runtime inputs accept.
    fn take_inputs(&mut self, program: &Program<'_>) {
        let tree = program.prepared.tree();
        for id in program.pipeline.ids() {
            let node = program.pipeline.node(id);
            for variable in &node.variables {
                let Some(text) = variable.value.and_then(|value| tree.text(value)) else {
                    continue;
                };
                let name = program.prepared.names().fqn(id) + ".variables." + &variable.name.text;
                if let Some(choice) = self.0.get_mut(&name) {
                    choice.keep_to(text, &name);
                }
            }
        }
    }

    fn limit(&mut self) {
        for choice in self.0.values_mut() {
            choice.left_out = choice.values.len().saturating_sub(MAX_VALUES);
            choice.values.truncate(MAX_VALUES);
        }
    }
}

impl Default for Choice {
    fn default() -> Self {
        Self {
            values: Vec::new(),
            is_open: false,
            is_exact: true,
            left_out: 0,
        }
    }
}

impl Choice {
    fn add(&mut self, literals: &Literals, names: usize) {
        for text in &literals.texts {
            // What a method takes may be a pattern, too.
            let is_pattern = literals.patterns.contains(text);
            if (is_pattern || literals.calls)
                && let Some(matched) = sample(text)
            {
                self.insert(Some(matched));
            }
            if !is_pattern {
                self.insert(Some(text.clone()));
            }
        }
        self.is_exact &= !literals.calls && !literals.orders && literals.patterns.is_empty();
        for number in &literals.numbers {
            let around = i64::from(literals.orders);
            for value in number.saturating_sub(around)..=number.saturating_add(around) {
                self.insert(Some(value.to_string()));
            }
        }
        if literals.has_null {
            self.insert(None);
        }
        let compares = !literals.texts.is_empty() || !literals.numbers.is_empty();
        if literals.asks_for_size && !compares {
            self.insert(Some(String::new()));
        }
        if compares || literals.has_null || literals.asks_for_size {
            self.is_open |= literals.calls || !literals.orders;
        } else if names > 1 {
            // They are compared with each other.
            self.insert(Some("same".to_owned()));
            self.is_open = true;
        } else {
            self.insert(Some("true".to_owned()));
            self.insert(Some("false".to_owned()));
        }
    }

    fn insert(&mut self, value: Option<String>) {
        if !self.values.contains(&value) {
            self.values.push(value);
        }
    }

    /// Keeps to what the runtime input `text` of that name accepts.
    fn keep_to(&mut self, text: &str, name: &str) {
        let Some(input) = parse_runtime_input(text) else {
            return;
        };
        let arguments = |kind: ModifierKind| {
            let mut modifiers = input.modifiers.iter();
            let modifier = modifiers.find(|modifier| modifier.kind == kind)?;
            Some(modifier.arguments?.slice(text))
        };
        let Some(allowed) = arguments(ModifierKind::AllowedValues) else {
            return;
        };
        let validator = InputValidator::AllowedValues(allowed);
        self.values.retain(|value| {
            let value = value.as_deref().map_or(Value::Null, Value::from);
            validator.check(name, &value).is_ok()
        });
        if !self.is_open && !self.values.is_empty() {
            return;
        }
        let others = allowed
            .split(',')
            .map(|value| Some(value.trim().to_owned()));
        let others = others.filter(|other| !self.values.contains(other));
        // Of those that no condition asks for by themselves one stands for all.
        let count = if self.is_exact { 1 } else { usize::MAX };
        let others: Vec<_> = others.take(count).collect();
        self.values.extend(others);
        self.is_open = false;
    }

    /// The values that conditions compare with.
    pub(super) fn values(&self) -> impl ExactSizeIterator<Item = Json> {
        let values = self.values.iter();
        values.map(|value| value.clone().map_or(Json::Null, Json::String))
    }

    /// A value that differs from all of them; `None` where it leads nowhere else.
    pub(super) fn other(&self) -> Option<Json> {
        if !self.is_open {
            return None;
        }
        let numbers = self.values.iter().map(|value| value.as_ref()?.parse().ok());
        let numbers: Option<Vec<i64>> = numbers.collect();
        let greatest = numbers.and_then(|numbers| numbers.into_iter().max());
        if let Some(greatest) = greatest {
            return Some(Json::String(greatest.saturating_add(1).to_string()));
        }
        let made_up = (1..).map(|number| match number {
            1 => "other".to_owned(),
            number => format!("other{number}"),
        });
        let mut made_up = made_up.take(self.values.len() + 1);
        let other = made_up.find(|other| !self.values.contains(&Some(other.clone())));
        other.map(Json::String)
    }
}

/// The texts of all conditions written at a node: whether it runs, loops, or is tried again.
fn conditions(program: &Program<'_>, entry: &Entry) -> Vec<String> {
    let node = program.pipeline.node(entry.node);
    let predicate = program.predicates.of(entry.node).condition.as_ref();
    let of_loop = loop_condition(program.prepared.tree(), node.yaml);
    let when = predicate.map(|condition| condition.predicate().text().to_owned());
    let mut all: Vec<String> = when.into_iter().chain(of_loop.map(str::to_owned)).collect();
    all.extend(of_retries(node));
    all
}

fn of_retries(node: &Node) -> Vec<String> {
    let strategies = node.failure_strategies.iter();
    let entries = strategies.flat_map(|strategies| strategies.entries.items());
    let actions = entries.filter_map(|entry| entry.action.as_ref());
    let condition = |action: &FailureAction| match &action.kind {
        ActionKind::Retry(retry) => Some(retry.condition.as_ref()?.text.to_string()),
        _ => None,
    };
    actions.filter_map(condition).collect()
}

/// The names that would decide a part of a condition.
fn needs(program: &Program<'_>, given: &Given, entry: &Entry, text: &str) -> Vec<String> {
    let mut place = RunPlace::instance(entry.node, entry.turns.to_vec());
    place.given = given.clone();
    let context = program.prepared.at_moment(&place, Moment::Starting);
    let (Ok(context), Ok(condition)) = (context, Condition::new(text)) else {
        return Vec::new();
    };
    let engine = program.prepared.engine();
    match engine.condition(condition.predicate(), &context) {
        Ok(Truth::Unknown(unknown)) => unknown.needs().map(str::to_owned).collect(),
        _ => Vec::new(),
    }
}
