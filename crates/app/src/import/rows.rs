//! From a foreign row to the form of the field, and the key by which it is found again.

use super::plan::Fields;
use crate::error::AppError;
use kiez_domain::actor::ActorForm;
use kiez_domain::address::Address;
use kiez_domain::card::CardForm;
use kiez_domain::id::{ActorId, ProjectId};
use kiez_domain::language::LanguageTag;
use kiez_domain::position::Position;
use kiez_domain::premises::PremisesForm;
use kiez_domain::text::{listed, shown};
use kiez_import::actor::RawActor;
use kiez_import::card::RawCard;
use kiez_import::premises::RawPremises;
use kiez_store::conn::Conn;
use serde::Serialize;
use std::collections::HashMap;

/// The actor's form as the file fills it.
pub(crate) fn actor_form(raw: RawActor) -> ActorForm {
    let (street, number) = split(raw.street.as_deref(), raw.house_number);
    let (lat, lon) = texts(raw.position);
    let tags: Vec<LanguageTag> = raw.languages.iter().filter_map(|tag| tag.parse().ok()).collect();
    ActorForm {
        name: raw.name,
        side: shown(raw.side.as_ref()),
        branch: shown(raw.branch.as_ref()),
        street,
        house_number: number,
        postcode: raw.postcode.unwrap_or_default(),
        city: raw.city.unwrap_or_default(),
        lat,
        lon,
        carrier: raw.carrier.unwrap_or_default(),
        languages: listed(&tags),
        opening_hours: raw.opening_hours.unwrap_or_default(),
        note: raw.note.unwrap_or_default(),
        despite_objection: String::new(),
    }
}

/// The card's part of a form, as a file fills it: an actor that was recognised, else the words on the card.
pub(crate) fn card_form(raw: &RawCard, recognised: Option<ActorId>) -> CardForm {
    let (lat, lon) = texts(raw.position);
    let said_by = raw.who.clone().filter(|_| recognised.is_none());
    CardForm {
        actor: shown(recognised.as_ref()),
        said_by: said_by.unwrap_or_default(),
        text: raw.text.clone(),
        language: raw.language.clone().unwrap_or_default(),
        kinds: raw.resources.join(","),
        times: raw.times.clone().unwrap_or_default(),
        lat,
        lon,
        ..CardForm::default()
    }
}

/// The form of premises as the file fills it; `actor` is who the occupant was recognised as.
pub(crate) fn premises_form(raw: RawPremises, actor: Option<ActorId>) -> PremisesForm {
    let (street, house_number) = split(raw.street.as_deref(), raw.house_number);
    let (lat, lon) = texts(raw.position);
    PremisesForm {
        street,
        house_number,
        postcode: raw.postcode.unwrap_or_default(),
        city: raw.city.unwrap_or_default(),
        lat,
        lon,
        actor: shown(actor.as_ref()),
        used_as: raw.used_as.to_string(),
        observed_on: shown(raw.observed_on.as_ref()),
    }
}

/// The values of a form by field name.
pub(crate) fn fields(form: &impl Serialize) -> Fields {
    let value = serde_json::to_value(form).unwrap_or_default();
    let pairs = value.as_object().into_iter().flatten();
    pairs.map(|(name, value)| (name.clone(), value.as_str().unwrap_or_default().to_owned())).collect()
}

/// A form filled from values by field name; an unknown name is ignored.
pub(crate) fn form<T: Default + serde::de::DeserializeOwned>(fields: &Fields) -> T {
    let object = fields.iter().map(|(name, value)| (name.clone(), serde_json::Value::from(value.as_str())));
    serde_json::from_value(serde_json::Value::Object(object.collect())).unwrap_or_default()
}

/// Fields as they are stored.
pub(crate) fn json(fields: &Fields) -> Result<String, AppError> {
    serde_json::to_string(fields).map_err(|error| AppError::Broken(error.to_string()))
}

/// Fields as they were stored.
pub(crate) fn stored(json: &str) -> Result<Fields, AppError> {
    serde_json::from_str(json).map_err(|error| AppError::Broken(error.to_string()))
}

/// The key of a row: its id in the file, else its name and address.
pub(crate) fn source_key(external_id: Option<&str>, otherwise: &[&str]) -> String {
    match external_id.map(str::trim).filter(|id| !id.is_empty()) {
        Some(id) => format!("id:{id}"),
        None => format!("as:{}", otherwise.iter().map(|part| fold(part)).collect::<Vec<_>>().join("|")),
    }
}

/// Actors by folded name; a name that two have is nobody's.
pub(crate) async fn actors_by_name(
    conn: &mut Conn,
    project: ProjectId,
) -> Result<HashMap<String, Option<ActorId>>, AppError> {
    let mut names: HashMap<String, Option<ActorId>> = HashMap::new();
    for actor in kiez_store::import_changed::known_actors(conn, project).await? {
        let same = names.entry(fold(actor.data.name.as_str())).or_insert(Some(actor.id));
        if *same != Some(actor.id) {
            *same = None;
        }
    }
    Ok(names)
}

/// Small letters, single spaces: two spellings of one name are one key.
pub(crate) fn fold(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ").to_lowercase()
}

fn split(street: Option<&str>, house_number: Option<String>) -> (String, String) {
    match (street, house_number) {
        (Some(street), Some(number)) => (street.to_owned(), number),
        (Some(street), None) => Address::split_street(street),
        (None, number) => (String::new(), number.unwrap_or_default()),
    }
}

fn texts(position: Option<Position>) -> (String, String) {
    position.map(|at| (at.lat().to_string(), at.lon().to_string())).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_form_survives_the_way_through_its_fields() {
        let actor = ActorForm { name: "Café".into(), lat: "52.5".into(), ..ActorForm::default() };
        assert_eq!(form::<ActorForm>(&fields(&actor)), actor);
    }

    #[test]
    fn a_row_is_found_again_by_id_or_by_name_and_address() {
        assert_eq!(source_key(Some(" 42 "), &["x"]), "id:42");
        assert_eq!(source_key(None, &["Café  Ost", "Weg 1"]), source_key(Some(""), &["café ost", "weg 1"]));
    }

    #[test]
    fn street_and_number_come_apart() {
        let raw =
            RawActor { name: "X".into(), street: Some("Graefestraße 3a".into()), ..RawActor::default() };
        let form = actor_form(raw);
        assert_eq!((form.street.as_str(), form.house_number.as_str()), ("Graefestraße", "3a"));
    }
}
