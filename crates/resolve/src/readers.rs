//! Who reads a name.

use pipewright_model::Pipeline;

use crate::reference::path_of;
use crate::{Instance, Named, POSTFIX, Reference, Resolution, Suffix, Verdict};

impl Resolution {
    /// The references of `pipeline`, which this is the resolution of, that read a name or something below it. A name
    /// outside the pipeline (`trigger.type`) is compared with paths.
    ///
    /// A looping node may be named by an instance (`…steps.A_0`): then the references to other instances are left out,
    /// and those that only a run can tell apart are not. By its own identifier it stands for all instances.
    pub fn readers<'a>(
        &'a self,
        pipeline: &Pipeline,
        fqn: &str,
    ) -> impl Iterator<Item = &'a Reference> + use<'a> {
        let wanted = Wanted::new(self, pipeline, fqn);
        self.references
            .iter()
            .filter(move |reference| wanted.is_read_by(self, reference))
    }

    /// What a reference points at or was meant to, as [`Resolution::target_name`] has it; of what names no instance of
    /// a loop, what it names of the loop.
    fn meant_name(&self, reference: &Reference) -> Option<String> {
        let Verdict::NoInstance(missing) = &reference.verdict else {
            return self.target_name(reference);
        };
        // A wrong suffix ends the path; without one it was followed to its end.
        let last = reference.loops.last().filter(|_| !missing.suffixed);
        let (node, segment) = last.map_or((missing.node, missing.segment), |step| {
            (step.node, step.segment)
        });
        let below = path_of(reference.segments.get(segment + 1..)?);
        Some(self.names.member(node, &below))
    }
}

/// A name that is looked for.
struct Wanted {
    /// Without suffixes of instances.
    name: String,
    instances: Vec<Instance>,
}

impl Wanted {
    fn new(resolution: &Resolution, pipeline: &Pipeline, fqn: &str) -> Self {
        match Named::find(pipeline, &resolution.loops, fqn) {
            Some(named) if !named.instances.is_empty() => Self {
                name: resolution.names.member(named.node, named.below),
                instances: named.instances,
            },
            _ => Self {
                name: fqn.to_owned(),
                instances: Vec::new(),
            },
        }
    }

    fn is_read_by(&self, resolution: &Resolution, reference: &Reference) -> bool {
        let is_outside = matches!(reference.verdict, Verdict::RunTime | Verdict::Everywhere);
        let outside = || is_outside.then(|| reference.path());
        let name = resolution.meant_name(reference).or_else(outside);
        let fits = name.is_some_and(|name| {
            name.strip_prefix(&*self.name)
                .is_some_and(|rest| rest.is_empty() || rest.starts_with(['.', '[']))
        });
        fits && self
            .instances
            .iter()
            .all(|instance| reads(resolution, reference, instance))
    }
}

/// Whether a reference may mean this instance of a loop that its target stands in.
fn reads(resolution: &Resolution, reference: &Reference, instance: &Instance) -> bool {
    if let Verdict::NoInstance(missing) = &reference.verdict
        && missing.suffixed
        && missing.node == instance.node
    {
        return false;
    }
    let Some(step) = reference
        .loops
        .iter()
        .find(|step| step.node == instance.node)
    else {
        // A relative path stays in the iteration of its reader.
        return true;
    };
    match resolution.suffix(reference, *step) {
        None => false,
        Some(POSTFIX) => true,
        Some(suffix) if suffix == &*instance.suffix => true,
        Some(suffix) => resolution
            .loops
            .iterations(instance.node)
            .is_some_and(|iterations| {
                let wanted = iterations.find(&instance.suffix);
                matches!(wanted, Suffix::Iteration(_)) && wanted == iterations.find(suffix)
            }),
    }
}
