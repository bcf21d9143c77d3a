//! What it is to loop: the turns, and what their names end with.

/// What a node loops over.
pub(super) enum TurnsOf {
    /// It does not loop.
    Nothing,
    /// Only a run can count its turns; these names would decide.
    Open(Vec<String>),
    /// These turns.
    Turns {
        /// What follows the name of each.
        suffixes: Vec<Box<str>>,
        at_once: usize,
        proceeds: bool,
    },
}

/// The types of stages that are planned with a service and an environment.
pub(crate) const DEPLOYMENT: &str = "Deployment";

/// What the name of a turn ends with that has no name of its own.
pub(super) fn numbered(number: usize) -> Box<str> {
    format!("_{number}").into()
}
