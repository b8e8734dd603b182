//! A business, an institution, an initiative or a public body.

use crate::address::Address;
use crate::branch::{BranchId, Side};
use crate::id::{ActorId, QuarterId};
use crate::issue::{FieldIssue, Issues};
use crate::language::{self, LanguageTag};
use crate::lifecycle::lifecycle;
use crate::position::Position;
use crate::text::{self, Body, Line, Name};

lifecycle! {
    /// How far a business has come on the way to a *Kiezgröße*.
    states Stage of "business" {
        /// On the map, nobody has been there.
        Mapped = "mapped",
        /// Somebody was there.
        Visited = "visited",
        /// Wants to know more.
        Interested = "interested",
        /// Takes part: a Kiezgröße.
        Participating = "participating",
        /// Took part, quiet for long.
        Dormant = "dormant",
        /// Said no, with a reason.
        Declined = "declined",
        /// Closed or moved away.
        Gone = "gone",
    }
    /// What happens to a business.
    events StageEvent {
        /// Somebody went there.
        Visit = "visit",
        /// It wants to know more.
        ShowInterest = "show_interest",
        /// It takes part.
        Join = "join",
        /// It says no.
        Decline = "decline",
        /// It goes quiet.
        FallQuiet = "fall_quiet",
        /// Somebody else runs it now.
        ChangeOwner = "change_owner",
        /// It closes or moves away.
        Close = "close",
    }
    table {
        Mapped | Visited | Interested | Declined, Visit => Visited: "coordinator; a dated visit";
        Mapped | Visited | Declined | Dormant, ShowInterest => Interested: "coordinator; a dated visit or contact";
        Mapped | Visited | Interested | Declined | Dormant, Join => Participating: "coordinator; what was promised";
        Mapped | Visited | Interested | Participating | Dormant, Decline => Declined: "coordinator; a reason, perhaps a day to come back";
        Participating, FallQuiet => Dormant: "coordinator";
        Visited | Interested | Participating | Dormant | Declined, ChangeOwner => Mapped: "coordinator; ends every consent";
        Mapped | Visited | Interested | Participating | Dormant | Declined, Close => Gone: "coordinator";
        Gone, ChangeOwner => Mapped: "coordinator; somebody new moved in";
    }
}

/// An actor as somebody enters or imports it: parsed, not yet stored.
#[derive(Debug, Clone, PartialEq)]
pub struct NewActor {
    /// Name on the sign.
    pub name: Name,
    /// Which side of the network it is on.
    pub side: Side,
    /// What it does.
    pub branch: Option<BranchId>,
    /// Where it is: its seat.
    pub address: Address,
    /// Where it is on the ground.
    pub position: Option<Position>,
    /// Carrier of an institution (Träger).
    pub carrier: Option<Line>,
    /// Languages spoken there.
    pub languages: Vec<LanguageTag>,
    /// When its door is open, in the grammar of OpenStreetMap or in any words.
    pub opening_hours: Option<Line>,
    /// A remark for coordinators only.
    pub note: Option<Body>,
}

/// An actor's form, exactly as it was typed; an empty field is an empty text.
#[derive(Debug, Clone, Default, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
#[serde(default)]
pub struct ActorForm {
    /// Name on the sign.
    pub name: String,
    /// Side by its stored name; empty: the branch's side, else business.
    pub side: String,
    /// Branch id; may be empty.
    pub branch: String,
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
    /// Carrier of an institution.
    pub carrier: String,
    /// Comma list of language tags.
    pub languages: String,
    /// When its door is open.
    pub opening_hours: String,
    /// Remark.
    pub note: String,
    /// Ticked by whoever takes somebody in again who had objected, because they ask for it themselves.
    pub despite_objection: String,
}

impl TryFrom<ActorForm> for NewActor {
    type Error = Vec<FieldIssue>;

    fn try_from(form: ActorForm) -> Result<Self, Self::Error> {
        let mut issues = Issues::default();
        let name = issues.take("name", form.name.parse());
        let branch = issues.take("branch", text::optional::<BranchId>(&form.branch)).flatten();
        let side = issues.take("side", text::optional::<Side>(&form.side)).flatten();
        let address =
            Address::collect(&mut issues, &form.street, &form.house_number, &form.postcode, &form.city);
        let position = issues.take("lat", Position::from_texts(&form.lat, &form.lon)).flatten();
        let carrier = issues.take("carrier", text::optional(&form.carrier)).flatten();
        let languages = issues.take("languages", language::parse_list(&form.languages));
        let opening_hours = issues.take("opening_hours", text::optional(&form.opening_hours)).flatten();
        let note = issues.take("note", text::optional(&form.note)).flatten();
        issues.finish()?;
        let of_branch = branch.as_ref().map(BranchId::side);
        Ok(Self {
            name: name.expect("no issue was found"),
            side: side.or(of_branch).unwrap_or(Side::Business),
            branch,
            address,
            position,
            carrier,
            languages: languages.unwrap_or_default(),
            opening_hours,
            note,
        })
    }
}

impl From<&NewActor> for ActorForm {
    /// The form filled with what is stored.
    fn from(actor: &NewActor) -> Self {
        Self {
            name: actor.name.to_string(),
            side: actor.side.to_string(),
            branch: text::shown(actor.branch.as_ref()),
            street: text::shown(actor.address.street.as_ref()),
            house_number: text::shown(actor.address.house_number.as_ref()),
            postcode: text::shown(actor.address.postcode.as_ref()),
            city: text::shown(actor.address.city.as_ref()),
            lat: text::shown(actor.position.map(Position::lat).as_ref()),
            lon: text::shown(actor.position.map(Position::lon).as_ref()),
            carrier: text::shown(actor.carrier.as_ref()),
            languages: text::listed(&actor.languages),
            opening_hours: text::shown(actor.opening_hours.as_ref()),
            note: text::shown(actor.note.as_ref()),
            despite_objection: String::new(),
        }
    }
}

/// An actor as it is stored.
#[derive(Debug, Clone, PartialEq)]
pub struct Actor {
    /// Its id.
    pub id: ActorId,
    /// What it is.
    pub data: NewActor,
    /// How far it has come.
    pub stage: Stage,
    /// The quarter its seat lies in, when that is known.
    pub quarter: Option<QuarterId>,
    /// The quarters it works for (area served); differs from the seat, and the bridge is measured on it.
    pub serves: Vec<QuarterId>,
    /// Whether its page is public.
    pub published: bool,
    /// Optimistic version: a save must name the one it started from.
    pub version: i64,
}
