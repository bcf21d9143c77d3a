//! Settings as positions: the node that has one, and when it is read.

use pipewright_model::{Moment, NodeId, Site, SiteKind};
use pipewright_resolve::{Name, NameKind, Named, list};
use pipewright_source::{Span, closest};

use crate::{AtError, PreparedPipeline};

/// What a name below a node leads to.
pub(crate) enum Below {
    /// A setting or variable that is read at this moment.
    Setting(Moment),
    /// Nothing; the name that was probably meant.
    Nothing(Option<String>),
}

impl PreparedPipeline {
    /// What the part of a name behind its innermost node leads to.
    ///
    /// # Errors
    /// [`AtError::InChild`]
    pub(crate) fn setting_below(&self, named: &Named<'_>) -> Result<Below, AtError> {
        let settings = self.settings_of(named.node);
        let found = settings
            .iter()
            .find(|(_, below)| leads_to(below, named.below));
        let Some((setting, below)) = found else {
            let below = closest(
                named.below,
                settings.iter().map(|(_, below)| below.as_str()),
            );
            let node = || self.names().fqn(named.node);
            return Ok(Below::Nothing(
                below.map(|below| format!("{}.{below}", node())),
            ));
        };
        let site = setting.span.and_then(|span| self.site(named.node, span));
        if site.is_some_and(|site| site.kind == SiteKind::ChildOutput && below == named.below) {
            return Err(AtError::InChild(setting.fqn.clone()));
        }
        Ok(Below::Setting(
            site.map_or(Moment::Running, |site| site.moment),
        ))
    }

    /// The settings and variables of a node, and what they are called below it.
    fn settings_of(&self, node: NodeId) -> Vec<(Name, String)> {
        let listed = list(self.tree(), self.pipeline(), self.names(), false);
        listed
            .into_iter()
            .filter(|name| name.node == node && !name.parts.is_empty())
            .filter(|name| matches!(name.kind, NameKind::Setting | NameKind::Variable))
            .map(|name| {
                let below = name.parts.join(".");
                (name, below)
            })
            .collect()
    }

    /// The first scalar of a node within a span. That of a mapping or list tells when the whole is read.
    fn site(&self, node: NodeId, span: Span) -> Option<&Site> {
        let mut sites = self.pipeline().sites.iter();
        sites.find(|site| {
            let scalar = self.tree().span(site.yaml);
            let is_inside = span.range.start() <= scalar.range.start()
                && scalar.range.end() <= span.range.end();
            site.node == node && scalar.file == span.file && is_inside
        })
    }
}

/// Whether `asked` is the name of a setting, or of a list or mapping that has it.
fn leads_to(setting: &str, asked: &str) -> bool {
    let rest = setting.strip_prefix(asked);
    rest.is_some_and(|rest| rest.is_empty() || rest.starts_with('.'))
}
