//! One ground-floor unit: address, position, use, vacancy; dated observations.

use crate::address::Address;
use crate::id::{ActorId, PremisesId, QuarterId};
use crate::issue::{FieldIssue, Issues};
use crate::lifecycle::words;
use crate::period::parse_date;
use crate::position::Position;
use crate::text::{optional, shown};
use jiff::civil::Date;

words! {
    /// What a ground-floor unit is used for: the classes of the mapping (Kiezkartierung).
    Use, "dwelling, gastronomy, retail, local_economy, social, vacant, other or unknown" {
        /// Somebody lives there.
        Dwelling = "dwelling",
        /// Restaurant, café, bar.
        Gastronomy = "gastronomy",
        /// A shop.
        Retail = "retail",
        /// Services, crafts, free professions.
        LocalEconomy = "local_economy",
        /// Kita, club, counselling.
        Social = "social",
        /// Empty.
        Vacant = "vacant",
        /// Garage, bin room, passage.
        Other = "other",
        /// Could not be seen.
        Unknown = "unknown",
    }
}

/// A ground-floor unit as a survey tells it: parsed, not yet stored.
#[derive(Debug, Clone, PartialEq)]
pub struct NewPremises {
    /// Where the door is.
    pub address: Address,
    /// Where it is on the ground.
    pub position: Option<Position>,
    /// Who is in it, when known.
    pub actor: Option<ActorId>,
    /// Use at the last look.
    pub used_as: Use,
    /// Day of the last look.
    pub observed_on: Option<Date>,
}

/// The form of a ground-floor unit, exactly as it was typed; an empty field is an empty text.
#[derive(Debug, Clone, Default, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
#[serde(default)]
pub struct PremisesForm {
    /// Street without number.
    pub street: String,
    /// House number.
    pub house_number: String,
    /// Postal code.
    pub postcode: String,
    /// Town.
    pub city: String,
    /// Latitude in degrees.
    pub lat: String,
    /// Longitude in degrees.
    pub lon: String,
    /// Actor id; may be empty.
    pub actor: String,
    /// Use by its stored name; empty: unknown.
    pub used_as: String,
    /// Day of the look; may be empty.
    pub observed_on: String,
}

impl TryFrom<PremisesForm> for NewPremises {
    type Error = Vec<FieldIssue>;

    fn try_from(form: PremisesForm) -> Result<Self, Self::Error> {
        let mut issues = Issues::default();
        let address =
            Address::collect(&mut issues, &form.street, &form.house_number, &form.postcode, &form.city);
        let position = issues.take("lat", Position::from_texts(&form.lat, &form.lon)).flatten();
        let actor = issues.take("actor", optional(&form.actor)).flatten();
        let used_as = issues.take("used_as", optional::<Use>(&form.used_as)).flatten();
        let day = Some(form.observed_on.trim()).filter(|day| !day.is_empty());
        let observed_on = day.and_then(|day| issues.take("observed_on", parse_date(day)));
        issues.finish()?;
        Ok(Self { address, position, actor, used_as: used_as.unwrap_or(Use::Unknown), observed_on })
    }
}

impl From<&NewPremises> for PremisesForm {
    /// The form filled with what is stored.
    fn from(premises: &NewPremises) -> Self {
        Self {
            street: shown(premises.address.street.as_ref()),
            house_number: shown(premises.address.house_number.as_ref()),
            postcode: shown(premises.address.postcode.as_ref()),
            city: shown(premises.address.city.as_ref()),
            lat: shown(premises.position.map(Position::lat).as_ref()),
            lon: shown(premises.position.map(Position::lon).as_ref()),
            actor: shown(premises.actor.as_ref()),
            used_as: premises.used_as.to_string(),
            observed_on: shown(premises.observed_on.as_ref()),
        }
    }
}

/// A ground-floor unit as it is stored, with what was seen there last.
#[derive(Debug, Clone, PartialEq)]
pub struct Premises {
    /// Its id.
    pub id: PremisesId,
    /// What it is, and what was seen there last.
    pub data: NewPremises,
    /// The quarter it lies in.
    pub quarter: Option<QuarterId>,
    /// Optimistic version.
    pub version: i64,
}

#[cfg(test)]
mod tests {
    use super::*;

    fn form() -> PremisesForm {
        PremisesForm {
            street: "Dieffenbachstraße".into(),
            house_number: "9a".into(),
            lat: "52.4925".into(),
            lon: "13.4155".into(),
            actor: "0198c0de-0000-7000-8000-000000000021".into(),
            used_as: "vacant".into(),
            observed_on: "2026-02-01".into(),
            ..PremisesForm::default()
        }
    }

    #[test]
    fn a_form_survives_the_way_through_the_type() {
        let premises = NewPremises::try_from(form()).expect("filled");
        assert_eq!(PremisesForm::from(&premises), form());
        let unseen = NewPremises::try_from(PremisesForm { street: "Weg".into(), ..PremisesForm::default() });
        let unseen = unseen.expect("a street is enough");
        assert_eq!((unseen.used_as, unseen.observed_on), (Use::Unknown, None));
    }

    #[test]
    fn every_issue_is_told_at_once() {
        let wrong = PremisesForm {
            lat: "512".into(),
            used_as: "castle".into(),
            observed_on: "31.02.2026".into(),
            ..form()
        };
        let issues = NewPremises::try_from(wrong).expect_err("three fields are wrong");
        let fields: Vec<_> = issues.iter().map(|issue| issue.field.as_str()).collect();
        assert_eq!(fields, ["lat", "used_as", "observed_on"]);
    }
}
