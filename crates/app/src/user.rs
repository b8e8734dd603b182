//! People who can sign in, and what they belong to.

use crate::caller::Caller;
use crate::ctx::Ctx;
use crate::error::AppError;
use crate::message::delivery::house;
use crate::message::{self, Letter};
use crate::secret;
use kiez_domain::id::{ActorId, LinkId, ProjectId, UserId};
use kiez_domain::instant::Instant;
use kiez_domain::issue::{Expected, Problem};
use kiez_domain::language::LanguageTag;
use kiez_domain::message::MessageKind;
use kiez_domain::policy::{Facts, Permit, Role};
use kiez_domain::text::{Line, Name};
use kiez_store::audit_key::AuditKey;
use kiez_store::conn::Tx;
use kiez_store::error::StoreError;
use kiez_store::link::{NewLink, Purpose};
use kiez_store::message::Message;
use kiez_store::user::{NewMembership, UserRow};

/// How long a sign-in link is good for, in days: a first link travels by hand.
const LINK_DAYS: i64 = 7;
/// A link that asks for no other factor is used soon or not at all.
const RECOVERY_DAYS: i64 = 1;
/// Whoever asked for a link is waiting for it.
const ASKED_MINUTES: i64 = 60;

/// Somebody to add.
#[derive(Debug, Clone)]
pub struct NewUser {
    /// Name shown in the program.
    pub name: String,
    /// Mail address; optional.
    pub email: String,
    /// Role: coordinator, institution, funder or operator.
    pub role: Role,
    /// The project; none for an operator.
    pub project: Option<ProjectId>,
    /// The institution a member speaks for.
    pub actor: Option<ActorId>,
    /// In which language to write to this person, where that is known.
    pub language: Option<LanguageTag>,
}

/// Adds a user with one membership.
///
/// # Errors
/// Issues of name and address; an institution's member without an institution.
pub async fn add(ctx: &Ctx, caller: &Caller, new: NewUser) -> Result<UserId, AppError> {
    let permit = caller.may("member", "create", member_facts(new.project))?;
    let name: Name = new.name.parse().map_err(|problem| AppError::field("name", problem))?;
    let email: Option<Line> = match new.email.trim() {
        "" => None,
        email => Some(crate::account::address(email)?),
    };
    check_role(&new)?;
    if permit.subject().role == Role::Coordinator && !crate::member::may_invite(new.role) {
        return Err(AppError::NotFound);
    }
    let waiting = crate::member::waiting(ctx, &permit, new.role);
    let (id, key) = (ctx.id(UserId::new)?, AuditKey::new(ctx.random.bytes()?));
    let mut tx = ctx.db.write().await?;
    let who = (&name, email.as_ref(), new.role == Role::Operator, &key);
    let created = kiez_store::user::create(&mut tx, &permit, id, who, ctx.now()).await;
    created.map_err(|error| taken(error, &new.email))?;
    if let Some(language) = &new.language {
        kiez_store::user::set_language(&mut tx, &permit, (id, language)).await?;
    }
    if let Some(project) = new.project {
        let membership = NewMembership { project, user: id, role: new.role, actor: new.actor, waiting };
        let added = kiez_store::user::add_membership(&mut tx, &permit, membership, ctx.now()).await;
        added.map_err(|error| nobody(error, new.actor))?;
        if waiting.is_some() {
            crate::member::announce(ctx, &mut tx, &permit, (project, id, &name)).await?;
        }
    }
    tx.commit().await?;
    Ok(id)
}

/// Every user with memberships.
///
/// # Errors
/// [`AppError::NotFound`] unless the caller runs the installation.
pub async fn list(ctx: &Ctx, caller: &Caller) -> Result<Vec<UserRow>, AppError> {
    caller.may("member", "list", Facts::INSTALLATION)?;
    Ok(kiez_store::user::list(&mut ctx.db.read().await?).await?)
}

/// Makes a single-use sign-in link and returns its secret; only the hash is stored.
///
/// # Errors
/// [`AppError::NotFound`] when there is no such user.
pub async fn link(ctx: &Ctx, caller: &Caller, user: UserId) -> Result<String, AppError> {
    let permit = caller.may("sign_in_link", "create", Facts::INSTALLATION)?;
    make_link(ctx, &permit, user, Purpose::SignIn).await
}

/// Makes a link for somebody who has lost everything else: it does not ask for the factors that were set up.
///
/// # Errors
/// [`AppError::NotFound`] when there is no such user.
pub async fn recovery_link(ctx: &Ctx, caller: &Caller, user: UserId) -> Result<String, AppError> {
    let permit = caller.may("sign_in_link", "create", Facts::INSTALLATION)?;
    make_link(ctx, &permit, user, Purpose::Recovery).await
}

/// Sends somebody a link by mail; gives whether one was queued now: not where there is no address, and not a second time within
/// a quarter of an hour.
///
/// # Errors
/// [`AppError::NotFound`] unless the caller runs the installation.
pub async fn mail_link(ctx: &Ctx, caller: &Caller, user: UserId) -> Result<bool, AppError> {
    let permit = caller.may("sign_in_link", "create", Facts::INSTALLATION)?;
    let mut tx = ctx.db.write().await?;
    let queued = message::queue(ctx, &mut tx, &permit, Letter::invitation(ctx, None, user)).await?;
    tx.commit().await?;
    Ok(queued)
}

pub(crate) async fn make_link(
    ctx: &Ctx,
    permit: &Permit,
    user: UserId,
    purpose: Purpose,
) -> Result<String, AppError> {
    let days = if purpose == Purpose::Recovery { RECOVERY_DAYS } else { LINK_DAYS };
    let mut tx = ctx.db.write().await?;
    let found = kiez_store::user::find(&mut tx, user).await?;
    if found.is_none_or(|user| user.removed) {
        return Err(AppError::field("user", Problem::Unknown { what: user.to_string() }));
    }
    let token = new_link(ctx, &mut tx, permit, (user, purpose, ctx.now().plus_days(days))).await?;
    tx.commit().await?;
    Ok(token)
}

/// The link of a letter that leaves now. It is one factor, as every link that travels by mail: a mailbox is not enough where
/// two are wanted.
pub(crate) async fn link_for_mail(ctx: &Ctx, tx: &mut Tx, letter: &Message) -> Result<String, AppError> {
    let permit = house().may("sign_in_link", "create", Facts::INSTALLATION)?;
    let now = ctx.now();
    let until = match letter.ground.kind() {
        MessageKind::SignInLink => now.plus_minutes(ASKED_MINUTES),
        _ => now.plus_days(LINK_DAYS),
    };
    let to = letter.to.account().ok_or(AppError::NotFound)?;
    new_link(ctx, tx, &permit, (to, Purpose::SignIn, until)).await
}

async fn new_link(
    ctx: &Ctx,
    tx: &mut Tx,
    permit: &Permit,
    (user, purpose, expires_at): (UserId, Purpose, Instant),
) -> Result<String, AppError> {
    let token = ctx.random.token()?;
    let new = NewLink { id: ctx.id(LinkId::new)?, user, hash: secret::hash(&token), purpose, expires_at };
    kiez_store::link::create(tx, permit, &new, ctx.now()).await?;
    Ok(token)
}

/// Removes a user: every session and link ends at once.
///
/// # Errors
/// [`AppError::NotFound`] when there is no such user.
pub async fn revoke(ctx: &Ctx, caller: &Caller, user: UserId) -> Result<(), AppError> {
    let permit = caller.may("member", "remove", Facts::INSTALLATION)?;
    let mut tx = ctx.db.write().await?;
    kiez_store::user::remove(&mut tx, &permit, user, ctx.now()).await?;
    tx.commit().await?;
    Ok(())
}

/// An address belongs to one person.
fn taken(error: StoreError, email: &str) -> AppError {
    match error {
        StoreError::Conflict { constraint } if constraint == "user_account_email_key" => {
            AppError::field("email", Problem::Taken { what: email.to_owned() })
        }
        other => other.into(),
    }
}

/// A member speaks for an actor of the same project.
fn nobody(error: StoreError, actor: Option<ActorId>) -> AppError {
    match (error, actor) {
        (StoreError::MissingReference, Some(actor)) => {
            AppError::field("actor", Problem::Unknown { what: actor.to_string() })
        }
        (other, _) => other.into(),
    }
}

fn member_facts(project: Option<ProjectId>) -> Facts {
    project.map_or(Facts::INSTALLATION, Facts::of_project)
}

fn check_role(new: &NewUser) -> Result<(), AppError> {
    let missing = |field| Err(AppError::field(field, Problem::Missing));
    match new.role {
        Role::Operator => Ok(()),
        _ if new.project.is_none() => missing("project"),
        Role::Institution | Role::Business if new.actor.is_none() => missing("actor"),
        Role::Anyone | Role::LinkHolder => {
            let words = "coordinator, institution, business, funder or operator";
            let expected = Expected::OneOf { words };
            Err(AppError::field("role", Problem::unreadable(new.role.name(), expected)))
        }
        _ => Ok(()),
    }
}
