//! The premises of the demo Kiez, and the lists that two surveys a year apart brought home.

use super::calendar::{Calendar, spread};
use super::story::{Story, ToldActor};
use crate::failure::Failure;
use jiff::civil::Date;
use serde::Deserialize;
use std::collections::BTreeMap;

/// Every unit as `cargo xtask ground` wrote it.
const PREMISES: &str = include_str!("../../../../data/demo/premises.csv");

/// Days ago on which the first survey began and ended.
pub(super) const FIRST: (i64, i64) = (1_010, 975);
/// The second one, a year later.
pub(super) const SECOND: (i64, i64) = (645, 610);

/// A ground-floor unit at two looks.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Unit {
    pub(super) id: String,
    pub(super) street: String,
    pub(super) house_number: String,
    pub(super) lat: String,
    pub(super) lon: String,
    pub(super) before: String,
    pub(super) now: String,
    /// Key of the told actor that is here.
    pub(super) key: String,
    pub(super) occupant: String,
    pub(super) branch: String,
    pub(super) side: String,
    pub(super) languages: String,
    /// Who left between the looks.
    pub(super) former: String,
    pub(super) former_branch: String,
}

impl Unit {
    /// Whether somebody came since the first look.
    pub(super) fn is_new(&self) -> bool {
        self.before != self.now && !self.occupant.is_empty()
    }
}

/// Reads the units.
pub(super) fn units() -> Result<Vec<Unit>, Failure> {
    let rows = csv::Reader::from_reader(PREMISES.as_bytes()).into_deserialize();
    let units: Result<Vec<Unit>, csv::Error> = rows.collect();
    units.map_err(|error| Failure::failed(format!("data/demo/premises.csv: {error}")))
}

/// What was found at a look.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Look {
    First,
    Second,
}

impl Look {
    /// The day on which the whole list was typed in.
    pub(super) fn ends(self, calendar: Calendar) -> Date {
        match self {
            Self::First => calendar.days_ago(FIRST.1 - 3),
            Self::Second => calendar.days_ago(SECOND.1 - 3),
        }
    }

    fn seen(self, calendar: Calendar, at: usize) -> Date {
        calendar.between(if self == Self::First { FIRST } else { SECOND }, spread(at))
    }

    /// Name of the list without its ending.
    pub(super) fn name(self) -> &'static str {
        match self {
            Self::First => "erste-kartierung",
            Self::Second => "zweite-kartierung",
        }
    }
}

/// The list of units: where, what for, when, who.
pub(super) fn premises(
    units: &[Unit],
    story: &Story,
    (look, calendar): (Look, Calendar),
) -> Result<Vec<u8>, Failure> {
    let told = by_key(story);
    let mut table = Table::new("id,street,house_number,postcode,city,lat,lon,use,date,occupant")?;
    for (at, unit) in units.iter().enumerate() {
        let day = look.seen(calendar, at).to_string();
        let here = told.get(unit.key.as_str()).map_or(unit.occupant.as_str(), |actor| actor.name.as_str());
        let (used_as, who) = match look {
            Look::First if unit.before != unit.now => (&unit.before, unit.former.as_str()),
            _ => (&unit.now, here),
        };
        table.row(&[
            &unit.id,
            &unit.street,
            &unit.house_number,
            POSTCODE,
            CITY,
            &unit.lat,
            &unit.lon,
            used_as,
            &day,
            who,
        ])?;
    }
    table.finish()
}

/// The list of everybody who was there at the first look, or came until the second.
pub(super) fn actors(
    units: &[Unit],
    story: &Story,
    look: Look,
    notes: &Notes<'_>,
) -> Result<Vec<u8>, Failure> {
    let told = by_key(story);
    let mut table = Table::new(ACTORS)?;
    for unit in units {
        let place = [&unit.street, &unit.house_number, POSTCODE, CITY, &unit.lat, &unit.lon];
        let note = |name: &str| notes.get(name).copied().unwrap_or_default();
        if let Some(actor) = told.get(unit.key.as_str()).filter(|_| look == Look::First) {
            table.told(actor, unit)?;
        }
        let mut row =
            |who: [&str; 3], rest: [&str; 4]| table.row(&[&who[..], &place[..], &rest[..]].concat());
        if !unit.occupant.is_empty() && unit.is_new() == (look == Look::Second) {
            row([&unit.occupant, &unit.side, &unit.branch], ["", &unit.languages, note(&unit.occupant), ""])?;
        }
        if !unit.former.is_empty() && look == Look::First {
            row([&unit.former, "", &unit.former_branch], ["", "", "", ""])?;
        }
    }
    table.finish()
}

/// What the list of the district says lately, its unreadable lines at the end.
pub(super) fn list(units: &[Unit], story: &Story) -> Result<Vec<u8>, Failure> {
    let told = by_key(story);
    let mut table = Table::new(ACTORS)?;
    for listed in &story.lately.listed {
        let unit = units.iter().find(|unit| unit.key == listed.actor);
        let known = unit.zip(told.get(listed.actor.as_str()));
        let (unit, actor) = known
            .ok_or_else(|| Failure::failed(format!("nobody in data/demo is called {}", listed.actor)))?;
        table.told(&listed.of(actor), unit)?;
    }
    let mut bytes = table.finish()?;
    for line in &story.lately.unreadable {
        bytes.extend_from_slice(line.as_bytes());
        bytes.push(b'\n');
    }
    Ok(bytes)
}

/// Headings of a list of actors.
const ACTORS: &str =
    "name,side,branch,street,house_number,postcode,city,lat,lon,carrier,languages,note,opening_hours";

/// What coordinators noted, by the actor's name.
pub(super) type Notes<'a> = BTreeMap<&'a str, &'a str>;

const POSTCODE: &str = "10967";
const CITY: &str = "Berlin";

fn by_key(story: &Story) -> BTreeMap<&str, &ToldActor> {
    story.everybody().map(|told| (told.key.as_str(), told)).collect()
}

/// A list as a file.
struct Table(csv::Writer<Vec<u8>>);

impl Table {
    fn new(headings: &str) -> Result<Self, Failure> {
        let mut table = Self(csv::Writer::from_writer(Vec::new()));
        table.row(&headings.split(',').collect::<Vec<_>>())?;
        Ok(table)
    }

    fn row(&mut self, cells: &[&str]) -> Result<(), Failure> {
        self.0.write_record(cells).map_err(|error| Failure::failed(error.to_string()))
    }

    /// Somebody of whom a story is told, at its door.
    fn told(&mut self, actor: &ToldActor, unit: &Unit) -> Result<(), Failure> {
        let ToldActor { name, side, branch, carrier, languages, note, opening_hours, .. } = actor;
        let (street, number) = (&unit.street, &unit.house_number);
        self.row(&[
            name,
            side,
            branch,
            street,
            number,
            POSTCODE,
            CITY,
            &unit.lat,
            &unit.lon,
            carrier,
            languages,
            note,
            opening_hours,
        ])
    }

    fn finish(self) -> Result<Vec<u8>, Failure> {
        self.0.into_inner().map_err(|error| Failure::failed(error.to_string()))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::demo::story::GROUND;
    use std::collections::BTreeSet;

    #[test]
    fn everybody_told_has_premises_and_nobody_is_called_like_another() {
        let (story, units) = (Story::read().expect("told"), units().expect("surveyed"));
        let keys: BTreeSet<&str> = units.iter().map(|unit| unit.key.as_str()).collect();
        let mut names = BTreeSet::new();
        for told in story.everybody() {
            assert!(keys.contains(told.key.as_str()), "{} is nowhere", told.name);
            names.insert(told.name.to_lowercase());
        }
        for name in
            units.iter().flat_map(|unit| [&unit.occupant, &unit.former]).filter(|name| !name.is_empty())
        {
            assert!(names.insert(name.to_lowercase()), "{name} is there twice");
        }
    }

    #[test]
    fn as_many_addresses_are_visited_as_in_the_real_project() {
        let units = units().expect("surveyed");
        let somebody = units.iter().filter(|unit| !unit.key.is_empty() || !unit.occupant.is_empty());
        assert_eq!((units.len(), somebody.count()), (990, 585));
    }

    #[test]
    fn every_street_with_premises_is_drawn() {
        for unit in units().expect("surveyed") {
            assert!(GROUND.contains(&format!("\"name\":\"{}\"", unit.street)), "{}", unit.street);
        }
    }

    #[test]
    fn who_left_stands_in_the_first_list_and_who_came_in_the_second() {
        let (story, units) = (Story::read().expect("told"), units().expect("surveyed"));
        let list = |look| {
            let bytes = actors(&units, &story, look, &Notes::new()).expect("written");
            String::from_utf8(bytes).expect("text")
        };
        let (first, second) = (list(Look::First), list(Look::Second));
        let left = units.iter().find(|unit| !unit.former.is_empty()).expect("somebody left");
        let came = units.iter().find(|unit| unit.is_new()).expect("somebody came");
        assert!(first.contains(&left.former) && !second.contains(&left.former));
        assert!(second.contains(&came.occupant) && !first.contains(&came.occupant));
        assert!(first.contains("Teesalon Nar") && !second.contains("Teesalon Nar"));
    }
}
