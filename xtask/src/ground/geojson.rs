//! GeoJSON, one feature per line, six decimals: ten centimetres.

use super::plane::{Point, double_area};
use super::skeleton::{Names, Quarter};
use std::fmt::Write;

/// Where the drawing's origin lies: in no place that the drawing is of.
const ORIGIN: (f64, f64) = (52.490_6, 13.416_6);
/// Metres of a degree of latitude, and of a degree of longitude at the origin.
const METRES: (f64, f64) = (111_267.0, 67_899.0);

/// Latitude and longitude of a place of the drawing, as they are written.
pub(super) fn degrees(place: Point) -> (String, String) {
    let (lat, lon) = (ORIGIN.0 + place.y / METRES.0, ORIGIN.1 + place.x / METRES.1);
    (format!("{lat:.6}"), format!("{lon:.6}"))
}

/// Writes features one after the other.
#[derive(Default)]
pub(super) struct Writer {
    lines: Vec<String>,
}

impl Writer {
    pub(super) fn point(&mut self, ground: &str, names: &Names, place: Point) {
        self.feature(ground, names, ("Point", &position(place)));
    }

    /// The number of a house; with its street it is a door that addresses are found by.
    pub(super) fn number(&mut self, street: &str, number: u32, place: Point) {
        let properties = format!("\"ground\":\"address\",\"name\":\"{number}\",\"street\":\"{street}\"");
        self.lines.push(line(&properties, "Point", &position(place)));
    }

    pub(super) fn line(&mut self, ground: &str, names: &Names, places: &[Point]) {
        self.feature(ground, names, ("LineString", &positions(places)));
    }

    pub(super) fn area(&mut self, ground: &str, names: &Names, corners: &[Point]) {
        self.feature(ground, names, ("Polygon", &format!("[{}]", ring(corners))));
    }

    fn feature(&mut self, ground: &str, names: &Names, (form, coordinates): (&str, &str)) {
        let mut properties = format!("\"ground\":\"{ground}\"");
        for (key, name) in [("name", &names.local), ("name:tr", &names.turkish), ("name:ar", &names.arabic)] {
            if !name.is_empty() {
                let _text_never_fails = write!(properties, ",\"{key}\":\"{name}\"");
            }
        }
        self.lines.push(line(&properties, form, coordinates));
    }

    pub(super) fn finish(self) -> String {
        collection(&self.lines)
    }
}

/// The named quarters.
pub(super) fn quarters(quarters: &[Quarter]) -> String {
    let lines = quarters.iter().map(|quarter| {
        let properties = format!("\"id\":\"{}\",\"name\":\"{}\"", quarter.id, quarter.name);
        line(&properties, "Polygon", &format!("[{}]", ring(&quarter.corners)))
    });
    collection(&lines.collect::<Vec<_>>())
}

fn line(properties: &str, form: &str, coordinates: &str) -> String {
    format!(
        "{{\"type\":\"Feature\",\"properties\":{{{properties}}},\"geometry\":{{\"type\":\"{form}\",\"coordinates\":{coordinates}}}}}"
    )
}

fn collection(lines: &[String]) -> String {
    format!("{{\"type\":\"FeatureCollection\",\"features\":[\n{}\n]}}\n", lines.join(",\n"))
}

/// Against the clock and closed, as RFC 7946 wants it.
fn ring(corners: &[Point]) -> String {
    let mut corners = corners.to_vec();
    if double_area(&corners) < 0.0 {
        corners.reverse();
    }
    corners.extend(corners.first().copied());
    positions(&corners)
}

fn positions(places: &[Point]) -> String {
    let places: Vec<String> = places.iter().map(|place| position(*place)).collect();
    format!("[{}]", places.join(","))
}

fn position(place: Point) -> String {
    let (lat, lon) = degrees(place);
    format!("[{lon},{lat}]")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_hundred_metres_to_the_north_are_nine_ten_thousandths_of_a_degree() {
        assert_eq!(degrees(Point::new(0.0, 0.0)), ("52.490600".to_owned(), "13.416600".to_owned()));
        assert_eq!(degrees(Point::new(0.0, 100.0)).0, "52.491499");
    }

    #[test]
    fn areas_are_closed_and_turn_against_the_clock() {
        let mut writer = Writer::default();
        let names = Names { local: "Wiese".into(), arabic: "مرج".into(), ..Names::default() };
        let clockwise = [Point::new(0.0, 0.0), Point::new(0.0, 10.0), Point::new(10.0, 0.0)];
        writer.area("grass", &names, &clockwise);
        let text = writer.finish();
        assert!(text.contains(r#""ground":"grass","name":"Wiese","name:ar":"مرج""#), "{text}");
        let (a, b, c) = ("[13.416747,52.490600]", "[13.416600,52.490690]", "[13.416600,52.490600]");
        assert!(text.contains(&format!("[[{a},{b},{c},{a}]]")), "{text}");
    }
}
