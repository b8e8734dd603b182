//! Files of tab-separated columns, found by their headings.

use std::fs;
use std::io;
use std::path::Path;

/// A file with its headings.
pub(crate) struct Table {
    headings: Vec<String>,
    rows: Vec<Vec<String>>,
    name: String,
}

impl Table {
    /// Reads a file whose first line names the columns.
    pub(crate) fn read(path: &Path) -> io::Result<Self> {
        let name = path.display().to_string();
        let text = fs::read_to_string(path).map_err(|fault| io::Error::other(format!("{name}: {fault}")))?;
        let mut lines = text.lines().map(|line| line.split('\t').map(str::to_owned).collect());
        Ok(Self { headings: lines.next().unwrap_or_default(), rows: lines.collect(), name })
    }

    /// The wanted columns of every row; one that is missing is empty when `needed` does not count it.
    pub(crate) fn columns<const N: usize>(
        &self,
        wanted: [&str; N],
        needed: usize,
    ) -> io::Result<Vec<[String; N]>> {
        let found = wanted.map(|name| self.headings.iter().position(|heading| heading == name));
        if let Some(missing) = (0..needed).find(|at| found[*at].is_none()) {
            return Err(io::Error::other(format!(
                "{}: the column `{}` is missing",
                self.name, wanted[missing]
            )));
        }
        let cell = |row: &Vec<String>, at: Option<usize>| at.and_then(|at| row.get(at)).cloned();
        Ok(self.rows.iter().map(|row| found.map(|at| cell(row, at).unwrap_or_default())).collect())
    }
}
