//! How a place is marked. The shape tells the side, the kind of card or how far the survey has come; a filled sign takes
//! part; what a door is used for has a colour and a pattern, so that nobody needs the colour.

use kiez_app::map::MapPlace;
use kiez_domain::actor::Stage;
use kiez_domain::branch::Side;
use kiez_domain::map::MapLayer;
use kiez_domain::premises::Use;

/// The mark of a place, on the drawn map, on the one with scripts and in the legend.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Sign {
    /// A name of [`Side`], `place`, `need`, `offer`, or that of a [`Survey`].
    pub(super) shape: &'static str,
    /// Whether it takes part.
    pub(super) filled: bool,
    /// What a door is used for.
    pub(super) used_as: Option<Use>,
}

/// How far the survey has come at a door.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Survey {
    /// Somebody has spoken with who is behind it.
    Visited,
    /// Somebody has looked at it.
    Seen,
    /// Nobody has been there.
    Open,
}

impl Survey {
    pub(super) const ALL: [Self; 3] = [Self::Visited, Self::Seen, Self::Open];

    /// The name of its shape.
    pub(super) fn name(self) -> &'static str {
        match self {
            Self::Visited => "door_visited",
            Self::Seen => "door_seen",
            Self::Open => "door_open",
        }
    }

    pub(super) fn of(place: &MapPlace) -> Self {
        match place.stage {
            Some(
                Stage::Visited | Stage::Interested | Stage::Participating | Stage::Dormant | Stage::Declined,
            ) => Self::Visited,
            _ if place.seen => Self::Seen,
            _ => Self::Open,
        }
    }
}

impl Sign {
    /// The mark of a place of a layer.
    pub(super) fn of(layer: MapLayer, place: &MapPlace) -> Self {
        let plain = |shape| Self { shape, filled: true, used_as: None };
        match layer {
            MapLayer::Actors => Self {
                // Only a business on its way has a stage; where there is none, being there is taking part.
                filled: place.stage.is_none_or(|stage| stage == Stage::Participating),
                ..plain(place.side.map_or("place", Side::name))
            },
            MapLayer::Needs => plain("need"),
            MapLayer::Offers => plain("offer"),
            MapLayer::Doors => {
                let survey = Survey::of(place);
                let used_as = place.used_as.filter(|_| survey != Survey::Open);
                Self { filled: survey != Survey::Open, used_as, ..plain(survey.name()) }
            }
        }
    }

    /// Its classes of the style sheet.
    pub(super) fn classes(self) -> String {
        let filled = if self.filled { " filled" } else { "" };
        let used_as = self.used_as.map(|used_as| format!(" use-{used_as}")).unwrap_or_default();
        format!("sign {}{filled}{used_as}", self.shape)
    }

    /// Its outline around the origin, 32 points at most.
    pub(super) fn outline(self) -> &'static str {
        match self.shape {
            "business" => r#"<circle r="13"/>"#,
            "need" => r#"<path d="M-13-12h26v20h-9l-4 6-4-6h-9z"/>"#,
            "offer" => r#"<path d="M-13-8h9l4-6 4 6h9v20h-26z"/>"#,
            "initiative" => r#"<path d="M0-16 16 0 0 16-16 0z"/>"#,
            "public_body" => r#"<path d="M0-14 13-7v14L0 14-13 7V-7z"/>"#,
            "door_seen" | "door_open" => r#"<circle r="12"/>"#,
            _ => r#"<path d="M-12-12h24v24h-24z"/>"#,
        }
    }

    /// What tells the use of a door without its colour; dwellings and vacant units are told by nothing inside.
    pub(super) fn pattern(self) -> &'static str {
        match self.used_as {
            Some(Use::Gastronomy) => r#"<path class="pattern dot" d="M0 0h.01"/>"#,
            Some(Use::Retail) => r#"<path class="pattern" d="M-6 0h12"/>"#,
            Some(Use::LocalEconomy) => r#"<path class="pattern" d="M-5 5 5-5"/>"#,
            Some(Use::Social) => r#"<path class="pattern" d="M-6 0h12M0-6v12"/>"#,
            Some(Use::Other) => r#"<path class="pattern" d="M-5-5 5 5M5-5-5 5"/>"#,
            Some(Use::Unknown) => r#"<path class="pattern" d="M-5 0h2M3 0h2"/>"#,
            Some(Use::Dwelling | Use::Vacant) | None => "",
        }
    }

    /// The sign by itself, as small as an icon. It is an ornament: the word beside it says the same.
    pub(super) fn picture(self) -> String {
        format!(
            r#"<svg class="icon mark-of-map" viewBox="-17 -17 34 34" aria-hidden="true" focusable="false"><g class="{}">{}{}</g></svg>"#,
            self.classes(),
            self.outline(),
            self.pattern()
        )
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use kiez_domain::position::Position;

    fn door(stage: Option<Stage>, seen: bool) -> MapPlace {
        MapPlace {
            id: String::new(),
            name: String::new(),
            actor: None,
            owner: None,
            side: None,
            branch: None,
            stage,
            used_as: Some(Use::Retail),
            seen,
            address: String::new(),
            position: Position::new(52.49, 13.41).expect("valid"),
        }
    }

    #[test]
    fn the_shape_of_a_door_tells_how_far_the_survey_has_come() {
        let shape = |stage, seen| Sign::of(MapLayer::Doors, &door(stage, seen)).shape;
        assert_eq!(shape(None, false), "door_open");
        assert_eq!(shape(None, true), "door_seen");
        assert_eq!(shape(Some(Stage::Mapped), true), "door_seen", "being on the list is no visit");
        assert_eq!(shape(Some(Stage::Gone), true), "door_seen", "one can be gone before anybody called");
        assert_eq!(shape(Some(Stage::Declined), true), "door_visited", "a refusal is a visit, too");
    }

    #[test]
    fn what_nobody_looked_at_is_not_told_by_an_older_use() {
        assert_eq!(Sign::of(MapLayer::Doors, &door(None, false)).used_as, None);
        assert_eq!(Sign::of(MapLayer::Doors, &door(None, true)).used_as, Some(Use::Retail));
    }

    #[test]
    fn no_two_uses_look_alike_without_their_colour() {
        let look = |used_as| {
            let sign = Sign { shape: "door_seen", filled: true, used_as: Some(used_as) };
            // A vacant unit is hollow, which the style sheet draws.
            (sign.pattern(), used_as == Use::Vacant)
        };
        let looks: std::collections::BTreeSet<_> = Use::all().map(look).collect();
        assert_eq!(looks.len(), Use::all().count());
    }
}
