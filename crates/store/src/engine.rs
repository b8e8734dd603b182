//! What the matching engine is fed with: open needs and offers and the businesses behind them, joined in one query each.

use crate::conn::Conn;
use crate::error::StoreError;
use crate::posting::{self, Kept};
use crate::restriction::free_to_use;
use crate::row::Row;
use crate::statement::{Statement, statements};
use crate::value::{int, text};
use kiez_domain::branch::{BranchId, Side};
use kiez_domain::id::{ActorId, ProjectId};
use kiez_domain::kind::KindId;
use kiez_domain::language::LanguageTag;
use kiez_domain::need::NewNeed;
use kiez_domain::offer::NewOffer;
use kiez_domain::position::Position;
use kiez_domain::posting::Posting;

macro_rules! actors {
    () => {
        concat!("select a.id, a.name, a.side, a.branch, a.street, a.lat, a.lon, a.languages,
(select string_agg(c.kind, ',' order by c.kind) from competence c where c.project_id = a.project_id and c.actor_id = a.id) as confirmed,
(select count(*) from offer o where o.project_id = a.project_id and o.actor_id = a.id and o.state = 'open') as open_offers
from actor a where a.project_id = $1 and a.side <> 'place' and a.stage not in ('declined', 'gone')", free_to_use!())
    };
}
macro_rules! needs {
    () => {
        concat!(
            "select ",
            crate::need::columns!(),
            ", a.name as actor_name, a.branch, a.lat as seat_lat, a.lon as seat_lon
from need n left join actor a on a.project_id = n.project_id and a.id = n.actor_id
where n.project_id = $1 and n.state = 'open'",
            free_to_use!()
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
where o.project_id = $1 and o.state = 'open'",
            free_to_use!()
        )
    };
}

statements! {
    table "actor";
    ACTORS = concat!(actors!(), " and a.id > $2 order by a.id limit $3");
    ACTOR = concat!(actors!(), " and a.id = $2");
    SEATS = concat!("select a.id, a.name, a.branch, a.street from actor a where a.project_id = $1 and a.side <> 'place'
and a.street is not null and a.stage not in ('declined', 'gone')", free_to_use!(), " order by a.id");
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
    /// The street of its seat.
    pub street: Option<String>,
    /// Its seat on the ground.
    pub position: Option<Position>,
    /// Languages spoken there.
    pub languages: Vec<LanguageTag>,
    /// What it can, confirmed.
    pub confirmed_kinds: Vec<KindId>,
    /// How many open offers it has.
    pub open_offers: u64,
}

/// An open need or offer with what is known of its actor.
#[derive(Debug, Clone, PartialEq)]
pub struct ForEngine<T: Posting> {
    /// Its id.
    pub id: T::Id,
    /// What is lacking or given.
    pub data: T,
    /// The actor's name.
    pub actor_name: Option<String>,
    /// The actor's branch.
    pub branch: Option<BranchId>,
    /// The actor's seat.
    pub seat: Option<Position>,
}

/// A noun that the engine is fed with.
pub trait Fed: Kept {
    /// The statements that join it with its actor.
    const FEED: Feed;
}

/// The statements that feed the engine with one noun.
#[derive(Debug)]
pub struct Feed {
    pub(crate) all: &'static Statement,
    pub(crate) one: &'static Statement,
    pub(crate) of_actor: &'static Statement,
}

impl Fed for NewNeed {
    const FEED: Feed = Feed { all: &NEEDS, one: &NEED, of_actor: &NEEDS_OF_ACTOR };
}

impl Fed for NewOffer {
    const FEED: Feed = Feed { all: &OFFERS, one: &OFFER, of_actor: &OFFERS_OF_ACTOR };
}

/// The actors of the project that could be asked, in the order of their ids: the first so many behind an id.
///
/// A city has tens of thousands; taken in portions, they never lie in memory all at once.
///
/// # Errors
/// When the database fails.
pub async fn actors_behind(
    conn: &mut Conn,
    project: ProjectId,
    behind: Option<ActorId>,
    most: i64,
) -> Result<Vec<ActorForEngine>, StoreError> {
    // Every id is greater than the empty text.
    let behind = behind.map(|id| id.to_string()).unwrap_or_default();
    conn.all(&ACTORS, vec![text(&project), text(&behind), int(most)]).await?.iter().map(actor_of).collect()
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

/// Where an actor has its seat.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Seat {
    /// Its id.
    pub id: ActorId,
    /// Its name.
    pub name: String,
    /// Its branch.
    pub branch: Option<BranchId>,
    /// The street.
    pub street: String,
}

/// In which street each actor is that could be asked.
///
/// # Errors
/// When the database fails.
pub async fn seats(conn: &mut Conn, project: ProjectId) -> Result<Vec<Seat>, StoreError> {
    let seat = |row: &Row| {
        Ok(Seat {
            id: row.parse("id")?,
            name: row.text("name")?,
            branch: row.opt_parse("branch")?,
            street: row.text("street")?,
        })
    };
    conn.all(&SEATS, vec![text(&project)]).await?.iter().map(seat).collect()
}

/// Every open need or offer of the project.
///
/// # Errors
/// When the database fails.
pub async fn open<T: Fed>(conn: &mut Conn, project: ProjectId) -> Result<Vec<ForEngine<T>>, StoreError> {
    conn.all(T::FEED.all, vec![text(&project)]).await?.iter().map(posting_of).collect()
}

/// One need or offer, when it is open.
///
/// # Errors
/// When the database fails.
pub async fn open_one<T: Fed>(
    conn: &mut Conn,
    project: ProjectId,
    id: T::Id,
) -> Result<Option<ForEngine<T>>, StoreError> {
    conn.first(T::FEED.one, vec![text(&project), text(&id)]).await?.map(|row| posting_of(&row)).transpose()
}

/// The open needs or offers of an actor.
///
/// # Errors
/// When the database fails.
pub async fn open_of_actor<T: Fed>(
    conn: &mut Conn,
    project: ProjectId,
    actor: ActorId,
) -> Result<Vec<ForEngine<T>>, StoreError> {
    conn.all(T::FEED.of_actor, vec![text(&project), text(&actor)]).await?.iter().map(posting_of).collect()
}

fn actor_of(row: &Row) -> Result<ActorForEngine, StoreError> {
    Ok(ActorForEngine {
        id: row.parse("id")?,
        name: row.text("name")?,
        side: row.parse("side")?,
        branch: row.opt_parse("branch")?,
        street: row.opt_text("street")?,
        position: row.position("lat", "lon")?,
        languages: row.list("languages")?,
        confirmed_kinds: row.joined("confirmed")?,
        open_offers: row.count("open_offers")?,
    })
}

fn posting_of<T: Fed>(row: &Row) -> Result<ForEngine<T>, StoreError> {
    Ok(ForEngine {
        id: row.parse("id")?,
        data: posting::data(row)?,
        actor_name: row.opt_text("actor_name")?,
        branch: row.opt_parse("branch")?,
        seat: row.position("seat_lat", "seat_lon")?,
    })
}
