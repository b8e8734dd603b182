//! Looking a branch up by category, OpenStreetMap tag and WZ class.

use super::words::fold;
use super::{BranchId, BrokenCatalogue, Line};
use std::collections::HashMap;

/// Category names without case, umlauts and signs.
#[derive(Debug)]
pub(super) struct CategoryIndex(HashMap<String, Category>);

/// What a category means; words may be brands, categories and labels only say what something is.
#[derive(Debug)]
struct Category {
    branch: BranchId,
    describes: bool,
}

impl CategoryIndex {
    pub(super) fn new(lines: &[(BranchId, &Line)]) -> Result<Self, BrokenCatalogue> {
        let mut names = HashMap::new();
        for (id, line) in lines {
            for category in &line.categories {
                let meaning = Category { branch: id.clone(), describes: true };
                if names.insert(key(category), meaning).is_some() {
                    return Err(BrokenCatalogue::Twice { what: "category", name: category.clone() });
                }
            }
        }
        // What a column calls a category may as well be our own id, a label, or a word for one actor.
        for (id, line) in lines {
            let labels = [&line.id, &line.labels.de, &line.labels.en, &line.labels.tr, &line.labels.ar];
            let named = labels
                .into_iter()
                .map(|name| (name, true))
                .chain(line.words.iter().map(|word| (word, false)));
            for (name, describes) in named {
                names.entry(key(name)).or_insert_with(|| Category { branch: id.clone(), describes });
            }
        }
        Ok(Self(names))
    }

    pub(super) fn find(&self, category: &str) -> Option<BranchId> {
        self.0.get(&key(category)).map(|category| category.branch.clone())
    }

    /// Whether a text is a category or a label, and no more.
    pub(super) fn describes(&self, text: &str) -> bool {
        self.0.get(&key(text)).is_some_and(|category| category.describes)
    }
}

/// A category as it is compared.
fn key(category: &str) -> String {
    fold(category).chars().filter(|c| c.is_alphanumeric()).collect()
}

/// Keys of tags from the most to the least telling: a community centre that is a youth centre is a
/// youth centre, a doctor's practice for psychotherapy is one for psychotherapy.
const KEYS: [&str; 34] = [
    "bicycle_rental",
    "community_centre",
    "social_facility",
    "social_facility:for",
    "community_centre:for",
    "healthcare",
    "amenity",
    "shop",
    "craft",
    "tourism",
    "club",
    "office",
    "leisure",
    "sport",
    "government",
    "garden:type",
    "emergency",
    "historic",
    "theatre:type",
    "repair",
    "studio",
    "zoo",
    "cuisine",
    "microbrewery",
    "industrial",
    "man_made",
    "railway",
    "public_transport",
    "highway",
    "landuse",
    "place",
    "natural",
    "building",
    "healthcare:speciality",
];

/// Values that say that there is nothing, or nothing any more.
const NOTHING: [&str; 5] = ["no", "vacant", "disused", "abandoned", "none"];

/// Tags in the form `key=value` or `key=*`.
#[derive(Debug)]
pub(super) struct OsmIndex(HashMap<String, BranchId>);

impl OsmIndex {
    pub(super) fn new(lines: &[(BranchId, &Line)]) -> Result<Self, BrokenCatalogue> {
        let mut tags = HashMap::new();
        for (id, line) in lines {
            for tag in &line.osm {
                let ranked = tag.split_once('=').is_some_and(|(key, _)| rank(key).is_some());
                if !ranked {
                    return Err(BrokenCatalogue::Tag { branch: line.id.clone(), tag: tag.clone() });
                }
                if tags.insert(tag.clone(), id.clone()).is_some() {
                    return Err(BrokenCatalogue::Twice { what: "tag", name: tag.clone() });
                }
            }
        }
        Ok(Self(tags))
    }

    pub(super) fn find(&self, tags: &[(&str, &str)]) -> Option<BranchId> {
        let mut ranked: Vec<(usize, &str, &str)> =
            tags.iter().filter_map(|(key, value)| Some((rank(key)?, *key, *value))).collect();
        ranked.sort_by_key(|(rank, _, _)| *rank);
        let exact = ranked.iter().find_map(|(_, key, values)| {
            values.split(';').find_map(|value| self.0.get(&format!("{key}={}", value.trim())))
        });
        let any = || {
            let something = ranked.iter().filter(|(_, _, value)| !NOTHING.contains(value));
            something.clone().find_map(|(_, key, _)| self.0.get(&format!("{key}=*")))
        };
        exact.or_else(any).cloned()
    }
}

fn rank(key: &str) -> Option<usize> {
    KEYS.iter().position(|known| *known == key)
}

/// Classes of WZ 2008 as digits; the longest beginning of a class decides.
#[derive(Debug)]
pub(super) struct WzIndex(HashMap<String, BranchId>);

impl WzIndex {
    pub(super) fn new(lines: &[(BranchId, &Line)]) -> Result<Self, BrokenCatalogue> {
        let mut classes = HashMap::new();
        for (id, line) in lines {
            for class in &line.wz {
                if classes.insert(digits(class), id.clone()).is_some() {
                    return Err(BrokenCatalogue::Twice { what: "WZ class", name: class.clone() });
                }
            }
        }
        Ok(Self(classes))
    }

    pub(super) fn find(&self, class: &str) -> Option<BranchId> {
        let digits = digits(without_edition(class));
        (2..=digits.len()).rev().find_map(|length| self.0.get(&digits[..length])).cloned()
    }
}

/// Drops the name of the classification, whose year would be read as digits: "WZ 2008 56.10", "WZ08-56".
fn without_edition(class: &str) -> &str {
    let Some(rest) = class.trim().strip_prefix("WZ").or_else(|| class.trim().strip_prefix("wz")) else {
        return class;
    };
    let rest = rest.trim_start();
    rest.strip_prefix("2008").or_else(|| rest.strip_prefix("08")).unwrap_or(rest)
}

fn digits(text: &str) -> String {
    text.chars().filter(char::is_ascii_digit).collect()
}
