//! Doors that somebody could walk to.

use crate::actor::address;
use crate::conn::Conn;
use crate::error::StoreError;
use crate::restriction::free_to_use;
use crate::row::Row;
use crate::statement::statements;
use crate::value::{int, opt_real, text};
use kiez_domain::actor::Stage;
use kiez_domain::address::Address;
use kiez_domain::branch::BranchId;
use kiez_domain::id::{ActorId, ProjectId};
use kiez_domain::kind::KindId;
use kiez_domain::position::Position;

statements! {
    table "actor";
    // The nearest first on flat ground: `$8` is the square of how much narrower a degree is from west to east there.
    DOORS = concat!("select a.id, a.name, a.branch, a.street, a.house_number, a.postcode, a.city, a.lat, a.lon, a.opening_hours, a.stage,
(select string_agg(c.kind, ',' order by c.kind) from competence c where c.project_id = a.project_id and c.actor_id = a.id) as confirmed
from actor a where a.project_id = $1 and a.side = 'business' and a.stage <> 'gone' and a.lat is not null
and a.lat between $4 and $5 and a.lon between $6 and $7", free_to_use!(), "
order by (a.lat - $2) * (a.lat - $2) + (a.lon - $3) * (a.lon - $3) * $8, a.id limit $9");
    DECIDED = "select name, branch, street, stage from actor
where project_id = $1 and side = 'business' and stage in ('participating', 'dormant', 'declined') order by id";
}

/// A business with a place.
#[derive(Debug, Clone, PartialEq)]
pub struct DoorForWalk {
    /// Its id.
    pub id: ActorId,
    /// Its name.
    pub name: String,
    /// What it does.
    pub branch: Option<BranchId>,
    /// Where it is, in words.
    pub address: Address,
    /// Where it is on the ground.
    pub position: Position,
    /// When its door is open, in the words of the sign.
    pub opening_hours: Option<String>,
    /// How far it has come.
    pub stage: Stage,
    /// What it said it can.
    pub confirmed: Vec<KindId>,
}

/// A business that has decided.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Decided {
    /// Its name.
    pub name: String,
    /// What it does.
    pub branch: Option<BranchId>,
    /// The street of its seat.
    pub street: Option<String>,
    /// Whether it said yes.
    pub joined: bool,
}

/// The businesses around a place that are not gone, the nearest first; `reach` is in metres along each axis.
///
/// # Errors
/// When the database fails.
pub async fn doors(
    conn: &mut Conn,
    project: ProjectId,
    (place, reach): (Position, f64),
    most: u32,
) -> Result<Vec<DoorForWalk>, StoreError> {
    // A degree of latitude is as long everywhere: the meridian is 40,008 km around (WGS 84).
    let degrees = reach / (40_008_000.0 / 360.0);
    // At a pole every longitude is near; a thousandth of the equator's width keeps the division sane.
    let narrow = place.lat().to_radians().cos().max(0.001);
    let (lat, lon, wide) = (place.lat(), place.lon(), degrees / narrow);
    let numbers = [lat, lon, lat - degrees, lat + degrees, lon - wide, lon + wide, narrow * narrow];
    let mut values = vec![text(&project)];
    values.extend(numbers.map(|number| opt_real(Some(number))));
    values.push(int(most));
    conn.all(&DOORS, values).await?.iter().filter_map(|row| door(row).transpose()).collect()
}

/// Every business that has said whether it takes part; one that took part once said yes.
///
/// # Errors
/// When the database fails.
pub async fn decided(conn: &mut Conn, project: ProjectId) -> Result<Vec<Decided>, StoreError> {
    let decided = |row: &Row| {
        Ok(Decided {
            name: row.text("name")?,
            branch: row.opt_parse("branch")?,
            street: row.opt_text("street")?,
            joined: row.parse::<Stage>("stage")? != Stage::Declined,
        })
    };
    conn.all(&DECIDED, vec![text(&project)]).await?.iter().map(decided).collect()
}

fn door(row: &Row) -> Result<Option<DoorForWalk>, StoreError> {
    let Some(position) = row.position("lat", "lon")? else { return Ok(None) };
    Ok(Some(DoorForWalk {
        id: row.parse("id")?,
        name: row.text("name")?,
        branch: row.opt_parse("branch")?,
        address: address(row)?,
        position,
        opening_hours: row.opt_text("opening_hours")?,
        stage: row.parse("stage")?,
        confirmed: row.joined("confirmed")?,
    }))
}
