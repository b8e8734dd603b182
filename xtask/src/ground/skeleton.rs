//! What was drawn by hand in `data/demo/skeleton.txt`: crossings, streets, blocks, parks, water, slabs, quarters.

use super::plane::{Point, smooth};
use std::collections::BTreeMap;

/// The drawing.
#[derive(Default)]
pub(super) struct Skeleton {
    pub(super) nodes: BTreeMap<String, Point>,
    pub(super) streets: Vec<Street>,
    pub(super) blocks: Vec<Block>,
    pub(super) shapes: Vec<Drawn>,
    pub(super) slabs: Vec<Slab>,
    pub(super) quarters: Vec<Quarter>,
}

/// A street from crossing to crossing.
pub(super) struct Street {
    pub(super) name: String,
    /// `main_road`, `street` or `path`.
    pub(super) ground: String,
    /// From wall to wall, in metres.
    pub(super) width: f64,
    pub(super) nodes: Vec<String>,
    pub(super) places: Vec<Point>,
    /// How a hundred of its units are used: dwelling, gastronomy, retail, local economy, social, vacant.
    pub(super) trade: [f64; 6],
    /// Width of the strip between two carriageways; 0: one carriageway.
    pub(super) median: f64,
}

/// What stands in the area between streets around a place.
pub(super) struct Block {
    pub(super) place: Point,
    pub(super) kind: BlockKind,
    pub(super) names: Names,
}

/// How an area between streets is used.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum BlockKind {
    /// Houses along the streets, courtyards inside: also what is not said otherwise.
    Perimeter,
    /// Left to what is drawn by hand.
    Open,
    /// One kind of ground from kerb to kerb.
    Ground(String),
}

/// A name and what it is in Turkish and Arabic.
#[derive(Debug, Clone, Default, PartialEq)]
pub(super) struct Names {
    pub(super) local: String,
    pub(super) turkish: String,
    pub(super) arabic: String,
}

/// A shape drawn by hand.
pub(super) struct Drawn {
    pub(super) ground: String,
    pub(super) names: Names,
    pub(super) form: Form,
}

/// How the places of a shape are meant.
pub(super) enum Form {
    Point(Point),
    Line(Vec<Point>),
    Area(Vec<Point>),
}

/// A long house of the estate with doors on its left side.
pub(super) struct Slab {
    pub(super) street: String,
    /// 0: its doors are numbered with the street.
    pub(super) first_number: u32,
    pub(super) doors: u32,
    pub(super) from: Point,
    pub(super) to: Point,
    pub(super) depth: f64,
}

/// A named quarter.
pub(super) struct Quarter {
    pub(super) id: String,
    pub(super) name: String,
    pub(super) corners: Vec<Point>,
}

impl Skeleton {
    /// Reads the drawing; says which line is wrong.
    pub(super) fn read(text: &str) -> Result<Self, String> {
        let mut skeleton = Self::default();
        for (at, line) in text.lines().enumerate() {
            let line = line.split('#').next().unwrap_or_default().trim();
            if line.is_empty() {
                continue;
            }
            let outcome = skeleton.line(line);
            outcome.ok_or_else(|| format!("skeleton.txt:{}: cannot be understood: {line}", at + 1))?;
        }
        Ok(skeleton)
    }

    fn line(&mut self, line: &str) -> Option<()> {
        let (word, rest) = line.split_once(' ')?;
        let parts: Vec<&str> = rest.split('|').map(str::trim).collect();
        match (word, parts.as_slice()) {
            ("node", [all]) => {
                let (id, place) = all.split_once(' ')?;
                self.nodes.insert(id.to_owned(), point(place.trim())?);
            }
            ("street", [name, ground, width, nodes, rest @ ..]) => {
                self.street((name, ground), width, nodes, rest)?;
            }
            ("block", [place, kind, names @ ..]) => {
                let kind = match *kind {
                    "open" => BlockKind::Open,
                    "perimeter" => BlockKind::Perimeter,
                    ground => BlockKind::Ground(ground.to_owned()),
                };
                self.blocks.push(Block { place: point(place)?, kind, names: names_of(names) });
            }
            ("slab", [street, first, doors, places, depth]) => {
                let places = self.places(places)?;
                self.slabs.push(Slab {
                    street: (*street).to_owned(),
                    first_number: first.parse().ok()?,
                    doors: doors.parse().ok()?,
                    from: *places.first()?,
                    to: *places.last()?,
                    depth: depth.parse().ok()?,
                });
            }
            ("quarter", [id, name, corners]) => self.quarters.push(Quarter {
                id: (*id).to_owned(),
                name: (*name).to_owned(),
                corners: self.places(corners)?,
            }),
            (form, [ground, places, names @ ..]) => {
                let form = self.form(form, places)?;
                self.shapes.push(Drawn { ground: (*ground).to_owned(), names: names_of(names), form });
            }
            _ => return None,
        }
        Some(())
    }

    fn street(
        &mut self,
        (name, ground): (&str, &str),
        width: &str,
        nodes: &str,
        rest: &[&str],
    ) -> Option<()> {
        let mut trade = [1.0, 0.0, 0.0, 0.0, 0.0, 0.0];
        for (share, word) in trade.iter_mut().zip(rest.first().unwrap_or(&"").split_whitespace()) {
            *share = word.parse().ok()?;
        }
        let nodes: Vec<String> = nodes.split_whitespace().map(str::to_owned).collect();
        let places = nodes.iter().map(|id| self.nodes.get(id).copied()).collect::<Option<_>>()?;
        let median = rest.get(1).map_or(Some(0.0), |text| text.parse().ok())?;
        let (name, ground) = (name.to_owned(), ground.to_owned());
        self.streets.push(Street { name, ground, width: width.parse().ok()?, nodes, places, trade, median });
        Some(())
    }

    fn form(&self, form: &str, places: &str) -> Option<Form> {
        if form == "ribbon" {
            return ribbon(places);
        }
        let places = self.places(places)?;
        Some(match form {
            "point" => Form::Point(*places.first()?),
            "line" => Form::Line(places),
            "curve" => Form::Line(smooth(&places, false, 5)),
            "area" => Form::Area(places),
            "blob" => Form::Area(smooth(&places, true, 5)),
            _ => return None,
        })
    }

    /// Places by their coordinates or by the name of a crossing.
    fn places(&self, text: &str) -> Option<Vec<Point>> {
        text.split_whitespace().map(|word| self.nodes.get(word).copied().or_else(|| point(word))).collect()
    }
}

/// A band along a curve whose half width changes: `x,y,half …`.
fn ribbon(text: &str) -> Option<Form> {
    let numbers =
        |word: &str| word.split(',').map(|number| number.parse().ok()).collect::<Option<Vec<f64>>>();
    let rows = text.split_whitespace().map(numbers).collect::<Option<Vec<_>>>()?;
    let place = |row: &Vec<f64>| Some(Point::new(*row.first()?, *row.get(1)?));
    let axis = smooth(&rows.iter().map(place).collect::<Option<Vec<_>>>()?, false, 6);
    let half = |row: &Vec<f64>| Some(Point::new(*row.get(2)?, 0.0));
    let halves = smooth(&rows.iter().map(half).collect::<Option<Vec<_>>>()?, false, 6);
    let bank = |side: f64| {
        let (axis, halves) = (&axis, &halves);
        move |at: usize| {
            let along = axis[(at + 1).min(axis.len() - 1)] - axis[at.saturating_sub(1)];
            axis[at] + along.unit().left() * (halves[at].x * side)
        }
    };
    let right = (0..axis.len()).map(bank(-1.0));
    Some(Form::Area(right.chain((0..axis.len()).rev().map(bank(1.0))).collect()))
}

fn point(text: &str) -> Option<Point> {
    let (x, y) = text.split_once(',')?;
    Some(Point::new(x.trim().parse().ok()?, y.trim().parse().ok()?))
}

fn names_of(parts: &[&str]) -> Names {
    let part = |at: usize| parts.get(at).copied().unwrap_or_default().to_owned();
    Names { local: part(0), turkish: part(1), arabic: part(2) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_line_nobody_understands_is_named() {
        let error = Skeleton::read("node A 0,0\nstreet Gasse | street | 10 | A B\n").err();
        assert_eq!(
            error.as_deref(),
            Some("skeleton.txt:2: cannot be understood: street Gasse | street | 10 | A B")
        );
    }

    #[test]
    fn a_drawing_has_streets_between_its_nodes_and_shapes_with_names() {
        let text = "node A 0,0\nnode B 0,80 # the end\nstreet Gasse | street | 10 | A B | 60 10 10 10 5 5 | 4\n\
                    blob park | 1,1 5,1 5,5 | Wiese | Çayır | مرج\nblock 3,3 | cemetery | Friedhof\n";
        let skeleton = Skeleton::read(text).expect("fine");
        let street = &skeleton.streets[0];
        assert_eq!((street.places[1], street.trade[0], street.median), (Point::new(0.0, 80.0), 60.0, 4.0));
        assert_eq!(skeleton.shapes[0].names.turkish, "Çayır");
        assert_eq!(skeleton.blocks[0].kind, BlockKind::Ground("cemetery".to_owned()));
    }

    #[test]
    fn a_ribbon_is_as_wide_as_it_was_told() {
        let Some(Form::Area(corners)) = ribbon("0,0,5 10,0,5") else { panic!("an area") };
        assert!(corners.iter().all(|corner| (corner.y.abs() - 5.0).abs() < 1e-9));
    }
}
