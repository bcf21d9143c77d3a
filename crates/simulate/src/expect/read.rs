//! Reads files of tests. An unknown key is a mistake: what nobody reads would hold nothing.

use pipewright_jexl::Json;
use pipewright_source::{Span, TextRange, closest};
use pipewright_yaml::{NodeId, Tree};

use super::case::{
    BrokenTest, Expect, ExpectedError, ExpectedValue, Mistake, Named, Test, TestFile,
};
use super::keys::{EXPECT, FILE, Key, TEST};
use super::reader::Reader;
use crate::{Failure, Generation, Reading, Verdict};

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

/// Reads a tree as a file of tests. What cannot be read stands among the tests or the mistakes.
pub fn read(tree: &Tree) -> TestFile {
    let mut file = TestFile::default();
    if let Err(mistake) = read_into(&mut file, tree) {
        file.mistakes.push(mistake);
    }
    file
}

fn read_into(file: &mut TestFile, tree: &Tree) -> Result<(), Mistake> {
    let reader = Reader(tree);
    let at = |range| Span {
        file: tree.file(),
        range,
    };
    if let Some(problem) = tree.problems().first() {
        return Err(Mistake::new(problem.message.clone(), at(problem.range)));
    }
    let none = "the file holds no tests";
    let root = match tree.roots() {
        [] => return Err(Mistake::new(none, at(TextRange::empty(0)))),
        [root] => *root,
        [_, second, ..] => {
            let why = "a file of tests is one document; this is another one";
            return Err(Mistake::new(why, tree.span(*second)));
        }
    };
    for (key, at, value) in reader.entries(root)? {
        match key {
            "pipeline" => file.pipeline = Some(reader.text(value)?),
            "tests" => {
                let tests = reader.items(value)?.iter();
                file.tests.extend(tests.map(|test| reader.test(*test)));
            }
            _ => file.mistakes.push(unknown(key, at, &FILE)),
        }
    }
    if file.tests.is_empty() && file.mistakes.is_empty() {
        return Err(Mistake::new(none, tree.span(root)));
    }
    Ok(())
}

/// A key that is not among those that stand here.
fn unknown(key: &str, span: Span, known: &[Key]) -> Mistake {
    let hint = if let Some(meant) = closest(key, known.iter().map(|known| known.name)) {
        format!("; did you mean `{meant}`?")
    } else {
        let known: Vec<&str> = known.iter().map(|known| known.name).collect();
        format!("; there are {}", known.join(", "))
    };
    Mistake::new(format!("`{key}` is no key here{hint}"), span)
}

impl Reader<'_> {
    fn test(&self, node: NodeId) -> Result<Test, BrokenTest> {
        self.test_of(node).map_err(|mistake| {
            let tree = self.0;
            let name = tree.find(node, "name").and_then(|name| tree.text(name));
            BrokenTest {
                name: name.unwrap_or_default().to_owned(),
                mistake,
            }
        })
    }

    fn test_of(&self, node: NodeId) -> Result<Test, Mistake> {
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
            only_stages: Vec::new(),
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
                        let parsed = parsed.map_err(|why| Mistake::new(why, failure.span))?;
                        test.failures.push((parsed, failure.span));
                    }
                }
                "intervene" => {
                    for (fqn, span, answer) in self.entries(value)? {
                        let answer = self.text(answer)?;
                        test.interventions.push((named(fqn, span), answer));
                    }
                }
                "skipStages" => test.skip_stages = self.texts(value)?,
                "onlyStages" => test.only_stages = self.texts(value)?,
                "engine" => test.engine = self.engine(value)?,
                "reading" => test.reading = self.reading(value)?,
                "at" => test.at = Some(self.text(value)?),
                "expect" => {
                    test.expect = self.expect(value)?;
                    test.expect_span = self.own(node, value);
                }
                _ => return Err(unknown(key, at, &TEST)),
            }
        }
        let name = name.filter(|name| !name.text.trim().is_empty());
        test.name = name.ok_or_else(|| Mistake::new("a test has a name", span))?;
        Ok(test)
    }

    /// Where a value of a test stands, unless it is that of an alias, or one repeats it.
    fn own(&self, test: NodeId, value: NodeId) -> Option<Span> {
        let (around, span) = (self.0.span(test), self.0.span(value));
        let is_inside = around.range.start() <= span.range.start();
        let is_inside = is_inside && span.range.end() <= around.range.end();
        let is_repeated = self.0.aliases_of(value).next().is_some();
        (is_inside && !is_repeated).then_some(span)
    }

    fn engine(&self, node: NodeId) -> Result<Generation, Mistake> {
        let named = self.text(node)?;
        match named.text.as_str() {
            "2023" => Ok(Generation::Of2023),
            "current" => Ok(Generation::Current),
            _ => Err(Mistake::new(
                "the engine is `2023` or `current`",
                named.span,
            )),
        }
    }

    fn reading(&self, node: NodeId) -> Result<Reading, Mistake> {
        let named = self.text(node)?;
        match named.text.as_str() {
            "engine" => Ok(Reading::Engine),
            "documented" => Ok(Reading::Documented),
            _ => Err(Mistake::new(
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
                        return Err(Mistake::new(why, at));
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
                "findings" => expect.findings = Some(self.texts(value)?),
                _ => return Err(unknown(key, at, &EXPECT)),
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
            _ => Err(Mistake::new(
                "`error` is true, or a part of what is said",
                span,
            )),
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
