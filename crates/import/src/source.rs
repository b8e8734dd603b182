//! The bytes of one file, and what they look like.

use crate::error::ReadError;
use crate::file_fault::{FileFault, Looks, Needed};
use std::fs::File;
use std::io::{self, Read};
use std::path::Path;

/// Most bytes that are read from one file.
pub const SOURCE_LIMIT: u64 = 512 * 1024 * 1024;

/// The bytes of one file and the name under which a person knows it.
#[derive(Debug, Clone)]
pub struct Source {
    name: String,
    bytes: Vec<u8>,
}

impl Source {
    /// Joins a name and bytes, for example of an upload.
    #[must_use]
    pub fn new(name: impl Into<String>, bytes: Vec<u8>) -> Self {
        Self { name: name.into(), bytes }
    }

    /// The name, as the person gave it.
    #[must_use]
    pub fn name(&self) -> &str {
        &self.name
    }

    /// The bytes.
    #[must_use]
    pub fn bytes(&self) -> &[u8] {
        &self.bytes
    }

    /// Only the bytes.
    #[must_use]
    pub fn into_bytes(self) -> Vec<u8> {
        self.bytes
    }

    /// The name without folders and ending: `cafes` for `berlin/cafes.csv`.
    #[must_use]
    pub fn stem(&self) -> &str {
        stem(&self.name)
    }

    /// What the bytes are, after checking that the ending of the name says the same.
    pub(crate) fn format(&self) -> Result<Format, ReadError> {
        let format = look_at(&self.bytes).map_err(|fault| ReadError::new(&self.name, fault))?;
        let ending = self.ending();
        let fits = match ending.as_str() {
            "csv" | "tsv" | "tab" | "txt" => format == Format::Delimited,
            "json" | "geojson" => format == Format::Json,
            "xlsx" | "xlsm" => format == Format::Spreadsheet,
            _ => true,
        };
        if fits {
            return Ok(format);
        }
        Err(ReadError::new(&self.name, FileFault::WrongEnding { ending, looks: self.looks(format) }))
    }

    /// What somebody would say it is: bytes that no text has are no text with columns.
    fn looks(&self, format: Format) -> Looks {
        let is_text = !self.bytes.iter().take(4_096).any(|byte| *byte < b'\t');
        if is_text || format != Format::Delimited { format.looks() } else { Looks::SomethingElse }
    }

    pub(crate) fn ending(&self) -> String {
        let ending = Path::new(&self.name).extension().and_then(|ending| ending.to_str());
        ending.unwrap_or("").to_ascii_lowercase()
    }
}

/// A file's name without folders and ending: `cafes` for `berlin/cafes.csv`.
#[must_use]
pub fn stem(name: &str) -> &str {
    Path::new(name).file_stem().and_then(|stem| stem.to_str()).unwrap_or("")
}

/// A file's name without folders, whichever system named it: `cafes.csv` for `C:\Listen\cafes.csv`.
#[must_use]
pub fn base_name(name: &str) -> &str {
    name.rsplit(['/', '\\']).next().unwrap_or("").trim()
}

/// Reads a file, or standard input for `-`.
///
/// # Errors
/// When there is no such file, it is a folder, may not be read or is larger than [`SOURCE_LIMIT`].
pub fn load(path: &Path) -> Result<Source, ReadError> {
    let name = path.to_string_lossy().into_owned();
    if name == "-" {
        return read_limited(io::stdin().lock(), "standard input");
    }
    let fault = |error: &io::Error| match error.kind() {
        io::ErrorKind::NotFound => FileFault::NotFound,
        io::ErrorKind::PermissionDenied => FileFault::NoPermission,
        _ => FileFault::Unreadable { detail: error.to_string() },
    };
    let metadata = path.metadata().map_err(|error| ReadError::new(&name, fault(&error)))?;
    if metadata.is_dir() {
        let folder = name.trim_end_matches('/').to_owned();
        return Err(ReadError::new(&name, FileFault::Folder { folder }));
    }
    // A file that says how large it is need not be read to be refused.
    if metadata.is_file() && metadata.len() > SOURCE_LIMIT {
        return Err(too_large(&name));
    }
    let file = File::open(path).map_err(|error| ReadError::new(&name, fault(&error)))?;
    read_limited(file, &name)
}

fn read_limited(from: impl Read, name: &str) -> Result<Source, ReadError> {
    let mut bytes = Vec::new();
    let unreadable =
        |error: io::Error| ReadError::new(name, FileFault::Unreadable { detail: error.to_string() });
    from.take(SOURCE_LIMIT + 1).read_to_end(&mut bytes).map_err(unreadable)?;
    if bytes.len() as u64 > SOURCE_LIMIT {
        return Err(too_large(name));
    }
    Ok(Source::new(name, bytes))
}

fn too_large(name: &str) -> ReadError {
    ReadError::new(name, FileFault::TooLarge { limit_megabytes: SOURCE_LIMIT / (1024 * 1024) })
}

/// What bytes can be read as.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Format {
    Delimited,
    Json,
    Spreadsheet,
}

impl Format {
    pub(crate) fn looks(self) -> Looks {
        match self {
            Self::Delimited => Looks::Csv,
            Self::Json => Looks::Json,
            Self::Spreadsheet => Looks::Zip,
        }
    }
}

/// First bytes of files that people pick by mistake.
const STRANGERS: &[(&[u8], Looks)] = &[
    (b"%PDF", Looks::Pdf),
    (b"\x89PNG", Looks::Png),
    (b"\xFF\xD8\xFF", Looks::Jpeg),
    (b"GIF8", Looks::Gif),
    (b"\xD0\xCF\x11\xE0", Looks::OldOffice),
    (b"\x1F\x8B", Looks::Gzip),
    (b"SQLite format 3", Looks::Database),
    (b"<!DOCTYPE", Looks::WebPage),
    (b"<html", Looks::WebPage),
    (b"<?xml", Looks::Xml),
];

fn look_at(bytes: &[u8]) -> Result<Format, FileFault> {
    let text = bytes.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(bytes);
    let start = text.trim_ascii_start();
    if start.is_empty() {
        return Err(FileFault::Empty);
    }
    if bytes.starts_with(b"PK\x03\x04") {
        return Ok(Format::Spreadsheet);
    }
    let head = start.get(..16).unwrap_or(start).to_ascii_lowercase();
    let stranger = STRANGERS.iter().find(|(first, _)| head.starts_with(&first.to_ascii_lowercase()));
    if let Some((_, looks)) = stranger {
        return Err(FileFault::WrongFormat { looks: *looks, needed: Needed::Table });
    }
    Ok(if matches!(start[0], b'{' | b'[') { Format::Json } else { Format::Delimited })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn format_of(name: &str, bytes: &[u8]) -> Result<Format, String> {
        Source::new(name, bytes.to_vec()).format().map_err(|error| error.to_string())
    }

    #[test]
    fn bytes_decide_and_the_ending_must_agree() {
        assert_eq!(format_of("a.csv", b"name;street\n"), Ok(Format::Delimited));
        assert_eq!(format_of("a.geojson", b" {\"type\""), Ok(Format::Json));
        assert_eq!(format_of("a.xlsx", b"PK\x03\x04"), Ok(Format::Spreadsheet));
        assert_eq!(
            format_of("a.json", b"name;street\n"),
            Err("a.json: is called .json but looks like text with columns (CSV): give it the ending that fits, or export it again".to_owned())
        );
        assert!(format_of("a.csv", b"{\"type\": 1}").is_err_and(|e| e.contains("looks like JSON")));
    }

    #[test]
    fn strangers_are_named() {
        assert!(
            format_of("a.xlsx", b"\x9c\x01\x02\x03\x00")
                .is_err_and(|e| e.contains("looks like something else"))
        );
        assert!(format_of("a.csv", b"%PDF-1.7").is_err_and(|e| e.contains("looks like a PDF")));
        assert!(format_of("a.csv", b"").is_err_and(|e| e.contains("is empty")));
        assert!(format_of("a.csv", b"\xEF\xBB\xBF \r\n").is_err_and(|e| e.contains("is empty")));
        assert!(format_of("a.xls", b"\xD0\xCF\x11\xE0").is_err_and(|e| e.contains("old Excel")));
    }

    #[test]
    fn a_name_loses_its_folders_whichever_system_wrote_them() {
        assert_eq!(base_name("C:\\Listen\\cafes.csv"), "cafes.csv");
        assert_eq!(base_name("/home/mira/cafes.csv "), "cafes.csv");
        assert_eq!(base_name("Listen/"), "");
        assert_eq!(stem("berlin/cafes.neu.csv"), "cafes.neu");
    }

    #[test]
    fn a_folder_and_a_missing_file_are_told_apart() {
        let folder = tempfile::tempdir().expect("a temporary folder");
        let error = load(folder.path()).expect_err("a folder is no file");
        assert!(matches!(*error.fault, FileFault::Folder { .. }), "{error}");
        let error = load(&folder.path().join("nothing.csv")).expect_err("nothing is there");
        assert_eq!(*error.fault, FileFault::NotFound);
    }
}
