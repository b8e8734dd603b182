//! How a place is marked: the shape tells the side or the kind of card, a filled sign takes part.

use kiez_app::map::MapPlace;
use kiez_domain::actor::Stage;
use kiez_domain::branch::Side;
use kiez_domain::map::MapLayer;

/// The mark of a place, on the drawn map and on the one with scripts.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Sign {
    /// `business`, `institution`, `initiative`, `public_body`, `place`, `need`, `offer` or `door`.
    pub(super) shape: &'static str,
    /// Whether it takes part, or is a door that somebody has looked at.
    pub(super) filled: bool,
}

impl Sign {
    /// The mark of a place of a layer.
    pub(super) fn of(layer: MapLayer, place: &MapPlace) -> Self {
        match layer {
            MapLayer::Actors => Self {
                shape: place.side.map_or("place", Side::name),
                // Only a business on its way has a stage; where there is none, being there is taking part.
                filled: place.stage.is_none_or(|stage| stage == Stage::Participating),
            },
            MapLayer::Needs => Self { shape: "need", filled: true },
            MapLayer::Offers => Self { shape: "offer", filled: true },
            MapLayer::Doors => Self { shape: "door", filled: place.seen },
        }
    }
}
