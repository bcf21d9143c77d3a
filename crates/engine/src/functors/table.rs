//! The table of functors.

use pipewright_jexl::{Failure, OpResult, Value};

use crate::clock::TimeOfRun;
use crate::functors::arguments::{one_text, two_texts};
use crate::functors::date::Date;
use crate::functors::functor::{Functor, Host, Parameter, ParameterKind};
use crate::functors::{json, regex, shell};
use crate::template::has_expressions;
use crate::xml;

const fn text(name: &'static str) -> Parameter {
    Parameter {
        name,
        kind: ParameterKind::Text,
    }
}

const fn document(name: &'static str) -> Parameter {
    Parameter {
        name,
        kind: ParameterKind::Document,
    }
}

const fn document_or_map(name: &'static str) -> Parameter {
    Parameter {
        name,
        kind: ParameterKind::DocumentOrMap,
    }
}

const fn any(name: &'static str) -> Parameter {
    Parameter {
        name,
        kind: ParameterKind::Any,
    }
}

/// Whether the argument of `expression.isResolved` is a value without expressions in it.
fn is_resolved(arguments: &[Value]) -> OpResult<bool> {
    match arguments {
        [Value::Null] | [] => Ok(false),
        [value, ..] => Ok(!has_expressions(&value.text()?.to_str())),
    }
}

/// Every function of every root.
pub const FUNCTORS: &[Functor] = &[
    Functor {
        root: "regex",
        name: "extract",
        parameters: &[text("pattern"), text("source")],
        result: "String",
        doc: "The first part of the source that the pattern matches and that is not empty, or an empty text.",
        call: |_, arguments| regex::extract(arguments),
    },
    Functor {
        root: "regex",
        name: "replace",
        parameters: &[text("pattern"), text("replacement"), text("source")],
        result: "String",
        doc: "The source with every match replaced; `$1` in the replacement is the first group.",
        call: |_, arguments| regex::replace(arguments),
    },
    Functor {
        root: "regex",
        name: "match",
        parameters: &[text("pattern"), text("source")],
        result: "Boolean",
        doc: "Whether the pattern matches somewhere in the source; `=~` wants the whole text.",
        call: |_, arguments| regex::matches(arguments),
    },
    Functor {
        root: "json",
        name: "object",
        parameters: &[document("json")],
        result: "Map",
        doc: "The JSON object in a text as a map.",
        call: json::object,
    },
    Functor {
        root: "json",
        name: "select",
        parameters: &[text("path"), document("json")],
        result: "Object",
        doc: "What a JSONPath selects: the value for a path to one place, otherwise a list.",
        call: json::select,
    },
    Functor {
        root: "json",
        name: "list",
        parameters: &[text("path"), document_or_map("json")],
        result: "Object",
        doc: "What a JSONPath selects in a text or a map; for paths that lead to lists.",
        call: json::list,
    },
    Functor {
        root: "json",
        name: "format",
        parameters: &[any("value")],
        result: "String",
        doc: "A value as compact JSON, without the entries of maps that are null.",
        call: |_, arguments| json::format(arguments),
    },
    Functor {
        root: "xml",
        name: "select",
        parameters: &[text("path"), document("xml")],
        result: "String",
        doc: "The text of what an XPath selects, or an empty text.",
        call: |host, arguments| {
            let (path, xml) = two_texts(arguments)?;
            let document = host.documents.xml(xml)?;
            xml::select(&path.to_str(), &document).map(Value::from)
        },
    },
    Functor {
        root: "datetime",
        name: "currentDate",
        parameters: &[],
        result: "Date",
        doc: "The date today (UTC), such as 2026-11-22; `plusDays(1)` and the like change it.",
        call: |host, _| Ok(now(host, false)),
    },
    Functor {
        root: "datetime",
        name: "currentTime",
        parameters: &[],
        result: "Date",
        doc: "The date and time now (UTC), such as 2026-11-22T07:42:13.392+0000; `plusHours(1)` and the like change it.",
        call: |host, _| Ok(now(host, true)),
    },
    Functor {
        root: "string",
        name: "escapeDoubleQuotes",
        parameters: &[text("text")],
        result: "String",
        doc: "The text with a backslash before every double quote; null stays null.",
        call: |_, arguments| match arguments {
            [Value::Null] => Ok(Value::Null),
            arguments => Ok(shell::escape_chars(&one_text(arguments)?.to_str(), "\"")?.into()),
        },
    },
    Functor {
        root: "expression",
        name: "isResolved",
        parameters: &[any("value")],
        result: "Boolean",
        doc: "Whether the value is there and holds no expression that is not resolved.",
        call: |_, arguments| Ok(Value::Boolean(is_resolved(arguments)?)),
    },
    Functor {
        root: "expression",
        name: "isUnresolved",
        parameters: &[any("value")],
        result: "Boolean",
        doc: "Whether the value is null or holds an expression that is not resolved.",
        call: |_, arguments| Ok(Value::Boolean(!is_resolved(arguments)?)),
    },
    Functor {
        root: "shell",
        name: "escape",
        parameters: &[text("text")],
        result: "String",
        doc: "The text with a backslash before each of '`$&()|;\" for a shell.",
        call: |_, arguments| shell::escape(&one_text(arguments)?.to_str()).map(Value::from),
    },
    Functor {
        root: "shell",
        name: "quote",
        parameters: &[text("text")],
        result: "String",
        doc: "The text in single quotes.",
        call: |_, arguments| Ok(shell::enclose("'", &one_text(arguments)?.to_str()).into()),
    },
    Functor {
        root: "shell",
        name: "doubleQuote",
        parameters: &[text("text")],
        result: "String",
        doc: "The text in double quotes.",
        call: |_, arguments| Ok(shell::enclose("\"", &one_text(arguments)?.to_str()).into()),
    },
    Functor {
        root: "shell",
        name: "enclose",
        parameters: &[text("around"), text("text")],
        result: "String",
        doc: "The text with another before and after it.",
        call: |_, arguments| {
            let (around, text) = two_texts(arguments)?;
            Ok(shell::enclose(&around.to_str(), &text.to_str()).into())
        },
    },
    Functor {
        root: "shell",
        name: "escapeChars",
        parameters: &[text("text"), text("chars")],
        result: "String",
        doc: "The text with a backslash before each of the given characters.",
        call: |_, arguments| {
            let (text, chars) = two_texts(arguments)?;
            shell::escape_chars(&text.to_str(), &chars.to_str()).map(Value::from)
        },
    },
    Functor {
        root: "secrets",
        name: "getValue",
        parameters: &[text("identifier")],
        result: "String",
        doc: "A placeholder that the delegate replaces by the secret; the secret itself is never seen here.",
        call: secret,
    },
];

/// What stands before the identifier in the placeholder of a secret.
const SECRET_PLACEHOLDER: &str = "${ngSecretManager.obtain(";

/// The placeholder of a secret (`spec/engine.md` §8).
fn secret(host: &Host, arguments: &[Value]) -> OpResult {
    let identifier = one_text(arguments)?.to_str();
    if identifier.starts_with(SECRET_PLACEHOLDER) {
        return Err(Failure::method(
            "a secret cannot be named by another secret",
        ));
    }
    Ok(format!(
        "{SECRET_PLACEHOLDER}\"{identifier}\", {})}}",
        host.secret_token
    )
    .into())
}

fn now(host: &Host, timed: bool) -> Value {
    match host.clock.now() {
        Some(time) => Value::object(Date::new(time, timed)),
        None => Value::unknown(TimeOfRun),
    }
}
