//! Needs and offers as the benchmark writes them.

use std::error::Error;

#[derive(Clone)]
pub(crate) struct Record {
    pub(crate) lat: f64,
    pub(crate) lon: f64,
    /// Metres on foot.
    pub(crate) radius: u64,
    pub(crate) hours: [u64; 3],
    pub(crate) languages: u64,
    pub(crate) capacity: u64,
    pub(crate) kinds: Vec<(u64, f32)>,
    pub(crate) text: String,
}

/// A kilometre and a bit, in degrees of latitude; longitude is wider by what a degree shrinks at 52.5° north.
const CELL: (f64, f64) = (0.01, 0.0164);
const METRES_A_DEGREE: f64 = 111_195.0;
/// Metres on foot for each metre of the crow.
pub(crate) const DETOUR: f64 = 1.3;

/// Needs, then offers.
pub(crate) fn read(path: &str) -> Result<(Vec<Record>, Vec<Record>), Box<dyn Error>> {
    let (mut needs, mut offers) = (Vec::new(), Vec::new());
    for line in std::fs::read_to_string(path)?.lines() {
        let fields: Vec<&str> = line.split('\t').collect();
        let [what, lat, lon, radius, first, second, third, languages, capacity, kinds, text] = fields[..]
        else {
            return Err(format!("{line} has no eleven fields").into());
        };
        let mut near = Vec::new();
        for kind in kinds.split(',') {
            let (kind, worth) = kind.split_once(':').ok_or("a kind without its worth")?;
            near.push((kind.parse()?, worth.parse()?));
        }
        let record = Record {
            lat: lat.parse()?,
            lon: lon.parse()?,
            radius: radius.parse()?,
            hours: [first.parse()?, second.parse()?, third.parse()?],
            languages: languages.parse()?,
            capacity: capacity.parse()?,
            kinds: near,
            text: text.to_owned(),
        };
        if what == "need" { needs.push(record) } else { offers.push(record) }
    }
    Ok((needs, offers))
}

pub(crate) fn cell(lat: f64, lon: f64) -> u64 {
    number((lat / CELL.0) as u64, (lon / CELL.1) as u64)
}

fn number(up: u64, aside: u64) -> u64 {
    up << 32 | aside
}

/// Every cell that the need's way reaches.
pub(crate) fn cells(need: &Record) -> Vec<u64> {
    let up = need.radius as f64 / DETOUR / METRES_A_DEGREE;
    let aside = up / (need.lat.abs() + up).to_radians().cos();
    let range = |at: f64, by: f64, cell: f64| ((at - by) / cell) as u64..=((at + by) / cell) as u64;
    range(need.lat, up, CELL.0)
        .flat_map(|up| range(need.lon, aside, CELL.1).map(move |aside| number(up, aside)))
        .collect()
}

/// Metres on foot.
pub(crate) fn walk(one: (f64, f64), other: (f64, f64)) -> f64 {
    let up = one.0 - other.0;
    let aside = (one.1 - other.1) * ((one.0 + other.0) / 2.0).to_radians().cos();
    (up * up + aside * aside).sqrt() * METRES_A_DEGREE * DETOUR
}
