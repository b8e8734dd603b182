//! Cards with needs, offers and ideas, as they are typed in after a round table.

use crate::columns::{Columns, Field, fold};
use crate::error::{ReadError, Refusal};
use crate::place::Locator;
use crate::reading::{Candidate, ReadOptions, Reading};
use crate::row_fault::{KnownWords, RowFault};
use crate::seen::SeenIds;
use crate::source::Source;
use crate::table::{Row, Table};
use kiez_domain::position::Position;

/// What stands on a card.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum CardKind {
    /// Something is lacking.
    Need,
    /// Somebody is ready to give.
    Offer,
    /// A thought of either side.
    Idea,
}

impl CardKind {
    fn from_word(word: &str) -> Option<Self> {
        match fold(word).as_str() {
            "need" | "needs" | "bedarf" | "bedarfe" | "suche" | "gesuch" | "gesucht" | "wunsch" => {
                Some(Self::Need)
            }
            "offer" | "offers" | "ressource" | "angebot" | "biete" | "angeboten" => Some(Self::Offer),
            "idea" | "ideas" | "idee" | "ideen" => Some(Self::Idea),
            _ => None,
        }
    }
}

/// A card as a foreign file tells it.
#[derive(Debug, Clone, PartialEq)]
pub struct RawCard {
    /// Id in the foreign file.
    pub external_id: Option<String>,
    /// Need, offer or idea.
    pub kind: CardKind,
    /// The words on the card.
    pub text: String,
    /// Whose card it is, in words.
    pub who: Option<String>,
    /// Language of the text, as written.
    pub language: Option<String>,
    /// Kinds of resource named on it, as written.
    pub resources: Vec<String>,
    /// How many are needed or offered, as written.
    pub units: Option<String>,
    /// When, as written.
    pub times: Option<String>,
    /// Where.
    pub position: Option<Position>,
    /// A remark.
    pub note: Option<String>,
}

/// Reads cards from CSV, TSV or XLSX.
///
/// # Errors
/// When the file as a whole cannot be read, or has no column for what the card is or what stands on it.
pub fn read_cards(source: &Source, options: &ReadOptions) -> Result<Reading<RawCard>, ReadError> {
    let table = Table::read(source, options)?;
    let columns = Columns::<CardField>::resolve(&table, options.mapping.as_ref())?;
    columns.demand(CardField::What, table.heading_line)?;
    columns.demand(CardField::Text, table.heading_line)?;
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
        match read_card(row, &columns, &mut locator, &mut seen) {
            Ok(card) => reading.candidates.push(Candidate { line: row.line, row: card }),
            Err(refused) => reading.refused.extend(refused),
        }
    }
    reading.refused.sort_by_key(|refusal| refusal.line);
    Ok(reading)
}

fn read_card(
    row: &Row,
    columns: &Columns<CardField>,
    locator: &mut Locator,
    seen: &mut SeenIds,
) -> Result<RawCard, Vec<Refusal>> {
    use CardField as F;
    let mut cells = columns.cells(row);
    let external_id = cells.code(F::Id);
    if let Some(fault) = external_id.as_deref().and_then(|id| seen.note(id, row.line)) {
        cells.refuse(F::Id, fault);
    }
    let what = cells.raw(F::What).to_owned();
    let kind = CardKind::from_word(&what);
    if what.is_empty() {
        cells.refuse(F::What, RowFault::Empty);
    } else if kind.is_none() {
        let given = what.chars().take(60).collect();
        cells.refuse(F::What, RowFault::UnknownWord { given, known: KnownWords::CardKinds });
    }
    if cells.raw(F::Text).is_empty() {
        cells.refuse(F::Text, RowFault::Empty);
    }
    let of_heading = columns.heading(F::Text).name().to_lowercase().strip_prefix("text_").map(str::to_owned);
    let card = RawCard {
        external_id,
        kind: kind.unwrap_or(CardKind::Idea),
        text: cells.text(F::Text).unwrap_or_default(),
        who: cells.line(F::Who),
        language: cells.line(F::Language).or(of_heading),
        resources: cells.line(F::Resources).map(|list| split(&list)).unwrap_or_default(),
        units: cells.line(F::Units),
        times: cells.line(F::Times),
        position: cells.place(F::Latitude, F::Longitude, locator),
        note: cells.text(F::Note),
    };
    if cells.refused.is_empty() { Ok(card) } else { Err(cells.refused) }
}

fn split(list: &str) -> Vec<String> {
    list.split([',', ';']).map(str::trim).filter(|part| !part.is_empty()).map(str::to_owned).collect()
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum CardField {
    Id,
    What,
    Text,
    Who,
    Language,
    Resources,
    Units,
    Times,
    Latitude,
    Longitude,
    Note,
}

impl Field for CardField {
    const ALL: &'static [(Self, &'static str, &'static [&'static str])] = &[
        (Self::Id, "id", &["id", "nr", "nummer", "kennung"]),
        (Self::What, "what", &["what", "was", "kind", "art", "type", "typ"]),
        (
            Self::Text,
            "text",
            &["text", "textde", "texten", "texttr", "textar", "karte", "inhalt", "beschreibung"],
        ),
        (
            Self::Who,
            "who",
            &[
                "who",
                "wer",
                "institution",
                "einrichtung",
                "actor",
                "akteur",
                "orgtype",
                "organisation",
                "von",
            ],
        ),
        (Self::Language, "language", &["language", "lang", "sprache"]),
        (Self::Resources, "resource", &["resource", "resources", "ressourcenart", "sorte"]),
        (Self::Units, "units", &["units", "capacity", "anzahl", "menge", "plaetze"]),
        (Self::Times, "times", &["times", "zeiten", "wann"]),
        (Self::Latitude, "lat", &["lat", "latitude", "breite", "breitengrad"]),
        (Self::Longitude, "lon", &["lon", "lng", "longitude", "laenge", "laengengrad"]),
        (Self::Note, "note", &["note", "bemerkung", "anmerkung", "notiz"]),
    ];
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(text: &str) -> Result<Reading<RawCard>, String> {
        let source = Source::new("k.tsv", text.as_bytes().to_vec());
        read_cards(&source, &ReadOptions::default()).map_err(|error| error.to_string())
    }

    #[test]
    fn cards_are_read_in_german_and_english() {
        let reading =
            read("was\ttext_de\twer\nBedarf\tAlte Stühle\tKita\noffer\tStoffe\t\nIdee\tFest\tSchule\n")
                .expect("fine");
        let kinds: Vec<CardKind> = reading.candidates.iter().map(|card| card.row.kind).collect();
        assert_eq!(kinds, [CardKind::Need, CardKind::Offer, CardKind::Idea]);
        let first = &reading.candidates[0].row;
        assert_eq!((first.text.as_str(), first.who.as_deref()), ("Alte Stühle", Some("Kita")));
        assert_eq!(first.language.as_deref(), Some("de"));
    }

    #[test]
    fn a_card_names_all_its_faults_at_once() {
        let reading = read("what\ttext\tlat\tlon\nwish list\t\t52,4\t\nneed\tStühle\t52,49\t13,41\n")
            .expect("readable");
        let found: Vec<(u64, &str)> = reading.refused.iter().map(|r| (r.line, r.field.as_str())).collect();
        assert_eq!(found, [(2, "what"), (2, "text"), (2, "lon")]);
        assert_eq!((reading.read, reading.refused_rows(), reading.candidates.len()), (2, 1, 1));
        assert!(reading.refused[0].reason.contains("\"wish list\" is not known"));
    }

    #[test]
    fn a_file_without_the_column_says_which_headings_would_do() {
        let error = read("text\twer\nStühle\tKita\n").expect_err("what is missing");
        assert!(
            error.starts_with("k.tsv:1: the column \"what\" is missing; recognised headings: what, was"),
            "{error}"
        );
        assert!(error.ends_with("found: text, wer"), "{error}");
    }
}
