//! Rights of those whose data is stored: what is known, who saw it, restricting, erasing, and how long things are kept.

pub(crate) mod accesses;
pub(crate) mod data;
pub(crate) mod erase;
pub(crate) mod report;
pub(crate) mod retention;
pub(crate) mod waiting;

use crate::error::PageError;
use crate::request::Member;
use kiez_app::access_report::Whose;
use kiez_app::error::AppError;
use kiez_domain::text::optional;

/// Which person of an actor is meant; empty: the actor with all its people.
#[derive(serde::Deserialize, Default)]
#[serde(default)]
pub(crate) struct PersonQuery {
    person: String,
}

/// Whose data an address means.
fn whose(member: &Member, actor: &str, person: &str) -> Result<Whose, PageError> {
    let nobody = |_| member.fail(AppError::NotFound);
    Ok(Whose { actor: actor.parse().map_err(nobody)?, person: optional(person).map_err(nobody)? })
}

/// What follows an address that is about one person.
fn query_of(whose: Whose) -> String {
    whose.person.map_or_else(String::new, |person| format!("?person={person}"))
}
