//! Files of tests.

use std::collections::BTreeMap;
use std::path::PathBuf;

use pyo3::prelude::*;

use crate::error;

/// What became of tests.
#[pyclass(frozen, get_all, module = "pipewright")]
#[derive(Debug)]
pub(crate) struct TestReport {
    /// Each test, by the names of the files, then in their order. What is wrong with a file as a whole is one more.
    tests: Vec<Py<Test>>,
    /// What the tests have seen of each pipeline, by the name of its file.
    coverage: BTreeMap<String, Py<Coverage>>,
    /// Whether every test holds. Of no tests that is not said.
    ok: bool,
    /// How many tests hold.
    passed: usize,
    /// How many do not.
    failed: usize,
}

/// What became of a test.
#[pyclass(frozen, get_all, module = "pipewright")]
#[derive(Debug)]
pub(crate) struct Test {
    /// The file.
    file: String,
    /// Its name; empty for a file that is wrong as a whole, and for a test without name.
    name: String,
    /// Whether everything came as expected.
    ok: bool,
    /// What differs.
    differences: Vec<Py<Difference>>,
    /// Why it could not be run.
    error: Option<String>,
    /// The line on which it stands, from 1.
    line: u32,
}

/// Something that did not come as a test expects it. `str()` of it is a sentence.
#[pyclass(frozen, eq, get_all, module = "pipewright")]
#[derive(PartialEq, Eq, Debug)]
pub(crate) struct Difference {
    /// What it is about: a fully qualified name or an expression; `pipeline` for the whole, `findings` for these.
    fqn: String,
    /// What was expected.
    expected: String,
    /// What came.
    got: String,
    /// Why; empty where there is nothing to say.
    reason: String,
    /// The line on which the expectation stands, from 1.
    line: u32,
}

/// What tests have seen of a pipeline.
#[pyclass(frozen, eq, get_all, module = "pipewright")]
#[derive(PartialEq, Eq, Debug)]
pub(crate) struct Coverage {
    /// How much, from 0 to 100.
    percent: u32,
    /// What was not seen, a sentence each.
    missing: Vec<String>,
}

#[pymethods]
impl TestReport {
    fn __repr__(&self) -> String {
        format!(
            "<TestReport {} passed, {} failed>",
            self.passed, self.failed
        )
    }
}

#[pymethods]
impl Test {
    fn __repr__(&self) -> String {
        let outcome = if self.ok { "ok" } else { "failed" };
        format!("<Test {:?} {outcome}>", self.name)
    }
}

#[pymethods]
impl Difference {
    fn __str__(&self) -> String {
        let why = if self.reason.is_empty() {
            String::new()
        } else {
            format!(": {}", self.reason)
        };
        format!("{} is {}, not {}{why}", self.fqn, self.got, self.expected)
    }

    fn __repr__(&self) -> String {
        format!("<Difference {}>", self.__str__())
    }
}

#[pymethods]
impl Coverage {
    fn __repr__(&self) -> String {
        format!("<Coverage {} %>", self.percent)
    }
}

/// Runs the files of tests at and below some paths as `pipewright test` does. Raises `Error` of the kind `not-found`
/// where a path is no file of tests or cannot be read, and where there is none below the paths.
#[pyfunction]
pub(crate) fn run_tests(py: Python<'_>, paths: Vec<PathBuf>) -> PyResult<TestReport> {
    let report = py.detach(|| pipewright::run_tests(&paths));
    let report = report.map_err(|error| error::error(py, &error))?;
    let (ok, passed, failed) = (report.ok(), report.passed(), report.failed());
    let coverage = report.coverage.into_iter().map(|(file, coverage)| {
        let coverage = Coverage {
            percent: coverage.percent,
            missing: coverage.missing,
        };
        Ok((file, Py::new(py, coverage)?))
    });
    let coverage = coverage.collect::<PyResult<_>>()?;
    let tests = report.tests.into_iter().map(|test| {
        let differences = test.differences.into_iter().map(|differs| {
            let difference = Difference {
                fqn: differs.fqn,
                expected: differs.expected,
                got: differs.got,
                reason: differs.reason,
                line: differs.start.line,
            };
            Py::new(py, difference)
        });
        let test = Test {
            file: test.file,
            name: test.name,
            ok: test.ok,
            differences: differences.collect::<PyResult<_>>()?,
            error: test.error,
            line: test.start.line,
        };
        Py::new(py, test)
    });
    Ok(TestReport {
        tests: tests.collect::<PyResult<_>>()?,
        coverage,
        ok,
        passed,
        failed,
    })
}
