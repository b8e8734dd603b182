//! The drawn map of a page: numbered signs on the ground, without any script.

use super::frame::{Frame, WIDTH, spread};
use super::sign::Sign;
use kiez_app::map::{MapPlace, MapQuarter, MapSheet};
use kiez_domain::basemap::Bounds;
use kiez_domain::map::MapLayer;
use kiez_domain::quarter::Outline;
use std::fmt::Write as _;

/// From centre to centre of two signs, in points.
const SIGN_DISTANCE: f64 = 29.0;

/// Ready values for the template.
pub(crate) struct Picture {
    /// `0 0 1000 720`.
    pub(crate) view_box: String,
    /// The streets and houses below.
    pub(crate) ground: Vec<Drawn>,
    /// Names on the ground.
    pub(crate) names: Vec<DrawnName>,
    /// Outlines of quarters: path and whether it is the home.
    pub(crate) quarters: Vec<(String, bool)>,
    /// The numbered signs.
    pub(crate) signs: Vec<DrawnSign>,
}

/// One path of the ground and its class.
pub(crate) struct Drawn {
    pub(crate) class: &'static str,
    pub(crate) path: String,
}

/// A name on the ground.
pub(crate) struct DrawnName {
    pub(crate) class: &'static str,
    pub(crate) text: String,
    pub(crate) place: String,
}

/// A numbered sign.
pub(crate) struct DrawnSign {
    pub(crate) number: u64,
    /// `translate(x y)`.
    pub(crate) place: String,
    /// A line from a sign that had to step aside to where it belongs.
    pub(crate) leader: Option<String>,
    pub(crate) shape: &'static str,
    pub(crate) filled: bool,
}

/// Draws the places of one page of the list; the first has the number `first`.
pub(crate) fn draw(
    sheet: &MapSheet,
    (layer, shown, first): (MapLayer, &[MapPlace], u64),
) -> Option<(Picture, Frame)> {
    let around = Bounds::around(shown.iter().map(|place| place.position)).or_else(|| sheet.bounds())?;
    let frame = Frame::around(around);
    let picture = Picture {
        view_box: format!("0 0 {WIDTH} {}", frame.height),
        ground: Vec::new(),
        names: Vec::new(),
        quarters: sheet.quarters.iter().map(|quarter| outline(&frame, quarter)).collect(),
        signs: signs(&frame, layer, shown, first),
    };
    Some((picture, frame))
}

fn signs(frame: &Frame, layer: MapLayer, shown: &[MapPlace], first: u64) -> Vec<DrawnSign> {
    let points: Vec<(f64, f64)> = shown.iter().map(|place| frame.point(place.position)).collect();
    let spots = spread(&points, SIGN_DISTANCE);
    let drawn = shown.iter().zip(points.iter().zip(spots)).zip(first..);
    drawn
        .map(|((place, (point, spot)), number)| {
            let sign = Sign::of(layer, place);
            let aside = (point.0 - spot.0).hypot(point.1 - spot.1) > 1.0;
            DrawnSign {
                number,
                place: format!("translate({:.1} {:.1})", spot.0, spot.1),
                leader: aside.then(|| format!("M{:.1} {:.1}L{:.1} {:.1}", point.0, point.1, spot.0, spot.1)),
                shape: sign.shape,
                filled: sign.filled,
            }
        })
        .collect()
}

fn outline(frame: &Frame, quarter: &MapQuarter) -> (String, bool) {
    (path(frame, &quarter.outline), quarter.home)
}

fn path(frame: &Frame, outline: &Outline) -> String {
    let mut path = String::new();
    for ring in outline.parts().iter().flatten() {
        for (at, corner) in ring.corners().iter().enumerate() {
            let (x, y) = frame.point(*corner);
            // Writing to a String cannot fail.
            let _ = write!(path, "{}{x:.1} {y:.1}", if at == 0 { 'M' } else { 'L' });
        }
        path.push('Z');
    }
    path
}
