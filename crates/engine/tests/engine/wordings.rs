//! Roundabout, regional and rare ways of saying things, written from the field and not from what the program says.
//!
//! Not every row is understood. The share is kept, so that a change that loses many of them is seen. The words of the
//! taxonomy grew by whoever wrote the rows, so the shares say what is kept, not how well an unseen text is read; only the
//! rows of the area `unseen` were written when the words stood, and no word was added for them.

use kiez_engine::{KindFinding, Knowledge, TextSide, classify};

/// Columns: area, side, kinds that may stand first, text.
const WORDINGS: &str = include_str!("../../../../data/quality/wordings.tsv");

/// What came of the rows of an area.
struct Read {
    rows: usize,
    first: usize,
    among_three: usize,
    misses: Vec<String>,
}

fn read(area: &str) -> Read {
    let mut read = Read { rows: 0, first: 0, among_three: 0, misses: Vec::new() };
    let rows = WORDINGS.lines().skip(1).map(|line| line.split('\t').collect::<Vec<_>>());
    for row in rows.filter(|row| row[0] == area) {
        let side = if row[1] == "need" { TextSide::Need } else { TextSide::Offer };
        let said = classify(Knowledge::built_in(), row[3], side, 3);
        let right = |found: &KindFinding| row[2].split(' ').any(|kind| kind == found.kind.as_str());
        let first = said.first().is_some_and(right);
        read.rows += 1;
        read.first += usize::from(first);
        read.among_three += usize::from(said.iter().any(right));
        if !first {
            let said: Vec<_> = said.iter().map(|one| (one.kind.as_str(), one.score, &one.words)).collect();
            read.misses.push(format!("{}: {said:?} instead of {}", row[3], row[2]));
        }
    }
    read
}

/// Shares in hundredths, some below what was measured, so that widening the vocabulary stays free.
fn at_least(area: &str, (first, among_three): (usize, usize)) -> Read {
    let read = read(area);
    let kept = read.first * 100 >= read.rows * first && read.among_three * 100 >= read.rows * among_three;
    assert!(
        read.rows >= 15 && kept,
        "{area}: {} first, {} among three of {}; missed: {:#?}",
        read.first,
        read.among_three,
        read.rows,
        read.misses
    );
    read
}

#[test]
fn what_is_said_roundabout_is_understood() {
    for (area, shares) in [
        // Wishes that stand in a verb.
        ("verbs", (80, 90)),
        // Words of a region and of the street.
        ("regional", (88, 95)),
        ("things", (85, 92)),
        // A profession alone tells what it gives.
        ("professions", (88, 95)),
        ("english", (85, 93)),
        // Whoever asks may be giving.
        ("direction", (75, 90)),
    ] {
        let read = at_least(area, shares);
        println!("{area}: {} first, {} among three of {}", read.first, read.among_three, read.rows);
        println!("{}", read.misses.join("\n"));
    }
}

#[test]
fn of_cards_that_no_word_was_added_for_most_are_understood() {
    let read = at_least("unseen", (60, 70));
    println!("unseen: {} first, {} among three of {}", read.first, read.among_three, read.rows);
    println!("{}", read.misses.join("\n"));
}
