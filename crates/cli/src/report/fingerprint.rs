//! What tells a finding from others, the same after lines have moved: by it services follow a finding from one version
//! of a file to the next.

use std::collections::HashMap;
use std::hash::Hasher as _;

use pipewright_source::Diagnostic;
use siphasher::sip128::{Hasher128 as _, SipHasher13};

use super::run_report::Report;

/// The fingerprints of all findings, in their order: made of rule, file, the node it stands in and the text it marks,
/// and of their number where these are the same. 32 hexadecimal digits; no two are equal.
pub(super) fn fingerprints(report: &Report<'_>) -> Vec<String> {
    let mut seen: HashMap<u128, u32> = HashMap::new();
    let findings = report.diagnostics.iter();
    let hashes = findings.map(|finding| {
        let own = hash(report, finding, 0);
        let count = seen.entry(own).or_insert(0);
        *count += 1;
        match *count {
            1 => own,
            number => hash(report, finding, number),
        }
    });
    hashes.map(|hash| format!("{hash:032x}")).collect()
}

fn hash(report: &Report<'_>, finding: &Diagnostic, number: u32) -> u128 {
    let node = report.nodes.around(finding.span);
    let node = node.map_or_else(String::new, super::nodes::NodeOf::fqn);
    let file = report.name(finding.span);
    let mut hasher = SipHasher13::new();
    for part in [
        finding.rule,
        file,
        &node,
        report.sources.slice(finding.span),
    ] {
        hasher.write(part.as_bytes());
        hasher.write(&[0]);
    }
    hasher.write(&number.to_le_bytes());
    hasher.finish128().as_u128()
}
