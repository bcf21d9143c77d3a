//! The variables that a file declares, by name.

use std::cell::OnceCell;

use foldhash::HashMap;
use pipewright_model::Variable;

use crate::rule_context::RuleContext;

/// The variables of a file: read off when the first is asked for.
#[derive(Debug)]
pub(crate) struct Variables<'a> {
    context: RuleContext<'a>,
    by_name: OnceCell<HashMap<&'a str, Vec<&'a Variable>>>,
}

impl<'a> RuleContext<'a> {
    /// Every variable that the file declares, in the order of the file.
    pub(crate) fn variables(self) -> impl Iterator<Item = &'a Variable> {
        let nodes = self.pipelines().flat_map(|pipeline| &pipeline.nodes);
        let variables = nodes.flat_map(|node| &node.variables);
        variables.filter(|variable| !variable.is_given)
    }
}

impl<'a> Variables<'a> {
    pub(crate) fn of(context: RuleContext<'a>) -> Self {
        Self {
            context,
            by_name: OnceCell::new(),
        }
    }

    /// The variables of that name, in the order of the file.
    pub(crate) fn named(&self, name: &str) -> &[&'a Variable] {
        self.by_name().get(name).map_or(&[], Vec::as_slice)
    }

    /// The names that are declared, in no order.
    pub(crate) fn names(&self) -> impl Iterator<Item = &'a str> {
        self.by_name().keys().copied()
    }

    /// The text that a path such as `pipeline.variables.x` comes to, if every variable of that name has the same one in
    /// every run.
    pub(crate) fn fixed_text(&self, path: &str) -> Option<&'a str> {
        let (holder, name) = path.rsplit_once('.')?;
        let is_variable = holder
            .strip_suffix(".variables")
            .is_some_and(|root| matches!(root, "pipeline" | "stage" | "stepGroup"));
        let named = if is_variable { self.named(name) } else { &[] };
        let (first, others) = named.split_first()?;
        let text = self.text_of(first)?;
        let is_same = |other: &&Variable| self.text_of(other) == Some(text);
        others.iter().all(is_same).then_some(text)
    }

    /// The text of a variable without expressions in it.
    fn text_of(&self, variable: &Variable) -> Option<&'a str> {
        let of_type = variable.type_name.as_ref();
        let text = self.context.tree().text(variable.value?)?;
        let is_text = of_type.is_none_or(|of_type| &*of_type.text == "String");
        (is_text && !text.contains("<+")).then_some(text)
    }

    fn by_name(&self) -> &HashMap<&'a str, Vec<&'a Variable>> {
        self.by_name.get_or_init(|| {
            let mut by_name: HashMap<&str, Vec<&Variable>> = HashMap::default();
            for variable in self.context.variables() {
                by_name
                    .entry(&variable.name.text)
                    .or_default()
                    .push(variable);
            }
            by_name
        })
    }
}

/// Whether a variable is declared as a number.
pub(crate) fn is_number(variable: &Variable) -> bool {
    let type_name = variable.type_name.as_ref();
    type_name.is_some_and(|name| &*name.text == "Number")
}
