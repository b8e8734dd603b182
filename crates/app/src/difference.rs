//! Fields in which a file and a person disagree: shown side by side, settled by a person.

use crate::caller::Caller;
use crate::ctx::Ctx;
use crate::error::AppError;
use crate::import::Noun;
use kiez_domain::actor::{NewActor, Stage, StageEvent};
use kiez_domain::id::{ActorId, DifferenceId, ProjectId};
use kiez_domain::idea::NewIdea;
use kiez_domain::issue::{Expected, Problem};
use kiez_domain::need::NewNeed;
use kiez_domain::offer::NewOffer;
use kiez_domain::policy::Facts;
use kiez_domain::premises::NewPremises;
use kiez_store::conn::{Conn, Tx};
use kiez_store::difference::Difference;
use kiez_store::import_changed::KnownRow;
use kiez_store::page::{Listing, Page};
use std::str::FromStr;

/// Under this name of a field stands that a map has the actor no longer.
pub const GONE: &str = crate::import::GONE;

/// Whose value holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Choice {
    /// What a person set stays.
    Ours,
    /// What the file says is taken over.
    Theirs,
}

impl FromStr for Choice {
    type Err = Problem;

    fn from_str(text: &str) -> Result<Self, Problem> {
        match text {
            "ours" => Ok(Self::Ours),
            "theirs" => Ok(Self::Theirs),
            _ => Err(Problem::unreadable(text, Expected::OneOf { words: "ours or theirs" })),
        }
    }
}

/// A difference as a person sees it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OpenDifference {
    /// Its id.
    pub id: DifferenceId,
    /// What it is about, such as `actor`.
    pub noun: String,
    /// Which row.
    pub row_id: String,
    /// What a person calls the row; empty when it is gone.
    pub name: String,
    /// Which field.
    pub field: String,
    /// What is stored now.
    pub ours: String,
    /// What the file says.
    pub theirs: String,
    /// The row's version: a choice must name it.
    pub version: i64,
}

/// One part of the differences nobody has settled yet.
///
/// # Errors
/// [`AppError::NotFound`] unless the caller coordinates the project.
pub async fn list(
    ctx: &Ctx,
    caller: &Caller,
    project: ProjectId,
    page: Page,
) -> Result<Listing<OpenDifference>, AppError> {
    caller.may("difference", "list", Facts::of_project(project))?;
    let mut conn = ctx.db.read().await?;
    let found = kiez_store::difference::list_open(&mut conn, project, &page).await?;
    let mut open = Vec::with_capacity(found.rows.len());
    for difference in found.rows {
        open.push(shown(&mut conn, project, difference).await?);
    }
    name_actors(&mut conn, project, &mut open).await?;
    Ok(Listing { rows: open, total: found.total, next: found.next })
}

/// Settles a difference; `version` is the row's, as it was shown.
///
/// # Errors
/// [`AppError::NotFound`] when somebody has settled it; [`AppError::Stale`] when somebody saved the row since;
/// all issues when the file's value does not fit the row.
pub async fn settle(
    ctx: &Ctx,
    caller: &Caller,
    project: ProjectId,
    id: DifferenceId,
    (version, choice): (i64, Choice),
) -> Result<(), AppError> {
    let permit = caller.may("difference", "settle", Facts::of_project(project))?;
    let mut tx = ctx.db.write().await?;
    let found = kiez_store::difference::find_open(&mut tx, project, id).await?.ok_or(AppError::NotFound)?;
    if choice == Choice::Theirs {
        Taking { ctx, caller, project, version }.theirs(&mut tx, &found).await?;
    }
    kiez_store::difference::resolve(&mut tx, &permit, id, ctx.now()).await?;
    Ok(tx.commit().await?)
}

async fn shown(conn: &mut Conn, project: ProjectId, found: Difference) -> Result<OpenDifference, AppError> {
    let row = match found.noun.as_str() {
        NewActor::NAME => stored::<NewActor>(conn, project, &found).await?,
        NewPremises::NAME => stored::<NewPremises>(conn, project, &found).await?,
        NewNeed::NAME => stored::<NewNeed>(conn, project, &found).await?,
        NewOffer::NAME => stored::<NewOffer>(conn, project, &found).await?,
        _ => stored::<NewIdea>(conn, project, &found).await?,
    };
    let Difference { id, noun, row_id, field, ours, theirs, .. } = found;
    let (name, version, now) = row.unwrap_or_default();
    Ok(OpenDifference { id, noun, row_id, name, field, ours: now.unwrap_or(ours), theirs, version })
}

/// Puts names where values are actors.
async fn name_actors(
    conn: &mut Conn,
    project: ProjectId,
    open: &mut [OpenDifference],
) -> Result<(), AppError> {
    let values = || open.iter().filter(|row| row.field == "actor").flat_map(|row| [&row.ours, &row.theirs]);
    let ids: Vec<ActorId> = values().filter_map(|id| id.parse().ok()).collect();
    let names = crate::actor::names(conn, project, &ids).await?;
    for row in open.iter_mut().filter(|row| row.field == "actor") {
        for value in [&mut row.ours, &mut row.theirs] {
            if let Some(known) = value.parse().ok().and_then(|id| names.get(&id)) {
                value.clone_from(&known.name);
            }
        }
    }
    Ok(())
}

/// What a person calls the row, its version, and the value of the field now; nothing when the row is gone.
async fn stored<T: Noun>(
    conn: &mut Conn,
    project: ProjectId,
    found: &Difference,
) -> Result<Option<(String, i64, Option<String>)>, AppError> {
    let row = T::find(conn, project, id_of::<T>(found)?).await?;
    Ok(row.map(|row| (row.data.called(), row.version, row.data.fields().remove(&found.field))))
}

/// The act of taking the file's value over.
struct Taking<'a> {
    ctx: &'a Ctx,
    caller: &'a Caller,
    project: ProjectId,
    /// The row's version, as it was shown.
    version: i64,
}

impl Taking<'_> {
    async fn theirs(&self, tx: &mut Tx, found: &Difference) -> Result<(), AppError> {
        if found.field == GONE {
            return self.closed(tx, id_of::<NewActor>(found)?).await;
        }
        match found.noun.as_str() {
            NewActor::NAME => self.of::<NewActor>(tx, found).await,
            NewPremises::NAME => self.of::<NewPremises>(tx, found).await,
            NewNeed::NAME => self.of::<NewNeed>(tx, found).await,
            NewOffer::NAME => self.of::<NewOffer>(tx, found).await,
            _ => self.of::<NewIdea>(tx, found).await,
        }
    }

    /// The map has the actor no longer, and somebody says that it has closed indeed: as others may have said before.
    async fn closed(&self, tx: &mut Tx, id: ActorId) -> Result<(), AppError> {
        let permit = self.caller.may("actor", "update", Facts::of_object(self.project, Some(id), false))?;
        let actor = kiez_store::actor::find(tx, self.project, id).await?.ok_or(AppError::NotFound)?;
        if actor.stage == Stage::Gone {
            return Ok(());
        }
        let stage = actor.stage.transition(StageEvent::Close)?;
        kiez_store::actor::transition(tx, &permit, id, self.version, (stage, self.ctx.now())).await?;
        Ok(())
    }

    /// Saves the row with the file's value, as if a person had typed it.
    async fn of<T: Noun>(&self, tx: &mut Tx, found: &Difference) -> Result<(), AppError> {
        let row = T::find(tx, self.project, id_of::<T>(found)?).await?.ok_or(AppError::NotFound)?;
        let mut fields = row.data.fields();
        fields.insert(found.field.clone(), found.theirs.clone());
        let row = KnownRow { id: row.id, version: self.version, data: T::of_fields(&fields)? };
        T::save(tx, self.caller, self.project, &row, self.ctx.now()).await
    }
}

fn id_of<T: Noun>(found: &Difference) -> Result<T::Id, AppError> {
    found.row_id.parse().map_err(|_| AppError::NotFound)
}
