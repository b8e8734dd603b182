//! Quarters of a map file: found again by code, else by name.

use super::Run;
use super::report::FileReport;
use crate::error::AppError;
use kiez_domain::id::QuarterId;
use kiez_domain::issue::{Issues, Problem};
use kiez_domain::policy::Facts;
use kiez_domain::quarter::Quarter;
use kiez_domain::text::{Line, Name, optional};
use kiez_import::osm::MapOutline;
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
    make_home(run, tx, (&known, first)).await?;
    if let Some(last) = reports.last_mut() {
        last.notes.extend(overlaps(&kiez_store::quarter::list(tx, run.project).await?));
    }
    Ok(reports)
}

/// Makes quarters of named areas of a map that were asked for; says which, in words.
pub(super) async fn take_in_outlines(
    run: &Run<'_>,
    tx: &mut Tx,
    (known, outlines): (&[Quarter], Vec<MapOutline>),
) -> Result<Vec<String>, AppError> {
    let mut said = Vec::new();
    let mut first = None;
    for MapOutline { id, name, outline, .. } in outlines {
        said.push(format!("{name} ({id}) is now a quarter of the project"));
        let code = id.parse().map_err(|problem| AppError::field("code", problem))?;
        let new = NewQuarter { name, code: Some(code), outline };
        let id = put(run, tx, known, new, &mut FileReport::default()).await?;
        first = first.or(id);
    }
    make_home(run, tx, (known, first)).await?;
    Ok(said)
}

/// Which quarters share ground: a place in it lies in both and counts in one.
fn overlaps(quarters: &[Quarter]) -> Vec<String> {
    let pairs = quarters.iter().enumerate().flat_map(|(at, one)| {
        quarters[at + 1..].iter().filter(|other| one.outline.overlaps(&other.outline)).map(move |other| {
            let (one, other) = (&one.name, &other.name);
            format!("{one} and {other} overlap: whoever is in both counts as {one}")
        })
    });
    pairs.collect()
}

/// The first quarter of a project becomes its home.
async fn make_home(
    run: &Run<'_>,
    tx: &mut Tx,
    (known, first): (&[Quarter], Option<QuarterId>),
) -> Result<(), AppError> {
    if let (true, Some(home), false) = (known.is_empty(), first, run.dry_run) {
        let permit = run.caller.may("project", "update", Facts::of_project(run.project))?;
        kiez_store::project::set_home_quarter(tx, &permit, home, run.now).await?;
    }
    Ok(())
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
    Ok(NewQuarter { name, code, outline: raw.outline.at_the_centimetre() })
}
