//! JSONPath in the dialect of Jayway's `JsonPath`, which the `json` functor speaks (`spec/engine.md` §5.1).
//!
//! Against RFC 9535 it takes paths without `$`, has `=~ /pattern/`, `in` and `size` in filters, and gives the value
//! itself for a path that can reach one value only. Path functions such as `.length()` do not exist: they are names.

mod compare;
mod cursor;
mod filter;
mod items;
mod parse;
mod path;
mod select;
mod test;

use pipewright_jexl::{Failure, OpResult, Value, question};

pub(crate) use select::Selected;

/// How much stack a path needs at most, in bytes: documents and filters are walked by recursion, and the walk has a
/// depth.
const ROOM: usize = 1024 * 1024;

/// Applies the path `text` to `document`.
///
/// # Errors
/// Kind `method-failed` for a path that cannot be read or a definite path that reaches nothing; kind `limit` for one
/// that goes too deep or reads more than the question may.
pub(crate) fn select(text: &str, document: &Value) -> OpResult<Selected> {
    let path = parse::parse(text).map_err(Failure::method)?;
    stacker::maybe_grow(ROOM, ROOM, || question(|| select::select(&path, document)))
}

#[cfg(test)]
mod tests {
    use pipewright_jexl::ErrorKind;

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

    fn run(path: &str) -> OpResult<String> {
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
            let found = run(path).unwrap_or_else(|error| panic!("{path}: {error:?}"));
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

    fn is_limit(selected: &OpResult<Selected>) -> bool {
        matches!(
            selected,
            Err(Failure::Error {
                kind: ErrorKind::Limit,
                ..
            })
        )
    }

    #[test]
    fn an_unknown_value_makes_a_filter_unknown() {
        let item = Value::map([("a".into(), Value::unknown("a runtime input"))]);
        let list = Value::list(vec![item]);
        for path in ["$[?(@.a == 1)]", "$[?(1 in @.a)]", "$[?(@.a =~ /x/)]"] {
            let selected = select(path, &list);
            assert!(matches!(selected, Err(Failure::Unknown(_))), "{path}");
        }
    }

    #[test]
    fn hostile_paths_end_at_a_limit() {
        let mut nest = Value::from(1);
        for _ in 0..150 {
            nest = Value::list(vec![nest.clone(), nest]);
        }
        assert!(is_limit(&select("$..*", &nest)));
        let many = Value::list((0..50_000).map(Value::from).collect());
        let list = Value::map([("l".into(), many)]);
        assert!(is_limit(&select("$.l[?(@ in $.l)]", &list)));
        let text = Value::map([
            ("t".into(), Value::from("é".repeat(100_000))),
            ("l".into(), Value::list(vec![Value::from(1); 10_000])),
        ]);
        assert!(is_limit(&select("$.l[?($.t size 3)]", &text)));
        assert!(is_limit(&select("$.l[?($.t contains 'x')]", &text)));
        assert!(select(&"[?(".repeat(1000), &Value::Null).is_err());
        assert!(select(&format!("$[?({}@.a)]", "!".repeat(1000)), &Value::Null).is_err());
    }

    #[test]
    fn a_path_goes_no_deeper_than_a_small_stack_takes() {
        let walk = || {
            let map = Value::map([("a".into(), Value::from(1))]);
            let filters = format!("${}", "[?(@.a)]".repeat(1500));
            assert!(is_limit(&select(&filters, &map)));
            let inner = format!("@{}", "[?(@.a)]".repeat(250));
            let nested = (0..5).fold(inner, |inner, _| {
                format!("@{}[?({inner})]", "[?(@.a)]".repeat(200))
            });
            assert!(is_limit(&select(&nested.replacen('@', "$", 1), &map)));
        };
        let thread = std::thread::Builder::new().stack_size(512 * 1024);
        thread.spawn(walk).unwrap().join().unwrap();
    }
}
