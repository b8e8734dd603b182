//! What a map had and has no longer. A shop that vanished from a map may have closed, moved, or been drawn anew by
//! somebody: it is listed for a person to look at and stays as it is.

use super::actors::MAP;
use super::desk::Desk;
use super::report::{FileReport, GoneActor};
use crate::error::AppError;
use kiez_domain::actor::NewActor;
use kiez_domain::position::Position;

/// The entry among a row's imported values that says that it is listed already; no form has a field of this name.
pub(crate) const LISTED: &str = "gone";

/// Lists every actor of an earlier map that this one should have and has not.
pub(super) fn list(
    desk: &mut Desk<'_, NewActor>,
    covered: &impl Fn(Position) -> bool,
    report: &mut FileReport,
) -> Result<(), AppError> {
    for missed in desk.not_met(MAP) {
        let actor = &desk.known[missed.at];
        if missed.said.contains_key(LISTED) || !actor.data.position.is_some_and(covered) {
            continue;
        }
        let (id, name) = (actor.id.to_string(), actor.data.name.to_string());
        let element = missed.key.trim_start_matches("id:").trim_end_matches(MAP).trim_end_matches('#');
        let source = element.to_owned();
        desk.ask_after(missed, (LISTED, &source))?;
        report.figures.differences += 1;
        report.gone.push(GoneActor { id, name, source });
    }
    Ok(())
}
