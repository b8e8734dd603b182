//! What the engine is told about needs and offers.

use crate::belief::Street;
use kiez_domain::branch::BranchId;
use kiez_domain::kind::KindId;
use kiez_domain::language::LanguageTag;
use kiez_domain::position::Position;
use kiez_domain::week_hours::WeekHours;

/// What an institution lacks; only `id` and `text` are needed.
#[derive(Debug, Clone, Default)]
pub struct Need {
    /// Any unique name; it carries no meaning.
    pub id: String,
    /// In free words.
    pub text: String,
    /// The language of the text; guessed when absent.
    pub language: Option<LanguageTag>,
    /// Kinds set by hand: they count as sure.
    pub kinds: Vec<KindId>,
    /// Where it is needed.
    pub position: Option<Position>,
    /// The farthest walk in metres.
    pub radius_m: Option<u32>,
    /// How many givers it takes; 0 counts as 1.
    pub units: u32,
    /// How much it is worth, in hours of help.
    pub value: Option<f64>,
    /// Hours of help it takes.
    pub hours: Option<f64>,
    /// When it must happen.
    pub times: Option<WeekHours>,
    /// Languages that are understood there.
    pub languages: Vec<LanguageTag>,
    /// What asks, in free words such as "Kita".
    pub institution: Option<String>,
    /// Whose need it is: what [`crate::acquaintance::Circles`] know them by.
    pub actor_id: Option<String>,
}

/// What somebody gives, or an actor that could give; only `id` and `text` are needed.
#[derive(Debug, Clone, Default)]
pub struct Offer {
    /// Any unique name; it carries no meaning.
    pub id: String,
    /// In free words.
    pub text: String,
    /// The language of the text; guessed when absent.
    pub language: Option<LanguageTag>,
    /// Kinds set by hand: they count as sure.
    pub kinds: Vec<KindId>,
    /// Kinds that the actor confirmed at a visit: they count as sure and are named as confirmed.
    pub confirmed_kinds: Vec<KindId>,
    /// Where it is.
    pub position: Option<Position>,
    /// The farthest walk in metres that the giver takes upon itself.
    pub radius_m: Option<u32>,
    /// How often it can be given still; 0 takes it out.
    pub capacity: Option<u32>,
    /// When it can be given.
    pub times: Option<WeekHours>,
    /// Languages spoken there.
    pub languages: Vec<LanguageTag>,
    /// Who gives, in free words such as "Bäckerei".
    pub actor: Option<String>,
    /// The giver's branch, when known.
    pub branch: Option<BranchId>,
    /// What it costs the giver each time, in minutes.
    pub effort_min: Option<u32>,
    /// Whose offer it is: what [`crate::acquaintance::Circles`] know them by.
    pub actor_id: Option<String>,
    /// The giver's street: what its neighbours of the same branch answered counts for it, too.
    pub street: Option<Street>,
    /// Kinds that the giver was asked for and does not give: no guess goes against its word.
    pub refused_kinds: Vec<KindId>,
}
