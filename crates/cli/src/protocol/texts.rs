//! The operations that look at a text and at no values.

use pipewright_analysis::Snapshot;
use pipewright_engine::{find_expressions, find_variables, is_single_expression};
use pipewright_jexl::limits::MAX_SOURCE_BYTES;
use pipewright_jexl::{ErrorKind, Json, Value};
use pipewright_lint::{Options, check_all};
use pipewright_resolve::paths_in;

use super::as_json::as_json;
use crate::answer::{Answer, Fault};
use crate::report;

/// The name of a text that is checked.
const FILE: &str = "<stdin>";

/// The outermost islands.
pub(super) fn find(text: &str) -> Json {
    told(texts(find_expressions(text)))
}

/// The innermost islands.
pub(super) fn findvars(text: &str) -> Json {
    Answer::from(find_variables(text).map(texts).map_err(Fault::from)).members()
}

/// Whether the text is one island and nothing else.
pub(super) fn single(text: &str) -> Json {
    told(Value::Boolean(is_single_expression(text)))
}

/// The paths that expressions name, from left to right. Each expression is read for it, so that the text may not be
/// longer than a program.
pub(super) fn names(text: &str) -> Json {
    if text.len() > MAX_SOURCE_BYTES {
        let message = format!("names are read of a text of {MAX_SOURCE_BYTES} bytes at most");
        return Answer::Fault(Fault::new(ErrorKind::Limit, message)).members();
    }
    told(texts(paths_in(text).into_iter().map(|(path, _)| path)))
}

/// What the rules that are on by default find in the text of a file, as `check --format json` tells it.
pub(super) fn check(text: &str) -> Result<Json, Fault> {
    let mut snapshot = Snapshot::default();
    snapshot.set_text(FILE, text);
    let found = check_all(&snapshot, &Options::default());
    let nodes = report::Nodes::new(&snapshot, &found);
    let found = as_json(&report::findings(snapshot.sources(), &nodes, &found));
    let found = found.ok_or_else(|| Fault::bad_request("the findings cannot be written"))?;
    Ok(Json::object([("ok", true.into()), ("diagnostics", found)]))
}

fn told(value: Value) -> Json {
    Answer::from(Ok(value)).members()
}

fn texts(texts: impl IntoIterator<Item = String>) -> Value {
    Value::list(texts.into_iter().map(Value::from).collect())
}
