//! What editors ask, by cases: each file of `tests/data/ide` holds files (`--- file NAME`), one of them with the cursor
//! `‸` in it, and what is answered there, question by question (`--- definition`). `BLESS=1` writes the answers anew.

use std::collections::BTreeSet;
use std::fmt::Write as _;
use std::fs;
use std::path::{Path, PathBuf};

use pipewright_analysis::Snapshot;
use pipewright_ide::{
    Completion, Declaration, Hover, Symbol, actions, complete, conditions, definition, fix_all,
    folds, format_expression, highlight, hints, hover, links, references, rename, selection,
    semantic_tokens, signature_help, symbols,
};
use pipewright_lint::{Options, check_all, edited};
use pipewright_source::{FileId, Span, TextRange};
use pipewright_tests::files;

const CURSOR: char = '‸';

/// A case: the files, and where the cursor is.
struct Case<'c> {
    snapshot: Snapshot,
    cursor: (FileId, u32),
    /// The questions with the recorded answers.
    questions: Vec<(&'c str, &'c str)>,
    /// The text up to the first question.
    head: &'c str,
}

fn cases() -> Vec<(PathBuf, String)> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("data/ide");
    files::texts_below(&folder, &["case"]).expect("the cases are there")
}

#[test]
fn answers_are_as_recorded() {
    let is_blessing = std::env::var_os("BLESS").is_some();
    let mut asked = 0;
    for (path, text) in cases() {
        let case = Case::read(&text);
        let mut now = case.head.to_owned();
        for (question, recorded) in &case.questions {
            asked += 1;
            let answer = case.answer(question);
            if !is_blessing {
                assert_eq!(answer, *recorded, "{}: {question}", path.display());
            }
            write!(now, "--- {question}\n{answer}").unwrap();
        }
        if is_blessing {
            fs::write(&path, now).unwrap();
        }
    }
    assert!(asked > 0);
}

/// Of so many bytes one is asked about in each case, another one in the next, whose text is much the same.
const STEP: u32 = 4;

/// Every question has an answer everywhere.
#[test]
fn nothing_panics_anywhere() {
    let mut seen = BTreeSet::new();
    for ((_, text), first) in cases().into_iter().zip((0..STEP).cycle()) {
        let case = Case::read(&text);
        // Many cases ask about the same files.
        if !seen.insert(
            text.replace(CURSOR, "")
                .split("--- ")
                .nth(1)
                .map(str::to_owned),
        ) {
            continue;
        }
        for (_, file) in case.snapshot.ids() {
            let length = case.snapshot.source(file).unwrap().text().len();
            for offset in (first..=u32::try_from(length).unwrap()).step_by(STEP as usize) {
                for declared in definition(&case.snapshot, file, offset) {
                    assert!(declared.whole.range.end() >= declared.whole.range.start());
                }
                if let Some(known) = hover(&case.snapshot, file, offset) {
                    assert!(!known.span.range.is_empty());
                }
                actions(
                    &case.snapshot,
                    &[],
                    Span::new(file, TextRange::empty(offset)),
                );
                selection(&case.snapshot, file, offset);
                signature_help(&case.snapshot, file, offset);
                for offered in complete(&case.snapshot, file, offset) {
                    assert!(offered.edit.span.range.end() <= offset);
                }
            }
            hints(&case.snapshot, file, TextRange::of(0, length));
            folds(&case.snapshot, file);
            semantic_tokens(&case.snapshot, file);
        }
    }
}

/// The first line of a text, and a sign where there are more.
fn first_line(text: &str) -> String {
    match text.split_once('\n') {
        Some((first, _)) => format!("{first}…"),
        None => text.to_owned(),
    }
}

impl<'c> Case<'c> {
    fn read(text: &'c str) -> Self {
        let mut snapshot = Snapshot::of_one_repository();
        let mut cursor = None;
        let mut questions = Vec::new();
        let mut head = text.len();
        let mut at = 0;
        for part in text.split("--- ").skip(1) {
            at += text[at..].find(part).expect("it is a part of it");
            let (title, body) = part
                .split_once('\n')
                .expect("a title has a line of its own");
            if let Some(name) = title.strip_prefix("file ") {
                let file = snapshot.set_text(name, body.replace(CURSOR, ""));
                if let Some(offset) = body.find(CURSOR) {
                    cursor = Some((file, u32::try_from(offset).expect("cases are short")));
                }
            } else {
                head = head.min(at - "--- ".len());
                questions.push((title, body));
            }
        }
        Self {
            snapshot,
            cursor: cursor.expect("a case has a cursor"),
            questions,
            head: &text[..head],
        }
    }

    fn answer(&self, question: &str) -> String {
        let (file, offset) = self.cursor;
        let snapshot = &self.snapshot;
        let lines: Vec<String> = match question {
            "definition" => {
                let declared = definition(snapshot, file, offset);
                declared.iter().map(|of| self.declaration(of)).collect()
            }
            "references" => {
                let found = references(snapshot, file, offset);
                found.iter().map(|span| self.place(*span)).collect()
            }
            "hover" => {
                let known = hover(snapshot, file, offset);
                known.map_or_else(Vec::new, |known| self.known(&known))
            }
            "completion" => {
                let found = complete(snapshot, file, offset);
                found.iter().map(|of| self.completion(of)).collect()
            }
            "symbols" => {
                let mut lines = Vec::new();
                self.outline(&symbols(snapshot, file), 0, &mut lines);
                lines
            }
            "highlight" => {
                let found = highlight(snapshot, file, offset).into_iter();
                let word = |is_declaration| if is_declaration { "declared" } else { "read" };
                found
                    .map(|of| format!("{} ({})", self.place(of.span), word(of.is_declaration)))
                    .collect()
            }
            "actions" => self.actions(),
            "fix all" => {
                let edits = fix_all(snapshot, file, &Options::default());
                let edits = edits.iter();
                edits
                    .map(|edit| format!("{} -> {}", self.place(edit.span), edit.replacement))
                    .collect()
            }
            "format" => {
                let edit = format_expression(snapshot, file, offset).into_iter();
                edit.map(|edit| format!("{} -> {}", self.place(edit.span), edit.replacement))
                    .collect()
            }
            "folds" => self.lines_of(&folds(snapshot, file)),
            "selection" => {
                let text = snapshot.source(file).expect("it is of these files").text();
                let found = selection(snapshot, file, offset).into_iter();
                let shown = found.map(|range| {
                    let mut lines = range.slice(text).lines();
                    let first = lines.next().unwrap_or("");
                    format!("{first} (and {} more lines)", lines.count())
                });
                shown.collect()
            }
            "links" => {
                let found = links(snapshot, file).into_iter();
                found
                    .map(|of| {
                        let target = snapshot
                            .source(of.file)
                            .expect("it is of these files")
                            .name();
                        format!("{} -> {target}", self.place(of.span))
                    })
                    .collect()
            }
            "signature" => {
                let help = signature_help(snapshot, file, offset);
                help.map_or_else(Vec::new, |help| {
                    let signatures = help.signatures.iter();
                    signatures
                        .map(|of| {
                            let active = of.parameters.get(help.active_parameter);
                            let active = active.map_or("none", |active| active);
                            format!("{} [{active}] {}", of.label, of.doc)
                        })
                        .collect()
                })
            }
            "tokens" => {
                let found = semantic_tokens(snapshot, file).into_iter();
                found
                    .map(|of| format!("{} ({})", self.place(of.span), of.kind.as_str()))
                    .collect()
            }
            "hints" => {
                let text = snapshot.source(file).expect("it is of these files").text();
                let found = hints(snapshot, file, TextRange::of(0, text.len())).into_iter();
                found
                    .map(|of| {
                        let before = &text[..of.offset as usize];
                        let line = before.lines().next_back().unwrap_or("").trim_start();
                        format!("{line} {}", of.text)
                    })
                    .collect()
            }
            "lenses" => {
                let found = conditions(snapshot, file).into_iter();
                found
                    .map(|of| format!("{} {}", self.place(of.span), of.told()))
                    .collect()
            }
            other => match other.strip_prefix("rename ") {
                Some(to) => self.renamed(to),
                None => panic!("no question is called {other}"),
            },
        };
        let lines = lines.iter().map(|line| format!("{line}\n"));
        lines.collect()
    }

    fn actions(&self) -> Vec<String> {
        let (file, offset) = self.cursor;
        let findings = check_all(&self.snapshot, &Options::default());
        let at = Span::new(file, TextRange::empty(offset));
        let found = actions(&self.snapshot, &findings, at).into_iter();
        let lines = found.flat_map(|action| {
            let edits = action.edits.iter();
            let edits: Vec<String> = edits
                .map(|edit| format!("  {} -> {}", self.place(edit.span), edit.replacement))
                .collect();
            std::iter::once(action.title).chain(edits)
        });
        lines.collect()
    }

    /// The first and last line of each piece.
    fn lines_of(&self, ranges: &[TextRange]) -> Vec<String> {
        let source = self
            .snapshot
            .source(self.cursor.0)
            .expect("it is of these files");
        let line = |offset| source.line_index().line(offset);
        let ranges = ranges.iter();
        ranges
            .map(|range| {
                let first = range.slice(source.text()).lines().next().unwrap_or("");
                format!("{}-{} {first}", line(range.start()), line(range.end()))
            })
            .collect()
    }

    /// The lines that another name changes, as they are then; or why it is refused.
    fn renamed(&self, to: &str) -> Vec<String> {
        let (file, offset) = self.cursor;
        let answer = match rename(&self.snapshot, file, offset, to) {
            Ok(answer) => answer,
            Err(error) => {
                let at = error.span().map(|span| format!(" ({})", self.place(span)));
                return vec![format!("refused: {error}{}", at.unwrap_or_default())];
            }
        };
        let mut lines = Vec::new();
        for of_file in answer.edits.chunk_by(|a, b| a.span.file == b.span.file) {
            let before = self
                .snapshot
                .source(of_file[0].span.file)
                .expect("it is of these files");
            let after = edited(before, of_file);
            let changed = before.text().lines().zip(after.lines()).enumerate();
            let changed = changed.filter(|(_, (then, now))| then != now);
            lines.extend(changed.map(|(number, (_, now))| {
                format!("{}:{} {}", before.name(), number + 1, now.trim_start())
            }));
        }
        let unseen = answer.unseen.iter();
        lines.extend(unseen.map(|span| format!("not at hand: {}", self.place(*span))));
        lines
    }

    fn declaration(&self, of: &Declaration) -> String {
        format!("{}: {} {}", self.place(of.name), of.kind.as_str(), of.fqn)
    }

    fn known(&self, of: &Hover) -> Vec<String> {
        let mut lines = vec![self.place(of.span)];
        lines.extend(of.declarations.iter().map(|of| self.declaration(of)));
        lines.extend(of.type_name.iter().map(|name| format!("type {name}")));
        lines.extend(of.value.iter().map(|value| format!("{value:?}")));
        lines.extend(of.remarks.iter().cloned());
        lines
    }

    fn completion(&self, of: &Completion) -> String {
        let written = &of.edit;
        let over = self.snapshot.sources().slice(written.span);
        let line = format!("{} ({}) {} | {over}", of.label, of.kind.as_str(), of.detail);
        assert_eq!(written.replacement, of.label);
        line.trim_end().to_owned()
    }

    fn place(&self, span: Span) -> String {
        let file = self
            .snapshot
            .source(span.file)
            .expect("spans are of these files");
        let at = file.line_index().scalar(file.text(), span.range.start());
        let text = first_line(span.range.slice(file.text()));
        format!("{}:{}:{} {text}", file.name(), at.line, at.column)
    }

    fn outline(&self, symbols: &[Symbol], depth: usize, lines: &mut Vec<String>) {
        for symbol in symbols {
            let detail = symbol.declaration.type_name.as_deref().unwrap_or("");
            let declared = self.declaration(&symbol.declaration);
            let line = format!("{}{declared} {detail}", "  ".repeat(depth));
            lines.push(line.trim_end().to_owned());
            self.outline(&symbol.children, depth + 1, lines);
        }
    }
}
