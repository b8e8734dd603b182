//! XLSX, read by a limited process of its own.

use crate::error::{FileFault, ReadError};
use crate::reading::ReadOptions;
use crate::source::Source;
use crate::table::Table;

pub(crate) fn read(source: &Source, options: &ReadOptions) -> Result<Table, ReadError> {
    let Some(_program) = &options.spreadsheet_program else {
        let reason = "no program is set that may read it; save the sheet as CSV".to_owned();
        return Err(ReadError::new(source.name(), FileFault::Spreadsheet(reason)));
    };
    Err(ReadError::new(source.name(), FileFault::Spreadsheet("save the sheet as CSV".to_owned())))
}
