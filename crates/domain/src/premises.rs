//! One ground-floor unit: address, position, use, vacancy; dated observations.

use crate::address::Address;
use crate::id::{ActorId, PremisesId, QuarterId};
use crate::lifecycle::words;
use crate::position::Position;
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

/// A ground-floor unit as it is stored, with what was seen there last.
#[derive(Debug, Clone, PartialEq)]
pub struct Premises {
    /// Its id.
    pub id: PremisesId,
    /// Where the door is.
    pub address: Address,
    /// Where it is on the ground.
    pub position: Option<Position>,
    /// The quarter it lies in.
    pub quarter: Option<QuarterId>,
    /// Who is in it, when known.
    pub actor: Option<ActorId>,
    /// Use at the last look.
    pub used_as: Use,
    /// Day of the last look.
    pub observed_on: Option<Date>,
    /// Optimistic version.
    pub version: i64,
}
