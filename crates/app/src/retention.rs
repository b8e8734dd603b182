//! What has been kept long enough goes, once a day; where that would touch many people, somebody is asked first.

use crate::caller::Caller;
use crate::ctx::Ctx;
use crate::error::AppError;
use crate::{erasure, restriction};
use kiez_domain::id::{ProjectId, RetentionRunId};
use kiez_domain::policy::Facts;
pub use kiez_store::retention::{Class, Due};
pub use kiez_store::retention_run::{RetentionRun, RunState};
use kiez_store::{retention, retention_run};
use std::collections::BTreeMap;

/// One in twenty, or so many, are too many to go without anybody having looked.
const ONE_IN: u64 = 20;
const AT_MOST: u64 = 500;
/// So often somebody looks, in minutes: a little less than a day, so that the hour does not wander.
const EVERY_MINUTES: i64 = 24 * 60 - 5;
/// So many past looks are shown.
const SHOWN: u32 = 10;

/// What is due, and whether somebody is asked first.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Outlook {
    /// Every class with what of it is due.
    pub due: Vec<Due>,
    /// People it would touch.
    pub persons: u64,
    /// Of how many.
    pub of_persons: u64,
    /// Past looks, the newest first.
    pub past: Vec<RetentionRun>,
}

impl Outlook {
    /// Whether it would touch too many people to go by itself.
    #[must_use]
    pub fn brakes(&self) -> bool {
        self.persons > AT_MOST || self.persons.saturating_mul(ONE_IN) > self.of_persons
    }

    /// Whether anything is due.
    #[must_use]
    pub fn is_anything_due(&self) -> bool {
        self.due.iter().any(|due| due.rows > 0)
    }
}

/// Says what would go now; nothing is changed. Without a project: what belongs to none.
///
/// # Errors
/// [`AppError::NotFound`] unless the caller coordinates the project or runs the installation.
pub async fn outlook(ctx: &Ctx, caller: &Caller, project: Option<ProjectId>) -> Result<Outlook, AppError> {
    caller.may("retention", "read", facts(project))?;
    let mut conn = ctx.db.read().await?;
    let due = retention::due(&mut conn, project, ctx.now()).await?;
    Ok(Outlook {
        persons: due.iter().map(|due| due.persons).sum(),
        due,
        of_persons: retention::count_people(&mut conn, project).await?,
        past: retention_run::list(&mut conn, project, SHOWN).await?,
    })
}

/// Removes what is due, or stops and asks; `agreed` says that somebody has looked at it.
///
/// # Errors
/// [`AppError::NotFound`] unless the caller coordinates the project or runs the installation.
pub async fn run(
    ctx: &Ctx,
    caller: &Caller,
    project: Option<ProjectId>,
    agreed: bool,
) -> Result<RetentionRun, AppError> {
    let permit = caller.may("retention", "run", facts(project))?;
    let erase = caller.may("erasure", "create", facts(project))?;
    let outlook = outlook(ctx, caller, project).await?;
    let state = match (outlook.brakes(), agreed) {
        (true, false) => RunState::Stopped,
        (true, true) => RunState::Agreed,
        (false, _) => RunState::Done,
    };
    let now = ctx.now();
    let (id, mut counts) = (ctx.id(RetentionRunId::new)?, BTreeMap::new());
    let mut tx = ctx.db.write().await?;
    for due in outlook.due.iter().filter(|due| due.rows > 0) {
        let rows = match state {
            RunState::Stopped => due.rows,
            _ => retention::remove(&mut tx, (&permit, &erase), due.class, now).await?,
        };
        counts.insert(due.class.id.clone(), rows);
    }
    let (persons, of_persons) = (outlook.persons, outlook.of_persons);
    let run = RetentionRun { at: now, state, persons, of_persons, counts };
    retention_run::create(&mut tx, &permit, id, &run).await?;
    tx.commit().await?;
    if state != RunState::Stopped && persons > 0 {
        erasure::finish(ctx).await;
    }
    Ok(run)
}

/// Looks once a day at every project and at what belongs to none; lifts restrictions whose day has come.
///
/// # Errors
/// When the database fails.
pub async fn daily(ctx: &Ctx, caller: &Caller) -> Result<(), AppError> {
    let projects = crate::project::list(ctx, caller).await?;
    let mut places: Vec<Option<ProjectId>> = projects.iter().map(|project| Some(project.id)).collect();
    places.push(None);
    for place in places {
        let last = retention_run::list(&mut ctx.db.read().await?, place, 1).await?;
        let due = last.first().is_none_or(|run| run.at.plus_minutes(EVERY_MINUTES) <= ctx.now());
        if !due {
            continue;
        }
        if let Some(project) = place {
            restriction::lapse(ctx, caller, project).await?;
        }
        let run = run(ctx, caller, place, false).await?;
        if run.state == RunState::Stopped {
            tracing::warn!(
                persons = run.persons,
                of = run.of_persons,
                "what has been kept long enough would touch many people: somebody is asked first"
            );
        }
    }
    Ok(())
}

fn facts(project: Option<ProjectId>) -> Facts {
    project.map_or(Facts::INSTALLATION, Facts::of_project)
}
