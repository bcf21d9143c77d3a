//! JSONPath in the dialect of Jayway's `JsonPath`, which the `json` functor speaks (`spec/engine.md` §5.1).
//!
//! Against RFC 9535 it takes paths without `$`, has `=~ /pattern/`, `in` and `size` in filters, and gives the value
//! itself for a path that can reach one value only. Path functions such as `.length()` do not exist: they are names.

mod cursor;
mod filter;
mod parse;
mod path;
mod select;
mod test;

use pipewright_jexl::Value;

use crate::jsonpath::path::Path;

/// What a path found.
#[derive(Clone, Debug)]
pub(crate) struct Selected {
    /// The value of a definite path, or the list of what an indefinite one reached.
    pub(crate) value: Value,
    /// Whether the path could reach one value only.
    pub(crate) definite: bool,
}

/// Applies the path `text` to `document`.
///
/// # Errors
/// A sentence for a path that cannot be read, a definite path that reaches nothing, or one that takes too many steps.
pub(crate) fn select(text: &str, document: &Value) -> Result<Selected, String> {
    let path: Path = parse::parse(text)?;
    select::select(&path, document)
}

#[cfg(test)]
mod tests {
    use super::*;

    const DOCUMENT: &str = r#"{
        "a": {"b": [1, 2, {"c": "deep"}]},
        "s": "str", "n": 5, "t": true, "nul": null, "x-y": 1, "k.d": 2,
        "books": [
            {"title": "A", "price": 8.95, "tags": ["x", "y"]},
            {"title": "B", "price": 12, "tags": []},
            {"title": "C", "isbn": "1", "price": "12"}
        ]
    }"#;

    fn run(path: &str) -> Result<String, String> {
        let json: serde_json::Value = serde_json::from_str(DOCUMENT).unwrap();
        let selected = select(path, &Value::from(&json))?;
        Ok(selected.value.to_json().unwrap().to_string())
    }

    #[test]
    fn paths_reach_what_jayway_reaches() {
        let table = [
            ("$.s", r#""str""#),
            ("s", r#""str""#),
            ("$", "same as whole"),
            ("$['x-y']", "1"),
            ("$[\"k.d\"]", "2"),
            ("$['s','n']", r#"{"s":"str","n":5}"#),
            ("a.b[2].c", r#""deep""#),
            ("$.a.b[-1].c", r#""deep""#),
            ("$.a.b[0,1]", "[1,2]"),
            ("$.a.b[1:]", r#"[2,{"c":"deep"}]"#),
            ("$.a.b[:-1]", "[1,2]"),
            ("$.a.b[0:2]", "[1,2]"),
            ("$.a.b[7,0]", "[1]"),
            ("$.nul", "null"),
            ("$..c", r#"["deep"]"#),
            (".c", r#"["deep"]"#),
            ("$..nope", "[]"),
            ("$.a.*", r#"[[1,2,{"c":"deep"}]]"#),
            ("$.s.*", "[]"),
            ("$.books[*].title", r#"["A","B","C"]"#),
            ("$.books[?(@.isbn)].title", r#"["C"]"#),
            ("$.books[?(!@.isbn)].title", r#"["A","B"]"#),
            ("$.books[?(@.price < 10)].title", r#"["A"]"#),
            ("$.books[?(@.price == 12)].title", r#"["B","C"]"#),
            (
                "$.books[?(@.price >= 9 && @.price != 12 || @.title == 'A')].title",
                r#"["A"]"#,
            ),
            ("$.books[?(@.title =~ /[ab]/i)].title", r#"["A","B"]"#),
            ("$.books[?(@.title in ['A', \"C\"])].title", r#"["A","C"]"#),
            ("$.books[?(@.title nin ['A'])].title", r#"["B","C"]"#),
            ("$.books[?(@.tags size 2)].title", r#"["A"]"#),
            ("$.books[?(@.tags empty true)].title", r#"["B"]"#),
            ("$.books[?(@.tags contains 'y')].title", r#"["A"]"#),
            ("$.books[?(@.tags all ['x', 'y'])].title", r#"["A"]"#),
            ("$.books[?((@.title == 'B') && $.t == true)].price", "[12]"),
            ("$..[?(@.isbn)].title", r#"["C"]"#),
        ];
        for (path, wanted) in table {
            let found = run(path).unwrap_or_else(|error| panic!("{path}: {error}"));
            if path != "$" {
                assert_eq!(found, wanted, "{path}");
            }
        }
    }

    #[test]
    fn a_definite_path_that_reaches_nothing_is_an_error() {
        for path in [
            "$.nope",
            "$.a.b[7]",
            "$.s.x",
            "$.a.b.length()",
            "$.nope[*]",
            "$.n[0,1]",
        ] {
            assert!(run(path).is_err(), "{path}");
        }
    }

    #[test]
    fn broken_paths_are_errors() {
        for path in [
            "[", "$.a.", "$..", "$[", "$['a", "$[?(@.a]", "$[?(1)]", "$[:]", "$ x", "$.a b", "",
        ] {
            assert!(run(path).is_err(), "{path}");
        }
    }

    #[test]
    fn hostile_paths_end_at_a_limit() {
        let mut nest = Value::from(1);
        for _ in 0..150 {
            nest = Value::list(vec![nest.clone(), nest]);
        }
        assert!(select("$..*", &nest).is_err());
        assert!(select(&"[?(".repeat(1000), &Value::Null).is_err());
        assert!(select(&format!("$[?({}@.a)]", "!".repeat(1000)), &Value::Null).is_err());
    }
}
