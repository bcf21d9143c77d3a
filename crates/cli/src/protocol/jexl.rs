//! Plain JEXL.

use pipewright_jexl::value::Order;
use pipewright_jexl::{Json, Program, Value};

use super::lazy_context::LazyContext;
use super::request::Request;
use crate::advice;
use crate::answer::Fault;

/// Runs the expression or script of a request; what it assigns is forgotten.
pub(super) fn perform(request: &Request, context: &Json) -> Result<Value, Fault> {
    let program = match request.settings.mode.as_deref() {
        None | Some("expression") => expression(request.text())?,
        Some("script") => Program::script(request.text())?,
        Some(other) => {
            return Err(Fault::bad_request(format!(
                "`{other}` is no mode of jexl; there are `expression` and `script`"
            )));
        }
    };
    // The cases of plain JEXL were recorded with hash maps inside the context.
    Ok(program.run(&LazyContext::new(context, Order::hash())?)?)
}

fn expression(text: &str) -> Result<Program, Fault> {
    Program::expression(text).map_err(|error| {
        let mut fault = Fault::from(error);
        if advice::is_script(text) {
            fault.message += "; `\"mode\":\"script\"` reads statements";
        }
        fault
    })
}
