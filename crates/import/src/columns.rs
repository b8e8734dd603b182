//! Which column of a table holds which of our fields: headings in German and English, tags of OpenStreetMap.

use crate::error::{self, ReadError, Refusal};
use crate::file_fault::{FileFault, Headings};
use crate::geojson::GEOMETRY;
use crate::mapping::Mapping;
use crate::place::{self, Axis, Locator};
use crate::row_fault::RowFault;
use crate::table::{Row, Table};
use kiez_domain::position::Position;

/// A field of one kind of row: its name in mapping files, and headings in the order in which they are tried.
pub(crate) trait Field: Copy + PartialEq + 'static {
    const ALL: &'static [(Self, &'static str, &'static [&'static str])];
}

/// The columns of one table by field.
pub(crate) struct Columns<F> {
    found: Vec<(F, Vec<usize>)>,
    headings: Vec<String>,
    file: String,
}

impl<F: Field> Columns<F> {
    pub(crate) fn resolve(table: &Table, mapping: Option<&Mapping>) -> Result<Self, ReadError> {
        let names: Vec<&str> = F::ALL.iter().map(|(_, name, _)| *name).collect();
        if let Some(mapping) = mapping {
            mapping.check_fields(&names)?;
        }
        let folded: Vec<String> = table.columns.iter().map(|heading| fold(heading)).collect();
        let mut found = Vec::new();
        for (field, name, headings) in F::ALL {
            let columns = match mapping.and_then(|mapping| Some((mapping, mapping.heading_of(name)?))) {
                Some((mapping, heading)) => {
                    let at = table.columns.iter().position(|column| column == heading);
                    vec![at.ok_or_else(|| mapping.absent(name, heading, &table.file, &table.columns))?]
                }
                None => in_order_of(headings, &folded),
            };
            found.push((*field, columns));
        }
        let columns = Self { found, headings: table.columns.clone(), file: table.file.clone() };
        columns.refuse_doubles(table.heading_line)?;
        Ok(columns)
    }

    /// Two columns of one name are only a problem where one of them would be read.
    fn refuse_doubles(&self, line: u64) -> Result<(), ReadError> {
        for at in self.found.iter().flat_map(|(_, columns)| columns) {
            let heading = &self.headings[*at];
            if self.headings.iter().filter(|other| *other == heading).count() > 1 {
                let fault = FileFault::DuplicateColumn { heading: heading.clone() };
                return Err(ReadError::new(&self.file, fault).at_line(line));
            }
        }
        Ok(())
    }

    fn columns_of(&self, field: F) -> &[usize] {
        self.found.iter().find(|(known, _)| *known == field).map_or(&[], |(_, columns)| columns)
    }

    pub(crate) fn has(&self, field: F) -> bool {
        !self.columns_of(field).is_empty()
    }

    /// The heading under which a field stands, or our own name of it.
    pub(crate) fn heading(&self, field: F) -> error::Field<'_> {
        match self.columns_of(field).first() {
            Some(at) => error::Field::Heading(&self.headings[*at]),
            None => error::Field::Ours(name_of(field)),
        }
    }

    /// Fails when none of the headings of a field is there.
    pub(crate) fn demand(&self, field: F, line: u64) -> Result<(), ReadError> {
        if self.has(field) {
            return Ok(());
        }
        let known =
            F::ALL.iter().find(|(other, _, _)| *other == field).map_or(&[][..], |(_, _, names)| names);
        let fault = FileFault::MissingColumn {
            wanted: name_of(field),
            known: known.join(", "),
            headings: Headings::of(&self.headings),
        };
        Err(ReadError::new(&self.file, fault).at_line(line))
    }

    /// Starts reading a row.
    pub(crate) fn cells<'a>(&'a self, row: &'a Row) -> Cells<'a, F> {
        Cells { columns: self, row, refused: Vec::new() }
    }

    /// Columns that no field reads.
    pub(crate) fn others(&self) -> Vec<usize> {
        let used = |at: &usize| self.found.iter().any(|(_, columns)| columns.contains(at));
        (0..self.headings.len()).filter(|at| !self.headings[*at].is_empty() && !used(at)).collect()
    }
}

fn name_of<F: Field>(field: F) -> &'static str {
    F::ALL.iter().find(|(other, _, _)| *other == field).map_or("", |(_, name, _)| name)
}

fn in_order_of(headings: &[&str], folded: &[String]) -> Vec<usize> {
    let places = headings.iter().flat_map(|heading| {
        folded.iter().enumerate().filter(move |(_, column)| column == heading).map(|(at, _)| at)
    });
    places.collect()
}

/// What databases, spreadsheets and registers write where nothing is known.
const ABSENT: [&str; 8] = ["", "NULL", "<NULL>", "N/A", "#N/A", "#NV", "unbekannt", "noch unbekannt"];

/// The cells of one row by field; faults are collected so that a row names all of them at once.
pub(crate) struct Cells<'a, F> {
    columns: &'a Columns<F>,
    row: &'a Row,
    pub(crate) refused: Vec<Refusal>,
}

impl<F: Field> Cells<'_, F> {
    /// The first cell of the field with something in it, as it stands there.
    pub(crate) fn raw(&self, field: F) -> &str {
        let cells = self.columns.columns_of(field).iter().filter_map(|at| self.row.cells.get(*at));
        cells.map(str::trim).find(|cell| !ABSENT.contains(cell)).unwrap_or("")
    }

    /// One line of text; line breaks in it become blanks.
    pub(crate) fn line(&mut self, field: F) -> Option<String> {
        self.printable(field).map(|text| {
            let folds = text.contains("  ") || text.chars().any(|c| c.is_whitespace() && c != ' ');
            if folds { text.split_whitespace().collect::<Vec<_>>().join(" ") } else { text }
        })
    }

    /// Text that may have several lines.
    pub(crate) fn text(&mut self, field: F) -> Option<String> {
        self.printable(field)
    }

    /// A number or id that Excel may have destroyed.
    pub(crate) fn code(&mut self, field: F) -> Option<String> {
        let code = self.line(field)?;
        if place::shortened_by_excel(&code) {
            self.refuse(field, RowFault::Shortened { given: code });
            return None;
        }
        Some(code)
    }

    fn printable(&mut self, field: F) -> Option<String> {
        let text = self.raw(field);
        if text.is_empty() {
            return None;
        }
        let hidden = text.chars().find(|c| c.is_control() && !matches!(c, '\n' | '\r' | '\t'));
        let text = text.to_owned();
        match hidden {
            Some(c) => {
                self.refuse(field, RowFault::ControlCharacter { code: u32::from(c) });
                None
            }
            None => Some(text),
        }
    }

    /// The place of the row: from two cells, or from what the format says beside the cells.
    pub(crate) fn place(&mut self, latitude: F, longitude: F, locator: &mut Locator) -> Option<Position> {
        if let Some((x, y)) = self.row.place {
            return match locator.locate(x, y) {
                Ok(position) => Some(position),
                Err(fault) => {
                    self.refused.push(Refusal::new(&self.columns.file, self.row.line, GEOMETRY, fault));
                    None
                }
            };
        }
        match locator.locate_texts(self.raw(latitude), self.raw(longitude)) {
            Ok(position) => position,
            Err((axis, fault)) => {
                self.refuse(if axis == Axis::Latitude { latitude } else { longitude }, fault);
                None
            }
        }
    }

    pub(crate) fn refuse(&mut self, field: F, fault: RowFault) {
        let heading = self.columns.heading(field);
        self.refused.push(Refusal::new(&self.columns.file, self.row.line, heading, fault));
    }
}

/// Headings are compared without case, umlauts, blanks and punctuation; the colon of OpenStreetMap stays.
pub(crate) fn fold(heading: &str) -> String {
    let heading = heading.trim().to_lowercase();
    let heading = heading.strip_prefix("tags.").unwrap_or(&heading);
    let mut folded = String::with_capacity(heading.len());
    for c in heading.chars() {
        match c {
            'ä' => folded.push_str("ae"),
            'ö' => folded.push_str("oe"),
            'ü' => folded.push_str("ue"),
            'ß' => folded.push_str("ss"),
            ':' => folded.push(':'),
            c if c.is_alphanumeric() => folded.push(c),
            _ => {}
        }
    }
    folded
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn headings_fold_to_one_spelling() {
        for (heading, folded) in [
            ("Straße", "strasse"),
            (" zip_code ", "zipcode"),
            ("E-Mail", "email"),
            ("tags.addr:street", "addr:street"),
            ("Öffnungszeiten (Sommer)", "oeffnungszeitensommer"),
            ("@id", "id"),
        ] {
            assert_eq!(fold(heading), folded);
        }
    }

    #[test]
    fn long_lists_of_headings_are_cut() {
        let headings: Vec<String> = (0..475).map(|number| format!("c{number}")).collect();
        assert!(Headings::of(&headings).to_string().ends_with("c11 and 463 more"));
    }
}
