//! Businesses, institutions, initiatives and public bodies from tables and maps.

use crate::branch::{self, Hints};
use crate::columns::{Cells, Columns, Field};
use crate::error::{ReadError, Refusal};
use crate::place::Locator;
use crate::reading::{Candidate, ReadOptions, Reading};
use crate::row_fault::RowFault;
use crate::seen::SeenIds;
use crate::source::Source;
use crate::table::{Row, Table};
use kiez_domain::branch::{BranchId, Side};
use kiez_domain::position::Position;

/// An actor as a foreign file tells it: readable texts and a plausible place, not yet parsed into the types of the field.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct RawActor {
    /// Id in the foreign file.
    pub external_id: Option<String>,
    /// Name on the sign; made from what it does when `unnamed`.
    pub name: String,
    /// The file has no name for it: the name is a description, such as "Spielplatz".
    pub unnamed: bool,
    /// Which side it is on, when the file says so.
    pub side: Option<Side>,
    /// What it does, as far as the catalogue knows it.
    pub branch: Option<BranchId>,
    /// What it does, in the words of the file.
    pub branch_text: Option<String>,
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
    /// Carrier of an institution (Träger).
    pub carrier: Option<String>,
    /// Address on the web.
    pub website: Option<String>,
    /// Telephone.
    pub phone: Option<String>,
    /// Mail.
    pub email: Option<String>,
    /// Opening hours in the words of the file.
    pub opening_hours: Option<String>,
    /// A remark.
    pub note: Option<String>,
    /// Languages spoken there, as written.
    pub languages: Vec<String>,
    /// Areas it works for, as written.
    pub areas: Vec<String>,
    /// Every other cell with something in it, by its heading.
    pub extra: Vec<(String, String)>,
}

/// Reads actors from CSV, XLSX or GeoJSON.
///
/// # Errors
/// When the file as a whole cannot be read; rows with faults are in [`Reading::refused`].
pub fn read_actors(source: &Source, options: &ReadOptions) -> Result<Reading<RawActor>, ReadError> {
    let table = Table::read(source, options)?;
    let columns = Columns::<ActorField>::resolve(&table, options.mapping.as_ref())?;
    let tags = branch::tag_columns(&table.columns);
    let category = branch::category_of_file(source.stem());
    let says_what = columns.has(ActorField::Branch) || columns.has(ActorField::Industry);
    if !says_what && tags.is_empty() && category.is_none() {
        columns.demand(ActorField::Name, table.heading_line)?;
    }
    let others = columns.others();
    let locator = Locator::new(options.plausible, table.coordinates);
    let mut reader = ActorReader { columns, tags, others, category, locator, headings: &table.columns };
    let mut seen = SeenIds::default();
    let mut reading = Reading {
        file: table.file.clone(),
        read: table.read,
        candidates: Vec::with_capacity(table.rows.len()),
        refused: table.refused,
        notes: table.notes,
    };
    for row in &table.rows {
        match reader.read(row, &mut seen) {
            Ok(actor) => reading.candidates.push(Candidate { line: row.line, row: actor }),
            Err(refused) => reading.refused.extend(refused),
        }
    }
    add_notes(&mut reading, reader.locator.guessed);
    Ok(reading)
}

fn add_notes(reading: &mut Reading<RawActor>, guessed: bool) {
    if guessed {
        let note = "the coordinates are metres without a name of their system, read as EPSG:25833";
        reading.notes.push(format!("{}: {note}", reading.file));
    }
    let unnamed = reading.candidates.iter().filter(|candidate| candidate.row.unnamed).count();
    if unnamed > 0 {
        let note = format!("{}: {unnamed} rows have no name and got a description instead", reading.file);
        reading.notes.push(note);
    }
    let shortened =
        reading.refused.iter().filter(|refusal| refusal.reason.contains("shortened by Excel")).count();
    if shortened > 1 {
        let note = format!(
            "{}: {shortened} numbers were shortened by Excel: format those columns as text before saving as CSV",
            reading.file
        );
        reading.notes.push(note);
    }
    reading.refused.sort_by_key(|refusal| refusal.line);
}

struct ActorReader<'a> {
    columns: Columns<ActorField>,
    /// Columns that hold tags of OpenStreetMap, with their key.
    tags: Vec<(usize, String)>,
    others: Vec<usize>,
    /// What the name of the file says that all rows are.
    category: Option<String>,
    locator: Locator,
    headings: &'a [String],
}

impl ActorReader<'_> {
    fn read(&mut self, row: &Row, seen: &mut SeenIds) -> Result<RawActor, Vec<Refusal>> {
        use ActorField as F;
        let mut cells = self.columns.cells(row);
        let external_id = cells.code(F::Id);
        if let Some(fault) = external_id.as_deref().and_then(|id| seen.note(id, row.line)) {
            cells.refuse(F::Id, fault);
        }
        let mut actor = RawActor {
            external_id,
            street: cells.line(F::Street),
            house_number: cells.line(F::HouseNumber),
            postcode: cells.line(F::Postcode),
            city: cells.line(F::City),
            position: cells.place(F::Latitude, F::Longitude, &mut self.locator),
            carrier: cells.line(F::Carrier),
            website: cells.line(F::Website),
            phone: cells.code(F::Phone),
            email: cells.line(F::Email),
            opening_hours: cells.line(F::OpeningHours),
            note: cells.text(F::Note),
            areas: list(cells.line(F::Areas)),
            ..RawActor::default()
        };
        actor.languages = list(cells.line(F::Languages));
        actor.languages.extend(self.tagged_languages(row));
        self.say_what(row, &mut cells, &mut actor);
        if cells.refused.is_empty() {
            actor.extra = self.extra(row);
            Ok(actor)
        } else {
            Err(cells.refused)
        }
    }

    /// Fills side, branch and name, which depend on one another.
    fn say_what(&self, row: &Row, cells: &mut Cells<'_, ActorField>, actor: &mut RawActor) {
        use ActorField as F;
        let told = cells.line(F::Branch);
        let kind = cells.line(F::Side);
        actor.side = kind.as_deref().and_then(side_from_word);
        // A column "Art" holds either the side or what the actor does.
        let told = told.or_else(|| kind.filter(|_| actor.side.is_none()));
        let description = cells.line(F::Description);
        let tags = self.tags_of(row);
        let industry = cells.line(F::Industry);
        let named = cells.line(F::Name);
        let hints = Hints {
            category: told.as_deref(),
            tags: &tags,
            industry: industry.as_deref(),
            description: description.as_deref(),
            file: self.category.as_deref(),
            name: named.as_deref(),
        };
        actor.branch = branch::resolve(&hints);
        actor.branch_text = hints.in_words();
        actor.unnamed = named.is_none();
        let name = named.clone().or_else(|| branch::describe(actor.branch.as_ref(), &hints));
        match name {
            Some(name) => actor.name = name,
            // A name that stands there but cannot be used was refused when it was read.
            None if cells.raw(F::Name).is_empty() => cells.refuse(F::Name, RowFault::Nameless),
            None => {}
        }
    }

    fn tags_of<'a>(&'a self, row: &'a Row) -> Vec<(&'a str, &'a str)> {
        let cell = |at: usize| row.cells.get(at).map_or("", str::trim);
        let tags = self.tags.iter().map(|(at, key)| (key.as_str(), cell(*at)));
        tags.filter(|(_, value)| !value.is_empty() && *value != "no").collect()
    }

    /// Tags such as `language:tr = yes`.
    fn tagged_languages<'a>(&'a self, row: &'a Row) -> impl Iterator<Item = String> + 'a {
        self.others.iter().filter_map(|at| {
            let tag = self.headings[*at].strip_prefix("language:")?;
            row.cells.get(*at).is_some_and(|cell| cell == "yes").then(|| tag.to_owned())
        })
    }

    fn extra(&self, row: &Row) -> Vec<(String, String)> {
        let cells = self.others.iter().filter_map(|at| Some((*at, row.cells.get(*at)?.trim())));
        let filled = cells.filter(|(_, cell)| !cell.is_empty());
        filled.map(|(at, cell)| (self.headings[at].clone(), cell.to_owned())).collect()
    }
}

/// A cell with several entries.
fn list(cell: Option<String>) -> Vec<String> {
    let cell = cell.unwrap_or_default();
    let parts = cell.split([',', ';', '/', '|']).map(str::trim).filter(|part| !part.is_empty());
    parts.map(str::to_owned).collect()
}

/// Words for the side of the network; anything else may be a branch.
fn side_from_word(word: &str) -> Option<Side> {
    match crate::columns::fold(word).as_str() {
        "business" | "company" | "shop" | "unternehmen" | "gewerbe" | "betrieb" | "geschaeft" | "firma" => {
            Some(Side::Business)
        }
        "institution" | "einrichtung" | "socialinstitution" | "sozialeeinrichtung" => Some(Side::Institution),
        "initiative" | "buergerinitiative" => Some(Side::Initiative),
        "publicbody" | "behoerde" | "amt" | "verwaltung" | "oeffentlichestelle" => Some(Side::PublicBody),
        "place" | "ort" => Some(Side::Place),
        _ => None,
    }
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum ActorField {
    Id,
    Name,
    Side,
    Branch,
    Industry,
    Description,
    Street,
    HouseNumber,
    Postcode,
    City,
    Latitude,
    Longitude,
    Carrier,
    Website,
    Phone,
    Email,
    OpeningHours,
    Languages,
    Areas,
    Note,
}

/// Headings in the order in which they are tried, folded as in [`crate::columns::fold`]; those that begin with `e`
/// and `t` belong to the lists of institutions on Berlin's open data portal, those with a colon to OpenStreetMap.
impl Field for ActorField {
    const ALL: &'static [(Self, &'static str, &'static [&'static str])] = &[
        (
            Self::Id,
            "id",
            &["id", "externalid", "opendataid", "osmid", "enr", "kennung", "kennziffer", "schluessel"],
        ),
        (
            Self::Name,
            "name",
            &[
                "name",
                "ename",
                "bezeichnung",
                "firma",
                "firmenname",
                "einrichtung",
                "organisation",
                "organization",
                "company",
                "unternehmen",
                "akteur",
                "actor",
                "institution",
                "titel",
                "title",
                "name:de",
                "officialname",
                "operator",
                "brand",
                "altname",
                "shortname",
                "locname",
            ],
        ),
        (Self::Side, "side", &["side", "seite", "art", "akteursart"]),
        (
            Self::Branch,
            "branch",
            &[
                "branche",
                "branch",
                "category",
                "kategorie",
                "eart",
                "einrichtungsart",
                "gewerbeart",
                "type",
                "typ",
            ],
        ),
        (
            Self::Industry,
            "industry",
            &["naceid", "wz2008", "wz", "wzcode", "wzschluessel", "nace", "nacecode"],
        ),
        (
            Self::Description,
            "description",
            &[
                "ihkbranchdesc",
                "nacedesc",
                "wzbezeichnung",
                "branchenbezeichnung",
                "taetigkeit",
                "branchtopleveldesc",
            ],
        ),
        (
            Self::Street,
            "street",
            &["street", "strasse", "addr:street", "estrasse", "str", "adresse", "address", "anschrift"],
        ),
        (
            Self::HouseNumber,
            "house_number",
            &["housenumber", "hausnummer", "hausnr", "addr:housenumber", "ehnr", "hnr"],
        ),
        (
            Self::Postcode,
            "postcode",
            &["postcode", "zipcode", "zip", "plz", "postleitzahl", "addr:postcode", "eplz", "postalcode"],
        ),
        (Self::City, "city", &["city", "ort", "stadt", "addr:city", "eort", "town"]),
        (Self::Latitude, "lat", &["lat", "latitude", "breite", "breitengrad", "geobreite", "hochwert", "y"]),
        (
            Self::Longitude,
            "lon",
            &["lon", "lng", "long", "longitude", "laenge", "laengengrad", "geolaenge", "rechtswert", "x"],
        ),
        (Self::Carrier, "carrier", &["carrier", "traeger", "tname"]),
        (
            Self::Website,
            "website",
            &["website", "contact:website", "web", "url", "homepage", "webseite", "internet", "eweb"],
        ),
        (
            Self::Phone,
            "phone",
            &["phone", "contact:phone", "telefon", "telefonnummer", "tel", "telephone", "etel"],
        ),
        (Self::Email, "email", &["email", "contact:email", "mail", "emailadresse"]),
        (Self::OpeningHours, "opening_hours", &["openinghours", "oeffnungszeiten", "oeffnungszeit", "hours"]),
        (Self::Languages, "languages", &["languages", "sprachen", "language", "sprache"]),
        (
            Self::Areas,
            "areas",
            &["areas", "areasserved", "wirkungsgebiet", "einzugsgebiet", "quarter", "quartier"],
        ),
        (
            Self::Note,
            "note",
            &["note", "bemerkung", "bemerkungen", "anmerkung", "notiz", "hinweis", "comment", "kommentar"],
        ),
    ];
}
