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
        let by_name = self.by_name.get_or_init(|| {
            let mut by_name: HashMap<&str, Vec<&Variable>> = HashMap::default();
            for variable in self.context.variables() {
                by_name
                    .entry(&variable.name.text)
                    .or_default()
                    .push(variable);
            }
            by_name
        });
        by_name.get(name).map_or(&[], Vec::as_slice)
    }
}

/// Whether a variable is declared as a number.
pub(crate) fn is_number(variable: &Variable) -> bool {
    let type_name = variable.type_name.as_ref();
    type_name.is_some_and(|name| &*name.text == "Number")
}
