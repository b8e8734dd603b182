//! The reader's answers: asked in the terminal or read from a file.

use crate::table::Table;
use std::collections::BTreeMap;
use std::fs::OpenOptions;
use std::io::{self, BufRead, Write};
use std::path::Path;

/// For each line of the sheet: 2 a coordinator would call about it today, 1 possible, 0 no.
pub(crate) fn read(folder: &Path) -> io::Result<BTreeMap<usize, u8>> {
    let path = folder.join("answers.tsv");
    let mut answers = BTreeMap::new();
    for [line, answer] in Table::read(&path)?.columns(["line", "answer"], 2)? {
        let known = line.parse().ok().zip(answer.parse().ok().filter(|answer| *answer <= 2));
        let Some((line, answer)) = known else {
            return Err(io::Error::other(format!(
                "{}: `{line}  {answer}` is no line of the sheet with 0, 1 or 2",
                path.display()
            )));
        };
        answers.insert(line, answer);
    }
    Ok(answers)
}

/// Asks for every line that has no answer yet and keeps each at once.
pub(crate) fn ask(folder: &Path) -> io::Result<()> {
    let path = folder.join("answers.tsv");
    let known = if path.exists() { read(folder)? } else { BTreeMap::new() };
    let mut file = OpenOptions::new().create(true).append(true).open(&path)?;
    if known.is_empty() {
        writeln!(file, "line\tanswer")?;
    }
    let columns = ["line", "need", "institution", "offer", "actor"];
    let mut typed = io::stdin().lock().lines();
    for [line, need, institution, offer, actor] in
        Table::read(&folder.join("sheet.tsv"))?.columns(columns, 5)?
    {
        if line.parse().is_ok_and(|line| known.contains_key(&line)) {
            continue;
        }
        println!("\n{line}  {need}  ({institution})\n    → {offer}  ({actor})");
        loop {
            print!("2 call today · 1 possible · 0 no: ");
            io::stdout().flush()?;
            let Some(answer) = typed.next().transpose()? else { return Ok(()) };
            if let answer @ ("0" | "1" | "2") = answer.trim() {
                writeln!(file, "{line}\t{answer}")?;
                break;
            }
        }
    }
    Ok(())
}
