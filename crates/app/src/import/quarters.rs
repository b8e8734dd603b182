//! Quarters of a map file: found again by code, else by name.

use super::Run;
use super::report::FileReport;
use crate::error::AppError;
use kiez_domain::id::QuarterId;
use kiez_domain::issue::{Issues, Problem};
use kiez_domain::policy::Facts;
use kiez_domain::quarter::Quarter;
use kiez_domain::text::{Line, Name, optional};
use kiez_import::quarter::RawQuarter;
use kiez_import::reading::{Candidate, Reading};
use kiez_store::conn::Tx;
use kiez_store::quarter::NewQuarter;

/// Takes in the files' quarters in; the first quarter of a project becomes its home.
pub(super) async fn take_in(
    run: &Run<'_>,
    tx: &mut Tx,
    readings: Vec<Reading<RawQuarter>>,
) -> Result<Vec<FileReport>, AppError> {
    let known = kiez_store::quarter::list(tx, run.project).await?;
    let mut first = None;
    let mut reports = Vec::with_capacity(readings.len());
    for reading in readings {
        let (mut report, candidates) = FileReport::begin(reading);
        for Candidate { line, row } in candidates {
            match parse(row) {
                Ok(new) => {
                    let id = put(run, tx, &known, new, &mut report).await?;
                    first = first.or(id);
                }
                Err(issues) => {
                    report.refuse(line, issues);
                }
            }
        }
        reports.push(report);
    }
    if let (true, Some(home), false) = (known.is_empty(), first, run.dry_run) {
        let permit = run.caller.may("project", "update", Facts::of_project(run.project))?;
        kiez_store::project::set_home_quarter(tx, &permit, home, run.now).await?;
    }
    Ok(reports)
}

async fn put(
    run: &Run<'_>,
    tx: &mut Tx,
    known: &[Quarter],
    new: NewQuarter,
    report: &mut FileReport,
) -> Result<Option<QuarterId>, AppError> {
    let same = known.iter().find(|quarter| match (&quarter.code, &new.code) {
        (Some(ours), Some(theirs)) => ours == theirs,
        _ => quarter.name == new.name,
    });
    match same {
        Some(quarter) if quarter.name == new.name && quarter.outline == new.outline => {
            report.unchanged += 1;
            return Ok(None);
        }
        Some(_) => report.changed += 1,
        None => report.new += 1,
    }
    if run.dry_run {
        return Ok(None);
    }
    let permit = run.caller.may("quarter", "create", Facts::of_project(run.project))?;
    let id = run.ctx.id(QuarterId::new)?;
    Ok(Some(kiez_store::quarter::put(tx, &permit, id, &new, run.now).await?))
}

fn parse(raw: RawQuarter) -> Result<NewQuarter, Vec<kiez_domain::issue::FieldIssue>> {
    let mut issues = Issues::default();
    let name: Option<Name> = issues.take("name", raw.name.parse());
    let code: Option<Line> = issues.take("code", optional(raw.code.as_deref().unwrap_or_default())).flatten();
    issues.finish()?;
    let name = name.ok_or_else(|| vec![kiez_domain::issue::FieldIssue::new("name", Problem::Missing)])?;
    Ok(NewQuarter { name, code, outline: raw.outline })
}
