//! What rests on something, as a tree for people.

use pipewright_analysis::Snapshot;
use pipewright_compare::{Dependent, Impact, Subject};

use super::sentences::{add, place};
use crate::Streams;
use crate::counted::counted;
use crate::exit::Failure;
use crate::layout::Layout;
use crate::printable::printable;

/// Writes each subject with what rests on it.
pub(crate) fn write_impact_tree(
    impact: &Impact,
    snapshot: &Snapshot,
    layout: Layout,
    streams: &mut Streams<'_>,
) -> Result<(), Failure> {
    let mut text = String::new();
    for subject in &impact.subjects {
        let kind = subject
            .kind
            .map_or("", pipewright_compare::PartKind::as_str);
        let title = format!("{kind} {}", printable(&subject.name));
        let title = layout.palette.strong().style(title.trim_start().to_owned());
        add(
            &mut text,
            format!("{title} ({})\n", printable(&subject.file)),
        );
        let tree = Tree { snapshot, layout };
        tree.below(&subject.dependents, "", &mut text);
        text += &summary(subject);
    }
    write!(streams.output, "{text}")?;
    if impact.is_cut {
        streams.flush_output()?;
        writeln!(streams.errors, "note: more rests on it than is told")?;
    }
    Ok(())
}

/// What would break.
fn summary(subject: &Subject) -> String {
    let mut files: Vec<&str> = Vec::new();
    let mut count = 0;
    for dependent in subject.dependents.iter().filter(|of| of.breaks) {
        count += 1;
        if !files.contains(&&*dependent.file) {
            files.push(&dependent.file);
        }
    }
    match (count, subject.dependents.len()) {
        (_, 0) => "nothing at hand rests on it\n".to_owned(),
        (0, _) => "nothing would surely break without it\n".to_owned(),
        (count, _) => format!(
            "without it {} in {} would break\n",
            counted(count, "place"),
            counted(files.len(), "file")
        ),
    }
}

struct Tree<'a> {
    snapshot: &'a Snapshot,
    layout: Layout,
}

impl Tree<'_> {
    /// As deep as dependents are followed.
    fn below(&self, dependents: &[Dependent], indent: &str, text: &mut String) {
        let [branch, last, bar] = self.layout.branches();
        for (at, dependent) in dependents.iter().enumerate() {
            let is_last = at + 1 == dependents.len();
            let mark = if is_last { last } else { branch };
            let line = self.line(dependent);
            add(text, format!("{indent}{mark}{line}\n"));
            let deeper = format!("{indent}{}", if is_last { "   " } else { bar });
            self.below(&dependent.dependents, &deeper, text);
        }
    }

    fn line(&self, dependent: &Dependent) -> String {
        let palette = self.layout.palette;
        let place = place(self.snapshot, dependent.span);
        let place = printable(place.as_deref().unwrap_or(&dependent.file));
        let path = dependent.path.as_ref().map_or(String::new(), |path| {
            format!(" {}", palette.code().style(printable(path)))
        });
        let doubt = if dependent.breaks { "" } else { ", may break" };
        let node = printable(&dependent.fqn);
        let tie = dependent.tie.as_str();
        format!("{node} {tie}{path} ({place}{doubt})")
    }
}
