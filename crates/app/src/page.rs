//! What a list is narrowed to, as pages and commands ask for it.

pub use kiez_store::actor::{ActorFilter, ActorRow};
pub use kiez_store::need::NeedFilter;
pub use kiez_store::offer::OfferFilter;
pub use kiez_store::page::{Listing, Page};
pub use kiez_store::posting::Filter;
