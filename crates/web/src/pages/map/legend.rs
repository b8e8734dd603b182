//! What the signs of the map mean, and how many there are of each: only those that are shown.

use super::sign::{Sign, Survey};
use crate::icons;
use crate::layout::Chrome;
use kiez_app::map::MapPlace;
use kiez_domain::branch::Side;
use kiez_domain::map::MapLayer;
use kiez_domain::premises::Use;

/// Some entries under one heading.
pub(super) struct Group {
    pub(super) title: String,
    pub(super) entries: Vec<Entry>,
}

/// A sign, what it means, how often it is there.
pub(super) struct Entry {
    /// Ready to be put on the page.
    pub(super) picture: String,
    pub(super) label: String,
    pub(super) count: String,
}

/// The legend of a layer; nothing for an empty map.
pub(super) fn of(c: &Chrome, layer: MapLayer, places: &[MapPlace]) -> Vec<Group> {
    let legend = Legend { c, layer, places };
    let groups = match layer {
        MapLayer::Actors => vec![legend.sides(), legend.branches()],
        MapLayer::Needs | MapLayer::Offers => vec![legend.cards()],
        MapLayer::Doors => vec![legend.survey(), legend.uses()],
    };
    groups.into_iter().filter(|group| !group.entries.is_empty()).collect()
}

struct Legend<'a> {
    c: &'a Chrome,
    layer: MapLayer,
    places: &'a [MapPlace],
}

impl Legend<'_> {
    fn sides(&self) -> Group {
        let sides = Side::all().map(Some).chain([None]);
        let signs = sides.flat_map(|side| [true, false].map(|filled| (side, filled)));
        let entry = |(side, filled): (Option<Side>, bool)| {
            let sign = Sign { shape: side.map_or("place", Side::name), filled, used_as: None };
            let word = self.c.tt("side", sign.shape);
            let label = match (side, filled) {
                // Only a business can be on its way.
                (Some(Side::Business), true) if self.knows_stages() => {
                    format!("{word}, {}", self.c.t("legend-joined"))
                }
                (_, false) => format!("{word}, {}", self.c.t("legend-not-joined")),
                _ => word,
            };
            self.entry(sign.picture(), label, |place| Sign::of(self.layer, place) == sign)
        };
        self.group("legend-sides", signs.filter_map(entry))
    }

    /// The public is told of nobody's stage.
    fn knows_stages(&self) -> bool {
        self.places.iter().any(|place| place.stage.is_some())
    }

    fn branches(&self) -> Group {
        let entry = |icon: &'static str| {
            let label = self.c.tt("legend", icon);
            self.entry(icons::icon(icon), label, |place| icons::of_branch(place.branch.as_ref()) == icon)
        };
        self.group("legend-branches", icons::of_all_branches().filter_map(entry))
    }

    fn cards(&self) -> Group {
        let entry = |place: &MapPlace| {
            let label = self.c.tt("map-layer", &self.layer);
            self.entry(Sign::of(self.layer, place).picture(), label, |_| true)
        };
        self.group("legend-cards", self.places.first().and_then(entry).into_iter())
    }

    fn survey(&self) -> Group {
        let entry = |survey: Survey| {
            let sign = Sign { shape: survey.name(), filled: survey != Survey::Open, used_as: None };
            self.entry(sign.picture(), self.c.tt("legend", survey.name()), |place| {
                Survey::of(place) == survey
            })
        };
        self.group("legend-survey", Survey::ALL.into_iter().filter_map(entry))
    }

    fn uses(&self) -> Group {
        let entry = |used_as: Use| {
            let sign = Sign { shape: Survey::Seen.name(), filled: true, used_as: Some(used_as) };
            let fits = |place: &MapPlace| Sign::of(self.layer, place).used_as == Some(used_as);
            self.entry(sign.picture(), self.c.tt("use", &used_as), fits)
        };
        self.group("legend-uses", Use::all().filter_map(entry))
    }

    fn group(&self, title: &str, entries: impl Iterator<Item = Entry>) -> Group {
        Group { title: self.c.t(title), entries: entries.collect() }
    }

    /// None where nothing is of that kind.
    fn entry(&self, picture: String, label: String, fits: impl Fn(&MapPlace) -> bool) -> Option<Entry> {
        let count = self.places.iter().filter(|place| fits(place)).count() as u64;
        (count > 0).then(|| Entry { picture, label, count: self.c.n(&count) })
    }
}
