//! The shapes of one zoom: simplified to what one can see there, and cut into tiles.

use super::figure::{Figure, Form, said};
use super::vector::{Dot, Feature, Geometry, Layer, Patch};
use super::{BUFFER, EXTENT, LAYERS, TilesError, cut};
use geo::{
    Area as _, BoundingRect as _, Coord, LineString, MapCoords as _, MultiPolygon, Rect, SimplifyVw as _,
};
use kiez_domain::tile::{MOST_ZOOM, TileAddress};
use pmtiles::{TileCoord, TileId};
use std::collections::{BTreeMap, BTreeSet};
use std::ops::RangeInclusive;

/// Most pieces of the closest zoom: a city of a million houses fits.
const PIECES: usize = 4_000_000;
/// A corner that spans a smaller triangle with its neighbours is not seen: a quarter of a screen point.
const SEEN: f64 = 16.0;
/// The same where the browser enlarges the tile several times.
const SEEN_ENLARGED: f64 = 1.0;
/// A smaller area is not drawn: one screen point.
const LEAST_AREA: f64 = 64.0;
/// A shorter line is not drawn: one screen point.
const LEAST_LENGTH: f64 = 8.0;
/// A named area smaller than this has no room for its name: 20 by 20 screen points.
const LEAST_NAMED_AREA: f64 = 25_600.0;

/// One tile with its layers.
type Drawn = (TileAddress, Vec<Layer>);
/// The pieces of every tile by its number on the Hilbert curve: in this order they are packed.
type Pieces<'a> = BTreeMap<u64, Vec<(&'a Figure, Piece)>>;

enum Piece {
    Point(Dot),
    Lines(Vec<Vec<Dot>>),
    Areas(Vec<Patch>),
}

/// Every tile of a zoom that has something on it, in the order of the archive.
pub(crate) fn cut(figures: &[Figure], zoom: u8) -> Vec<Drawn> {
    let mut cutter = Cutter { zoom, pieces: Pieces::new() };
    for figure in figures.iter().filter(|figure| figure.ground.least_zoom() <= zoom) {
        cutter.add(figure);
    }
    let drawn = cutter.pieces.into_iter().filter_map(|(id, pieces)| Some((address(id)?, layers(pieces))));
    drawn.collect()
}

/// Refuses a country before any work is done: the closest zoom has the most pieces.
pub(crate) fn demand_room(figures: &[Figure]) -> Result<(), TilesError> {
    let units = units(MOST_ZOOM);
    let reached = |bounds: Rect| {
        let scaled = |at: Coord| Coord { x: at.x * units, y: at.y * units };
        let (columns, rows) = reach(Rect::new(scaled(bounds.min()), scaled(bounds.max())));
        columns.count().saturating_mul(rows.count())
    };
    let mut pieces = 0_usize;
    for figure in figures {
        pieces += match &figure.form {
            Form::Point(..) => 1,
            Form::Line(line) => line.lines().map(|side| reached(side.bounding_rect())).sum(),
            Form::Area(parts) => parts.bounding_rect().map_or(0, reached),
        };
        if pieces > PIECES {
            return Err(TilesError::TooLarge { limit: PIECES });
        }
    }
    Ok(())
}

/// Units along the whole world.
fn units(zoom: u8) -> f64 {
    f64::from(EXTENT) * f64::from(1_u32 << zoom)
}

struct Cutter<'a> {
    zoom: u8,
    pieces: Pieces<'a>,
}

impl<'a> Cutter<'a> {
    fn add(&mut self, figure: &'a Figure) {
        let units = units(self.zoom);
        let scaled = |at: Coord| Coord { x: at.x * units, y: at.y * units };
        let closest = self.zoom == MOST_ZOOM;
        let tolerance = if closest { SEEN_ENLARGED } else { SEEN };
        match &figure.form {
            Form::Point(at, named) => {
                let room = named.is_none_or(|area| closest || area * units * units >= LEAST_NAMED_AREA);
                if room {
                    self.point(figure, scaled(*at));
                }
            }
            Form::Line(line) => {
                let line = line.map_coords(scaled).simplify_vw(tolerance);
                if closest || extent(&line) >= LEAST_LENGTH {
                    self.line(figure, &line);
                }
            }
            Form::Area(parts) => {
                let parts = parts.map_coords(scaled).into_iter();
                let seen = parts.filter(|part| closest || part.unsigned_area() >= LEAST_AREA);
                self.area(figure, &seen.collect::<MultiPolygon>().simplify_vw(tolerance));
            }
        }
    }

    fn point(&mut self, figure: &'a Figure, at: Coord) {
        let tile = (tile_of(at.x), tile_of(at.y));
        self.push(tile, figure, Piece::Point(cut::dot(at, origin(tile))));
    }

    fn line(&mut self, figure: &'a Figure, line: &LineString) {
        let mut tiles = BTreeSet::new();
        for side in line.lines() {
            let (columns, rows) = reach(side.bounding_rect());
            tiles.extend(columns.flat_map(|column| rows.clone().map(move |row| (column, row))));
        }
        for tile in tiles {
            let stretches = cut::line(line, within(tile));
            let dots = stretches.iter().map(|stretch| cut::dots(stretch, origin(tile)));
            let lines: Vec<_> = dots.filter(|dots| dots.len() > 1).collect();
            if !lines.is_empty() {
                self.push(tile, figure, Piece::Lines(lines));
            }
        }
    }

    fn area(&mut self, figure: &'a Figure, area: &MultiPolygon) {
        let Some(bounds) = area.bounding_rect() else { return };
        let (columns, rows) = reach(bounds);
        for column in columns {
            // First the column, then its tiles: a lake with 10,000 corners is not cut whole for each of them.
            let (top, bottom) = (within((column, *rows.start())), within((column, *rows.end())));
            let strip = cut::area(area, Rect::new(top.min(), bottom.max()));
            for row in rows.clone() {
                let tile = (column, row);
                let patches = cut::patches(&cut::area(&strip, within(tile)), origin(tile));
                if !patches.is_empty() {
                    self.push(tile, figure, Piece::Areas(patches));
                }
            }
        }
    }

    fn push(&mut self, (column, row): (i64, i64), figure: &'a Figure, piece: Piece) {
        let known = |number: i64| u32::try_from(number).ok();
        let tile = known(column).zip(known(row)).and_then(|(x, y)| TileCoord::new(self.zoom, x, y).ok());
        // Beside the world, where only the buffer of a tile at its edge would lie.
        let Some(tile) = tile else { return };
        self.pieces.entry(TileId::from(tile).value()).or_default().push((figure, piece));
    }
}

/// The longer side of the box around a line.
fn extent(line: &LineString) -> f64 {
    line.bounding_rect().map_or(0.0, |bounds| bounds.width().max(bounds.height()))
}

#[expect(clippy::cast_possible_truncation, reason = "the world has 2^16 tiles a side at most")]
fn tile_of(units: f64) -> i64 {
    (units / f64::from(EXTENT)).floor() as i64
}

/// The columns and rows of all tiles that a box reaches, buffers included.
fn reach(bounds: Rect) -> (RangeInclusive<i64>, RangeInclusive<i64>) {
    let buffer = f64::from(BUFFER);
    let range = |least: f64, most: f64| tile_of(least - buffer)..=tile_of(most + buffer);
    (range(bounds.min().x, bounds.max().x), range(bounds.min().y, bounds.max().y))
}

#[expect(clippy::cast_precision_loss, reason = "numbers of tiles have 16 bits")]
fn origin((column, row): (i64, i64)) -> Coord {
    Coord { x: column as f64 * f64::from(EXTENT), y: row as f64 * f64::from(EXTENT) }
}

/// The box of a tile with its buffer.
fn within(tile: (i64, i64)) -> Rect {
    let (origin, buffer) = (origin(tile), f64::from(BUFFER));
    let far = f64::from(EXTENT) + buffer;
    Rect::new((origin.x - buffer, origin.y - buffer), (origin.x + far, origin.y + far))
}

fn address(id: u64) -> Option<TileAddress> {
    let tile = TileCoord::from(TileId::new(id).ok()?);
    TileAddress::new(tile.z(), tile.x(), tile.y()).ok()
}

/// The pieces of one tile by layer; pieces that say the same become one feature.
fn layers(pieces: Vec<(&Figure, Piece)>) -> Vec<Layer> {
    let mut layers = LAYERS.map(|name| Layer { name: name.to_owned(), features: Vec::new() });
    for (figure, piece) in pieces {
        let class = ("class".to_owned(), figure.ground.name().to_owned());
        let tags: Vec<_> = std::iter::once(class).chain(said(&figure.names)).collect();
        let Some(layer) = layers.iter_mut().find(|layer| layer.name == figure.layer()) else { continue };
        let piece = match layer.features.last_mut() {
            Some(last) if last.tags == tags => match merged(&mut last.geometry, piece) {
                None => continue,
                Some(piece) => piece,
            },
            _ => piece,
        };
        layer.features.push(Feature { tags, geometry: alone(piece) });
    }
    layers.into_iter().filter(|layer| !layer.features.is_empty()).collect()
}

/// Adds a piece to shapes of its kind; gives it back when they are of another.
fn merged(geometry: &mut Geometry, piece: Piece) -> Option<Piece> {
    match (geometry, piece) {
        (Geometry::Points(dots), Piece::Point(dot)) => dots.push(dot),
        (Geometry::Lines(lines), Piece::Lines(more)) => lines.extend(more),
        (Geometry::Areas(patches), Piece::Areas(more)) => patches.extend(more),
        (_, piece) => return Some(piece),
    }
    None
}

fn alone(piece: Piece) -> Geometry {
    match piece {
        Piece::Point(dot) => Geometry::Points(vec![dot]),
        Piece::Lines(lines) => Geometry::Lines(lines),
        Piece::Areas(patches) => Geometry::Areas(patches),
    }
}
