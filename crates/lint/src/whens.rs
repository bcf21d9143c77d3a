//! The conditions of `when`, and whether one holds wherever others do: read with every value that the names in them are
//! compared with, and another.

use std::cell::Cell;
use std::collections::{BTreeMap, BTreeSet, HashMap};

use pipewright_analysis::SiteValues;
use pipewright_engine::{Engine, MapContext, NoContext};
use pipewright_jexl::Value;
use pipewright_jexl::value::{Map, Table};
use pipewright_model::{NodeId, Pipeline, Site};
use pipewright_resolve::{Reference, Resolution, SiteText};
use pipewright_source::TextRange;
use pipewright_syntax::{Expr, ExprKind, is_runtime_input};
use pipewright_yaml as yaml;

use crate::placeholder::is_templated;
use crate::rule_context::RuleContext;

/// The most names that conditions may have together, and the most choices of their values that are tried for one
/// question and for one document.
const MOST_NAMES: usize = 6;
const MOST_CHOICES: usize = 512;
const MOST_OF_DOCUMENT: usize = 16 * 1024;

/// What stands for every value that no condition compares with.
const OTHER: &str = "\u{2026}";

/// The conditions of one document.
#[derive(Debug)]
pub(crate) struct Whens<'a> {
    file: RuleContext<'a>,
    pipeline: &'a Pipeline,
    resolution: &'a Resolution,
    /// The place of the site of each scalar.
    sites: HashMap<yaml::NodeId, usize>,
    /// How many choices may still be tried.
    left: Cell<usize>,
}

/// The condition of one `when`.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Condition<'a> {
    pub(crate) text: &'a str,
    pub(crate) site: &'a Site,
    parsed: &'a SiteText,
    /// The references in it.
    pub(crate) references: &'a [Reference],
}

/// Names and values for which some conditions hold and another does not.
pub(crate) type Choice = Vec<(String, Option<String>)>;

/// What is not known.
#[derive(Clone, Copy, Debug)]
pub(crate) struct NotKnown;

impl<'a> Whens<'a> {
    pub(crate) fn of(
        file: RuleContext<'a>,
        pipeline: &'a Pipeline,
        resolution: &'a Resolution,
    ) -> Self {
        let sites = pipeline.sites.iter().enumerate();
        Self {
            file,
            pipeline,
            resolution,
            sites: sites.map(|(place, site)| (site.yaml, place)).collect(),
            left: Cell::new(MOST_OF_DOCUMENT),
        }
    }

    /// The condition of a node, if it has one that can be read. An error where it has one that is not known: a runtime
    /// input, a text that another program fills in, no expression.
    pub(crate) fn condition(&self, node: NodeId) -> Result<Option<Condition<'a>>, NotKnown> {
        let node = self.pipeline.node(node);
        if node.when_is_open {
            return Err(NotKnown);
        }
        let Some(written) = node.when.as_ref().and_then(|when| when.condition.as_ref()) else {
            return Ok(None);
        };
        let text = &*written.text;
        if text.trim().is_empty() {
            return Ok(None);
        }
        if is_runtime_input(text) || is_templated(text) {
            return Err(NotKnown);
        }
        let place = *self.sites.get(&written.yaml).ok_or(NotKnown)?;
        let parsed = &*self.resolution.texts[place];
        if !matches!(&parsed.whole, Some(Ok(Some(whole))) if is_plain(whole)) {
            return Err(NotKnown);
        }
        let references = &self.resolution.references;
        let start = references.partition_point(|reference| reference.site < place);
        let end = references.partition_point(|reference| reference.site <= place);
        Ok(Some(Condition {
            text,
            site: &self.pipeline.sites[place],
            parsed,
            references: &references[start..end],
        }))
    }

    /// The names in a condition: what they lead to, where that is known, so that two ways to one thing are one name.
    pub(crate) fn names(&self, condition: &Condition<'a>) -> BTreeSet<String> {
        let islands = condition.parsed.template.roots();
        islands
            .map(|(_, range)| self.name(condition, range))
            .collect()
    }

    /// The name that an island stands for.
    fn name(&self, condition: &Condition<'a>, island: TextRange) -> String {
        let inner = TextRange::new(island.start() + 2, island.end() - 1);
        let whole = inner.slice(condition.text).trim();
        let is_all = |reference: &&Reference| {
            inner.contains_range(reference.range) && reference.range.len() as usize == whole.len()
        };
        let reference = condition.references.iter().find(is_all);
        let target = reference.and_then(|reference| self.resolution.target_name(reference));
        target.unwrap_or_else(|| whole.to_owned())
    }

    /// Values for which all of `hold` hold and `fails`, if there is one, does not. `None` if there are none.
    pub(crate) fn choice(
        &self,
        values: Option<&SiteValues>,
        hold: &[Condition<'a>],
        fails: Option<Condition<'a>>,
    ) -> Result<Option<Choice>, NotKnown> {
        let values = values.ok_or(NotKnown)?;
        if fails.is_some_and(|fails| hold.iter().any(|one| one.text.trim() == fails.text.trim())) {
            return Ok(None);
        }
        let all: Vec<Condition<'a>> = hold.iter().copied().chain(fails).collect();
        let candidates = self.candidates(values, &all)?;
        let count = candidates.values().map(Vec::len).product::<usize>();
        let left = self.left.get().checked_sub(count).ok_or(NotKnown)?;
        if candidates.len() > MOST_NAMES || count > MOST_CHOICES {
            return Err(NotKnown);
        }
        self.left.set(left);
        let engine = Engine::new();
        let value_of = |literal: &str| engine.evaluate(literal, &NoContext).map_err(|_| NotKnown);
        let literals: BTreeSet<&str> = candidates.values().flatten().map(String::as_str).collect();
        let known = literals
            .into_iter()
            .map(|literal| Ok((literal, value_of(literal)?)));
        let known: BTreeMap<&str, Value> = known.collect::<Result<_, NotKnown>>()?;
        let names: Vec<&str> = candidates.keys().map(String::as_str).collect();
        let programs = all.iter().map(|condition| self.program(condition, &names));
        let programs: Vec<String> = programs.collect::<Option<_>>().ok_or(NotKnown)?;
        let (holding, failing) = programs.split_at(hold.len());
        for number in 0..count {
            let chosen = chosen(&candidates, number);
            let mut table = Table::default();
            for (place, name) in names.iter().enumerate() {
                table.insert_text(
                    variable(place).as_str().into(),
                    known[chosen[*name]].clone(),
                );
            }
            let context = MapContext::new(Map::new(table));
            let holds = |program: &String| match engine.evaluate(program.as_str(), &context) {
                Ok(Value::Boolean(truth)) => Some(truth),
                _ => None,
            };
            let all_hold = holding.iter().all(|program| holds(program) == Some(true));
            let none_fails = failing.iter().any(|program| holds(program) != Some(false));
            if all_hold && !none_fails {
                let names = fails.map(|fails| self.names(&fails)).unwrap_or_default();
                let told = chosen.into_iter().filter(|(name, _)| names.contains(name));
                let told = told.map(|(name, value)| {
                    let is_other = value.contains(OTHER);
                    (name, (!is_other).then(|| value.to_owned()))
                });
                return Ok(Some(told.collect()));
            }
        }
        Ok(None)
    }

    /// The values of each name as they are written in an expression: the one it has in every run, or those that it is
    /// compared with and another.
    fn candidates(
        &self,
        values: &SiteValues,
        conditions: &[Condition<'a>],
    ) -> Result<BTreeMap<String, Vec<String>>, NotKnown> {
        let mut compared: BTreeMap<String, BTreeSet<String>> = BTreeMap::new();
        for condition in conditions {
            let mut literals = Vec::new();
            if let Some(Ok(Some(whole))) = &condition.parsed.whole {
                whole.walk(&mut |part| literals.extend(literal(condition.text, part)));
            }
            for name in self.names(condition) {
                compared.entry(name).or_default().extend(literals.clone());
            }
        }
        let profile = self.file.profile();
        let mut candidates: BTreeMap<String, Vec<String>> = BTreeMap::new();
        for condition in conditions {
            for (_, island) in condition.parsed.template.roots() {
                let name = self.name(condition, island);
                let expression = island.slice(condition.text);
                let value = values.value_of(expression, condition.site, profile);
                let known = match value.ok_or(NotKnown)?.value.map_err(|_| NotKnown)? {
                    Value::Unknown(_) => None,
                    Value::Null => Some("null".to_owned()),
                    Value::String(text) => Some(quoted(&text.to_str())),
                    value @ (Value::Boolean(_) | Value::Integer(_)) => {
                        Some(value.text().map_err(|_| NotKnown)?.to_str().into_owned())
                    }
                    _ => return Err(NotKnown),
                };
                let all = || {
                    let literals = compared.get(&name).into_iter().flatten().cloned();
                    std::iter::once(quoted(OTHER)).chain(literals).collect()
                };
                let of_name = known.map_or_else(all, |known| vec![known]);
                let before = candidates.insert(name, of_name.clone());
                // One name with two values in one run is read at two moments.
                if before.is_some_and(|before| before != of_name) {
                    return Err(NotKnown);
                }
            }
        }
        Ok(candidates)
    }

    /// A condition with a variable in place of each of `names`, as the engine puts it together: compiled once for all
    /// choices.
    fn program(&self, condition: &Condition<'a>, names: &[&str]) -> Option<String> {
        let mut program = "true && (".to_owned();
        let mut copied = 0;
        for (_, island) in condition.parsed.template.roots() {
            let name = self.name(condition, island);
            let place = names.iter().position(|one| *one == name)?;
            program.push_str(TextRange::new(copied, island.start()).slice(condition.text));
            program.push_str(&variable(place));
            copied = island.end();
        }
        program.push_str(condition.text.get(copied as usize..)?);
        program.push(')');
        Some(program)
    }
}

/// What stands in a program for the name at that place of the list.
fn variable(place: usize) -> String {
    format!("choice_{place}")
}

/// The choice of that number.
fn chosen(candidates: &BTreeMap<String, Vec<String>>, number: usize) -> BTreeMap<String, &str> {
    let mut rest = number;
    let choices = candidates.iter().map(|(name, values)| {
        let value = values[rest % values.len()].as_str();
        rest /= values.len();
        (name.clone(), value)
    });
    choices.collect()
}

/// A literal of a condition, as it is written; of a number also those beside it.
fn literal(text: &str, part: &Expr) -> Vec<String> {
    match &part.kind {
        ExprKind::Str(_) | ExprKind::Bool(_) => vec![part.range.slice(text).to_owned()],
        ExprKind::Number(_) => match part.range.slice(text).parse::<i32>() {
            Ok(number) => [number.saturating_sub(1), number, number.saturating_add(1)]
                .map(|number| number.to_string())
                .to_vec(),
            Err(_) => vec![part.range.slice(text).to_owned()],
        },
        _ => Vec::new(),
    }
}

fn quoted(text: &str) -> String {
    format!("\"{}\"", text.replace('\\', "\\\\").replace('"', "\\\""))
}

/// Whether a value may be written in place of every island of a condition: none stands in a text or is a part of a
/// name.
fn is_plain(condition: &Expr) -> bool {
    let mut is_plain = true;
    condition.walk(&mut |part| {
        is_plain &= match &part.kind {
            ExprKind::Str(literal) => literal.as_text().is_some(),
            ExprKind::Name(name) => name.as_text().is_some() || name.as_island().is_some(),
            ExprKind::Assign { .. } | ExprKind::Lambda { .. } | ExprKind::TemplateString(_) => {
                false
            }
            _ => true,
        };
    });
    is_plain
}
