//! Lines of id, tab, text.

use crate::failure::Failure;
use crate::output::Output;
use kiez_domain::issue::Problem;
use kiez_import::error::{Field, ReadError, Reason, Refusal};
use kiez_import::file_fault::{FileFault, Headings};
use kiez_import::reading::ReadOptions;
use kiez_import::row_fault::RowFault;
use kiez_import::{rows, source};
use std::collections::BTreeMap;
use std::path::Path;

/// Reads texts with their ids; rows without an id or with one that stood before are named and left out.
pub(crate) fn read(path: &Path, output: &Output) -> Result<(Vec<(String, String)>, usize), Failure> {
    let options = ReadOptions { spreadsheet_program: std::env::current_exe().ok(), ..ReadOptions::default() };
    let table = rows::read_texts(&source::load(path)?, &options)?;
    table.notes.iter().for_each(|note| output.say(note));
    let column = |name: &str| table.headings.iter().position(|heading| heading.eq_ignore_ascii_case(name));
    let missing = |wanted| {
        let headings = Headings::All { list: table.headings.join(", ") };
        let fault = FileFault::MissingColumn { wanted, known: "id, text".into(), headings };
        ReadError::new(&table.file, fault).at_line(table.heading_line)
    };
    let id_column = column("id").ok_or_else(|| missing("id"))?;
    let text_column = column("text").ok_or_else(|| missing("text"))?;
    let mut refused = table.refused.clone();
    let mut seen: BTreeMap<&str, u64> = BTreeMap::new();
    let mut texts = Vec::with_capacity(table.rows.len());
    for row in &table.rows {
        let (id, text) = (row.cells[id_column].trim(), row.cells[text_column].trim());
        let reason = match seen.get(id) {
            _ if id.is_empty() => Some(Reason::from(Problem::Missing)),
            Some(first) => {
                Some(Reason::from(RowFault::DuplicateId { id: id.to_owned(), first_line: *first }))
            }
            None => None,
        };
        match reason {
            Some(reason) => refused.push(Refusal::new(&table.file, row.line, Field::Heading("id"), reason)),
            None => {
                seen.insert(id, row.line);
                texts.push((id.to_owned(), text.to_owned()));
            }
        }
    }
    refused.sort_by_key(|refusal| refusal.line);
    refused.iter().for_each(|refusal| output.warn(&refusal.to_string()));
    Ok((texts, refused.len()))
}
