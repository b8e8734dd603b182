//! Our own icons: drawn by hand in `ui/src/icons`, served as one file, shown by reference.
//!
//! Each is an ink line over a spot of the project's colour, printed a little out of register.

use kiez_domain::branch::BranchId;
use rust_embed::RustEmbed;
use sha2::{Digest as _, Sha256};
use std::collections::HashMap;
use std::fmt::Write as _;
use std::sync::LazyLock;

#[derive(RustEmbed)]
#[folder = "../../ui/src/icons"]
struct Drawings;

/// The file with all icons and the name it is served under.
pub(crate) struct Sprite {
    /// Carries the hash of the content, so that browsers may keep it for ever.
    pub(crate) name: String,
    /// One SVG with a symbol for each icon.
    pub(crate) svg: String,
}

/// All icons in one file.
pub(crate) fn sprite() -> &'static Sprite {
    static SPRITE: LazyLock<Sprite> = LazyLock::new(|| {
        let svg = joined();
        let hash = Sha256::digest(svg.as_bytes());
        let start: String = hash.iter().take(5).map(|byte| format!("{byte:02x}")).collect();
        Sprite { name: format!("icons.{start}.svg"), svg }
    });
    &SPRITE
}

/// Names of all icons in alphabetical order.
pub(crate) fn names() -> Vec<String> {
    let mut names: Vec<String> =
        Drawings::iter().filter_map(|file| file.strip_suffix(".svg").map(str::to_owned)).collect();
    names.sort();
    names
}

/// An icon as part of a page. It is an ornament: the word beside it says the same.
pub(crate) fn icon(name: &str) -> String {
    // Arrows point along the line of reading.
    let flips =
        if matches!(name, "next" | "previous" | "sign_in" | "sign_out" | "list") { " flips" } else { "" };
    let file = &sprite().name;
    format!(
        "<svg class=\"icon{flips}\" aria-hidden=\"true\" focusable=\"false\"><use href=\"/assets/{file}#{name}\"/></svg>"
    )
}

fn joined() -> String {
    let mut svg = String::from("<svg xmlns=\"http://www.w3.org/2000/svg\">");
    for name in names() {
        let Some(file) = Drawings::get(&format!("{name}.svg")) else { continue };
        let drawing = String::from_utf8_lossy(&file.data).into_owned();
        let inside = drawing.split_once('>').map_or("", |(_, rest)| rest);
        let inside = inside.rsplit_once("</svg>").map_or(inside, |(inside, _)| inside);
        // Writing to a String cannot fail.
        let _ = write!(
            svg,
            "<symbol id=\"{name}\" viewBox=\"0 0 24 24\" fill=\"none\" stroke=\"currentColor\" stroke-width=\"2\">{}</symbol>",
            inside.trim()
        );
    }
    svg + "</svg>"
}

/// The icon of a branch: twenty groups are told apart at a glance, two hundred would not be.
pub(crate) fn of_branch(branch: Option<&BranchId>) -> &'static str {
    // A map asks for thousands of them at once.
    static BY_BRANCH: LazyLock<HashMap<&str, &str>> = LazyLock::new(|| {
        let group = |(icon, branches): &(&'static str, &'static str)| {
            let icon = *icon;
            branches.split_whitespace().map(move |branch| (branch, icon))
        };
        GROUPS.iter().flat_map(group).collect()
    });
    branch.and_then(|branch| BY_BRANCH.get(branch.as_str()).copied()).unwrap_or("place")
}

/// The icons of branches, each once.
pub(crate) fn of_all_branches() -> impl Iterator<Item = &'static str> {
    GROUPS.iter().map(|(icon, _)| *icon)
}

/// Which branches share an icon. A branch that stands nowhere here fails a test.
const GROUPS: [(&str, &str); 22] = [
    ("branch_eat", "restaurant fast_food bar pub ice_cream catering nightclub brewery"),
    ("branch_cafe", "cafe bakery confectionery tea_coffee_shop"),
    (
        "branch_groceries",
        "supermarket convenience_store greengrocer butcher beverage_shop delicatessen organic_shop wine_shop market \
         kiosk food_bank marketplace agriculture",
    ),
    (
        "branch_shop",
        "clothes_shop shoe_shop stationery toy_shop furniture_shop household_goods jewelry art_supplies fabric_shop \
         second_hand sports_shop department_store gift_shop antiques shop bookshop drugstore wholesale",
    ),
    (
        "branch_craft",
        "hardware_store carpenter electrician plumber metalworker locksmith upholsterer watchmaker stonemason craft \
         manufacturing repair_cafe sheltered_workshop sign_maker waste_recycling energy_provider chimney_sweep",
    ),
    ("branch_build", "paint_shop painter roofer builder floor_layer glazier scaffolding cleaning"),
    (
        "branch_wheels",
        "bicycle_shop car_repair car_dealer driving_school moving_company logistics courier taxi car_rental \
         bicycle_rental bicycle_station car_sharing transport_stop travel_agency storage",
    ),
    ("branch_scissors", "tailor shoemaker hairdresser beauty_salon laundry tattoo"),
    (
        "branch_health",
        "optician hearing_aids medical_supply pharmacy veterinary doctor dentist clinic hospital physiotherapy \
         psychotherapy midwife",
    ),
    (
        "branch_office",
        "lawyer tax_adviser notary architect engineering_office insurance bank estate_agent consultancy \
         employment_agency translator coworking office company security funeral event_agency",
    ),
    ("branch_digital", "electronics_shop computer_shop mobile_phone_shop web_agency it_services telecom"),
    (
        "branch_media",
        "photo_shop printer advertising_agency graphic_design photographer film_production publisher newspaper radio",
    ),
    (
        "branch_culture",
        "music_shop event_technology cinema theatre museum gallery artist_studio music_school music_group \
         dance_school circus",
    ),
    ("branch_sport", "sports_club sports_centre fitness swimming_pool"),
    ("branch_learning", "library school university adult_education tutoring"),
    ("branch_children", "kindergarten youth_centre family_centre playground"),
    (
        "branch_care",
        "care_service nursing_home senior_centre disability_services charity women_project homeless_service self_help \
         advice_centre refugee_project",
    ),
    (
        "branch_community",
        "community_centre neighbourhood_office association worship volunteer_agency political_party foundation",
    ),
    (
        "branch_garden",
        "florist pet_shop garden_centre gardener landscaper beekeeper zoo city_farm community_garden animal_shelter park",
    ),
    ("branch_lodging", "housing_company hotel hostel"),
    ("public_body", "chamber police fire_station town_hall post_office job_centre"),
    ("place", "other"),
];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_branch_has_an_icon_that_was_drawn() {
        let names = names();
        for branch in kiez_app::kind::branches("de") {
            let id = branch.id.as_str();
            let groups = GROUPS.iter().filter(|(_, all)| all.split_whitespace().any(|known| known == id));
            assert_eq!(groups.count(), 1, "{id} stands in exactly one group");
            let known: BranchId = id.parse().expect("a branch of the catalogue");
            assert!(names.contains(&of_branch(Some(&known)).to_owned()), "{id}");
        }
        assert_eq!(of_branch(None), "place");
    }

    #[test]
    fn a_drawing_stays_in_its_frame_and_leaves_the_colours_to_the_page() {
        assert!(names().len() > 60);
        for name in names() {
            let file = Drawings::get(&format!("{name}.svg")).expect("listed");
            let drawing = String::from_utf8(file.data.into_owned()).expect("text");
            assert!(drawing.contains("viewBox=\"0 0 24 24\""), "{name}");
            assert!(drawing.contains("stroke=\"currentColor\"") && !drawing.contains("fill=\"#"), "{name}");
            assert!(sprite().svg.contains(&format!("<symbol id=\"{name}\"")), "{name}");
        }
    }

    #[test]
    fn an_icon_is_hidden_from_those_who_listen_to_the_page() {
        let shown = icon("need");
        assert!(shown.contains("aria-hidden=\"true\"") && shown.contains("#need\""), "{shown}");
        assert!(icon("next").contains("icon flips"), "an arrow follows the direction of reading");
    }
}
