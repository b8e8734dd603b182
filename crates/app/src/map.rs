//! The map of a project: what is shown on the ground, for the workspace and for the public.

use crate::caller::Caller;
use crate::ctx::Ctx;
use crate::error::AppError;
use kiez_domain::actor::{Actor, Stage};
use kiez_domain::bounds::Bounds;
use kiez_domain::branch::{BranchId, Side};
use kiez_domain::id::{ActorId, ProjectId};
use kiez_domain::map::MapLayer;
use kiez_domain::policy::Facts;
use kiez_domain::position::Position;
use kiez_domain::premises::Use;
use kiez_domain::project::Project;
use kiez_domain::quarter::Outline;
use kiez_store::actor::{ActorFilter, ActorRow};
use kiez_store::conn::Conn;
use kiez_store::fold::fold;
use kiez_store::map::{CardOnMap, DoorOnMap, MapPart};
use kiez_store::public::PublicActor;
use kiez_store::walk::DoorForWalk;
use std::collections::HashMap;

pub use kiez_documents::map::{MapFeature, Property, geo_json};

/// More than anybody can look through at once, and little enough for a phone.
pub const MOST: u32 = 5_000;

/// What a map shows: places of one layer and the quarters around them.
#[derive(Debug, Clone, PartialEq)]
pub struct MapSheet {
    /// The places in the order of their list.
    pub places: Vec<MapPlace>,
    /// Whether there are more than [`MOST`] and the rest is left out.
    pub more: bool,
    /// The home quarter first, the neighbours by name.
    pub quarters: Vec<MapQuarter>,
}

impl MapSheet {
    /// Puts the nearest places first.
    pub fn sort_around(&mut self, middle: Position) {
        self.places.sort_by(|a, b| middle.distance_m(a.position).total_cmp(&middle.distance_m(b.position)));
    }

    /// The box around the home quarter, else around all quarters, else around the places.
    #[must_use]
    pub fn bounds(&self) -> Option<Bounds> {
        let corners = |quarter: &MapQuarter| quarter.outline.corners().collect::<Vec<_>>();
        let home = self.quarters.iter().filter(|quarter| quarter.home).flat_map(corners);
        let any = self.quarters.iter().flat_map(corners);
        let places = self.places.iter().map(|place| place.position);
        Bounds::around(home).or_else(|| Bounds::around(any)).or_else(|| Bounds::around(places))
    }
}

/// A named quarter on the map.
#[derive(Debug, Clone, PartialEq)]
pub struct MapQuarter {
    /// Its id.
    pub id: String,
    /// Its name.
    pub name: String,
    /// Where it ends.
    pub outline: Outline,
    /// Whether it is the project's home.
    pub home: bool,
}

/// One place on the map.
#[derive(Debug, Clone, PartialEq)]
pub struct MapPlace {
    /// The id of the actor, need, offer or premises.
    pub id: String,
    /// The actor's name, the card's text, or the door's address.
    pub name: String,
    /// Who has a page that tells more: the actor itself, or whose card it is.
    pub actor: Option<ActorId>,
    /// Whose card it is, or who is behind the door.
    pub owner: Option<String>,
    /// On which side the actor is.
    pub side: Option<Side>,
    /// What the actor does.
    pub branch: Option<BranchId>,
    /// How far a business has come; nothing for the public.
    pub stage: Option<Stage>,
    /// What a door is used for.
    pub used_as: Option<Use>,
    /// Whether somebody has looked at the door.
    pub seen: bool,
    /// Street, number and town.
    pub address: String,
    /// Where it is on the ground.
    pub position: Position,
}

/// What a coordinator sees of one layer.
///
/// # Errors
/// [`AppError::NotFound`] when the caller may not list that layer's things in the whole project.
pub async fn workspace(
    ctx: &Ctx,
    caller: &Caller,
    project: &Project,
    (layer, filter): (MapLayer, &ActorFilter),
) -> Result<MapSheet, AppError> {
    caller.may(layer.resource(), "list", Facts::of_project(project.id))?;
    let mut conn = ctx.db.read().await?;
    // One more than fits tells that something is left out.
    let part = MapPart { words: filter.text.as_deref(), most: MOST + 1 };
    let places: Vec<MapPlace> = match layer {
        MapLayer::Actors => {
            let rows = kiez_store::actor::on_map(&mut conn, project.id, filter, MOST + 1).await?;
            rows.into_iter().filter_map(of_actor).collect()
        }
        MapLayer::Needs => cards(kiez_store::map::needs(&mut conn, project.id, part).await?, filter),
        MapLayer::Offers => cards(kiez_store::map::offers(&mut conn, project.id, part).await?, filter),
        MapLayer::Doors => {
            let doors = kiez_store::map::doors(&mut conn, project.id, part).await?;
            doors.into_iter().map(of_door).collect()
        }
    };
    sheet(&mut conn, project, places).await
}

/// Most neighbours that a small map shows.
const NEIGHBOURS: u32 = 300;

/// The actors inside a box on the ground.
///
/// # Errors
/// [`AppError::NotFound`] when the caller may not list the actors of the whole project.
pub async fn within(
    ctx: &Ctx,
    caller: &Caller,
    project: ProjectId,
    bounds: Bounds,
) -> Result<Vec<MapPlace>, AppError> {
    caller.may("actor", "list", Facts::of_project(project))?;
    let mut conn = ctx.db.read().await?;
    let rows = kiez_store::actor::within(&mut conn, project, bounds, NEIGHBOURS).await?;
    Ok(rows.into_iter().filter_map(of_actor).collect())
}

/// One actor as it stands on the map, for somebody who may see it already.
#[must_use]
pub fn of_one(actor: &Actor, position: Position) -> MapPlace {
    MapPlace {
        side: Some(actor.data.side),
        branch: actor.data.branch.clone(),
        stage: (actor.data.side == Side::Business).then_some(actor.stage),
        address: actor.data.address.to_string(),
        actor: Some(actor.id),
        ..bare(actor.id.to_string(), actor.data.name.to_string(), position)
    }
}

/// What everybody sees of one layer: published actors, and published open cards at the seats of published actors.
///
/// # Errors
/// [`AppError::NotFound`] for a layer that is not public.
pub async fn public(
    ctx: &Ctx,
    caller: &Caller,
    project: &Project,
    (layer, filter): (MapLayer, &ActorFilter),
) -> Result<MapSheet, AppError> {
    caller.may("public_directory", "list", Facts::INSTALLATION)?;
    let mut conn = ctx.db.read().await?;
    let mut actors = kiez_store::public::actors(&mut conn, project.id).await?;
    actors.retain(|actor| filter.quarter.is_none_or(|quarter| actor.quarter == Some(quarter)));
    let seats: Seats = actors.iter().filter_map(|actor| Some((actor.id, of_public_actor(actor)?))).collect();
    let places: Vec<MapPlace> = match layer {
        MapLayer::Actors => actors.iter().filter_map(of_public_actor).collect(),
        MapLayer::Needs => {
            let needs = kiez_store::public::needs(&mut conn, project.id).await?;
            let card = |need: kiez_store::public::PublicNeed| (need.id.to_string(), need.text, need.actor);
            needs.into_iter().filter_map(|need| of_public_card(&seats, card(need))).collect()
        }
        MapLayer::Offers => {
            let offers = kiez_store::public::offers(&mut conn, project.id).await?;
            let card =
                |offer: kiez_store::public::PublicOffer| (offer.id.to_string(), offer.text, offer.actor);
            offers.into_iter().filter_map(|offer| of_public_card(&seats, card(offer))).collect()
        }
        MapLayer::Doors => return Err(AppError::NotFound),
    };
    let wanted = Wanted::of(filter);
    let places = places.into_iter().filter(|place| wanted.fits(place)).collect();
    sheet(&mut conn, project, places).await
}

async fn sheet(conn: &mut Conn, project: &Project, mut places: Vec<MapPlace>) -> Result<MapSheet, AppError> {
    let more = places.len() > MOST as usize;
    places.truncate(MOST as usize);
    let quarters = kiez_store::public::quarters(conn, project.id).await?.into_iter();
    let mut quarters: Vec<MapQuarter> = quarters
        .map(|quarter| MapQuarter {
            home: Some(quarter.id) == project.home_quarter,
            id: quarter.id.to_string(),
            name: quarter.name,
            outline: quarter.outline,
        })
        .collect();
    quarters.sort_by_key(|quarter| !quarter.home);
    Ok(MapSheet { places, more, quarters })
}

/// What a filter asks of a place, with its words folded once for all places.
struct Wanted<'a> {
    words: String,
    side: Option<Side>,
    branch: Option<&'a BranchId>,
}

impl<'a> Wanted<'a> {
    fn of(filter: &'a ActorFilter) -> Self {
        let words = filter.text.as_deref().map(|text| fold(text.trim())).unwrap_or_default();
        Self { words, side: filter.side, branch: filter.branch.as_ref() }
    }

    fn fits(&self, place: &MapPlace) -> bool {
        self.side.is_none_or(|side| place.side == Some(side))
            && self.branch.is_none_or(|branch| place.branch.as_ref() == Some(branch))
            && self.says(place)
    }

    fn says(&self, place: &MapPlace) -> bool {
        let owner = place.owner.as_deref().unwrap_or_default();
        self.words.is_empty()
            || fold(&format!("{} {owner} {}", place.name, place.address)).contains(&self.words)
    }
}

/// Cards whose text the database has searched already.
fn cards<Id: ToString>(found: Vec<CardOnMap<Id>>, filter: &ActorFilter) -> Vec<MapPlace> {
    let wanted = Wanted { words: String::new(), ..Wanted::of(filter) };
    found.into_iter().map(of_card).filter(|place| wanted.fits(place)).collect()
}

/// A place of which nothing but id, name and position is known yet.
fn bare(id: String, name: String, position: Position) -> MapPlace {
    MapPlace {
        id,
        name,
        actor: None,
        owner: None,
        side: None,
        branch: None,
        stage: None,
        used_as: None,
        seen: false,
        address: String::new(),
        position,
    }
}

fn of_actor(row: ActorRow) -> Option<MapPlace> {
    Some(MapPlace {
        side: Some(row.side),
        branch: row.branch,
        stage: (row.side == Side::Business).then_some(row.stage),
        address: row.address.to_string(),
        actor: Some(row.id),
        ..bare(row.id.to_string(), row.name.to_string(), row.position?)
    })
}

/// A business as it stands on the map of a walk.
pub(crate) fn of_door_on_walk(door: DoorForWalk) -> MapPlace {
    MapPlace {
        side: Some(Side::Business),
        branch: door.branch,
        stage: Some(door.stage),
        address: door.address.to_string(),
        actor: Some(door.id),
        ..bare(door.id.to_string(), door.name, door.position)
    }
}

fn of_card<Id: ToString>(card: CardOnMap<Id>) -> MapPlace {
    let place = bare(card.id.to_string(), card.text, card.position);
    MapPlace { owner: card.actor_name, side: card.side, branch: card.branch, ..place }
}

fn of_door(door: DoorOnMap) -> MapPlace {
    let premises = door.premises;
    let address = premises.data.address.to_string();
    MapPlace {
        owner: door.actor_name,
        stage: door.stage,
        used_as: Some(premises.data.used_as),
        seen: premises.data.observed_on.is_some(),
        ..bare(premises.id.to_string(), address, door.position)
    }
}

fn of_public_actor(actor: &PublicActor) -> Option<MapPlace> {
    Some(MapPlace {
        side: Some(actor.side),
        branch: actor.branch.clone(),
        address: actor.address.to_string(),
        actor: Some(actor.id),
        ..bare(actor.id.to_string(), actor.name.clone(), actor.position?)
    })
}

/// Published actors that have a place, by id.
type Seats = HashMap<ActorId, MapPlace>;

fn of_public_card(seats: &Seats, (id, text, owner): (String, String, ActorId)) -> Option<MapPlace> {
    let seat = seats.get(&owner)?;
    Some(MapPlace { id, name: text, owner: Some(seat.name.clone()), ..seat.clone() })
}
