//! The tags that are kept of an element, and what makes an element worth keeping.

/// Keys that say what something is: an element without one of them is only a corner of others.
const SUBJECTS: [&str; 20] = [
    "addr:housenumber",
    "amenity",
    "boundary",
    "building",
    "club",
    "community_centre",
    "craft",
    "healthcare",
    "highway",
    "landuse",
    "leisure",
    "natural",
    "office",
    "place",
    "public_transport",
    "railway",
    "shop",
    "social_facility",
    "tourism",
    "waterway",
];
/// Other keys that are read.
const DETAILS: [&str; 30] = [
    "abandoned",
    "admin_level",
    "area",
    "brand",
    "cuisine",
    "disused",
    "education",
    "email",
    "emergency",
    "garden:type",
    "government",
    "historic",
    "information",
    "name",
    "official_name",
    "opening_hours",
    "operator",
    "phone",
    "repair",
    "service",
    "sport",
    "station",
    "studio",
    "theatre:type",
    "tunnel",
    "type",
    "url",
    "water",
    "website",
    "zoo",
];
/// Beginnings of keys that come in many languages and kinds.
const FAMILIES: [&str; 7] =
    ["name:", "addr:", "contact:", "language:", "social_facility:", "community_centre:", "healthcare:"];
/// OpenStreetMap allows 255 characters; what is longer than that in bytes is no tag of it.
const VALUE_LIMIT: usize = 1_024;

/// Some tags of an element.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct TagSet(Vec<(Box<str>, Box<str>)>);

impl TagSet {
    /// Keeps what is read of the tags.
    pub(super) fn keep(tags: &[(&str, &str)]) -> Self {
        let known = |key: &str| {
            SUBJECTS.binary_search(&key).is_ok()
                || DETAILS.binary_search(&key).is_ok()
                || FAMILIES.iter().any(|family| key.starts_with(family))
        };
        let kept = tags.iter().filter(|(key, value)| {
            !value.is_empty() && value.len() <= VALUE_LIMIT && key.len() <= VALUE_LIMIT && known(key)
        });
        Self(kept.map(|(key, value)| ((*key).into(), (*value).into())).collect())
    }

    pub(super) fn get(&self, key: &str) -> Option<&str> {
        self.iter().find(|(known, _)| *known == key).map(|(_, value)| value)
    }

    /// The value of a key as it can be compared; empty when there is none.
    pub(super) fn value(&self, key: &str) -> &str {
        self.get(key).unwrap_or("")
    }

    pub(super) fn iter(&self) -> impl Iterator<Item = (&str, &str)> {
        self.0.iter().map(|(key, value)| (&**key, &**value))
    }

    /// Whether the tags say what the element is.
    pub(super) fn is_subject(&self) -> bool {
        self.iter().any(|(key, _)| SUBJECTS.binary_search(&key).is_ok())
    }

    /// Bytes in memory, roughly.
    pub(super) fn weight(&self) -> usize {
        self.iter().map(|(key, value)| 2 * size_of::<Box<str>>() + key.len() + value.len()).sum()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lists_are_sorted_because_they_are_searched() {
        assert!(SUBJECTS.is_sorted() && DETAILS.is_sorted());
    }

    #[test]
    fn what_is_read_is_kept_and_nothing_else() {
        let long = "x".repeat(2_000);
        let tags =
            [("name", "Ofen"), ("name:tr", "Fırın"), ("source", "survey"), ("shop", ""), ("website", &long)];
        let kept = TagSet::keep(&tags);
        assert_eq!(kept.iter().collect::<Vec<_>>(), [("name", "Ofen"), ("name:tr", "Fırın")]);
        assert!(!kept.is_subject());
        assert!(TagSet::keep(&[("shop", "bakery")]).is_subject());
    }
}
