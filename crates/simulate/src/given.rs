//! What is given for a plan: values, failures, answers to interventions, and what is left out.

use std::fmt;

use pipewright_context as context;
use pipewright_jexl::Json;
use pipewright_jexl::json::Object;

use crate::Fault;

/// What is given for a plan. Everything that is not said is as documented: nothing fails, approvals are approved, and
/// nobody intervenes.
#[derive(Clone, Debug, Default)]
#[non_exhaustive]
pub struct Given {
    /// Values by fully qualified name or root path.
    pub values: context::Given,
    /// What fails.
    pub failures: Vec<Failure>,
    /// What somebody answers to the first intervention of a node: its name, and the action.
    pub interventions: Vec<(String, String)>,
    /// The stages that are left out, by identifier or fully qualified name.
    pub skip_stages: Vec<String>,
    /// The only stages that are selected, by identifier or fully qualified name; none means all.
    pub only_stages: Vec<String>,
    /// Whose engine.
    pub engine: Generation,
    /// Which reading decides.
    pub reading: Reading,
    /// Whether nodes tell what their conditions saw, which takes time.
    pub in_detail: bool,
}

/// Something that fails.
#[derive(Clone, PartialEq, Eq, Debug)]
#[non_exhaustive]
pub struct Failure {
    /// The fully qualified name of a step, a chained stage, or the service, environment or infrastructure of a stage.
    /// A looping node without suffix stands for all its turns; an exact turn wins over it.
    pub fqn: String,
    /// The type (`spec/plan.md` §3.2), letter case aside.
    pub fault: String,
    /// How many starts fail, from the first on; `None` for all.
    pub attempts: Option<u32>,
}

impl Failure {
    /// A failure without a class of its own, at every start.
    pub fn new(fqn: impl Into<String>) -> Self {
        Self {
            fqn: fqn.into(),
            fault: "Unknown".to_owned(),
            attempts: None,
        }
    }

    /// `FQN[=TYPE[:N]]`
    ///
    /// # Errors
    /// A sentence on what is wrong, where N is no number from 1 on.
    ///
    /// ```
    /// use pipewright_simulate::Failure;
    /// let failure = Failure::parse("pipeline.stages.S.spec.execution.steps.A=timeout:2")?;
    /// assert_eq!((&*failure.fault, failure.attempts), ("timeout", Some(2)));
    /// # Ok::<(), String>(())
    /// ```
    pub fn parse(text: &str) -> Result<Self, String> {
        let Some((fqn, fault)) = text.split_once('=') else {
            return Ok(Self::new(text));
        };
        let (fault, attempts) = match fault.split_once(':') {
            None => (fault, None),
            Some((fault, attempts)) => {
                let number = attempts.parse().ok().filter(|number| *number > 0);
                let number = number.ok_or_else(|| {
                    format!("`{attempts}` is no number of attempts: write a number from 1 on")
                })?;
                (fault, Some(number))
            }
        };
        Ok(Self {
            fqn: fqn.to_owned(),
            fault: fault.to_owned(),
            attempts,
        })
    }

    /// See [`Fault::said`].
    pub fn said(&self) -> String {
        let fault = Fault::named(&self.fault);
        fault.map_or_else(|| format!("fails with {}", self.fault), Fault::said)
    }

    /// The same with another type.
    #[must_use]
    pub fn fault(self, fault: impl Into<String>) -> Self {
        Self {
            fault: fault.into(),
            ..self
        }
    }

    /// The same for the first starts only.
    #[must_use]
    pub fn attempts(self, attempts: u32) -> Self {
        Self {
            attempts: Some(attempts),
            ..self
        }
    }
}

/// As [`Failure::parse`] reads it.
impl fmt::Display for Failure {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.fqn)?;
        match (self.fault.as_str(), self.attempts) {
            ("Unknown", None) => Ok(()),
            (fault, None) => write!(f, "={fault}"),
            (fault, Some(attempts)) => write!(f, "={fault}:{attempts}"),
        }
    }
}

/// The two generations of engines, which differ in few places (`spec/plan.md` §9).
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug, Default)]
pub enum Generation {
    /// That of December 2023.
    Of2023,
    /// That of 2026.
    #[default]
    Current,
}

/// How the rules are read where the engine and Harness's page on step groups differ.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug, Default)]
pub enum Reading {
    /// As the engine does it.
    #[default]
    Engine,
    /// As the page says it.
    Documented,
}

impl Given {
    /// The same with something that fails, see [`Failure::new`].
    #[must_use]
    pub fn fail(mut self, fqn: impl Into<String>) -> Self {
        self.failures.push(Failure::new(fqn));
        self
    }

    /// The same with a failure.
    #[must_use]
    pub fn failure(mut self, failure: Failure) -> Self {
        self.failures.push(failure);
        self
    }
}

impl From<context::Given> for Given {
    fn from(values: context::Given) -> Self {
        Self {
            values,
            ..Self::default()
        }
    }
}

/// Gives the payload of a trigger, unless it is given already.
pub fn under_trigger(values: &mut Object, payload: Json) {
    const PAYLOAD: &str = "trigger.payload";
    let nested = values
        .get("trigger")
        .and_then(|trigger| trigger.get("payload"));
    if nested.is_none() && !values.contains_key(PAYLOAD) {
        values.insert(PAYLOAD.into(), payload);
    }
}
