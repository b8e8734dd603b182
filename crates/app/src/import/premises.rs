//! Premises of a survey file: found again by id, else by address and occupant; every dated row is a look.

use super::Run;
use super::desk::{Desk, Keys, Met, Work, each_row};
use super::plan::Fields;
use super::report::FileReport;
use super::rows::{actors_by_name, fold, premises_form, source_key};
use crate::error::AppError;
use crate::geocode::Gazetteer;
use kiez_domain::id::{ActorId, ObservationId};
use kiez_domain::premises::{NewPremises, Use};
use kiez_import::premises::RawPremises;
use kiez_import::reading::Reading;
use kiez_store::conn::{Conn, Tx};
use kiez_store::premises_observation::{self, Look};
use std::collections::HashMap;

/// What is to be written.
pub(super) struct Found {
    premises: Work<NewPremises>,
    looks: Vec<Look>,
}

/// Compares the files' premises with those that are stored.
pub(super) async fn compare(
    run: &Run<'_>,
    conn: &mut Conn,
    readings: Vec<Reading<RawPremises>>,
) -> Result<(Vec<FileReport>, Found), AppError> {
    let mut desk = Desk::open(run, conn).await?;
    let gazetteer = Gazetteer::load(conn, run.project).await?;
    let occupants = occupants(run, conn, &readings).await?;
    let mut looks = Vec::new();
    let reports = each_row(run, readings, |raw: RawPremises, report| {
        let keys = Keys { source: key_of(&raw), others: Vec::new(), aside: Fields::new() };
        let actor = occupant(&raw, &occupants, desk.stored(&keys));
        let mut data = NewPremises::try_from(premises_form(raw, actor))?;
        if data.position.is_none() {
            data.position = report.places.note(&gazetteer.find(&data.address));
        }
        // A look that is older than the last one says nothing new.
        if desk.stored(&keys).is_some_and(|stored| is_older(&data, stored)) {
            report.figures.unchanged += 1;
            return Ok(());
        }
        let (day, used_as) = (data.observed_on, data.used_as);
        let (Met::New(premises) | Met::Known(premises)) = desk.row(keys, data, report)? else {
            return Ok(());
        };
        if let Some(on) = day {
            looks.push(Look { id: run.ctx.id(ObservationId::new)?, premises, on, used_as });
        }
        Ok(())
    })
    .await?;
    Ok((reports, Found { premises: desk.close(), looks }))
}

impl Found {
    /// Writes what was found.
    pub(super) async fn write(self, run: &Run<'_>, tx: &mut Tx) -> Result<(), AppError> {
        self.premises.write(run, tx).await?;
        Ok(premises_observation::bring_in(tx, &run.permit, run.id, &self.looks).await?)
    }
}

/// Actors by folded name, when a file says who is where.
async fn occupants(
    run: &Run<'_>,
    conn: &mut Conn,
    readings: &[Reading<RawPremises>],
) -> Result<HashMap<String, Option<ActorId>>, AppError> {
    let mut rows = readings.iter().flat_map(|reading| &reading.candidates);
    if rows.all(|found| found.row.occupant.is_none()) {
        return Ok(HashMap::new());
    }
    actors_by_name(conn, run.project).await
}

/// Who is behind the door: nobody where people live or nothing is, else whom the file names, else who was there.
fn occupant(
    raw: &RawPremises,
    known: &HashMap<String, Option<ActorId>>,
    stored: Option<&NewPremises>,
) -> Option<ActorId> {
    if matches!(raw.used_as, Use::Dwelling | Use::Vacant) {
        return None;
    }
    let named = raw.occupant.as_deref().and_then(|name| known.get(&fold(name)).copied().flatten());
    named.or_else(|| stored.and_then(|premises| premises.actor))
}

fn is_older(look: &NewPremises, stored: &NewPremises) -> bool {
    look.observed_on.is_some() && look.observed_on < stored.observed_on
}

fn key_of(raw: &RawPremises) -> String {
    let text = |value: &Option<String>| value.clone().unwrap_or_default();
    let place = raw.position.map(|at| format!("{:.5}|{:.5}", at.lat(), at.lon())).unwrap_or_default();
    let parts = [text(&raw.street), text(&raw.house_number), text(&raw.postcode), text(&raw.occupant), place];
    let parts: Vec<&str> = parts.iter().map(String::as_str).collect();
    source_key(raw.external_id.as_deref(), &parts)
}
