//! The sheet that is read blind: what the engine, its peer and the lot put forward, in no order and without origin.

use crate::chance::Lot;
use crate::ngrams::NGrams;
use crate::table::Table;
use kiez_engine::{Knowledge, Market, Need, Offer, Weights};
use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::path::Path;
use std::{fs, io};

const TOP: usize = 3;
const DRAWN: usize = 2;

/// Columns of an offer: id, text, actor.
type OfferRow = [String; 3];
/// Columns of a need: id, text, institution, partner.
type NeedRow = [String; 4];

/// Who put an offer forward, at which place, how sure it was.
struct Origin {
    source: &'static str,
    place: usize,
    score: f64,
}

struct Peers {
    market: Market,
    ngrams: NGrams,
    offers: BTreeMap<String, OfferRow>,
    lot: Lot,
}

/// Writes `sheet.tsv` (for the reader) and `key.tsv` (for the count) into the folder.
pub(crate) fn write(files: (&str, &str), folder: &Path, seed: u64) -> io::Result<()> {
    let needs: Vec<NeedRow> =
        Table::read(Path::new(files.0))?.columns(["id", "text", "institution", "partner"], 2)?;
    let offers: Vec<OfferRow> = Table::read(Path::new(files.1))?.columns(["id", "text", "actor"], 2)?;
    let mut peers = Peers::new(offers, seed);
    let mut sheet = String::from("line\tneed\tinstitution\toffer\tactor\n");
    let mut key = String::from("line\tneed\toffer\tsource\tplace\tscore\n");
    let mut line = 0_usize;
    for need in &needs {
        for (offer, origins) in peers.shuffled(need) {
            line += 1;
            let [_, text, actor] = &peers.offers[&offer];
            let _ = writeln!(sheet, "{line}\t{}\t{}\t{text}\t{actor}", need[1], need[2]);
            for Origin { source, place, score } in origins {
                let _ = writeln!(key, "{line}\t{}\t{offer}\t{source}\t{place}\t{score:.3}", need[0]);
            }
        }
    }
    fs::create_dir_all(folder)?;
    fs::write(folder.join("sheet.tsv"), sheet)?;
    fs::write(folder.join("key.tsv"), key)
}

impl Peers {
    fn new(rows: Vec<OfferRow>, seed: u64) -> Self {
        let mut market = Market::new(Knowledge::built_in(), Weights::default());
        for [id, text, actor] in rows.iter().cloned() {
            let actor = Some(actor).filter(|actor| !actor.is_empty());
            market.put_offer(Offer { id, text, actor, ..Offer::default() });
        }
        let ngrams = NGrams::new(rows.iter().map(|[id, text, _]| (id.as_str(), text.as_str())));
        let offers = rows.into_iter().map(|row| (row[0].clone(), row)).collect();
        Self { market, ngrams, offers, lot: Lot::new(seed) }
    }

    /// Everything that is put forward for a need, each offer once, in an order drawn by lot.
    fn shuffled(&mut self, need: &NeedRow) -> Vec<(String, Vec<Origin>)> {
        let mut found: BTreeMap<String, Vec<Origin>> = BTreeMap::new();
        let mut add = |offer: &str, source, place, score| {
            found.entry(offer.to_owned()).or_default().push(Origin { source, place, score });
        };
        let asked = Need {
            id: need[0].clone(),
            text: need[1].clone(),
            institution: Some(need[2].clone()).filter(|institution| !institution.is_empty()),
            ..Need::default()
        };
        for (place, one) in (1..).zip(self.market.offers_for_text(&asked, TOP)) {
            add(&one.offer, "engine", place, one.score.value());
        }
        for (place, offer) in (1..).zip(self.ngrams.nearest(&need[1], TOP)) {
            add(&offer, "ngrams", place, 0.0);
        }
        if self.offers.contains_key(&need[3]) {
            add(&need[3], "partner", 1, 0.0);
        }
        let ids: Vec<&String> = self.offers.keys().collect();
        for place in 1..=DRAWN.min(ids.len()) {
            add(ids[self.lot.below(ids.len())], "lot", place, 0.0);
        }
        let mut shuffled: Vec<_> = found.into_iter().collect();
        self.lot.shuffle(&mut shuffled);
        shuffled
    }
}
