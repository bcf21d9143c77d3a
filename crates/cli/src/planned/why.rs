//! Why one node has its verdict: what is around it, one after the other, and what it rests on itself.

use pipewright_simulate::{Kind, Plan};

use crate::Streams;
use crate::exit::Failure;
use crate::printable::printable;

/// Tells the whole chain for the node of a fully qualified name.
///
/// # Errors
/// If the plan lists no such node.
pub(crate) fn write_why(plan: &Plan, fqn: &str, streams: &mut Streams<'_>) -> Result<(), Failure> {
    let found = plan.nodes.iter().position(|node| node.fqn == fqn);
    let Some(found) = found else {
        let names = plan.nodes.iter().map(|node| node.fqn.as_str());
        let meant = pipewright_source::closest(fqn, names);
        let meant = meant.map_or(String::new(), |meant| format!("; did you mean `{meant}`?"));
        let sentence = format!("the plan lists no `{fqn}`{meant}");
        return Err(Failure::Message(printable(&sentence).into_owned()));
    };
    let inward = std::iter::successors(Some(found), |inner| plan.nodes[*inner].parent);
    let mut chain: Vec<usize> = inward.collect();
    chain.reverse();
    for place in chain {
        let node = &plan.nodes[place];
        let (fqn, reason) = (printable(&node.fqn), printable(&node.reason));
        writeln!(streams.output, "{fqn}: {}: {reason}", node.verdict.as_str())?;
        let mut say =
            |what: &str, said: &str| writeln!(streams.output, "  {what}: {}", printable(said));
        if let Some(condition) = node
            .condition
            .as_deref()
            .filter(|_| node.kind != Kind::Pipeline)
        {
            say("condition", condition)?;
        }
        if !node.needs.is_empty() {
            say("needs", &node.needs.join(", "))?;
        }
        if let Some(status) = node.status {
            say("status", status.as_str())?;
        }
        if let Some(fault) = node.error_type {
            say("failure", fault.as_str())?;
        }
        if let Some(action) = node.action {
            say("action", action)?;
        }
        if node.race {
            say("depends on", "which branch is faster")?;
        }
        if let Some(documented) = node.documented {
            say("documented", documented.as_str())?;
        }
    }
    Ok(())
}
