//! The services a stage deploys and the environments it deploys to, with the inputs it gives them.

use pipewright_source::Span;
use pipewright_yaml as yaml;

use crate::{Listed, Located};

/// `service` or `services` of a stage.
#[derive(Clone, Debug)]
#[non_exhaustive]
pub struct Services {
    /// The key.
    pub key: Span,
    /// Which key it is.
    pub form: TargetForm,
    /// Each service in the order of the file.
    pub uses: Listed<ServiceUse>,
    /// `metadata.parallel` as written: whether several are deployed side by side.
    pub parallel: Option<Located>,
}

/// `environment`, `environments` or `environmentGroup` of a stage.
#[derive(Clone, Debug)]
#[non_exhaustive]
pub struct Environments {
    /// The key.
    pub key: Span,
    /// Which key it is.
    pub form: TargetForm,
    /// Each environment in the order of the file. A group may hold more than its file names.
    pub uses: Listed<EnvironmentUse>,
    /// `metadata.parallel` as written: whether several are deployed to side by side.
    pub parallel: Option<Located>,
    /// `envGroupRef` of a group.
    pub group_ref: Option<Located>,
    /// `deployToAll` of a group as written.
    pub deploy_to_all: Option<Located>,
}

/// How a stage names its services or environments.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub enum TargetForm {
    /// `service`, `environment`
    One,
    /// `services`, `environments`
    Several,
    /// `environmentGroup`
    Group,
}

/// A service that a stage deploys.
#[derive(Clone, Debug)]
#[non_exhaustive]
pub struct ServiceUse {
    /// The whole mapping.
    pub span: Span,
    /// `serviceRef`
    pub service_ref: Option<Located>,
    /// `useFromStage.stage`: the stage whose service it is.
    pub from_stage: Option<Located>,
    /// `serviceInputs`
    pub inputs: Option<Inputs>,
}

/// An environment that a stage deploys to.
#[derive(Clone, Debug)]
#[non_exhaustive]
pub struct EnvironmentUse {
    /// The whole mapping.
    pub span: Span,
    /// `environmentRef`
    pub environment_ref: Option<Located>,
    /// `useFromStage.stage`: the stage whose environment it is.
    pub from_stage: Option<Located>,
    /// `environmentInputs`
    pub inputs: Option<Inputs>,
    /// `serviceOverrideInputs`
    pub override_inputs: Option<Inputs>,
    /// `infrastructureDefinitions`, or the one `infrastructureDefinition`; `None` where neither is written.
    pub infrastructures: Option<Listed<InfrastructureUse>>,
    /// `deployToAll` as written: whether every infrastructure of the environment is meant.
    pub deploy_to_all: Option<Located>,
}

/// An infrastructure definition that a stage deploys to.
#[derive(Clone, Debug)]
#[non_exhaustive]
pub struct InfrastructureUse {
    /// The whole mapping.
    pub span: Span,
    /// Its `identifier`.
    pub identifier: Option<Located>,
    /// Its `inputs`.
    pub inputs: Option<Inputs>,
}

/// Values for the runtime inputs of another entity.
#[derive(Clone, Debug)]
#[non_exhaustive]
pub struct Inputs {
    /// Their key.
    pub key: Span,
    /// Their node: a mapping, or a text such as `<+input>`.
    pub yaml: yaml::NodeId,
}
