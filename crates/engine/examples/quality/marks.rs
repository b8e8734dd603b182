//! Suggestions against marks that somebody set for every need beforehand: what is right, and what is said where nothing fits.

use crate::chance::Share;
use crate::pairs;
use crate::table::Table;
use kiez_engine::{Knowledge, Market, Need, Offer, Suggestion};
use std::collections::BTreeMap;
use std::io;
use std::path::Path;

const TOP: usize = 3;
/// Levels of a score at which a suggestion could be put forward.
const LEVELS: [f64; 9] = [0.0, 0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8];

/// The marks of a need: 2 for offers that a coordinator would call about, 1 for those that are possible.
type Marks = BTreeMap<String, BTreeMap<String, u8>>;

/// A need with its first suggestions and whether anything fits it at all.
struct Asked {
    found: Vec<(f64, u8)>,
    best: u8,
}

/// Prints what is right among the first, and how right a first suggestion is by its score.
pub(crate) fn measure(files: [&str; 3], weights: &[&str]) -> io::Result<()> {
    let [needs, offers, fits] = files;
    let market = market(offers, weights)?;
    let marks = marks(fits)?;
    let (half, trace) = (half(weights), weights.contains(&"trace"));
    let mut asked = Vec::new();
    for (number, [id, text, who]) in
        Table::read(Path::new(needs))?.columns(["id", "text", "who"], 2)?.into_iter().enumerate()
    {
        if half.is_some_and(|half| number % 2 != half) {
            continue;
        }
        let institution = Some(who).filter(|who| !who.is_empty());
        let found =
            market.offers_for_text(&Need { id: id.clone(), text, institution, ..Need::default() }, TOP);
        let known = marks.get(&id);
        let mark = |one: &Suggestion| known.and_then(|known| known.get(&one.offer)).copied().unwrap_or(0);
        if trace {
            found.iter().for_each(|one| println!("{id}\t{}\t{}\t{:?}", one.offer, mark(one), one.parts));
        }
        asked.push(Asked {
            found: found.iter().map(|one| (one.score.value(), mark(one))).collect(),
            best: known.and_then(|known| known.values().max()).copied().unwrap_or(0),
        });
    }
    print(&asked);
    Ok(())
}

fn market(offers: &str, weights: &[&str]) -> io::Result<Market> {
    let mut market = Market::new(Knowledge::built_in(), pairs::changed(weights));
    for [id, text, who] in Table::read(Path::new(offers))?.columns(["id", "text", "who"], 2)? {
        let actor = Some(who).filter(|who| !who.is_empty());
        market.put_offer(Offer { id, text, actor, ..Offer::default() });
    }
    Ok(market)
}

fn marks(fits: &str) -> io::Result<Marks> {
    let mut marks = Marks::new();
    for [need, offer, mark] in Table::read(Path::new(fits))?.columns(["need_id", "offer_id", "mark"], 3)? {
        let mark = mark.parse().map_err(|_| io::Error::other(format!("{fits}: `{mark}` is no mark")))?;
        marks.entry(need).or_default().insert(offer, mark);
    }
    Ok(marks)
}

/// `half=0` or `half=1`: every second need only, so that the other half stays unread.
fn half(words: &[&str]) -> Option<usize> {
    words.iter().find_map(|word| word.strip_prefix("half=")).and_then(|half| half.parse().ok())
}

fn print(asked: &[Asked]) {
    let [mut first, mut possible, mut three, mut among] = [Share::default(); 4];
    for one in asked.iter().filter(|one| one.best > 0) {
        let best = one.found.iter().map(|(_, mark)| *mark).max().unwrap_or(0);
        let top = one.found.first().map_or(0, |(_, mark)| *mark);
        first.count(top == 2);
        possible.count(top >= 1);
        three.count(best == 2);
        among.count(best >= 1);
    }
    println!("call@1 {first} · possible@1 {possible} · call among 3 {three} · possible among 3 {among}");
    println!(
        "\nfirst suggestion of at least · call · possible · said where nothing fits · said where something fits"
    );
    for level in LEVELS {
        let [mut call, mut possible, mut wrong, mut said] = [Share::default(); 4];
        for one in asked {
            let first = one.found.first().filter(|(score, _)| *score >= level);
            if let Some((_, mark)) = first {
                call.count(*mark == 2);
                possible.count(*mark >= 1);
            }
            if one.best == 0 { &mut wrong } else { &mut said }.count(first.is_some());
        }
        println!("  {level:.1}   {call} · {possible} · {wrong} · {said}");
    }
}
