//! Going through the file several times: what is wanted, which nodes that needs, and where those are.
//!
//! A way comes after its nodes in a file, so nothing could be drawn in one pass without remembering every node of a
//! country. Instead: relations say which ways they need, ways say which nodes they need, and only those are kept,
//! twelve bytes each. What stands in memory is counted on the way and refused above a limit.

use super::blob::{self, Part, Parts};
use super::block::{self, Element, Kind, Place};
use super::tags::TagSet;
use super::wire::{Damage, Fields, Value, zigzag};
use super::{Progress, Step};
use kiez_domain::bounds::Bounds;
use kiez_domain::position::Position;
use std::collections::HashSet;

/// Bytes in memory that one element may take on average; streets and buildings of a city take about 120.
const BYTES_EACH: usize = 200;
/// Features that a file may demand of its reader.
const FEATURES: [&str; 2] = ["OsmSchema-V0.6", "DenseNodes"];

/// Why gathering stopped.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Stop {
    /// The file is damaged there.
    Damaged(u64, Damage),
    /// More than the limit.
    TooMuch,
}

/// A node with tags.
#[derive(Debug)]
pub(super) struct Node {
    pub(super) id: i64,
    pub(super) place: Place,
    pub(super) tags: TagSet,
}

/// A way: its corners by node.
#[derive(Debug)]
pub(super) struct Way {
    pub(super) id: i64,
    pub(super) nodes: Vec<i64>,
    pub(super) tags: TagSet,
}

/// A relation that is an area or a boundary: its ways, and whether each is the edge of a hole.
#[derive(Debug)]
pub(super) struct Relation {
    pub(super) id: i64,
    pub(super) ways: Vec<(i64, Edge)>,
    pub(super) tags: TagSet,
}

/// Which edge of an area a way belongs to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Edge {
    Outer,
    Inner,
}

/// Everything wanted from a file.
#[derive(Debug, Default)]
pub(super) struct Gathered {
    /// Nodes, ways and relations in the file.
    pub(super) counts: [usize; 3],
    /// The box that the file says it covers.
    pub(super) bounds: Option<Bounds>,
    pub(super) nodes: Vec<Node>,
    pub(super) ways: Vec<Way>,
    pub(super) relations: Vec<Relation>,
    pub(super) places: Places,
}

/// Where the corners of ways are.
#[derive(Debug, Default)]
pub(super) struct Places {
    ids: Vec<i64>,
    places: Vec<Option<Place>>,
}

impl Places {
    pub(super) fn get(&self, id: i64) -> Option<Place> {
        self.ids.binary_search(&id).ok().and_then(|at| self.places[at])
    }

    fn put(&mut self, id: i64, place: Place) {
        if let Ok(at) = self.ids.binary_search(&id) {
            self.places[at] = Some(place);
        }
    }
}

/// Gathers what lies in the box, or everything, from the bytes of a file.
pub(super) fn gather(
    bytes: &[u8],
    within: Option<&Bounds>,
    limit: usize,
    progress: &Progress,
) -> Result<Gathered, Stop> {
    let (parts, bounds) = survey(bytes, progress)?;
    let mut gatherer = Gatherer {
        parts,
        progress,
        within,
        touching: HashSet::new(),
        members: HashSet::new(),
        budget: Budget { elements: limit, bytes: limit.saturating_mul(BYTES_EACH) },
        found: Gathered { bounds, ..Gathered::default() },
    };
    gatherer.touching_ways()?;
    gatherer.relations()?;
    gatherer.ways()?;
    gatherer.nodes()?;
    Ok(gatherer.found)
}

/// A data part and the kinds of elements in it.
struct DataPart<'a> {
    part: Part<'a>,
    kinds: Vec<Kind>,
}

/// Checks the frame of the whole file before anything is kept; gives the box it covers, too.
fn survey<'a>(bytes: &'a [u8], progress: &Progress) -> Result<(Vec<DataPart<'a>>, Option<Bounds>), Stop> {
    let (mut parts, mut headed, mut bounds) = (Vec::new(), false, None);
    for part in Parts::of(bytes) {
        let part = part.map_err(|(at, damage)| Stop::Damaged(at, damage))?;
        let damaged = |damage| Stop::Damaged(part.at, damage);
        match part.kind {
            blob::Kind::Head => {
                bounds = part.unpack().and_then(|head| read_head(&head)).map_err(damaged)?;
                headed = true;
            }
            _ if !headed => return Err(damaged(Damage::NoHead)),
            blob::Kind::Data => {
                let kinds = part.unpack().and_then(|content| kinds_in(&content)).map_err(damaged)?;
                parts.push(DataPart { part, kinds });
            }
            blob::Kind::Other => {}
        }
        progress.at(Step::Survey, part.at, bytes.len());
    }
    Ok((parts, bounds))
}

/// Refuses what needs more than we can do; gives the box.
fn read_head(head: &[u8]) -> Result<Option<Bounds>, Damage> {
    let mut bounds = None;
    for field in Fields::of(head) {
        match field? {
            (1, Value::Bytes(corners)) => bounds = read_bounds(corners)?,
            (4, Value::Bytes(feature)) => {
                let feature = String::from_utf8_lossy(feature);
                if !FEATURES.contains(&&*feature) {
                    return Err(Damage::Feature(feature.chars().take(60).collect()));
                }
            }
            _ => {}
        }
    }
    Ok(bounds)
}

/// West, east, north and south in billionths of a degree; a box that is nowhere is none.
fn read_bounds(corners: &[u8]) -> Result<Option<Bounds>, Damage> {
    let mut edges = [0.0; 4];
    for field in Fields::of(corners) {
        if let (field @ 1..=4, Value::Number(nano)) = field? {
            edges[field as usize - 1] = zigzag(nano) as f64 / 1e9;
        }
    }
    let [west, east, north, south] = edges;
    let corner = |lat, lon| Position::new(lat, lon).ok();
    Ok(corner(south, west).zip(corner(north, east)).and_then(|(least, most)| Bounds::around([least, most])))
}

fn kinds_in(content: &[u8]) -> Result<Vec<Kind>, Damage> {
    let mut kinds = Vec::new();
    for field in Fields::of(content) {
        let (2, Value::Bytes(group)) = field? else { continue };
        for field in Fields::of(group) {
            let kind = match field?.0 {
                1 | 2 => Kind::Node,
                3 => Kind::Way,
                4 => Kind::Relation,
                _ => continue,
            };
            if !kinds.contains(&kind) {
                kinds.push(kind);
            }
        }
    }
    Ok(kinds)
}

/// What may still be kept.
struct Budget {
    elements: usize,
    bytes: usize,
}

impl Budget {
    fn spend(&mut self, bytes: usize) -> Result<(), Stop> {
        self.elements = self.elements.checked_sub(1).ok_or(Stop::TooMuch)?;
        self.bytes = self.bytes.checked_sub(bytes).ok_or(Stop::TooMuch)?;
        Ok(())
    }
}

/// A damage whose place in the file is added where the part is known.
enum Halt {
    Damaged(Damage),
    Stopped(Stop),
}

impl From<Damage> for Halt {
    fn from(damage: Damage) -> Self {
        Self::Damaged(damage)
    }
}

struct Gatherer<'a> {
    parts: Vec<DataPart<'a>>,
    progress: &'a Progress,
    within: Option<&'a Bounds>,
    /// Ways that reach into the box.
    touching: HashSet<i64>,
    /// Ways that a relation needs.
    members: HashSet<i64>,
    budget: Budget,
    found: Gathered,
}

impl Gatherer<'_> {
    /// Visits every element of a kind.
    fn each(
        &mut self,
        (kind, step): (Kind, Step),
        mut visit: impl FnMut(&mut Self, Element<'_>) -> Result<(), Stop>,
    ) -> Result<(), Stop> {
        let parts = std::mem::take(&mut self.parts);
        let wanted = parts.iter().filter(|part| part.kinds.contains(&kind));
        let count = wanted.clone().count();
        for (done, DataPart { part, .. }) in wanted.enumerate() {
            self.progress.at(step, done as u64, count);
            let content = part.unpack().map_err(|damage| Stop::Damaged(part.at, damage))?;
            let visited =
                block::each(&content, &[kind], |element| visit(self, element).map_err(Halt::Stopped));
            visited.map_err(|halt| match halt {
                Halt::Damaged(damage) => Stop::Damaged(part.at, damage),
                Halt::Stopped(stop) => stop,
            })?;
        }
        self.parts = parts;
        Ok(())
    }

    /// With a box: which ways have a node in it.
    fn touching_ways(&mut self) -> Result<(), Stop> {
        let Some(bounds) = self.within.copied() else { return Ok(()) };
        let mut inside = HashSet::new();
        self.each((Kind::Node, Step::Region), |this, element| {
            if let Element::Node { id, place, .. } = element
                && place.position().is_some_and(|place| bounds.contains(place))
            {
                this.budget.spend(size_of::<i64>())?;
                inside.insert(id);
            }
            Ok(())
        })?;
        self.each((Kind::Way, Step::Region), |this, element| {
            if let Element::Way { id, nodes, .. } = element
                && nodes.iter().any(|node| inside.contains(node))
            {
                this.touching.insert(id);
            }
            Ok(())
        })?;
        // From here on they count as what is kept of them.
        self.budget.elements += inside.len();
        Ok(())
    }

    fn relations(&mut self) -> Result<(), Stop> {
        self.each((Kind::Relation, Step::Relations), |this, element| {
            let Element::Relation { id, members, tags } = element else { return Ok(()) };
            this.found.counts[2] += 1;
            let tags = TagSet::keep(&tags);
            let is_area = matches!(tags.value("type"), "multipolygon" | "boundary");
            let ways: Vec<(i64, Edge)> =
                members.iter().filter(|member| member.kind == Kind::Way).map(edge_of).collect();
            if !is_area || !tags.is_subject() || !this.reaches_in(ways.iter().map(|(way, _)| *way)) {
                return Ok(());
            }
            this.budget.spend(tags.weight() + ways.len() * 3 * size_of::<i64>())?;
            this.members.extend(ways.iter().map(|(way, _)| *way));
            this.found.relations.push(Relation { id, ways, tags });
            Ok(())
        })
    }

    fn ways(&mut self) -> Result<(), Stop> {
        self.each((Kind::Way, Step::Ways), |this, element| {
            let Element::Way { id, nodes, tags } = element else { return Ok(()) };
            this.found.counts[1] += 1;
            let tags = TagSet::keep(&tags);
            let wanted = tags.is_subject() && this.reaches_in([id]);
            if !wanted && !this.members.contains(&id) {
                return Ok(());
            }
            this.budget.spend(tags.weight() + nodes.len() * 2 * size_of::<i64>())?;
            this.found.places.ids.extend_from_slice(&nodes);
            this.found.ways.push(Way { id, nodes, tags });
            Ok(())
        })?;
        let places = &mut self.found.places;
        places.ids.sort_unstable();
        places.ids.dedup();
        places.places = vec![None; places.ids.len()];
        self.budget.elements = self.budget.elements.checked_sub(places.ids.len()).ok_or(Stop::TooMuch)?;
        // Ways are found by their number from here on.
        self.found.ways.sort_by_key(|way| way.id);
        Ok(())
    }

    fn nodes(&mut self) -> Result<(), Stop> {
        self.each((Kind::Node, Step::Nodes), |this, element| {
            let Element::Node { id, place, tags } = element else { return Ok(()) };
            this.found.counts[0] += 1;
            this.found.places.put(id, place);
            if tags.is_empty() {
                return Ok(());
            }
            let tags = TagSet::keep(&tags);
            let outside =
                || this.within.is_some_and(|bounds| place.position().is_none_or(|at| !bounds.contains(at)));
            if tags.is_subject() && !outside() {
                this.budget.spend(tags.weight() + size_of::<Node>())?;
                this.found.nodes.push(Node { id, place, tags });
            }
            Ok(())
        })
    }

    /// Whether one of the ways lies in the box, where there is one.
    fn reaches_in(&self, ways: impl IntoIterator<Item = i64>) -> bool {
        self.within.is_none() || ways.into_iter().any(|way| self.touching.contains(&way))
    }
}

fn edge_of(member: &block::Member<'_>) -> (i64, Edge) {
    (member.id, if member.role == "inner" { Edge::Inner } else { Edge::Outer })
}
