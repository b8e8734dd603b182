//! What everybody may see, read from the views of the public alone: a mistake here cannot show what is not published.

use crate::conn::Conn;
use crate::error::StoreError;
use crate::row::Row;
use crate::statement::statements;
use crate::value::text;
use kiez_domain::branch::{BranchId, Side};
use kiez_domain::contact_channel::Medium;
use kiez_domain::id::{ActorId, NeedId, OfferId, ProjectId, QuarterId};
use kiez_domain::language::LanguageTag;
use kiez_domain::position::Position;
use kiez_domain::project::Project;
use kiez_domain::quarter::Outline;
use kiez_domain::text::{Line, Slug};

statements! {
    table "public_actor";
    PROJECTS = "select id, slug, name, label, area, term_from, term_to, carrier, client, funding, aims, team,
partners, colour, home_quarter_id, version from public_project order by slug";
    PROJECT = "select id, slug, name, label, area, term_from, term_to, carrier, client, funding, aims, team,
partners, colour, home_quarter_id, version from public_project where slug = $1";
    ACTORS = "select id, name, side, branch, street, house_number, postcode, city, lat, lon, languages, quarter_id, opening_hours
from public_actor where project_id = $1 order by name_sort, id";
    ACTOR = "select id, name, side, branch, street, house_number, postcode, city, lat, lon, languages, quarter_id, opening_hours
from public_actor where project_id = $1 and id = $2";
    CHANNELS = "select medium, value from public_channel where project_id = $1 and actor_id = $2 order by id";
    NEEDS = "select id, text, language, units, actor_id, actor_name from public_need where project_id = $1 order by id desc";
    QUARTERS = "select id, name, outline from public_quarter where project_id = $1 order by name, id";
    OFFERS = "select id, text, language, actor_id, actor_name from public_offer where project_id = $1 order by id desc";
}

/// A published actor.
#[derive(Debug, Clone, PartialEq)]
pub struct PublicActor {
    /// Its id.
    pub id: ActorId,
    /// Its name.
    pub name: String,
    /// Its side.
    pub side: Side,
    /// Its branch.
    pub branch: Option<BranchId>,
    /// Its seat.
    pub address: kiez_domain::address::Address,
    /// Its seat on the ground.
    pub position: Option<Position>,
    /// Languages spoken there.
    pub languages: Vec<LanguageTag>,
    /// The quarter of its seat.
    pub quarter: Option<QuarterId>,
    /// When its door is open, as it is written.
    pub opening_hours: Option<Line>,
}

/// A way to reach a published actor that everybody may know.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PublicChannel {
    /// The medium.
    pub medium: Medium,
    /// Number or address.
    pub value: Line,
}

/// A published open need of a published actor.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PublicNeed {
    /// Its id.
    pub id: NeedId,
    /// Its text.
    pub text: String,
    /// The text's language.
    pub language: LanguageTag,
    /// How many are wanted.
    pub units: u32,
    /// Whose need.
    pub actor: ActorId,
    /// The actor's name.
    pub actor_name: String,
}

/// A published open offer of a published actor.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PublicOffer {
    /// Its id.
    pub id: OfferId,
    /// Its text.
    pub text: String,
    /// The text's language.
    pub language: LanguageTag,
    /// Who gives it.
    pub actor: ActorId,
    /// The actor's name.
    pub actor_name: String,
}

/// A named quarter.
#[derive(Debug, Clone, PartialEq)]
pub struct PublicQuarter {
    /// Its id.
    pub id: QuarterId,
    /// Its name.
    pub name: String,
    /// Where it ends.
    pub outline: Outline,
}

/// Every project, by short name: fact sheets are public.
///
/// # Errors
/// When the database fails.
pub async fn projects(conn: &mut Conn) -> Result<Vec<Project>, StoreError> {
    conn.all(&PROJECTS, vec![]).await?.iter().map(crate::project::project).collect()
}

/// The project with this short name.
///
/// # Errors
/// When the database fails.
pub async fn project(conn: &mut Conn, slug: &Slug) -> Result<Option<Project>, StoreError> {
    conn.first(&PROJECT, vec![text(slug)]).await?.map(|row| crate::project::project(&row)).transpose()
}

/// The published actors of a project by name: equal presentation, no ranking.
///
/// # Errors
/// When the database fails.
pub async fn actors(conn: &mut Conn, project: ProjectId) -> Result<Vec<PublicActor>, StoreError> {
    conn.all(&ACTORS, vec![text(&project)]).await?.iter().map(actor_of).collect()
}

/// One actor, when it is published.
///
/// # Errors
/// When the database fails.
pub async fn actor(
    conn: &mut Conn,
    project: ProjectId,
    id: ActorId,
) -> Result<Option<PublicActor>, StoreError> {
    conn.first(&ACTOR, vec![text(&project), text(&id)]).await?.map(|row| actor_of(&row)).transpose()
}

/// The ways to reach a published actor that everybody may know, in the order in which they were noted.
///
/// # Errors
/// When the database fails.
pub async fn channels(
    conn: &mut Conn,
    project: ProjectId,
    actor: ActorId,
) -> Result<Vec<PublicChannel>, StoreError> {
    let rows = conn.all(&CHANNELS, vec![text(&project), text(&actor)]).await?;
    rows.iter()
        .map(|row| Ok(PublicChannel { medium: row.parse("medium")?, value: row.parse("value")? }))
        .collect()
}

/// The published open needs of published actors, newest first.
///
/// # Errors
/// When the database fails.
pub async fn needs(conn: &mut Conn, project: ProjectId) -> Result<Vec<PublicNeed>, StoreError> {
    let rows = conn.all(&NEEDS, vec![text(&project)]).await?;
    rows.iter().map(need_of).collect()
}

/// The published open offers of published actors, newest first.
///
/// # Errors
/// When the database fails.
pub async fn offers(conn: &mut Conn, project: ProjectId) -> Result<Vec<PublicOffer>, StoreError> {
    let rows = conn.all(&OFFERS, vec![text(&project)]).await?;
    rows.iter().map(offer_of).collect()
}

/// The named quarters of a project with their outlines, by name.
///
/// # Errors
/// When the database fails.
pub async fn quarters(conn: &mut Conn, project: ProjectId) -> Result<Vec<PublicQuarter>, StoreError> {
    let rows = conn.all(&QUARTERS, vec![text(&project)]).await?;
    rows.iter().map(quarter_of).collect()
}

fn quarter_of(row: &Row) -> Result<PublicQuarter, StoreError> {
    Ok(PublicQuarter {
        id: row.parse("id")?,
        name: row.text("name")?,
        outline: crate::quarter::outline_of(row)?,
    })
}

fn actor_of(row: &Row) -> Result<PublicActor, StoreError> {
    Ok(PublicActor {
        id: row.parse("id")?,
        name: row.text("name")?,
        side: row.parse("side")?,
        branch: row.opt_parse("branch")?,
        address: crate::actor::address(row)?,
        position: row.position("lat", "lon")?,
        languages: row.list("languages")?,
        quarter: row.opt_parse("quarter_id")?,
        opening_hours: row.opt_parse("opening_hours")?,
    })
}

fn need_of(row: &Row) -> Result<PublicNeed, StoreError> {
    Ok(PublicNeed {
        id: row.parse("id")?,
        text: row.text("text")?,
        language: row.parse("language")?,
        units: row.count("units")?,
        actor: row.parse("actor_id")?,
        actor_name: row.text("actor_name")?,
    })
}

fn offer_of(row: &Row) -> Result<PublicOffer, StoreError> {
    Ok(PublicOffer {
        id: row.parse("id")?,
        text: row.text("text")?,
        language: row.parse("language")?,
        actor: row.parse("actor_id")?,
        actor_name: row.text("actor_name")?,
    })
}
