//! Work to be done later: written in the transaction that causes it, so that neither comes without the other.

use crate::conn::{Conn, Tx};
use crate::error::StoreError;
use crate::row::Row;
use crate::statement::statements;
use crate::value::{at, opt_text, text};
use kiez_domain::id::{JobId, ProjectId};
use kiez_domain::instant::Instant;

statements! {
    table "job";
    ENQUEUE = "insert into job (id, project_id, kind, payload, run_at, attempts) values ($1, $2, $3, $4, $5, 0)";
    IS_DUE = "select count(*) as n from (select id from job where done_at is null and run_at <= $1
    and (claimed_at is null or claimed_at < $1 - 900000) limit 1) as due";
    // A job whose worker died is free again after 15 minutes. The inner choice is repeated in the outer condition, so
    // that of two workers that choose the same job on PostgreSQL only one gets it.
    CLAIM = "update job set claimed_at = $1, attempts = attempts + 1
where id = (select id from job where done_at is null and run_at <= $1
        and (claimed_at is null or claimed_at < $1 - 900000) order by run_at, id limit 1)
    and done_at is null and (claimed_at is null or claimed_at < $1 - 900000)
returning id, project_id, kind, payload, run_at, attempts";
    // With what it was done is forgotten with it: it may have named somebody.
    FINISH = "update job set done_at = $2, error = null, payload = '{}' where id = $1";
    FAIL = "update job set claimed_at = null, error = $2, run_at = $3 where id = $1";
}

/// A job as a worker gets it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Job {
    /// Its id.
    pub id: JobId,
    /// The project; none for work on the whole installation.
    pub project: Option<ProjectId>,
    /// What is to be done.
    pub kind: String,
    /// With what: JSON.
    pub payload: String,
    /// Not before.
    pub run_at: Instant,
    /// How often it has been begun, this time included.
    pub attempts: i64,
}

/// Writes down work; it belongs to the transaction of what causes it.
///
/// # Errors
/// When the database fails.
pub async fn enqueue(
    tx: &mut Tx,
    id: JobId,
    project: Option<ProjectId>,
    (kind, payload): (&str, &serde_json::Value),
    run_at: Instant,
) -> Result<(), StoreError> {
    tx.run(&ENQUEUE, vec![text(&id), opt_text(project.as_ref()), text(kind), text(payload), at(run_at)])
        .await
        .map(drop)
}

/// Whether anything is due: asked before a writer's turn is taken.
///
/// # Errors
/// When the database fails.
pub async fn is_due(conn: &mut Conn, now: Instant) -> Result<bool, StoreError> {
    Ok(conn.number(&IS_DUE, vec![at(now)]).await? > 0)
}

/// Takes the job that has been due longest, when there is one.
///
/// # Errors
/// When the database fails.
pub async fn claim(tx: &mut Tx, now: Instant) -> Result<Option<Job>, StoreError> {
    tx.first(&CLAIM, vec![at(now)]).await?.map(|row| job(&row)).transpose()
}

/// Notes that a job is done.
///
/// # Errors
/// When the database fails.
pub async fn finish(tx: &mut Tx, id: JobId, now: Instant) -> Result<(), StoreError> {
    tx.run(&FINISH, vec![text(&id), at(now)]).await.map(drop)
}

/// Notes why a job failed and when to try again.
///
/// # Errors
/// When the database fails.
pub async fn fail(tx: &mut Tx, id: JobId, error: &str, again_at: Instant) -> Result<(), StoreError> {
    tx.run(&FAIL, vec![text(&id), text(error), at(again_at)]).await.map(drop)
}

fn job(row: &Row) -> Result<Job, StoreError> {
    Ok(Job {
        id: row.parse("id")?,
        project: row.opt_parse("project_id")?,
        kind: row.text("kind")?,
        payload: row.text("payload")?,
        run_at: row.instant("run_at")?,
        attempts: row.int("attempts")?,
    })
}
