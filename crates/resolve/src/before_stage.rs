//! What a stage's own `when` and `strategy` cannot read: what the stage publishes after its start
//! (`spec/documentation.md` R8).

use pipewright_model::catalogue::{self, is_of_own_stage};
use pipewright_model::{Moment, NodeKind};

use crate::scope::Scope;
use crate::{Member, NotPublishedYet, Segment, Target, Verdict};

/// What becomes of a path whose first name is a root of the catalogue, if the stage that reads would publish it itself.
pub(crate) fn of_root(scope: &Scope<'_>, segments: &[Segment]) -> Option<Verdict> {
    let name = segments.first()?.name()?;
    is_published_later(name).then(|| before_start(scope, 0))?
}

/// What becomes of a path to a member of the stage that reads, if the stage would publish it itself.
pub(crate) fn of_node(scope: &Scope<'_>, segments: &[Segment], target: Target) -> Option<Verdict> {
    if target.node != scope.reader() {
        return None;
    }
    let segment = match target.member {
        Member::StageSpec => target.at + 1,
        Member::Output => target.at,
        _ => return None,
    };
    let name = segments.get(segment)?.name()?;
    is_published_later(name).then(|| before_start(scope, segment))?
}

/// Whether a name is an outcome of the stage or an alias of what its service or infrastructure publishes.
fn is_published_later(name: &str) -> bool {
    let stands_for = || catalogue::root(name)?.alias();
    let is_alias_of_later = |path: &str| {
        let first = path.split('.').next().unwrap_or(path);
        path.starts_with("stage.spec.") || is_of_own_stage(first)
    };
    is_of_own_stage(name) || stands_for().is_some_and(is_alias_of_later)
}

fn before_start(scope: &Scope<'_>, segment: usize) -> Option<Verdict> {
    let stage = scope.reader();
    let is_before_start = scope.site.moment == Moment::Starting
        && scope.pipeline().node(stage).kind == NodeKind::Stage
        && !scope.is_read_elsewhere();
    is_before_start.then_some(Verdict::NotPublishedYet(NotPublishedYet { segment, stage }))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn aliases_of_what_the_stage_publishes_come_as_late() {
        let aliases = catalogue::roots().filter(|root| root.alias().is_some());
        let later = aliases
            .map(|root| root.name())
            .filter(|name| is_published_later(name));
        let expected = [
            "INFRA_KEY",
            "INFRA_KEY_SHORT_ID",
            "artifact",
            "infra",
            "serviceConfig",
            "serviceDefinition",
        ];
        assert_eq!(later.collect::<Vec<_>>(), expected);
    }
}
