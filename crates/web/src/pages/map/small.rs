//! The small map beside an actor: its sign on the streets around it, its neighbours faint, the large map behind it.

use super::sign::Sign;
use super::window;
use crate::error::PageError;
use crate::pages::ground::Drawing;
use crate::request::Member;
use crate::state::WebState;
use kiez_app::ground::{Frame, Picture};
use kiez_app::map::MapPlace;
use kiez_domain::actor::Actor;
use kiez_domain::bounds::Bounds;
use kiez_domain::map::MapLayer;
use kiez_domain::policy::Role;

/// Points of the picture: as large as it stands on the page, so that its names can be read.
const SHEET: (u16, u16) = (600, 360);

/// Ready values for `pages/map/small.html`.
pub(crate) struct SmallMap {
    pub(crate) view_box: String,
    pub(crate) ground: Option<Drawing>,
    /// Where somebody else is: x and y.
    pub(crate) neighbours: Vec<(String, String)>,
    /// Classes and outline of its sign.
    pub(crate) sign: (String, &'static str),
    /// `translate(x y)`.
    pub(crate) place: String,
    /// The large map at this place; only coordinators have one.
    pub(crate) href: Option<String>,
    pub(crate) attribution: Option<String>,
}

/// The small map of an actor; none where it has no place.
pub(crate) async fn around(
    state: &WebState,
    member: &Member,
    actor: &Actor,
) -> Result<Option<SmallMap>, PageError> {
    let (caller, project) = (&member.visit.caller, member.project.id);
    let fail = |error| member.fail(error);
    let Some(position) = actor.data.position else { return Ok(None) };
    let Some((_, shown)) = Bounds::around([position]).and_then(window::around) else { return Ok(None) };
    let frame = Frame::around(shown, SHEET);
    let coordinator = member.role == Role::Coordinator;
    let near = match coordinator {
        true => kiez_app::map::within(&state.ctx, caller, project, shown).await.map_err(fail)?,
        false => Vec::new(),
    };
    let facts = kiez_app::ground::find(&state.ctx, caller, project).await.map_err(fail)?;
    let language = member.visit.locale.label_language();
    let ground = match &facts {
        Some(_) => {
            let drawn = kiez_app::ground::picture(&state.ctx, caller, project, frame, language).await;
            Some(drawn.map_err(fail)?)
        }
        None => None,
    };
    let own = kiez_app::map::of_one(actor, position);
    let mut map = draw(&frame, ground, &own, &near);
    map.href =
        coordinator.then(|| format!("{}?at={},{}", member.path("/map"), position.lat(), position.lon()));
    map.attribution = facts.and_then(|facts| facts.attribution).map(String::from);
    Ok(Some(map))
}

fn draw(frame: &Frame, ground: Option<Picture>, own: &MapPlace, near: &[MapPlace]) -> SmallMap {
    let (width, height) = frame.size();
    let (x, y) = frame.point_of(own.position);
    let sign = Sign::of(MapLayer::Actors, own);
    let others = near.iter().filter(|place| place.id != own.id);
    let dot = |place: &MapPlace| {
        let (x, y) = frame.point_of(place.position);
        (format!("{x:.1}"), format!("{y:.1}"))
    };
    SmallMap {
        view_box: format!("0 0 {width} {height}"),
        ground: ground.map(|picture| super::picture::clear_of(picture, &[(x, y)])),
        neighbours: others.map(dot).collect(),
        sign: (sign.classes(), sign.outline()),
        place: format!("translate({x:.1} {y:.1})"),
        href: None,
        attribution: None,
    }
}
