//! Telling people what is stored about them, who did not give it themselves (Art. 14 GDPR).

use crate::caller::Caller;
use crate::ctx::Ctx;
use crate::error::AppError;
use crate::reads;
use jiff::civil::Date;
use kiez_domain::contact_channel::ContactChannel;
use kiez_domain::id::{PersonId, ProjectId};
use kiez_domain::notice::{self, NoticeForm};
use kiez_domain::policy::Facts;
use kiez_store::error::StoreError;
use kiez_store::notice as store;
pub use kiez_store::notice::Known;
use kiez_store::page::{Listing, Page};
use kiez_store::registry::Group;

/// Somebody who is still to be told.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Waiting {
    /// Who.
    pub known: Known,
    /// The last day to do it in time.
    pub due: Date,
    /// Whether that day has passed.
    pub late: bool,
}

/// What a letter tells its reader.
#[derive(Debug, Clone, PartialEq)]
pub struct Letter {
    /// To whom.
    pub known: Known,
    /// Ways to reach this person that are stored.
    pub channels: Vec<ContactChannel>,
    /// What is done with people's names and ways to reach them: the lines of the record of processing.
    pub activities: Vec<&'static Group>,
}

/// Where people stand who are told by letter.
const ABOUT_THEM: [&str; 2] = ["person", "contact_channel"];

/// One part of those who are still to be told, the longest known first.
///
/// # Errors
/// [`AppError::NotFound`] unless the caller coordinates the project.
pub async fn list(
    ctx: &Ctx,
    caller: &Caller,
    project: ProjectId,
    page: Page,
) -> Result<Listing<Waiting>, AppError> {
    caller.may("notice", "list", Facts::of_project(project))?;
    let found = store::list(&mut ctx.db.read().await?, project, page).await?;
    let today = ctx.today();
    let waiting = |known: Known| {
        let due = notice::due(known.noted.day());
        Waiting { known, due, late: due < today }
    };
    Ok(Listing { rows: found.rows.into_iter().map(waiting).collect(), total: found.total, next: found.next })
}

/// How many are still to be told.
///
/// # Errors
/// [`AppError::NotFound`] unless the caller coordinates the project.
pub async fn count(ctx: &Ctx, caller: &Caller, project: ProjectId) -> Result<u64, AppError> {
    caller.may("notice", "list", Facts::of_project(project))?;
    Ok(store::count(&mut ctx.db.read().await?, project).await?)
}

/// What the letter to a person says.
///
/// # Errors
/// [`AppError::NotFound`] when there is nobody, or the caller does not coordinate the project.
pub async fn letter(
    ctx: &Ctx,
    caller: &Caller,
    project: ProjectId,
    person: PersonId,
) -> Result<Letter, AppError> {
    let permit = caller.may("notice", "read", Facts::of_project(project))?;
    let mut conn = ctx.db.read().await?;
    let known = store::find(&mut conn, project, person).await?.ok_or(AppError::NotFound)?;
    let all = kiez_store::contact_channel::list_by_actor(&mut conn, project, known.person.actor).await?;
    let channels = all.into_iter().filter(|channel| channel.person == Some(person)).collect();
    let groups = kiez_store::registry::groups().iter();
    let activities = groups
        .filter(|group| ABOUT_THEM.contains(&group.table.as_str()) && group.is_about_people())
        .collect();
    drop(conn);
    reads::note(ctx, &permit, ("person", person.to_string())).await;
    Ok(Letter { known, channels, activities })
}

/// Notes that somebody was told. A second time changes nothing and is no mistake: two coordinators may do the same.
///
/// # Errors
/// Issues with day and way; [`AppError::NotFound`] when there is nobody, or the caller does not coordinate the project.
pub async fn record(
    ctx: &Ctx,
    caller: &Caller,
    project: ProjectId,
    (person, form): (PersonId, &NoticeForm),
) -> Result<(), AppError> {
    let permit = caller.may("notice", "create", Facts::of_project(project))?;
    let notice = form.read(ctx.today())?;
    let mut tx = ctx.db.write().await?;
    match store::record(&mut tx, &permit, (person, notice), ctx.now()).await {
        Ok(()) => Ok(tx.commit().await?),
        Err(StoreError::NotFound) => {
            drop(tx);
            let there = store::find(&mut ctx.db.read().await?, project, person).await?;
            there.map(drop).ok_or(AppError::NotFound)
        }
        Err(error) => Err(error.into()),
    }
}
