//! Where a variable, an input or an output is declared, as the paths of settings have it.

use pipewright_resolve::Name;

use crate::node_settings::last_key;

/// What declares a name, in the path of a setting: `variables[env]` of `variables[env].value`, `inputs.env` of
/// `inputs.env.default`, `spec.outputVariables[tag]` of `spec.outputVariables[tag].type`.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Element<'p> {
    /// Up to the name: `variables[`.
    before: &'p str,
    /// From the end of the name: `].value`.
    after: &'p str,
}

impl<'p> Element<'p> {
    /// The part of a path that declares a name. `None` where the path is of something else.
    pub(crate) fn in_path(path: &'p str, name: &Name) -> Option<Self> {
        let [.., list, name] = name.parts.as_slice() else {
            return None;
        };
        let keys: &[&str] = match &**list {
            // Steps of v1 declare them under a shorter key.
            "outputVariables" => &["outputVariables", "output"],
            "output" => &["outputs"],
            list => &[list],
        };
        let found = keys.iter().find_map(|key| {
            [('[', "]"), ('.', "")].iter().find_map(|(open, close)| {
                let wanted = format!("{key}{open}{name}{close}");
                let start = path.match_indices(&wanted).find_map(|(at, _)| {
                    let (outer, inner) = (&path[..at], &path[at + wanted.len()..]);
                    let is_whole = outer.is_empty() || outer.ends_with('.');
                    let is_ended = inner.is_empty() || inner.starts_with(['.', '[']);
                    (is_whole && is_ended).then_some(at)
                });
                start.map(|start| (start + key.len() + open.len_utf8(), name.len()))
            })
        });
        found.map(|(at, length)| Self {
            before: &path[..at],
            after: &path[at + length..],
        })
    }

    /// The path with another name.
    pub(crate) fn named(&self, name: &str) -> String {
        format!("{}{name}{}", self.before, self.after)
    }
}

/// Whether a setting of what declares a name holds the name itself.
pub(crate) fn is_named_by(path: &str) -> bool {
    matches!(last_key(path), "name" | "alias") || path.ends_with(']')
}
