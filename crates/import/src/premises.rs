//! Ground-floor units from a mapping walk: address, place, use, and when it was seen.

use crate::columns::{Cells, Columns, Field, fold};
use crate::error::{ReadError, Refusal};
use crate::place::Locator;
use crate::reading::{Candidate, ReadOptions, Reading};
use crate::row_fault::{KnownWords, RowFault};
use crate::seen::SeenIds;
use crate::source::Source;
use crate::table::{Row, Table};
use jiff::civil::Date;
use kiez_domain::position::Position;
use kiez_domain::premises::Use;

/// A ground-floor unit as a foreign file tells it.
#[derive(Debug, Clone, PartialEq)]
pub struct RawPremises {
    /// Id in the foreign file.
    pub external_id: Option<String>,
    /// Who is in it, when the file says so.
    pub occupant: Option<String>,
    /// Street, perhaps with the number behind it.
    pub street: Option<String>,
    /// House number where it has a column of its own.
    pub house_number: Option<String>,
    /// Postal code.
    pub postcode: Option<String>,
    /// Town.
    pub city: Option<String>,
    /// Where it is on the ground.
    pub position: Option<Position>,
    /// What it is used for.
    pub used_as: Use,
    /// The use in the words of the file.
    pub use_text: Option<String>,
    /// When it was seen.
    pub observed_on: Option<Date>,
    /// A remark.
    pub note: Option<String>,
}

/// Reads premises from CSV, XLSX or GeoJSON.
///
/// # Errors
/// When the file as a whole cannot be read, or tells neither streets nor places, or no use.
pub fn read_premises(source: &Source, options: &ReadOptions) -> Result<Reading<RawPremises>, ReadError> {
    let table = Table::read(source, options)?;
    let columns = Columns::<PremisesField>::resolve(&table, options.mapping.as_ref())?;
    columns.demand(PremisesField::Use, table.heading_line)?;
    if table.rows.iter().all(|row| row.place.is_none()) && !columns.has(PremisesField::Latitude) {
        columns.demand(PremisesField::Street, table.heading_line)?;
    }
    let mut locator = Locator::new(options.plausible, table.coordinates);
    let mut seen = SeenIds::default();
    let mut reading = Reading {
        file: table.file.clone(),
        read: table.read,
        candidates: Vec::new(),
        refused: table.refused,
        notes: table.notes,
    };
    for row in &table.rows {
        match read_unit(row, &columns, &mut locator, &mut seen) {
            Ok(unit) => reading.candidates.push(Candidate { line: row.line, row: unit }),
            Err(refused) => reading.refused.extend(refused),
        }
    }
    reading.refused.sort_by_key(|refusal| refusal.line);
    Ok(reading)
}

fn read_unit(
    row: &Row,
    columns: &Columns<PremisesField>,
    locator: &mut Locator,
    seen: &mut SeenIds,
) -> Result<RawPremises, Vec<Refusal>> {
    use PremisesField as F;
    let mut cells = columns.cells(row);
    let external_id = cells.code(F::Id);
    if let Some(fault) = external_id.as_deref().and_then(|id| seen.note(id, row.line)) {
        cells.refuse(F::Id, fault);
    }
    let unit = RawPremises {
        external_id,
        occupant: cells.line(F::Occupant),
        street: cells.line(F::Street),
        house_number: cells.line(F::HouseNumber),
        postcode: cells.line(F::Postcode),
        city: cells.line(F::City),
        position: cells.place(F::Latitude, F::Longitude, locator),
        used_as: use_of(&mut cells),
        use_text: cells.line(F::Use),
        observed_on: day_of(&mut cells),
        note: cells.text(F::Note),
    };
    if unit.street.is_none() && unit.position.is_none() && cells.refused.is_empty() {
        cells.refuse(F::Street, RowFault::Empty);
    }
    if cells.refused.is_empty() { Ok(unit) } else { Err(cells.refused) }
}

fn use_of(cells: &mut Cells<'_, PremisesField>) -> Use {
    let given = cells.raw(PremisesField::Use).to_owned();
    if given.is_empty() {
        return Use::Unknown;
    }
    let folded = fold(&given);
    let found = USES.iter().find(|(_, words)| words.contains(&folded.as_str()));
    found.map_or_else(
        || {
            let fault =
                RowFault::UnknownWord { given: given.chars().take(60).collect(), known: KnownWords::Uses };
            cells.refuse(PremisesField::Use, fault);
            Use::Unknown
        },
        |(found, _)| *found,
    )
}

fn day_of(cells: &mut Cells<'_, PremisesField>) -> Option<Date> {
    let given = cells.line(PremisesField::ObservedOn)?;
    let day = parse_day(&given);
    if day.is_none() {
        cells.refuse(
            PremisesField::ObservedOn,
            RowFault::NotADate { given: given.chars().take(60).collect() },
        );
    }
    day
}

/// `2026-03-02`, also with a time behind it, or `02.03.2026`.
fn parse_day(text: &str) -> Option<Date> {
    let day = text.split(['T', ' ']).next().unwrap_or("");
    if let Ok(date) = day.parse::<Date>() {
        return Some(date);
    }
    let mut parts = day.split('.');
    let (day, month, year) = (parts.next()?, parts.next()?, parts.next()?);
    let whole = parts.next().is_none() && year.len() == 4;
    let date = Date::new(year.parse().ok()?, month.parse().ok()?, day.parse().ok()?).ok();
    date.filter(|_| whole)
}

/// Words for each use, folded: the classes of the mapping and what people write for them.
const USES: &[(Use, &[&str])] = &[
    (Use::Dwelling, &["dwelling", "residential", "housing", "wohnen", "wohnung", "wohnnutzung"]),
    (
        Use::Gastronomy,
        &["gastronomy", "gastronomie", "gastro", "restaurant", "cafe", "bar", "food", "imbiss"],
    ),
    (Use::Retail, &["retail", "shop", "einzelhandel", "handel", "laden", "geschaeft"]),
    (
        Use::LocalEconomy,
        &[
            "localeconomy",
            "services",
            "service",
            "crafts",
            "craft",
            "office",
            "lokaleoekonomie",
            "dienstleistung",
            "dienstleistungen",
            "handwerk",
            "gewerbe",
            "buero",
            "freieberufe",
            "praxis",
        ],
    ),
    (
        Use::Social,
        &["social", "sozial", "soziales", "sozialenutzung", "sozialeeinrichtung", "kita", "verein"],
    ),
    (Use::Vacant, &["vacant", "vacancy", "empty", "leer", "leerstand", "leerstehend"]),
    (Use::Other, &["other", "sonstiges", "sonstige", "andere", "anderes", "garage", "lager"]),
    (Use::Unknown, &["unknown", "unbekannt", "unklar"]),
];

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum PremisesField {
    Id,
    Occupant,
    Street,
    HouseNumber,
    Postcode,
    City,
    Latitude,
    Longitude,
    Use,
    ObservedOn,
    Note,
}

impl Field for PremisesField {
    const ALL: &'static [(Self, &'static str, &'static [&'static str])] = &[
        (Self::Id, "id", &["id", "externalid", "nr", "nummer", "kennung"]),
        (Self::Occupant, "occupant", &["occupant", "name", "firma", "mieter", "nutzer", "akteur", "actor"]),
        (Self::Street, "street", &["street", "strasse", "addr:street", "adresse", "address", "anschrift"]),
        (
            Self::HouseNumber,
            "house_number",
            &["housenumber", "hausnummer", "hausnr", "addr:housenumber", "hnr"],
        ),
        (Self::Postcode, "postcode", &["postcode", "zipcode", "zip", "plz", "postleitzahl", "addr:postcode"]),
        (Self::City, "city", &["city", "ort", "stadt", "addr:city"]),
        (Self::Latitude, "lat", &["lat", "latitude", "breite", "breitengrad", "hochwert", "y"]),
        (Self::Longitude, "lon", &["lon", "lng", "longitude", "laenge", "laengengrad", "rechtswert", "x"]),
        (
            Self::Use,
            "use",
            &["use", "usedas", "nutzung", "nutzungsart", "verwendung", "category", "kategorie"],
        ),
        (
            Self::ObservedOn,
            "observed_on",
            &["observedon", "observed", "date", "datum", "erhobenam", "erfasstam", "gesehenam", "begehung"],
        ),
        (Self::Note, "note", &["note", "bemerkung", "anmerkung", "notiz", "kommentar", "comment"]),
    ];
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(name: &str, text: &str) -> Result<Reading<RawPremises>, String> {
        let source = Source::new(name, text.as_bytes().to_vec());
        read_premises(&source, &ReadOptions::default()).map_err(|error| error.to_string())
    }

    #[test]
    fn a_walk_is_read_in_german_and_english() {
        let reading = read(
            "walk.csv",
            "Straße;Hausnr;Nutzung;Datum;Breite;Länge\nGraefestraße;1;Leerstand;02.03.2026;52,49;13,41\nGraefestraße;2;Lokale Ökonomie;;;\n\
             Graefestraße;3;retail;2026-03-02;;\nGraefestraße;4;;;;\n",
        )
        .expect("readable");
        let found: Vec<(Use, Option<String>)> = reading
            .candidates
            .iter()
            .map(|unit| (unit.row.used_as, unit.row.observed_on.map(|day| day.to_string())))
            .collect();
        let day = Some("2026-03-02".to_owned());
        assert_eq!(
            found,
            [(Use::Vacant, day.clone()), (Use::LocalEconomy, None), (Use::Retail, day), (Use::Unknown, None)]
        );
    }

    #[test]
    fn a_map_tells_places() {
        let text = r#"{"type":"FeatureCollection","features":[
{"type":"Feature","properties":{"use":"Gastronomie"},"geometry":{"type":"Point","coordinates":[13.41,52.49]}}]}"#;
        let reading = read("walk.geojson", text).expect("readable");
        assert_eq!(reading.candidates[0].row.position.map(Position::lat), Some(52.49));
    }

    #[test]
    fn faults_are_named_by_field() {
        let reading =
            read("walk.csv", "street,use,date\nWeg 1,Schloss,30.02.2026\n,retail,\n").expect("readable");
        let found: Vec<(u64, &str)> = reading.refused.iter().map(|r| (r.line, r.field.as_str())).collect();
        assert_eq!(found, [(2, "use"), (2, "date"), (3, "street")]);
        assert!(
            read("walk.csv", "street\nWeg 1\n").is_err_and(|e| e.contains("the column \"use\" is missing"))
        );
        assert!(
            read("walk.csv", "use\nretail\n").is_err_and(|e| e.contains("the column \"street\" is missing"))
        );
    }

    #[test]
    fn days_are_days_of_the_calendar() {
        for (text, day) in
            [("2026-03-02T10:15", true), ("2.3.2026", true), ("31.2.2026", false), ("gestern", false)]
        {
            assert_eq!(parse_day(text).is_some(), day, "{text}");
        }
    }
}
