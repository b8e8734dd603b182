//! The shapes of a base map on the plane of the map, ready to be cut.

use super::join;
use geo::{Area as _, Coord, InteriorPoint as _, LineString, MultiPolygon, Polygon};
use kiez_domain::basemap::{BaseMap, Ground, GroundFeature, Names, Shape};
use kiez_domain::position::Position;
use kiez_domain::quarter::{Outline, Ring};
use kiez_domain::tile::Plane;
use std::collections::BTreeMap;

/// One shape with what is said about it.
pub(crate) struct Figure {
    pub(crate) ground: Ground,
    pub(crate) names: Names,
    pub(crate) form: Form,
}

/// Geometry on the plane: the world is one wide.
#[derive(Debug, Clone, PartialEq)]
pub(crate) enum Form {
    /// One place; the number is the area that its name stands for, none for a place of its own.
    Point(Coord, Option<f64>),
    Line(LineString),
    Area(MultiPolygon),
}

impl Figure {
    /// The layer it is drawn in: a name without a shape stands among the places, whatever it names.
    pub(crate) fn layer(&self) -> &'static str {
        match self.form {
            Form::Point(..) if self.ground != Ground::Address => "place",
            _ => self.ground.layer(),
        }
    }
}

/// Every shape of a map in the order in which it is drawn within its layer: small over large, main over side.
pub(crate) fn lay_out(map: &BaseMap) -> Vec<Figure> {
    let mut lines = Groups::new();
    let mut figures = Vec::new();
    for feature in &map.features {
        match &feature.shape {
            Shape::Point(at) => figures.push(figure(feature, Form::Point(coord(*at), None))),
            Shape::Line(places) => gather(&mut lines, feature, [line(places)]),
            Shape::Area(outline) if feature.ground == Ground::Boundary => {
                let rings = outline.parts().iter().flatten().map(|ring| line(ring.corners()));
                gather(&mut lines, feature, rings);
            }
            Shape::Area(outline) => {
                let parts = area(outline);
                figures.extend(label(feature, &parts));
                figures.push(figure(feature, Form::Area(parts)));
            }
        }
    }
    for group in lines.into_values() {
        let joined = join::joined(group.lines).into_iter();
        figures.extend(joined.map(|line| Figure {
            ground: group.ground,
            names: group.names.clone(),
            form: Form::Line(line),
        }));
    }
    // Stable: what is equal here stays in the order of the source.
    figures.sort_by(|a, b| rank(a).cmp(&rank(b)).then_with(|| size(b).total_cmp(&size(a))));
    figures
}

/// Lines by what is said about them: the ground's name, then the attributes.
type Groups = BTreeMap<(&'static str, Vec<(String, String)>), Group>;

/// Lines that say the same, to be joined.
struct Group {
    ground: Ground,
    names: Names,
    lines: Vec<LineString>,
}

fn gather(groups: &mut Groups, feature: &GroundFeature, lines: impl IntoIterator<Item = LineString>) {
    // A boundary has a quarter on each side: whose name should stand there?
    let names = if feature.ground == Ground::Boundary { Names::default() } else { feature.names.clone() };
    let key = (feature.ground.name(), said(&names));
    let group =
        groups.entry(key).or_insert_with(|| Group { ground: feature.ground, names, lines: Vec::new() });
    group.lines.extend(lines);
}

/// Names as attributes of a tile: `name` as written there, `name:tr` in Turkish.
pub(crate) fn said(names: &Names) -> Vec<(String, String)> {
    let local = names.local.iter().map(|name| ("name".to_owned(), name.to_string()));
    let translated = names.translated.iter().map(|(tag, name)| (format!("name:{tag}"), name.to_string()));
    local.chain(translated).collect()
}

/// A named area gets its name at one place inside it, so that the name does not appear once per tile.
fn label(feature: &GroundFeature, parts: &MultiPolygon) -> Option<Figure> {
    feature.names.local.as_ref()?;
    let largest = parts.iter().max_by(|a, b| a.unsigned_area().total_cmp(&b.unsigned_area()))?;
    let inside = largest.interior_point()?;
    Some(figure(feature, Form::Point(inside.0, Some(largest.unsigned_area()))))
}

fn figure(feature: &GroundFeature, form: Form) -> Figure {
    Figure { ground: feature.ground, names: feature.names.clone(), form }
}

fn rank(figure: &Figure) -> u8 {
    match figure.ground {
        Ground::Waterway | Ground::Path => 1,
        Ground::Street => 2,
        Ground::MainRoad => 3,
        _ => 0,
    }
}

/// Larger areas come first, so that the playground lies on the park; lines and places keep their order.
fn size(figure: &Figure) -> f64 {
    match &figure.form {
        Form::Area(parts) => parts.unsigned_area(),
        Form::Line(_) | Form::Point(..) => 0.0,
    }
}

fn coord(place: Position) -> Coord {
    let plane = Plane::of(place);
    Coord { x: plane.x, y: plane.y }
}

fn line(places: &[Position]) -> LineString {
    places.iter().map(|place| coord(*place)).collect()
}

fn area(outline: &Outline) -> MultiPolygon {
    let ring = |ring: &Ring| line(ring.corners());
    let part = |rings: &Vec<Ring>| {
        let mut rings = rings.iter().map(ring);
        Polygon::new(rings.next().unwrap_or_else(|| LineString::new(Vec::new())), rings.collect())
    };
    outline.parts().iter().map(part).collect()
}
