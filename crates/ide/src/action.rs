//! What an editor offers to do at a place.

use pipewright_analysis::Snapshot;
use pipewright_lint::{
    Checked, Fewer, Options, Wanted, apply, check, choose, edited, fewer, ignores,
};
use pipewright_resolve::{Position, list};
use pipewright_source::{Applicability, Diagnostic, Edit, FileId, SourceFile, Span};
use pipewright_syntax::{parse_expression, parse_template};

use crate::cursor::{content, path_name, touches};
use crate::{definition, format_expression};

/// How often fixes that make something worse are tried without some of them.
const MOST_TRIES: usize = 8;

/// Something that can be done at a place.
#[derive(Clone, PartialEq, Eq, Debug)]
#[non_exhaustive]
pub struct Action {
    /// What it does, as an imperative.
    pub title: String,
    /// What kind of action it is.
    pub kind: ActionKind,
    /// What changes in the files; empty for what is copied.
    pub edits: Vec<Edit>,
    /// The place of what it mends or silences among the findings that were given.
    pub finding: Option<usize>,
}

/// The kinds of action.
#[derive(Clone, PartialEq, Eq, Debug)]
#[non_exhaustive]
pub enum ActionKind {
    /// Mends what a rule found.
    Fix {
        /// The rule.
        rule: &'static str,
        /// Whether somebody should look at it.
        applicability: Applicability,
    },
    /// Writes a comment that silences a rule.
    Ignore {
        /// The rule.
        rule: &'static str,
    },
    /// Makes the text an expression.
    Wrap,
    /// Writes an expression in its canonical form.
    Format,
    /// Puts this text into the clipboard.
    Copy(String),
}

/// What can be done where the cursor stands or what is selected. `findings` are what is known of the file as it is;
/// those that touch the place are offered their fixes and a comment that silences them.
pub fn actions(snapshot: &Snapshot, findings: &[Diagnostic], at: Span) -> Vec<Action> {
    let mut found = Vec::new();
    let here = findings.iter().enumerate().filter(|(_, finding)| {
        let range = finding.span.range;
        finding.span.file == at.file
            && range.start() <= at.range.end()
            && at.range.start() <= range.end()
    });
    let here: Vec<(usize, &Diagnostic)> = here.collect();
    for (place, finding) in &here {
        found.extend(fixes(*place, finding));
    }
    for (place, finding) in &here {
        let comment = ignores(snapshot, std::slice::from_ref(*finding));
        let edits: Vec<Edit> = comment.into_values().flatten().collect();
        let is_known = |of: &Action| of.edits == edits;
        if !edits.is_empty() && !found.iter().any(is_known) {
            found.push(Action {
                title: format!("Ignore `{}` here", finding.rule),
                kind: ActionKind::Ignore { rule: finding.rule },
                edits,
                finding: Some(*place),
            });
        }
    }
    found.extend(wrapped(snapshot, at));
    let formatted = format_expression(snapshot, at.file, at.range.start());
    found.extend(formatted.map(|edit| Action {
        title: "Format the expression".to_owned(),
        kind: ActionKind::Format,
        edits: vec![edit],
        finding: None,
    }));
    found.extend(copied(snapshot, at));
    found
}

/// Mends everything in a file that can be mended without somebody looking at it, as long as no rule finds more then.
pub fn fix_all(snapshot: &Snapshot, file: FileId, options: &Options) -> Vec<Edit> {
    let Some(source) = snapshot.source(file) else {
        return Vec::new();
    };
    let Some((place, _)) = snapshot.ids().find(|(_, id)| *id == file) else {
        return Vec::new();
    };
    let findings = check(snapshot, file, options);
    let mut chosen = choose(&findings, &Wanted::new(false), |id| id == file);
    for _ in 0..MOST_TRIES {
        let texts = apply(snapshot.sources(), &chosen);
        let Some(text) = texts.get(&file) else {
            return Vec::new();
        };
        let mut after = snapshot.clone();
        let now = SourceFile::new(source.name(), text.as_str());
        after.set(place, now.clone());
        let found = check(&after, file, options);
        let then = Checked {
            findings: &findings,
            file: |_| Some(source),
        };
        let now = Checked {
            findings: &found,
            file: |_| Some(&now),
        };
        let Some(Fewer { kept, .. }) = fewer(&chosen, &then, &now) else {
            let edits = chosen.iter().flat_map(|of| &of.fix.edits);
            let mut edits: Vec<Edit> = edits.cloned().collect();
            edits.sort_by_key(|edit| (edit.span, edit.replacement.clone()));
            edits.dedup();
            debug_assert_eq!(edited(source, &edits), *text);
            return edits;
        };
        chosen = kept;
    }
    Vec::new()
}

fn fixes(place: usize, finding: &Diagnostic) -> impl Iterator<Item = Action> {
    let fixes = finding.fixes.iter();
    let usable = fixes.filter(|fix| fix.applicability != Applicability::DisplayOnly);
    usable.map(move |fix| Action {
        title: capitalised(&fix.title),
        kind: ActionKind::Fix {
            rule: finding.rule,
            applicability: fix.applicability,
        },
        edits: fix.edits.clone(),
        finding: Some(place),
    })
}

fn capitalised(text: &str) -> String {
    let mut letters = text.chars();
    let first = letters.next().map(char::to_uppercase);
    first.into_iter().flatten().chain(letters).collect()
}

/// Makes what is selected an expression; of what is not selected the whole scalar, where it is a path that leads
/// somewhere.
fn wrapped(snapshot: &Snapshot, at: Span) -> Option<Action> {
    let tree = snapshot.tree(at.file)?;
    let mut scalars = tree.scalars();
    let (scalar, of) =
        scalars.find(|(id, _)| touches(tree.span(*id), at.file, at.range.start()))?;
    let whole = content(tree, scalar);
    let span = if at.range.is_empty() { whole } else { at };
    let text = snapshot.sources().slice(span);
    let is_inside = whole.range.contains_range(span.range);
    let is_plain = is_inside && !text.is_empty() && !text.contains(['<', '\n']);
    if !is_plain || !matches!(parse_expression(text), Ok(Some(_))) {
        return None;
    }
    let before = of.value.len().saturating_sub(whole.range.len() as usize);
    let start = (span.range.start() - whole.range.start()) as usize + before;
    let template = parse_template(&of.value);
    let mut islands = template
        .islands
        .iter()
        .map(|island| island.range.to_usize());
    if islands.any(|island| island.contains(&start)) {
        return None;
    }
    if at.range.is_empty() && !leads_somewhere(snapshot, at.file, whole, text) {
        return None;
    }
    Some(Action {
        title: "Make it an expression: `<+…>`".to_owned(),
        kind: ActionKind::Wrap,
        edits: vec![Edit {
            span,
            replacement: format!("<+{text}>"),
        }],
        finding: None,
    })
}

/// Whether a text is the path of something that the files declare, read from where it stands.
fn leads_somewhere(snapshot: &Snapshot, file: FileId, scalar: Span, path: &str) -> bool {
    if !path.contains('.') {
        return false;
    }
    crate::cursor::resolved(snapshot, file).iter().any(|of| {
        let is_around = |id: &pipewright_model::NodeId| {
            let around = of.tree.span(of.pipeline.node(*id).yaml);
            around.file == file && around.range.contains_range(scalar.range)
        };
        let reader = of.pipeline.ids().rfind(is_around);
        reader.is_some_and(|reader| {
            let position = Position::new(of.tree, of.pipeline, of.resolution, reader);
            position.verdict(path).target().is_some()
        })
    })
}

/// Copies the full path of the name at the cursor, and the shortest that leads there from where it is read.
fn copied(snapshot: &Snapshot, at: Span) -> Vec<Action> {
    let (file, offset) = (at.file, at.range.start());
    let copy = |what: &str, path: String| Action {
        title: format!("Copy the {what} path `{path}`"),
        kind: ActionKind::Copy(path),
        edits: Vec::new(),
        finding: None,
    };
    let Some(declared) = definition(snapshot, file, offset).into_iter().next() else {
        return Vec::new();
    };
    let shortest = path_name(snapshot, file, (file, offset)).and_then(|name| {
        let of = &name.of;
        let names = list(of.tree, of.pipeline, &of.resolution.names, false);
        let meant = names.iter().find(|name| name.fqn == declared.fqn)?;
        let reader = name.read.reference.reader;
        let position = Position::new(of.tree, of.pipeline, of.resolution, reader);
        position.shortest(meant).ok()
    });
    let shortest = shortest.filter(|path| *path != declared.fqn);
    let full = copy("full", declared.fqn);
    let shortest = shortest.map(|path| copy("shortest", path));
    std::iter::once(full).chain(shortest).collect()
}
