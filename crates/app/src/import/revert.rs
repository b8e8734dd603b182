//! Taking an import back as a whole, keeping later human edits.

use super::plan::Fields;
use super::rows::{fields, form};
use crate::caller::Caller;
use crate::ctx::Ctx;
use crate::error::AppError;
use kiez_domain::actor::{ActorForm, NewActor};
use kiez_domain::id::{ActorId, ImportId, ProjectId};
use kiez_domain::issue::Problem;
use kiez_domain::policy::{Facts, Permit};
use kiez_store::conn::Tx;
use kiez_store::import::{ChangedActor, ImportChange};

/// An import can be taken back for so many days.
const DAYS: i64 = 30;

/// What a revert did.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, serde::Serialize)]
pub struct RevertReport {
    /// Rows that the import had made and that are gone again.
    pub removed: usize,
    /// Rows that have their earlier values back.
    pub restored: usize,
    /// Rows that stay because a person edited them since, or because something refers to them.
    pub kept: usize,
}

/// Takes an import back.
///
/// # Errors
/// [`AppError::NotFound`] when there is no such import or it was taken back before; an issue with `import`
/// when it is older than 30 days.
pub async fn revert(
    ctx: &Ctx,
    caller: &Caller,
    project: ProjectId,
    import: ImportId,
) -> Result<RevertReport, AppError> {
    let permit = caller.may("import", "revert", Facts::of_project(project))?;
    let now = ctx.now();
    let mut tx = ctx.db.write().await?;
    let run = kiez_store::import::find(&mut tx, project, import).await?.ok_or(AppError::NotFound)?;
    if run.at.plus_days(DAYS) < now {
        let age = Problem::OutOfRange {
            given: run.at.to_string(),
            least: "30 days ago".into(),
            most: "now".into(),
        };
        return Err(AppError::field("import", age));
    }
    let changes = kiez_store::import::changes(&mut tx, project, import).await?;
    let created = changes.iter().filter(|change| change.change == "created").count();
    let mut report = RevertReport::default();
    for change in changes.iter().filter(|change| change.change == "updated" && change.noun == "actor") {
        if restore(&mut tx, &permit, (project, import), change, now).await? {
            report.restored += 1;
        } else {
            report.kept += 1;
        }
    }
    report.removed = kiez_store::import_revert::remove_created(&mut tx, &permit, import, now).await?;
    report.kept += created - report.removed.min(created);
    kiez_store::import_revert::mark(&mut tx, &permit, import, now).await?;
    tx.commit().await?;
    Ok(report)
}

/// Gives an actor the values back that it had before, unless a person saved it since.
async fn restore(
    tx: &mut Tx,
    permit: &Permit,
    (project, import): (ProjectId, ImportId),
    change: &ImportChange,
    now: kiez_domain::instant::Instant,
) -> Result<bool, AppError> {
    let Ok(id) = change.row_id.parse::<ActorId>() else { return Ok(false) };
    let Some(actor) = kiez_store::actor::find(tx, project, id).await? else { return Ok(false) };
    let Some(earlier) = change.earlier.as_deref() else { return Ok(false) };
    if actor.version != change.version {
        return Ok(false);
    }
    let earlier: Fields =
        serde_json::from_str(earlier).map_err(|error| AppError::Broken(error.to_string()))?;
    let data = NewActor::try_from(form::<ActorForm>(&earlier))?;
    let before = super::actors::json(&fields(&ActorForm::from(&actor.data)))?;
    let back = ChangedActor { id, version: actor.version, data, earlier: before };
    kiez_store::import::update_actors(tx, permit, import, &[back], now).await?;
    Ok(true)
}
