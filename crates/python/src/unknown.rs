//! What only a run can tell.

use pyo3::exceptions::PyTypeError;
use pyo3::prelude::*;

/// A value or decision that only a run can tell. It is neither true nor false: ask `is True`, `is False` or for this
/// class.
///
/// >>> import pipewright as pw
/// >>> answer = pw.condition("<+trigger.type> == 'Webhook'")
/// >>> print(answer.needs[0])
/// trigger.type
#[pyclass(frozen, eq, hash, get_all, module = "pipewright")]
#[derive(PartialEq, Eq, Hash, Debug)]
pub(crate) struct Unknown {
    /// Why, as a sentence without a full stop.
    reason: String,
    /// The names that would decide it, sorted.
    needs: Vec<String>,
}

impl Unknown {
    pub(crate) fn new(unknown: &pipewright::Unknown) -> Self {
        Self {
            reason: unknown.to_string(),
            needs: unknown.needs().to_vec(),
        }
    }

    pub(crate) fn of_engine(unknown: &pipewright_jexl::value::Unknown) -> Self {
        Self {
            reason: unknown.to_string(),
            needs: unknown.needs().map(str::to_owned).collect(),
        }
    }
}

#[pymethods]
impl Unknown {
    fn __bool__(&self) -> PyResult<bool> {
        Err(PyTypeError::new_err(format!(
            "an unknown answer is neither true nor false: {}",
            self.reason
        )))
    }

    fn __str__(&self) -> &str {
        &self.reason
    }

    fn __repr__(&self) -> String {
        format!("<Unknown: {}>", self.reason)
    }
}
