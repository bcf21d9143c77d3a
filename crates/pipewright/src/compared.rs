//! What a change changes, and what rests on something.

use pipewright_compare::{Comparison, Impact, ImpactError, Question};

use crate::{Error, Project};

impl Project {
    /// What differs between these files and the same ones after a change: names, settings, findings, what would run.
    /// Where `after` is an edited clone of this project, what no edit changes is not looked at again.
    ///
    /// ```
    /// # use pipewright::Project;
    /// let mut before = Project::new();
    /// before.set_text("p.yaml", "pipeline: { identifier: p, variables: [{ name: a, type: String, value: x }] }");
    /// let mut after = before.clone();
    /// after.set_text("p.yaml", "pipeline: { identifier: p, variables: [{ name: a, type: String, value: y }] }");
    /// let comparison = before.compare(&after);
    /// assert_eq!(comparison.pipelines[0].settings[0].setting, "variables[a].value");
    /// assert!(before.compare(&before).is_empty());
    /// ```
    pub fn compare(&self, after: &Self) -> Comparison {
        pipewright_compare::compare(&self.snapshot, &after.snapshot, &Question::default())
    }

    /// What rests on a name: that of a file, the identifier of a pipeline, template or input set, or a fully qualified
    /// name.
    ///
    /// ```
    /// # use pipewright::Project;
    /// let mut project = Project::new();
    /// project.set_text("p.yaml", "
    /// pipeline:
    ///   identifier: p
    ///   description: <+pipeline.variables.a>
    ///   variables: [{ name: a, type: String, value: x }]
    /// ");
    /// let impact = project.impact("pipeline.variables.a")?;
    /// assert_eq!(impact.subjects[0].dependents[0].fqn, "pipeline");
    /// # Ok::<(), pipewright::Error>(())
    /// ```
    ///
    /// # Errors
    /// `not-found` where nothing has the name.
    pub fn impact(&self, name: &str) -> Result<Impact, Error> {
        pipewright_compare::impact(&self.snapshot, name, None).map_err(|error| {
            let near = match &error {
                ImpactError::Unknown { suggestion, .. } => suggestion.clone(),
                _ => None,
            };
            Error::not_found(format!("nothing is called `{name}`"), near.as_slice())
        })
    }
}
