//! Every type that is read from text has one door, whoever knocks: a form, a file, a database row, JSON.

use kiez_domain::branch::BranchId;
use kiez_domain::id::*;
use kiez_domain::issue::Problem;
use kiez_domain::kind::KindId;
use kiez_domain::language::LanguageTag;
use kiez_domain::money::Money;
use kiez_domain::text::{Body, Line, Name, Slug};
use kiez_domain::week_hours::WeekHours;
use proptest::prelude::*;
use serde::Serialize;
use serde::de::DeserializeOwned;
use std::fmt::{Debug, Display};
use std::str::FromStr;

/// What is accepted once is accepted for ever, as the same value; JSON says yes and no to the same texts.
fn one_door<T>(text: &str) -> Result<(), TestCaseError>
where
    T: FromStr<Err = Problem> + Display + Debug + PartialEq + Serialize + DeserializeOwned,
{
    let json = serde_json::to_string(text).expect("a text is JSON");
    let by_json = serde_json::from_str::<T>(&json);
    match text.parse::<T>() {
        Ok(value) => {
            prop_assert_eq!(&value.to_string().parse::<T>().expect("its own words"), &value);
            prop_assert_eq!(&by_json.expect("JSON accepts it too"), &value);
            let written = serde_json::to_string(&value).expect("written");
            prop_assert_eq!(&written, &serde_json::to_string(&value.to_string()).expect("written"));
        }
        Err(problem) => {
            let refused = by_json.expect_err("JSON refuses it too").to_string();
            prop_assert!(refused.contains(&problem.to_string()), "{} hides {}", refused, problem);
        }
    }
    Ok(())
}

proptest! {
    #[test]
    fn texts_have_one_door(text in "\\PC{0,12}|[ \\n\\t]{0,4}[a-zäöüß]{1,9}[ \\r\\n]{0,3}[a-z]{0,5}") {
        one_door::<Name>(&text)?;
        one_door::<Line>(&text)?;
        one_door::<Body>(&text)?;
    }

    #[test]
    fn short_names_and_kinds_have_one_door(text in "\\PC{0,8}|[a-z0-9_-]{1,70}") {
        one_door::<Slug>(&text)?;
        one_door::<KindId>(&text)?;
        one_door::<BranchId>(&text)?;
    }

    #[test]
    fn tags_and_hours_have_one_door(
        tag in "\\PC{0,8}|[a-zA-Z]{1,4}([-_][a-zA-Z0-9]{1,9}){0,4}",
        hours in "\\PC{0,12}|(Mo|Di|we|Su)( [0-9]{1,2}:[0-9]{2}-[0-9]{1,2}:[0-9]{2})?(, [0-9]{1,2}:00-[0-9]{1,2}:00)?",
    ) {
        one_door::<LanguageTag>(&tag)?;
        one_door::<WeekHours>(&hours)?;
    }

    #[test]
    fn ids_have_one_door(text in "\\PC{0,40}|[0-9a-fA-F]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}") {
        one_door::<ProjectId>(&text)?;
        one_door::<QuarterId>(&text)?;
        one_door::<PremisesId>(&text)?;
        one_door::<ObservationId>(&text)?;
        one_door::<ActorId>(&text)?;
        one_door::<PersonId>(&text)?;
        one_door::<ContactChannelId>(&text)?;
        one_door::<NeedId>(&text)?;
        one_door::<OfferId>(&text)?;
        one_door::<CompetenceId>(&text)?;
        one_door::<IdeaId>(&text)?;
        one_door::<ProposalId>(&text)?;
        one_door::<UserId>(&text)?;
        one_door::<SessionId>(&text)?;
        one_door::<LinkId>(&text)?;
        one_door::<ImportId>(&text)?;
        one_door::<DifferenceId>(&text)?;
        one_door::<JobId>(&text)?;
        one_door::<AuditId>(&text)?;
    }

    #[test]
    fn no_text_makes_money_panic(text in "\\PC{0,30}|-?[0-9.]{0,25},?[0-9]{0,4}") {
        if let Ok(money) = text.parse::<Money>() {
            prop_assert_eq!(money.to_string().parse::<Money>(), Ok(money));
        }
    }
}

#[test]
fn kinds_are_small_letters_digits_and_underscores() {
    assert_eq!(" room_event ".parse::<KindId>().map(String::from), Ok("room_event".to_owned()));
    assert_eq!("".parse::<KindId>(), Err(Problem::Missing));
    for wrong in ["Room", "room-event", "räume", "room event", &"x".repeat(61)] {
        assert!(matches!(wrong.parse::<KindId>(), Err(Problem::Unreadable { .. })), "{wrong}");
    }
    assert!("x".repeat(60).parse::<KindId>().is_ok());
}

#[test]
fn a_branch_that_is_not_in_the_catalogue_cannot_be_made() {
    let bakery: BranchId = "bakery".parse().expect("in the catalogue");
    assert_eq!(bakery.as_str(), "bakery");
    let unknown = "volcano".parse::<BranchId>().expect_err("not in the catalogue").to_string();
    assert!(unknown.contains("volcano"), "{unknown}");
}
