//! Quarters of a map file: found again by code, else by name.

use super::Run;
use super::desk::each_row;
use super::report::FileReport;
use crate::error::AppError;
use kiez_domain::id::QuarterId;
use kiez_domain::issue::{FieldIssue, Issues, Problem};
use kiez_domain::policy::Facts;
use kiez_domain::quarter::{Outline, Quarter};
use kiez_domain::text::{Line, Name, optional};
use kiez_import::osm::MapOutline;
use kiez_import::quarter::RawQuarter;
use kiez_import::reading::Reading;
use kiez_store::conn::{Conn, Tx};
use kiez_store::quarter::NewQuarter;

/// What is to be written.
pub(super) struct Found {
    quarters: Vec<NewQuarter>,
    /// Whether the project has none yet: its first becomes its home.
    first: bool,
}

/// Compares the files' quarters with those that are stored.
pub(super) async fn compare(
    run: &Run<'_>,
    conn: &mut Conn,
    readings: Vec<Reading<RawQuarter>>,
) -> Result<(Vec<FileReport>, Found), AppError> {
    let known = kiez_store::quarter::list(conn, run.project).await?;
    let mut quarters = Vec::new();
    let mut reports = each_row(run, readings, |raw: RawQuarter, report| {
        let new = parse(raw)?;
        let figure = match known.iter().find(|quarter| is_same(quarter, &new)) {
            Some(quarter) if quarter.name == new.name && quarter.outline == new.outline => {
                report.figures.unchanged += 1;
                return Ok(());
            }
            Some(_) => &mut report.figures.changed,
            None => &mut report.figures.new,
        };
        *figure += 1;
        quarters.push(new);
        Ok(())
    })
    .await?;
    if let Some(last) = reports.last_mut() {
        last.notes.extend(overlaps(&known, &quarters));
    }
    Ok((reports, Found { quarters, first: known.is_empty() }))
}

impl Found {
    /// Quarters of named areas of a map that were asked for.
    pub(super) fn of_outlines(known: &[Quarter], outlines: Vec<MapOutline>) -> Result<Self, AppError> {
        let quarter = |MapOutline { id, name, outline, .. }: MapOutline| {
            let code = id.parse().map_err(|problem| AppError::field("code", problem))?;
            Ok::<_, AppError>(NewQuarter { name, code: Some(code), outline })
        };
        let quarters = outlines.into_iter().map(quarter).collect::<Result<_, _>>()?;
        Ok(Self { quarters, first: known.is_empty() })
    }

    /// Which quarters these are, in words.
    pub(super) fn in_words(&self) -> Vec<String> {
        let said = |new: &NewQuarter| {
            let code = new.code.as_ref().map_or("", Line::as_str);
            format!("{} ({code}) is now a quarter of the project", new.name)
        };
        self.quarters.iter().map(said).collect()
    }

    /// Writes what was found; the first quarter of a project becomes its home.
    pub(super) async fn write(&self, run: &Run<'_>, tx: &mut Tx) -> Result<(), AppError> {
        let permit = run.caller.may("quarter", "create", Facts::of_project(run.project))?;
        let mut home = None;
        for new in &self.quarters {
            let id = run.ctx.id(QuarterId::new)?;
            let id = kiez_store::quarter::put(tx, &permit, id, new, run.now).await?;
            home = home.or(self.first.then_some(id));
        }
        if let Some(home) = home {
            let permit = run.caller.may("project", "update", Facts::of_project(run.project))?;
            kiez_store::project::set_home_quarter(tx, &permit, home, run.now).await?;
        }
        Ok(())
    }
}

/// Which quarters will share ground: a place in it lies in both and counts in one, the first by name.
fn overlaps(known: &[Quarter], new: &[NewQuarter]) -> Vec<String> {
    let stays = |quarter: &&Quarter| !new.iter().any(|new| is_same(quarter, new));
    let mut all: Vec<(&Name, &Outline)> =
        known.iter().filter(stays).map(|quarter| (&quarter.name, &quarter.outline)).collect();
    all.extend(new.iter().map(|new| (&new.name, &new.outline)));
    all.sort_by_key(|(name, _)| name.as_str());
    let pairs = all.iter().enumerate().flat_map(|(at, (one, outline))| {
        all[at + 1..]
            .iter()
            .filter(|(_, other)| outline.overlaps(other))
            .map(move |(other, _)| format!("{one} and {other} overlap: whoever is in both counts as {one}"))
    });
    pairs.collect()
}

fn is_same(quarter: &Quarter, new: &NewQuarter) -> bool {
    match (&quarter.code, &new.code) {
        (Some(ours), Some(theirs)) => ours == theirs,
        _ => quarter.name == new.name,
    }
}

fn parse(raw: RawQuarter) -> Result<NewQuarter, Vec<FieldIssue>> {
    let mut issues = Issues::default();
    let name: Option<Name> = issues.take("name", raw.name.parse());
    let code: Option<Line> = issues.take("code", optional(raw.code.as_deref().unwrap_or_default())).flatten();
    issues.finish()?;
    let name = name.ok_or_else(|| vec![FieldIssue::new("name", Problem::Missing)])?;
    Ok(NewQuarter { name, code, outline: raw.outline.at_the_centimetre() })
}
