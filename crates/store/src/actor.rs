//! Actors: businesses, institutions, initiatives, public bodies.

pub use crate::actor_list::{
    ActorFilter, ActorRow, Directory, directory, find_by_names, institutions, list, names, on_map, within,
};

use crate::conn::{Change, Conn, Tx, demand};
use crate::error::StoreError;
use crate::fold::fold;
use crate::quarter;
use crate::row::Row;
use crate::statement::statements;
use crate::value::{Value, at, bool, int, json_list, opt_real, opt_text, text};
use kiez_domain::actor::{Actor, NewActor, Stage};
use kiez_domain::address::Address;
use kiez_domain::id::{ActorId, ProjectId, QuarterId};
use kiez_domain::instant::Instant;
use kiez_domain::policy::{Facts, Permit};
use kiez_domain::position::Position;

statements! {
    table "actor";
    INSERT = "insert into actor (project_id, id, name, name_sort, search_text, side, branch, street, house_number, postcode,
city, lat, lon, carrier, languages, opening_hours, note, quarter_id, stage, published, version, created_at, updated_at)
values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18, $19, $20, $21, $22, $23)";
    FIND = "select id, name, side, branch, street, house_number, postcode, city, lat, lon, carrier, languages, opening_hours, note,
quarter_id, stage, published, version,
(select string_agg(s.quarter_id, ',' order by s.quarter_id) from area_served s
    where s.project_id = a.project_id and s.actor_id = a.id) as serves
from actor a where project_id = $1 and id = $2";
    FACTS = "select published from actor where project_id = $1 and id = $2";
    UPDATE = "update actor set name = $4, name_sort = $5, search_text = $6, side = $7, branch = $8, street = $9,
house_number = $10, postcode = $11, city = $12, lat = $13, lon = $14, carrier = $15, languages = $16, opening_hours = $17,
note = $18, quarter_id = $19, version = version + 1, updated_at = $20
where project_id = $1 and id = $2 and version = $3 returning version";
    TRANSITION = "update actor set stage = $4, version = version + 1, updated_at = $5
where project_id = $1 and id = $2 and version = $3 returning version";
    FOLLOW = "update actor set published = $3, version = version + 1, updated_at = $4
where project_id = $1 and id = $2 and published <> $3";
    CLEAR_SERVED = "delete from area_served where project_id = $1 and actor_id = $2";
    ADD_SERVED = "insert into area_served (project_id, actor_id, quarter_id) values ($1, $2, $3)";
}

/// Stores a new actor: on the map, unpublished; its quarter follows from its position.
///
/// # Errors
/// When the database fails.
pub async fn create(
    tx: &mut Tx,
    permit: &Permit,
    id: ActorId,
    new: &NewActor,
    now: Instant,
) -> Result<(), StoreError> {
    let project = demand(permit, "actor", "create")?;
    let quarter = quarter::map(tx, project).await?.locate(new.position);
    tx.run(&INSERT, insert_values(project, id, (new, quarter), now)).await?;
    tx.record(permit, "actor", &id, (Change::Created, now));
    Ok(())
}

/// The actor with this id.
///
/// # Errors
/// When the database fails.
pub async fn find(conn: &mut Conn, project: ProjectId, id: ActorId) -> Result<Option<Actor>, StoreError> {
    conn.first(&FIND, vec![text(&project), text(&id)]).await?.map(|row| actor(&row)).transpose()
}

/// What the policy needs to know about an actor: it belongs to itself.
///
/// # Errors
/// When the database fails.
pub async fn facts(conn: &mut Conn, project: ProjectId, id: ActorId) -> Result<Option<Facts>, StoreError> {
    let row = conn.first(&FACTS, vec![text(&project), text(&id)]).await?;
    row.map(|row| Ok(Facts::of_object(project, Some(id), row.bool("published")?))).transpose()
}

/// Saves what an actor is; gives the new version.
///
/// # Errors
/// [`StoreError::Stale`] when somebody else saved first.
pub async fn update(
    tx: &mut Tx,
    permit: &Permit,
    id: ActorId,
    version: i64,
    (new, now): (&NewActor, Instant),
) -> Result<i64, StoreError> {
    let project = demand(permit, "actor", "update")?;
    let quarter = quarter::map(tx, project).await?.locate(new.position);
    let version = update_row(tx, project, (id, version), (new, quarter), now).await?;
    tx.record(permit, "actor", &id, (Change::Updated, now));
    Ok(version)
}

/// Moves an actor along its lifecycle; whether the step exists is asked of the lifecycle before. Gives the new version.
///
/// # Errors
/// [`StoreError::Stale`] when somebody else saved first.
pub async fn transition(
    tx: &mut Tx,
    permit: &Permit,
    id: ActorId,
    version: i64,
    (stage, now): (Stage, Instant),
) -> Result<i64, StoreError> {
    let project = demand(permit, "actor", "update")?;
    let values = vec![text(&project), text(&id), int(version), text(&stage), at(now)];
    let found = tx.first(&TRANSITION, values).await?;
    let version = saved(tx, found, project, id).await?;
    tx.record(permit, "actor", &id, (Change::Updated, now));
    Ok(version)
}

/// Puts an actor on the public pages or takes it off, as its consent says; tells whether that changed anything. There is
/// no other way onto them.
pub(crate) async fn follow(
    tx: &mut Tx,
    project: ProjectId,
    id: ActorId,
    (public, now): (bool, Instant),
) -> Result<bool, StoreError> {
    let values = vec![text(&project), text(&id), bool(public), at(now)];
    Ok(tx.run(&FOLLOW, values).await? > 0)
}

/// Says which quarters an actor works for, instead of what was said before.
///
/// # Errors
/// [`StoreError::MissingReference`] when a quarter is not of the project.
pub async fn set_served(
    tx: &mut Tx,
    permit: &Permit,
    id: ActorId,
    quarters: &[QuarterId],
    now: Instant,
) -> Result<(), StoreError> {
    let project = demand(permit, "actor", "update")?;
    tx.run(&CLEAR_SERVED, vec![text(&project), text(&id)]).await?;
    let rows = quarters.iter().map(|quarter| vec![text(&project), text(&id), text(quarter)]);
    let rows = rows.collect();
    tx.bulk(&ADD_SERVED, rows).await?;
    tx.record(permit, "actor", &id, (Change::Updated, now));
    Ok(())
}

/// Inserts many actors at once: an import.
pub(crate) async fn insert_many(tx: &mut Tx, rows: Vec<Vec<Value>>) -> Result<(), StoreError> {
    tx.bulk(&INSERT, rows).await
}

/// Saves a row without a word in the change log: its caller sees to that.
pub(crate) async fn update_row(
    tx: &mut Tx,
    project: ProjectId,
    (id, version): (ActorId, i64),
    (new, quarter): (&NewActor, Option<QuarterId>),
    now: Instant,
) -> Result<i64, StoreError> {
    let mut values = vec![text(&project), text(&id), int(version)];
    values.extend(data_values(new));
    values.extend([opt_text(quarter.as_ref()), at(now)]);
    let found = tx.first(&UPDATE, values).await?;
    saved(tx, found, project, id).await
}

pub(crate) fn insert_values(
    project: ProjectId,
    id: ActorId,
    (new, quarter): (&NewActor, Option<QuarterId>),
    now: Instant,
) -> Vec<Value> {
    let mut values = vec![text(&project), text(&id)];
    values.extend(data_values(new));
    let rest = [opt_text(quarter.as_ref()), text(&Stage::Mapped), bool(false), int(1), at(now), at(now)];
    values.extend(rest);
    values
}

fn data_values(new: &NewActor) -> Vec<Value> {
    let address = &new.address;
    let street = address.street.as_ref().map_or("", |street| street.as_str());
    let name_sort = fold(new.name.as_str());
    let search_text = format!("{name_sort} {}", fold(street));
    vec![
        text(&new.name),
        text(&name_sort),
        text(&search_text),
        text(&new.side),
        opt_text(new.branch.as_ref()),
        opt_text(address.street.as_ref()),
        opt_text(address.house_number.as_ref()),
        opt_text(address.postcode.as_ref()),
        opt_text(address.city.as_ref()),
        opt_real(new.position.map(Position::lat)),
        opt_real(new.position.map(Position::lon)),
        opt_text(new.carrier.as_ref()),
        json_list(&new.languages),
        opt_text(new.opening_hours.as_ref()),
        opt_text(new.note.as_ref()),
    ]
}

/// The version a conditional update gives, or why it touched nothing.
async fn saved(tx: &mut Tx, found: Option<Row>, project: ProjectId, id: ActorId) -> Result<i64, StoreError> {
    match found {
        Some(row) => row.int("version"),
        None if facts(tx, project, id).await?.is_some() => Err(StoreError::Stale),
        None => Err(StoreError::NotFound),
    }
}

pub(crate) fn actor(row: &Row) -> Result<Actor, StoreError> {
    Ok(Actor {
        id: row.parse("id")?,
        data: data(row)?,
        stage: row.parse("stage")?,
        quarter: row.opt_parse("quarter_id")?,
        serves: row.joined("serves")?,
        published: row.bool("published")?,
        version: row.int("version")?,
    })
}

/// What an actor is, from a row with its columns.
pub(crate) fn data(row: &Row) -> Result<NewActor, StoreError> {
    Ok(NewActor {
        name: row.parse("name")?,
        side: row.parse("side")?,
        branch: row.opt_parse("branch")?,
        address: address(row)?,
        position: row.position("lat", "lon")?,
        carrier: row.opt_parse("carrier")?,
        languages: row.list("languages")?,
        opening_hours: row.opt_parse("opening_hours")?,
        note: row.opt_parse("note")?,
    })
}

/// The four parts of an address.
pub(crate) fn address(row: &Row) -> Result<Address, StoreError> {
    Ok(Address {
        street: row.opt_parse("street")?,
        house_number: row.opt_parse("house_number")?,
        postcode: row.opt_parse("postcode")?,
        city: row.opt_parse("city")?,
    })
}
