//! The drawn map of a page: numbered signs on the ground, without any script.

use super::sign::Sign;
use super::window::{self, Point, apart, spread};
use crate::pages::ground::Drawing;
use kiez_app::ground::{Frame, Picture};
use kiez_app::map::{MapPlace, MapQuarter, MapSheet};
use kiez_domain::bounds::Bounds;
use kiez_domain::map::MapLayer;
use kiez_domain::quarter::Outline;
use std::fmt::Write as _;

/// From centre to centre of two signs, in points.
const SIGN_DISTANCE: f64 = 29.0;

/// Ready values for the template.
pub(crate) struct DrawnMap {
    /// `0 0 1000 720`.
    pub(crate) view_box: String,
    /// The streets and houses below, where there are any.
    pub(crate) ground: Option<Drawing>,
    /// Outlines of quarters: path and whether it is the home.
    pub(crate) quarters: Vec<(String, bool)>,
    /// The numbered signs.
    pub(crate) signs: Vec<DrawnSign>,
}

/// A numbered sign.
pub(crate) struct DrawnSign {
    pub(crate) number: u64,
    /// `translate(x y)`.
    pub(crate) place: String,
    /// A line from where it belongs to a sign that had to step aside.
    pub(crate) leader: Option<String>,
    pub(super) sign: Sign,
}

/// The sheet for one page of the list, and the ground it shows; none when nothing has a place.
pub(super) fn frame(sheet: &MapSheet, shown: &[MapPlace]) -> Option<(Frame, Bounds)> {
    let places = Bounds::around(shown.iter().map(|place| place.position));
    window::around(places.or_else(|| sheet.bounds())?)
}

/// Draws the places of one page of the list; the first has the number `first`.
pub(super) fn draw(
    frame: &Frame,
    ground: Option<Picture>,
    quarters: &[MapQuarter],
    (layer, shown, first): (MapLayer, &[MapPlace], u64),
) -> DrawnMap {
    let (width, height) = frame.size();
    let points: Vec<Point> = shown.iter().map(|place| frame.point_of(place.position)).collect();
    let spots = spread(&points, SIGN_DISTANCE);
    DrawnMap {
        view_box: format!("0 0 {width} {height}"),
        ground: ground.map(|picture| clear_of(picture, &spots)),
        quarters: quarters.iter().map(|quarter| (path(frame, &quarter.outline), quarter.home)).collect(),
        signs: signs(layer, shown, (&points, &spots), first),
    }
}

/// The ground without the names that a sign would cover: half a name misleads.
pub(super) fn clear_of(mut picture: Picture, spots: &[Point]) -> Drawing {
    picture.labels.retain(|label| !spots.iter().any(|spot| label.touches_disc(*spot, SIGN_DISTANCE / 2.0)));
    Drawing::from(picture)
}

/// `points` are where the places are, `spots` where their signs find room.
fn signs(
    layer: MapLayer,
    shown: &[MapPlace],
    (points, spots): (&[Point], &[Point]),
    first: u64,
) -> Vec<DrawnSign> {
    let placed = shown.iter().zip(points.iter().zip(spots)).zip(first..);
    placed
        .map(|((place, (point, spot)), number)| {
            let sign = Sign::of(layer, place);
            let aside = apart(*point, *spot) > 1.0;
            DrawnSign {
                number,
                place: format!("translate({:.1} {:.1})", spot.0, spot.1),
                leader: aside.then(|| format!("M{:.1} {:.1}L{:.1} {:.1}", point.0, point.1, spot.0, spot.1)),
                sign,
            }
        })
        .collect()
}

fn path(frame: &Frame, outline: &Outline) -> String {
    let mut path = String::new();
    for ring in outline.parts().iter().flatten() {
        for (at, corner) in ring.corners().iter().enumerate() {
            let (x, y) = frame.point_of(*corner);
            // Writing to a String cannot fail.
            let _ = write!(path, "{}{x:.1} {y:.1}", if at == 0 { 'M' } else { 'L' });
        }
        path.push('Z');
    }
    path
}
