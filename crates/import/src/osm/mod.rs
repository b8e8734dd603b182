//! OpenStreetMap: one file makes businesses, institutions, addresses, boundaries and the ground of the map.
//!
//! The way through this folder, bottom to top: `wire` reads numbers and bytes, `blob` the parts of the file,
//! `block` nodes, ways and relations; `gather` goes through the file and keeps what is wanted; `shapes` makes
//! lines and areas of it; `actors`, `ground` and `outlines` say what they are. Everything is checked against
//! the bytes that are there, sums are checked, and what stands in memory is counted: a hostile file is refused,
//! never a crash. Why not a library: `docs/decisions/0008-reading-openstreetmap.md`.

mod actors;
mod blob;
mod block;
mod gather;
mod ground;
mod outlines;
mod region;
mod rings;
mod shapes;
mod tags;
mod wire;

pub use outlines::MapOutline;
pub use region::Region;

use crate::actor::RawActor;
use crate::error::ReadError;
use crate::file_fault::{FileFault, Looks, Needed};
use crate::opening_hours;
use crate::reading::{Candidate, Reading};
use crate::source::Source;
use block::Place;
use gather::{Gathered, Stop};
use kiez_domain::address_point::{AddressPoint, fold_house_number, fold_street};
use kiez_domain::basemap::{BaseMap, Ground, GroundFeature, Names, Shape};
use kiez_domain::bounds::Bounds;
use kiez_domain::position::Position;
use kiez_domain::text::Name;
use shapes::Thing;
use std::collections::HashMap;
use std::fmt;
use std::sync::Arc;

/// Most elements that are read when nobody says otherwise: a large city, not a country.
pub const ELEMENT_LIMIT: usize = 2_000_000;

/// Whom the licence of the data asks to name beside whatever is drawn of it (ODbL 1.0, section 4.3).
pub const ATTRIBUTION: &str = "© OpenStreetMap contributors";

/// Metres within which the same number of a street is the same house; the next town may have it, too.
const ONE_HOUSE_M: f64 = 100.0;

/// What may be said beforehand about how to read a map.
#[derive(Debug, Clone)]
pub struct MapOptions {
    /// The part that is wanted; all of it when nothing is said.
    pub region: Option<Region>,
    /// Most nodes, ways and relations that may be kept in memory.
    pub limit_elements: usize,
    /// Who wants to hear how far the reading is.
    pub progress: Progress,
}

impl Default for MapOptions {
    fn default() -> Self {
        Self { region: None, limit_elements: ELEMENT_LIMIT, progress: Progress::default() }
    }
}

/// The steps of reading, in their order.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Step {
    /// Looking at the frame of the file.
    Survey,
    /// Finding what lies in the region.
    Region,
    /// Areas and boundaries.
    Relations,
    /// Streets and buildings.
    Ways,
    /// Corners, doors, shops.
    Nodes,
}

/// Told after each part of the file: the step, and how much of it is done, from 0 to 1.
#[derive(Clone, Default)]
pub struct Progress(Option<Arc<dyn Fn(Step, f64) + Send + Sync>>);

impl Progress {
    /// Calls `tell` on the way.
    pub fn to(tell: impl Fn(Step, f64) + Send + Sync + 'static) -> Self {
        Self(Some(Arc::new(tell)))
    }

    fn at(&self, step: Step, done: u64, of: usize) {
        if let Some(tell) = &self.0 {
            tell(step, done as f64 / of.max(1) as f64);
        }
    }
}

impl fmt::Debug for Progress {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(if self.0.is_some() { "Progress(heard)" } else { "Progress(unheard)" })
    }
}

/// Everything that was found in a map.
#[derive(Debug)]
pub struct OsmMap {
    /// Businesses and institutions; `read` counts them with the refused ones.
    pub actors: Reading<RawActor>,
    /// Doors with their addresses.
    pub addresses: Vec<AddressPoint>,
    /// Named areas that may be quarters: administrative boundaries, suburbs, neighbourhoods.
    pub outlines: Vec<MapOutline>,
    /// What is drawn below.
    pub base_map: BaseMap,
    /// The box for which the file tells everything: what it says of itself, else around what was found.
    pub covered: Option<Bounds>,
}

/// Reads a map in the format of OpenStreetMap (`.osm.pbf`).
///
/// # Errors
/// When the file is damaged, is no such map, holds more than the limit, or has nothing in the region.
pub fn read_map(source: &Source, options: &MapOptions) -> Result<OsmMap, ReadError> {
    let fail = |fault| ReadError::new(source.name(), fault);
    if source.bytes().is_empty() {
        return Err(fail(FileFault::Empty));
    }
    if !looks_like_a_map(source.bytes()) {
        let fault = FileFault::WrongFormat { looks: Looks::SomethingElse, needed: Needed::OpenStreetMap };
        return Err(fail(fault));
    }
    let bounds = options.region.as_ref().map(|region| region.bounds().ok_or(FileFault::NothingThere));
    let bounds = bounds.transpose().map_err(fail)?;
    let gathered = gather::gather(source.bytes(), bounds.as_ref(), options.limit_elements, &options.progress);
    let gathered = gathered.map_err(|stop| {
        fail(match stop {
            Stop::Damaged(at, damage) => FileFault::BrokenMap { at, detail: damage.to_string() },
            Stop::TooMuch => FileFault::MapTooLarge { limit: options.limit_elements },
        })
    })?;
    let map = Cartographer::new(source.name(), options.region.as_ref()).draw(&gathered);
    let nothing = map.actors.read == 0 && map.addresses.is_empty() && map.base_map.features.is_empty();
    if options.region.is_some() && nothing {
        return Err(fail(FileFault::NothingThere));
    }
    Ok(map)
}

/// A map begins with the length of a head and, as its first field, a kind that begins with "OSM".
fn looks_like_a_map(bytes: &[u8]) -> bool {
    bytes.get(4..9).is_some_and(|head| head[0] == 0x0A && &head[2..] == b"OSM")
}

impl Place {
    /// In degrees; places are checked when they are read.
    fn position(self) -> Option<Position> {
        Position::new(f64::from(self.lat) / 1e7, f64::from(self.lon) / 1e7).ok()
    }
}

/// A door may have several numbers: `12;14`. What is no number behind the first says something else: `13 A, Floor 5`.
fn numbers(text: &str) -> impl Iterator<Item = &str> {
    let is_number = |text: &str| {
        let letters = text.trim_start_matches(|c: char| c.is_ascii_digit());
        letters.len() < text.len() && letters.trim().chars().count() <= 1
    };
    let pieces = text.split([';', ',']).map(str::trim).filter(|number| !number.is_empty()).enumerate();
    pieces.filter(move |(at, piece)| *at == 0 || is_number(piece)).map(|(_, piece)| piece)
}

/// Puts together what was gathered.
struct Cartographer<'a> {
    file: &'a str,
    region: Option<&'a Region>,
    map: OsmMap,
    /// Areas whose edge is not whole in the file.
    open_areas: usize,
    /// Where a street's number is drawn already: a house and the shops in it say the same.
    numbered: HashMap<(String, String), Vec<Position>>,
}

impl<'a> Cartographer<'a> {
    fn new(file: &'a str, region: Option<&'a Region>) -> Self {
        let actors = Reading {
            file: file.to_owned(),
            read: 0,
            candidates: Vec::new(),
            refused: Vec::new(),
            notes: Vec::new(),
        };
        let map = OsmMap {
            actors,
            addresses: Vec::new(),
            outlines: Vec::new(),
            base_map: BaseMap::default(),
            covered: None,
        };
        Self { file, region, map, open_areas: 0, numbered: HashMap::new() }
    }

    fn draw(mut self, gathered: &Gathered) -> OsmMap {
        self.open_areas = shapes::each(gathered, |thing| self.take(&thing));
        self.map.covered = gathered.bounds.or_else(|| {
            let actors = self.map.actors.candidates.iter().filter_map(|actor| actor.row.position);
            Bounds::around(actors.chain(self.map.addresses.iter().map(AddressPoint::position)))
        });
        self.say(gathered.counts);
        self.map
    }

    fn take(&mut self, thing: &Thing<'_>) {
        self.map.base_map.features.extend(thing.features());
        if let Some(place) = thing.place().filter(|place| self.wanted(*place)) {
            self.take_actor(thing, place);
            self.take_addresses(thing, place);
            self.take_number(thing, place);
        }
        match outlines::read(thing) {
            Some(Ok(outline)) => self.map.outlines.push(outline),
            Some(Err((name, fault))) => {
                let field = format!("{} ({name})", thing.id());
                self.map.actors.notes.push(format!("{}: {field}: {fault}", self.file));
            }
            None => {}
        }
    }

    fn take_actor(&mut self, thing: &Thing<'_>, place: Position) {
        let Some(actor) = actors::read(&thing.id(), place, thing.tags) else { return };
        self.map.actors.read += 1;
        // A map has no lines: what is refused is named by its id.
        self.map.actors.candidates.push(Candidate { line: 0, row: actor });
    }

    /// The number that is drawn at the house.
    fn take_number(&mut self, thing: &Thing<'_>, place: Position) {
        let text = |key: &str| thing.tags.value(key);
        let numbers: Vec<&str> = numbers(text("addr:housenumber")).collect();
        // What cannot be shown is left out without a word: the address itself has said why.
        let Ok(local) = numbers.join(", ").parse::<Name>() else { return };
        let street = fold_street(&[text("addr:street"), text("addr:place")].join(" "));
        let drawn = self.numbered.entry((street, fold_house_number(local.as_str()))).or_default();
        if drawn.iter().all(|known| known.distance_m(place) > ONE_HOUSE_M) {
            drawn.push(place);
            let names = Names { local: Some(local), ..Names::default() };
            let shape = Shape::Point(place);
            self.map.base_map.features.push(GroundFeature { ground: Ground::Address, names, shape });
        }
    }

    fn take_addresses(&mut self, thing: &Thing<'_>, place: Position) {
        let text = |key: &str| thing.tags.value(key);
        let street = if text("addr:street").is_empty() { text("addr:place") } else { text("addr:street") };
        let numbers = numbers(text("addr:housenumber")).filter(|_| !street.is_empty());
        for number in numbers {
            let town = (text("addr:postcode"), text("addr:city"));
            match AddressPoint::from_texts((street, number), town, place) {
                Ok(point) => self.map.addresses.push(point),
                Err(problem) => {
                    let (file, id) = (self.file, thing.id());
                    self.map.actors.notes.push(format!("{file}: {id}: the address is left out: {problem}"));
                }
            }
        }
    }

    fn wanted(&self, place: Position) -> bool {
        self.region.is_none_or(|region| region.contains(place))
    }

    fn say(&mut self, [nodes, ways, relations]: [usize; 3]) {
        let file = self.file;
        let mut notes = vec![format!(
            "{file}: {nodes} nodes, {ways} ways, {relations} relations; {} addresses, {} named areas, {} features of the ground",
            self.map.addresses.len(),
            self.map.outlines.len(),
            self.map.base_map.features.len()
        )];
        let buildings = |feature: &GroundFeature| feature.ground == Ground::Building;
        if !self.map.base_map.features.iter().any(buildings) {
            notes.push(format!("{file}: it has no buildings; everything else is taken"));
        }
        if self.open_areas > 0 {
            let open = self.open_areas;
            notes.push(format!("{file}: {open} shapes reach beyond the edge of the file and were left out"));
        }
        let unnamed = self.map.actors.candidates.iter().filter(|actor| actor.row.unnamed).count();
        if unnamed > 0 {
            notes.push(format!("{file}: {unnamed} have no name and got a description instead"));
        }
        let unreadable = |actor: &&Candidate<RawActor>| {
            actor.row.opening_hours.as_ref().is_some_and(|text| opening_hours::read(text).is_none())
        };
        let unreadable = self.map.actors.candidates.iter().filter(unreadable).count();
        if unreadable > 0 {
            notes.push(format!(
                "{file}: {unreadable} opening hours are kept as text: no ordinary week can be read from them"
            ));
        }
        notes.append(&mut self.map.actors.notes);
        self.map.actors.notes = notes;
    }
}
