//! Files as named texts in memory.

use std::collections::BTreeMap;
use std::sync::{Arc, OnceLock};

use crate::{LineIndex, Span, TextRange};

/// Names one file of a [`Sources`].
#[derive(Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Debug)]
pub struct FileId(pub u32);

/// A text with the name people know it by.
#[derive(Debug, Clone)]
pub struct SourceFile {
    name: Arc<str>,
    text: Arc<str>,
    index: OnceLock<LineIndex>,
}

impl SourceFile {
    /// A file called `name` (as given or walked to, with `/`) holding `text`.
    pub fn new(name: impl Into<Arc<str>>, text: impl Into<Arc<str>>) -> Self {
        Self {
            name: name.into(),
            text: text.into(),
            index: OnceLock::new(),
        }
    }

    /// The same text under another name.
    #[must_use]
    pub fn called(&self, name: impl Into<Arc<str>>) -> Self {
        Self {
            name: name.into(),
            ..self.clone()
        }
    }

    /// The file with other text in place of a range, whose ends are those of characters. Where its lines begin is known
    /// at once.
    ///
    /// # Panics
    /// If an end of the range is inside of a character, or behind the text.
    #[must_use]
    pub fn edited(&self, range: TextRange, new: &str) -> Self {
        let place = range.to_usize();
        let text = [&self.text[..place.start], new, &self.text[place.end..]].concat();
        let length = u32::try_from(new.len()).unwrap_or(u32::MAX);
        let index = self.line_index().edited(&text, range, length);
        Self {
            name: Arc::clone(&self.name),
            text: text.into(),
            index: index.into(),
        }
    }

    /// The name as given.
    pub fn name(&self) -> &str {
        &self.name
    }

    /// The whole text.
    pub fn text(&self) -> &str {
        &self.text
    }

    /// The text, shared.
    pub fn shared_text(&self) -> Arc<str> {
        Arc::clone(&self.text)
    }

    /// Where the lines begin; computed at the first call.
    pub fn line_index(&self) -> &LineIndex {
        self.index.get_or_init(|| LineIndex::new(&self.text))
    }
}

/// The files of one run, each under its [`FileId`].
#[derive(Debug, Default, Clone)]
pub struct Sources {
    files: BTreeMap<FileId, SourceFile>,
    /// How many ids were given out.
    given_out: u32,
}

impl Sources {
    /// No files yet.
    pub fn new() -> Self {
        Self::default()
    }

    /// Adds a file and names it. Ids grow, and none is given out twice.
    pub fn add(&mut self, file: SourceFile) -> FileId {
        let id = FileId(self.given_out);
        self.given_out = self.given_out.saturating_add(1);
        self.files.insert(id, file);
        id
    }

    /// Puts a file in the place of the one of that id.
    pub fn replace(&mut self, id: FileId, file: SourceFile) {
        if let Some(known) = self.files.get_mut(&id) {
            *known = file;
        }
    }

    /// Takes the file of that id out.
    pub fn remove(&mut self, id: FileId) {
        self.files.remove(&id);
    }

    /// The file of an id this collection gave out, unless it was taken out.
    pub fn get(&self, id: FileId) -> Option<&SourceFile> {
        self.files.get(&id)
    }

    /// The text a span covers; empty where the span is not of this collection.
    pub fn slice(&self, span: Span) -> &str {
        self.get(span.file)
            .map_or("", |file| span.range.slice(file.text()))
    }

    /// Ids and files in the order they were added.
    pub fn iter(&self) -> impl Iterator<Item = (FileId, &SourceFile)> {
        self.files.iter().map(|(id, file)| (*id, file))
    }

    /// How many files there are.
    pub fn len(&self) -> usize {
        self.files.len()
    }

    /// Whether there is no file.
    pub fn is_empty(&self) -> bool {
        self.files.is_empty()
    }
}
