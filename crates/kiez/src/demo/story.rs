//! What is told about the demo Kiez in `data/demo`, by hand: who, what, and how it stands today.

use super::lately::Lately;
use crate::failure::Failure;
use kiez_domain::project::ProjectForm;
use serde::Deserialize;
use serde::de::DeserializeOwned;
use std::collections::BTreeMap;

/// The quarters as a map file, read by the same importer as any other.
pub(super) const QUARTERS: &str = include_str!("../../../../data/demo/quarters.geojson");

/// Streets, houses, water and green, as `cargo xtask ground` drew them.
pub(super) const GROUND: &str = include_str!("../../../../data/demo/ground.geojson");

/// Everything that happens in the demo Kiez.
pub(super) struct Story {
    pub(super) project: ToldProject,
    pub(super) actors: ToldActors,
    pub(super) cards: ToldCards,
    pub(super) remarks: Remarks,
    pub(super) neighbour: Neighbour,
    pub(super) lately: Lately,
}

impl Story {
    /// Reads the files that are built into the program.
    pub(super) fn read() -> Result<Self, Failure> {
        Ok(Self {
            project: parse("project.toml", include_str!("../../../../data/demo/project.toml"))?,
            actors: parse("actors.toml", include_str!("../../../../data/demo/actors.toml"))?,
            cards: parse("cards.toml", include_str!("../../../../data/demo/cards.toml"))?,
            remarks: parse("remarks.toml", include_str!("../../../../data/demo/remarks.toml"))?,
            neighbour: parse("neighbour.toml", include_str!("../../../../data/demo/neighbour.toml"))?,
            lately: Lately::read()?,
        })
    }

    /// Everybody of whom a story is told.
    pub(super) fn everybody(&self) -> impl Iterator<Item = &ToldActor> {
        self.actors.business.iter().chain(&self.actors.institution)
    }

    /// The actor with this key.
    pub(super) fn by_key(&self, key: &str) -> Result<&ToldActor, Failure> {
        let found = self.everybody().find(|told| told.key == key);
        found.ok_or_else(|| Failure::failed(format!("nobody in data/demo has the key {key}")))
    }
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct ToldProject {
    /// How many months ago it began, and how many it has left.
    pub(super) months: [i32; 2],
    pub(super) coordinator: String,
    pub(super) facts: ProjectForm,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct ToldActors {
    pub(super) business: Vec<ToldActor>,
    pub(super) institution: Vec<ToldActor>,
}

#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub(super) struct ToldActor {
    pub(super) key: String,
    pub(super) name: String,
    pub(super) branch: String,
    pub(super) side: String,
    pub(super) carrier: String,
    pub(super) languages: String,
    /// How far a business has come today; empty for institutions.
    pub(super) stage: String,
    pub(super) published: bool,
    /// When its door is open.
    pub(super) opening_hours: String,
    /// A page of its own, for everybody.
    pub(super) website: String,
    pub(super) person: String,
    pub(super) function: String,
    /// How coordinators reach it: medium and value, with a colon between.
    pub(super) channel: String,
    pub(super) competence: String,
    pub(super) note: String,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct ToldCards {
    pub(super) need: Vec<ToldCard>,
    pub(super) offer: Vec<ToldCard>,
    pub(super) idea: Vec<ToldCard>,
}

#[derive(Debug, Default, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub(super) struct ToldCard {
    pub(super) actor: String,
    pub(super) text: String,
    pub(super) units: String,
    pub(super) radius_m: String,
    pub(super) times: String,
    pub(super) languages: String,
    pub(super) capacity: String,
    pub(super) per: String,
    pub(super) effort_min: String,
    /// How the card stands today; empty: a need or an offer is open, an idea noted.
    pub(super) state: String,
}

/// What was said at doors, by how the visit ended.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Remarks {
    pub(super) declined: Vec<String>,
    pub(super) visited: Vec<String>,
    pub(super) interested: Vec<String>,
    /// What shops are asked for, by branch.
    pub(super) asked: BTreeMap<String, Vec<String>>,
}

/// A second project of the same installation.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Neighbour {
    pub(super) project: ToldProject,
    pub(super) actor: Vec<ToldActor>,
    pub(super) need: Vec<ToldCard>,
    pub(super) offer: Vec<ToldCard>,
}

pub(super) fn parse<T: DeserializeOwned>(name: &str, text: &str) -> Result<T, Failure> {
    toml::from_str(text).map_err(|error| Failure::failed(format!("data/demo/{name}: {error}")))
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::{BTreeMap, BTreeSet};

    fn story() -> Story {
        Story::read().expect("readable")
    }

    fn cards(story: &Story) -> impl Iterator<Item = &ToldCard> {
        story.cards.need.iter().chain(&story.cards.offer).chain(&story.cards.idea)
    }

    #[test]
    fn as_many_take_part_as_in_the_real_project() {
        let story = story();
        let taking_part = story.actors.business.iter().filter(|told| told.stage == "participating");
        assert_eq!((taking_part.count(), story.actors.institution.len()), (31, 18));
        assert_eq!((story.cards.need.len(), story.cards.offer.len()), (120, 160));
        assert!(story.cards.idea.len() >= 20);
    }

    #[test]
    fn everybody_is_told_once_and_every_institution_with_carrier_person_and_programme() {
        let story = story();
        let (mut keys, mut names) = (BTreeSet::new(), BTreeSet::new());
        for told in story.everybody() {
            assert!(keys.insert(&told.key) && names.insert(told.name.to_lowercase()), "{} twice", told.name);
        }
        for told in &story.actors.institution {
            let filled = [&told.carrier, &told.person, &told.function, &told.note];
            assert!(filled.iter().all(|field| !field.is_empty()), "{}", told.name);
        }
        for card in cards(&story).filter(|card| !card.actor.is_empty()) {
            assert!(keys.contains(&card.actor), "nobody is called {}: {}", card.actor, card.text);
        }
    }

    #[test]
    fn only_who_takes_part_is_public() {
        for told in &story().actors.business {
            assert_eq!(told.published, told.stage == "participating", "{}", told.name);
        }
        for told in story().everybody().filter(|told| !told.website.is_empty()) {
            // RFC 2606 keeps this ending for examples: nobody real is behind it.
            let nobody = told.website.starts_with("https://") && told.website.ends_with(".example");
            assert!(nobody && told.published, "{}: {}", told.name, told.website);
        }
    }

    #[test]
    fn no_sentence_is_told_twice() {
        let story = story();
        let remarks = &story.remarks;
        let said = remarks.declined.iter().chain(&remarks.visited).chain(&remarks.interested);
        let mut seen = BTreeSet::new();
        for text in cards(&story).map(|card| &card.text).chain(said) {
            assert!(seen.insert(text.to_lowercase()), "told twice: {text}");
        }
    }

    #[test]
    fn a_need_is_about_groups_and_names_nobody() {
        let story = story();
        let people: BTreeSet<&str> = story
            .everybody()
            .flat_map(|told| told.person.split_whitespace())
            .filter(|word| word.len() > 3)
            .collect();
        for card in &story.cards.need {
            let words = card.text.split(|c: char| !c.is_alphabetic());
            let named: Vec<&str> = words.filter(|word| people.contains(word)).collect();
            assert!(named.is_empty(), "{named:?} in: {}", card.text);
            // A birthday, a diagnosis or a child in the singular would be about somebody.
            for word in ["geboren", "Diagnose", "unser Sohn", "eine Klientin", "ein Klient", "Herr ", "Frau "]
            {
                assert!(!card.text.contains(word), "{word} in: {}", card.text);
            }
        }
    }

    #[test]
    fn every_giver_has_few_offers_and_every_institution_some_needs() {
        let story = story();
        let mut needs: BTreeMap<&str, usize> = BTreeMap::new();
        for card in &story.cards.need {
            *needs.entry(&card.actor).or_default() += 1;
        }
        assert!(story.actors.institution.iter().all(|told| needs.get(told.key.as_str()) >= Some(&3)));
        let of_institutions = story.actors.institution.iter().filter_map(|told| needs.get(told.key.as_str()));
        assert!(of_institutions.sum::<usize>() > 110, "needs are mostly those of institutions");
    }
}
