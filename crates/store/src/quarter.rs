//! Quarters: named polygons, and which of them a place lies in.

use crate::conn::{Change, Conn, Tx, demand};
use crate::error::StoreError;
use crate::row::Row;
use crate::statement::statements;
use crate::value::{Value, at, opt_real, opt_text, text};
use kiez_domain::bounds::Bounds;
use kiez_domain::id::{ProjectId, QuarterId};
use kiez_domain::instant::Instant;
use kiez_domain::policy::Permit;
use kiez_domain::position::Position;
use kiez_domain::quarter::{Outline, Quarter, Ring};
use kiez_domain::text::{Line, Name};

statements! {
    table "quarter";
    FIND = "select id, name, code, outline, version from quarter where project_id = $1 and id = $2";
    LIST = "select id, name, code, outline, version from quarter where project_id = $1 order by name, id";
    FIND_SAME = "select id from quarter where project_id = $1 and (code = $2 or (cast($2 as text) is null and name = $3))";
    CREATE = "insert into quarter (project_id, id, name, code, outline, version, created_at, updated_at)
values ($1, $2, $3, $4, $5, 1, $6, $6)";
    UPDATE = "update quarter set name = $3, code = $4, outline = $5, version = version + 1, updated_at = $6
where project_id = $1 and id = $2 and (name <> $3 or outline <> $5)";
    // Whoever may change sides when an outline changes: everybody inside its box and everybody who was in it.
    ACTORS_NEAR = "select id, lat, lon, quarter_id from actor
where project_id = $1 and (quarter_id = $2 or (lat between $3 and $4 and lon between $5 and $6)) order by id";
    MOVE_ACTOR = "update actor set quarter_id = $3 where project_id = $1 and id = $2";
    PREMISES_NEAR = "select id, lat, lon, quarter_id from premises
where project_id = $1 and (quarter_id = $2 or (lat between $3 and $4 and lon between $5 and $6)) order by id";
    MOVE_PREMISES = "update premises set quarter_id = $3 where project_id = $1 and id = $2";
}

/// A quarter to store: its name, official code and outline.
#[derive(Debug, Clone)]
pub struct NewQuarter {
    /// Its name.
    pub name: Name,
    /// The official code, such as `02020206`.
    pub code: Option<Line>,
    /// Where it ends.
    pub outline: Outline,
}

/// Stores a quarter, or draws the one with this code (without a code: with this name) anew; gives its id.
///
/// Actors and premises inside and outside are told which quarter they lie in now.
///
/// # Errors
/// `Conflict { constraint: "quarter_project_id_name_key" }` when another quarter has the name.
pub async fn put(
    tx: &mut Tx,
    permit: &Permit,
    id: QuarterId,
    new: &NewQuarter,
    now: Instant,
) -> Result<QuarterId, StoreError> {
    let project = demand(permit, "quarter", "create")?;
    let key = vec![text(&project), opt_text(new.code.as_ref()), text(&new.name)];
    let same = tx.first(&FIND_SAME, key).await?.map(|row| row.parse::<QuarterId>("id")).transpose()?;
    let kept = same.unwrap_or(id);
    let values = vec![
        text(&project),
        text(&kept),
        text(&new.name),
        opt_text(new.code.as_ref()),
        text(&geojson(&new.outline)),
        at(now),
    ];
    let (statement, change) =
        if same.is_some() { (&UPDATE, Change::Updated) } else { (&CREATE, Change::Created) };
    if tx.run(statement, values).await? > 0 {
        tx.record(permit, "quarter", &kept, (change, now));
        settle(tx, project, (kept, &new.outline), now).await?;
    }
    Ok(kept)
}

/// The quarter with this id.
///
/// # Errors
/// When the database fails.
pub async fn find(conn: &mut Conn, project: ProjectId, id: QuarterId) -> Result<Option<Quarter>, StoreError> {
    conn.first(&FIND, vec![text(&project), text(&id)]).await?.map(|row| quarter(&row)).transpose()
}

/// The quarters of a project, by name.
///
/// # Errors
/// When the database fails.
pub async fn list(conn: &mut Conn, project: ProjectId) -> Result<Vec<Quarter>, StoreError> {
    conn.all(&LIST, vec![text(&project)]).await?.iter().map(quarter).collect()
}

/// The quarters of a project, ready to be asked which of them a place lies in.
///
/// # Errors
/// When the database fails.
pub async fn map(conn: &mut Conn, project: ProjectId) -> Result<QuarterMap, StoreError> {
    let quarters = list(conn, project).await?;
    Ok(QuarterMap(quarters.into_iter().map(|quarter| (quarter.outline.bounds(), quarter)).collect()))
}

/// Quarters with the box around each.
pub struct QuarterMap(Vec<(Bounds, Quarter)>);

impl QuarterMap {
    /// The quarter a place lies in; the first by name where two overlap.
    #[must_use]
    pub fn locate(&self, place: Option<Position>) -> Option<QuarterId> {
        let place = place?;
        let inside = |(bounds, quarter): &&(Bounds, Quarter)| {
            bounds.contains(place) && quarter.outline.contains(place)
        };
        self.0.iter().find(inside).map(|(_, quarter)| quarter.id)
    }
}

/// Tells actors and premises which quarter they lie in now that an outline has changed.
async fn settle(
    tx: &mut Tx,
    project: ProjectId,
    (id, outline): (QuarterId, &Outline),
    now: Instant,
) -> Result<(), StoreError> {
    let map = map(tx, project).await?;
    let Bounds { south_west, north_east } = outline.bounds();
    let edges = [south_west.lat(), north_east.lat(), south_west.lon(), north_east.lon()];
    let nouns = [("actor", &ACTORS_NEAR, &MOVE_ACTOR), ("premises", &PREMISES_NEAR, &MOVE_PREMISES)];
    for (noun, near, move_to) in nouns {
        let mut values: Vec<Value> = vec![text(&project), text(&id)];
        values.extend(edges.map(|edge| opt_real(Some(edge))));
        for row in tx.all(near, values).await? {
            let found = map.locate(row.position("lat", "lon")?);
            if found != row.opt_parse("quarter_id")? {
                let row_id = row.text("id")?;
                tx.run(move_to, vec![text(&project), text(&row_id), opt_text(found.as_ref())]).await?;
                tx.note_change(project, noun, &row_id, (Change::Updated, now));
            }
        }
    }
    Ok(())
}

pub(crate) fn quarter(row: &Row) -> Result<Quarter, StoreError> {
    Ok(Quarter {
        id: row.parse("id")?,
        name: row.parse("name")?,
        code: row.opt_parse("code")?,
        outline: outline_of(row)?,
        version: row.int("version")?,
    })
}

pub(crate) fn outline_of(row: &Row) -> Result<Outline, StoreError> {
    outline(&row.text("outline")?).ok_or_else(|| row.corrupt("outline"))
}

/// A GeoJSON MultiPolygon: longitude before latitude (RFC 7946 §3.1.1).
///
/// Seven decimals are a centimetre on the ground, and a number that short is read back without losing a bit.
fn geojson(outline: &Outline) -> String {
    let round = |degrees: f64| (degrees * 1e7).round() / 1e7;
    let ring =
        |ring: &Ring| ring.corners().iter().map(|at| [round(at.lon()), round(at.lat())]).collect::<Vec<_>>();
    let parts: Vec<Vec<_>> = outline.parts().iter().map(|part| part.iter().map(ring).collect()).collect();
    serde_json::json!({ "type": "MultiPolygon", "coordinates": parts }).to_string()
}

fn outline(geojson: &str) -> Option<Outline> {
    #[derive(serde::Deserialize)]
    struct MultiPolygon {
        coordinates: Vec<Vec<Vec<[f64; 2]>>>,
    }
    let stored: MultiPolygon = serde_json::from_str(geojson).ok()?;
    let ring = |corners: &Vec<[f64; 2]>| {
        let positions = corners.iter().map(|[lon, lat]| Position::new(*lat, *lon).ok());
        Ring::new(positions.collect::<Option<_>>()?).ok()
    };
    let part = |rings: &Vec<Vec<[f64; 2]>>| rings.iter().map(ring).collect::<Option<Vec<_>>>();
    Outline::new(stored.coordinates.iter().map(part).collect::<Option<_>>()?).ok()
}
