//! Old Berlin houses around a block: fronts along the streets, corner houses, side wings, rear houses, courtyards.

use super::chance::Chance;
use super::faces::Face;
use super::plane::{Point, contains, double_area, inset, overlap, ray, smooth};

/// A house with its front on a street.
pub(super) struct House {
    /// Index of the street.
    pub(super) street: usize,
    /// The ends of its front, the street to the right of the way from the first to the second.
    pub(super) front: (Point, Point),
    pub(super) outline: Vec<Point>,
    pub(super) at_corner: bool,
}

/// The kerb-to-kerb area of a block: its face without the streets.
pub(super) fn plot(face: &Face, widths: &[f64]) -> Option<Vec<Point>> {
    let by: Vec<f64> = face.streets.iter().map(|street| widths[*street] / 2.0).collect();
    inset(&face.corners, &by)
}

/// Fills a block around what stands there already: houses with a front on a street, and outlines of those without.
pub(super) fn build(
    face: &Face,
    plot: &[Point],
    in_the_way: Vec<Vec<Point>>,
    chance: &mut Chance,
) -> (Vec<House>, Vec<Vec<Point>>) {
    let mut block = Block::new(face, plot, chance);
    block.standing = in_the_way;
    block.corner_houses();
    for side in 0..plot.len() {
        block.row(side);
    }
    block.wings(chance);
    (block.houses, block.behind)
}

/// The gardens inside a block, behind the houses, and the clumps of trees in them.
pub(super) fn gardens(plot: &[Point], chance: &mut Chance) -> (Vec<Vec<Point>>, Vec<Vec<Point>>) {
    let by: Vec<f64> = plot.iter().map(|_| chance.between(25.0, 37.0)).collect();
    let Some(inner) = inset(plot, &by).filter(|inner| double_area(inner) > 500.0) else {
        return (Vec::new(), Vec::new());
    };
    let middle =
        inner.iter().fold(Point::new(0.0, 0.0), |sum, corner| sum + *corner) * (1.0 / inner.len() as f64);
    // Walls and paths divide the green among the houses: a garden at each corner, of its own size.
    let plots = (0..inner.len()).map(|at| {
        let (before, here) = (inner[(at + inner.len() - 1) % inner.len()], inner[at]);
        let after = inner[(at + 1) % inner.len()];
        let (near, far) = (chance.between(0.36, 0.49), chance.between(0.36, 0.49));
        vec![
            here.towards(before, near),
            here,
            here.towards(after, far),
            here.towards(middle, chance.between(0.72, 0.94)),
        ]
    });
    let plots = plots.collect();
    let trees = (0..inner.len() + 1).map(|_| {
        let corner = inner[chance.one_of(inner.len())];
        let place = middle.towards(corner, chance.between(0.05, 0.75));
        clump(place, chance)
    });
    (plots, trees.collect())
}

/// A round patch of crowns.
fn clump(middle: Point, chance: &mut Chance) -> Vec<Point> {
    let around = [(1.0, 0.0), (0.6, 0.8), (-0.3, 0.95), (-1.0, 0.1), (-0.6, -0.8), (0.4, -0.9)];
    let corners = around.map(|(x, y)| middle + Point::new(x, y) * chance.between(4.0, 8.5));
    smooth(&corners, true, 2)
}

/// A turn of less than this share of a right angle is a bend of the street, not a corner.
const BEND: f64 = 0.3;

struct Block<'a> {
    plot: &'a [Point],
    streets: &'a [usize],
    /// Where the corner house of each corner ends on the side before and the side after; 0 at a bend.
    corner: Vec<f64>,
    depth: f64,
    widths: Vec<f64>,
    houses: Vec<House>,
    /// Houses without a front on a street.
    behind: Vec<Vec<Point>>,
    /// What stands, in convex pieces.
    standing: Vec<Vec<Point>>,
}

impl<'a> Block<'a> {
    fn new(face: &'a Face, plot: &'a [Point], chance: &mut Chance) -> Self {
        let depth = chance.between(11.8, 13.4);
        let widths = (0..400).map(|_| chance.between(16.5, 24.0)).collect();
        let mut block = Self {
            plot,
            streets: &face.streets,
            corner: Vec::new(),
            depth,
            widths,
            houses: Vec::new(),
            behind: Vec::new(),
            standing: Vec::new(),
        };
        block.corner =
            (0..plot.len()).map(|at| block.corner_length(at, chance.between(17.0, 22.0))).collect();
        block
    }

    fn side(&self, at: usize) -> (Point, Point) {
        let count = self.plot.len();
        (self.plot[at % count], self.plot[(at + 1) % count])
    }

    fn along(&self, at: usize) -> Point {
        let (from, to) = self.side(at);
        (to - from).unit()
    }

    fn before(&self, at: usize) -> usize {
        (at + self.plot.len() - 1) % self.plot.len()
    }

    fn corner_length(&self, at: usize, wanted: f64) -> f64 {
        let (before, after) = (self.along(self.before(at)), self.along(at));
        let turn = before.cross(after);
        if turn.abs() < BEND {
            return 0.0;
        }
        // In a sharp corner the yard begins further away.
        let foot = self.depth * (1.0 + before.dot(-after)) / turn.abs();
        let length = |side: usize| {
            let (from, to) = self.side(side);
            (to - from).length()
        };
        wanted.max(foot + 5.0).min(length(at) / 2.0).min(length(self.before(at)) / 2.0)
    }

    fn corner_houses(&mut self) {
        for at in 0..self.plot.len() {
            let reach = self.corner[at];
            if reach == 0.0 {
                continue;
            }
            let (here, before, after) = (self.plot[at], self.along(self.before(at)), self.along(at));
            let (start, end) = (here - before * reach, here + after * reach);
            let cut = 3.2;
            let (in_before, in_after) = (before.left() * self.depth, after.left() * self.depth);
            let (from, to) = (here - before * cut, here + after * cut);
            let foot = self.depth * (1.0 + before.dot(-after)) / before.cross(after);
            let inner = here + in_after + after * foot;
            let outline = vec![start, from, to, end, end + in_after, inner, start + in_before];
            self.standing.push(vec![start, from, here + after * foot.max(cut), inner, start + in_before]);
            self.standing.push(vec![to, end, end + in_after, inner]);
            self.houses.push(House { street: self.streets[at], front: (to, end), outline, at_corner: true });
        }
    }

    /// The houses of one side, between its corner houses.
    fn row(&mut self, side: usize) {
        let (from, to) = self.side(side);
        let (along, next) = (self.along(side), (side + 1) % self.plot.len());
        let length = (to - from).length();
        let (start, end) = (self.corner[side], length - self.corner[next]);
        if end - start < 9.0 {
            return;
        }
        let count = ((end - start) / 20.0).round().max(1.0) as usize;
        let first = self.houses.len();
        let widths: Vec<f64> = (0..count).map(|at| self.widths[(first + at) % self.widths.len()]).collect();
        let scale = (end - start) / widths.iter().sum::<f64>();
        let mut at = start;
        for (index, width) in widths.iter().enumerate() {
            let till = at + width * scale;
            let depth = self.depth + (width - 20.0) * 0.2;
            let inward = |corner: usize, edge: bool| {
                if edge && self.corner[corner] == 0.0 { self.mitre(corner) } else { along.left() }
            };
            let (a, b) = (from + along * at, from + along * till);
            let rear_a = a + inward(side, index == 0) * depth;
            let rear_b = b + inward(next, index + 1 == count) * depth;
            let outline = vec![a, b, rear_b, rear_a];
            self.standing.push(outline.clone());
            self.houses.push(House { street: self.streets[side], front: (a, b), outline, at_corner: false });
            at = till;
        }
    }

    /// Inward at a bend: between the two sides, so long that both keep their depth.
    fn mitre(&self, corner: usize) -> Point {
        let (before, after) = (self.along(self.before(corner)).left(), self.along(corner).left());
        let middle = (before + after).unit();
        middle * (1.0 / middle.dot(after))
    }

    /// Side wings and rear houses, as far as the yard has room for them.
    fn wings(&mut self, chance: &mut Chance) {
        for at in 0..self.houses.len() {
            let house = &self.houses[at];
            let plan = Plan::draw(chance);
            if house.at_corner || (house.front.1 - house.front.0).length() < 13.0 || !plan.wing {
                continue;
            }
            let yard = Yard::of(house, self.plot);
            let built = plan.rear && self.with_rear(at, &yard, &plan);
            if !built {
                self.with_wing(at, &yard, &plan);
            } else if plan.garden_house {
                self.garden_house(&yard, &plan);
            }
        }
    }

    /// A wing and a rear house around a yard.
    fn with_rear(&mut self, at: usize, yard: &Yard, plan: &Plan) -> bool {
        let (width, from, wing) = (yard.width, yard.depth, yard.width - plan.wing_width);
        let (near, far) = (from + plan.yard, from + plan.yard + plan.rear_depth);
        let pieces = [yard.piece((wing, width), (from, near)), yard.piece((0.0, width), (near, far))];
        let outline = [
            (0.0, 0.0),
            (width, 0.0),
            (width, far),
            (0.0, far),
            (0.0, near),
            (wing, near),
            (wing, from),
            (0.0, from),
        ];
        yard.room > far && self.add(Some(at), yard, &pieces, &outline)
    }

    /// A wing alone.
    fn with_wing(&mut self, at: usize, yard: &Yard, plan: &Plan) {
        let (width, from, wing) = (yard.width, yard.depth, yard.width - plan.wing_width);
        let far = (from + plan.yard).min(yard.room);
        let pieces = [yard.piece((wing, width), (from, far))];
        let outline = [(0.0, 0.0), (width, 0.0), (width, far), (wing, far), (wing, from), (0.0, from)];
        if far > from + 4.0 {
            self.add(Some(at), yard, &pieces, &outline);
        }
    }

    /// A house of its own behind the second yard.
    fn garden_house(&mut self, yard: &Yard, plan: &Plan) {
        let near = yard.depth + plan.yard * 2.0 + plan.rear_depth;
        let (far, width) = (near + plan.rear_depth, yard.width);
        let pieces = [yard.piece((1.0, width - 1.0), (near, far))];
        let outline = [(1.0, near), (width - 1.0, near), (width - 1.0, far), (1.0, far)];
        if yard.room > far {
            self.add(None, yard, &pieces, &outline);
        }
    }

    /// Adds pieces, to a house or on their own, if nothing is in their way.
    fn add(
        &mut self,
        house: Option<usize>,
        yard: &Yard,
        pieces: &[Vec<Point>],
        outline: &[(f64, f64)],
    ) -> bool {
        let own =
            house.and_then(|at| self.standing.iter().position(|piece| *piece == self.houses[at].outline));
        let free = |piece: &Vec<Point>| {
            let others = self.standing.iter().enumerate().filter(|(at, _)| Some(*at) != own);
            piece.iter().all(|corner| contains(self.plot, *corner))
                && others.into_iter().all(|(_, other)| !overlap(piece, other, 0.3))
        };
        if !pieces.iter().all(free) {
            return false;
        }
        self.standing.extend(pieces.iter().cloned());
        let outline = outline.iter().map(|(along, deep)| yard.place(*along, *deep)).collect();
        match house {
            Some(at) => self.houses[at].outline = outline,
            None => self.behind.push(outline),
        }
        true
    }
}

/// What the owner would like to build behind the front.
struct Plan {
    wing: bool,
    rear: bool,
    garden_house: bool,
    wing_width: f64,
    /// How deep a yard is.
    yard: f64,
    rear_depth: f64,
}

impl Plan {
    fn draw(chance: &mut Chance) -> Self {
        Self {
            wing: chance.happens(0.8),
            rear: chance.happens(0.72),
            garden_house: chance.happens(0.45),
            wing_width: chance.between(5.2, 6.6),
            yard: chance.between(9.0, 13.5),
            rear_depth: chance.between(9.3, 11.4),
        }
    }
}

/// The strip of land behind a front: how deep its house is, and how far the yard reaches.
struct Yard {
    /// The end of the front from which widths are counted; the wing stands at the other end.
    origin: Point,
    along: Point,
    inward: Point,
    width: f64,
    depth: f64,
    room: f64,
}

impl Yard {
    /// Neighbours build their wings against each other: every second front is looked at from its other end.
    fn of(house: &House, plot: &[Point]) -> Self {
        let (a, b) = house.front;
        let along = (b - a).unit();
        let inward = along.left();
        let middle = a.towards(b, 0.5);
        let across = ray(plot, middle, inward).unwrap_or(0.0);
        let depth = (house.outline[3] - a).dot(inward).min((house.outline[2] - b).dot(inward));
        let mirrored = ((middle.x + middle.y).abs() as u64 / 20).is_multiple_of(2);
        let (origin, along) = if mirrored { (b, -along) } else { (a, along) };
        Self { origin, along, inward, width: (b - a).length(), depth, room: across / 2.0 - 3.0 }
    }

    fn place(&self, along: f64, deep: f64) -> Point {
        self.origin + self.along * along + self.inward * deep
    }

    fn piece(&self, (from, to): (f64, f64), (near, far): (f64, f64)) -> Vec<Point> {
        vec![self.place(from, near), self.place(to, near), self.place(to, far), self.place(from, far)]
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ground::plane::on_edge;

    fn block() -> (Vec<Point>, Vec<House>) {
        let corners = [(0.0, 0.0), (150.0, 4.0), (146.0, 130.0), (-3.0, 124.0)];
        let corners: Vec<Point> = corners.map(|(x, y)| Point::new(x, y)).to_vec();
        let face = Face { corners, streets: vec![0, 1, 2, 3] };
        let plot = plot(&face, &[20.0, 18.0, 18.0, 26.0]).expect("a plot");
        let (houses, _) = build(&face, &plot, Vec::new(), &mut Chance::named("test"));
        (plot, houses)
    }

    #[test]
    fn a_block_has_a_house_at_each_corner_and_fronts_on_every_street() {
        let (plot, houses) = block();
        assert_eq!(houses.iter().filter(|house| house.at_corner).count(), 4);
        for street in 0..4 {
            assert!(houses.iter().filter(|house| house.street == street).count() > 3);
        }
        let built: f64 = houses.iter().map(|house| double_area(&house.outline).abs()).sum();
        let share = built / double_area(&plot);
        assert!((0.35..0.75).contains(&share), "a Berlin block is about half built: {share}");
    }

    #[test]
    fn fronts_stand_on_the_street_and_houses_within_the_block() {
        let (plot, houses) = block();
        for house in &houses {
            assert!(on_edge(&plot, house.front.0) && on_edge(&plot, house.front.1));
            let inside = |corner: &Point| contains(&plot, *corner) || on_edge(&plot, *corner);
            assert!(house.outline.iter().all(inside));
        }
    }
}
