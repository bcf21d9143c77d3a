//! The folders that are open, each with its files, and the files outside of all.

use std::path::PathBuf;
use std::sync::Arc;

use pipewright_source::FileId;
use pipewright_workspace::Workspace;

use crate::documents::Documents;
use crate::project::{Folder, Project, Texts};
use crate::uri;

/// Every folder that is open, and the files outside of all.
#[derive(Debug)]
pub(crate) struct Projects {
    /// Those of folders, then the one without.
    list: Vec<Project>,
}

impl Default for Projects {
    fn default() -> Self {
        Self {
            list: vec![Project::default()],
        }
    }
}

impl Projects {
    pub(crate) fn iter(&self) -> impl Iterator<Item = &Project> {
        self.list.iter()
    }

    pub(crate) fn iter_mut(&mut self) -> impl Iterator<Item = &mut Project> {
        self.list.iter_mut()
    }

    /// Opens and closes folders. Documents go to where they belong now.
    pub(crate) fn change(
        &mut self,
        opened: Vec<PathBuf>,
        closed: &[PathBuf],
        documents: &Documents,
    ) {
        let path = |project: &Project| project.folder.as_ref().map(|folder| folder.path.clone());
        self.list
            .retain(|project| path(project).is_none_or(|path| !closed.contains(&path)));
        for opened in opened {
            if self
                .list
                .iter()
                .any(|project| path(project).as_ref() == Some(&opened))
            {
                continue;
            }
            let folder = Folder {
                place: place(&opened),
                path: opened,
            };
            self.list.insert(0, Project::of_folder(folder));
        }
        for (_, document) in documents.iter() {
            let owner = self.owner(&document.place);
            for (at, project) in self.list.iter_mut().enumerate() {
                if at == owner {
                    project.set_open(&document.place, &document.text);
                } else {
                    project.set_closed(&document.place);
                }
            }
        }
    }

    /// The project that a place belongs to: that of the innermost folder around it.
    fn owner(&self, place: &str) -> usize {
        let lengths = self.list.iter().map(|project| project.holds(place));
        let innermost = lengths.enumerate().max_by_key(|(_, length)| *length);
        let innermost = innermost.filter(|(_, length)| length.is_some());
        innermost.map_or(self.list.len() - 1, |(at, _)| at)
    }

    /// The project that a place belongs to.
    pub(crate) fn of(&self, place: &str) -> &Project {
        &self.list[self.owner(place)]
    }

    /// The same, to be edited.
    pub(crate) fn of_mut(&mut self, place: &str) -> &mut Project {
        let owner = self.owner(place);
        &mut self.list[owner]
    }

    /// The project of a document that is open, and its file there.
    pub(crate) fn file(&self, documents: &Documents, uri: &str) -> Option<(&Project, FileId)> {
        let document = documents.get(uri);
        let place = match document {
            Some(document) => Arc::clone(&document.place),
            None => place_of(uri),
        };
        let project = self.of(&place);
        Some((project, project.snapshot.id(&place)?))
    }

    /// Reads the files of the first folder that is not read yet. Whether there was one.
    pub(crate) fn read_next(&mut self, documents: &Documents) -> bool {
        let open = texts(documents);
        let mut unread = self.list.iter_mut().filter(|project| project.is_unread());
        let Some(project) = unread.next() else {
            return false;
        };
        project.read(&open);
        true
    }
}

/// The texts of the documents that are open, by their places.
fn texts(documents: &Documents) -> Texts<'_> {
    let texts = documents.iter();
    texts
        .map(|(_, document)| (&*document.place, &document.text))
        .collect()
}

/// Where the file of a URI is; the URI itself where it names none of this machine.
pub(crate) fn place_of(uri: &str) -> Arc<str> {
    uri::path(uri).map_or_else(|| uri.into(), |path| place(&path).into())
}

fn place(path: &std::path::Path) -> String {
    let mut nothing = std::io::empty();
    Workspace::new("", &mut nothing, "-").place(&path.to_string_lossy())
}
