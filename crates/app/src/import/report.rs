//! What an import did, in the shape that `kiez import --format json` promises.

use crate::geocode::Found;
use kiez_domain::issue::FieldIssue;
use kiez_domain::position::Position;
use kiez_import::error::{Field, Refusal};
use kiez_import::reading::{Candidate, Reading};
use kiez_import::source::stem;
use kiez_store::import_refusal::RefusedRow;

/// What happened to the rows of one file, or of all files of a call.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
#[serde(default)]
pub struct Figures {
    /// Records found.
    pub read: usize,
    /// Rows that are now stored and were not before.
    pub new: usize,
    /// Rows in which something was changed.
    pub changed: usize,
    /// Rows that were known and stay as they are; human edits count here.
    pub unchanged: usize,
    /// New rows that look like one that is stored already: same name, same address.
    pub duplicates_suggested: usize,
    /// Fields in which a file and a person disagree; they stay as the person left them.
    pub differences: usize,
}

impl std::iter::Sum for Figures {
    fn sum<I: Iterator<Item = Self>>(all: I) -> Self {
        all.fold(Self::default(), |a, b| Self {
            read: a.read + b.read,
            new: a.new + b.new,
            changed: a.changed + b.changed,
            unchanged: a.unchanged + b.unchanged,
            duplicates_suggested: a.duplicates_suggested + b.duplicates_suggested,
            differences: a.differences + b.differences,
        })
    }
}

/// The report on one file.
#[derive(Debug, Clone, Default, PartialEq, Eq, serde::Serialize)]
pub struct FileReport {
    /// The file as the person named it.
    pub file: String,
    /// What happened to its rows.
    #[serde(flatten)]
    pub figures: Figures,
    /// What was left out, with every reason.
    pub refused: Vec<Refusal>,
    /// Remarks on the file as a whole.
    #[serde(skip)]
    pub notes: Vec<String>,
    /// The fields in which the file and a person disagree, one by one.
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
        let figures = Figures { read, ..Figures::default() };
        (Self { file, figures, refused, notes, ..Self::default() }, candidates)
    }

    /// The name of the file without folders and ending: `cafes` for `berlin/cafes.csv`.
    pub(crate) fn stem(&self) -> &str {
        stem(&self.file)
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
        let refusal =
            |issue: FieldIssue| Refusal::new(&self.file, line, Field::Ours(&issue.field), issue.problem);
        let refused: Vec<Refusal> = issues.into_iter().map(refusal).collect();
        self.refused.extend(refused);
    }

    /// Lists fields that stay as a person left them.
    pub(crate) fn differs(&mut self, found: impl Iterator<Item = ListedDifference>) {
        let before = self.listed_differences.len();
        self.listed_differences.extend(found);
        self.figures.differences += self.listed_differences.len() - before;
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

/// The report over all files of one call.
#[derive(Debug, Clone, Default, PartialEq, Eq, serde::Serialize)]
pub struct ImportReport {
    /// The id under which the import can be reverted; none after a dry run or when nothing was to be done.
    pub import: Option<String>,
    /// The sums over the files.
    #[serde(flatten)]
    pub figures: Figures,
    /// Every refusal of every file.
    pub refused: Vec<Refusal>,
    /// The files one by one.
    pub files: Vec<FileReport>,
}

impl ImportReport {
    /// Adds up the files.
    #[must_use]
    pub fn of(files: Vec<FileReport>) -> Self {
        Self {
            import: None,
            figures: files.iter().map(|file| file.figures).sum(),
            refused: files.iter().flat_map(|file| file.refused.clone()).collect(),
            files,
        }
    }

    /// Whether anything is to be stored.
    #[must_use]
    pub fn did_something(&self) -> bool {
        let Figures { new, changed, differences, .. } = self.figures;
        let silent: usize = self.files.iter().map(|file| file.silent_changes).sum();
        new + changed + differences + silent > 0
    }

    /// The first of what was left out, as it is remembered and shown.
    #[must_use]
    pub fn left_out(&self, most: usize) -> Vec<RefusedRow> {
        self.refused.iter().take(most).map(remembered).collect()
    }

    /// What is remembered of it.
    pub(crate) fn counts(&self) -> Counts {
        Counts { figures: self.figures, refused: self.refused.len() }
    }
}

fn remembered(refusal: &Refusal) -> RefusedRow {
    let Refusal { file, line, field, own_field, reason, said, .. } = refusal.clone();
    RefusedRow { file, line, field, own_field, reason, said: Some(said) }
}

/// The totals of an import as they are remembered.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
#[serde(default)]
pub struct Counts {
    /// What happened to the rows.
    #[serde(flatten)]
    pub figures: Figures,
    /// Faults for which rows were left out.
    pub refused: usize,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn totals_are_the_sums_of_the_files() {
        let file = |read, new| FileReport {
            figures: Figures { read, new, ..Figures::default() },
            ..FileReport::default()
        };
        let report = ImportReport::of(vec![file(5, 2), file(7, 0)]);
        assert_eq!((report.figures.read, report.figures.new, report.files.len()), (12, 2, 2));
    }
}
