//! What a map had and has no longer. A shop that vanished from a map may have closed, moved, or been drawn anew by
//! somebody: it is listed for a person to look at and stays as it is.

use super::actors::{Desk, MAP, json};
use super::plan::Fields;
use super::report::{FileReport, GoneActor};
use crate::error::AppError;
use kiez_domain::id::DifferenceId;
use kiez_domain::position::Position;
use kiez_store::difference::Difference;
use kiez_store::provenance::Provenance;

/// The entry among a row's imported values that says that it is listed already; no form has a field of this name.
const LISTED: &str = "gone";

impl Desk<'_> {
    /// Lists every actor of an earlier map that this one should have and has not.
    pub(super) fn list_gone(
        &mut self,
        covered: &impl Fn(Position) -> bool,
        report: &mut FileReport,
    ) -> Result<(), AppError> {
        let mut gone: Vec<(String, usize, Fields)> = self
            .origins
            .iter()
            .filter_map(|(key, (at, said))| {
                let id = key.strip_suffix(MAP)?.strip_suffix('#')?;
                let there = self.actors[*at].data.position.is_some_and(covered);
                let news = !self.seen.contains(id) && !said.contains_key(LISTED);
                (there && news).then(|| (id.to_owned(), *at, said.clone()))
            })
            .collect();
        gone.sort_by(|a, b| a.0.cmp(&b.0));
        for (id, at, said) in gone {
            self.list(&id, at, said, report)?;
        }
        Ok(())
    }

    fn list(
        &mut self,
        id: &str,
        at: usize,
        mut said: Fields,
        report: &mut FileReport,
    ) -> Result<(), AppError> {
        let actor = &self.actors[at];
        let (row_id, name) = (actor.id.to_string(), actor.data.name.to_string());
        let source = id.trim_start_matches("id:").to_owned();
        self.differences.push(Difference {
            id: self.run.ctx.id(DifferenceId::new)?,
            noun: "actor".to_owned(),
            row_id: row_id.clone(),
            field: LISTED.to_owned(),
            ours: source.clone(),
            theirs: String::new(),
            import: self.run.id,
        });
        said.insert(LISTED.to_owned(), self.run.now.to_string());
        self.remembered.push(Provenance {
            source_key: format!("{id}#{MAP}"),
            row_id: row_id.clone(),
            imported: json(&said)?,
        });
        report.differences += 1;
        report.gone.push(GoneActor { id: row_id, name, source });
        Ok(())
    }
}
