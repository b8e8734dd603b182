//! Businesses and institutions, from the tags of a node, a building or an area.

use super::tags::TagSet;
use crate::actor::RawActor;
use crate::branch::{self, Hints};
use kiez_domain::branch::{BranchCatalogue, Side};
use kiez_domain::position::Position;

/// Keys that name something one can go into and ask for somebody.
const HOUSES: [&str; 8] =
    ["amenity", "club", "community_centre", "craft", "healthcare", "office", "shop", "social_facility"];
/// Keys under which there is also much that nobody runs; a name shows that somebody does.
const NAMED_ONLY: [&str; 2] = ["leisure", "tourism"];

/// Reads an actor from the tags of an element; most elements are none.
pub(super) fn read(id: &str, position: Position, tags: &TagSet) -> Option<RawActor> {
    let told: Vec<(&str, &str)> =
        tags.iter().filter(|(key, value)| branch::is_key(key) && *value != "no").collect();
    let has = |keys: &[&str]| told.iter().any(|(key, _)| keys.contains(key));
    let name = ["name", "official_name", "brand", "operator"].iter().find_map(|key| tags.get(key));
    let runs = has(&HOUSES) || (name.is_some() && has(&NAMED_ONLY));
    let closed = ["disused", "abandoned"].iter().any(|key| tags.value(key) == "yes");
    let signboard = matches!(tags.value("information"), "board" | "map" | "guidepost" | "route_marker");
    let known = BranchCatalogue::built_in().from_osm(&told).filter(|branch| branch.side() != Side::Place);
    if !runs || closed || signboard || known.is_none() {
        return None;
    }
    let hints = Hints { category: None, tags: &told, industry: None, description: None, file: None, name };
    let branch = branch::resolve(&hints);
    let shown = name.map(str::to_owned).or_else(|| branch::describe(branch.as_ref(), &hints))?;
    let text = |keys: &[&str]| keys.iter().find_map(|key| tags.get(key)).map(str::to_owned);
    let side = branch.as_ref().map(kiez_domain::branch::BranchId::side);
    Some(RawActor {
        external_id: Some(id.to_owned()),
        name: shown,
        unnamed: name.is_none(),
        branch_text: hints.in_words(),
        branch,
        street: text(&["addr:street", "addr:place"]),
        // A house between two streets has the numbers of both: the first is enough to find its door.
        house_number: super::numbers(tags.value("addr:housenumber")).next().map(str::to_owned),
        postcode: text(&["addr:postcode"]),
        city: text(&["addr:city"]),
        position: Some(position),
        carrier: text(&["operator"]).filter(|_| side == Some(Side::Institution)),
        website: text(&["website", "contact:website", "url"]),
        phone: text(&["phone", "contact:phone"]),
        email: text(&["email", "contact:email"]),
        opening_hours: text(&["opening_hours"]),
        languages: languages(tags),
        ..RawActor::default()
    })
}

/// Tags such as `language:tr = yes`.
fn languages(tags: &TagSet) -> Vec<String> {
    let spoken = tags.iter().filter(|(_, value)| matches!(*value, "yes" | "main"));
    spoken.filter_map(|(key, _)| key.strip_prefix("language:")).map(str::to_owned).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn found(tags: &[(&str, &str)]) -> Option<RawActor> {
        let at = Position::new(52.49, 13.41).expect("valid");
        read("node/1", at, &TagSet::keep(tags))
    }

    #[test]
    fn a_shop_is_read_with_all_that_stands_there() {
        let actor = found(&[
            ("shop", "bakery"),
            ("name", "Bäckerei Ayşe"),
            ("addr:street", "Graefestraße"),
            ("addr:housenumber", "12"),
            ("contact:phone", "+49 30 1"),
            ("opening_hours", "Mo-Sa 07:00-18:00"),
            ("language:tr", "yes"),
            ("language:fr", "no"),
        ])
        .expect("an actor");
        assert_eq!(actor.branch.as_ref().map(|branch| branch.as_str()), Some("bakery"));
        assert_eq!((actor.name.as_str(), actor.unnamed), ("Bäckerei Ayşe", false));
        assert_eq!(actor.phone.as_deref(), Some("+49 30 1"));
        assert_eq!(actor.opening_hours.as_deref(), Some("Mo-Sa 07:00-18:00"));
        assert_eq!(actor.languages, ["tr"]);
        assert_eq!(actor.external_id.as_deref(), Some("node/1"));
    }

    #[test]
    fn an_institution_has_its_carrier_and_a_business_none() {
        let kita = found(&[("amenity", "kindergarten"), ("name", "Kita Ufer"), ("operator", "Verein e. V.")]);
        assert_eq!(kita.and_then(|kita| kita.carrier), Some("Verein e. V.".to_owned()));
        let bank = found(&[("shop", "bakery"), ("name", "Ofen"), ("operator", "Ofen GmbH")]);
        assert_eq!(bank.and_then(|bank| bank.carrier), None);
    }

    #[test]
    fn a_shop_without_a_name_is_described() {
        let shop = found(&[("shop", "bakery")]).expect("an actor");
        assert!(shop.unnamed && !shop.name.is_empty());
    }

    #[test]
    fn what_nobody_runs_is_no_actor() {
        for tags in [
            &[("amenity", "bench")][..],
            &[("shop", "vacant"), ("name", "Leer")],
            &[("amenity", "cafe"), ("name", "Alt"), ("disused", "yes")],
            &[("tourism", "information"), ("name", "Tafel 3"), ("information", "board")],
            &[("leisure", "playground"), ("name", "Spielplatz")],
            &[("building", "yes"), ("name", "Haus 3")],
            &[],
        ] {
            assert!(found(tags).is_none(), "{tags:?}");
        }
    }
}
