//! Names on the picture: along the middle of a street, in the middle of a park, none across another; house numbers
//! where a house is large enough to have one.

use super::Frame;
use crate::tiles::vector::Feature;
use kiez_domain::basemap::Ground;
use kiez_domain::tile::MOST_ZOOM;
use std::collections::BTreeMap;

/// Most names of a picture: more cannot be read.
const MOST: usize = 60;
/// Most house numbers of a picture.
const MOST_NUMBERS: usize = 200;
/// Points along the side of a tile of the closest zoom from which a house has room for its number: it is 20 wide then.
const NUMBERED_TILE: f64 = 512.0;
/// An average letter is so wide, in heights of the type: Latin letters of a plain face, a little generous.
const LETTER: f64 = 0.56;
/// A street whose halves turn further than this, in degrees, would bend the name.
const BEND: f64 = 25.0;

/// A name and where it stands.
#[derive(Debug, Clone, PartialEq)]
pub struct Label {
    /// The name of the ground it belongs to, such as `street`.
    pub class: &'static str,
    /// The name.
    pub text: String,
    /// The middle of the name, in points from the left.
    pub x: f64,
    /// The middle of the name, in points from the top.
    pub y: f64,
    /// How far it is turned clockwise, in whole degrees from −90 to 90.
    pub turn: i32,
    /// Height of the type it was given room for, in points.
    pub height: u8,
}

/// Collects names and then finds room for the most important ones.
pub(super) struct Names {
    frame: Frame,
    key: String,
    /// The best place of each name: a street comes in many pieces.
    best: BTreeMap<(&'static str, String), (f64, Label)>,
    /// House numbers: every street has a 12.
    numbers: Vec<Label>,
}

impl Names {
    pub(super) fn new(frame: Frame, language: &str) -> Self {
        Self { frame, key: format!("name:{language}"), best: BTreeMap::new(), numbers: Vec::new() }
    }

    /// A name that stands at a place.
    pub(super) fn at(&mut self, ground: Ground, feature: &Feature, (x, y): (f64, f64)) {
        if ground == Ground::Address {
            return self.number(feature, (x, y));
        }
        self.keep(ground, feature, (0.0, |_: f64| Some((x, y, 0))));
    }

    /// A name that stands along a line, where the line is long and straight enough.
    pub(super) fn along(&mut self, ground: Ground, feature: &Feature, line: &[(f64, f64)]) {
        if matches!(ground, Ground::Street | Ground::MainRoad) {
            let length = line.windows(2).map(|side| distance(side[0], side[1])).sum();
            self.keep(ground, feature, (length, |width: f64| middle(line, length, width)));
        }
    }

    fn number(&mut self, feature: &Feature, (x, y): (f64, f64)) {
        let Some((_, text)) = feature.tags.iter().find(|(key, _)| key == "name") else { return };
        let (class, height) = (Ground::Address.name(), height(Ground::Address));
        let label = Label { class, text: text.clone(), x, y, turn: 0, height };
        if self.frame.shows_numbers() && label.dots().iter().all(|(x, y)| self.frame.holds(*x, *y)) {
            self.numbers.push(label);
        }
    }

    fn keep(
        &mut self,
        ground: Ground,
        feature: &Feature,
        (length, place): (f64, impl Fn(f64) -> Option<(f64, f64, i32)>),
    ) {
        let tag = |wanted: &str| feature.tags.iter().find(|(key, _)| key == wanted).map(|(_, text)| text);
        let Some(text) = tag(&self.key).or_else(|| tag("name")) else { return };
        let class = ground.name();
        let key = (class, text.clone());
        if self.best.get(&key).is_some_and(|(known, _)| *known >= length) {
            return;
        }
        let height = height(ground);
        let Some((x, y, turn)) = place(width(text, height)) else { return };
        let label = Label { class, text: text.clone(), x, y, turn, height };
        if label.dots().iter().all(|(x, y)| self.frame.holds(*x, *y)) {
            self.best.insert(key, (length, label));
        }
    }

    /// The names that have room, the important ones first.
    pub(super) fn placed(self) -> Vec<Label> {
        let Self { best, numbers, .. } = self;
        let mut all: Vec<(f64, Label)> = best.into_values().collect();
        let rank = |label: &Label| RANK.iter().position(|class| *class == label.class).unwrap_or(RANK.len());
        all.sort_by(|(long, a), (longer, b)| rank(a).cmp(&rank(b)).then(longer.total_cmp(long)));
        let mut placed: Vec<Label> = Vec::new();
        let names = all.into_iter().map(|(_, label)| label);
        place(&mut placed, names, MOST);
        let most = placed.len() + MOST_NUMBERS;
        place(&mut placed, numbers.into_iter(), most);
        placed
    }
}

/// Adds what touches nothing that is there already, until there are so many.
fn place(placed: &mut Vec<Label>, labels: impl Iterator<Item = Label>, most: usize) {
    for label in labels {
        if placed.len() < most && !placed.iter().any(|other| label.touches(other)) {
            placed.push(label);
        }
    }
}

/// What is named first where there is not room for everything.
const RANK: [&str; 9] =
    ["place", "water", "park", "main_road", "station", "cemetery", "square", "street", "wood"];

/// Height of the type in points.
fn height(ground: Ground) -> u8 {
    match ground {
        Ground::Place => 15,
        Ground::Water | Ground::Park | Ground::MainRoad => 12,
        Ground::Address => 9,
        _ => 11,
    }
}

fn width(text: &str, height: u8) -> f64 {
    text.chars().map(|_| LETTER * f64::from(height)).sum()
}

impl Frame {
    /// Whether one looks so closely that each house can have its number.
    fn shows_numbers(&self) -> bool {
        self.scale / f64::from(1_u32 << MOST_ZOOM) >= NUMBERED_TILE
    }

    fn holds(&self, x: f64, y: f64) -> bool {
        (0.0..=self.width).contains(&x) && (0.0..=self.height).contains(&y)
    }
}

impl Label {
    /// Whether a disc around a point covers a part of the name.
    #[must_use]
    pub fn touches_disc(&self, middle: (f64, f64), radius: f64) -> bool {
        let apart = radius + f64::from(self.height) / 2.0;
        self.dots().iter().any(|dot| distance(*dot, middle) < apart)
    }

    /// Places along the name, closer to each other than it is high.
    fn dots(&self) -> Vec<(f64, f64)> {
        let half = width(&self.text, self.height) / 2.0;
        let (sin, cos) = f64::from(self.turn).to_radians().sin_cos();
        let step = f64::from(self.height) / 2.0;
        #[expect(clippy::cast_possible_truncation, reason = "a name has 200 letters at most")]
        let steps = (half / step).ceil() as i32;
        let dot = |number: i32| {
            let along = (f64::from(number) * step).clamp(-half, half);
            (self.x + along * cos, self.y + along * sin)
        };
        (-steps..=steps).map(dot).collect()
    }

    fn touches(&self, other: &Self) -> bool {
        let apart = f64::from(self.height.max(other.height)) * 1.2;
        let reach = (width(&self.text, self.height) + width(&other.text, other.height)) / 2.0 + apart;
        if distance((self.x, self.y), (other.x, other.y)) > reach {
            return false;
        }
        let others = other.dots();
        self.dots().iter().any(|dot| others.iter().any(|other| distance(*dot, *other) < apart))
    }
}

/// The middle of a line and how it is turned there; none where a name of this width would not fit or would bend.
fn middle(line: &[(f64, f64)], length: f64, width: f64) -> Option<(f64, f64, i32)> {
    if length < width {
        return None;
    }
    let at = |along: f64| point(line, along);
    let (start, middle, end) = (at((length - width) / 2.0)?, at(length / 2.0)?, at((length + width) / 2.0)?);
    let angle = |from: (f64, f64), to: (f64, f64)| (to.1 - from.1).atan2(to.0 - from.0).to_degrees();
    let bend = (angle(start, middle) - angle(middle, end)).abs();
    if bend.min(360.0 - bend) > BEND {
        return None;
    }
    // Nobody reads upside down.
    let turn = match angle(start, end) {
        turn if turn > 90.0 => turn - 180.0,
        turn if turn < -90.0 => turn + 180.0,
        turn => turn,
    };
    #[expect(clippy::cast_possible_truncation, reason = "an angle from −90 to 90")]
    let turn = turn.round() as i32;
    Some((middle.0, middle.1, turn))
}

/// The point of a line at a distance from its beginning.
fn point(line: &[(f64, f64)], along: f64) -> Option<(f64, f64)> {
    let mut left = along;
    for side in line.windows(2) {
        let length = distance(side[0], side[1]);
        if left <= length && length > 0.0 {
            let share = left / length;
            let between = |a: f64, b: f64| a + share * (b - a);
            return Some((between(side[0].0, side[1].0), between(side[0].1, side[1].1)));
        }
        left -= length;
    }
    line.last().copied()
}

fn distance(a: (f64, f64), b: (f64, f64)) -> f64 {
    (a.0 - b.0).hypot(a.1 - b.1)
}

#[cfg(test)]
mod tests {
    use super::*;
    use kiez_domain::bounds::Bounds;
    use kiez_domain::position::Position;

    #[test]
    fn a_name_stands_in_the_middle_of_a_street_and_never_upside_down() {
        let eastwards = [(0.0, 0.0), (100.0, 0.0)];
        assert_eq!(middle(&eastwards, 100.0, 60.0), Some((50.0, 0.0, 0)));
        let westwards = [(100.0, 0.0), (0.0, 0.0)];
        assert_eq!(middle(&westwards, 100.0, 60.0).map(|at| at.2.abs()), Some(0));
        let steep = [(0.0, 100.0), (50.0, 0.0)];
        let turn = middle(&steep, 111.8, 60.0).expect("it fits").2;
        assert_eq!(turn, -63, "atan 2");
    }

    /// What a picture of so many points across 200 metres writes, when the doors of two streets stand 20 metres apart.
    fn numbers(points: u16) -> Vec<String> {
        let at = |lat: f64, lon: f64| Position::new(lat, lon).expect("on the earth");
        let bounds = Bounds::around([at(52.49, 13.41), at(52.491_8, 13.412_95)]).expect("a box");
        let frame = Frame::around(bounds, (points, points));
        let mut names = Names::new(frame, "de");
        for (text, north) in [("12", 0.000_4), ("14", 0.000_58), ("12", 0.000_76), ("13", 0.000_77)] {
            let tags = vec![("class".to_owned(), "address".to_owned()), ("name".to_owned(), text.to_owned())];
            let feature = Feature { tags, geometry: crate::tiles::vector::Geometry::Points(Vec::new()) };
            names.at(Ground::Address, &feature, frame.point_of(at(52.49 + north, 13.411)));
        }
        names.placed().into_iter().map(|label| label.text).collect()
    }

    #[test]
    fn a_house_has_its_number_where_there_is_room_and_each_street_its_own_twelve() {
        assert_eq!(numbers(600), ["12", "14", "12"], "the 13 is a metre beside the second 12");
        assert_eq!(numbers(150), [""; 0], "a house is smaller than its number");
    }

    #[test]
    fn a_short_or_crooked_street_has_no_room_for_its_name() {
        assert_eq!(middle(&[(0.0, 0.0), (50.0, 0.0)], 50.0, 60.0), None);
        assert_eq!(middle(&[(0.0, 0.0), (50.0, 0.0), (50.0, 50.0)], 100.0, 60.0), None);
    }

    #[test]
    fn a_disc_covers_a_name_where_it_lies_on_it_and_not_beside() {
        let label =
            Label {
                class: "street", text: "Seilerstraße".to_owned(), x: 50.0, y: 50.0, turn: 0, height: 11
            };
        // Twelve letters of 0.56 heights of 11 points: 37 points to each side.
        assert!(label.touches_disc((50.0, 50.0), 13.0) && label.touches_disc((95.0, 50.0), 13.0));
        assert!(!label.touches_disc((50.0, 70.0), 13.0), "13 and half a height of 11 are less than 20");
        assert!(!label.touches_disc((107.0, 50.0), 13.0), "behind its end");
    }

    #[test]
    fn names_touch_where_they_cross_or_lie_on_each_other() {
        let label = |x: f64, y: f64, turn: i32| Label {
            class: "street",
            text: "Seilerstraße".to_owned(),
            x,
            y,
            turn,
            height: 11,
        };
        assert!(label(50.0, 50.0, 0).touches(&label(50.0, 50.0, 90)), "a crossing");
        assert!(label(50.0, 50.0, 0).touches(&label(60.0, 55.0, 0)));
        assert!(!label(50.0, 50.0, 0).touches(&label(50.0, 70.0, 0)), "one below the other");
        assert!(!label(50.0, 50.0, 0).touches(&label(150.0, 50.0, 0)), "one behind the other");
    }
}
