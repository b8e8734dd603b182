//! A ring as a small drawing: numbered discs on a circle, an arrow from each to the next. An ornament: the list says the same.

use std::f64::consts::TAU;
use std::fmt::Write as _;

/// Half the side of the square it is drawn in.
const MIDDLE: f64 = 100.0;
const RADIUS: f64 = 68.0;
const DISC: f64 = 22.0;
/// So much of the circle (in turns) is left free between a disc and an arrow.
const GAP: f64 = 0.072;
const HEAD: f64 = 11.0;

/// The drawing of a ring of so many, clockwise from the top.
pub(super) fn ring(size: usize) -> String {
    let mut svg = String::from(
        "<svg class=\"ring-drawing\" viewBox=\"0 0 200 200\" aria-hidden=\"true\" focusable=\"false\">",
    );
    for at in 0..size {
        arrow(&mut svg, (turn(at, size) + GAP, turn(at + 1, size) - GAP));
    }
    for at in 0..size {
        let (x, y) = place(turn(at, size), RADIUS);
        let number = at + 1;
        let _never_fails = write!(
            svg,
            "<circle class=\"disc\" cx=\"{x:.1}\" cy=\"{y:.1}\" r=\"{DISC}\"/><text x=\"{x:.1}\" y=\"{y:.1}\">{number}</text>"
        );
    }
    svg.push_str("</svg>");
    svg
}

/// An arc with its head.
fn arrow(svg: &mut String, (from, to): (f64, f64)) {
    let ((x, y), (end_x, end_y)) = (place(from, RADIUS), place(to, RADIUS));
    // The head begins a little before the end of the arc, as long as it is itself.
    let back = to - HEAD / (TAU * RADIUS);
    let (inner, outer) = (place(back, RADIUS - HEAD * 0.6), place(back, RADIUS + HEAD * 0.6));
    let _never_fails = write!(
        svg,
        "<path class=\"arc\" d=\"M{x:.1} {y:.1}A{RADIUS} {RADIUS} 0 0 1 {end_x:.1} {end_y:.1}\"/>\
         <path class=\"head\" d=\"M{:.1} {:.1}L{end_x:.1} {end_y:.1}L{:.1} {:.1}\"/>",
        inner.0, inner.1, outer.0, outer.1
    );
}

/// How far around somebody of so many stands, in turns from the top.
fn turn(at: usize, size: usize) -> f64 {
    #[expect(clippy::cast_precision_loss, reason = "rings are of four at most")]
    let part = at as f64 / size.max(1) as f64;
    part
}

fn place(turn: f64, radius: f64) -> (f64, f64) {
    let angle = turn * TAU;
    (MIDDLE + radius * angle.sin(), MIDDLE - radius * angle.cos())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn everybody_has_a_disc_and_an_arrow_within_the_square() {
        for size in [2, 3, 4] {
            let svg = ring(size);
            assert_eq!(svg.matches("<circle").count(), size);
            assert_eq!(svg.matches("class=\"arc\"").count(), size);
            for number in svg.split(['"', ' ', 'M', 'L', 'A']).filter_map(|part| part.parse::<f64>().ok()) {
                assert!((0.0..=200.0).contains(&number), "{number} in {svg}");
            }
        }
    }

    #[test]
    fn the_first_stands_on_top_and_the_next_follow_clockwise() {
        let near = |one: (f64, f64), other: (f64, f64)| (one.0 - other.0).hypot(one.1 - other.1) < 1e-9;
        assert!(near(place(turn(0, 4), 68.0), (100.0, 32.0)));
        assert!(near(place(turn(1, 4), 68.0), (168.0, 100.0)));
        assert!(near(place(turn(1, 2), 68.0), (100.0, 168.0)));
    }
}
