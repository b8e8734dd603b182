//! Who belongs to a project: invited, helped back in, let go.

use crate::caller::Caller;
use crate::ctx::Ctx;
use crate::error::AppError;
use crate::message::{self, Letter};
use crate::user::{self, NewUser};
use kiez_domain::access::COORDINATOR_WAITS_DAYS;
use kiez_domain::id::{ActorId, ProjectId, UserId};
use kiez_domain::instant::Instant;
use kiez_domain::policy::{Facts, Permit, Role};
use kiez_domain::text::Name;
use kiez_store::conn::{Conn, Tx};
use kiez_store::link::Purpose;
use kiez_store::user::{Membership, UserRow, Waiting};
use kiez_store::{credential, passkey};

/// A member as the list shows them.
#[derive(Debug, Clone)]
pub struct Member {
    /// Whose account.
    pub user: UserId,
    /// The name.
    pub name: String,
    /// There is an address to write to.
    pub has_address: bool,
    /// As what.
    pub role: Role,
    /// For whom, and what that is called.
    pub actor: Option<(ActorId, String)>,
    /// Has set up a password.
    pub has_password: bool,
    /// Has set up an app that makes codes.
    pub has_codes: bool,
    /// So many passkeys.
    pub passkeys: u64,
    /// The caller may make links for this person, and end the membership.
    pub is_manageable: bool,
    /// Has no rights before this moment, unless somebody agrees.
    pub waits_until: Option<Instant>,
    /// The caller may agree.
    pub may_confirm: bool,
}

/// Somebody who was just invited.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Invited {
    /// Whose account.
    pub user: UserId,
    /// The secret of a link that signs in once, to be handed over.
    pub token: String,
}

/// Everybody who belongs to a project.
///
/// # Errors
/// [`AppError::NotFound`] unless the caller coordinates it.
pub async fn list(ctx: &Ctx, caller: &Caller, project: ProjectId) -> Result<Vec<Member>, AppError> {
    caller.may("member", "list", Facts::of_project(project))?;
    let mut conn = ctx.db.read().await?;
    let mut members = Vec::new();
    for row in kiez_store::user::list_by_project(&mut conn, project).await? {
        members.push(member(&mut conn, (project, row), (caller, ctx.now())).await?);
    }
    Ok(members)
}

async fn member(
    conn: &mut Conn,
    (project, row): (ProjectId, UserRow),
    (caller, now): (&Caller, Instant),
) -> Result<Member, AppError> {
    let is_manageable = is_manageable(conn, (project, &row), now).await?;
    let membership = row.memberships.first();
    let waiting = membership.filter(|membership| membership.waits(now)).and_then(|found| found.waiting);
    let actor = match membership.and_then(|membership| membership.actor) {
        Some(id) => {
            kiez_store::actor::find(conn, project, id).await?.map(|actor| (id, actor.data.name.to_string()))
        }
        None => None,
    };
    let known = credential::get(conn, row.id).await?;
    let passkeys = passkey::list_by_user(conn, row.id).await?.len();
    Ok(Member {
        user: row.id,
        role: membership.map_or(Role::Anyone, |membership| membership.role),
        has_address: row.email.is_some(),
        name: row.name,
        actor,
        has_password: known.password_hash.is_some(),
        has_codes: known.totp_secret.is_some(),
        passkeys: u64::try_from(passkeys).unwrap_or(u64::MAX),
        is_manageable,
        waits_until: waiting.map(|waiting| waiting.until),
        may_confirm: waiting.is_some_and(|waiting| !is_own(caller, waiting)),
    })
}

/// Invites somebody: an account, a membership, and the secret of a link that signs in once.
///
/// # Errors
/// Issues of the fields.
pub async fn invite(ctx: &Ctx, caller: &Caller, new: NewUser) -> Result<Invited, AppError> {
    let project = new.project.ok_or(AppError::NotFound)?;
    let user = user::add(ctx, caller, new).await?;
    Ok(Invited { user, token: link(ctx, caller, (project, user)).await? })
}

/// Sends a member a link by mail; it is another one than those that are shown. Gives whether one was queued now: not where
/// there is no address, and not a second time within a quarter of an hour.
///
/// # Errors
/// [`AppError::NotFound`] for people whose rights are not less than the caller's.
pub async fn mail_link(
    ctx: &Ctx,
    caller: &Caller,
    (project, user): (ProjectId, UserId),
) -> Result<bool, AppError> {
    let permit = caller.may("sign_in_link", "create", Facts::of_project(project))?;
    demand_manageable(ctx, project, user).await?;
    let mut tx = ctx.db.write().await?;
    let queued = message::queue(ctx, &mut tx, &permit, Letter::invitation(ctx, Some(project), user)).await?;
    tx.commit().await?;
    Ok(queued)
}

/// A fresh link for a member to come in; a second factor that is set up is asked for.
///
/// # Errors
/// [`AppError::NotFound`] for people whose rights are not less than the caller's.
pub async fn link(ctx: &Ctx, caller: &Caller, of: (ProjectId, UserId)) -> Result<String, AppError> {
    make_link(ctx, caller, of, Purpose::SignIn).await
}

/// A link for a member who has lost everything else: no other factor is asked for.
///
/// # Errors
/// [`AppError::NotFound`] for people whose rights are not less than the caller's.
pub async fn recovery_link(ctx: &Ctx, caller: &Caller, of: (ProjectId, UserId)) -> Result<String, AppError> {
    make_link(ctx, caller, of, Purpose::Recovery).await
}

async fn make_link(
    ctx: &Ctx,
    caller: &Caller,
    (project, user): (ProjectId, UserId),
    purpose: Purpose,
) -> Result<String, AppError> {
    let permit = caller.may("sign_in_link", "create", Facts::of_project(project))?;
    demand_manageable(ctx, project, user).await?;
    user::make_link(ctx, &permit, user, purpose).await
}

/// Ends a membership; the person's sessions end with it.
///
/// # Errors
/// [`AppError::NotFound`] for people whose rights are not less than the caller's.
pub async fn remove(
    ctx: &Ctx,
    caller: &Caller,
    (project, user): (ProjectId, UserId),
) -> Result<(), AppError> {
    let permit = caller.may("member", "remove", Facts::of_project(project))?;
    demand_manageable(ctx, project, user).await?;
    let mut tx = ctx.db.write().await?;
    kiez_store::user::remove_membership(&mut tx, &permit, (project, user), ctx.now()).await?;
    Ok(tx.commit().await?)
}

async fn demand_manageable(ctx: &Ctx, project: ProjectId, user: UserId) -> Result<(), AppError> {
    let mut conn = ctx.db.read().await?;
    let row = kiez_store::user::find(&mut conn, user).await?.ok_or(AppError::NotFound)?;
    if is_manageable(&mut conn, (project, &row), ctx.now()).await? { Ok(()) } else { Err(AppError::NotFound) }
}

/// How long somebody waits whom this caller gives this role: a coordinator named by another one a day, so that nobody makes
/// an accomplice unseen; everybody else not at all.
pub(crate) fn waiting(ctx: &Ctx, permit: &Permit, role: Role) -> Option<Waiting> {
    let is_equal = permit.subject().role == Role::Coordinator && role == Role::Coordinator;
    let until = ctx.now().plus_days(COORDINATOR_WAITS_DAYS);
    is_equal.then(|| Waiting { until, asked_by: permit.subject().user })
}

/// Tells everybody who has rights in a project that somebody will coordinate it.
pub(crate) async fn announce(
    ctx: &Ctx,
    tx: &mut Tx,
    permit: &Permit,
    (project, user, name): (ProjectId, UserId, &Name),
) -> Result<(), AppError> {
    let now = ctx.now();
    for member in kiez_store::user::list_by_project(tx, project).await? {
        if !member.memberships.iter().any(|membership| membership.waits(now)) {
            let letter = Letter::coordinator_named(project, member.id, (user, name));
            message::queue(ctx, tx, permit, letter).await?;
        }
    }
    Ok(())
}

/// Somebody else agrees: who was named coordinates from now on.
///
/// # Errors
/// [`AppError::NotFound`] when nobody waits, or for whoever has named them.
pub async fn confirm(
    ctx: &Ctx,
    caller: &Caller,
    (project, user): (ProjectId, UserId),
) -> Result<(), AppError> {
    let permit = caller.may("member", "confirm", Facts::of_project(project))?;
    let mut tx = ctx.db.write().await?;
    let memberships = kiez_store::user::memberships(&mut tx, user).await?;
    let named = memberships.iter().find(|membership| membership.project == project);
    let waiting = named.and_then(|membership| membership.waiting).ok_or(AppError::NotFound)?;
    if is_own(caller, waiting) {
        return Err(AppError::NotFound);
    }
    kiez_store::user::confirm_membership(&mut tx, &permit, (project, user), ctx.now()).await?;
    Ok(tx.commit().await?)
}

/// Whether this caller has asked for it: somebody else has to agree then.
fn is_own(caller: &Caller, waiting: Waiting) -> bool {
    waiting.asked_by.is_some_and(|by| caller.is(by))
}

/// Whoever makes a link for somebody can sign in as that person. So it is for people who may do nothing but something
/// less, and in this project alone: coordinators are helped by whoever runs the program.
/// Who has no rights yet counts as less.
async fn is_manageable(
    conn: &mut Conn,
    (project, row): (ProjectId, &UserRow),
    now: Instant,
) -> Result<bool, AppError> {
    let memberships = kiez_store::user::memberships(conn, row.id).await?;
    let is_less = |membership: &Membership| {
        membership.project == project && (membership.role != Role::Coordinator || membership.waits(now))
    };
    Ok(!row.removed && !row.operator && !memberships.is_empty() && memberships.iter().all(is_less))
}

/// Roles that a coordinator gives; one that is as much as their own after a day, or when somebody else agrees.
#[must_use]
pub const fn may_invite(role: Role) -> bool {
    matches!(role, Role::Institution | Role::Business | Role::Funder | Role::Coordinator)
}
