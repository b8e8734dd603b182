//! What came of a round of blind reading.

use crate::answers;
use crate::chance::Share;
use crate::table::Table;
use std::collections::BTreeMap;
use std::io;
use std::path::Path;

/// What one source put forward for one need: (place, answer, score).
type Forward = BTreeMap<usize, (u8, f64)>;

/// What is counted for one source.
#[derive(Debug, Default)]
struct Count {
    /// The first suggestion is one a coordinator would call about today.
    call_first: Share,
    /// The first is at least possible.
    possible_first: Share,
    /// One of the first three is one to call about.
    call_among_three: Share,
    /// One of the first three is at least possible.
    possible_among_three: Share,
}

/// Prints the figures of a folder with sheet, key and answers.
pub(crate) fn print(folder: &Path) -> io::Result<()> {
    let answers = answers::read(folder)?;
    let mut by_source: BTreeMap<String, BTreeMap<String, Forward>> = BTreeMap::new();
    let mut best: BTreeMap<String, u8> = BTreeMap::new();
    let columns = ["line", "need", "source", "place", "score"];
    for [line, need, source, place, score] in Table::read(&folder.join("key.tsv"))?.columns(columns, 5)? {
        let (Ok(line), Ok(place), Ok(score)) = (line.parse(), place.parse(), score.parse()) else {
            return Err(io::Error::other(format!("the key has a line that is none: {line}")));
        };
        let Some(answer) = answers.get(&line).copied() else {
            return Err(io::Error::other(format!(
                "line {line} of the sheet has no answer yet: `quality read` goes on there"
            )));
        };
        let known = best.entry(need.clone()).or_default();
        *known = answer.max(*known);
        by_source.entry(source).or_default().entry(need).or_default().insert(place, (answer, score));
    }
    println!(
        "needs {} · with something to call about {} · with nothing at all {}",
        best.len(),
        best.values().filter(|best| **best == 2).count(),
        best.values().filter(|best| **best == 0).count()
    );
    for (source, needs) in &by_source {
        let counted = count(needs, &best);
        println!(
            "{source:8} call@1 {} · possible@1 {} · call among 3 {} · possible among 3 {}",
            counted.call_first,
            counted.possible_first,
            counted.call_among_three,
            counted.possible_among_three
        );
    }
    by_source.get("engine").into_iter().for_each(|needs| print_levels(needs, &best));
    Ok(())
}

/// Over the needs for which anything read was at least possible; where nothing fits, nobody can be right.
fn count(needs: &BTreeMap<String, Forward>, best: &BTreeMap<String, u8>) -> Count {
    let mut counted = Count::default();
    let none = Forward::new();
    for need in best.iter().filter(|(_, best)| **best > 0).map(|(need, _)| need) {
        let forward = needs.get(need).unwrap_or(&none);
        let first = forward.get(&1).map_or(0, |(answer, _)| *answer);
        let among = forward.range(..=3).map(|(_, (answer, _))| *answer).max().unwrap_or(0);
        counted.call_first.count(first == 2);
        counted.possible_first.count(first >= 1);
        counted.call_among_three.count(among == 2);
        counted.possible_among_three.count(among >= 1);
    }
    counted
}

/// How right a first suggestion is by its score, and what is said where nothing fits.
fn print_levels(needs: &BTreeMap<String, Forward>, best: &BTreeMap<String, u8>) {
    println!(
        "\nfirst suggestion of the engine with a score of at least · call · possible · said where nothing fits · kept where something fits"
    );
    for level in [0.0, 0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8] {
        let (mut call, mut possible, mut false_alarm, mut kept) =
            (Share::default(), Share::default(), Share::default(), Share::default());
        for (need, best) in best {
            let first =
                needs.get(need).and_then(|forward| forward.get(&1)).filter(|(_, score)| *score >= level);
            if let Some((answer, _)) = first {
                call.count(*answer == 2);
                possible.count(*answer >= 1);
            }
            let side = if *best == 0 { &mut false_alarm } else { &mut kept };
            side.count(first.is_some());
        }
        println!("  {level:.1}   {call} · {possible} · {false_alarm} · {kept}");
    }
}
