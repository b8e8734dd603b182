//! What the map knows of an address that has no place yet, as a sentence and a way out.

use crate::layout::Chrome;
use kiez_app::geocode::Found;

/// A sentence about an actor without a place.
pub(super) struct PlaceHint {
    pub(super) sentence: String,
    /// The form with the place of the nearest known number filled in; a person saves it or does not.
    pub(super) href: Option<String>,
}

impl PlaceHint {
    /// The sentence for what was found; none where the place is certain: saving takes it.
    pub(super) fn of(c: &Chrome, edit: &str, found: &Found) -> Option<Self> {
        let only = |sentence| Some(Self { sentence, href: None });
        match found {
            Found::Exact(_) => None,
            Found::Nearest(door) => {
                let at = door.position();
                let sentence = c.with("place-nearest", "address", &door.address().to_string());
                Some(Self { sentence, href: Some(format!("{edit}?lat={}&lon={}", at.lat(), at.lon())) })
            }
            Found::Several(doors) => {
                let addresses: Vec<String> = doors.iter().map(|door| door.address().to_string()).collect();
                only(c.with("place-several", "addresses", &addresses.join(" · ")))
            }
            Found::Unknown => only(c.t("place-unknown")),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use kiez_domain::address_point::AddressPoint;
    use kiez_domain::position::Position;
    use kiez_words::locale::Locale;

    fn hint(found: &Found) -> Option<(String, Option<String>)> {
        let c = Chrome::plain(Locale::German);
        PlaceHint::of(&c, "/w/kiez/actors/1/edit", found).map(|hint| (hint.sentence, hint.href))
    }

    fn door(postcode: &str) -> AddressPoint {
        let at = Position::new(52.4911, 13.4141).expect("valid");
        AddressPoint::from_texts(("Graefestraße", "12"), (postcode, ""), at).expect("a door")
    }

    #[test]
    fn the_nearest_number_is_a_link_that_fills_the_form_in() {
        let (sentence, href) = hint(&Found::Nearest(Box::new(door("10967")))).expect("a sentence");
        assert!(sentence.contains("Graefestraße 12, 10967"), "{sentence}");
        assert_eq!(href.as_deref(), Some("/w/kiez/actors/1/edit?lat=52.4911&lon=13.4141"));
    }

    #[test]
    fn what_is_ambiguous_or_unknown_is_said_and_nothing_is_offered() {
        let (sentence, href) = hint(&Found::Several(vec![door("10967"), door("12047")])).expect("a sentence");
        assert!(sentence.contains("10967") && sentence.contains("12047"), "{sentence}");
        assert_eq!(href, None);
        assert!(hint(&Found::Unknown).is_some_and(|(_, href)| href.is_none()));
        assert_eq!(hint(&Found::Exact(door("10967").position())), None);
    }
}
