//! The language of a script (`spec/model.md` §1.3).

use pipewright_yaml::{NodeId, Tree};

use crate::{PathSegment, Pipeline, Site, SiteKind};

/// What runs a script, as far as it decides what its text means.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
#[non_exhaustive]
pub enum ScriptLanguage {
    /// A shell of the Bourne family.
    Shell,
    /// Windows PowerShell or its successor.
    PowerShell,
    /// Python.
    Python,
}

impl ScriptLanguage {
    /// The language behind the text of a `shell` key, in any letter case.
    fn named(shell: &str) -> Option<Self> {
        match shell.to_ascii_lowercase().as_str() {
            "sh" | "bash" => Some(Self::Shell),
            "powershell" | "pwsh" => Some(Self::PowerShell),
            "python" => Some(Self::Python),
            _ => None,
        }
    }
}

impl Pipeline {
    /// The language of the script at a site, which was read from `tree`: what the nearest `shell` around it inside its
    /// node says, or without one a shell, as in every type of step. `None` where it is no script, or `shell` is filled
    /// in later.
    pub fn script_language(&self, tree: &Tree, site: &Site) -> Option<ScriptLanguage> {
        if site.kind != SiteKind::Script {
            return None;
        }
        let start = self.node(site.node).yaml;
        let around = site.path.iter().scan(start, |at, segment| {
            let outer = *at;
            *at = below(tree, outer, segment)?;
            Some(outer)
        });
        let shells = around.filter_map(|mapping| tree.find(mapping, "shell"));
        match shells.last() {
            Some(shell) => ScriptLanguage::named(tree.text(shell)?),
            None => Some(ScriptLanguage::Shell),
        }
    }
}

/// What a key or an index leads to.
fn below(tree: &Tree, id: NodeId, segment: &PathSegment) -> Option<NodeId> {
    match segment {
        PathSegment::Key(key) => tree.find(id, key),
        PathSegment::Index(index) => tree.items(id).get(*index as usize).copied(),
    }
}

#[cfg(test)]
mod tests {
    use pipewright_source::FileId;

    use super::*;
    use crate::documents;

    /// The languages of the scripts of a step of this type with this `spec`.
    fn languages(of_type: &str, spec: &str) -> Vec<Option<ScriptLanguage>> {
        let text = format!(
            "pipeline: {{ stages: [{{ stage: {{ spec: {{ execution: {{ steps: [{{ step: {{ type: {of_type}, spec: {spec} }} }}] }} }} }} }}] }}"
        );
        let tree = pipewright_yaml::parse(FileId(0), &text);
        let documents = documents(&tree);
        let pipeline = documents[0].pipeline().unwrap();
        let scripts = pipeline.sites.iter();
        let scripts = scripts.filter(|site| site.kind == SiteKind::Script);
        scripts
            .map(|site| pipeline.script_language(&tree, site))
            .collect()
    }

    #[test]
    fn the_nearest_shell_names_the_language() {
        use ScriptLanguage::{PowerShell, Python, Shell};
        assert_eq!(languages("Run", "{ command: ls }"), [Some(Shell)]);
        assert_eq!(
            languages("Run", "{ shell: Pwsh, command: ls }"),
            [Some(PowerShell)]
        );
        assert_eq!(
            languages("Run", "{ shell: PYTHON, command: ls }"),
            [Some(Python)]
        );
        assert_eq!(languages("Run", "{ shell: <+input>, command: ls }"), [None]);
        let inline = "{ source: { type: Inline, spec: { script: ls } }";
        assert_eq!(
            languages("ShellScript", &format!("{inline} }}")),
            [Some(Shell)]
        );
        assert_eq!(
            languages("ShellScript", &format!("{inline}, shell: PowerShell }}")),
            [Some(PowerShell)]
        );
        let unit = |shell| {
            format!(
                "{{ type: Script, spec: {{ shell: {shell}, source: {{ spec: {{ script: ls }} }} }} }}"
            )
        };
        let units = format!(
            "{{ commandUnits: [{}, {}] }}",
            unit("Bash"),
            unit("PowerShell")
        );
        assert_eq!(
            languages("Command", &units),
            [Some(Shell), Some(PowerShell)]
        );
    }
}
