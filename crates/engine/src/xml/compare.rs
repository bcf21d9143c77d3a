//! Comparisons (XPath 1.0, §3.4): of nodes, whether one of them compares so. Linear in the nodes of both sides.

use std::collections::HashSet;

use pipewright_jexl::{OpResult, charge_reading};

use crate::xml::document::Document;
use crate::xml::found::{Found, number_of};
use crate::xml::path::Comparison;

/// The work of one text besides its bytes.
const TEXT: usize = 32;

/// Whether `left` compares so to `right`.
pub(super) fn compare(
    document: &Document,
    comparison: Comparison,
    left: &Found,
    right: &Found,
) -> OpResult<bool> {
    charge(document, left)?;
    charge(document, right)?;
    let numbers = |found: &Found| numbers(document, found);
    Ok(match (comparison, left, right) {
        (Comparison::Equal, ..) => equal(document, left, right),
        (Comparison::NotEqual, ..) => not_equal(document, left, right),
        (_, Found::Nodes(_), Found::Truth(truth)) => ordered(
            comparison,
            &[f64::from(u8::from(left.truth()))],
            &[f64::from(u8::from(*truth))],
        ),
        (_, Found::Truth(truth), Found::Nodes(_)) => ordered(
            comparison,
            &[f64::from(u8::from(*truth))],
            &[f64::from(u8::from(right.truth()))],
        ),
        _ => ordered(comparison, &numbers(left), &numbers(right)),
    })
}

fn charge(document: &Document, found: &Found) -> OpResult<()> {
    let bytes = match found {
        Found::Nodes(nodes) => nodes
            .iter()
            .map(|node| document.text(*node).len() + TEXT)
            .sum(),
        Found::Text(text) => text.len(),
        Found::Number(_) | Found::Truth(_) => 0,
    };
    charge_reading(bytes)
}

fn numbers(document: &Document, found: &Found) -> Vec<f64> {
    match found {
        Found::Nodes(nodes) => nodes
            .iter()
            .map(|node| number_of(document.text(*node)))
            .collect(),
        other => vec![other.number(document)],
    }
}

/// Whether one number of the left is so to one of the right: the outermost decide.
fn ordered(comparison: Comparison, left: &[f64], right: &[f64]) -> bool {
    let least = |numbers: &[f64]| numbers.iter().copied().fold(f64::NAN, f64::min);
    let most = |numbers: &[f64]| numbers.iter().copied().fold(f64::NAN, f64::max);
    match comparison {
        Comparison::Less => least(left) < most(right),
        Comparison::LessOrEqual => least(left) <= most(right),
        Comparison::Greater => most(left) > least(right),
        Comparison::GreaterOrEqual => most(left) >= least(right),
        Comparison::Equal | Comparison::NotEqual => false,
    }
}

fn equal(document: &Document, left: &Found, right: &Found) -> bool {
    match (left, right) {
        (Found::Truth(truth), other) | (other, Found::Truth(truth)) => other.truth() == *truth,
        (Found::Nodes(some), Found::Nodes(others)) => {
            let texts: HashSet<&str> = some.iter().map(|node| document.text(*node)).collect();
            others
                .iter()
                .any(|node| texts.contains(document.text(*node)))
        }
        (Found::Nodes(nodes), Found::Text(text)) | (Found::Text(text), Found::Nodes(nodes)) => {
            nodes.iter().any(|node| document.text(*node) == text)
        }
        (Found::Text(left), Found::Text(right)) => left == right,
        _ => {
            let (left, right) = (numbers(document, left), numbers(document, right));
            left.iter().any(|number| right.contains(number))
        }
    }
}

/// Whether one differs, which two nodes may even where they also equal each other.
#[expect(clippy::float_cmp, reason = "XPath compares numbers exactly")]
fn not_equal(document: &Document, left: &Found, right: &Found) -> bool {
    match (left, right) {
        (Found::Truth(_), _) | (_, Found::Truth(_)) | (Found::Text(_), Found::Text(_)) => {
            !equal(document, left, right)
        }
        (Found::Nodes(some), Found::Nodes(others)) => {
            let mut texts = some.iter().chain(others).map(|node| document.text(*node));
            let first = texts.next();
            !some.is_empty() && !others.is_empty() && texts.any(|text| Some(text) != first)
        }
        (Found::Nodes(nodes), Found::Text(text)) | (Found::Text(text), Found::Nodes(nodes)) => {
            nodes.iter().any(|node| document.text(*node) != text)
        }
        _ => {
            let (left, right) = (numbers(document, left), numbers(document, right));
            left.iter()
                .any(|number| right.iter().any(|other| number != other))
        }
    }
}
