//! What the coordinator's map shows beside the actors: open needs and offers where they are, and the doors of the survey.

use crate::conn::Conn;
use crate::error::StoreError;
use crate::fold::contains_pattern;
use crate::restriction::free_to_use;
use crate::row::Row;
use crate::statement::statements;
use crate::value::{int, opt_text, text};
use kiez_domain::actor::Stage;
use kiez_domain::branch::{BranchId, Side};
use kiez_domain::id::{NeedId, OfferId, ProjectId};
use kiez_domain::position::Position;
use kiez_domain::premises::Premises;

/// A card stands where it is needed or given, else at its actor's seat.
macro_rules! cards {
    ($card:literal) => {
        concat!(
            "select c.id, c.text, coalesce(c.lat, a.lat) as lat, coalesce(c.lon, a.lon) as lon, a.name as actor_name, a.side, a.branch
from ",
            $card,
            " c left join actor a on a.project_id = c.project_id and a.id = c.actor_id
where c.project_id = $1 and c.state = 'open' and coalesce(c.lat, a.lat) is not null
and (cast($2 as text) is null or c.search_text like $2 escape '\\')",
            free_to_use!(),
            " order by c.id desc limit $3"
        )
    };
}

statements! {
    table "need";
    NEEDS = cards!("need");
    OFFERS = cards!("offer");
    DOORS = "select p.id, p.street, p.house_number, p.postcode, p.city, p.lat, p.lon, p.quarter_id, p.actor_id, p.used_as, p.observed_on, p.version,
a.name as actor_name, a.stage
from premises p left join actor a on a.project_id = p.project_id and a.id = p.actor_id
where p.project_id = $1 and p.lat is not null and (cast($2 as text) is null or p.street_sort like $2 escape '\\')
order by p.street_sort, p.id limit $3";
}

/// A need or an offer on the map.
#[derive(Debug, Clone, PartialEq)]
pub struct CardOnMap<Id> {
    /// Its id.
    pub id: Id,
    /// What it says.
    pub text: String,
    /// Where it is needed or given, else the seat of its actor.
    pub position: Position,
    /// Whose it is.
    pub actor_name: Option<String>,
    /// On which side that actor is.
    pub side: Option<Side>,
    /// What that actor does.
    pub branch: Option<BranchId>,
}

/// A ground-floor unit on the map.
#[derive(Debug, Clone, PartialEq)]
pub struct DoorOnMap {
    /// The unit with what was seen there last.
    pub premises: Premises,
    /// Where it is on the ground.
    pub position: Position,
    /// Who is in it.
    pub actor_name: Option<String>,
    /// How far that business has come.
    pub stage: Option<Stage>,
}

/// Which part of the map is wanted: words to find and how many at most.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct MapPart<'a> {
    /// Part of the text or street; case and marks do not matter.
    pub words: Option<&'a str>,
    /// At most so many.
    pub most: u32,
}

/// Open needs that have a place, newest first.
///
/// # Errors
/// When the database fails.
pub async fn needs(
    conn: &mut Conn,
    project: ProjectId,
    part: MapPart<'_>,
) -> Result<Vec<CardOnMap<NeedId>>, StoreError> {
    conn.all(&NEEDS, values(project, part)).await?.iter().map(card_of).collect()
}

/// Open offers that have a place, newest first.
///
/// # Errors
/// When the database fails.
pub async fn offers(
    conn: &mut Conn,
    project: ProjectId,
    part: MapPart<'_>,
) -> Result<Vec<CardOnMap<OfferId>>, StoreError> {
    conn.all(&OFFERS, values(project, part)).await?.iter().map(card_of).collect()
}

/// Ground-floor units that have a place, by street and number.
///
/// # Errors
/// When the database fails.
pub async fn doors(
    conn: &mut Conn,
    project: ProjectId,
    part: MapPart<'_>,
) -> Result<Vec<DoorOnMap>, StoreError> {
    conn.all(&DOORS, values(project, part)).await?.iter().map(door_of).collect()
}

fn values(project: ProjectId, part: MapPart<'_>) -> Vec<crate::value::Value> {
    let words = part.words.map(str::trim).filter(|words| !words.is_empty()).map(contains_pattern);
    vec![text(&project), opt_text(words.as_ref()), int(part.most)]
}

fn card_of<Id: std::str::FromStr>(row: &Row) -> Result<CardOnMap<Id>, StoreError> {
    Ok(CardOnMap {
        id: row.parse("id")?,
        text: row.text("text")?,
        position: position_of(row)?,
        actor_name: row.opt_text("actor_name")?,
        side: row.opt_parse("side")?,
        branch: row.opt_parse("branch")?,
    })
}

fn door_of(row: &Row) -> Result<DoorOnMap, StoreError> {
    Ok(DoorOnMap {
        premises: crate::premises::premises_of(row)?,
        position: position_of(row)?,
        actor_name: row.opt_text("actor_name")?,
        stage: row.opt_parse("stage")?,
    })
}

fn position_of(row: &Row) -> Result<Position, StoreError> {
    row.position("lat", "lon")?.ok_or_else(|| row.corrupt("lat"))
}
