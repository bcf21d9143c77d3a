//! Where a line gets the values of its names: from its context alone, from what a run would have beside it, or from a
//! pipeline.

use std::collections::HashMap;

use clap::ValueEnum as _;
use pipewright_context::Moment;
use pipewright_jexl::Json;

use super::context::SharedContext;
use super::defaults::Defaults;
use super::kept::found_or_made;
use super::request::{Operation, Request};
use crate::answer::Fault;
use crate::missing::Missing;
use crate::position::{Position, Reader};

/// Where names get their values.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum Source {
    /// From the context: what is not in it is null.
    Bare,
    /// From the context: what is not in it and only a run has is unknown.
    Values,
    /// From the pipeline of the command.
    Pipeline,
}

impl Source {
    /// The source for a request.
    pub(super) fn of(request: &Request, defaults: &Defaults) -> Result<Self, Fault> {
        let missing = match request.settings.missing.as_deref() {
            None => defaults.missing,
            Some(name) => Missing::from_str(name, false).map_err(|_| {
                Fault::bad_request(format!(
                    "`missing` is `{name}`, which is not one of unknown, null"
                ))
            })?,
        };
        if defaults.scene.is_some() {
            return match request.settings.missing {
                None => Ok(Self::Pipeline),
                Some(_) => Err(Fault::bad_request(
                    "`missing` does not apply to the names of a pipeline",
                )),
            };
        }
        let is_placed = request.at.is_some() || request.iteration.is_some();
        if is_placed || !request.matrix.is_empty() {
            return Err(Fault::bad_request(
                "`at`, `iteration` and `matrix` name a position in a pipeline; give it with --pipeline",
            ));
        }
        Ok(match missing {
            Missing::Unknown => Self::Values,
            Missing::Null => Self::Bare,
        })
    }
}

/// What a position was made from.
type Key = (Reader, bool, Option<String>);

/// Positions in the pipeline of the command.
#[derive(Debug, Default)]
pub(super) struct Positions {
    /// Those whose values are not those of one line.
    kept: HashMap<Key, Position>,
    /// That of the last line, if its values are its own.
    own: Option<Position>,
}

impl Positions {
    /// The position that a request reads at.
    pub(super) fn find(
        &mut self,
        request: &Request,
        defaults: &Defaults,
        context: &SharedContext,
    ) -> Result<&Position, Fault> {
        let Some(scene) = &defaults.scene else {
            return Err(Fault::bad_request(
                "there is no pipeline; give it with --pipeline",
            ));
        };
        let reader = reader(request, &defaults.reader);
        let is_condition = request.op == Operation::Condition;
        let moment = if is_condition {
            Moment::Starting
        } else {
            Moment::Running
        };
        let name = request.context.reference().and_then(Json::as_str);
        let make = |reader: &Reader| {
            let position = scene.position(reader, context.given()?, moment);
            position
                .map_err(|failure| Fault::bad_request(failure.to_string().replace("\n  ", "; ")))
        };
        if !request.context.json().is_null() && name.is_none() {
            return Ok(self.own.insert(make(&reader)?));
        }
        let key = (reader, is_condition, name.map(str::to_owned));
        found_or_made(&mut self.kept, &key, |(reader, ..)| make(reader))
    }

    /// Forgets all of them.
    pub(super) fn clear(&mut self) {
        *self = Self::default();
    }
}

/// Who reads: what a request does not say is as the command has it.
fn reader(request: &Request, default: &Reader) -> Reader {
    Reader {
        at: request.at.clone().or_else(|| default.at.clone()),
        iteration: request.iteration.or(default.iteration),
        matrix: if request.matrix.is_empty() {
            default.matrix.clone()
        } else {
            request.matrix.clone()
        },
    }
}
