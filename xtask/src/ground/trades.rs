//! Who is in the premises: hand-written places and name lists of `data/demo/trades.txt`.

use super::chance::Chance;
use super::premises::USES;
use std::collections::{BTreeMap, BTreeSet};

/// The file, read.
#[derive(Default)]
pub(super) struct Trades {
    pub(super) told: Vec<Told>,
    lists: BTreeMap<String, Vec<String>>,
    trades: Vec<Trade>,
}

/// Where an actor of `actors.toml` is.
pub(super) struct Told {
    pub(super) key: String,
    /// Index into [`USES`].
    pub(super) used_as: usize,
    pub(super) street: String,
}

struct Trade {
    branch: String,
    used_as: usize,
    weight: f64,
    side: String,
    patterns: Vec<String>,
}

/// A made-up occupant.
#[derive(Debug, Clone, Default, PartialEq)]
pub(super) struct Occupant {
    pub(super) name: String,
    pub(super) branch: String,
    pub(super) side: String,
    pub(super) languages: String,
}

impl Trades {
    /// Reads the lists; says which line is wrong.
    pub(super) fn read(text: &str) -> Result<Self, String> {
        let mut trades = Self::default();
        for (at, line) in text.lines().enumerate() {
            let line = line.trim();
            if line.is_empty() || line.starts_with('#') {
                continue;
            }
            trades
                .line(line)
                .ok_or_else(|| format!("trades.txt:{}: cannot be understood: {line}", at + 1))?;
        }
        Ok(trades)
    }

    fn line(&mut self, line: &str) -> Option<()> {
        let (word, rest) = line.split_once(' ')?;
        let parts: Vec<&str> = rest.split('|').map(str::trim).collect();
        match (word, parts.as_slice()) {
            ("at", [key, used_as, street]) => self.told.push(Told {
                key: (*key).to_owned(),
                used_as: index_of(used_as)?,
                street: (*street).to_owned(),
            }),
            ("names", [list, names]) => {
                self.lists.insert((*list).to_owned(), split(names, ','));
            }
            ("trade", [branch, used_as, weight, patterns]) => {
                let used_as = index_of(used_as)?;
                let (weight, side) = weight.split_once(' ').unwrap_or((weight, ""));
                let side = match (USES[used_as], side) {
                    ("social", "") => "initiative",
                    (_, "") => "business",
                    (_, side) => side,
                };
                self.trades.push(Trade {
                    branch: (*branch).to_owned(),
                    used_as,
                    weight: weight.parse().ok()?,
                    side: side.to_owned(),
                    patterns: split(patterns, ';'),
                });
            }
            _ => return None,
        }
        Some(())
    }

    /// Somebody for a unit of this use, under a name that nobody has yet.
    pub(super) fn occupant(
        &self,
        used_as: usize,
        taken: &mut BTreeSet<String>,
        chance: &mut Chance,
    ) -> Result<Occupant, String> {
        // Every name list is much longer than what one trade needs: a free name comes within a few tries.
        for _ in 0..200 {
            let trade = self.trade(used_as, chance)?;
            let (name, languages) =
                self.name(&trade.patterns[chance.one_of(trade.patterns.len())], chance)?;
            if taken.insert(name.to_lowercase()) {
                let (branch, side) = (trade.branch.clone(), trade.side.clone());
                return Ok(Occupant { name, branch, side, languages });
            }
        }
        Err(format!("trades.txt: too few names for {}", USES[used_as]))
    }

    fn trade(&self, used_as: usize, chance: &mut Chance) -> Result<&Trade, String> {
        let of_use = || self.trades.iter().filter(move |trade| trade.used_as == used_as);
        let mut mark = chance.share() * of_use().map(|trade| trade.weight).sum::<f64>();
        let found = of_use().find(|trade| {
            mark -= trade.weight;
            mark < 0.0
        });
        found.ok_or_else(|| format!("trades.txt: no trade for {}", USES[used_as]))
    }

    /// A pattern with its lists filled in, and the languages that go with the names.
    fn name(&self, pattern: &str, chance: &mut Chance) -> Result<(String, String), String> {
        let (mut name, mut languages) = (pattern.to_owned(), vec!["de"]);
        while let Some((before, rest)) = name.split_once('{') {
            let (list, after) = rest.split_once('}').ok_or_else(|| format!("trades.txt: {pattern}"))?;
            let words = self.lists.get(list).ok_or_else(|| format!("trades.txt: no names {list}"))?;
            let known = ["tr", "ar", "pl", "vi", "it"].into_iter().find(|language| *language == list);
            languages.extend(known);
            name = format!("{before}{}{after}", words[chance.one_of(words.len())]);
        }
        if chance.happens(0.35) && languages.len() < 3 {
            languages.push("en");
        }
        Ok((name, languages.join(",")))
    }
}

fn index_of(used_as: &str) -> Option<usize> {
    USES.iter().position(|name| *name == used_as)
}

fn split(list: &str, sign: char) -> Vec<String> {
    list.split(sign).map(|word| word.trim().to_owned()).filter(|word| !word.is_empty()).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    const LISTS: &str = "at holz | local_economy | Gasse\nnames tr | Acar, Aksoy\n\
                         trade bakery | gastronomy | 3 | {tr} Fırını\ntrade police | social | 1 public_body | Wache\n";

    #[test]
    fn an_occupant_has_a_name_of_its_own_and_the_languages_of_it() {
        let trades = Trades::read(LISTS).expect("fine");
        let (mut taken, mut chance) = (BTreeSet::new(), Chance::named("x"));
        let mut next = || trades.occupant(1, &mut taken, &mut chance);
        let (one, other) = (next().expect("one"), next().expect("other"));
        assert_ne!(one.name, other.name);
        assert!(one.languages.starts_with("de,tr") && one.side == "business" && one.branch == "bakery");
        assert_eq!(next().expect_err("two names only"), "trades.txt: too few names for gastronomy");
    }

    #[test]
    fn a_public_body_is_told_apart() {
        let trades = Trades::read(LISTS).expect("fine");
        let found = trades.occupant(4, &mut BTreeSet::new(), &mut Chance::named("x")).expect("found");
        assert_eq!((found.name.as_str(), found.side.as_str()), ("Wache", "public_body"));
        assert_eq!((trades.told[0].key.as_str(), trades.told[0].used_as), ("holz", 3));
    }

    #[test]
    fn a_line_nobody_understands_is_named() {
        let error = Trades::read("trade cafe | gastro | 3 | Café").err();
        assert_eq!(
            error.as_deref(),
            Some("trades.txt:1: cannot be understood: trade cafe | gastro | 3 | Café")
        );
    }
}
