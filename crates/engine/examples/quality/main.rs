//! Measures suggestions: against known pairs, and by a blind reading round.
#![expect(clippy::print_stdout, clippy::print_stderr, reason = "a measuring tool speaks to the terminal")]

mod answers;
mod chance;
mod marks;
mod ngrams;
mod pairs;
mod report;
mod sheet;
mod table;

use std::io;
use std::path::Path;
use std::process::ExitCode;

const HELP: &str = "\
quality pairs FILE.tsv [text=0.5 …]
    R@1, R@10, MRR and category@1 of known pairs; a weight of the score may be given another value.
    Columns: id, kind (need|offer), text_de, org_type, pair_id, category.
quality marks NEEDS.tsv OFFERS.tsv FITS.tsv [half=0|1] [trace] [text=0.5 …]
    What is right among the first three, and how right a first suggestion is by its score, against marks set beforehand.
    Columns: id, text, who · id, text, who · need_id, offer_id, mark (2 to call about today, 1 possible). A need without
    marks is one that nothing fits.
quality sheet NEEDS.tsv OFFERS.tsv FOLDER [SEED]
    Writes the blind reading sheet: the first three of the engine and of plain character n-grams and two offers
    drawn by lot for every need, shuffled and without their origin (FOLDER/sheet.tsv; the key is kept apart in FOLDER/key.tsv).
    Columns: id, text, institution · id, text, actor. With a column `partner` among the needs, that offer is read as well.
quality read FOLDER
    Asks for the answers one by one: 2 a coordinator would call about it today, 1 possible, 0 no. They are kept in
    FOLDER/answers.tsv (line, answer), which can as well be written by hand, and reading goes on where it stopped.
quality score FOLDER
    What came of it: acceptable@1, any@3, and what is said where nothing fits, each with its 95 % interval.";

fn main() -> ExitCode {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let words: Vec<&str> = arguments.iter().map(String::as_str).collect();
    let outcome = match words.as_slice() {
        ["pairs", file, weights @ ..] => pairs::measure_file(Path::new(file), weights),
        ["marks", needs, offers, fits, words @ ..] => marks::measure([needs, offers, fits], words),
        ["sheet", needs, offers, folder] => sheet::write((needs, offers), Path::new(folder), 1),
        ["sheet", needs, offers, folder, seed] => match seed.parse() {
            Ok(seed) => sheet::write((needs, offers), Path::new(folder), seed),
            Err(_) => Err(io::Error::other(format!("`{seed}` is no number: the seed is a whole number"))),
        },
        ["read", folder] => answers::ask(Path::new(folder)),
        ["score", folder] => report::print(Path::new(folder)),
        _ => {
            eprintln!("{HELP}");
            return ExitCode::from(2);
        }
    };
    match outcome {
        Ok(()) => ExitCode::SUCCESS,
        Err(fault) => {
            eprintln!("{fault}");
            ExitCode::FAILURE
        }
    }
}
