use kiez_domain::actor::{ActorForm, NewActor};
use kiez_domain::branch::Side;
use proptest::prelude::*;

fn fields(form: ActorForm) -> Vec<String> {
    NewActor::try_from(form).expect_err("a form with faults").into_iter().map(|issue| issue.field).collect()
}

#[test]
fn a_name_is_enough() {
    let actor =
        NewActor::try_from(ActorForm { name: "Holzwurm".into(), ..ActorForm::default() }).expect("a name");
    assert_eq!((actor.side, actor.branch, actor.position), (Side::Business, None, None));
    assert!(actor.languages.is_empty() && actor.note.is_none() && actor.carrier.is_none());
}

#[test]
fn every_fault_of_the_form_is_told_at_once() {
    let form = ActorForm {
        name: " ".into(),
        branch: "volcano".into(),
        side: "both".into(),
        house_number: "1".repeat(21),
        lat: "52.49".into(),
        lon: String::new(),
        languages: "de, Deutsch".into(),
        note: "a\u{0}".into(),
        ..ActorForm::default()
    };
    assert_eq!(fields(form), ["name", "branch", "side", "house_number", "lat", "languages", "note"]);
}

#[test]
fn the_side_is_what_was_said_else_the_side_of_the_branch() {
    let side = |side: &str, branch: &str| {
        let form =
            ActorForm { name: "X".into(), side: side.into(), branch: branch.into(), ..ActorForm::default() };
        NewActor::try_from(form).expect("a form").side
    };
    assert_eq!(side("", "kindergarten"), Side::Institution);
    assert_eq!(side("initiative", "kindergarten"), Side::Initiative);
    assert_eq!(side("", "bakery"), Side::Business);
    assert_eq!(side("institution", ""), Side::Institution);
}

#[test]
fn a_form_from_elsewhere_may_leave_fields_out() {
    let form: ActorForm =
        serde_json::from_str(r#"{"name":"Holzwurm","lat":"52.49","lon":"13.41"}"#).expect("a form");
    let actor = NewActor::try_from(form).expect("filled enough");
    assert!(actor.position.is_some() && actor.address.street.is_none());
}

proptest! {
    #[test]
    fn a_stored_actor_fills_its_form_so_that_saving_it_unchanged_changes_nothing(
        name in "[A-ZÇ][a-zşäöü]{1,12}( [A-Z][a-z]{2,8})?",
        branch in proptest::sample::select(vec!["", "bakery", "cafe", "kindergarten"]),
        side in proptest::sample::select(vec!["", "business", "institution", "initiative", "public_body"]),
        place in proptest::option::of((-90.0..=90.0f64, -180.0..=180.0f64)),
        note in "[a-zäöü \n]{0,40}",
        languages in proptest::sample::select(vec!["", "de", "tr, de", "ar"]),
    ) {
        let (lat, lon) = place.map_or((String::new(), String::new()), |(lat, lon)| (lat.to_string(), lon.to_string()));
        let form = ActorForm {
            name, branch: branch.into(), side: side.into(), lat, lon, note, languages: languages.into(),
            street: "Graefestraße".into(), house_number: "3".into(), ..ActorForm::default()
        };
        let actor = NewActor::try_from(form).expect("a form without faults");
        prop_assert_eq!(NewActor::try_from(ActorForm::from(&actor)), Ok(actor));
    }
}
