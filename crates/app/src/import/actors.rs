//! Actors of files: found again by id, else by name and address.

use super::Run;
use super::plan::{self, Fields, Known, Plan};
use super::report::{FileReport, ListedDifference};
use super::rows::{actor_form, fields, fold, form};
use crate::error::AppError;
use crate::geocode::Gazetteer;
use kiez_domain::actor::{ActorForm, NewActor};
use kiez_domain::address::Address;
use kiez_domain::contact_channel::{ChannelVisibility, ContactChannel, Medium};
use kiez_domain::id::{ActorId, ContactChannelId, DifferenceId};
use kiez_domain::issue::Issues;
use kiez_domain::position::Position;
use kiez_import::actor::RawActor;
use kiez_import::reading::{Candidate, Reading};
use kiez_store::conn::Tx;
use kiez_store::difference::Difference;
use kiez_store::import::{ChangedActor, Incoming, KnownActor};
use kiez_store::provenance::Provenance;
use std::collections::{HashMap, HashSet};

/// Takes in the files' actors.
pub(super) async fn take_in(
    run: &Run<'_>,
    tx: &mut Tx,
    readings: Vec<(String, Reading<RawActor>)>,
) -> Result<Vec<FileReport>, AppError> {
    let mut desk = Desk::open(run, tx).await?;
    let mut reports = Vec::with_capacity(readings.len());
    for (stem, reading) in readings {
        reports.push(desk.file(&stem, reading)?);
    }
    if !run.dry_run {
        desk.write(tx).await?;
    }
    Ok(reports)
}

/// The name under which rows of maps are remembered, whatever the file was called: the next one has another date in
/// its name.
pub(super) const MAP: &str = "osm";

/// Takes in the actors of maps, and lists those that a map had and has no longer where it was read.
pub(super) async fn take_in_maps(
    run: &Run<'_>,
    tx: &mut Tx,
    (readings, covered): (Vec<Reading<RawActor>>, &impl Fn(Position) -> bool),
) -> Result<Vec<FileReport>, AppError> {
    let mut desk = Desk::open(run, tx).await?;
    let mut reports = Vec::with_capacity(readings.len());
    for reading in readings {
        reports.push(desk.file(MAP, reading)?);
    }
    if let Some(last) = reports.last_mut() {
        desk.list_gone(covered, last)?;
        last.silent_changes += desk.remembered.len();
    }
    if !run.dry_run {
        desk.write(tx).await?;
    }
    Ok(reports)
}

/// What is known, and what is to be written.
pub(super) struct Desk<'a> {
    pub(super) run: &'a Run<'a>,
    gazetteer: Gazetteer,
    pub(super) actors: Vec<KnownActor>,
    by_id: HashMap<String, usize>,
    /// By the key of a row in a file of that name: what the file said last.
    pub(super) origins: HashMap<String, (usize, Fields)>,
    /// By the foreign id, whatever the file was called.
    by_foreign_id: HashMap<String, (usize, Fields)>,
    /// Actors that a person entered, by name and address.
    by_hand: HashMap<String, usize>,
    /// The same by name alone.
    by_hand_name: HashMap<String, Vec<usize>>,
    /// Name and address of everything, to suggest duplicates.
    places: HashSet<String>,
    /// Foreign ids and keys that an earlier row of this run had.
    pub(super) seen: HashSet<String>,
    new: Vec<Incoming<ActorId, NewActor>>,
    channels: Vec<ContactChannel>,
    changed: Vec<ChangedActor>,
    pub(super) differences: Vec<Difference>,
    pub(super) remembered: Vec<Provenance>,
}

impl<'a> Desk<'a> {
    async fn open(run: &'a Run<'a>, tx: &mut Tx) -> Result<Self, AppError> {
        let known = kiez_store::import::known_actors(tx, run.project).await?;
        let origins = kiez_store::provenance::list(tx, run.project, "actor").await?;
        let gazetteer = Gazetteer::load(tx, run.project).await?;
        Ok(Self::new(run, (known, gazetteer), origins))
    }

    fn new(
        run: &'a Run<'a>,
        (actors, gazetteer): (Vec<KnownActor>, Gazetteer),
        known_origins: Vec<Provenance>,
    ) -> Self {
        let by_id: HashMap<String, usize> =
            actors.iter().enumerate().map(|(at, actor)| (actor.id.to_string(), at)).collect();
        let mut desk = Self {
            run,
            gazetteer,
            by_id,
            origins: HashMap::new(),
            by_foreign_id: HashMap::new(),
            by_hand: HashMap::new(),
            by_hand_name: HashMap::new(),
            places: HashSet::new(),
            seen: HashSet::new(),
            new: Vec::new(),
            channels: Vec::new(),
            changed: Vec::new(),
            differences: Vec::new(),
            remembered: Vec::new(),
            actors,
        };
        desk.remember_origins(known_origins);
        let imported: HashSet<usize> = desk.origins.values().map(|(at, _)| *at).collect();
        for (at, actor) in desk.actors.iter().enumerate() {
            let place = place_of(&ActorForm::from(&actor.data));
            if !imported.contains(&at) {
                desk.by_hand.insert(place.clone(), at);
                desk.by_hand_name.entry(fold(actor.data.name.as_str())).or_default().push(at);
            }
            desk.places.insert(place);
        }
        desk
    }

    fn remember_origins(&mut self, known: Vec<Provenance>) {
        for origin in known {
            let Some(at) = self.by_id.get(&origin.row_id).copied() else { continue };
            let said: Fields = serde_json::from_str(&origin.imported).unwrap_or_default();
            if let Some((id, _)) = origin.source_key.rsplit_once('#').filter(|(id, _)| id.starts_with("id:"))
            {
                self.by_foreign_id.insert(id.to_owned(), (at, said.clone()));
            }
            self.origins.insert(origin.source_key, (at, said));
        }
    }

    fn file(&mut self, stem: &str, reading: Reading<RawActor>) -> Result<FileReport, AppError> {
        let (mut report, candidates) = FileReport::begin(reading);
        for Candidate { line, row } in candidates {
            self.row(stem, (line, row), &mut report)?;
        }
        report.say_places();
        Ok(report)
    }

    fn row(
        &mut self,
        stem: &str,
        (line, raw): (u64, RawActor),
        report: &mut FileReport,
    ) -> Result<(), AppError> {
        let contacts = contacts(&raw);
        let (foreign, unnamed) = (raw.external_id.clone(), raw.unnamed);
        let form = self.located(actor_form(raw), report);
        let data = match NewActor::try_from(form.clone()) {
            Ok(data) => data,
            Err(mut issues) => {
                // A map has no lines: its element is named instead.
                if let Some(element) = foreign.filter(|_| line == 0) {
                    issues.iter_mut().for_each(|issue| issue.field = format!("{element} {}", issue.field));
                }
                report.refuse(line, issues);
                return Ok(());
            }
        };
        // The side that follows from the branch is what the file says, too.
        let form = ActorForm { side: data.side.to_string(), ..form };
        let place = place_of(&form);
        let id = foreign.filter(|id| !id.trim().is_empty()).map(|id| format!("id:{}", id.trim()));
        let key = id.as_ref().map_or_else(|| format!("as:{place}"), |id| format!("{id}#{stem}"));
        if !self.seen.insert(id.clone().unwrap_or_else(|| key.clone())) {
            report.unchanged += 1;
            return Ok(());
        }
        match self.find(&key, id.as_deref(), (&place, &data)) {
            Some((at, said)) => self.known(at, said, (&key, &form), report),
            None => {
                if !unnamed && !self.places.insert(place) {
                    report.duplicates_suggested += 1;
                }
                report.new += 1;
                self.add(key, data, &form, contacts)
            }
        }
    }

    /// The form with the place of its address, where the file gives none and the map knows the door for certain.
    fn located(&self, form: ActorForm, report: &mut FileReport) -> ActorForm {
        if !form.lat.is_empty() || !form.lon.is_empty() || form.street.is_empty() {
            return form;
        }
        let mut issues = Issues::default();
        let address =
            Address::collect(&mut issues, &form.street, &form.house_number, &form.postcode, &form.city);
        match report.places.note(&self.gazetteer.find(&address)) {
            Some(at) => ActorForm { lat: at.lat().to_string(), lon: at.lon().to_string(), ..form },
            None => form,
        }
    }

    /// By the key, by the foreign id in a file of another name, by name and address of what a person entered.
    fn find(
        &self,
        key: &str,
        id: Option<&str>,
        (place, data): (&str, &NewActor),
    ) -> Option<(usize, Option<Fields>)> {
        let by_id = || id.and_then(|id| self.by_foreign_id.get(id).or_else(|| self.same_element(id, data)));
        if let Some((at, said)) = self.origins.get(key).or_else(by_id) {
            return Some((*at, Some(said.clone())));
        }
        let by_hand = self.by_hand.get(place).copied();
        by_hand.or_else(|| self.beside(data).filter(|_| id.is_some_and(is_element))).map(|at| (at, None))
    }

    /// Lists made of OpenStreetMap give the bare number of an element, maps say what it is as well. The number
    /// alone could be anything, so the name or the place must fit.
    fn same_element(&self, id: &str, data: &NewActor) -> Option<&(usize, Fields)> {
        let other_spellings = match id.rsplit_once('/') {
            Some((_, number)) => vec![format!("id:{number}")],
            None => {
                let number = id.trim_start_matches("id:");
                ELEMENTS.iter().map(|element| format!("id:{element}{number}")).collect()
            }
        };
        let candidates = other_spellings.iter().filter_map(|id| self.by_foreign_id.get(id));
        candidates.into_iter().find(|(at, _)| {
            let known = &self.actors[*at].data;
            fold(known.name.as_str()) == fold(data.name.as_str()) || are_beside(known, data)
        })
    }

    /// The only actor that a person entered under this name and a few steps away.
    fn beside(&self, data: &NewActor) -> Option<usize> {
        let same_name = self.by_hand_name.get(&fold(data.name.as_str()))?;
        let mut near = same_name.iter().filter(|at| are_beside(&self.actors[**at].data, data));
        let first = near.next().copied();
        first.filter(|_| near.next().is_none())
    }

    fn known(
        &mut self,
        at: usize,
        said: Option<Fields>,
        (key, form): (&str, &ActorForm),
        report: &mut FileReport,
    ) -> Result<(), AppError> {
        let before = fields(&ActorForm::from(&self.actors[at].data));
        let incoming = fields(form);
        let known = Known { current: before.clone(), imported: said };
        let plan = match self.origins.contains_key(key) {
            true => plan::plan(&incoming, &known),
            false => plan::plan_of_another_source(&incoming, &known),
        };
        if plan.is_nothing() {
            report.unchanged += 1;
            return Ok(());
        }
        if plan.changes.is_empty() {
            report.unchanged += 1
        } else {
            report.changed += 1
        }
        report.differences += plan.differences.len();
        let actor = &self.actors[at];
        report.listed_differences.extend(plan.differences.iter().map(|found| ListedDifference {
            id: actor.id.to_string(),
            name: actor.data.name.to_string(),
            field: found.field.clone(),
            ours: found.ours.clone(),
            theirs: found.theirs.clone(),
        }));
        self.carry_out(at, &before, plan, (key, &incoming))
    }

    fn carry_out(
        &mut self,
        at: usize,
        before: &Fields,
        plan: Plan,
        (key, incoming): (&str, &Fields),
    ) -> Result<(), AppError> {
        let (id, version) = (self.actors[at].id, self.actors[at].version);
        if !plan.changes.is_empty() {
            let mut after = before.clone();
            after.extend(plan.changes);
            let data = NewActor::try_from(form::<ActorForm>(&after))?;
            let earlier = json(before)?;
            self.changed.push(ChangedActor { id, version, data, earlier });
        }
        for found in plan.differences {
            self.differences.push(Difference {
                id: self.run.ctx.id(DifferenceId::new)?,
                noun: "actor".to_owned(),
                row_id: id.to_string(),
                field: found.field,
                ours: found.ours,
                theirs: found.theirs,
                import: self.run.id,
            });
        }
        self.remembered.push(Provenance {
            source_key: key.to_owned(),
            row_id: id.to_string(),
            imported: json(incoming)?,
        });
        Ok(())
    }

    fn add(
        &mut self,
        source_key: String,
        data: NewActor,
        form: &ActorForm,
        contacts: Vec<(Medium, String)>,
    ) -> Result<(), AppError> {
        let id = self.run.ctx.id(ActorId::new)?;
        for (medium, value) in contacts {
            let Ok(value) = value.parse() else { continue };
            let (channel, visibility) =
                (self.run.ctx.id(ContactChannelId::new)?, ChannelVisibility::Internal);
            self.channels.push(ContactChannel {
                id: channel,
                actor: id,
                person: None,
                medium,
                value,
                visibility,
            });
        }
        self.new.push(Incoming { id, data, source_key, imported: json(&fields(form))? });
        Ok(())
    }

    async fn write(self, tx: &mut Tx) -> Result<(), AppError> {
        let Run { permit, id, now, .. } = self.run;
        kiez_store::import::insert_actors(tx, permit, *id, &self.new, *now).await?;
        kiez_store::import::insert_channels(tx, permit, &self.channels, *now).await?;
        kiez_store::import::update_actors(tx, permit, *id, &self.changed, *now).await?;
        kiez_store::difference::add(tx, permit, &self.differences).await?;
        kiez_store::provenance::put(tx, permit, "actor", &self.remembered).await?;
        Ok(())
    }
}

/// Steps between two places that may be one door on two maps.
const BESIDE_M: f64 = 50.0;
/// What an element of OpenStreetMap is, before its number.
const ELEMENTS: [&str; 3] = ["node/", "way/", "relation/"];

fn is_element(id: &str) -> bool {
    let id = id.trim_start_matches("id:");
    ELEMENTS.iter().any(|element| id.starts_with(element))
}

fn are_beside(one: &NewActor, other: &NewActor) -> bool {
    one.position.zip(other.position).is_some_and(|(one, other)| one.distance_m(other) <= BESIDE_M)
}

/// Name and address as one key; without a street the place on the ground, to about ten metres.
fn place_of(form: &ActorForm) -> String {
    let near = |degrees: &str| degrees.parse::<f64>().map(|d| format!("{d:.4}")).unwrap_or_default();
    let name = fold(&form.name);
    if form.street.is_empty() {
        return format!("{name}|{}|{}", near(&form.lat), near(&form.lon));
    }
    format!("{name}|{}|{}|{}", fold(&form.street), fold(&form.house_number), fold(&form.postcode))
}

fn contacts(raw: &RawActor) -> Vec<(Medium, String)> {
    let all = [(Medium::Phone, &raw.phone), (Medium::Mail, &raw.email), (Medium::Web, &raw.website)];
    all.into_iter().filter_map(|(medium, value)| value.clone().map(|value| (medium, value))).collect()
}

pub(super) fn json(fields: &Fields) -> Result<String, AppError> {
    serde_json::to_string(fields).map_err(|error| AppError::Broken(error.to_string()))
}
