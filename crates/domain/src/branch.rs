//! What an actor does: the catalogue of branches, and how a branch is told from a category in a
//! file, an OpenStreetMap tag, a class of the official WZ 2008, or the words of a name.

mod index;
mod words;

use crate::issue::Problem;
use crate::lifecycle::words;
use index::{CategoryIndex, OsmIndex, WzIndex};
use serde::{Deserialize, Serialize};
use std::collections::HashMap;
use std::fmt;
use std::str::FromStr;
use std::sync::LazyLock;
use words::WordIndex;

words! {
    /// Which side of the network an actor is on.
    Side, "business, institution, initiative, public_body or place" {
        /// A shop, workshop, office, practice.
        Business = "business",
        /// Kita, youth club, senior centre: an Einrichtung of a Träger.
        Institution = "institution",
        /// People without a legal form.
        Initiative = "initiative",
        /// Town hall, police, library.
        PublicBody = "public_body",
        /// Nobody to talk to: a stop, a playground.
        Place = "place",
    }
}

/// The id of a branch in the built-in catalogue, such as `cafe`; no other can be made.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct BranchId(u16);

impl BranchId {
    /// The id as text.
    #[must_use]
    pub fn as_str(&self) -> &'static str {
        &BranchCatalogue::built_in().get(self).name
    }

    /// The side on which actors of this branch usually are.
    #[must_use]
    pub fn side(&self) -> Side {
        BranchCatalogue::built_in().get(self).side
    }

    /// The name of the branch in a language; see [`Branch::label`].
    #[must_use]
    pub fn label(&self, language: &str) -> &'static str {
        BranchCatalogue::built_in().get(self).label(language)
    }
}

impl FromStr for BranchId {
    type Err = Problem;

    fn from_str(text: &str) -> Result<Self, Problem> {
        let text = text.trim();
        if text.is_empty() {
            return Err(Problem::Missing);
        }
        let found = BranchCatalogue::built_in().names.get(text).cloned();
        found.ok_or_else(|| Problem::Unknown {
            what: format!("the branch \"{text}\", such as cafe or school"),
        })
    }
}

impl TryFrom<String> for BranchId {
    type Error = Problem;
    fn try_from(text: String) -> Result<Self, Problem> {
        text.parse()
    }
}

impl From<BranchId> for String {
    fn from(id: BranchId) -> Self {
        id.as_str().to_owned()
    }
}

impl fmt::Display for BranchId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

impl fmt::Debug for BranchId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "BranchId({})", self.as_str())
    }
}

/// One line of the catalogue.
#[derive(Debug)]
pub struct Branch {
    /// Its id.
    pub id: BranchId,
    /// The side on which actors of this branch usually are.
    pub side: Side,
    /// Says no more than "a shop" or "a firm": taken only when nothing more precise is known.
    pub general: bool,
    /// Near branches, which give the same kind of things.
    pub related: Vec<BranchId>,
    name: String,
    labels: Labels,
}

impl Branch {
    /// The name on the screen in `de`, `en`, `tr` or `ar`; in German for any other language.
    #[must_use]
    pub fn label(&self, language: &str) -> &str {
        match language {
            "en" => &self.labels.en,
            "tr" => &self.labels.tr,
            "ar" => &self.labels.ar,
            _ => &self.labels.de,
        }
    }
}

/// All branches, and the ways to tell one.
#[derive(Debug)]
pub struct BranchCatalogue {
    branches: Vec<Branch>,
    names: HashMap<String, BranchId>,
    categories: CategoryIndex,
    osm: OsmIndex,
    wz: WzIndex,
    words: WordIndex,
}

impl BranchCatalogue {
    /// The catalogue of `data/branches.toml`, read once.
    #[must_use]
    pub fn built_in() -> &'static Self {
        static BUILT_IN: LazyLock<BranchCatalogue> = LazyLock::new(|| {
            BranchCatalogue::parse(include_str!("../../../data/branches.toml"))
                .expect("data/branches.toml was read by the tests before it was built in")
        });
        &BUILT_IN
    }

    /// The branch of an id.
    #[must_use]
    pub fn get(&self, id: &BranchId) -> &Branch {
        &self.branches[usize::from(id.0)]
    }

    /// Every branch, in the order of the catalogue.
    #[must_use]
    pub fn all(&self) -> &[Branch] {
        &self.branches
    }

    /// The branch of a category in a file: "coffee shops", `grocery-stores`, "Bäckereien".
    ///
    /// Case, umlauts and the signs between words make no difference.
    #[must_use]
    pub fn from_category(&self, category: &str) -> Option<BranchId> {
        self.categories.find(category)
    }

    /// The branch of an object with these OpenStreetMap tags; what it is for counts more than what it is.
    #[must_use]
    pub fn from_osm(&self, tags: &[(&str, &str)]) -> Option<BranchId> {
        self.osm.find(tags)
    }

    /// The branch of a class of WZ 2008 or NACE: "56.10.3", "5610", "G 47.11".
    #[must_use]
    pub fn from_wz(&self, class: &str) -> Option<BranchId> {
        self.wz.find(class)
    }

    /// The branch that a name or a free description tells: "Tischlerei Ahorn", "Kita Regenbogen e. V.".
    #[must_use]
    pub fn from_words(&self, text: &str) -> Option<BranchId> {
        self.words.find(text)
    }

    /// Whether a name only says what something is, as "Café" or "EH m. Fahrrädern" do: nobody can be asked for by it.
    #[must_use]
    pub fn is_description(&self, name: &str) -> bool {
        self.categories.describes(name) || OFFICIAL.iter().any(|phrase| name.contains(phrase))
    }

    /// Reads a catalogue and builds its indexes.
    fn parse(text: &str) -> Result<Self, BrokenCatalogue> {
        let file: CatalogueFile = toml::from_str(text)?;
        let mut names = HashMap::new();
        for (place, line) in (0u16..).zip(&file.branch) {
            if names.insert(line.id.clone(), BranchId(place)).is_some() {
                return Err(BrokenCatalogue::Twice { what: "branch", name: line.id.clone() });
            }
        }
        let lines: Vec<(BranchId, &Line)> = (0u16..).map(BranchId).zip(&file.branch).collect();
        let catalogue = Self {
            categories: CategoryIndex::new(&lines)?,
            osm: OsmIndex::new(&lines)?,
            wz: WzIndex::new(&lines)?,
            words: WordIndex::new(&lines)?,
            branches: lines.iter().map(|(id, line)| branch(id, line, &names)).collect::<Result<_, _>>()?,
            names,
        };
        Ok(catalogue)
    }
}

/// How the short titles of WZ 2008 abbreviate: Einzelhandel mit, Großhandel mit, Herstellung von, Vermietung von,
/// anderweitig nicht genannt.
const OFFICIAL: [&str; 8] =
    ["EH m. ", "GH m. ", "H. v. ", "ung v. ", "Betrieb v. ", "Verkauf v. ", "a. n. g.", "u.ä."];

/// Resolves one line of the file.
fn branch(id: &BranchId, line: &Line, names: &HashMap<String, BranchId>) -> Result<Branch, BrokenCatalogue> {
    let resolve = |name: &String| {
        let missing = || BrokenCatalogue::Related { branch: line.id.clone(), related: name.clone() };
        names.get(name).cloned().ok_or_else(missing)
    };
    let side =
        line.side.parse().map_err(|problem| BrokenCatalogue::Side { branch: line.id.clone(), problem })?;
    Ok(Branch {
        id: id.clone(),
        side,
        general: line.general,
        related: line.related.iter().map(resolve).collect::<Result<_, _>>()?,
        name: line.id.clone(),
        labels: line.labels.clone(),
    })
}

/// Why a catalogue cannot be used.
#[derive(Debug, thiserror::Error)]
enum BrokenCatalogue {
    #[error("the catalogue of branches cannot be read: {0}")]
    Toml(#[from] toml::de::Error),
    #[error("the side of branch {branch} {problem}")]
    Side { branch: String, problem: Problem },
    #[error("branch {branch} names the related branch {related}, which is not in the catalogue")]
    Related { branch: String, related: String },
    #[error("the {what} \"{name}\" stands in the catalogue twice: leave it where it fits best")]
    Twice { what: &'static str, name: String },
    #[error("the tag {tag} of branch {branch} has a key whose rank is not declared")]
    Tag { branch: String, tag: String },
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct CatalogueFile {
    branch: Vec<Line>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Line {
    id: String,
    side: String,
    #[serde(default)]
    general: bool,
    labels: Labels,
    osm: Vec<String>,
    categories: Vec<String>,
    wz: Vec<String>,
    words: Vec<String>,
    related: Vec<String>,
}

#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
struct Labels {
    de: String,
    en: String,
    tr: String,
    ar: String,
}

#[cfg(test)]
mod tests;
