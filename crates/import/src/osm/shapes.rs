//! Lines and areas from nodes: what was gathered becomes things with a shape.

use super::gather::{Edge, Gathered, Relation, Way};
use super::ground;
use super::rings;
use super::tags::TagSet;
use kiez_domain::basemap::{Ground, GroundFeature, Shape};
use kiez_domain::position::Position;
use kiez_domain::quarter::Outline;
use std::collections::HashSet;

/// Something on the map: its tags and its shapes.
#[derive(Debug)]
pub(super) struct Thing<'a> {
    kind: &'static str,
    number: i64,
    pub(super) tags: &'a TagSet,
    pub(super) shape: Form,
}

/// The form of a thing.
#[derive(Debug)]
pub(super) enum Form {
    Point(Position),
    /// Stretches of a line; more than one where corners are missing in the file.
    Lines(Vec<Vec<Position>>),
    Area(Outline),
    /// A stretch of an administrative boundary.
    Boundary(Vec<Position>),
}

impl Thing<'_> {
    /// As OpenStreetMap writes it: `node/123`.
    pub(super) fn id(&self) -> String {
        format!("{}/{}", self.kind, self.number)
    }

    /// One place for all of it: the node, a place on the surface, the middle corner of a line.
    pub(super) fn place(&self) -> Option<Position> {
        match &self.shape {
            Form::Point(at) => Some(*at),
            Form::Area(outline) => outline.place_inside(),
            Form::Lines(lines) => lines.first().and_then(|line| line.get(line.len() / 2)).copied(),
            // An edge is nobody's address.
            Form::Boundary(_) => None,
        }
    }

    /// What is drawn of it.
    pub(super) fn features(&self) -> Vec<GroundFeature> {
        let (ground, shapes) = match &self.shape {
            Form::Point(at) => (ground::of_node(self.tags), vec![Shape::Point(*at)]),
            Form::Area(outline) => (ground::of_area(self.tags), vec![Shape::Area(outline.clone())]),
            Form::Lines(lines) => {
                (ground::of_line(self.tags), lines.iter().cloned().map(Shape::Line).collect())
            }
            Form::Boundary(line) => (Some(Ground::Boundary), vec![Shape::Line(line.clone())]),
        };
        let Some(ground) = ground else { return Vec::new() };
        let feature = |shape| GroundFeature { ground, names: ground::names(self.tags), shape };
        shapes.into_iter().map(feature).collect()
    }
}

/// Calls `visit` with everything that has a shape, nodes first; returns how many areas are not whole in the file.
pub(super) fn each(gathered: &Gathered, mut visit: impl FnMut(Thing<'_>)) -> usize {
    for node in &gathered.nodes {
        if let Some(at) = node.place.position() {
            visit(Thing { kind: "node", number: node.id, tags: &node.tags, shape: Form::Point(at) });
        }
    }
    let mut open = 0;
    for way in gathered.ways.iter().filter(|way| way.tags.is_subject()) {
        let form = way_form(gathered, way);
        open += usize::from(form.is_none());
        if let Some(shape) = form {
            visit(Thing { kind: "way", number: way.id, tags: &way.tags, shape });
        }
    }
    for relation in &gathered.relations {
        let form = relation_form(gathered, relation);
        open += usize::from(form.is_none());
        if let Some(shape) = form {
            visit(Thing { kind: "relation", number: relation.id, tags: &relation.tags, shape });
        }
    }
    boundaries(gathered, visit);
    open
}

fn way_form(gathered: &Gathered, way: &Way) -> Option<Form> {
    let closed = way.nodes.len() >= 4 && way.nodes.first() == way.nodes.last();
    if closed && ground::closes_an_area(&way.tags) {
        let ring = corners(gathered, &way.nodes)?;
        return rings::outline(vec![ring], Vec::new()).map(Form::Area);
    }
    let mut lines: Vec<Vec<Position>> = vec![Vec::new()];
    for node in &way.nodes {
        match (position(gathered, *node), lines.last_mut()) {
            (Some(at), Some(line)) => line.push(at),
            _ => lines.push(Vec::new()),
        }
    }
    lines.retain(|line| line.len() >= 2);
    (!lines.is_empty()).then_some(Form::Lines(lines))
}

fn relation_form(gathered: &Gathered, relation: &Relation) -> Option<Form> {
    let edge = |wanted: Edge| {
        let ways = relation.ways.iter().filter(move |(_, edge)| *edge == wanted);
        let pieces: Option<Vec<Vec<i64>>> =
            ways.map(|(id, _)| Some(way(gathered, *id)?.nodes.clone())).collect();
        let joined = rings::join(pieces?);
        let rings = joined.rings.iter().map(|ring| corners(gathered, ring));
        rings.collect::<Option<Vec<_>>>().filter(|_| joined.left_over == 0)
    };
    // A hole that is not whole is filled rather than that the area is lost.
    rings::outline(edge(Edge::Outer)?, edge(Edge::Inner).unwrap_or_default()).map(Form::Area)
}

/// The edges of administrative areas, each once although two areas share it.
fn boundaries(gathered: &Gathered, mut visit: impl FnMut(Thing<'_>)) {
    let tags = TagSet::default();
    let relations = gathered.relations.iter().filter(|relation| is_boundary(&relation.tags));
    let mut drawn = HashSet::new();
    for (id, _) in relations.flat_map(|relation| &relation.ways) {
        let Some(way) = way(gathered, *id).filter(|_| drawn.insert(*id)) else { continue };
        let line: Vec<Position> = way.nodes.iter().filter_map(|node| position(gathered, *node)).collect();
        if line.len() >= 2 {
            visit(Thing { kind: "way", number: *id, tags: &tags, shape: Form::Boundary(line) });
        }
    }
}

pub(super) fn is_boundary(tags: &TagSet) -> bool {
    tags.value("boundary") == "administrative"
}

fn way(gathered: &Gathered, id: i64) -> Option<&Way> {
    gathered.ways.binary_search_by_key(&id, |way| way.id).ok().map(|at| &gathered.ways[at])
}

/// The corners of a ring; none when one of them is not in the file.
fn corners(gathered: &Gathered, nodes: &[i64]) -> Option<Vec<Position>> {
    nodes.iter().map(|node| position(gathered, *node)).collect()
}

fn position(gathered: &Gathered, node: i64) -> Option<Position> {
    gathered.places.get(node)?.position()
}
