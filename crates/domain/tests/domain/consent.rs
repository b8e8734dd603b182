//! What stands follows from all events, whatever their order; texts that were asked once stay for ever.

use jiff::civil::{Date, date};
use kiez_domain::consent::{
    Basis, Consent, ConsentAct, ConsentChannel, ConsentForm, Evidence, NewConsent, Purpose, TextVersion, all,
    current, languages, last, of_version, stands,
};
use kiez_domain::id::{ActorId, ConsentId, PersonId};
use kiez_domain::instant::Instant;
use kiez_domain::issue::Problem;
use proptest::prelude::*;
use uuid::Uuid;

const TODAY: Date = date(2026, 3, 2);

fn person(n: u128) -> PersonId {
    PersonId::new(Uuid::from_u128(n))
}

/// Noon in Berlin, some days and minutes after the first of March.
fn at(days: i64, minutes: i64) -> Instant {
    Instant(1_772_362_800_000).plus_days(days).plus_minutes(minutes)
}

/// An event that was noted when it was said.
fn event(number: u128, act: ConsentAct, at: Instant) -> Consent {
    let text = (act == ConsentAct::Given).then(|| current(Purpose::Web, "de").version.clone());
    Consent {
        id: ConsentId::new(Uuid::from_u128(number)),
        actor: ActorId::new(Uuid::nil()),
        person: None,
        purpose: Purpose::Web,
        act,
        evidence: Evidence {
            channel: ConsentChannel::Oral,
            said_by: "Ayşe".parse().expect("a line"),
            said_on: at.day(),
            language: "de".parse().expect("a tag"),
            text,
            note: None,
        },
        recorded_by: None,
        recorded_at: at,
    }
}

/// The same, noted later than it was said.
fn noted(mut event: Consent, at: Instant) -> Consent {
    event.recorded_at = at;
    event
}

fn of(mut event: Consent, person: PersonId) -> Consent {
    event.person = Some(person);
    event
}

fn any_events() -> impl Strategy<Value = Vec<Consent>> {
    let act = proptest::sample::select(ConsentAct::all().collect::<Vec<_>>());
    let one = (act, 0i64..4, 0i64..600, 0i64..3, 0u8..3);
    proptest::collection::vec(one, 1..9).prop_map(|drawn| {
        let built = drawn.into_iter().enumerate().map(|(number, (act, days, minutes, late, whose))| {
            let said = event(number as u128 + 1, act, at(days, minutes));
            let said = noted(said, at(days + late, minutes));
            if whose == 0 { of(said, person(1)) } else { said }
        });
        built.collect()
    })
}

proptest! {
    #[test]
    fn the_order_of_the_events_does_not_matter(events in any_events(), turns in 0usize..9) {
        let (mut turned, mut reversed) = (events.clone(), events.clone());
        turned.rotate_left(turns % events.len());
        reversed.reverse();
        for whose in [None, Some(person(1))] {
            let expected = last(&events, whose, Purpose::Web);
            prop_assert_eq!(last(&turned, whose, Purpose::Web), expected);
            prop_assert_eq!(last(&reversed, whose, Purpose::Web), expected);
            prop_assert_eq!(stands(&turned, whose, Purpose::Web), stands(&events, whose, Purpose::Web));
        }
    }

    #[test]
    fn whoever_takes_back_now_is_no_longer_there(mut events in any_events()) {
        let now = at(9, 0);
        events.push(event(90, ConsentAct::Withdrawn, now));
        prop_assert!(!stands(&events, None, Purpose::Web));
        prop_assert!(!stands(&events, Some(person(1)), Purpose::Web), "the actor's no holds for its humans");
        events.push(event(91, ConsentAct::Given, now.plus_minutes(1)));
        prop_assert!(stands(&events, None, Purpose::Web), "and who agrees again is there again");
    }

    #[test]
    fn paper_that_turns_up_late_undoes_nothing_that_was_taken_back_on_its_day(
        events in any_events(), day in 0i64..4, late in 1i64..30,
    ) {
        let mut events: Vec<_> = events.into_iter().filter(|event| event.evidence.said_on < at(day, 0).day()).collect();
        events.push(event(90, ConsentAct::Withdrawn, at(day, 0)));
        events.push(noted(event(91, ConsentAct::Given, at(day, 0)), at(day + late, 0)));
        prop_assert!(!stands(&events, None, Purpose::Web));
    }

    #[test]
    fn what_was_said_about_one_purpose_says_nothing_about_another(events in any_events()) {
        for purpose in Purpose::all().filter(|purpose| *purpose != Purpose::Web) {
            prop_assert!(last(&events, None, purpose).is_none() && !stands(&events, None, purpose));
        }
    }
}

#[test]
fn at_one_moment_a_no_is_stronger_than_a_yes() {
    let now = at(0, 0);
    let both = [event(1, ConsentAct::Withdrawn, now), event(2, ConsentAct::Given, now)];
    assert!(!stands(&both, None, Purpose::Web));
    let refused = [event(1, ConsentAct::Refused, now), event(2, ConsentAct::Given, now)];
    assert!(!stands(&refused, None, Purpose::Web));
}

#[test]
fn at_one_moment_taking_back_says_more_than_refusing() {
    let now = at(0, 0);
    for (first, second) in [(1, 2), (2, 1)] {
        let both = [event(first, ConsentAct::Withdrawn, now), event(second, ConsentAct::Refused, now)];
        let last = last(&both, None, Purpose::Web).map(|event| event.act);
        assert_eq!(last, Some(ConsentAct::Withdrawn));
    }
}

#[test]
fn the_own_yes_holds_beside_a_later_yes_of_the_shop_and_after_its_no() {
    let own = |day| of(event(1, ConsentAct::Given, at(day, 0)), person(1));
    let shop = |act| event(2, act, at(1, 0));
    for (own, shop, holds) in [
        (own(0), shop(ConsentAct::Given), true),
        (own(2), shop(ConsentAct::Given), true),
        (own(2), shop(ConsentAct::Withdrawn), true),
        (own(0), shop(ConsentAct::Withdrawn), false),
    ] {
        let said = (own.evidence.said_on, shop.act);
        assert_eq!(stands(&[own, shop], Some(person(1)), Purpose::Web), holds, "{said:?}");
    }
}

#[test]
fn the_shops_yes_is_no_yes_of_whoever_works_there() {
    let shop = event(1, ConsentAct::Given, at(0, 0));
    assert!(!stands(std::slice::from_ref(&shop), Some(person(1)), Purpose::Web));
    let both = [shop.clone(), of(event(2, ConsentAct::Given, at(1, 0)), person(1))];
    assert!(stands(&both, Some(person(1)), Purpose::Web) && !stands(&both, Some(person(2)), Purpose::Web));
    let own_no = [shop, of(event(2, ConsentAct::Withdrawn, at(1, 0)), person(1))];
    assert!(stands(&own_no, None, Purpose::Web), "and the own no is not the shop's");
}

#[test]
fn every_purpose_has_its_words_in_every_language_and_they_say_that_they_can_be_taken_back() {
    let back =
        [("de", "zurücknehmen"), ("en", "take it back"), ("tr", "geri alabilirim"), ("ar", "سحب موافقتي")];
    for purpose in Purpose::all() {
        for (language, words) in back {
            let text = current(purpose, language);
            assert_eq!((text.purpose, text.language.as_str()), (purpose, language));
            assert!(text.text.contains(words), "{purpose} in {language}: {}", text.text);
            assert!(text.text.chars().count() < 420, "{purpose} in {language} is long");
        }
        assert_eq!(current(purpose, "fr"), current(purpose, "de"));
    }
    assert_eq!(back.map(|(language, _)| language), languages());
}

#[test]
fn texts_that_were_asked_once_stay_and_new_ones_are_noted() {
    let kept = include_str!("../../../../data/consent/versions.txt");
    let written = |text: &kiez_domain::consent::ConsentText| {
        format!("{} {} {} {}", text.version, text.purpose, text.language, text.since)
    };
    let now: Vec<String> = all().iter().map(written).collect();
    for line in kept.lines() {
        assert!(
            now.iter().any(|text| text == line),
            "somebody may have agreed to this, and it is gone: {line}"
        );
    }
    for text in &now {
        assert!(kept.lines().any(|line| line == text), "add to data/consent/versions.txt: {text}");
    }
    assert_eq!(kept.lines().count(), now.len(), "a line stands twice");
}

#[test]
fn a_version_is_the_hash_of_the_words_and_finds_them_again() {
    // The SHA-256 of "abc" (FIPS 180-4, example B.1).
    let known = "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad";
    assert_eq!(TextVersion::of("abc").to_string(), known);
    assert_eq!(known.parse::<TextVersion>(), Ok(TextVersion::of("abc")));
    for wrong in ["", "abc", &known.to_uppercase(), &known[..63]] {
        assert!(wrong.parse::<TextVersion>().is_err(), "{wrong}");
    }
    let text = current(Purpose::Print, "tr");
    assert_eq!(of_version(&text.version), Some(text));
    assert_eq!(of_version(&TextVersion::of("abc")), None);
}

fn form() -> ConsentForm {
    ConsentForm {
        act: "given".into(),
        heard: "paper".into(),
        who_said: " Elif  Kara ".into(),
        consent_note: "Ordner B".into(),
        asked_in: "tr".into(),
        ticked: [("web".into(), "on".into()), ("print".into(), "on".into())].into(),
        ..ConsentForm::default()
    }
}

fn wrong(form: ConsentForm) -> Vec<String> {
    form.read(TODAY).expect_err("wrong").into_iter().map(|issue| issue.field).collect()
}

#[test]
fn a_noted_consent_names_words_language_and_whoever_said_it() {
    let new: NewConsent = form().read(TODAY).expect("complete");
    assert_eq!(new.purposes, [Purpose::Web, Purpose::Print]);
    assert_eq!((new.said_on, new.said_by.as_str()), (TODAY, "Elif Kara"));
    let evidence = new.evidence(Purpose::Print);
    assert_eq!(evidence.text.as_ref(), Some(&current(Purpose::Print, "tr").version));
    assert_eq!(evidence.note.expect("a place").as_str(), "Ordner B");
    let back = ConsentForm { act: "withdrawn".into(), heard: "oral".into(), ..form() };
    assert_eq!(back.read(TODAY).expect("complete").evidence(Purpose::Print).text, None);
}

#[test]
fn a_consent_without_evidence_is_not_noted() {
    let all = ["act", "heard", "who_said", "purposes"];
    assert_eq!(wrong(ConsentForm::default()), all);
    assert_eq!(
        wrong(ConsentForm { consent_note: String::new(), ..form() }),
        ["consent_note"],
        "paper lies somewhere"
    );
    assert_eq!(
        wrong(ConsentForm { said_on: "2026-03-03".into(), ..form() }),
        ["said_on"],
        "not in the future"
    );
    for by_itself in ["web", "link"] {
        assert_eq!(
            wrong(ConsentForm { heard: by_itself.into(), ..form() }),
            ["heard"],
            "nobody notes it for others"
        );
    }
    let issues = ConsentForm { ticked: [("everything".into(), "on".into())].into(), ..form() }.read(TODAY);
    let issue = issues.expect_err("nothing was ticked").remove(0);
    assert_eq!((issue.field.as_str(), issue.problem), ("purposes", Problem::Missing));
}

#[test]
fn a_consent_carries_what_it_stands_for_and_nothing_else_carries_publication() {
    let published =
        [Purpose::Web, Purpose::Print, Purpose::Press, Purpose::Photo, Purpose::PassingOn, Purpose::News];
    for purpose in published {
        for basis in Basis::all().filter(|basis| *basis != Basis::Consent) {
            assert!(!basis.covers(purpose, true), "{basis} for {purpose}");
        }
        assert!(Basis::Consent.covers(purpose, true) && !Basis::Consent.covers(purpose, false));
    }
    assert!(Basis::Reply.covers(Purpose::FirstContact, false));
    let printed: Vec<Purpose> = Purpose::all().filter(|purpose| purpose.is_printed()).collect();
    assert_eq!(printed, [Purpose::Print, Purpose::Press, Purpose::Photo]);
}
