//! What whoever holds a link sees and does.

use crate::caller::Caller;
use crate::consent::{self, ConsentView, Said};
use crate::ctx::Ctx;
use crate::error::AppError;
use crate::{objection, secret};
use kiez_domain::action_link::{Action, ActionLink, Did, LinkStanding, LinkUse};
use kiez_domain::actor::NewActor;
use kiez_domain::consent::{ConsentAct, ConsentChannel, Purpose};
use kiez_domain::contact_channel::{ChannelVisibility, ContactChannel, Medium};
use kiez_domain::id::{ActorId, LinkUseId, ProjectId};
use kiez_domain::instant::Instant;
use kiez_domain::issue::Problem;
use kiez_domain::language::LanguageTag;
use kiez_domain::policy::{Facts, Subject};
use kiez_domain::project::Project;
use kiez_domain::text::{Body, Line};
use kiez_store::conn::{Conn, Tx};
use std::collections::BTreeMap;

/// Hours for which a form that a link showed can be sent.
const FORM_HOURS: i64 = 24;
/// Characters of a message that fit.
const MESSAGE: usize = 2_000;

/// What an opened link leads to.
#[derive(Debug, Clone)]
pub struct Opened {
    /// The project it is of.
    pub project: Project,
    /// What it is good for.
    pub action: Action,
    /// What the form carries back, so that it acts once.
    pub form: String,
    /// Until when it is good.
    pub until: Instant,
    /// What it shows; nothing for one that is too old.
    pub page: Option<Box<LinkPage>>,
}

/// What a good link shows.
#[derive(Debug, Clone)]
pub struct LinkPage {
    /// The id of its actor, for the address of the public page.
    pub actor: ActorId,
    /// What is stored about the actor; a remark of coordinators is not in it.
    pub data: NewActor,
    /// Whether everybody sees it.
    pub published: bool,
    /// The first name of the human it was made for.
    pub first_name: Option<String>,
    /// Ways to reach the actor, and that human.
    pub channels: Vec<OwnChannel>,
    /// What was agreed to.
    pub consents: ConsentView,
    /// What it asks about.
    pub purposes: Vec<Purpose>,
    /// The address it confirms.
    pub address: Option<Line>,
}

/// A way to be reached, as its owner sees it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OwnChannel {
    /// The medium.
    pub medium: Medium,
    /// Number or address.
    pub value: Line,
    /// Who sees it.
    pub visibility: ChannelVisibility,
}

/// The form of a link as it was sent.
#[derive(Debug, Clone, Default, PartialEq, Eq, serde::Deserialize)]
#[serde(default)]
pub struct LinkForm {
    /// What the page had put there.
    pub form: String,
    /// The button: a word of [`Did`].
    pub did: String,
    /// The purpose of the button, on "my page".
    pub purpose: String,
    /// What somebody writes to the coordinators.
    pub words: String,
    /// Ticked by whoever objects.
    pub sure: String,
    /// Answers by the names of the purposes: `yes` or `no`.
    #[serde(flatten)]
    pub answers: BTreeMap<String, String>,
}

impl LinkForm {
    /// Under what it is remembered that it acted: another button of the same page is another form.
    fn once(&self) -> String {
        secret::hash(&format!("{} {} {}", self.form, self.did, self.purpose))
    }
}

/// What became of a form.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Outcome {
    /// It was done just now.
    Done(Did),
    /// It had been done before.
    Already,
}

/// A link that was found, with who holds it.
pub(super) struct Held {
    pub(super) project: ProjectId,
    pub(super) link: ActionLink,
    pub(super) caller: Caller,
}

/// Looks at a link; nothing changes.
///
/// # Errors
/// [`AppError::NotFound`] for one that was never made or was taken back.
pub async fn open(ctx: &Ctx, token: &str) -> Result<Opened, AppError> {
    let mut conn = ctx.db.read().await?;
    let held = find(ctx, &mut conn, token).await?;
    let project = kiez_store::project::find(&mut conn, held.project).await?.ok_or(AppError::NotFound)?;
    let page = match held.link.standing(ctx.now()) {
        LinkStanding::Good => Some(Box::new(page(ctx, &mut conn, &held).await?)),
        LinkStanding::Expired => None,
        LinkStanding::Revoked => return Err(AppError::NotFound),
    };
    let (action, until) = (held.link.action, held.link.expires_at);
    Ok(Opened { project, action, form: form_token(ctx, token)?, until, page })
}

/// Does what a form asks, once.
///
/// # Errors
/// Issues with what was sent; [`AppError::NotFound`] for a link that was never made or was taken back, and for what this
/// link is not good for.
pub async fn act(
    ctx: &Ctx,
    token: &str,
    form: &LinkForm,
    language: &LanguageTag,
) -> Result<Outcome, AppError> {
    let did: Did = form.did.parse().map_err(|problem| AppError::field("did", problem))?;
    if !is_form_of(ctx, token, &form.form) {
        return Err(AppError::field("form", Problem::NoFit));
    }
    let mut tx = ctx.db.write().await?;
    let held = find(ctx, &mut tx, token).await?;
    match (held.link.standing(ctx.now()), did) {
        // A fresh link is asked for elsewhere, where the answer is the same for every token.
        (LinkStanding::Good, did) if did != Did::AskedAgain => {}
        (LinkStanding::Expired, _) => return Err(AppError::field("form", Problem::NoFit)),
        _ => return Err(AppError::NotFound),
    }
    let words = if did == Did::Wrote { Some(message(&form.words)?) } else { None };
    let facts = Facts::of_object(held.project, Some(held.link.actor), false);
    let permit = held.caller.may("action_link", "use", facts)?;
    let used = LinkUse { id: ctx.id(LinkUseId::new)?, link: held.link.id, did, words, at: ctx.now() };
    if !kiez_store::action_link::spend(&mut tx, &permit, &used, &form.once()).await? {
        return Ok(Outcome::Already);
    }
    follow(ctx, &mut tx, &held, (did, form, language)).await?;
    tx.commit().await?;
    Ok(Outcome::Done(did))
}

async fn follow(
    ctx: &Ctx,
    tx: &mut Tx,
    held: &Held,
    (did, form, language): (Did, &LinkForm, &LanguageTag),
) -> Result<(), AppError> {
    let one = || -> Result<Vec<Purpose>, AppError> {
        let purpose = form.purpose.parse().map_err(|problem| AppError::field("purpose", problem))?;
        Ok(vec![purpose])
    };
    match (held.link.action, did) {
        (Action::MyPage, Did::Wrote) => Ok(()),
        (Action::MyPage, Did::Gave) => say(ctx, tx, held, (ConsentAct::Given, one()?, language)).await,
        (Action::MyPage, Did::Withdrew) => {
            say(ctx, tx, held, (ConsentAct::Withdrawn, one()?, language)).await
        }
        (Action::MyPage, Did::Objected) => object(ctx, tx, held, (form, language)).await,
        (Action::Consent, Did::Gave) => answer(ctx, tx, held, (form, language)).await,
        (Action::ConfirmMail, Did::Confirmed) => confirm(ctx, tx, held, language).await,
        _ => Err(AppError::NotFound),
    }
}

/// Yes and no to what the link asks about; what was not answered stays open.
async fn answer(
    ctx: &Ctx,
    tx: &mut Tx,
    held: &Held,
    (form, language): (&LinkForm, &LanguageTag),
) -> Result<(), AppError> {
    let said = |word: &str| -> Vec<Purpose> {
        let asked = held.link.purposes.iter().copied();
        asked.filter(|purpose| form.answers.get(purpose.name()).is_some_and(|said| said == word)).collect()
    };
    let (yes, no) = (said("yes"), said("no"));
    if yes.is_empty() && no.is_empty() {
        return Err(AppError::field("answers", Problem::Missing));
    }
    // Whoever had agreed before and says no now takes back; whoever had not, refuses.
    let mut withdrawn = Vec::new();
    for purpose in &no {
        let whose = (held.link.actor, held.link.person);
        if kiez_store::consent::stands(tx, held.project, whose, *purpose).await? {
            withdrawn.push(*purpose);
        }
    }
    let refused = no.into_iter().filter(|purpose| !withdrawn.contains(purpose)).collect();
    say(ctx, tx, held, (ConsentAct::Given, yes, language)).await?;
    say(ctx, tx, held, (ConsentAct::Withdrawn, withdrawn, language)).await?;
    say(ctx, tx, held, (ConsentAct::Refused, refused, language)).await
}

/// Notes what was said by the link, in the name of whom it was made for.
async fn say(
    ctx: &Ctx,
    tx: &mut Tx,
    held: &Held,
    (act, purposes, language): (ConsentAct, Vec<Purpose>, &LanguageTag),
) -> Result<(), AppError> {
    let said = said(held, act, (ConsentChannel::Link, language))?;
    let action = if act == ConsentAct::Given { "give" } else { "withdraw" };
    let facts = Facts::of_object(held.project, Some(held.link.actor), false);
    let permit = held.caller.may("consent", action, facts)?;
    let new = said.about(purposes, ctx.today()).of(held.link.person);
    consent::add(ctx, tx, &permit, (held.link.actor, &new)).await
}

fn said(
    held: &Held,
    act: ConsentAct,
    (channel, language): (ConsentChannel, &LanguageTag),
) -> Result<Said, AppError> {
    Ok(Said { act, channel, said_by: consent::name_of(&held.caller)?, language: language.clone() })
}

/// The address is the own one; what the link asks about is agreed to with that (double opt-in).
async fn confirm(ctx: &Ctx, tx: &mut Tx, held: &Held, language: &LanguageTag) -> Result<(), AppError> {
    let facts = Facts::of_object(held.project, Some(held.link.actor), false);
    let permit = held.caller.may("contact_channel", "confirm", facts)?;
    let channel = held.link.channel.ok_or(AppError::NotFound)?;
    let whose = (held.link.actor, channel);
    kiez_store::contact_channel::confirm(tx, &permit, whose, ctx.now()).await?;
    let given = held.caller.may("consent", "give", facts)?;
    let said = said(held, ConsentAct::Given, (ConsentChannel::Web, language))?;
    let new = said.about(held.link.purposes.clone(), ctx.today()).of(held.link.person);
    consent::add(ctx, tx, &given, (held.link.actor, &new)).await
}

async fn object(
    ctx: &Ctx,
    tx: &mut Tx,
    held: &Held,
    (form, language): (&LinkForm, &LanguageTag),
) -> Result<(), AppError> {
    if form.sure.is_empty() {
        return Err(AppError::field("sure", Problem::Missing));
    }
    let facts = Facts::of_object(held.project, Some(held.link.actor), false);
    let permit = held.caller.may("consent", "withdraw", facts)?;
    objection::note(ctx, &held.caller, tx, (held.project, held.link.actor)).await?;
    let said = said(held, ConsentAct::Withdrawn, (ConsentChannel::Link, language))?;
    consent::end_all(ctx, tx, &permit, (held.link.actor, &said)).await
}

/// The link behind a token, and who holds it: somebody with rights about this one actor and nothing else.
async fn find(ctx: &Ctx, conn: &mut Conn, token: &str) -> Result<Held, AppError> {
    find_by_hash(ctx, conn, &secret::hash(token)).await
}

/// The same by what is stored of its token.
pub(super) async fn find_by_hash(ctx: &Ctx, conn: &mut Conn, hash: &str) -> Result<Held, AppError> {
    let found = kiez_store::action_link::find_by_hash(conn, hash).await?;
    let (project, link) = found.ok_or(AppError::NotFound)?;
    if link.standing(ctx.now()) == LinkStanding::Revoked {
        return Err(AppError::NotFound);
    }
    let actor = kiez_store::actor::find(conn, project, link.actor).await?.ok_or(AppError::NotFound)?;
    let persons = kiez_store::person::list_by_actor(conn, project, link.actor).await?;
    let person = persons.into_iter().find(|person| Some(person.id) == link.person);
    let name = person.map_or_else(|| actor.data.name.to_string(), |person| person.name.to_string());
    let caller = Caller::with(vec![Subject::link_holder(project, link.actor)], name);
    Ok(Held { project, link, caller })
}

async fn page(ctx: &Ctx, conn: &mut Conn, held: &Held) -> Result<LinkPage, AppError> {
    let id = held.link.actor;
    let facts = Facts::of_object(held.project, Some(id), false);
    held.caller.may("actor", "read", facts)?;
    held.caller.may("contact_channel", "list", facts)?;
    let actor = kiez_store::actor::find(conn, held.project, id).await?.ok_or(AppError::NotFound)?;
    let channels = kiez_store::contact_channel::list_by_actor(conn, held.project, id).await?;
    let address = channels.iter().find(|channel| Some(channel.id) == held.link.channel);
    let address = address.map(|channel| channel.value.clone());
    let own = |channel: &ContactChannel| channel.person.is_none() || channel.person == held.link.person;
    let shown = |channel: ContactChannel| OwnChannel {
        medium: channel.medium,
        value: channel.value,
        visibility: channel.visibility,
    };
    Ok(LinkPage {
        actor: id,
        published: actor.published,
        data: NewActor { note: None, ..actor.data },
        first_name: held.link.person.and_then(|_| first_name(&held.caller.name)),
        channels: channels.into_iter().filter(own).map(shown).collect(),
        consents: consent::view(ctx, &held.caller, held.project, id).await?,
        purposes: held.link.purposes.clone(),
        address,
    })
}

fn first_name(name: &str) -> Option<String> {
    let mut words = name.split_whitespace().filter(|word| !word.ends_with('.'));
    words.next().map(str::to_owned)
}

fn message(words: &str) -> Result<Body, AppError> {
    let words: Body = words.parse().map_err(|problem| AppError::field("words", problem))?;
    let length = words.as_str().chars().count();
    if length > MESSAGE {
        return Err(AppError::field("words", Problem::TooLong { length, limit: MESSAGE }));
    }
    Ok(words)
}

/// What a form carries: a number that is used once, and a sign that the page of this link made it. Nothing is stored
/// before it is sent.
fn form_token(ctx: &Ctx, token: &str) -> Result<String, AppError> {
    let fresh = format!("{}.{}", ctx.now().0, ctx.random.token()?);
    Ok(format!("{fresh}.{}", secret::keyed_hash(token, fresh.as_bytes())))
}

fn is_form_of(ctx: &Ctx, token: &str, form: &str) -> bool {
    let Some((fresh, sign)) = form.rsplit_once('.') else { return false };
    let made = fresh.split('.').next().and_then(|made| made.parse::<i64>().ok());
    let is_young = made.is_some_and(|made| {
        let made = Instant(made);
        made <= ctx.now() && ctx.now() < made.plus_minutes(FORM_HOURS * 60)
    });
    is_young && secret::keyed_hash(token, fresh.as_bytes()) == sign
}
