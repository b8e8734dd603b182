//! Tables as CSV, safe to open in a spreadsheet.

/// Writes a table as CSV in UTF-8: a comma between fields, quotation marks where needed, CRLF at the end (RFC 4180).
///
/// A field that a spreadsheet would take for a formula gets an apostrophe in front, so that a name such as
/// `=cmd|…` is shown and never run.
///
/// # Errors
/// When a row has another number of fields than the heading.
pub fn csv(heading: &[&str], rows: &[Vec<String>]) -> Result<Vec<u8>, TableError> {
    let mut writer = ::csv::WriterBuilder::new().terminator(::csv::Terminator::CRLF).from_writer(Vec::new());
    writer.write_record(heading).map_err(unwritable)?;
    for row in rows {
        writer.write_record(row.iter().map(|field| harmless(field))).map_err(unwritable)?;
    }
    writer.into_inner().map_err(|error| TableError(error.to_string()))
}

/// Why a table cannot be written.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("the table cannot be written: {0}")]
pub struct TableError(String);

/// The field as it may be opened: what begins like a formula is quoted (OWASP, CSV injection).
fn harmless(field: &str) -> String {
    let dangerous = field.starts_with(['=', '+', '-', '@', '\t', '\r', '\n']);
    // A negative number is no formula.
    if dangerous && field.parse::<f64>().is_err() { format!("'{field}") } else { field.to_owned() }
}

#[expect(clippy::needless_pass_by_value, reason = "the shape that map_err hands over")]
fn unwritable(error: ::csv::Error) -> TableError {
    TableError(error.to_string())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn row(fields: &[&str]) -> Vec<String> {
        fields.iter().map(|field| (*field).to_owned()).collect()
    }

    #[test]
    fn fields_with_commas_and_quotes_read_back() {
        let bytes = csv(&["name", "street"], &[row(&["Café \"Ost\"", "Weg 1, Hof"])]).expect("written");
        let mut reader = ::csv::Reader::from_reader(bytes.as_slice());
        let record = reader.records().next().expect("one row").expect("readable");
        assert_eq!(record.iter().collect::<Vec<_>>(), ["Café \"Ost\"", "Weg 1, Hof"]);
    }

    #[test]
    fn a_formula_is_shown_and_never_run() {
        let bytes = csv(&["name"], &[row(&["=1+1"]), row(&["@SUM(A1)"]), row(&["-3.5"])]).expect("written");
        let text = String::from_utf8(bytes).expect("UTF-8");
        assert_eq!(text, "name\r\n'=1+1\r\n'@SUM(A1)\r\n-3.5\r\n");
    }

    #[test]
    fn a_row_of_another_length_is_refused() {
        assert!(csv(&["a", "b"], &[row(&["1"])]).is_err());
    }
}
