//! The map of a walk: its start, the numbered doors, and the way from one to the next in straight lines.

use super::picture;
use super::window::{self, Point, apart};
use crate::error::PageError;
use crate::pages::ground::Drawing;
use crate::request::Member;
use crate::state::WebState;
use kiez_app::map::MapPlace;
use kiez_app::walk::WalkView;
use kiez_domain::bounds::Bounds;
use kiez_domain::map::MapLayer;
use std::fmt::Write as _;

/// Ready values for `pages/map/way.html`.
pub(crate) struct WayMap {
    pub(crate) view_box: String,
    pub(crate) ground: Option<Drawing>,
    pub(crate) doors: Vec<Numbered>,
    /// `translate(x y)` of the start.
    pub(crate) start: String,
    /// From the start to the last door.
    pub(crate) way: String,
    /// From the last door to the start, where the walk leads back.
    pub(crate) back: Option<String>,
    pub(crate) attribution: Option<String>,
}

/// The sign of a door.
pub(crate) struct Numbered {
    pub(crate) number: u64,
    /// Classes of the style sheet.
    pub(crate) class: String,
    pub(crate) outline: &'static str,
    /// `translate(x y)`.
    pub(crate) place: String,
    /// A line from the door to a sign that had to step aside.
    pub(crate) leader: Option<String>,
}

/// Draws a walk; nothing where it has no door.
pub(crate) async fn of_walk(
    state: &WebState,
    member: &Member,
    walk: &WalkView,
) -> Result<Option<WayMap>, PageError> {
    let (caller, project) = (&member.visit.caller, member.project.id);
    let fail = |error| member.fail(error);
    let places: Vec<MapPlace> = walk.stops.iter().map(|stop| stop.place.clone()).collect();
    let all = places.iter().map(|place| place.position).chain([walk.start.position]);
    let framed = Bounds::around(all).filter(|_| !places.is_empty()).and_then(window::around);
    let Some((frame, _)) = framed else { return Ok(None) };
    let facts = kiez_app::ground::find(&state.ctx, caller, project).await.map_err(fail)?;
    let ground = match &facts {
        Some(_) => {
            let language = member.visit.locale.label_language();
            let drawn = kiez_app::ground::picture(&state.ctx, caller, project, frame, language).await;
            Some(drawn.map_err(fail)?)
        }
        None => None,
    };
    let home = frame.point_of(walk.start.position);
    let points: Vec<Point> = places.iter().map(|place| frame.point_of(place.position)).collect();
    let picture = picture::draw(&frame, ground, &[], (MapLayer::Actors, &places, 1));
    let last = points.last().copied().unwrap_or(home);
    let numbered = |drawn: picture::DrawnSign| Numbered {
        number: drawn.number,
        class: drawn.sign.classes(),
        outline: drawn.sign.outline(),
        place: drawn.place,
        leader: drawn.leader,
    };
    Ok(Some(WayMap {
        view_box: picture.view_box,
        ground: picture.ground,
        doors: picture.signs.into_iter().map(numbered).collect(),
        start: format!("translate({:.1} {:.1})", home.0, home.1),
        way: line(std::iter::once(home).chain(points)),
        back: (walk.returns && apart(last, home) > 1.0).then(|| line([last, home])),
        attribution: facts.and_then(|facts| facts.attribution).map(String::from),
    }))
}

/// A line through points, as SVG says it.
fn line(points: impl IntoIterator<Item = Point>) -> String {
    let mut line = String::new();
    for (at, (x, y)) in points.into_iter().enumerate() {
        // Writing to a String cannot fail.
        let _ = write!(line, "{}{x:.1} {y:.1}", if at == 0 { 'M' } else { 'L' });
    }
    line
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_line_begins_once_and_goes_through_every_point() {
        assert_eq!(line([(1.0, 2.0), (3.25, 4.0), (5.0, 6.5)]), "M1.0 2.0L3.2 4.0L5.0 6.5");
        assert_eq!(line([]), "");
    }
}
