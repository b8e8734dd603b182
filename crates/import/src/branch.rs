//! What an actor does, from whatever a foreign file tells: a category, tags of OpenStreetMap, an industry code, words.

use kiez_domain::branch::{BranchCatalogue, BranchId, Side};

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
        let tagged = self.tags.first().map(|(key, value)| format!("{key}={value}"));
        tagged
            .or_else(|| self.category.or(self.description).map(str::to_owned))
            .or_else(|| self.industry.map(str::to_owned))
            .or_else(|| self.file.map(str::to_owned))
    }
}

/// Keys of OpenStreetMap that say what something is, the most telling first.
const KEYS: [&str; 16] = [
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
    "bicycle_rental",
];

/// Whether a key of OpenStreetMap says what something is.
pub(crate) fn is_key(key: &str) -> bool {
    KEYS.contains(&key)
}

/// Columns that hold such tags.
pub(crate) fn tag_columns(headings: &[String]) -> Vec<(usize, String)> {
    let key = |heading: &str| heading.strip_prefix("tags.").unwrap_or(heading).to_owned();
    let found = KEYS.iter().filter_map(|wanted| {
        let at = headings.iter().position(|heading| key(heading) == *wanted)?;
        Some((at, (*wanted).to_owned()))
    });
    found.collect()
}

/// Branches so general that the name on the sign may know better.
const GENERAL: [&str; 5] = ["office", "shop", "craft", "company", "other"];

/// The branch that the hints point to, the most certain first.
pub(crate) fn resolve(hints: &Hints<'_>) -> Option<BranchId> {
    let catalogue = BranchCatalogue::built_in();
    let category = |text: &str| catalogue.from_category(text).or_else(|| catalogue.from_words(text));
    // OpenStreetMap keeps the name of a shop's branch office under "branch": tags are asked first.
    let told = catalogue
        .from_osm(hints.tags)
        .or_else(|| hints.category.and_then(category))
        .or_else(|| of_industry(catalogue, hints))
        .or_else(|| catalogue.from_category(hints.file?));
    let in_name = || catalogue.from_words(hints.name?);
    match told {
        Some(branch) if !GENERAL.contains(&branch.as_str()) => Some(branch),
        general => in_name().or(general),
    }
}

/// The branch of an industry code, made more precise by the words beside it where those name a near branch: four digits
/// hold cafés and snack bars among the restaurants. Only where the code is of social work and the words of a business they
/// win although they are far, as with help in the household.
fn of_industry(catalogue: &BranchCatalogue, hints: &Hints<'_>) -> Option<BranchId> {
    let coded = hints.industry.and_then(|code| catalogue.from_wz(code));
    let Some(coded) = coded else { return catalogue.from_words(hints.description?) };
    let is_social_work = hints.industry.is_some_and(|code| code.starts_with("87") || code.starts_with("88"));
    let worded =
        hints.description.filter(|text| names_a_trade(text)).and_then(|text| catalogue.from_words(text));
    let is_better = |worded: &BranchId| {
        let (coded, worded) = (catalogue.get(&coded), catalogue.get(worded));
        let is_near = coded.general || coded.related.contains(&worded.id) || is_social_work;
        is_near && worded.side == Side::Business && !worded.general
    };
    worded.filter(is_better).or(Some(coded))
}

/// Whether a description names a trade itself, and not what it deals with, whom it serves, or the rest of a class.
fn names_a_trade(description: &str) -> bool {
    const OF_SOMETHING: [&str; 9] =
        [" v. ", " von ", " m. ", " mit ", " f. ", " für ", " aus ", " über ", "ohne "];
    const THE_REST: [&str; 5] = ["Sonstig", "Verkauf", "Vermittlung", "Handel", "Erbringung"];
    !OF_SOMETHING.iter().any(|word| description.contains(word))
        && !THE_REST.iter().any(|start| description.starts_with(start))
}

/// A name for an actor without one: what it is, in the words of the file or of the catalogue.
pub(crate) fn describe(branch: Option<&BranchId>, hints: &Hints<'_>) -> Option<String> {
    let told = hints.category.filter(|_| hints.tags.is_empty()).or(hints.description).map(str::to_owned);
    let label = || branch.map(|branch| BranchCatalogue::built_in().get(branch).label("de").to_owned());
    let tagged = || hints.tags.first().map(|(_, value)| value.replace('_', " "));
    told.or_else(label).or_else(tagged).filter(|text| !text.is_empty())
}

/// The name of a file, where it is a category such as `cafes`.
pub(crate) fn category_of_file(stem: &str) -> Option<String> {
    BranchCatalogue::built_in().from_category(stem).map(|_| stem.to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    const NOTHING: Hints<'static> =
        Hints { category: None, tags: &[], industry: None, description: None, file: None, name: None };

    fn branch(hints: &Hints<'_>) -> Option<String> {
        resolve(hints).map(|branch| branch.as_str().to_owned())
    }

    #[test]
    fn the_most_certain_hint_decides() {
        let cafe = Some("cafe".to_owned());
        assert_eq!(branch(&Hints { category: Some("Café"), ..NOTHING }), cafe);
        assert_eq!(branch(&Hints { tags: &[("amenity", "cafe")], file: Some("bars"), ..NOTHING }), cafe);
        let of_a_chain =
            Hints { tags: &[("amenity", "cafe")], category: Some("Oranienburger Tor"), ..NOTHING };
        assert_eq!(branch(&of_a_chain), cafe);
        assert_eq!(describe(resolve(&of_a_chain).as_ref(), &of_a_chain), Some("Café".to_owned()));
        assert_eq!(branch(&Hints { file: Some("cafes"), name: Some("Zur Apotheke"), ..NOTHING }), cafe);
        assert_eq!(branch(&Hints { industry: Some("47.73"), ..NOTHING }), Some("pharmacy".to_owned()));
        assert_eq!(branch(&NOTHING), None);
    }

    #[test]
    fn words_beside_a_code_make_it_more_precise_but_lead_nowhere_else() {
        let of = |industry, description| {
            branch(&Hints { industry: Some(industry), description: Some(description), ..NOTHING })
        };
        assert_eq!(of("5610", "Cafés").as_deref(), Some("cafe"));
        assert_eq!(of("5610", "Restaurants mit herkömmlicher Bedienung").as_deref(), Some("restaurant"));
        // A publisher of books sells none.
        assert_eq!(of("5811", "Verlegen v. Büchern").as_deref(), Some("publisher"));
        assert_eq!(
            of("8899", "hauswirtschaftliche Versorgung, Haushaltshilfe").as_deref(),
            Some("care_service")
        );
        assert_eq!(of("6420", "Beteiligungsgesellschaften").as_deref(), Some("company"), "no bank");
        assert_eq!(of("0000", "Cafés").as_deref(), Some("cafe"), "a code that says nothing");
    }

    #[test]
    fn a_name_knows_better_than_a_general_branch() {
        let lawyer = Hints { file: Some("offices"), name: Some("Rechtsanwältin Yilmaz"), ..NOTHING };
        assert_eq!(branch(&lawyer), Some("lawyer".to_owned()));
        let office = Hints { file: Some("offices"), name: Some("Zeta 3000"), ..NOTHING };
        assert_eq!(branch(&office), Some("office".to_owned()));
    }

    #[test]
    fn files_are_categories_only_when_the_catalogue_knows_them() {
        assert_eq!(category_of_file("cafes"), Some("cafes".to_owned()));
        assert_eq!(category_of_file("adressliste-2026"), None);
    }
}
