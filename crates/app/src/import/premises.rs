//! Premises of a survey file: found again by id, else by address and occupant; every import is a dated look.

use super::Run;
use super::report::{FileReport, Places};
use super::rows::{fold, source_key};
use crate::error::AppError;
use crate::geocode::Gazetteer;
use kiez_domain::address::Address;
use kiez_domain::id::{ActorId, ObservationId, PremisesId};
use kiez_domain::issue::{FieldIssue, Issues};
use kiez_domain::premises::{Premises, Use};
use kiez_import::premises::RawPremises;
use kiez_import::reading::{Candidate, Reading};
use kiez_store::conn::Tx;
use kiez_store::import::ImportChange;
use kiez_store::provenance::Provenance;
use std::collections::{HashMap, HashSet};

/// Takes in the files' premises in.
pub(super) async fn take_in(
    run: &Run<'_>,
    tx: &mut Tx,
    readings: Vec<Reading<RawPremises>>,
) -> Result<Vec<FileReport>, AppError> {
    let known = kiez_store::premises::known(tx, run.project).await?;
    let known: HashMap<String, Premises> = known.into_iter().map(|p| (p.id.to_string(), p)).collect();
    let origins = kiez_store::provenance::list(tx, run.project, "premises").await?;
    let origins = origins.into_iter().map(|origin| (origin.source_key, origin.row_id)).collect();
    let occupants = occupants(run, tx, &readings).await?;
    let gazetteer = Gazetteer::load(tx, run.project).await?;
    let (seen, new, changed) = (HashSet::new(), Vec::new(), Vec::new());
    let mut desk = Desk { run, gazetteer, known, origins, occupants, seen, new, changed };
    let mut reports = Vec::with_capacity(readings.len());
    for reading in readings {
        let (mut report, candidates) = FileReport::begin(reading);
        for Candidate { line, row } in candidates {
            desk.row((line, row), &mut report)?;
        }
        report.say_places();
        reports.push(report);
    }
    if !run.dry_run {
        desk.write(tx).await?;
    }
    Ok(reports)
}

/// Actors by folded name, when a file says who is where; a name that two have is nobody's.
async fn occupants(
    run: &Run<'_>,
    tx: &mut Tx,
    readings: &[Reading<RawPremises>],
) -> Result<HashMap<String, Option<ActorId>>, AppError> {
    let mut names: HashMap<String, Option<ActorId>> = HashMap::new();
    if readings.iter().flat_map(|reading| &reading.candidates).all(|found| found.row.occupant.is_none()) {
        return Ok(names);
    }
    for actor in kiez_store::import::known_actors(tx, run.project).await? {
        let same = names.entry(fold(actor.data.name.as_str())).or_insert(Some(actor.id));
        if *same != Some(actor.id) {
            *same = None;
        }
    }
    Ok(names)
}

struct Desk<'a> {
    run: &'a Run<'a>,
    gazetteer: Gazetteer,
    known: HashMap<String, Premises>,
    origins: HashMap<String, String>,
    occupants: HashMap<String, Option<ActorId>>,
    seen: HashSet<String>,
    new: Vec<(String, Premises)>,
    changed: Vec<Premises>,
}

impl Desk<'_> {
    fn row(&mut self, (line, raw): (u64, RawPremises), report: &mut FileReport) -> Result<(), AppError> {
        let key = key_of(&raw);
        let parsed = match self.parse(raw, &mut report.places) {
            Ok(parsed) => parsed,
            Err(issues) => {
                report.refuse(line, issues);
                return Ok(());
            }
        };
        if !self.seen.insert(key.clone()) {
            report.unchanged += 1;
            return Ok(());
        }
        match self.origins.get(&key).and_then(|id| self.known.get(id)) {
            Some(before) => self.known_row(before.clone(), &parsed, report),
            None => {
                report.new += 1;
                self.new.push((key, parsed));
            }
        }
        Ok(())
    }

    fn known_row(&mut self, before: Premises, now: &Premises, report: &mut FileReport) {
        let actor = match now.used_as {
            Use::Dwelling | Use::Vacant => None,
            _ => now.actor.or(before.actor),
        };
        let same =
            before.used_as == now.used_as && before.observed_on == now.observed_on && before.actor == actor;
        // A look that is older than the last one says nothing new.
        let older = now.observed_on.is_some() && now.observed_on < before.observed_on;
        if same || older {
            report.unchanged += 1;
            return;
        }
        report.changed += 1;
        self.changed.push(Premises { used_as: now.used_as, observed_on: now.observed_on, actor, ..before });
    }

    fn parse(&self, raw: RawPremises, places: &mut Places) -> Result<Premises, Vec<FieldIssue>> {
        let (street, number) = match (raw.street, raw.house_number) {
            (Some(street), None) => Address::split_street(&street),
            (street, number) => (street.unwrap_or_default(), number.unwrap_or_default()),
        };
        let mut issues = Issues::default();
        let (postcode, city) = (raw.postcode.unwrap_or_default(), raw.city.unwrap_or_default());
        let address = Address::collect(&mut issues, &street, &number, &postcode, &city);
        issues.finish()?;
        let occupant = raw.occupant.as_deref().and_then(|name| self.occupants.get(&fold(name)));
        let position = raw.position.or_else(|| places.note(&self.gazetteer.find(&address)));
        let id = self.run.ctx.id(PremisesId::new).map_err(|_| Vec::new())?;
        Ok(Premises {
            id,
            address,
            position,
            quarter: None,
            actor: occupant.copied().flatten(),
            used_as: raw.used_as,
            observed_on: raw.observed_on,
            version: 1,
        })
    }

    async fn write(self, tx: &mut Tx) -> Result<(), AppError> {
        let Run { permit, id, now, ctx, .. } = self.run;
        let (keys, new): (Vec<String>, Vec<Premises>) = self.new.into_iter().unzip();
        kiez_store::premises::insert(tx, permit, &new, *now).await?;
        let versions = kiez_store::premises::update(tx, permit, &self.changed, *now).await?;
        let mut looks = Vec::new();
        for premises in new.iter().chain(&self.changed) {
            looks.push((ctx.id(ObservationId::new)?, premises));
        }
        kiez_store::premises::observe(tx, permit, &looks).await?;
        let made = new.iter().map(|premises| change(premises, "created", 1));
        let changed =
            self.changed.iter().zip(versions).map(|(premises, version)| change(premises, "updated", version));
        let changes: Vec<_> = made.chain(changed).collect();
        kiez_store::import::note(tx, permit, *id, &changes).await?;
        let origins = keys.into_iter().zip(&new).map(|(source_key, premises)| Provenance {
            source_key,
            row_id: premises.id.to_string(),
            imported: "{}".to_owned(),
        });
        let origins: Vec<_> = origins.collect();
        Ok(kiez_store::provenance::put(tx, permit, "premises", &origins).await?)
    }
}

fn change(premises: &Premises, change: &str, version: i64) -> ImportChange {
    let row_id = premises.id.to_string();
    ImportChange { noun: "premises".to_owned(), row_id, change: change.to_owned(), version, earlier: None }
}

fn key_of(raw: &RawPremises) -> String {
    let text = |value: &Option<String>| value.clone().unwrap_or_default();
    let place = raw.position.map(|at| format!("{:.5}|{:.5}", at.lat(), at.lon())).unwrap_or_default();
    let parts = [text(&raw.street), text(&raw.house_number), text(&raw.postcode), text(&raw.occupant), place];
    let parts: Vec<&str> = parts.iter().map(String::as_str).collect();
    source_key(raw.external_id.as_deref(), &parts)
}
