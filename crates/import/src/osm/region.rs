//! The part of a map that is wanted from a file with more.

use kiez_domain::bounds::Bounds;
use kiez_domain::position::Position;
use kiez_domain::quarter::Outline;

/// Metres of a degree of latitude (mean radius of the earth, 6 371 008.8 m).
const DEGREE_M: f64 = 111_195.0;

/// What is taken from a map.
#[derive(Debug, Clone, PartialEq)]
pub enum Region {
    /// Everything within so many metres of a place.
    Around {
        /// The middle.
        centre: Position,
        /// Metres.
        radius_m: f64,
    },
    /// Everything in an outline, and around it within so many metres.
    Near {
        /// The outlines.
        outlines: Vec<Outline>,
        /// Metres.
        margin_m: f64,
    },
}

impl Region {
    /// Whether a place belongs to it.
    #[must_use]
    pub fn contains(&self, place: Position) -> bool {
        match self {
            Self::Around { centre, radius_m } => centre.distance_m(place) <= *radius_m,
            Self::Near { outlines, margin_m } => outlines
                .iter()
                .any(|outline| outline.contains(place) || outline.edge_is_within(place, *margin_m)),
        }
    }

    /// The box around it; none when it is nowhere.
    #[must_use]
    pub fn bounds(&self) -> Option<Bounds> {
        let (inner, margin_m) = match self {
            Self::Around { centre, radius_m } => (Bounds::around([*centre])?, *radius_m),
            Self::Near { outlines, margin_m } => {
                (Bounds::around(outlines.iter().flat_map(Outline::corners))?, *margin_m)
            }
        };
        let (least, most) = (inner.south_west, inner.north_east);
        let up = margin_m / DEGREE_M;
        let narrowest = least.lat().abs().max(most.lat().abs()).to_radians().cos().max(0.01);
        let aside = up / narrowest;
        let corner = |lat: f64, lon: f64| Position::new(lat.clamp(-90.0, 90.0), lon.clamp(-180.0, 180.0));
        Some(Bounds {
            south_west: corner(least.lat() - up, least.lon() - aside).ok()?,
            north_east: corner(most.lat() + up, most.lon() + aside).ok()?,
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use kiez_domain::quarter::Ring;

    fn at(lat: f64, lon: f64) -> Position {
        Position::new(lat, lon).expect("valid")
    }

    #[test]
    fn a_circle_and_its_box() {
        let region = Region::Around { centre: at(52.5, 13.4), radius_m: 1_000.0 };
        assert!(region.contains(at(52.508, 13.4)) && !region.contains(at(52.51, 13.4)));
        let bounds = region.bounds().expect("somewhere");
        assert!(bounds.contains(at(52.508, 13.414)) && !bounds.contains(at(52.51, 13.4)));
    }

    #[test]
    fn near_a_quarter_counts_from_its_edge() {
        let corners = [(52.0, 13.0), (52.0, 13.1), (52.1, 13.1), (52.1, 13.0), (52.0, 13.0)];
        let ring = Ring::new(corners.iter().map(|(lat, lon)| at(*lat, *lon)).collect()).expect("closed");
        let outline = Outline::new(vec![vec![ring]]).expect("one part");
        let region = Region::Near { outlines: vec![outline], margin_m: 500.0 };
        // 0.004° north of the edge are 445 m, 0.005° are 556 m.
        assert!(region.contains(at(52.05, 13.05)) && region.contains(at(52.104, 13.05)));
        assert!(!region.contains(at(52.105, 13.05)));
        assert!(region.bounds().expect("somewhere").contains(at(52.104, 13.05)));
    }

    #[test]
    fn no_quarter_is_nowhere() {
        let region = Region::Near { outlines: vec![], margin_m: 500.0 };
        assert_eq!(region.bounds(), None);
        assert!(!region.contains(at(52.0, 13.0)));
    }
}
