//! Looks at what has been kept long enough: when, what came of it, and whether the brake stopped them.

use crate::conn::{Change, Conn, Tx, demand_any};
use crate::error::StoreError;
use crate::row::Row;
use crate::statement::statements;
use crate::value::{at, int, opt_text, text};
use kiez_domain::id::{ProjectId, RetentionRunId};
use kiez_domain::instant::Instant;
use kiez_domain::policy::Permit;
use std::collections::BTreeMap;

statements! {
    table "retention_run";
    CREATE = "insert into retention_run (id, project_id, at, state, persons, of_persons, counts, by_user) values ($1, $2, $3, $4, $5, $6, $7, $8)";
    LIST = "select id, at, state, persons, of_persons, counts from retention_run
where (project_id = $1 or (project_id is null and cast($1 as text) is null)) order by at desc, id desc limit $2";
}

/// How a look ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum RunState {
    /// What was due has gone.
    Done,
    /// It would have touched too many people: somebody is asked.
    Stopped,
    /// Somebody has said that it may touch so many.
    Agreed,
}

impl RunState {
    /// The stored name.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Done => "done",
            Self::Stopped => "stopped",
            Self::Agreed => "agreed",
        }
    }
}

/// One look.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RetentionRun {
    /// When.
    pub at: Instant,
    /// How it ended.
    pub state: RunState,
    /// People it touched, or would have touched.
    pub persons: u64,
    /// Of how many.
    pub of_persons: u64,
    /// Rows by class.
    pub counts: BTreeMap<String, u64>,
}

/// Notes a look.
///
/// # Errors
/// When the database fails.
pub async fn create(
    tx: &mut Tx,
    permit: &Permit,
    id: RetentionRunId,
    run: &RetentionRun,
) -> Result<(), StoreError> {
    demand_any(permit, "retention", &["run"])?;
    let number = |n: u64| int(i64::try_from(n).unwrap_or(i64::MAX));
    let values = vec![
        text(&id),
        opt_text(permit.project().as_ref()),
        at(run.at),
        text(run.state.name()),
        number(run.persons),
        number(run.of_persons),
        text(&serde_json::json!(run.counts)),
        opt_text(permit.subject().user.as_ref()),
    ];
    tx.run(&CREATE, values).await?;
    tx.record(permit, "retention_run", &id, (Change::Created, run.at));
    Ok(())
}

/// The last looks at a project, or at what belongs to none, the newest first.
///
/// # Errors
/// When the database fails.
pub async fn list(
    conn: &mut Conn,
    project: Option<ProjectId>,
    most: u32,
) -> Result<Vec<RetentionRun>, StoreError> {
    conn.all(&LIST, vec![opt_text(project.as_ref()), int(most)]).await?.iter().map(run).collect()
}

pub(crate) fn run(row: &Row) -> Result<RetentionRun, StoreError> {
    let state = match row.text("state")?.as_str() {
        "done" => RunState::Done,
        "stopped" => RunState::Stopped,
        "agreed" => RunState::Agreed,
        _ => return Err(row.corrupt("state")),
    };
    let counts = serde_json::from_str(&row.text("counts")?).map_err(|_| row.corrupt("counts"))?;
    Ok(RetentionRun {
        at: row.instant("at")?,
        state,
        persons: row.count("persons")?,
        of_persons: row.count("of_persons")?,
        counts,
    })
}
