//! The shape that needs and offers share: a card, something of their own, and a way through states.
//!
//! Code that treats both alike is written once over [`Posting`]; what a need or an offer is beyond its
//! card stands in `need` and `offer`, typed by its own words.

use crate::card::{Card, CardForm};
use crate::issue::{FieldIssue, Problem};
use crate::lifecycle::Lifecycle;
use serde::Serialize;
use serde::de::DeserializeOwned;
use std::fmt::{Debug, Display};
use std::str::FromStr;
use uuid::Uuid;

/// What somebody put up: a need or an offer, parsed and not yet stored.
pub trait Posting:
    TryFrom<Self::Form, Error = Vec<FieldIssue>> + Clone + Debug + PartialEq + Send + Sync + 'static
{
    /// The noun in the policy, the change log and the addresses of sentences.
    const NOUN: &'static str;
    /// The state in which it takes part in suggestions.
    const OPEN: Self::State;
    /// Its ids.
    type Id: Copy + Ord + Debug + Display + FromStr<Err = Problem> + Send + Sync;
    /// Its states.
    type State: Lifecycle;
    /// Its form as it is typed.
    type Form: Clone + Debug + Default + Serialize + DeserializeOwned + for<'a> From<&'a Self> + Send + Sync;

    /// Wraps a fresh UUID.
    fn id(uuid: Uuid) -> Self::Id;
    /// What stands on the card.
    fn card(&self) -> &Card;
    /// What stands on the card, to change.
    fn card_mut(&mut self) -> &mut Card;
    /// The card's part of a form.
    fn form_card(form: &Self::Form) -> &CardForm;
}

/// A need or an offer as it is stored.
#[derive(Debug, Clone, PartialEq)]
pub struct Posted<T: Posting> {
    /// Its id.
    pub id: T::Id,
    /// What is lacking or given.
    pub data: T,
    /// Where it stands.
    pub state: T::State,
    /// Whether it is public.
    pub published: bool,
    /// Optimistic version.
    pub version: i64,
}
