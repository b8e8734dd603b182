//! Accounts and memberships.

use crate::audit_key::{self, AuditKey};
use crate::conn::{Change, Conn, Tx, demand_any};
use crate::error::StoreError;
use crate::row::Row;
use crate::statement::statements;
use crate::value::{at, bool, opt_int, opt_text, text};
use kiez_domain::id::{ActorId, ProjectId, UserId};
use kiez_domain::instant::Instant;
use kiez_domain::language::LanguageTag;
use kiez_domain::policy::{Permit, Role};
use kiez_domain::text::{Line, Name};
use std::collections::BTreeMap;

statements! {
    table "user_account";
    CREATE = "insert into user_account (id, name, email, operator, created_at) values ($1, $2, $3, $4, $5)";
    FIND = "select id, name, email, operator, language, removed_at from user_account where id = $1";
    FIND_BY_EMAIL = "select id, name, email, operator, language, removed_at from user_account where email = $1";
    LIST = "select id, name, email, operator, language, removed_at from user_account order by created_at, id";
    OF_PROJECT = "select user_account.id, name, email, operator, language, user_account.removed_at, membership.role, membership.actor_id, membership.waits_until, membership.asked_by from membership
join user_account on user_account.id = membership.user_id
where membership.project_id = $1 and membership.removed_at is null and user_account.removed_at is null
order by user_account.created_at, user_account.id";
    SET_LANGUAGE = "update user_account set language = $2 where id = $1 and removed_at is null";
    SET_EMAIL = "update user_account set email = $2 where id = $1 and removed_at is null";
    REMOVE = "update user_account set removed_at = $2 where id = $1 and removed_at is null";
    REVOKE_SESSIONS = "update session set revoked_at = $2 where user_id = $1 and revoked_at is null";
    END_MEMBERSHIPS = "update membership set removed_at = $2 where user_id = $1 and removed_at is null";
    ADD_MEMBERSHIP = "insert into membership (project_id, user_id, role, actor_id, waits_until, asked_by, created_at)
values ($1, $2, $3, $4, $5, $6, $7) on conflict (project_id, user_id) do update set role = excluded.role,
actor_id = excluded.actor_id, waits_until = excluded.waits_until, asked_by = excluded.asked_by, removed_at = null";
    CONFIRM_MEMBERSHIP = "update membership set waits_until = null
where project_id = $1 and user_id = $2 and removed_at is null and waits_until > $3";
    REMOVE_MEMBERSHIP = "update membership set removed_at = $3 where project_id = $1 and user_id = $2 and removed_at is null";
    MEMBERSHIPS = "select project_id, user_id, role, actor_id, waits_until, asked_by from membership
where user_id = $1 and removed_at is null order by project_id";
    ALL_MEMBERSHIPS = "select project_id, user_id, role, actor_id, waits_until, asked_by from membership where removed_at is null
order by user_id, project_id";
}

/// An account with its memberships.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct UserRow {
    /// Its id.
    pub id: UserId,
    /// Name shown in the program.
    pub name: String,
    /// Mail address, when there is one.
    pub email: Option<Line>,
    /// Whether this person runs the installation.
    pub operator: bool,
    /// In which language to write to this person, when that is known.
    pub language: Option<LanguageTag>,
    /// Whether the account has been removed.
    pub removed: bool,
    /// What the person is in which project; filled by the lists alone.
    pub memberships: Vec<Membership>,
}

/// What somebody is in a project.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Membership {
    /// The project.
    pub project: ProjectId,
    /// Who.
    pub user: UserId,
    /// As what.
    pub role: Role,
    /// The institution or business the person speaks for.
    pub actor: Option<ActorId>,
    /// As long as nobody else has agreed; none for whoever had the rights from the beginning.
    pub waiting: Option<Waiting>,
}

/// A membership that has no rights yet.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Waiting {
    /// Until then, whatever happens.
    pub until: Instant,
    /// Who asked for it; none for an account that is erased.
    pub asked_by: Option<UserId>,
}

impl Membership {
    /// Whether it gives no rights at this moment.
    #[must_use]
    pub fn waits(&self, now: Instant) -> bool {
        self.waiting.is_some_and(|waiting| waiting.until > now)
    }
}

/// A membership to add.
pub type NewMembership = Membership;

/// Stores a new account: name, mail address, whether it runs the installation, the key under which the trail names it.
///
/// # Errors
/// `Conflict { constraint: "user_account_email_key" }` when the address is taken.
pub async fn create(
    tx: &mut Tx,
    permit: &Permit,
    id: UserId,
    (name, email, operator, key): (&Name, Option<&Line>, bool, &AuditKey),
    now: Instant,
) -> Result<(), StoreError> {
    demand_any(permit, "member", &["create"])?;
    let email = email.map(|email| email.as_str().to_lowercase());
    tx.run(&CREATE, vec![text(&id), text(name), opt_text(email.as_ref()), bool(operator), at(now)]).await?;
    audit_key::create(tx, id, key, now).await?;
    tx.record(permit, "user_account", &id, (Change::Created, now));
    Ok(())
}

/// The account with this id, without its memberships.
///
/// # Errors
/// When the database fails.
pub async fn find(conn: &mut Conn, id: UserId) -> Result<Option<UserRow>, StoreError> {
    conn.first(&FIND, vec![text(&id)]).await?.map(|row| user(&row)).transpose()
}

/// The account with this mail address, without its memberships.
///
/// # Errors
/// When the database fails.
pub async fn find_by_email(conn: &mut Conn, email: &Line) -> Result<Option<UserRow>, StoreError> {
    let email = email.as_str().to_lowercase();
    conn.first(&FIND_BY_EMAIL, vec![text(&email)]).await?.map(|row| user(&row)).transpose()
}

/// Every account with its memberships, oldest first.
///
/// # Errors
/// When the database fails.
pub async fn list(conn: &mut Conn) -> Result<Vec<UserRow>, StoreError> {
    let mut memberships: BTreeMap<UserId, Vec<Membership>> = BTreeMap::new();
    for row in conn.all(&ALL_MEMBERSHIPS, vec![]).await? {
        let membership = membership(&row)?;
        memberships.entry(membership.user).or_default().push(membership);
    }
    let mut users = Vec::new();
    for row in conn.all(&LIST, vec![]).await? {
        let mut user = user(&row)?;
        user.memberships = memberships.remove(&user.id).unwrap_or_default();
        users.push(user);
    }
    Ok(users)
}

/// Everybody who belongs to a project, with what the person is in it; longest there first.
///
/// # Errors
/// When the database fails.
pub async fn list_by_project(conn: &mut Conn, project: ProjectId) -> Result<Vec<UserRow>, StoreError> {
    let rows = conn.all(&OF_PROJECT, vec![text(&project)]).await?;
    let member = |row: &Row| {
        let mut found = user(row)?;
        let (role, actor) = (row.parse("role")?, row.opt_parse("actor_id")?);
        found.memberships.push(Membership { project, user: found.id, role, actor, waiting: waiting(row)? });
        Ok(found)
    };
    rows.iter().map(member).collect()
}

/// Gives somebody a mail address to sign in with.
///
/// # Errors
/// `Conflict { constraint: "user_account_email_key" }` when the address is taken; [`StoreError::NotFound`] when
/// there is nobody.
pub async fn set_email(
    tx: &mut Tx,
    permit: &Permit,
    (id, email): (UserId, &Line),
    now: Instant,
) -> Result<(), StoreError> {
    demand_any(permit, "account", &["update"])?;
    if tx.run(&SET_EMAIL, vec![text(&id), text(&email.as_str().to_lowercase())]).await? == 0 {
        return Err(StoreError::NotFound);
    }
    tx.record(permit, "user_account", &id, (Change::Updated, now));
    Ok(())
}

/// Notes in which language somebody is written to; it is no news to anybody.
///
/// # Errors
/// When the database fails.
pub async fn set_language(
    tx: &mut Tx,
    permit: &Permit,
    (id, language): (UserId, &LanguageTag),
) -> Result<(), StoreError> {
    if !permit.covers("session", "create") {
        demand_any(permit, "member", &["create"])?;
    }
    tx.run(&SET_LANGUAGE, vec![text(&id), text(language)]).await.map(drop)
}

/// Removes an account: its sessions and memberships end at once, its name stays for the history.
///
/// # Errors
/// [`StoreError::NotFound`] when there is none or it has been removed already.
pub async fn remove(tx: &mut Tx, permit: &Permit, id: UserId, now: Instant) -> Result<(), StoreError> {
    demand_any(permit, "member", &["remove"])?;
    if tx.run(&REMOVE, vec![text(&id), at(now)]).await? == 0 {
        return Err(StoreError::NotFound);
    }
    tx.run(&REVOKE_SESSIONS, vec![text(&id), at(now)]).await?;
    tx.run(&END_MEMBERSHIPS, vec![text(&id), at(now)]).await?;
    tx.record(permit, "user_account", &id, (Change::Removed, now));
    Ok(())
}

/// Makes somebody a member, or changes what the person is; sessions with the rights from before end.
///
/// # Errors
/// [`StoreError::WrongPermit`] when the permit is for another project; [`StoreError::MissingReference`] when the
/// actor is not of the project.
pub async fn add_membership(
    tx: &mut Tx,
    permit: &Permit,
    new: NewMembership,
    now: Instant,
) -> Result<(), StoreError> {
    demand_member(permit, "create", new.project)?;
    let asked_by = new.waiting.and_then(|waiting| waiting.asked_by);
    let values = vec![
        text(&new.project),
        text(&new.user),
        text(&new.role),
        opt_text(new.actor.as_ref()),
        opt_int(new.waiting.map(|waiting| waiting.until.0)),
        opt_text(asked_by.as_ref()),
        at(now),
    ];
    tx.run(&ADD_MEMBERSHIP, values).await?;
    // Other rights, another session: what was opened with the old ones ends.
    tx.run(&REVOKE_SESSIONS, vec![text(&new.user), at(now)]).await?;
    tx.record(permit, "membership", &new.user, (Change::Created, now));
    Ok(())
}

/// A membership waits no longer; what was opened without its rights ends.
///
/// # Errors
/// [`StoreError::NotFound`] when there is none that waits.
pub async fn confirm_membership(
    tx: &mut Tx,
    permit: &Permit,
    (project, user): (ProjectId, UserId),
    now: Instant,
) -> Result<(), StoreError> {
    demand_member(permit, "confirm", project)?;
    if tx.run(&CONFIRM_MEMBERSHIP, vec![text(&project), text(&user), at(now)]).await? == 0 {
        return Err(StoreError::NotFound);
    }
    tx.run(&REVOKE_SESSIONS, vec![text(&user), at(now)]).await?;
    tx.record(permit, "membership", &user, (Change::Updated, now));
    Ok(())
}

/// Ends a membership.
///
/// # Errors
/// [`StoreError::NotFound`] when there is none.
pub async fn remove_membership(
    tx: &mut Tx,
    permit: &Permit,
    (project, user): (ProjectId, UserId),
    now: Instant,
) -> Result<(), StoreError> {
    demand_member(permit, "remove", project)?;
    if tx.run(&REMOVE_MEMBERSHIP, vec![text(&project), text(&user), at(now)]).await? == 0 {
        return Err(StoreError::NotFound);
    }
    tx.run(&REVOKE_SESSIONS, vec![text(&user), at(now)]).await?;
    tx.record(permit, "membership", &user, (Change::Removed, now));
    Ok(())
}

/// The memberships of an account that have not ended.
///
/// # Errors
/// When the database fails.
pub async fn memberships(conn: &mut Conn, user: UserId) -> Result<Vec<Membership>, StoreError> {
    conn.all(&MEMBERSHIPS, vec![text(&user)]).await?.iter().map(membership).collect()
}

/// An operator's permit is for every project, a coordinator's for the own one.
fn demand_member(permit: &Permit, action: &'static str, project: ProjectId) -> Result<(), StoreError> {
    demand_any(permit, "member", &[action])?;
    if permit.project().is_none_or(|permitted| permitted == project) {
        return Ok(());
    }
    Err(StoreError::WrongPermit {
        given: format!("{action} member of another project"),
        wanted: format!("{action} member"),
    })
}

pub(crate) fn user(row: &Row) -> Result<UserRow, StoreError> {
    Ok(UserRow {
        id: row.parse("id")?,
        name: row.parse::<Name>("name")?.into(),
        email: row.opt_parse("email")?,
        operator: row.bool("operator")?,
        language: row.opt_parse("language")?,
        removed: row.opt_instant("removed_at")?.is_some(),
        memberships: Vec::new(),
    })
}

fn membership(row: &Row) -> Result<Membership, StoreError> {
    Ok(Membership {
        project: row.parse("project_id")?,
        user: row.parse("user_id")?,
        role: row.parse("role")?,
        actor: row.opt_parse("actor_id")?,
        waiting: waiting(row)?,
    })
}

fn waiting(row: &Row) -> Result<Option<Waiting>, StoreError> {
    let asked_by = row.opt_parse("asked_by")?;
    Ok(row.opt_instant("waits_until")?.map(|until| Waiting { until, asked_by }))
}
