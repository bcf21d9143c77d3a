//! What a host's `serde_json` does is what it does without Pipewright in the program.

use serde::{Deserialize, Serialize};
use serde_json::{Value, json};

#[derive(Deserialize, PartialEq, Debug)]
#[serde(untagged)]
enum Untagged {
    Whole(i64),
    Real(f64),
    Text(String),
}

#[derive(Deserialize, PartialEq, Debug)]
struct Outer {
    name: String,
    #[serde(flatten)]
    inner: Inner,
}

#[derive(Deserialize, PartialEq, Debug)]
struct Inner {
    count: u32,
    share: f32,
}

#[derive(Serialize, Deserialize, PartialEq, Debug)]
#[serde(tag = "kind")]
enum Tagged {
    Sized { size: u64, ratio: f64 },
}

/// Makes sure that the library is linked, with whatever it switches on.
fn link() {
    let value =
        pipewright::evaluate("<+a>", &pipewright::Values::new().with("a", 1.50).unwrap()).unwrap();
    assert_eq!(value.to_json().unwrap(), json!(1.5));
}

#[test]
fn untagged_enums_take_numbers() {
    link();
    let found: Vec<Untagged> = serde_json::from_str(r#"[1, 2.5, "s"]"#).unwrap();
    assert_eq!(
        found,
        [
            Untagged::Whole(1),
            Untagged::Real(2.5),
            Untagged::Text("s".to_owned())
        ]
    );
}

#[test]
fn flattened_numbers_are_numbers() {
    link();
    let found: Outer =
        serde_json::from_value(json!({"name": "a", "count": 3, "share": 0.5})).unwrap();
    assert_eq!(
        found.inner,
        Inner {
            count: 3,
            share: 0.5
        }
    );
    let found: Outer = serde_json::from_str(r#"{"name": "a", "count": 3, "share": 0.5}"#).unwrap();
    assert_eq!(found.name, "a");
}

#[test]
fn tagged_enums_come_back() {
    link();
    let sized = Tagged::Sized {
        size: u64::MAX,
        ratio: 0.1,
    };
    let text = serde_json::to_string(&sized).unwrap();
    assert_eq!(serde_json::from_str::<Tagged>(&text).unwrap(), sized);
}

#[test]
fn objects_have_the_order_of_their_names_and_numbers_are_doubles() {
    link();
    assert_eq!(json!({"b": 1, "a": 2}).to_string(), r#"{"a":2,"b":1}"#);
    let number: Value = serde_json::from_str("1.000").unwrap();
    assert_eq!(number.to_string(), "1.0");
}
