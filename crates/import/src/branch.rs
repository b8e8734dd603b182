//! What an actor does, from whatever a foreign file tells: a category, tags of OpenStreetMap, an industry code, words.

use crate::columns::fold;
use kiez_domain::branch::BranchId;

/// Everything a row and its file tell about what an actor does.
pub(crate) struct Hints<'a> {
    /// A column of its own.
    pub(crate) category: Option<&'a str>,
    /// Tags of OpenStreetMap.
    pub(crate) tags: &'a [(&'a str, &'a str)],
    /// WZ 2008 or NACE.
    pub(crate) industry: Option<&'a str>,
    /// Words that describe the industry.
    pub(crate) description: Option<&'a str>,
    /// The name of the file, where that is a category.
    pub(crate) file: Option<&'a str>,
    /// The name on the sign.
    pub(crate) name: Option<&'a str>,
}

impl Hints<'_> {
    /// What the file says, in its own words, for people to read.
    pub(crate) fn in_words(&self) -> Option<String> {
        let told = self.category.or(self.description).map(str::to_owned);
        let tagged = || self.tags.first().map(|(key, value)| format!("{key}={value}"));
        told.or_else(tagged)
            .or_else(|| self.industry.map(str::to_owned))
            .or_else(|| self.file.map(str::to_owned))
    }
}

/// Keys of OpenStreetMap that say what something is, the most telling first.
const KEYS: [&str; 15] = [
    "amenity",
    "shop",
    "craft",
    "healthcare",
    "social_facility",
    "social_facility:for",
    "community_centre",
    "office",
    "club",
    "leisure",
    "tourism",
    "education",
    "sport",
    "studio",
    "healthcare:speciality",
];

/// Columns that hold such tags.
pub(crate) fn tag_columns(headings: &[String]) -> Vec<(usize, String)> {
    let key = |heading: &str| heading.strip_prefix("tags.").unwrap_or(heading).to_owned();
    let found = KEYS.iter().filter_map(|wanted| {
        let at = headings.iter().position(|heading| key(heading) == *wanted)?;
        Some((at, (*wanted).to_owned()))
    });
    found.collect()
}

/// The branch that the hints point to, the most certain first.
pub(crate) fn resolve(_hints: &Hints<'_>) -> Option<BranchId> {
    None
}

/// A name for an actor without one: what it is.
pub(crate) fn describe(_branch: Option<&BranchId>, hints: &Hints<'_>) -> Option<String> {
    let told = hints.category.or(hints.description).or(hints.file);
    let tagged = hints.tags.first().map(|(_, value)| value.replace('_', " "));
    told.map(str::to_owned).or(tagged).filter(|text| !text.is_empty())
}

/// The name of a file, where it is a category such as `cafes`.
pub(crate) fn category_of_file(stem: &str) -> Option<String> {
    (!fold(stem).is_empty()).then(|| stem.to_owned())
}
