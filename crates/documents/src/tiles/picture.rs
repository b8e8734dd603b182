//! The ground as a picture of lines and areas, for pages without scripts and for paper.
//!
//! A [`Frame`] says which tiles a picture of a region needs and where a place lies in it; [`Frame::draw`] makes
//! one path per kind of ground of their contents, and writes names where they have room. Colours and widths are
//! the page's: each path and each name has its class.

mod labels;
mod pen;

pub use labels::Label;

use super::vector::{Dot, Feature, Geometry, Layer};
use super::{EXTENT, TilesError};
use kiez_domain::basemap::Ground;
use kiez_domain::bounds::Bounds;
use kiez_domain::position::Position;
use kiez_domain::tile::{LEAST_ZOOM, MOST_ZOOM, Plane, TileAddress};
use pen::Pen;

/// A tile is drawn at most this wide, in points of the picture: it was simplified for that.
const TILE_AT_MOST: f64 = 512.0;
/// A larger part of the world than this many points per tile of the lowest zoom is not drawn.
const TILE_AT_LEAST: f64 = 128.0;
/// Largest side of a picture, in points.
const LARGEST: u16 = 4_000;

/// A region on a sheet of so many points.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Frame {
    width: f64,
    height: f64,
    /// The middle of the sheet on the plane.
    middle: Plane,
    /// Points along the whole world.
    scale: f64,
    zoom: u8,
}

/// The ground, ready to be put on a page.
#[derive(Debug, Clone, PartialEq)]
pub struct Picture {
    /// Where it lies.
    pub frame: Frame,
    /// One path per kind of ground, in the order in which they are drawn.
    pub paths: Vec<Path>,
    /// Names that do not touch each other.
    pub labels: Vec<Label>,
}

/// Everything of one kind of ground.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Path {
    /// The ground's name, such as `main_road`.
    pub class: &'static str,
    /// Whether it is filled rather than stroked.
    pub filled: bool,
    /// What stands in the attribute `d` (SVG 1.1, section 8.3).
    pub data: String,
}

/// What lies below comes first.
const ORDER: [Ground; 14] = [
    Ground::Park,
    Ground::Grass,
    Ground::Cemetery,
    Ground::Wood,
    Ground::Water,
    Ground::Waterway,
    Ground::Pitch,
    Ground::Square,
    Ground::Building,
    Ground::Path,
    Ground::Street,
    Ground::MainRoad,
    Ground::Rail,
    Ground::Boundary,
];

impl Frame {
    /// The closest look at a region that fits on a sheet of this width and height, in points.
    #[must_use]
    pub fn around(bounds: Bounds, (width, height): (u16, u16)) -> Self {
        let sheet = |points: u16| f64::from(points.clamp(1, LARGEST));
        let (width, height) = (sheet(width), sheet(height));
        let (south_west, north_east) = (Plane::of(bounds.south_west), Plane::of(bounds.north_east));
        let middle = Plane {
            x: f64::midpoint(south_west.x, north_east.x),
            y: f64::midpoint(south_west.y, north_east.y),
        };
        let fitting = |points: f64, share: f64| if share > 0.0 { points / share } else { f64::INFINITY };
        let scale =
            fitting(width, north_east.x - south_west.x).min(fitting(height, south_west.y - north_east.y));
        let tiles = |zoom: u8| f64::from(1_u32 << zoom);
        // Neither a continent nor a single doorstep.
        let scale = scale.clamp(TILE_AT_LEAST * tiles(LEAST_ZOOM), TILE_AT_MOST * 4.0 * tiles(MOST_ZOOM));
        let fine = |zoom: &u8| scale / tiles(*zoom) <= TILE_AT_MOST;
        let zoom = (LEAST_ZOOM..MOST_ZOOM).find(fine).unwrap_or(MOST_ZOOM);
        Self { width, height, middle, scale, zoom }
    }

    /// Width and height in points.
    #[must_use]
    pub fn size(&self) -> (f64, f64) {
        (self.width, self.height)
    }

    /// Where a place lies, in points from the left and from the top; none beside the sheet.
    #[must_use]
    pub fn place(&self, place: Position) -> Option<(f64, f64)> {
        let (x, y) = self.point_of(place);
        // The corner of a region must not fall off its own sheet by a rounding.
        let holds = |at: f64, most: f64| (-0.05..=most + 0.05).contains(&at);
        let (wide, high) = (holds(x, self.width), holds(y, self.height));
        (wide && high).then(|| (x.clamp(0.0, self.width), y.clamp(0.0, self.height)))
    }

    /// Where a place would lie, also beside the sheet: for outlines that leave it.
    #[must_use]
    pub fn point_of(&self, place: Position) -> (f64, f64) {
        self.point(Plane::of(place))
    }

    /// The tiles that the picture needs: some dozens at most.
    #[must_use]
    pub fn tiles(&self) -> Vec<TileAddress> {
        let across = f64::from(1_u32 << self.zoom);
        let half = |points: f64| points / 2.0 / self.scale;
        let range = |middle: f64, half: f64| {
            let tile = |at: f64| (at * across).floor().clamp(0.0, across - 1.0);
            #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "within 0 and 2^16")]
            let range = tile(middle - half) as u32..=tile(middle + half) as u32;
            range
        };
        let (columns, rows) =
            (range(self.middle.x, half(self.width)), range(self.middle.y, half(self.height)));
        let tile = |(column, row)| TileAddress::new(self.zoom, column, row).ok();
        rows.flat_map(|row| columns.clone().map(move |column| (column, row))).filter_map(tile).collect()
    }

    /// Draws unpacked tiles; names are in the language where the map has them.
    ///
    /// # Errors
    /// [`TilesError::Broken`] when a tile cannot be read.
    pub fn draw(&self, tiles: &[(TileAddress, Vec<u8>)], language: &str) -> Result<Picture, TilesError> {
        let mut pens: Vec<(Ground, [Pen; 2])> = ORDER
            .into_iter()
            .map(|ground| (ground, [Pen::new(self.size()), Pen::new(self.size())]))
            .collect();
        let mut names = labels::Names::new(*self, language);
        for (tile, bytes) in tiles {
            for layer in super::vector::decode(bytes)? {
                self.draw_layer(*tile, &layer, &mut pens, &mut names);
            }
        }
        let path = |(ground, pens): (Ground, [Pen; 2])| {
            let [areas, lines] = pens.map(Pen::finish);
            let path = |filled, data: String| Path { class: ground.name(), filled, data };
            [path(true, areas), path(false, lines)]
        };
        let paths = pens.into_iter().flat_map(path).filter(|path| !path.data.is_empty()).collect();
        Ok(Picture { frame: *self, paths, labels: names.placed() })
    }

    fn draw_layer(
        &self,
        tile: TileAddress,
        layer: &Layer,
        pens: &mut [(Ground, [Pen; 2])],
        names: &mut labels::Names,
    ) {
        for feature in &layer.features {
            let Some(ground) = ground_of(feature) else { continue };
            let points = |dots: &[Dot]| dots.iter().map(|dot| self.at(tile, *dot)).collect::<Vec<_>>();
            let pen = pens.iter_mut().find(|(known, _)| *known == ground).map(|(_, pens)| pens);
            match (&feature.geometry, pen) {
                (Geometry::Areas(patches), Some([areas, _])) => {
                    patches.iter().flatten().for_each(|ring| areas.ring(&points(ring)));
                }
                (Geometry::Lines(lines), Some([_, strokes])) => {
                    for line in lines {
                        let line = points(line);
                        strokes.line(&line);
                        names.along(ground, feature, &line);
                    }
                }
                (Geometry::Points(dots), _) => {
                    points(dots).into_iter().for_each(|at| names.at(ground, feature, at));
                }
                _ => {}
            }
        }
    }

    /// A place of a tile's grid on the sheet.
    fn at(&self, tile: TileAddress, dot: Dot) -> (f64, f64) {
        let across = f64::from(1_u32 << tile.zoom());
        let share =
            |number: u32, units: i32| (f64::from(number) + f64::from(units) / f64::from(EXTENT)) / across;
        self.point(Plane { x: share(tile.column(), dot[0]), y: share(tile.row(), dot[1]) })
    }

    fn point(&self, plane: Plane) -> (f64, f64) {
        (
            (plane.x - self.middle.x) * self.scale + self.width / 2.0,
            (plane.y - self.middle.y) * self.scale + self.height / 2.0,
        )
    }
}

fn ground_of(feature: &Feature) -> Option<Ground> {
    let class = feature.tags.iter().find(|(key, _)| key == "class")?;
    class.1.parse().ok()
}
