//! Positions by a place in the file.

use pipewright_model::{NodeId, Site};
use pipewright_source::FileId;
use pipewright_yaml as yaml;

use super::RunPlace;
use crate::PreparedPipeline;

/// The keys behind which a node is written in its list.
const WRAPPERS: [&str; 4] = ["stage:", "stepGroup:", "step:", "pipeline:"];

impl PreparedPipeline {
    /// The place at an offset of a file with this text: the setting that is written there, or else the innermost node
    /// around it; on the line of `- step:` and its like the node behind it. `None` where the pipeline is not around it.
    pub fn place_at(&self, file: FileId, text: &str, offset: u32) -> Option<RunPlace> {
        let offset = behind_indentation(text, offset).unwrap_or(offset);
        let is_at = |yaml| self.covers(yaml, file, offset);
        let mut sites = self.pipeline().sites.iter();
        let site: Option<&Site> = sites.find(|site| is_at(site.yaml));
        if let Some(site) = site {
            return Some(RunPlace {
                moment: Some(site.moment),
                ..RunPlace::node(site.node)
            });
        }
        let inside = behind_wrapper(text, offset).unwrap_or(offset);
        let around = |node: &NodeId| {
            let yaml = self.pipeline().node(*node).yaml;
            self.covers(yaml, file, inside) || self.covers(yaml, file, offset)
        };
        let depth = |node: &NodeId| self.pipeline().self_and_ancestors(*node).count();
        let innermost = self.pipeline().ids().filter(around).max_by_key(depth)?;
        Some(RunPlace::node(innermost))
    }

    fn covers(&self, yaml: yaml::NodeId, file: FileId, offset: u32) -> bool {
        let span = self.tree().span(yaml);
        span.file == file && span.range.start() <= offset && offset <= span.range.end()
    }
}

/// What stands before the content of a line.
const INDENTATION: [char; 3] = [' ', '\t', '-'];

/// The line of an offset, and where it begins.
fn line_of(text: &str, offset: u32) -> Option<(&str, usize)> {
    let start = text
        .get(..offset as usize)?
        .rfind('\n')
        .map_or(0, |at| at + 1);
    Some((text.get(start..)?, start))
}

/// Where the content of the line begins that an offset stands before. A place in the indentation means the line.
fn behind_indentation(text: &str, offset: u32) -> Option<u32> {
    let (line, start) = line_of(text, offset)?;
    let content = line.trim_start_matches(INDENTATION);
    let begin = start + line.len() - content.len();
    let is_before = (offset as usize) < begin && !content.starts_with(['\r', '\n']);
    is_before.then(|| u32::try_from(begin).ok())?
}

/// Where the content of a node begins, on whose line of a list the offset stands.
fn behind_wrapper(text: &str, offset: u32) -> Option<u32> {
    let (line, _) = line_of(text, offset)?;
    let offset = offset as usize;
    let item = line
        .trim_start_matches(INDENTATION)
        .trim_start_matches(['{', '[', ' ']);
    let mut wrappers = WRAPPERS.iter();
    let behind = wrappers.find_map(|wrapper| item.strip_prefix(wrapper))?;
    let content = behind.trim_start();
    let at = text.len() - content.len();
    let is_on_line = offset < text.len() - behind.len();
    is_on_line.then(|| u32::try_from(at).ok())?
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_line_of_an_item_leads_to_its_node() {
        let text = "steps:\n  - step:\n      name: a\n  - step: { name: b }\n";
        let at =
            |part: &str| u32::try_from(text.find(part).unwrap_or_default()).unwrap_or_default();
        assert_eq!(behind_wrapper(text, at("- step:\n")), Some(at("name: a")));
        assert_eq!(behind_wrapper(text, at("step:\n")), Some(at("name: a")));
        assert_eq!(behind_wrapper(text, at("step: {")), Some(at("{ name: b")));
        assert_eq!(behind_wrapper(text, at("name: b")), None);
        assert_eq!(behind_wrapper(text, at("steps:")), None);
    }

    #[test]
    fn the_indentation_of_a_line_means_the_line() {
        let text = "a:\n  - b: 1\n\n    c: 2\n";
        let at =
            |part: &str| u32::try_from(text.find(part).unwrap_or_default()).unwrap_or_default();
        assert_eq!(behind_indentation(text, at("  - b")), Some(at("b: 1")));
        assert_eq!(behind_indentation(text, at("- b")), Some(at("b: 1")));
        assert_eq!(behind_indentation(text, at("    c")), Some(at("c: 2")));
        for part in ["a:", "b: 1", ": 1", "\n\n", "2"] {
            assert_eq!(behind_indentation(text, at(part)), None, "{part:?}");
        }
    }
}
