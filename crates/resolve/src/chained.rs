//! Chained pipeline stages as the parent sees them (`spec/model.md` §4): the child runs as a run of its own, so nothing
//! of it is a node of the parent. What the parent reads of it are the outputs that the stage declares.

use pipewright_model::Node;
use pipewright_yaml::Tree;

/// The names of the outputs that a chained stage declares. `None` where there may be more than the file tells, and
/// for every other node.
pub(crate) fn declared_outputs<'t>(tree: &'t Tree, node: &Node) -> Option<Vec<&'t str>> {
    if !node.is_chained() || node.template.is_some() {
        return None;
    }
    let spec = tree.find(node.yaml, "spec")?;
    if !tree.is_mapping(spec) {
        return None;
    }
    let Some(list) = tree.find(spec, "outputs") else {
        return Some(Vec::new());
    };
    if !tree.is_sequence(list) {
        return None;
    }
    let names = tree.items(list).iter().map(|item| {
        let name = tree.text(tree.find(*item, "name")?)?;
        (!name.contains("<+")).then_some(name)
    });
    names.collect()
}
