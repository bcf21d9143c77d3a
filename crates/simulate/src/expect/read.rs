//! Reads files of tests. An unknown key is a mistake: what nobody reads would hold nothing.

use pipewright_context::json_of;
use pipewright_jexl::Json;
use pipewright_source::Span;
use pipewright_yaml::{NodeId, Tree};

use super::case::{Expect, ExpectedError, ExpectedValue, Named, Test, TestFile};
use crate::{Failure, Generation, Reading, Verdict};

/// What is wrong with a file of tests, and where.
#[derive(Clone, PartialEq, Eq, Debug)]
#[non_exhaustive]
pub struct Mistake {
    /// A sentence.
    pub message: String,
    /// What it is about.
    pub span: Span,
}

/// The lists of verdicts by their keys.
const LISTS: [(&str, Verdict); 8] = [
    ("runs", Verdict::Runs),
    ("skipped", Verdict::Skipped),
    ("failed", Verdict::Failed),
    ("ignored", Verdict::Ignored),
    ("aborted", Verdict::Aborted),
    ("rolledBack", Verdict::RolledBack),
    ("notReached", Verdict::NotReached),
    ("unknown", Verdict::Unknown),
];

/// The key of the list of a verdict.
pub(super) fn key_of(verdict: Verdict) -> &'static str {
    let known = LISTS.iter().find(|(_, known)| *known == verdict);
    known.map_or("unknown", |(key, _)| key)
}

/// Reads the first document of a tree as a file of tests.
///
/// # Errors
/// The first mistake.
pub fn read(tree: &Tree) -> Result<TestFile, Mistake> {
    let reader = Reader(tree);
    if let Some(problem) = tree.problems().first() {
        let span = Span {
            file: tree.file(),
            range: problem.range,
        };
        return Err(mistake(problem.message.clone(), span));
    }
    let nothing = Span {
        file: tree.file(),
        range: pipewright_source::TextRange::empty(0),
    };
    let root = *tree
        .roots()
        .first()
        .ok_or_else(|| mistake("the file holds no tests", nothing))?;
    let mut file = TestFile::default();
    for (key, at, value) in reader.entries(root)? {
        match key {
            "pipeline" => file.pipeline = Some(reader.text(value)?),
            "tests" => {
                for test in reader.items(value)? {
                    file.tests.push(reader.test(*test)?);
                }
            }
            _ => return Err(unknown(key, at)),
        }
    }
    if file.tests.is_empty() {
        return Err(mistake("the file holds no tests", tree.span(root)));
    }
    Ok(file)
}

fn mistake(message: impl Into<String>, span: Span) -> Mistake {
    Mistake {
        message: message.into(),
        span,
    }
}

fn unknown(key: &str, span: Span) -> Mistake {
    mistake(format!("`{key}` is no key here"), span)
}

struct Reader<'t>(&'t Tree);

impl<'t> Reader<'t> {
    /// The keys of a mapping with their places and values.
    fn entries(&self, node: NodeId) -> Result<Vec<(&'t str, Span, NodeId)>, Mistake> {
        let tree = self.0;
        if !tree.is_mapping(node) {
            return Err(mistake("a mapping is expected here", tree.span(node)));
        }
        let entries = tree.entries(node).iter().map(|entry| {
            let span = tree.span(entry.key);
            let key = tree.text(entry.key);
            let key = key.ok_or_else(|| mistake("a key is a text", span))?;
            Ok((key, span, entry.value))
        });
        entries.collect()
    }

    fn items(&self, node: NodeId) -> Result<&'t [NodeId], Mistake> {
        let tree = self.0;
        if tree.is_sequence(node) {
            Ok(tree.items(node))
        } else {
            Err(mistake("a list is expected here", tree.span(node)))
        }
    }

    fn text(&self, node: NodeId) -> Result<Named, Mistake> {
        let span = self.0.span(node);
        let text = self.0.text(node);
        let text = text.ok_or_else(|| mistake("a text is expected here", span))?;
        Ok(Named {
            text: text.to_owned(),
            span,
        })
    }

    fn texts(&self, node: NodeId) -> Result<Vec<Named>, Mistake> {
        let items = self.items(node)?.iter();
        items.map(|item| self.text(*item)).collect()
    }

    fn json(&self, node: NodeId) -> Result<Json, Mistake> {
        let value = json_of(self.0, node);
        value.ok_or_else(|| mistake("this is no value", self.0.span(node)))
    }

    fn values(&self, node: NodeId) -> Result<Vec<(String, Json)>, Mistake> {
        let entries = self.entries(node)?.into_iter();
        let value = |(key, _, value): (&str, Span, NodeId)| Ok((key.to_owned(), self.json(value)?));
        entries.map(value).collect()
    }

    fn test(&self, node: NodeId) -> Result<Test, Mistake> {
        let span = self.0.span(node);
        let mut name = None;
        let mut test = Test {
            name: Named {
                text: String::new(),
                span,
            },
            pipeline: None,
            given: Vec::new(),
            outputs: Vec::new(),
            context: None,
            input_set: None,
            trigger: None,
            failures: Vec::new(),
            interventions: Vec::new(),
            skip_stages: Vec::new(),
            engine: Generation::default(),
            reading: Reading::default(),
            at: None,
            expect: Expect::default(),
            expect_span: None,
        };
        for (key, at, value) in self.entries(node)? {
            match key {
                "name" => name = Some(self.text(value)?),
                "pipeline" => test.pipeline = Some(self.text(value)?),
                "given" => test.given = self.values(value)?,
                "outputs" => test.outputs = self.values(value)?,
                "context" => test.context = Some(self.text(value)?),
                "inputSet" => test.input_set = Some(self.text(value)?),
                "trigger" => test.trigger = Some(self.text(value)?),
                "fail" => {
                    for failure in self.texts(value)? {
                        let parsed = Failure::parse(&failure.text);
                        let parsed = parsed.map_err(|why| mistake(why, failure.span))?;
                        test.failures.push(parsed);
                    }
                }
                "intervene" => {
                    for (fqn, _, answer) in self.entries(value)? {
                        let answer = self.text(answer)?.text;
                        test.interventions.push((fqn.to_owned(), answer));
                    }
                }
                "skipStages" => {
                    let stages = self.texts(value)?.into_iter();
                    test.skip_stages = stages.map(|stage| stage.text).collect();
                }
                "engine" => test.engine = self.engine(value)?,
                "reading" => test.reading = self.reading(value)?,
                "at" => test.at = Some(self.text(value)?),
                "expect" => {
                    test.expect = self.expect(value)?;
                    test.expect_span = Some(self.0.span(value));
                }
                _ => return Err(unknown(key, at)),
            }
        }
        test.name = name.ok_or_else(|| mistake("a test has a name", span))?;
        Ok(test)
    }

    fn engine(&self, node: NodeId) -> Result<Generation, Mistake> {
        let named = self.text(node)?;
        match named.text.as_str() {
            "2023" => Ok(Generation::Of2023),
            "current" => Ok(Generation::Current),
            _ => Err(mistake("the engine is `2023` or `current`", named.span)),
        }
    }

    fn reading(&self, node: NodeId) -> Result<Reading, Mistake> {
        let named = self.text(node)?;
        match named.text.as_str() {
            "engine" => Ok(Reading::Engine),
            "documented" => Ok(Reading::Documented),
            _ => Err(mistake(
                "the reading is `engine` or `documented`",
                named.span,
            )),
        }
    }

    fn expect(&self, node: NodeId) -> Result<Expect, Mistake> {
        let mut expect = Expect::default();
        let entries = self.entries(node)?;
        for (key, at, value) in &entries {
            let (at, value) = (*at, *value);
            if let Some((_, verdict)) = LISTS.iter().find(|(list, _)| list == key) {
                let names = self.texts(value)?.into_iter();
                expect.verdicts.extend(names.map(|name| (*verdict, name)));
                continue;
            }
            match *key {
                "status" => {
                    for (fqn, span, status) in self.entries(value)? {
                        let status = self.text(status)?.text;
                        expect.statuses.push((named(fqn, span), status));
                    }
                }
                "error" => {
                    expect.error = Some(self.error(value)?);
                    if entries.len() > 1 {
                        let why = "a pipeline that is refused has nothing else to expect";
                        return Err(mistake(why, at));
                    }
                }
                "values" => {
                    for (expression, span, expected) in self.entries(value)? {
                        let expected = self.value(expected)?;
                        expect.values.push((named(expression, span), expected));
                    }
                }
                "rendered" => {
                    for (fqn, span, text) in self.entries(value)? {
                        let text = self.text(text)?.text;
                        expect.rendered.push((named(fqn, span), text));
                    }
                }
                "findings" => {
                    let rules = self.texts(value)?.into_iter();
                    expect.findings = Some(rules.map(|rule| rule.text).collect());
                }
                _ => return Err(unknown(key, at)),
            }
        }
        Ok(expect)
    }

    fn error(&self, node: NodeId) -> Result<ExpectedError, Mistake> {
        let span = self.0.span(node);
        match self.json(node)? {
            Json::Bool(true) => Ok(ExpectedError { text: None, span }),
            Json::String(text) => Ok(ExpectedError {
                text: Some(text),
                span,
            }),
            _ => Err(mistake("`error` is true, or a part of what is said", span)),
        }
    }

    fn value(&self, node: NodeId) -> Result<ExpectedValue, Mistake> {
        let value = self.json(node)?;
        let error = match &value {
            Json::Object(members) if members.len() == 1 => members.get("error"),
            _ => None,
        };
        Ok(match error.and_then(Json::as_str) {
            Some(text) => ExpectedValue::Error(text.to_owned()),
            None => ExpectedValue::Value(value),
        })
    }
}

fn named(text: &str, span: Span) -> Named {
    Named {
        text: text.to_owned(),
        span,
    }
}
