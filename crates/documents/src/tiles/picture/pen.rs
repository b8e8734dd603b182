//! Lines and areas as the text of an SVG path: short, because a quarter has thousands of corners.

use std::fmt::Write as _;

/// Tenths of a point, on a grid of halves: finer than one can see, and a fifth less to send than tenths.
type Tenths = (i64, i64);

/// A shed of four points, which are about three metres on the picture of a walk, is a speck.
const LEAST_EXTENT: i64 = 40;

/// Writes one path. Steps are relative: neighbours are near each other.
pub(super) struct Pen {
    data: String,
    /// The sheet in tenths.
    sheet: Tenths,
    at: Tenths,
}

impl Pen {
    pub(super) fn new(sheet: (f64, f64)) -> Self {
        Self { data: String::new(), sheet: tenths(sheet), at: (0, 0) }
    }

    /// An area: its corners without the first one repeated. One that is too small to be seen as an area is left out.
    pub(super) fn ring(&mut self, points: &[(f64, f64)]) {
        let places = self.seen(points);
        if places.len() > 2 && extent(&places) >= LEAST_EXTENT {
            self.steps(&places);
            self.data.push('z');
            self.at = places[0];
        }
    }

    pub(super) fn line(&mut self, points: &[(f64, f64)]) {
        let places = self.seen(points);
        if places.len() > 1 {
            self.steps(&places);
        }
    }

    pub(super) fn finish(self) -> String {
        self.data
    }

    /// The places on the sheet's grid, each once in a row; none when all of them lie beside the sheet.
    fn seen(&self, points: &[(f64, f64)]) -> Vec<Tenths> {
        let mut places: Vec<Tenths> = points.iter().map(|point| tenths(*point)).collect();
        places.dedup();
        let beside = |axis: fn(&Tenths) -> i64, most: i64| {
            places.iter().all(|at| axis(at) < 0) || places.iter().all(|at| axis(at) > most)
        };
        if beside(|at| at.0, self.sheet.0) || beside(|at| at.1, self.sheet.1) {
            places.clear();
        }
        places
    }

    fn steps(&mut self, places: &[Tenths]) {
        for (number, place) in places.iter().enumerate() {
            // A path may begin with a relative move: it counts from the corner of the sheet.
            self.data.push_str(match number {
                0 => "m",
                1 => "l",
                _ => "",
            });
            let first = number < 2;
            self.number(place.0 - self.at.0, first);
            self.number(place.1 - self.at.1, false);
            self.at = *place;
        }
    }

    /// A number behind others: its minus parts it from them, else a space does.
    fn number(&mut self, tenths: i64, first: bool) {
        if !first && tenths >= 0 {
            self.data.push(' ');
        }
        let sign = if tenths < 0 { "-" } else { "" };
        let (whole, rest) = (tenths.abs() / 10, tenths.abs() % 10);
        let written = match (whole, rest) {
            (whole, 0) => write!(self.data, "{sign}{whole}"),
            (0, rest) => write!(self.data, "{sign}.{rest}"),
            (whole, rest) => write!(self.data, "{sign}{whole}.{rest}"),
        };
        written.expect("writing to memory cannot fail");
    }
}

fn tenths((x, y): (f64, f64)) -> Tenths {
    #[expect(
        clippy::cast_possible_truncation,
        reason = "a float beyond the numbers becomes the last of them"
    )]
    let grid = |value: f64| (value * 2.0).round().clamp(-1e9, 1e9) as i64 * 5;
    (grid(x), grid(y))
}

/// The longer side of the box around some places.
fn extent(places: &[Tenths]) -> i64 {
    let side = |axis: fn(&Tenths) -> i64| {
        let (least, most) = (places.iter().map(axis).min(), places.iter().map(axis).max());
        most.zip(least).map_or(0, |(most, least)| most - least)
    };
    side(|at| at.0).max(side(|at| at.1))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn drawn(draw: impl FnOnce(&mut Pen)) -> String {
        let mut pen = Pen::new((100.0, 100.0));
        draw(&mut pen);
        pen.finish()
    }

    #[test]
    fn steps_are_relative_and_short() {
        assert_eq!(drawn(|pen| pen.line(&[(1.0, 2.0), (1.5, 1.4), (11.0, 20.1)])), "m1 2l.5-.5 9.5 18.5");
    }

    #[test]
    fn behind_a_closed_area_one_counts_from_its_beginning() {
        let two = drawn(|pen| {
            pen.ring(&[(10.0, 10.0), (20.0, 10.0), (20.0, 20.0)]);
            pen.ring(&[(30.0, 30.0), (30.0, 40.0), (40.0, 40.0)]);
        });
        // SVG 1.1, section 8.3.3: "the current point" after closing is the start of the subpath.
        assert_eq!(two, "m10 10l10 0 0 10zm20 20l0 10 10 0z");
    }

    #[test]
    fn what_lies_beside_the_sheet_or_cannot_be_seen_is_left_out() {
        assert_eq!(drawn(|pen| pen.line(&[(-5.0, 10.0), (-1.0, 50.0)])), "");
        assert_eq!(drawn(|pen| pen.line(&[(10.0, 101.0), (50.0, 150.0)])), "");
        assert_eq!(drawn(|pen| pen.line(&[(10.0, 10.0), (10.01, 10.0)])), "");
        assert_eq!(drawn(|pen| pen.ring(&[(10.0, 10.0), (13.5, 10.0), (13.5, 13.5)])), "");
        assert_ne!(drawn(|pen| pen.line(&[(-5.0, 50.0), (105.0, 50.0)])), "", "it crosses the sheet");
    }
}
