//! Findings of the rules.

use std::io::empty;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use pipewright_cli::{Exit, Streams, Surroundings, run};
use pyo3::prelude::*;
use serde_json::Value as Json;

use crate::error;
use crate::texts::Texts;

/// Something that is wrong in a file, or probably not meant. `str()` of it is the line that editors know.
#[pyclass(frozen, get_all, module = "pipewright")]
#[derive(Debug)]
pub(crate) struct Diagnostic {
    /// The rule: `parallel-step-reference`.
    rule: String,
    /// `error`, `warning` or `info`.
    severity: String,
    /// The fact.
    message: String,
    /// What to write instead.
    help: Option<String>,
    /// The name of the file.
    file: String,
    /// The line on which it begins, from 1.
    line: u32,
    /// The column at which it begins, from 1.
    column: u32,
    /// The line on which it ends.
    end_line: u32,
    /// The column behind its end.
    end_column: u32,
    /// Where it begins in the text.
    start: usize,
    /// Where it ends.
    end: usize,
    /// Edits that mend it.
    fixes: Vec<Py<Fix>>,
}

/// Edits that belong together.
#[pyclass(frozen, get_all, module = "pipewright")]
#[derive(Debug)]
pub(crate) struct Fix {
    /// What it does.
    title: String,
    /// `safe` (means the same, but right), `unsafe` (look at it) or `display-only`.
    applicability: String,
    /// The edits.
    edits: Vec<Py<Edit>>,
}

/// A part of a file and what to put in its place.
#[pyclass(frozen, eq, get_all, module = "pipewright")]
#[derive(PartialEq, Eq, Debug)]
pub(crate) struct Edit {
    /// The name of the file.
    file: String,
    /// Where the part begins in its text.
    start: usize,
    /// Where it ends.
    end: usize,
    /// What to put there.
    replacement: String,
}

#[pymethods]
impl Diagnostic {
    fn __str__(&self) -> String {
        let Self {
            file,
            line,
            column,
            severity,
            rule,
            message,
            ..
        } = self;
        format!("{file}:{line}:{column}: {severity}[{rule}] {message}")
    }

    fn __repr__(&self) -> String {
        format!("<Diagnostic {}>", self.__str__())
    }
}

#[pymethods]
impl Fix {
    fn __repr__(&self) -> String {
        format!("<Fix {:?}, {}>", self.title, self.applicability)
    }
}

#[pymethods]
impl Edit {
    fn __repr__(&self) -> String {
        let Self {
            file, start, end, ..
        } = self;
        format!("<Edit {file} {start}..{end}: {:?}>", self.replacement)
    }
}

/// What the rules that are on by default find in one text. `name` is the path it would have in a repository.
///
/// >>> import pipewright as pw
/// >>> for found in pw.check("pipeline:\n  identifier: p\n  name: <+pipeline.nmae>\n"):
/// ...     print(found)
/// pipeline.yaml:3:20: warning[unknown-member] `pipeline` has no `nmae`
#[pyfunction]
#[pyo3(signature = (text, name = "pipeline.yaml"))]
pub(crate) fn check(py: Python<'_>, text: &str, name: &str) -> PyResult<Vec<Diagnostic>> {
    let found = py.detach(|| pipewright::check_text(name, text));
    let text: Arc<str> = Arc::from(text);
    diagnostics(py, found, |_| Some(Arc::clone(&text)))
}

/// What `pipewright check` finds at and below these paths, with the configuration that stands there. Raises `Error` of
/// the kind `not-found` where one of them cannot be read, `input` where the configuration is not valid.
#[pyfunction]
pub(crate) fn check_paths(py: Python<'_>, paths: Vec<PathBuf>) -> PyResult<Vec<Diagnostic>> {
    let (exit, output, errors) = py.detach(|| checked(&paths));
    let report: Json = serde_json::from_slice(&output).unwrap_or_default();
    let Some(found) = report["diagnostics"].as_array() else {
        let told = String::from_utf8_lossy(&errors);
        let told = told.trim().trim_start_matches("error: ");
        return Err(error::input(py, told));
    };
    if let (Exit::Failure, Some(failure)) = (exit, report["failures"].get(0)) {
        let message = format!(
            "cannot read `{}`: {}",
            words(failure, "file"),
            words(failure, "reason")
        );
        return Err(error::not_found(py, &message));
    }
    let mut texts = Texts::new(read);
    found
        .iter()
        .map(|found| of_report(py, found, &mut texts))
        .collect()
}

/// The report of the command, as JSON, and what it says on the error stream.
fn checked(paths: &[PathBuf]) -> (Exit, Vec<u8>, Vec<u8>) {
    let (mut output, mut errors) = (Vec::new(), Vec::new());
    let mut streams = Streams {
        input: &mut empty(),
        output: &mut output,
        errors: &mut errors,
        surroundings: Surroundings::default(),
    };
    let fixed = ["pipewright", "check", "--format", "json", "--quiet", "--"];
    let arguments = fixed.iter().map(|word| Path::new(word).as_os_str());
    let arguments = arguments.chain(paths.iter().map(|path| path.as_os_str()));
    let exit = run(arguments, &mut streams);
    (exit, output, errors)
}

/// The text of a file on disk.
fn read(file: &str) -> Option<String> {
    let mut nothing = empty();
    let mut workspace = pipewright_workspace::Workspace::new("", &mut nothing, "-");
    workspace.read_text(Path::new(file)).ok()
}

fn of_report(
    py: Python<'_>,
    found: &Json,
    texts: &mut Texts<String, impl Fn(&str) -> Option<String>>,
) -> PyResult<Diagnostic> {
    let place = |end: &str, part: &str| number(&found["span"][end], part);
    let file = words(found, "file");
    let bytes = place("start", "byte") as usize..place("end", "byte") as usize;
    let (start, end) = texts.range(&file, &bytes);
    let mut fixes = Vec::new();
    for fix in found["fixes"].as_array().into_iter().flatten() {
        let mut edits = Vec::new();
        for edit in fix["edits"].as_array().into_iter().flatten() {
            let file = words(edit, "file");
            let bytes = number(edit, "start") as usize..number(edit, "end") as usize;
            let (start, end) = texts.range(&file, &bytes);
            let edit = Edit {
                file,
                start,
                end,
                replacement: words(edit, "replacement"),
            };
            edits.push(Py::new(py, edit)?);
        }
        let fix = Fix {
            title: words(fix, "title"),
            applicability: words(fix, "applicability"),
            edits,
        };
        fixes.push(Py::new(py, fix)?);
    }
    Ok(Diagnostic {
        rule: words(found, "rule"),
        severity: words(found, "severity"),
        message: words(found, "message"),
        help: found["help"].as_str().map(str::to_owned),
        file,
        line: place("start", "line"),
        column: place("start", "column"),
        end_line: place("end", "line"),
        end_column: place("end", "column"),
        start,
        end,
        fixes,
    })
}

fn words(of: &Json, name: &str) -> String {
    of[name].as_str().unwrap_or_default().to_owned()
}

fn number(of: &Json, name: &str) -> u32 {
    let number = of[name].as_u64().unwrap_or_default();
    u32::try_from(number).unwrap_or(u32::MAX)
}

/// Findings of the library, whose places are bytes of the texts that `text` gives.
pub(crate) fn diagnostics(
    py: Python<'_>,
    found: Vec<pipewright::Diagnostic>,
    text: impl Fn(&str) -> Option<Arc<str>>,
) -> PyResult<Vec<Diagnostic>> {
    let mut texts = Texts::new(text);
    let mut all = Vec::with_capacity(found.len());
    for found in found {
        let (start, end) = texts.range(&found.file, &found.range);
        let mut fixes = Vec::with_capacity(found.fixes.len());
        for fix in found.fixes {
            let mut edits = Vec::with_capacity(fix.edits.len());
            for edit in fix.edits {
                let (start, end) = texts.range(&edit.file, &edit.range);
                let edit = Edit {
                    file: edit.file,
                    start,
                    end,
                    replacement: edit.replacement,
                };
                edits.push(Py::new(py, edit)?);
            }
            let fix = Fix {
                title: fix.title,
                applicability: fix.applicability,
                edits,
            };
            fixes.push(Py::new(py, fix)?);
        }
        all.push(Diagnostic {
            rule: found.rule,
            severity: found.severity.to_string(),
            message: found.message,
            help: found.help,
            file: found.file,
            line: found.start.line,
            column: found.start.column,
            end_line: found.end.line,
            end_column: found.end.column,
            start,
            end,
            fixes,
        });
    }
    Ok(all)
}
