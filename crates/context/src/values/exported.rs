//! `exportedVariables.getValue("scope.alias.variable")`: what steps export under an alias (`spec/engine.md` §5.1,
//! `spec/model.md` §3.4).

use std::any::Any;
use std::sync::Arc;

use pipewright_jexl::value::{JavaString, Object};
use pipewright_jexl::{Failure, OpResult, Value};
use pipewright_model::{NodeId, NodeKind};

use crate::lazy_map::name_of;
use crate::state::PositionState;
use crate::{NullCause, UnknownCause};

/// The scopes: as they are asked for, as steps name them, and the node that holds what is exported there.
const SCOPES: [(&str, &str, NodeKind); 3] = [
    ("pipeline", "Pipeline", NodeKind::Pipeline),
    ("stage", "Stage", NodeKind::Stage),
    ("stepGroup", "StepGroup", NodeKind::StepGroup),
];

/// The root as a reader sees it.
#[derive(Debug)]
pub(crate) struct Exported(pub(crate) Arc<PositionState>);

impl Exported {
    /// Its name.
    pub(crate) const ROOT: &str = "exportedVariables";

    /// What `getValue` gives: the value of a variable, or of an alias as a whole.
    fn value(&self, asked: &str) -> Value {
        let state = &self.0;
        let name = format!("{}.{asked}", Self::ROOT);
        let parts: Vec<&str> = asked.split('.').collect();
        let (word, alias, variable) = match parts.as_slice() {
            [word, alias] => (*word, *alias, None),
            [word, alias, variable] => (*word, *alias, Some(*variable)),
            _ => {
                return state.null(&name, NullCause::NoExportName);
            }
        };
        let Some((_, scope, kind)) = SCOPES.iter().find(|(known, ..)| *known == word) else {
            return state.null(&name, NullCause::NoExportScope);
        };
        if let Some(found) = state.given.find(&name) {
            return state.given_value(&name, found);
        }
        let steps = self.exporting(scope, *kind, alias);
        match (steps.as_slice(), variable) {
            ([], _) => state.unknown(&name, UnknownCause::NotExported(alias.to_owned())),
            ([step], Some(variable)) => self
                .output(*step, variable)
                .unwrap_or_else(|| state.unknown(&name, self.exported_by(&steps))),
            _ => state.unknown(&name, self.exported_by(&steps)),
        }
    }

    /// The steps that export an alias to a scope around the reader.
    fn exporting(&self, scope: &str, kind: NodeKind, alias: &str) -> Vec<NodeId> {
        let contents = &self.0.contents;
        let (tree, pipeline) = (&contents.tree, &contents.pipeline);
        let is_around = |node| pipeline.is_around(node, self.0.node);
        let exports = |step: &NodeId| {
            let of_step = pipeline.node(*step);
            let declared = tree
                .find(of_step.yaml, "spec")
                .and_then(|spec| tree.find(spec, "outputAlias"));
            let says = |key, wanted| {
                let said = declared.and_then(|alias| tree.text(tree.find(alias, key)?));
                said == Some(wanted)
            };
            of_step.kind == NodeKind::Step
                && says("key", alias)
                && says("scope", scope)
                && pipeline.enclosing(*step, kind).is_some_and(is_around)
        };
        pipeline.ids().filter(exports).collect()
    }

    /// What is given for an output variable of a step by the step's own name.
    fn output(&self, step: NodeId, variable: &str) -> Option<Value> {
        let path = self.0.path_of(step);
        let path = path
            .member("output")
            .member("outputVariables")
            .member(variable);
        self.0.given_at(&path)
    }

    fn exported_by(&self, steps: &[NodeId]) -> UnknownCause {
        let name = |step: &NodeId| self.0.contents.names.fqn(*step);
        UnknownCause::ExportedBy(steps.iter().map(name).collect())
    }
}

impl Object for Exported {
    fn type_name(&self) -> &'static str {
        "Map"
    }

    fn text(&self) -> OpResult<JavaString> {
        Err(Failure::Unknown(UnknownCause::WholeOfRun.of(Self::ROOT)))
    }

    fn property(&self, key: &Value) -> OpResult<Option<Value>> {
        let state = &self.0;
        let Some(name) = name_of(key).map(|name| format!("{}.{name}", Self::ROOT)) else {
            return Ok(None);
        };
        Ok(Some(match state.given.find(&name) {
            Some(found) => state.given_value(&name, found),
            None => state.null(&name, NullCause::ReadByMethod),
        }))
    }

    fn call(&self, method: &str, arguments: &[Value]) -> OpResult<Option<Value>> {
        match (method, arguments) {
            ("getValue", [asked]) => Ok(name_of(asked).map(|asked| self.value(&asked))),
            _ => Ok(None),
        }
    }

    fn as_any(&self) -> &dyn Any {
        self
    }
}
