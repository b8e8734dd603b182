//! Taking an import back as a whole, keeping later human edits.

use super::history::{Undo, undo};
use super::noun::Noun;
use super::rows::{json, stored};
use crate::caller::Caller;
use crate::ctx::Ctx;
use crate::error::AppError;
use kiez_domain::actor::NewActor;
use kiez_domain::id::{ImportId, ProjectId};
use kiez_domain::idea::NewIdea;
use kiez_domain::instant::Instant;
use kiez_domain::issue::{Expected, Problem};
use kiez_domain::need::NewNeed;
use kiez_domain::offer::NewOffer;
use kiez_domain::policy::{Facts, Permit};
use kiez_domain::premises::NewPremises;
use kiez_store::conn::Tx;
use kiez_store::import::{ImportChange, ImportRun};
use kiez_store::import_changed::{ChangedRow, KnownRow};
use kiez_store::{import_revert, premises_observation};
use std::collections::HashMap;

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

/// Takes an import back: rows it made go, values it changed come back, what people did since stays.
///
/// # Errors
/// [`AppError::NotFound`] when there is no such import or it was taken back before; an issue with `import`
/// when it is too old, or made quarters.
pub async fn revert(
    ctx: &Ctx,
    caller: &Caller,
    project: ProjectId,
    import: ImportId,
) -> Result<RevertReport, AppError> {
    let permit = caller.may("import", "revert", Facts::of_project(project))?;
    let mut tx = ctx.db.write().await?;
    let run = kiez_store::import::find(&mut tx, project, import).await?.ok_or(AppError::NotFound)?;
    demand_possible(&run, ctx.now())?;
    let changes = kiez_store::import::changes(&mut tx, project, import).await?;
    let mut back = Back { tx: &mut tx, permit: &permit, project, import, now: ctx.now() };
    let report = back.everything(&changes).await?;
    tx.commit().await?;
    Ok(report)
}

fn demand_possible(run: &ImportRun, now: Instant) -> Result<(), AppError> {
    match undo(run, now) {
        Undo::Until(_) => Ok(()),
        Undo::Done(_) => Err(AppError::NotFound),
        Undo::TooLate => {
            let (least, most) = ("30 days ago".into(), "now".into());
            Err(AppError::field("import", Problem::OutOfRange { given: run.at.to_string(), least, most }))
        }
        Undo::Never => Err(AppError::field("import", Problem::unreadable(&run.kind, Expected::ImportOfRows))),
    }
}

/// The way back of one import.
struct Back<'a> {
    tx: &'a mut Tx,
    permit: &'a Permit,
    project: ProjectId,
    import: ImportId,
    now: Instant,
}

impl Back<'_> {
    async fn everything(&mut self, changes: &[ImportChange]) -> Result<RevertReport, AppError> {
        let mut report = RevertReport::default();
        // What was seen goes before the premises where it was seen.
        premises_observation::take_back(self.tx, self.permit, self.import).await?;
        self.noun::<NewActor>(changes, &mut report).await?;
        self.noun::<NewPremises>(changes, &mut report).await?;
        self.noun::<NewNeed>(changes, &mut report).await?;
        self.noun::<NewOffer>(changes, &mut report).await?;
        self.noun::<NewIdea>(changes, &mut report).await?;
        let made = changes.iter().filter(|change| change.change == "created" && change.noun != LOOK).count();
        report.removed = import_revert::remove_created(self.tx, self.permit, self.import, self.now).await?;
        report.kept += made.saturating_sub(report.removed);
        import_revert::withdraw_differences(self.tx, self.permit, self.import).await?;
        import_revert::mark(self.tx, self.permit, self.import, self.now).await?;
        Ok(report)
    }

    /// Gives the rows of a noun their earlier values back.
    async fn noun<T: Noun>(
        &mut self,
        changes: &[ImportChange],
        report: &mut RevertReport,
    ) -> Result<(), AppError> {
        let Some(touched) = touched::<T>(changes) else { return Ok(()) };
        let known = T::known(self.tx, self.project).await?;
        let Given { rows, memories } = give_back(&touched, known, report)?;
        T::change(self.tx, self.permit, self.import, &rows, self.now).await?;
        Ok(import_revert::restore_memory(self.tx, self.permit, T::NAME, &memories).await?)
    }
}

/// The noun of a look at premises: it goes with its premises and is not counted.
const LOOK: &str = "premises_observation";

/// Rows of a noun that were there before and that the import touched, when there are any.
fn touched<T: Noun>(changes: &[ImportChange]) -> Option<Vec<&ImportChange>> {
    let of_noun = |change: &&ImportChange| change.noun == T::NAME && change.change != "created";
    Some(changes.iter().filter(of_noun).collect::<Vec<_>>()).filter(|touched| !touched.is_empty())
}

/// What rows get back: their values, and what files had said about them.
struct Given<'a, T: Noun> {
    rows: Vec<ChangedRow<T::Id, T>>,
    memories: Vec<&'a ImportChange>,
}

/// Earlier values for every row that nobody has saved since.
fn give_back<'a, T: Noun>(
    touched: &[&'a ImportChange],
    known: Vec<KnownRow<T::Id, T>>,
    report: &mut RevertReport,
) -> Result<Given<'a, T>, AppError> {
    let known: HashMap<String, KnownRow<T::Id, T>> =
        known.into_iter().map(|row| (row.id.to_string(), row)).collect();
    let mut given = Given { rows: Vec::new(), memories: Vec::new() };
    for &change in touched {
        let Some(earlier) = change.earlier.as_deref() else {
            given.memories.push(change);
            continue;
        };
        let Some(row) = known.get(&change.row_id).filter(|row| row.version == change.version) else {
            report.kept += 1;
            continue;
        };
        let data = T::of_fields(&stored(earlier)?)?;
        let earlier = Some(json(&row.data.fields())?);
        given.rows.push(ChangedRow { id: row.id, version: row.version, data, earlier, memory: None });
        given.memories.push(change);
        report.restored += 1;
    }
    Ok(given)
}
