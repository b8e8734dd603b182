//! What the typesetter may see: one template of ours, the words of one paper, the faces. No file, no net, no clock.

use super::{Paper, PaperFault, faces};
use std::sync::LazyLock;
use typst::diag::{FileError, FileResult};
use typst::foundations::{Bytes, Datetime, Duration};
use typst::syntax::{FileId, RootedPath, Source, VirtualPath, VirtualRoot};
use typst::text::{Font, FontBook};
use typst::utils::LazyHash;
use typst::{Library, LibraryExt as _, World};

const TEMPLATE: &str = include_str!("paper.typ");

static LIBRARY: LazyLock<LazyHash<Library>> = LazyLock::new(|| LazyHash::new(Library::builder().build()));
static MAIN: LazyLock<FileId> = LazyLock::new(|| file_id("paper.typ"));
static WORDS: LazyLock<FileId> = LazyLock::new(|| file_id("paper.json"));

fn file_id(name: &str) -> FileId {
    let path = VirtualPath::new(name).expect("a plain name");
    RootedPath::new(VirtualRoot::Project, path).intern()
}

/// The desk on which one paper is set.
pub(super) struct Desk {
    template: Source,
    words: Bytes,
}

impl Desk {
    pub(super) fn with(paper: &Paper) -> Result<Self, PaperFault> {
        let words = serde_json::to_vec(paper).map_err(|fault| PaperFault::Set(fault.to_string()))?;
        Ok(Self { template: Source::new(*MAIN, TEMPLATE.to_owned()), words: Bytes::new(words) })
    }
}

impl World for Desk {
    fn library(&self) -> &LazyHash<Library> {
        &LIBRARY
    }

    fn book(&self) -> &LazyHash<FontBook> {
        faces::book()
    }

    fn main(&self) -> FileId {
        *MAIN
    }

    fn source(&self, id: FileId) -> FileResult<Source> {
        if id == *MAIN { Ok(self.template.clone()) } else { Err(unknown(id)) }
    }

    fn file(&self, id: FileId) -> FileResult<Bytes> {
        if id == *WORDS { Ok(self.words.clone()) } else { Err(unknown(id)) }
    }

    fn font(&self, index: usize) -> Option<Font> {
        faces::all().get(index).cloned()
    }

    fn today(&self, _: Option<Duration>) -> Option<Datetime> {
        None
    }
}

fn unknown(id: FileId) -> FileError {
    FileError::NotFound(id.get().vpath().get_without_slash().into())
}
