//! Consents: noting what was said, taking it back, and what of it stands. The public pages follow at once.

use crate::caller::Caller;
use crate::ctx::Ctx;
use crate::error::AppError;
use jiff::civil::Date;
use kiez_domain::consent::{
    Consent, ConsentAct, ConsentChannel, ConsentForm, NewConsent, Purpose, last, of_version, stands,
};
use kiez_domain::id::{ActorId, ConsentId, PersonId, ProjectId, UserId};
use kiez_domain::issue::Problem;
use kiez_domain::language::LanguageTag;
use kiez_domain::person::Person;
use kiez_domain::policy::{Facts, Permit};
use kiez_domain::text::Line;
use kiez_store::conn::{Conn, Tx};
use kiez_store::error::StoreError;
use std::collections::BTreeMap;

/// One event as its page lists it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ConsentEntry {
    /// What was said and how one knows.
    pub event: Consent,
    /// The human it is about, when it is about one alone.
    pub person: Option<String>,
    /// Who noted it; nobody where it came by a link or at the shell.
    pub recorded_by: Option<String>,
    /// The words that were agreed to, where this program knows them.
    pub words: Option<&'static str>,
}

/// What was said about one purpose last.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Standing {
    /// The purpose.
    pub purpose: Purpose,
    /// Whether it stands on a consent.
    pub stands: bool,
    /// The last word of the actor itself; nothing when it was never asked.
    pub last: Option<ConsentEntry>,
    /// Humans at the actor who have said something of their own, with whether that stands.
    pub persons: Vec<(PersonId, String, bool)>,
}

/// Everything about the consents of one actor.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ConsentView {
    /// Each purpose, in the order of the list.
    pub standings: Vec<Standing>,
    /// Every event, the latest first.
    pub history: Vec<ConsentEntry>,
    /// Whether the caller may note what was said.
    pub may_record: bool,
    /// Whether the caller may take back in the actor's own name.
    pub may_withdraw: bool,
}

/// What stands of an actor's consents and how it came to that.
///
/// # Errors
/// [`AppError::NotFound`] unless the caller coordinates the project, belongs to the actor or holds a link to it.
pub async fn view(
    ctx: &Ctx,
    caller: &Caller,
    project: ProjectId,
    actor: ActorId,
) -> Result<ConsentView, AppError> {
    let facts = Facts::of_object(project, Some(actor), false);
    caller.may("consent", "list", facts)?;
    let mut conn = ctx.db.read().await?;
    kiez_store::actor::facts(&mut conn, project, actor).await?.ok_or(AppError::NotFound)?;
    let events = kiez_store::consent::list_by_actor(&mut conn, project, actor).await?;
    let persons = kiez_store::person::list_by_actor(&mut conn, project, actor).await?;
    let users = names_of(&mut conn, &events).await?;
    let entry = |event: &Consent| entry(event, &persons, &users);
    Ok(ConsentView {
        standings: Purpose::all().map(|purpose| standing(&events, &persons, purpose, entry)).collect(),
        history: events.iter().rev().map(entry).collect(),
        may_record: caller.may("consent", "record", facts).is_ok(),
        may_withdraw: caller.may("consent", "withdraw", facts).is_ok(),
    })
}

/// Notes what somebody said about one or several purposes. The same once more changes nothing.
///
/// # Errors
/// All issues of the form; [`AppError::NotFound`] unless the caller coordinates the project and the actor is of it.
pub async fn record(
    ctx: &Ctx,
    caller: &Caller,
    project: ProjectId,
    actor: ActorId,
    form: ConsentForm,
) -> Result<(), AppError> {
    let permit = caller.may("consent", "record", Facts::of_object(project, Some(actor), false))?;
    let new = form.read(ctx.today())?;
    let mut tx = ctx.db.write().await?;
    kiez_store::actor::facts(&mut tx, project, actor).await?.ok_or(AppError::NotFound)?;
    must_work_there(&mut tx, project, (actor, new.person)).await?;
    add(ctx, &mut tx, &permit, (actor, &new)).await?;
    Ok(tx.commit().await?)
}

/// Takes a purpose back in the name of the own actor, on the page of somebody who belongs to it. What does not stand
/// stays as it is.
///
/// # Errors
/// [`AppError::NotFound`] unless the caller belongs to the actor.
pub async fn withdraw(
    ctx: &Ctx,
    caller: &Caller,
    project: ProjectId,
    (actor, purpose): (ActorId, Purpose),
) -> Result<(), AppError> {
    let permit = caller.may("consent", "withdraw", Facts::of_object(project, Some(actor), false))?;
    let said = Said {
        act: ConsentAct::Withdrawn,
        channel: ConsentChannel::Web,
        said_by: name_of(caller)?,
        language: LanguageTag::german(),
    };
    let mut tx = ctx.db.write().await?;
    if kiez_store::consent::stands(&mut tx, project, (actor, None), purpose).await? {
        add(ctx, &mut tx, &permit, (actor, &said.about(vec![purpose], ctx.today()))).await?;
    }
    Ok(tx.commit().await?)
}

/// Something that was said today, before it is known about what.
pub(crate) struct Said {
    pub(crate) act: ConsentAct,
    pub(crate) channel: ConsentChannel,
    pub(crate) said_by: Line,
    pub(crate) language: LanguageTag,
}

impl Said {
    /// The same about some purposes.
    pub(crate) fn about(&self, purposes: Vec<Purpose>, today: Date) -> NewConsent {
        NewConsent {
            act: self.act,
            purposes,
            person: None,
            channel: self.channel,
            said_by: self.said_by.clone(),
            said_on: today,
            language: self.language.clone(),
            note: None,
        }
    }
}

/// Who says something in a caller's own name; at the shell nobody has one.
pub(crate) fn name_of(caller: &Caller) -> Result<Line, AppError> {
    let name = if caller.name.is_empty() { "shell" } else { &caller.name };
    name.parse().map_err(|problem| AppError::field("who_said", problem))
}

/// Adds an event for each purpose of which it says anything new.
pub(crate) async fn add(
    ctx: &Ctx,
    tx: &mut Tx,
    permit: &Permit,
    (actor, new): (ActorId, &NewConsent),
) -> Result<(), AppError> {
    let project = permit.project().ok_or(AppError::NotFound)?;
    let known = kiez_store::consent::list_by_actor(tx, project, actor).await?;
    for purpose in &new.purposes {
        let evidence = new.evidence(*purpose);
        let is_known = |event: &Consent| event.act == new.act && event.evidence == evidence;
        if last(&known, new.person, *purpose).is_some_and(is_known) {
            continue;
        }
        let event = Consent {
            id: ctx.id(ConsentId::new)?,
            actor,
            person: new.person,
            purpose: *purpose,
            act: new.act,
            evidence,
            recorded_by: permit.subject().user,
            recorded_at: ctx.now(),
        };
        kiez_store::consent::add(tx, permit, &event).await.map_err(absent)?;
    }
    Ok(())
}

/// Takes back everything that stands, of the actor and of its humans.
pub(crate) async fn end_all(
    ctx: &Ctx,
    tx: &mut Tx,
    permit: &Permit,
    (actor, said): (ActorId, &Said),
) -> Result<(), AppError> {
    let project = permit.project().ok_or(AppError::NotFound)?;
    let events = kiez_store::consent::list_by_actor(tx, project, actor).await?;
    let mut subjects: Vec<Option<PersonId>> = events.iter().map(|event| event.person).collect();
    subjects.sort_unstable();
    subjects.dedup();
    for person in subjects {
        let given = |purpose: &Purpose| {
            last(&events, person, *purpose).is_some_and(|event| event.act == ConsentAct::Given)
        };
        let purposes = Purpose::all().filter(given).collect();
        let new = NewConsent { person, ..said.about(purposes, ctx.today()) };
        add(ctx, tx, permit, (actor, &new)).await?;
    }
    Ok(())
}

/// A person of the form must be one of the actor's.
async fn must_work_there(
    conn: &mut Conn,
    project: ProjectId,
    (actor, person): (ActorId, Option<PersonId>),
) -> Result<(), AppError> {
    let Some(person) = person else { return Ok(()) };
    let known = kiez_store::person::list_by_actor(conn, project, actor).await?;
    match known.iter().any(|known| known.id == person) {
        true => Ok(()),
        false => Err(AppError::field("person", Problem::Unknown { what: person.to_string() })),
    }
}

async fn names_of(conn: &mut Conn, events: &[Consent]) -> Result<BTreeMap<UserId, String>, AppError> {
    let mut names = BTreeMap::new();
    for user in events.iter().filter_map(|event| event.recorded_by) {
        if !names.contains_key(&user)
            && let Some(found) = kiez_store::user::find(conn, user).await?
        {
            names.insert(user, found.name);
        }
    }
    Ok(names)
}

fn standing(
    events: &[Consent],
    persons: &[Person],
    purpose: Purpose,
    entry: impl Fn(&Consent) -> ConsentEntry,
) -> Standing {
    let own = persons.iter().filter(|person| last(events, Some(person.id), purpose).is_some());
    let own =
        own.map(|person| (person.id, person.name.to_string(), stands(events, Some(person.id), purpose)));
    Standing {
        purpose,
        stands: stands(events, None, purpose),
        last: last(events, None, purpose).map(entry),
        persons: own.collect(),
    }
}

fn entry(event: &Consent, persons: &[Person], users: &BTreeMap<UserId, String>) -> ConsentEntry {
    let person = persons.iter().find(|person| Some(person.id) == event.person);
    let words = event.evidence.text.as_ref().and_then(of_version).map(|text| text.text.as_str());
    ConsentEntry {
        event: event.clone(),
        person: person.map(|person| person.name.to_string()),
        recorded_by: event.recorded_by.and_then(|user| users.get(&user).cloned()),
        words,
    }
}

/// An actor that is not of the project answers like one that does not exist.
fn absent(error: StoreError) -> AppError {
    match error {
        StoreError::MissingReference => AppError::NotFound,
        other => other.into(),
    }
}
