//! Test cases of the command line, written as Markdown: files, commands and what they answer.
//!
//! ````markdown
//! # What the case shows
//!
//! ```yaml file=dir/pipeline.yaml
//! pipeline: {}
//! ```
//!
//! ```console
//! $ pipewright check dir
//! no problems found in 1 file
//! ```
//! ````
//!
//! - A fence with `file=NAME` is a file below the directory the commands run in. With the word `escaped` in front,
//!   `\n`, `\r`, `\t`, `\\` and `\xFF` stand for bytes, and there is no line break at the end.
//! - A fence with `stdin` is standard input.
//! - A `console` fence holds commands after `$ `, each followed by its output, then after `[stderr]` what it says
//!   there, then `[exit 1]` unless the code is 0. `NAME=value` before a command sets a variable; `TERMINAL=60` makes
//!   the output a terminal of 60 columns. The escape character is written `\e`.
//!
//! With the environment variable `BLESS` set, the answers are written into the file instead of compared.

use std::fmt::Write as _;
use std::fs;
use std::path::Path;

use crate::session::Session;

/// A test case: what stands in one file.
#[derive(Debug)]
pub struct Transcript {
    parts: Vec<Part>,
}

#[derive(Debug)]
enum Part {
    /// A line outside the fences, or one of a fence that means nothing here.
    Text(String),
    /// A file to write.
    File { fence: Fence, name: String },
    /// Standard input of the commands after it.
    Stdin(Fence),
    /// Commands and answers.
    Console(Fence),
}

#[derive(Debug)]
struct Fence {
    info: String,
    lines: Vec<String>,
}

impl Fence {
    fn bytes(&self) -> Vec<u8> {
        let text = self.lines.join("\n");
        if self.info.split(' ').any(|word| word == "escaped") {
            unescaped(&text)
        } else if self.lines.is_empty() {
            Vec::new()
        } else {
            (text + "\n").into_bytes()
        }
    }
}

/// The bytes of a text in which `\n`, `\r`, `\t`, `\\` and `\xFF` stand for bytes.
fn unescaped(text: &str) -> Vec<u8> {
    let mut bytes = Vec::new();
    let mut rest = text.as_bytes();
    while let Some((&byte, after)) = rest.split_first() {
        rest = after;
        if byte != b'\\' {
            bytes.push(byte);
            continue;
        }
        let (&kind, after) = rest.split_first().expect("something follows a backslash");
        rest = after;
        bytes.push(match kind {
            b'n' => b'\n',
            b'r' => b'\r',
            b't' => b'\t',
            b'\\' => b'\\',
            b'x' => {
                let (digits, after) = rest.split_at(2);
                rest = after;
                let digits = std::str::from_utf8(digits).expect("digits are ASCII");
                u8::from_str_radix(digits, 16).expect("two hexadecimal digits follow \\x")
            }
            other => panic!("`\\{}` is no escape", char::from(other)),
        });
    }
    bytes
}

impl Transcript {
    /// Reads a case.
    ///
    /// # Panics
    /// Where a fence is none of the three kinds.
    pub fn parse(text: &str) -> Self {
        let mut parts = Vec::new();
        let mut lines = text.lines();
        while let Some(line) = lines.next() {
            let Some(info) = line.strip_prefix("```") else {
                parts.push(Part::Text(line.to_owned()));
                continue;
            };
            let fence = Fence {
                info: info.to_owned(),
                lines: lines
                    .by_ref()
                    .take_while(|line| *line != "```")
                    .map(str::to_owned)
                    .collect(),
            };
            let file = info.split(' ').find_map(|word| word.strip_prefix("file="));
            parts.push(match (file, info) {
                (Some(name), _) => Part::File {
                    name: name.to_owned(),
                    fence,
                },
                (None, "console") => Part::Console(fence),
                (None, info) if info.split(' ').any(|word| word == "stdin") => Part::Stdin(fence),
                (None, _) => panic!("a fence is a file, stdin or console, not `{info}`"),
            });
        }
        Self { parts }
    }

    /// Runs the case in `directory`, and gives it back with the answers that came.
    ///
    /// # Panics
    /// Where a command is not one of `pipewright`, an escape is unknown, or a file cannot be written.
    pub fn replay(&self, directory: &Path) -> String {
        let mut out = String::new();
        let mut stdin = Vec::new();
        let fence_text = |out: &mut String, info: &str, body: &str| {
            let _ = writeln!(out, "```{info}\n{body}```");
        };
        for part in &self.parts {
            match part {
                Part::Text(line) => {
                    let _ = writeln!(out, "{line}");
                }
                Part::File { fence, name } => {
                    write_file(&directory.join(name), &fence.bytes());
                    fence_text(&mut out, &fence.info, &joined(&fence.lines));
                }
                Part::Stdin(fence) => {
                    stdin = fence.bytes();
                    fence_text(&mut out, &fence.info, &joined(&fence.lines));
                }
                Part::Console(fence) => {
                    let commands = fence
                        .lines
                        .iter()
                        .filter_map(|line| line.strip_prefix("$ "));
                    let body: String = commands
                        .map(|command| answer(directory, command, &stdin))
                        .collect();
                    fence_text(&mut out, &fence.info, &body);
                }
            }
        }
        out
    }
}

fn joined(lines: &[String]) -> String {
    lines
        .iter()
        .flat_map(|line| [line.as_str(), "\n"])
        .collect()
}

fn write_file(path: &Path, bytes: &[u8]) {
    let parent = path.parent().expect("the file is below the directory");
    fs::create_dir_all(parent).expect("directories can be made");
    fs::write(path, bytes).expect("files can be written");
}

/// The command and what it answered, as it stands in a `console` fence.
fn answer(directory: &Path, command: &str, stdin: &[u8]) -> String {
    let words = words(command);
    let program = words
        .iter()
        .position(|word| word == "pipewright")
        .unwrap_or_else(|| panic!("`{command}` does not run pipewright"));
    let mut session = Session {
        stdin,
        ..Session::default()
    };
    for assignment in &words[..program] {
        let (name, value) = assignment
            .split_once('=')
            .expect("NAME=value stands before the command");
        if name == "TERMINAL" {
            session.terminal = true;
            session.width = Some(value.parse().expect("TERMINAL is a number of columns"));
        } else {
            session.variables.push((name.to_owned(), value.to_owned()));
        }
    }
    let arguments: Vec<&str> = words[program + 1..].iter().map(String::as_str).collect();
    let answer = session.run(directory, &arguments);
    let mut out = format!("$ {command}\n{}", ended(&answer.stdout));
    if !answer.stderr.is_empty() {
        let _ = write!(out, "[stderr]\n{}", ended(&answer.stderr));
    }
    if answer.code != 0 {
        let _ = writeln!(out, "[exit {}]", answer.code);
    }
    let directory = directory.to_string_lossy();
    let lines = out
        .lines()
        .map(|line| line.trim_end().replace('\u{1B}', "\\e"));
    lines
        .map(|line| line.replace(&*directory, "[DIRECTORY]") + "\n")
        .collect()
}

/// The text with a line break at its end, unless it is empty.
fn ended(text: &str) -> String {
    if text.is_empty() || text.ends_with('\n') {
        text.to_owned()
    } else {
        format!("{text}\n")
    }
}

/// The words of a command line; quotes of both kinds keep blanks.
fn words(command: &str) -> Vec<String> {
    let mut words = Vec::new();
    let mut word: Option<String> = None;
    let mut quote = None;
    for c in command.chars() {
        match (c, quote) {
            (c, Some(open)) if c == open => quote = None,
            ('\'' | '"', None) => {
                quote = Some(c);
                word.get_or_insert_default();
            }
            (' ', None) => words.extend(word.take()),
            (c, _) => word.get_or_insert_default().push(c),
        }
    }
    words.extend(word);
    words
}
