//! What is told about the demo Kiez in `data/demo`.

use crate::failure::Failure;
use serde::Deserialize;
use serde::de::DeserializeOwned;

/// The quarters as a map file, read by the same importer as any other.
pub(super) const QUARTERS: &str = include_str!("../../../../data/demo/quarters.geojson");

/// Everything that happens in the demo Kiez.
pub(super) struct Story {
    pub(super) project: ToldProject,
    pub(super) actors: ToldActors,
    pub(super) cards: ToldCards,
}

impl Story {
    /// Reads the files that are built into the program.
    pub(super) fn read() -> Result<Self, Failure> {
        Ok(Self {
            project: parse("project.toml", include_str!("../../../../data/demo/project.toml"))?,
            actors: parse("actors.toml", include_str!("../../../../data/demo/actors.toml"))?,
            cards: parse("cards.toml", include_str!("../../../../data/demo/cards.toml"))?,
        })
    }
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct ToldProject {
    pub(super) slug: String,
    pub(super) name: String,
    pub(super) label: String,
    pub(super) area: String,
    pub(super) from: String,
    pub(super) to: String,
    pub(super) carrier: String,
    pub(super) client: String,
    pub(super) funding: String,
    pub(super) aims: String,
    pub(super) team: String,
    pub(super) partners: String,
    pub(super) coordinator: String,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct ToldActors {
    pub(super) business: Vec<ToldActor>,
    pub(super) institution: Vec<ToldActor>,
}

#[derive(Debug, Default, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub(super) struct ToldActor {
    pub(super) key: String,
    pub(super) name: String,
    pub(super) branch: String,
    pub(super) carrier: String,
    pub(super) street: String,
    pub(super) house_number: String,
    pub(super) lat: String,
    pub(super) lon: String,
    pub(super) languages: String,
    pub(super) steps: Vec<String>,
    pub(super) published: bool,
    pub(super) person: String,
    pub(super) function: String,
    pub(super) channel: String,
    pub(super) competence: String,
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
}

fn parse<T: DeserializeOwned>(name: &str, text: &str) -> Result<T, Failure> {
    toml::from_str(text).map_err(|error| Failure::failed(format!("data/demo/{name}: {error}")))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_demo_kiez_is_large_enough_to_look_around() {
        let story = Story::read().expect("readable");
        assert!(story.actors.business.len() >= 60 && story.actors.institution.len() >= 14);
        assert!(
            story.cards.need.len() >= 45 && story.cards.offer.len() >= 55 && story.cards.idea.len() >= 12
        );
    }
}
