//! Recorded cases of the real engines: reading them, asking the protocol, comparing the answers.

use std::path::Path;

use pipewright_cli::Protocol;
use pipewright_jexl::Json;

/// What became of one file of cases.
#[derive(Debug, Default)]
pub struct Outcome {
    /// How many cases agree.
    pub agreed: usize,
    /// Cases that differ, each with what was wanted and what came.
    pub differences: Vec<Difference>,
}

/// A case that differs.
#[derive(Debug)]
pub struct Difference {
    /// The case's id.
    pub id: String,
    /// The case, as its line.
    pub case: String,
    /// The answer, as its line.
    pub answer: String,
}

/// Asks the protocol every case of `file` and compares the answers; `contexts` holds what `$ref` names.
///
/// # Panics
/// When a file cannot be read or a line is no case.
pub fn run(file: &Path, contexts: Option<&Path>) -> Outcome {
    let read = |path: &Path| {
        std::fs::read_to_string(path).unwrap_or_else(|error| panic!("{}: {error}", path.display()))
    };
    let contexts = contexts.map_or_else(Default::default, |path| match Json::read(&read(path)) {
        Ok(Json::Object(contexts)) => contexts,
        other => panic!("contexts are an object, not {other:?}"),
    });
    let mut protocol = Protocol::new(contexts);
    let mut outcome = Outcome::default();
    for line in read(file).lines() {
        let case: Json = Json::read(line).expect("every line is a case");
        let answer = protocol.answer(line);
        let parsed: Json = Json::read(&answer).expect("every answer is JSON");
        if agrees(member(&case, "expect"), &parsed) {
            outcome.agreed += 1;
        } else {
            outcome.differences.push(Difference {
                id: member(&case, "id").as_str().unwrap_or_default().to_owned(),
                case: line.to_owned(),
                answer,
            });
        }
    }
    outcome
}

/// Whether an answer is what was recorded.
pub fn agrees(expect: &Json, answer: &Json) -> bool {
    let same = |name: &str| member(expect, name) == member(answer, name);
    if !same("ok") {
        return false;
    }
    if *member(expect, "ok") == Json::Bool(false) {
        return same("error");
    }
    let is_set = member(expect, "type").as_str() == Some("Set");
    same("type")
        && same_value(member(expect, "value"), member(answer, "value"), is_set)
        && expect
            .get("str")
            .is_none_or(|text| same_value(text, member(answer, "str"), false))
}

/// The member of this name; null where there is none.
fn member<'j>(json: &'j Json, name: &str) -> &'j Json {
    json.get(name).unwrap_or(&Json::Null)
}

/// Deep equality with exact numbers. The order of maps does not count, nor that of elements where `unordered`.
fn same_value(wanted: &Json, found: &Json, unordered: bool) -> bool {
    match (wanted, found) {
        (Json::String(wanted), Json::String(found)) => same_text(wanted, found),
        (Json::Number(wanted), Json::Number(found)) => {
            let (wanted, found) = (wanted.to_string(), found.to_string());
            wanted == found || is_same_real(&wanted, &found)
        }
        (Json::Array(wanted), Json::Array(found)) if unordered => {
            wanted.len() == found.len()
                && wanted
                    .iter()
                    .all(|item| found.iter().any(|other| same_value(item, other, true)))
        }
        (Json::Array(wanted), Json::Array(found)) => {
            wanted.len() == found.len()
                && wanted
                    .iter()
                    .zip(found)
                    .all(|(wanted, found)| same_value(wanted, found, false))
        }
        (Json::Object(wanted), Json::Object(found)) => {
            wanted.len() == found.len()
                && wanted.iter().all(|(key, wanted)| {
                    found
                        .get(key)
                        .is_some_and(|found| same_value(wanted, found, unordered))
                })
        }
        _ => wanted == found,
    }
}

/// Whether two numbers with a fraction or exponent are the same double.
fn is_same_real(wanted: &str, found: &str) -> bool {
    let is_real = |text: &str| text.contains(['.', 'e', 'E']);
    match (wanted.parse::<f64>(), found.parse::<f64>()) {
        (Ok(a), Ok(b)) => is_real(wanted) && is_real(found) && a.to_bits() == b.to_bits(),
        _ => false,
    }
}

/// Equality of texts in which `{{VAR1}}` stands for any single word.
fn same_text(wanted: &str, found: &str) -> bool {
    let Some((before, rest)) = wanted.split_once("{{VAR") else {
        return wanted == found;
    };
    let Some((_, after)) = rest.split_once("}}") else {
        return wanted == found;
    };
    let Some(found) = found.strip_prefix(before) else {
        return false;
    };
    // Two names may stand side by side, so that the word before ends somewhere inside.
    let word = found
        .find(|c: char| !c.is_ascii_alphanumeric() && c != '_')
        .unwrap_or(found.len());
    (1..=word).any(|end| same_text(after, &found[end..]))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn hidden_names_are_any_word() {
        assert!(same_text("x-{{VAR1}}-y", "x-VARA1-y"));
        assert!(same_text("{{VAR1}}{{VAR2}}", "VARA1VARB2"));
        assert!(!same_text("{{VAR1}}", ""));
        assert!(!same_text("{{VAR1}}", "two words"));
    }

    #[test]
    fn order_counts_where_it_is_recorded() {
        let told = |class: &str, items: &str| {
            let line = format!(r#"{{"ok": true, "type": "{class}", "value": {items}}}"#);
            Json::read(&line).unwrap()
        };
        assert!(agrees(&told("Set", "[1, 2]"), &told("Set", "[2, 1]")));
        assert!(!agrees(&told("List", "[1, 2]"), &told("List", "[2, 1]")));
        assert!(!agrees(&told("List", "[1]"), &told("List", "[1.0]")));
    }
}
