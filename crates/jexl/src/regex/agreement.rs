//! The two ways to match find the same, and what `fancy-regex` finds by its own machine.

use fancy_regex::Expr;
use proptest::prelude::*;
use proptest::sample::select;

use super::compile;
use super::linear::Linear;
use super::machine::Machine;
use super::program::Case;
use super::search::{Finder, Match, Search};
use super::shape::{empty_turn, has_empty_turn_with_groups, holds, needs_ways};

/// A pattern of these leaves and openings of groups.
fn pattern(leaves: &[&'static str], openings: &[&'static str]) -> impl Strategy<Value = String> {
    let quantifiers = [
        "", "", "", "*", "+", "?", "{2}", "{1,2}", "{2,}", "*?", "+?", "??", "{0,2}?",
    ];
    let openings = openings.to_vec();
    let leaf = select(leaves.to_vec()).prop_map(str::to_owned);
    leaf.prop_recursive(4, 24, 4, move |inside| {
        let parts = prop::collection::vec((inside, select(quantifiers.to_vec())), 0..4);
        let branches = prop::collection::vec(parts, 1..3);
        (select(openings.clone()), branches).prop_map(|(opening, branches)| {
            let sequence = |parts: Vec<(String, &str)>| {
                let parts = parts.into_iter();
                let quantified = |(part, quantifier): (String, &str)| {
                    ["(?:", part.as_str(), ")", quantifier].concat()
                };
                parts.map(quantified).collect::<String>()
            };
            let branches: Vec<String> = branches.into_iter().map(sequence).collect();
            format!("{opening}{})", branches.join("|"))
        })
    })
}

fn matches(text: &str, finder: Finder<'_, '_>) -> Vec<Match> {
    let mut search = Search::new(text, finder);
    std::iter::from_fn(|| search.next().expect("the text is short")).collect()
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(500))]

    #[test]
    fn an_automaton_finds_what_the_ways_find(
        source in pattern(
            &["a", "b", "ab", ".", "[ab]", "[^a]", r"\n", r"\b", r"\B", r"\A", r"\z"],
            &["(", "(?:"],
        ),
        text in "[ab\n]{0,12}",
    ) {
        // The library repeats nothing that is empty by its shape.
        let Ok(tree) = Expr::parse_tree(&source) else { return Ok(()) };
        let tree = tree.expr;
        if needs_ways(&tree) {
            return Ok(());
        }
        let linear = Linear::new(&source).expect("a small pattern");
        let program = compile::program(&tree, Case::Any).expect("a small pattern");
        let one = matches(&text, Finder::Linear(&linear, None));
        let other = matches(&text, Finder::Machine(Machine::new(&program, &text)));
        let ranges = |found: &[Match]| found.iter().map(Match::range).collect::<Vec<_>>();
        prop_assert_eq!(ranges(&one), ranges(&other), "{} on {:?}", source, text);
        prop_assert_eq!(linear.is_match(&text).expect("the text is short"), !one.is_empty());
        if !has_empty_turn_with_groups(&tree) {
            let groups = |found: Vec<Match>| found.into_iter().map(|found| found.groups).collect::<Vec<_>>();
            prop_assert_eq!(groups(one), groups(other), "{} on {:?}", source, text);
        }
    }

    #[test]
    fn the_ways_find_what_fancy_regex_finds(
        source in pattern(
            &["a", "b", "ab", ".", "[^a]", r"\n", r"\z", "(?<=a)", "(?<!b|ab)"],
            &["(", "(?:", "(?=", "(?!", "(?>", ],
        ),
        text in "[ab\n]{0,12}",
    ) {
        let Ok(library) = fancy_regex::Regex::new(&source) else { return Ok(()) };
        let tree = Expr::parse_tree(&source).expect("it was compiled").expr;
        // The library goes on where a turn read nothing.
        if holds(&tree, |part| empty_turn(part).is_some()) {
            return Ok(());
        }
        let program = compile::program(&tree, Case::Any).expect("a small pattern");
        let mut machine = Machine::new(&program, &text);
        let ours = machine.find(0, 0).expect("the text is short");
        let theirs = library.captures(&text).expect("the text is short");
        let range = |group: Option<fancy_regex::Match<'_>>| group.map(|group| group.range());
        let theirs = theirs.map(|found| found.iter().map(range).collect::<Vec<_>>());
        prop_assert_eq!(ours.map(|found| found.groups), theirs, "{} on {:?}", source, text);
    }
}
