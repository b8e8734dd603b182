//! What an import did, in the shape that `kiez import --format json` promises.

use crate::geocode::Found;
use kiez_domain::issue::FieldIssue;
use kiez_domain::position::Position;
use kiez_import::error::Refusal;
use kiez_import::reading::{Candidate, Reading};

/// Figures of one file.
#[derive(Debug, Clone, Default, PartialEq, Eq, serde::Serialize)]
pub struct FileReport {
    /// The file as the person named it.
    pub file: String,
    /// Records in it.
    pub read: usize,
    /// Rows that are now stored and were not before.
    pub new: usize,
    /// Rows in which something was changed.
    pub changed: usize,
    /// Rows that were known and stay as they are; human edits count here.
    pub unchanged: usize,
    /// New rows that look like one that is stored already: same name, same address.
    pub duplicates_suggested: usize,
    /// What was left out, with every reason.
    pub refused: Vec<Refusal>,
    /// Remarks on the file as a whole.
    #[serde(skip)]
    pub notes: Vec<String>,
    /// Fields in which the file and a person disagree; they stay as the person left them.
    pub differences: usize,
    /// These fields one by one.
    pub listed_differences: Vec<ListedDifference>,
    /// Actors that the map had and has no longer. They stay until somebody decides.
    pub gone: Vec<GoneActor>,
    /// What became of addresses without a place.
    #[serde(skip)]
    pub(crate) places: Places,
    /// What was written that no figure counts: where rows come from.
    #[serde(skip)]
    pub silent_changes: usize,
}

/// How many addresses without a place the map knew.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(crate) struct Places {
    found: usize,
    near: usize,
    several: usize,
    unknown: usize,
}

impl Places {
    /// Counts what was found; gives the place only where it is certain.
    pub(crate) fn note(&mut self, found: &Found) -> Option<Position> {
        let (count, place) = match found {
            Found::Exact(place) => (&mut self.found, Some(*place)),
            Found::Nearest(_) => (&mut self.near, None),
            Found::Several(_) => (&mut self.several, None),
            Found::Unknown => (&mut self.unknown, None),
        };
        *count += 1;
        place
    }
}

/// An actor that is no longer in the map it came from.
#[derive(Debug, Clone, Default, PartialEq, Eq, serde::Serialize)]
pub struct GoneActor {
    /// The row's id.
    pub id: String,
    /// The row's name.
    pub name: String,
    /// What it was in the map: `node/123`.
    pub source: String,
}

impl FileReport {
    /// Begins the report of a file that was read, and hands over its usable rows.
    pub(crate) fn begin<T>(reading: Reading<T>) -> (Self, Vec<Candidate<T>>) {
        let Reading { file, read, candidates, refused, notes } = reading;
        (Self { file, read, refused, notes, ..Self::default() }, candidates)
    }

    /// Says what became of addresses that came without a place; nothing where no map has been imported.
    pub(crate) fn say_places(&mut self) {
        let Places { found, near, several, unknown } = self.places;
        if found + near + several > 0 {
            self.notes.push(format!(
                "{}: {found} addresses without coordinates were found on the map; left without a place: {near} of which only a neighbouring number is known, {several} that could be two places, {unknown} unknown",
                self.file
            ));
        }
    }

    /// Leaves a row out, with every issue it has.
    pub(crate) fn refuse(&mut self, line: u64, issues: Vec<FieldIssue>) {
        let refusal = |issue: FieldIssue| Refusal::new(&self.file, line, issue.field, issue.problem);
        let refused: Vec<Refusal> = issues.into_iter().map(refusal).collect();
        self.refused.extend(refused);
    }
}

/// A field that a person set and the file says otherwise.
#[derive(Debug, Clone, Default, PartialEq, Eq, serde::Serialize)]
pub struct ListedDifference {
    /// The row's id.
    pub id: String,
    /// The row's name.
    pub name: String,
    /// The field.
    pub field: String,
    /// What the person set; it stays.
    pub ours: String,
    /// What the file says.
    pub theirs: String,
}

/// Figures over all files of one call.
#[derive(Debug, Clone, Default, PartialEq, Eq, serde::Serialize)]
pub struct ImportReport {
    /// The id under which the import can be reverted; none after a dry run or when nothing was to be done.
    pub import: Option<String>,
    /// Sum of the files.
    pub read: usize,
    /// Sum of the files.
    pub new: usize,
    /// Sum of the files.
    pub changed: usize,
    /// Sum of the files.
    pub unchanged: usize,
    /// Sum of the files.
    pub duplicates_suggested: usize,
    /// Every refusal of every file.
    pub refused: Vec<Refusal>,
    /// Sum of the files.
    pub differences: usize,
    /// The files one by one.
    pub files: Vec<FileReport>,
}

impl ImportReport {
    /// Adds up the files.
    #[must_use]
    pub fn of(files: Vec<FileReport>) -> Self {
        let sum = |figure: fn(&FileReport) -> usize| files.iter().map(figure).sum();
        Self {
            import: None,
            read: sum(|file| file.read),
            new: sum(|file| file.new),
            changed: sum(|file| file.changed),
            unchanged: sum(|file| file.unchanged),
            duplicates_suggested: sum(|file| file.duplicates_suggested),
            differences: sum(|file| file.differences),
            refused: files.iter().flat_map(|file| file.refused.clone()).collect(),
            files,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn totals_are_the_sums_of_the_files() {
        let file = |read, new| FileReport { read, new, ..FileReport::default() };
        let report = ImportReport::of(vec![file(5, 2), file(7, 0)]);
        assert_eq!((report.read, report.new, report.files.len()), (12, 2, 2));
    }
}
