//! `cargo xtask ground`: the ground of the demo Kiez, made out of its drawing.
//!
//! By hand: crossings, streets, parks, water, the estate (`data/demo/skeleton.txt`), and who is where
//! (`data/demo/trades.txt`). From these follow, always in the same way, blocks, houses, doors and premises:
//! `ground.geojson`, `quarters.geojson`, `premises.csv`. The drawing copies no map.

mod chance;
mod doors;
mod faces;
mod geojson;
mod houses;
mod plane;
mod premises;
mod skeleton;
mod trades;

use chance::Chance;
use doors::Front;
use geojson::Writer;
use plane::{Point, contains};
use premises::{Premises, USES};
use skeleton::{BlockKind, Drawn, Form, Names, Skeleton, Street};
use std::collections::BTreeSet;
use std::path::Path;
use trades::{Occupant, Trades};

/// Where the drawing is and what is made of it.
const FOLDER: &str = "data/demo";

/// Draws everything anew.
pub(crate) fn draw() -> Result<(), String> {
    let folder = Path::new(FOLDER);
    let read = |name: &str| {
        std::fs::read_to_string(folder.join(name)).map_err(|error| format!("{FOLDER}/{name}: {error}"))
    };
    let made = make(&read("skeleton.txt")?, &read("trades.txt")?)?;
    for (name, text) in made {
        std::fs::write(folder.join(name), &text).map_err(|error| format!("{FOLDER}/{name}: {error}"))?;
        crate::say::say(&format!("{FOLDER}/{name}: {} kB", text.len() / 1000));
    }
    Ok(())
}

/// The files that follow from the drawing.
fn make(drawing: &str, trades: &str) -> Result<Vec<(&'static str, String)>, String> {
    let skeleton = Skeleton::read(drawing)?;
    let trades = Trades::read(trades)?;
    let town = Town::build(&skeleton)?;
    let premises = premises::survey(&town.fronts, &skeleton.streets, &skeleton.quarters, &trades)?;
    Ok(vec![
        ("ground.geojson", town.ground(&skeleton)),
        ("quarters.geojson", geojson::quarters(&skeleton.quarters)),
        ("premises.csv", table(&premises, &trades)?),
    ])
}

/// One line per unit. `key`: who is there stands in `actors.toml`; `former`: who left since the first look.
fn table(all: &[Premises], trades: &Trades) -> Result<String, String> {
    let mut text =
        "id,street,house_number,lat,lon,before,now,key,occupant,branch,side,languages,former,former_branch\n"
            .to_owned();
    let (mut taken, mut chance) = (BTreeSet::new(), Chance::named("occupants"));
    for (at, unit) in all.iter().enumerate() {
        let mut somebody = |used_as: usize, wanted: bool| match USES[used_as] {
            "dwelling" | "vacant" => Ok(Occupant::default()),
            _ if !wanted => Ok(Occupant::default()),
            _ => trades.occupant(used_as, &mut taken, &mut chance),
        };
        let now = somebody(unit.now, unit.told.is_empty())?;
        let former = somebody(unit.before, unit.before != unit.now)?;
        let (lat, lon) = geojson::degrees(unit.door);
        let cells = [
            &format!("EG-{:03}", at + 1),
            &unit.street,
            &unit.number.to_string(),
            &lat,
            &lon,
            USES[unit.before],
            USES[unit.now],
            &unit.told,
            &now.name,
            &now.branch,
            &now.side,
            &format!("\"{}\"", now.languages),
            &former.name,
            &former.branch,
        ];
        text.push_str(&cells.join(","));
        text.push('\n');
    }
    Ok(text)
}

/// What stands on the ground.
#[derive(Default)]
struct Town {
    houses: Vec<houses::House>,
    behind: Vec<Vec<Point>>,
    gardens: Vec<Vec<Point>>,
    trees: Vec<Vec<Point>>,
    /// Areas that are of one kind from kerb to kerb.
    areas: Vec<(String, Names, Vec<Point>)>,
    fronts: Vec<Front>,
}

impl Town {
    fn build(skeleton: &Skeleton) -> Result<Self, String> {
        let widths: Vec<f64> = skeleton.streets.iter().map(|street| street.width).collect();
        let mut town = Self::default();
        for face in faces::find(skeleton) {
            let block = skeleton.blocks.iter().find(|block| contains(&face.corners, block.place));
            let plot = houses::plot(&face, &widths).ok_or_else(|| {
                format!("the streets around {:?} leave no room between them", face.corners[0])
            })?;
            match block.map_or(&BlockKind::Perimeter, |block| &block.kind) {
                BlockKind::Open => {}
                BlockKind::Ground(ground) => {
                    let names = block.map(|block| block.names.clone()).unwrap_or_default();
                    town.areas.push((ground.clone(), names, plot));
                }
                BlockKind::Perimeter => {
                    let mut chance = Chance::named(&format!("{:?}", face.corners[0]));
                    let (houses, behind) =
                        houses::build(&face, &plot, drawn_inside(skeleton, &plot), &mut chance);
                    town.houses.extend(houses);
                    town.behind.extend(behind);
                    let (gardens, trees) = houses::gardens(&plot, &mut chance);
                    town.gardens.extend(gardens);
                    town.trees.extend(trees);
                }
            }
        }
        town.fronts = town.houses.iter().map(doors::of_house).collect();
        town.slabs(skeleton)?;
        doors::number(&mut town.fronts, &skeleton.streets);
        Ok(town)
    }

    fn slabs(&mut self, skeleton: &Skeleton) -> Result<(), String> {
        for slab in &skeleton.slabs {
            let street = skeleton.streets.iter().position(|street| street.name == slab.street);
            let street = street.ok_or_else(|| format!("the slab's street {} is not drawn", slab.street))?;
            let side = (slab.to - slab.from).unit().left() * (slab.depth / 2.0);
            let outline = vec![slab.from - side, slab.to - side, slab.to + side, slab.from + side];
            self.houses.push(houses::House {
                street,
                front: (outline[3], outline[2]),
                outline,
                at_corner: false,
            });
            self.fronts.extend(doors::of_slab(slab, street));
        }
        Ok(())
    }

    /// Everything that is drawn, the lowest first.
    fn ground(&self, skeleton: &Skeleton) -> String {
        let mut writer = Writer::default();
        let unnamed = Names::default();
        for (ground, names, plot) in &self.areas {
            writer.area(ground, names, plot);
        }
        for garden in &self.gardens {
            writer.area("grass", &unnamed, garden);
        }
        for clump in &self.trees {
            writer.area("wood", &unnamed, clump);
        }
        for Drawn { ground, names, form } in &skeleton.shapes {
            match form {
                Form::Point(place) => writer.point(ground, names, *place),
                Form::Line(places) => writer.line(ground, names, places),
                Form::Area(corners) => writer.area(ground, names, corners),
            }
        }
        for outline in self.houses.iter().map(|house| &house.outline).chain(&self.behind) {
            writer.area("building", &unnamed, outline);
        }
        for street in &skeleton.streets {
            draw_street(&mut writer, street);
        }
        for front in &self.fronts {
            writer.number(&skeleton.streets[front.street].name, front.number, front.number_place());
        }
        writer.finish()
    }
}

/// Boxes around the buildings and playgrounds that were drawn by hand inside a block.
fn drawn_inside(skeleton: &Skeleton, plot: &[Point]) -> Vec<Vec<Point>> {
    let inside = skeleton.shapes.iter().filter_map(|drawn| match &drawn.form {
        Form::Area(corners) if drawn.ground == "building" || drawn.ground == "pitch" => {
            contains(plot, corners[0]).then(|| plane::around(corners))
        }
        _ => None,
    });
    inside.collect()
}

/// One line, or two carriageways with the green strip between them.
fn draw_street(writer: &mut Writer, street: &Street) {
    let names = Names { local: street.name.clone(), ..Names::default() };
    if street.median == 0.0 {
        writer.line(&street.ground, &names, &street.places);
        return;
    }
    let apart = street.median / 2.0 + 4.5;
    writer.line(&street.ground, &names, &beside(&street.places, apart));
    writer.line(&street.ground, &names, &beside(&street.places, -apart));
    for pair in street.places.windows(2) {
        let along = (pair[1] - pair[0]).unit();
        let (side, gap) = (along.left() * (street.median / 2.0 - 1.0), along * 15.0);
        let (from, to) = (pair[0] + gap, pair[1] - gap);
        if (to - from).dot(along) > 10.0 {
            writer.area("grass", &Names::default(), &[from - side, to - side, to + side, from + side]);
        }
    }
}

/// The line so many metres to the left.
fn beside(places: &[Point], by: f64) -> Vec<Point> {
    let last = places.len() - 1;
    let side = |at: usize| {
        let along = |from: usize| (places[from + 1] - places[from]).unit().left();
        (along(at.saturating_sub(1).min(last - 1)) + along(at.min(last - 1))).unit() * by
    };
    places.iter().enumerate().map(|(at, place)| *place + side(at)).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    const DRAWING: &str = include_str!("../../../data/demo/skeleton.txt");
    const TRADES: &str = include_str!("../../../data/demo/trades.txt");

    fn survey() -> (Skeleton, Town, Vec<Premises>) {
        let skeleton = Skeleton::read(DRAWING).expect("the drawing");
        let trades = Trades::read(TRADES).expect("the trades");
        let town = Town::build(&skeleton).expect("a town");
        let premises =
            premises::survey(&town.fronts, &skeleton.streets, &skeleton.quarters, &trades).expect("premises");
        (skeleton, town, premises)
    }

    #[test]
    fn what_lies_in_the_repository_follows_from_the_drawing() {
        let made = make(DRAWING, TRADES).expect("drawn");
        let stored = [
            include_str!("../../../data/demo/ground.geojson"),
            include_str!("../../../data/demo/quarters.geojson"),
            include_str!("../../../data/demo/premises.csv"),
        ];
        for ((name, text), stored) in made.iter().zip(stored) {
            assert!(text == stored, "data/demo/{name} is not what is drawn: run `cargo xtask ground`");
        }
    }

    #[test]
    fn there_are_as_many_premises_as_were_mapped_in_the_field() {
        let (_, _, premises) = survey();
        let count = |used_as: &str| premises.iter().filter(|unit| USES[unit.now] == used_as).count();
        assert_eq!((premises.len(), count("dwelling"), count("social")), (990, 319, 88));
        let changed = premises.iter().filter(|unit| unit.before != unit.now).count();
        assert!((50..120).contains(&changed), "a year changes some uses, not most: {changed}");
    }

    #[test]
    fn every_door_is_in_a_wall_in_one_quarter_and_nobody_elses() {
        let (skeleton, town, premises) = survey();
        let mut seen = BTreeSet::new();
        for unit in &premises {
            assert!(seen.insert(geojson::degrees(unit.door)), "two doors at {:?}", unit.door);
            let wall = town.houses.iter().any(|house| plane::on_edge(&house.outline, unit.door));
            assert!(wall, "{} {} has a door without a wall", unit.street, unit.number);
            let around = skeleton.quarters.iter().filter(|quarter| contains(&quarter.corners, unit.door));
            assert_eq!(around.count(), 1, "{} {}", unit.street, unit.number);
            assert!(skeleton.streets.iter().any(|street| street.name == unit.street));
        }
    }

    #[test]
    fn a_house_number_stands_inside_a_house() {
        let (_, town, _) = survey();
        let outside = town
            .fronts
            .iter()
            .filter(|front| !town.houses.iter().any(|house| contains(&house.outline, front.number_place())));
        let outside: Vec<_> = outside.map(|front| (front.street, front.number)).collect();
        assert_eq!(outside, []);
    }

    #[test]
    fn a_house_number_stands_at_one_house_of_a_street() {
        let (skeleton, town, _) = survey();
        let mut seen = BTreeSet::new();
        for front in &town.fronts {
            let street = &skeleton.streets[front.street].name;
            assert!(seen.insert((street, front.number)), "{street} {} stands at two houses", front.number);
        }
    }

    #[test]
    fn the_estate_lives_and_the_streets_around_it_trade() {
        let (skeleton, _, premises) = survey();
        let share_of_trade = |name: &str| {
            let quarter = skeleton.quarters.iter().find(|quarter| quarter.name == name).expect("drawn");
            let here: Vec<_> = premises.iter().filter(|unit| contains(&quarter.corners, unit.door)).collect();
            let trade = here.iter().filter(|unit| (1..=3).contains(&unit.now)).count();
            trade as f64 / here.len() as f64
        };
        assert!(share_of_trade("Heidesiedlung") < 0.2, "{}", share_of_trade("Heidesiedlung"));
        assert!(share_of_trade("Seilerkiez") > 0.4 && share_of_trade("Luisenvorstadt") > 0.4);
    }
}
