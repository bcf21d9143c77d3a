//! The keys of a file of tests: what reads them, suggests them and publishes them asks these tables.

/// A key with what it holds.
#[derive(Debug)]
pub(super) struct Key {
    pub(super) name: &'static str,
    /// What it says, for people who write such a file.
    pub(super) about: &'static str,
    pub(super) shape: Shape,
}

/// What a key holds.
#[derive(Debug)]
pub(super) enum Shape {
    /// A text.
    Text,
    /// A list of texts.
    Texts,
    /// Texts by name.
    TextsByName,
    /// Values by name.
    Values,
    /// One of these words.
    Word(&'static [&'static str]),
    /// True, or a part of a text.
    Error,
    /// Keys of their own.
    Keys(&'static [Key]),
    /// A list of what has keys of its own, of which the first is required.
    Items(&'static [Key]),
}

const fn key(name: &'static str, shape: Shape, about: &'static str) -> Key {
    Key { name, about, shape }
}

/// The keys of the file.
pub(super) static FILE: [Key; 2] = [
    key("tests", Shape::Items(&TEST), "The tests, in order"),
    key(
        "pipeline",
        Shape::Text,
        "The pipeline of tests that name none: a path beside this file",
    ),
];

/// The keys of a test.
pub(super) static TEST: [Key; 15] = [
    key("name", Shape::Text, "What the pipeline does, in words"),
    key(
        "pipeline",
        Shape::Text,
        "The pipeline, where it is another than that of the file: a path beside this file",
    ),
    key(
        "given",
        Shape::Values,
        "Values by fully qualified name or root path",
    ),
    key(
        "outputs",
        Shape::Values,
        "Outputs of steps by fully qualified name; those that are not given are unknown",
    ),
    key(
        "context",
        Shape::Text,
        "A JSON or YAML file with values: a path beside this file",
    ),
    key(
        "inputSet",
        Shape::Text,
        "An input set or overlay: a path beside this file",
    ),
    key(
        "trigger",
        Shape::Text,
        "A JSON or YAML file with the payload of the trigger: a path beside this file",
    ),
    key(
        "fail",
        Shape::Texts,
        "What fails, as FQN[=TYPE[:N]]: with a type of failure (default Unknown) at the first N starts (default all)",
    ),
    key(
        "intervene",
        Shape::TextsByName,
        "What somebody answers to the first manual intervention of a step: the action by fully qualified name",
    ),
    key(
        "skipStages",
        Shape::Texts,
        "The stages that are left out, by identifier or fully qualified name",
    ),
    key(
        "onlyStages",
        Shape::Texts,
        "The only stages that run, by identifier or fully qualified name",
    ),
    key(
        "engine",
        Shape::Word(&["current", "2023"]),
        "Whose engine: that of today or that of December 2023",
    ),
    key(
        "reading",
        Shape::Word(&["engine", "documented"]),
        "How to read the rules where the engine and Harness's page on step groups differ",
    ),
    key(
        "at",
        Shape::Text,
        "The fully qualified name of the node at which `values` are evaluated; the pipeline, where nothing is said",
    ),
    key("expect", Shape::Keys(&EXPECT), "What is expected"),
];

/// The keys of what is expected.
pub(super) static EXPECT: [Key; 13] = [
    key("runs", Shape::Texts, "What runs and succeeds"),
    key(
        "skipped",
        Shape::Texts,
        "What is left out, or is inside something that is",
    ),
    key("failed", Shape::Texts, "What fails"),
    key("ignored", Shape::Texts, "What fails, and that is ignored"),
    key("aborted", Shape::Texts, "What is aborted"),
    key("rolledBack", Shape::Texts, "What is rolled back"),
    key("notReached", Shape::Texts, "Where the run does not come"),
    key(
        "unknown",
        Shape::Texts,
        "What rests on values that are not given",
    ),
    key(
        "status",
        Shape::TextsByName,
        "The engine's status by fully qualified name",
    ),
    key(
        "error",
        Shape::Error,
        "That Harness refuses the pipeline: true, or a part of what is said; then nothing else is expected",
    ),
    key(
        "values",
        Shape::Values,
        "What expressions give; { error: TEXT } for one that fails with this text",
    ),
    key(
        "rendered",
        Shape::TextsByName,
        "What the texts of settings become, by fully qualified name",
    ),
    key(
        "findings",
        Shape::Texts,
        "The rules of which `check` has findings in the pipeline; [] for none",
    ),
];
