//! Actors of files: found again by id, else by name and address.

use super::desk::{Desk, Keys, Met, Work, each_row};
use super::plan::Fields;
use super::report::FileReport;
use super::rows::{actor_form, fold};
use super::{Run, gone};
use crate::error::AppError;
use crate::geocode::Gazetteer;
use crate::objection::Objections;
use kiez_domain::actor::{ActorForm, NewActor};
use kiez_domain::address::Address;
use kiez_domain::contact_channel::{ChannelVisibility, ContactChannel, Medium};
use kiez_domain::id::{ActorId, ContactChannelId};
use kiez_domain::issue::{FieldIssue, Issues, Problem};
use kiez_domain::position::Position;
use kiez_domain::text::Line;
use kiez_import::actor::RawActor;
use kiez_import::reading::Reading;
use kiez_store::conn::{Conn, Tx};
use kiez_store::import_changed::KnownRow;
use std::collections::{HashMap, HashSet};

/// What is to be written.
pub(super) struct Found {
    actors: Work<NewActor>,
    channels: Vec<ContactChannel>,
}

/// Compares the files' actors with those that are stored.
pub(super) async fn compare(
    run: &Run<'_>,
    conn: &mut Conn,
    readings: Vec<Reading<RawActor>>,
) -> Result<(Vec<FileReport>, Found), AppError> {
    let mut front = Front::open(run, conn).await?;
    let reports = each_row(run, readings, |raw, report| {
        let stem = report.stem().to_owned();
        front.take(raw, &stem, report)
    })
    .await?;
    Ok((reports, front.close()))
}

/// The name under which rows of maps are remembered, whatever the file was called: the next one has another date in
/// its name.
pub(super) const MAP: &str = "osm";

/// Compares the actors of maps, and lists those that a map had and has no longer where it was read.
pub(super) async fn compare_maps(
    run: &Run<'_>,
    conn: &mut Conn,
    (readings, covered): (Vec<Reading<RawActor>>, &impl Fn(Position) -> bool),
) -> Result<(Vec<FileReport>, Found), AppError> {
    let mut front = Front::open(run, conn).await?;
    let mut reports = each_row(run, readings, |raw, report| {
        let element = raw.external_id.clone().unwrap_or_default();
        let taken = front.take(raw, MAP, report);
        // A map has no lines: its element is named instead.
        taken.map_err(|error| match error {
            AppError::Invalid(issues) => AppError::Invalid(of_element(&element, issues)),
            other => other,
        })
    })
    .await?;
    if let Some(last) = reports.last_mut() {
        gone::list(&mut front.desk, covered, last)?;
        last.silent_changes += front.desk.silent_changes();
    }
    Ok((reports, front.close()))
}

fn of_element(element: &str, mut issues: Vec<FieldIssue>) -> Vec<FieldIssue> {
    issues.iter_mut().for_each(|issue| issue.field = format!("{element} {}", issue.field));
    issues
}

/// The desk with what is special to actors: ways to reach them, and names and places by which they are found.
struct Front<'a> {
    run: &'a Run<'a>,
    gazetteer: Gazetteer,
    desk: Desk<'a, NewActor>,
    channels: Vec<ContactChannel>,
    /// Who must not be taken in.
    objections: Objections,
    /// Name and address of everything, to suggest duplicates.
    places: HashSet<String>,
    /// Actors that a person entered, by name alone: their keys, and where they are.
    by_hand: HashMap<String, Vec<(String, Option<Position>)>>,
}

impl<'a> Front<'a> {
    async fn open(run: &'a Run<'a>, conn: &mut Conn) -> Result<Self, AppError> {
        let mut desk = Desk::<NewActor>::open(run, conn).await?;
        let imported = desk.imported();
        let places: Vec<String> = desk.known.iter().map(|actor| place_of(&actor.data)).collect();
        for at in alone(&desk.known, &places) {
            desk.also_told(format!("at:{}", places[at]), at);
        }
        let mut by_hand: HashMap<String, Vec<(String, Option<Position>)>> = HashMap::new();
        for (at, place) in places.iter().enumerate().filter(|(at, _)| !imported.contains(at)) {
            let (key, actor) = (format!("at:{place}"), &desk.known[at].data);
            by_hand.entry(fold(actor.name.as_str())).or_default().push((key.clone(), actor.position));
            desk.also(key, at);
        }
        let gazetteer = Gazetteer::load(conn, run.project).await?;
        let objections = Objections::of(conn, run.project).await?;
        let (places, channels) = (places.into_iter().collect(), Vec::new());
        Ok(Self { run, gazetteer, desk, channels, objections, places, by_hand })
    }

    fn take(&mut self, raw: RawActor, source: &str, report: &mut FileReport) -> Result<(), AppError> {
        let (contacts, foreign, unnamed) = (contacts(&raw), raw.external_id.clone(), raw.unnamed);
        let data = NewActor::try_from(self.located(actor_form(raw), report))?;
        self.refuse_objected(&data, &contacts)?;
        let place = place_of(&data);
        let keys = self.keys(foreign.as_deref(), source, (&place, &data));
        let Met::New(id) = self.desk.row(keys, data, report)? else { return Ok(()) };
        if !unnamed && !self.places.insert(place) {
            report.figures.duplicates_suggested += 1;
        }
        add_channels(self.run, &mut self.channels, (id, contacts))
    }

    /// Leaves out who has objected, under the name and address or under a way to be reached: the list says so.
    fn refuse_objected(&self, data: &NewActor, contacts: &[(Medium, String)]) -> Result<(), AppError> {
        let field = match contacts.iter().find(|(medium, value)| self.objections.forbid(*medium, value)) {
            Some((medium, _)) => medium.name(),
            None if self.objections.forbid_entry(data) => "name",
            None => return Ok(()),
        };
        Err(AppError::field(field, Problem::Objected))
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

    fn close(self) -> Found {
        Found { actors: self.desk.close(), channels: self.channels }
    }

    /// By its id in a source of that name, by the id alone, by name and address of what a person entered. A row without
    /// an id is known by its name and address, first in its own list, then in any.
    fn keys(&self, foreign: Option<&str>, source: &str, (place, data): (&str, &NewActor)) -> Keys {
        let (at, aside) = (format!("at:{place}"), Fields::new());
        let source = source.replace('#', " ");
        let Some(id) = foreign.map(str::trim).filter(|id| !id.is_empty()) else {
            let anywhere = format!("named:{place}");
            return Keys { source: format!("{anywhere}#{source}"), others: vec![anywhere, at], aside };
        };
        let mut others = vec![format!("id:{id}")];
        others.extend(self.same_element(id, data));
        others.extend(Some(at).filter(|at| self.desk.is_by_hand(at)));
        others.extend(self.beside(data).filter(|_| is_element(id)));
        Keys { source: format!("id:{id}#{source}"), others, aside }
    }

    /// Lists made of OpenStreetMap give the bare number of an element, maps say what it is as well. The number
    /// alone could be anything, so the name or the place must fit.
    fn same_element(&self, id: &str, data: &NewActor) -> Option<String> {
        let other_spellings = match id.rsplit_once('/') {
            Some((_, number)) => vec![format!("id:{number}")],
            None => ELEMENTS.iter().map(|element| format!("id:{element}{id}")).collect(),
        };
        other_spellings.into_iter().find(|key| {
            self.desk.stored_at(key).is_some_and(|known| {
                fold(known.name.as_str()) == fold(data.name.as_str()) || are_beside(known.position, data)
            })
        })
    }

    /// The only actor that a person entered under this name and a few steps away.
    fn beside(&self, data: &NewActor) -> Option<String> {
        let same_name = self.by_hand.get(&fold(data.name.as_str()))?;
        let mut near = same_name.iter().filter(|(_, position)| are_beside(*position, data));
        let first = near.next().map(|(key, _)| key.clone());
        first.filter(|_| near.next().is_none())
    }
}

impl Found {
    /// Writes what was found.
    pub(super) async fn write(self, run: &Run<'_>, tx: &mut Tx) -> Result<(), AppError> {
        self.actors.write(run, tx).await?;
        Ok(kiez_store::import::insert_channels(tx, &run.permit, &self.channels, run.now).await?)
    }
}

/// Steps between two places that may be one door on two maps.
const BESIDE_M: f64 = 50.0;
/// What an element of OpenStreetMap is, before its number.
const ELEMENTS: [&str; 3] = ["node/", "way/", "relation/"];

fn is_element(id: &str) -> bool {
    ELEMENTS.iter().any(|element| id.starts_with(element))
}

fn are_beside(known: Option<Position>, data: &NewActor) -> bool {
    known.zip(data.position).is_some_and(|(one, other)| one.distance_m(other) <= BESIDE_M)
}

/// Those that nobody else shares a name and a place with; a name alone is no place.
fn alone<Id>(known: &[KnownRow<Id, NewActor>], places: &[String]) -> Vec<usize> {
    let mut counts: HashMap<&str, usize> = HashMap::new();
    places.iter().for_each(|place| *counts.entry(place).or_default() += 1);
    let is_placed = |actor: &NewActor| actor.address.street.is_some() || actor.position.is_some();
    (0..known.len()).filter(|at| counts[places[*at].as_str()] == 1 && is_placed(&known[*at].data)).collect()
}

/// Name and address as one key; without a street the place on the ground, to about ten metres.
fn place_of(actor: &NewActor) -> String {
    let folded = |text: &Option<Line>| fold(text.as_ref().map_or("", |line| line.as_str()));
    let (name, address) = (fold(actor.name.as_str()), &actor.address);
    if address.street.is_none() {
        let near = actor.position.map(|at| format!("{:.4}|{:.4}", at.lat(), at.lon()));
        return format!("{name}|{}", near.unwrap_or_else(|| "|".to_owned()));
    }
    let (street, number) = (folded(&address.street), folded(&address.house_number));
    format!("{name}|{street}|{number}|{}", folded(&address.postcode))
}

fn contacts(raw: &RawActor) -> Vec<(Medium, String)> {
    let all = [(Medium::Phone, &raw.phone), (Medium::Mail, &raw.email), (Medium::Web, &raw.website)];
    all.into_iter().filter_map(|(medium, value)| value.clone().map(|value| (medium, value))).collect()
}

/// Keeps the ways to reach a new actor; one that cannot be read is not worth losing the actor for.
fn add_channels(
    run: &Run<'_>,
    channels: &mut Vec<ContactChannel>,
    (actor, contacts): (ActorId, Vec<(Medium, String)>),
) -> Result<(), AppError> {
    for (medium, value) in contacts {
        let Ok(value) = value.parse() else { continue };
        let (id, visibility) = (run.ctx.id(ContactChannelId::new)?, ChannelVisibility::Internal);
        channels.push(ContactChannel { id, actor, person: None, medium, value, visibility });
    }
    Ok(())
}
