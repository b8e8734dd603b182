//! Telling people what is stored about them, who did not give it themselves (Art. 14 GDPR).

use crate::caller::Caller;
use crate::ctx::Ctx;
use crate::error::AppError;
use crate::message::{self, Message};
use crate::{objection, reads};
use jiff::civil::Date;
use kiez_domain::contact_channel::{ContactChannel, Medium};
use kiez_domain::id::{MessageId, PersonId, ProjectId};
use kiez_domain::issue::Problem;
use kiez_domain::language::LanguageTag;
use kiez_domain::notice::{self, Notice, NoticeForm, Way};
use kiez_domain::policy::Facts;
use kiez_store::conn::{Conn, Tx};
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
    /// Whether a mail address of this person is known.
    pub mail: bool,
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
    let mut conn = ctx.db.read().await?;
    let found = store::list(&mut conn, project, page).await?;
    let reached = store::reached_by_mail(&mut conn, project).await?;
    let today = ctx.today();
    let waiting = |known: Known| {
        let due = notice::due(known.noted.day());
        Waiting { due, late: due < today, mail: reached.contains(&known.person.id), known }
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
    let letter = about(&mut conn, project, person).await?.ok_or(AppError::NotFound)?;
    drop(conn);
    reads::note(ctx, &permit, ("person", person.to_string())).await;
    Ok(letter)
}

async fn about(conn: &mut Conn, project: ProjectId, person: PersonId) -> Result<Option<Letter>, AppError> {
    let Some(known) = store::find(conn, project, person).await? else { return Ok(None) };
    let all = kiez_store::contact_channel::list_by_actor(conn, project, known.person.actor).await?;
    let channels = all.into_iter().filter(|channel| channel.person == Some(person)).collect();
    let groups = kiez_store::registry::groups().iter();
    let activities = groups
        .filter(|group| ABOUT_THEM.contains(&group.table.as_str()) && group.is_about_people())
        .collect();
    Ok(Some(Letter { known, channels, activities }))
}

/// What a notice tells that leaves by mail now.
pub(crate) async fn of_message(tx: &mut Tx, message: &Message) -> Result<Option<Letter>, AppError> {
    match (message.project, message::person_of(tx, message).await?) {
        (Some(project), Some(person)) => about(tx, project, person).await,
        _ => Ok(None),
    }
}

/// Tells somebody by mail, and notes it: the law wants it, so no consent is needed. Where the mail does not leave, the
/// person stands on the list again. Whoever was told before is not told twice.
///
/// # Errors
/// An issue where no mail address of the person is known, or somebody has objected under it; [`AppError::NotFound`] when
/// there is nobody, or the caller does not coordinate the project.
pub async fn send(
    ctx: &Ctx,
    caller: &Caller,
    project: ProjectId,
    person: PersonId,
    language: LanguageTag,
) -> Result<(), AppError> {
    let permit = caller.may("notice", "create", Facts::of_project(project))?;
    let now = ctx.now();
    let mut tx = ctx.db.write().await?;
    let letter = about(&mut tx, project, person).await?.ok_or(AppError::NotFound)?;
    let channel = letter.channels.into_iter().find(|channel| channel.medium == Medium::Mail);
    let channel = channel.ok_or_else(|| AppError::field("mail", Problem::Missing))?;
    if objection::forbids_mail(&mut tx, project, &channel).await? {
        return Err(AppError::field("mail", Problem::Objected));
    }
    let told = Notice::new(ctx.today(), Way::Mail, ctx.today());
    let told = told.map_err(|problem| AppError::field("on", problem))?;
    match store::record(&mut tx, &permit, (person, told), now).await {
        Ok(()) => {}
        Err(StoreError::NotFound) => return Ok(()),
        Err(error) => return Err(error.into()),
    }
    let letter = message::Letter::notice((project, channel.id), ctx.id(MessageId::new)?);
    let letter = message::Letter { language: Some(language), ..letter };
    message::queue(ctx, &mut tx, &permit, letter).await?;
    Ok(tx.commit().await?)
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
