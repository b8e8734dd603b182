//! Erasings that wait: of more than fifty people at once, or of a whole project.

use crate::conn::{Change, Conn, Tx, demand, demand_any};
use crate::error::StoreError;
use crate::row::Row;
use crate::statement::statements;
use crate::value::{at, int, json_list, opt_text, text};
use kiez_domain::erasure::{DataSubject, RequestState};
use kiez_domain::id::{ErasureRequestId, ProjectId, UserId};
use kiez_domain::instant::Instant;
use kiez_domain::policy::Permit;

macro_rules! columns {
    () => {
        "select project_id, id, targets, persons, state, by_user, due_at, created_at from erasure_request"
    };
}

statements! {
    table "erasure_request";
    CREATE = "insert into erasure_request (project_id, id, targets, persons, state, by_user, due_at, version, created_at, updated_at)
values ($1, $2, $3, $4, 'waiting', $5, $6, 1, $7, $7)";
    FIND = concat!(columns!(), " where project_id = $1 and id = $2");
    LIST_WAITING = concat!(columns!(), " where project_id = $1 and state = 'waiting' order by id");
    LIST_DUE = concat!(columns!(), " where state = 'waiting' and due_at <= $1 order by id");
    STEP = "update erasure_request set state = $3, confirmed_by = $4, version = version + 1, updated_at = $5
where project_id = $1 and id = $2 and state = 'waiting'";
}

/// An erasing that waits for a second look.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ErasureRequest {
    /// Its project.
    pub project: ProjectId,
    /// Its id.
    pub id: ErasureRequestId,
    /// Whose data.
    pub targets: Vec<DataSubject>,
    /// How many people that are.
    pub persons: u64,
    /// Where it stands.
    pub state: RequestState,
    /// Who asked for it; none for somebody at the shell, and for an account that is erased.
    pub by_user: Option<UserId>,
    /// When the waiting is over.
    pub due_at: Instant,
    /// When it was asked for.
    pub created_at: Instant,
}

/// Stores an erasing that waits.
///
/// # Errors
/// When the database fails.
pub async fn create(
    tx: &mut Tx,
    permit: &Permit,
    (id, due_at): (ErasureRequestId, Instant),
    (targets, persons): (&[DataSubject], u64),
    now: Instant,
) -> Result<(), StoreError> {
    let project = demand(permit, "erasure", "create")?;
    let values = vec![
        text(&project),
        text(&id),
        json_list(targets),
        int(i64::try_from(persons).unwrap_or(i64::MAX)),
        opt_text(permit.subject().user.as_ref()),
        at(due_at),
        at(now),
    ];
    tx.run(&CREATE, values).await?;
    tx.record(permit, "erasure_request", &id, (Change::Created, now));
    Ok(())
}

/// One of a project.
///
/// # Errors
/// When the database fails.
pub async fn find(
    conn: &mut Conn,
    project: ProjectId,
    id: ErasureRequestId,
) -> Result<Option<ErasureRequest>, StoreError> {
    conn.first(&FIND, vec![text(&project), text(&id)]).await?.map(|row| request(&row)).transpose()
}

/// What waits in a project, oldest first.
///
/// # Errors
/// When the database fails.
pub async fn list_waiting(conn: &mut Conn, project: ProjectId) -> Result<Vec<ErasureRequest>, StoreError> {
    conn.all(&LIST_WAITING, vec![text(&project)]).await?.iter().map(request).collect()
}

/// What has waited long enough, in every project.
///
/// # Errors
/// When the database fails.
pub async fn list_due(conn: &mut Conn, now: Instant) -> Result<Vec<ErasureRequest>, StoreError> {
    conn.all(&LIST_DUE, vec![at(now)]).await?.iter().map(request).collect()
}

/// Notes where it stands now.
///
/// # Errors
/// [`StoreError::NotFound`] when it does not wait any more.
pub async fn step(
    tx: &mut Tx,
    permit: &Permit,
    (id, state): (ErasureRequestId, RequestState),
    now: Instant,
) -> Result<(), StoreError> {
    demand_any(permit, "erasure", &["confirm", "withdraw"])?;
    let project = permit.project().ok_or(StoreError::NotFound)?;
    let who = permit.subject().user;
    let values = vec![text(&project), text(&id), text(&state), opt_text(who.as_ref()), at(now)];
    if tx.run(&STEP, values).await? == 0 {
        return Err(StoreError::NotFound);
    }
    tx.record(permit, "erasure_request", &id, (Change::Updated, now));
    Ok(())
}

pub(crate) fn request(row: &Row) -> Result<ErasureRequest, StoreError> {
    Ok(ErasureRequest {
        project: row.parse("project_id")?,
        id: row.parse("id")?,
        targets: row.list("targets")?,
        persons: row.count("persons")?,
        state: row.parse("state")?,
        by_user: row.opt_parse("by_user")?,
        due_at: row.instant("due_at")?,
        created_at: row.instant("created_at")?,
    })
}
