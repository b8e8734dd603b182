//! What changed last, with the names of things.

use crate::error::AppError;
use crate::import::Noun;
use kiez_domain::actor::NewActor;
use kiez_domain::id::ProjectId;
use kiez_domain::idea::NewIdea;
use kiez_domain::instant::Instant;
use kiez_domain::need::NewNeed;
use kiez_domain::offer::NewOffer;
use kiez_domain::premises::NewPremises;
use kiez_store::conn::Conn;
use kiez_store::overview::RecentChange;

/// So many changes are told.
const TOLD: u32 = 8;
/// Of more rows than these at one moment none is named: a file brought them.
const NAMED: u64 = 9;

/// What happened to a row.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Act {
    /// It came.
    Created,
    /// It was changed.
    Updated,
    /// It went.
    Removed,
}

/// One change, or many of one kind at one moment.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RecentView {
    /// The noun, such as `need`.
    pub noun: String,
    /// What happened.
    pub act: Act,
    /// When.
    pub at: Instant,
    /// How many rows.
    pub count: u64,
    /// The id of the newest of them; nothing when they are many.
    pub id: Option<String>,
    /// What that one is called, while it is there.
    pub name: Option<String>,
}

/// The newest changes of what people enter.
pub(super) async fn list(conn: &mut Conn, project: ProjectId) -> Result<Vec<RecentView>, AppError> {
    let mut views = Vec::new();
    for change in kiez_store::overview::recent(conn, project, TOLD).await? {
        views.push(view(conn, project, change).await?);
    }
    Ok(views)
}

async fn view(conn: &mut Conn, project: ProjectId, change: RecentChange) -> Result<RecentView, AppError> {
    let act = match change.change.as_str() {
        "created" => Act::Created,
        "removed" => Act::Removed,
        _ => Act::Updated,
    };
    let newest = (change.count <= NAMED).then_some(change.row_id);
    let name = match &newest {
        Some(id) => name(conn, project, (&change.noun, id)).await?,
        None => None,
    };
    Ok(RecentView { noun: change.noun, act, at: change.at, count: change.count, id: newest, name })
}

/// What a person calls a row; nothing when it is gone or has no name.
async fn name(
    conn: &mut Conn,
    project: ProjectId,
    (noun, id): (&str, &str),
) -> Result<Option<String>, AppError> {
    match noun {
        NewActor::NAME => called::<NewActor>(conn, project, id).await,
        NewPremises::NAME => called::<NewPremises>(conn, project, id).await,
        NewNeed::NAME => called::<NewNeed>(conn, project, id).await,
        NewOffer::NAME => called::<NewOffer>(conn, project, id).await,
        NewIdea::NAME => called::<NewIdea>(conn, project, id).await,
        _ => Ok(None),
    }
}

async fn called<T: Noun>(conn: &mut Conn, project: ProjectId, id: &str) -> Result<Option<String>, AppError> {
    let Ok(id) = id.parse() else { return Ok(None) };
    Ok(T::find(conn, project, id).await?.map(|row| row.data.called()))
}
