//! What the matching engine is fed with: open needs and offers and the businesses behind them, joined in one query each.

use crate::conn::Conn;
use crate::error::StoreError;
use crate::need;
use crate::offer;
use crate::row::Row;
use crate::statement::statements;
use crate::value::text;
use kiez_domain::branch::{BranchId, Side};
use kiez_domain::id::{ActorId, NeedId, OfferId, ProjectId};
use kiez_domain::kind::KindId;
use kiez_domain::language::LanguageTag;
use kiez_domain::need::NewNeed;
use kiez_domain::offer::NewOffer;
use kiez_domain::position::Position;

macro_rules! actors {
    () => {
        "select a.id, a.name, a.side, a.branch, a.lat, a.lon, a.languages,
(select string_agg(c.kind, ',' order by c.kind) from competence c where c.project_id = a.project_id and c.actor_id = a.id) as confirmed,
(select count(*) from offer o where o.project_id = a.project_id and o.actor_id = a.id and o.state = 'open') as open_offers
from actor a where a.project_id = $1 and a.side <> 'place' and a.stage not in ('declined', 'gone')"
    };
}
macro_rules! needs {
    () => {
        concat!(
            "select ",
            crate::need::columns!(),
            ", a.name as actor_name, a.lat as seat_lat, a.lon as seat_lon
from need n left join actor a on a.project_id = n.project_id and a.id = n.actor_id
where n.project_id = $1 and n.state = 'open'"
        )
    };
}
macro_rules! offers {
    () => {
        concat!(
            "select ",
            crate::offer::columns!(),
            ", a.name as actor_name, a.branch, a.lat as seat_lat, a.lon as seat_lon
from offer o left join actor a on a.project_id = o.project_id and a.id = o.actor_id
where o.project_id = $1 and o.state = 'open'"
        )
    };
}

statements! {
    table "actor";
    ACTORS = concat!(actors!(), " order by a.id");
    ACTOR = concat!(actors!(), " and a.id = $2");
    NEEDS = concat!(needs!(), " order by n.id");
    NEED = concat!(needs!(), " and n.id = $2");
    NEEDS_OF_ACTOR = concat!(needs!(), " and n.actor_id = $2 order by n.id");
    OFFERS = concat!(offers!(), " order by o.id");
    OFFER = concat!(offers!(), " and o.id = $2");
    OFFERS_OF_ACTOR = concat!(offers!(), " and o.actor_id = $2 order by o.id");
}

/// An actor that could be asked for something: neither gone nor a place nor one that declined.
#[derive(Debug, Clone, PartialEq)]
pub struct ActorForEngine {
    /// Its id.
    pub id: ActorId,
    /// Its name.
    pub name: String,
    /// Its side.
    pub side: Side,
    /// Its branch.
    pub branch: Option<BranchId>,
    /// Its seat on the ground.
    pub position: Option<Position>,
    /// Languages spoken there.
    pub languages: Vec<LanguageTag>,
    /// What it can, confirmed.
    pub confirmed_kinds: Vec<KindId>,
    /// How many open offers it has.
    pub open_offers: u64,
}

/// An open need with what is known of its actor.
#[derive(Debug, Clone, PartialEq)]
pub struct NeedForEngine {
    /// Its id.
    pub id: NeedId,
    /// What is lacking.
    pub data: NewNeed,
    /// The actor's name.
    pub actor_name: Option<String>,
    /// The actor's seat.
    pub seat: Option<Position>,
}

/// An open offer with what is known of its actor.
#[derive(Debug, Clone, PartialEq)]
pub struct OfferForEngine {
    /// Its id.
    pub id: OfferId,
    /// What is given.
    pub data: NewOffer,
    /// The actor's name.
    pub actor_name: Option<String>,
    /// The actor's branch.
    pub branch: Option<BranchId>,
    /// The actor's seat.
    pub seat: Option<Position>,
}

/// Every actor of the project that could be asked.
///
/// # Errors
/// When the database fails.
pub async fn actors(conn: &mut Conn, project: ProjectId) -> Result<Vec<ActorForEngine>, StoreError> {
    conn.all(&ACTORS, vec![text(&project)]).await?.iter().map(actor_of).collect()
}

/// One actor, when it could be asked.
///
/// # Errors
/// When the database fails.
pub async fn actor(
    conn: &mut Conn,
    project: ProjectId,
    id: ActorId,
) -> Result<Option<ActorForEngine>, StoreError> {
    conn.first(&ACTOR, vec![text(&project), text(&id)]).await?.map(|row| actor_of(&row)).transpose()
}

/// Every open need of the project.
///
/// # Errors
/// When the database fails.
pub async fn needs(conn: &mut Conn, project: ProjectId) -> Result<Vec<NeedForEngine>, StoreError> {
    conn.all(&NEEDS, vec![text(&project)]).await?.iter().map(need_of).collect()
}

/// One need, when it is open.
///
/// # Errors
/// When the database fails.
pub async fn need(
    conn: &mut Conn,
    project: ProjectId,
    id: NeedId,
) -> Result<Option<NeedForEngine>, StoreError> {
    conn.first(&NEED, vec![text(&project), text(&id)]).await?.map(|row| need_of(&row)).transpose()
}

/// The open needs of an actor.
///
/// # Errors
/// When the database fails.
pub async fn needs_of_actor(
    conn: &mut Conn,
    project: ProjectId,
    actor: ActorId,
) -> Result<Vec<NeedForEngine>, StoreError> {
    conn.all(&NEEDS_OF_ACTOR, vec![text(&project), text(&actor)]).await?.iter().map(need_of).collect()
}

/// Every open offer of the project.
///
/// # Errors
/// When the database fails.
pub async fn offers(conn: &mut Conn, project: ProjectId) -> Result<Vec<OfferForEngine>, StoreError> {
    conn.all(&OFFERS, vec![text(&project)]).await?.iter().map(offer_of).collect()
}

/// One offer, when it is open.
///
/// # Errors
/// When the database fails.
pub async fn offer(
    conn: &mut Conn,
    project: ProjectId,
    id: OfferId,
) -> Result<Option<OfferForEngine>, StoreError> {
    conn.first(&OFFER, vec![text(&project), text(&id)]).await?.map(|row| offer_of(&row)).transpose()
}

/// The open offers of an actor.
///
/// # Errors
/// When the database fails.
pub async fn offers_of_actor(
    conn: &mut Conn,
    project: ProjectId,
    actor: ActorId,
) -> Result<Vec<OfferForEngine>, StoreError> {
    conn.all(&OFFERS_OF_ACTOR, vec![text(&project), text(&actor)]).await?.iter().map(offer_of).collect()
}

fn actor_of(row: &Row) -> Result<ActorForEngine, StoreError> {
    Ok(ActorForEngine {
        id: row.parse("id")?,
        name: row.text("name")?,
        side: row.parse("side")?,
        branch: row.opt_parse("branch")?,
        position: row.position("lat", "lon")?,
        languages: row.list("languages")?,
        confirmed_kinds: row.joined("confirmed")?,
        open_offers: row.count("open_offers")?,
    })
}

fn need_of(row: &Row) -> Result<NeedForEngine, StoreError> {
    Ok(NeedForEngine {
        id: row.parse("id")?,
        data: need::data(row)?,
        actor_name: row.opt_text("actor_name")?,
        seat: row.position("seat_lat", "seat_lon")?,
    })
}

fn offer_of(row: &Row) -> Result<OfferForEngine, StoreError> {
    Ok(OfferForEngine {
        id: row.parse("id")?,
        data: offer::data(row)?,
        actor_name: row.opt_text("actor_name")?,
        branch: row.opt_parse("branch")?,
        seat: row.position("seat_lat", "seat_lon")?,
    })
}
