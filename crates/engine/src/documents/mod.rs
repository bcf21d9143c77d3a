//! Texts of JSON and XML, taken apart once and kept for the next time.
//!
//! What is kept never changes: whoever gives a part of it to a script gives a [`copy_of`] it.

mod copy;
mod json;
mod kept;

use std::sync::Arc;

use pipewright_jexl::value::JavaString;
use pipewright_jexl::{OpResult, Value, charge_reading};

pub(crate) use copy::copy_of;

use crate::documents::kept::Kept;
use crate::xml::Document;

/// How often a text is read to take it apart: what it holds is made too.
const READINGS: usize = 4;

/// The documents that an engine keeps.
#[derive(Debug, Default)]
pub(crate) struct Documents {
    json: Kept<Value>,
    xml: Kept<Document>,
}

impl Documents {
    /// The JSON at the start of `text`; as in Java's library, what follows it does not count.
    ///
    /// # Errors
    /// Kind `method-failed` for a text that is no JSON; kind `limit` for one that is too deep or holds too much, and
    /// where the question has too little left.
    pub(crate) fn json(&self, text: &JavaString) -> OpResult<Arc<Value>> {
        self.json.found_or_read(text, |text| {
            charge_reading(text.len().saturating_mul(READINGS))?;
            json::read(text)
        })
    }

    /// The document of a text of XML.
    ///
    /// # Errors
    /// Kind `method-failed` for a text that is no XML; kind `limit` for one that is too large or too deep, and where
    /// the question has too little left.
    pub(crate) fn xml(&self, text: &JavaString) -> OpResult<Arc<Document>> {
        self.xml.found_or_read(text, |text| {
            charge_reading(text.len().saturating_mul(READINGS))?;
            let document = Document::read(text)?;
            let bytes = document.bytes() + text.len();
            Ok((document, bytes))
        })
    }
}
