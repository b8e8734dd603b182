//! Who belongs to a project: invited, helped back in, let go.

use crate::caller::Caller;
use crate::ctx::Ctx;
use crate::error::AppError;
use crate::message::{self, Letter};
use crate::user::{self, NewUser};
use kiez_domain::id::{ActorId, ProjectId, UserId};
use kiez_domain::policy::{Facts, Role};
use kiez_store::conn::Conn;
use kiez_store::link::Purpose;
use kiez_store::user::{Membership, UserRow};
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
        members.push(member(&mut conn, project, row).await?);
    }
    Ok(members)
}

async fn member(conn: &mut Conn, project: ProjectId, row: UserRow) -> Result<Member, AppError> {
    let is_manageable = is_manageable(conn, project, &row).await?;
    let membership = row.memberships.first();
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
    if is_manageable(&mut conn, project, &row).await? { Ok(()) } else { Err(AppError::NotFound) }
}

/// Whoever makes a link for somebody can sign in as that person. So it is for people who may do nothing but something
/// less, and in this project alone: coordinators are helped by whoever runs the program.
async fn is_manageable(conn: &mut Conn, project: ProjectId, row: &UserRow) -> Result<bool, AppError> {
    let memberships = kiez_store::user::memberships(conn, row.id).await?;
    let is_less = |membership: &Membership| membership.project == project && may_invite(membership.role);
    Ok(!row.removed && !row.operator && !memberships.is_empty() && memberships.iter().all(is_less))
}

/// Roles that a coordinator gives.
#[must_use]
pub const fn may_invite(role: Role) -> bool {
    matches!(role, Role::Institution | Role::Business | Role::Funder)
}
