//! Suggestions as a part of the page of a need or an offer.

use crate::labels::BuiltInLabels;
use crate::request::Member;
use kiez_app::suggestion::{Partner, SuggestionView};
use kiez_domain::suggestion::Reason;
use kiez_words::reason;

/// How many suggestions stand open: three to five good ones are what a person can weigh.
pub(crate) const OPEN: usize = 5;

/// One suggestion, ready to show.
pub(crate) struct SuggestionCard {
    pub(crate) title: String,
    pub(crate) href: Option<String>,
    pub(crate) actor: Option<(String, String)>,
    /// The name on the card, of somebody who is not in the directory.
    pub(crate) said_by: Option<String>,
    pub(crate) percent: u8,
    pub(crate) bar: u8,
    pub(crate) reasons: Vec<String>,
    /// That others of the same name could be asked as well.
    pub(crate) same_name: Option<String>,
    /// Nobody has asked yet.
    pub(crate) likely: bool,
    /// Said at a visit that it can this, without an offer.
    pub(crate) confirmed: bool,
    /// Whom a verdict would be about.
    pub(crate) giver: Option<String>,
    /// A coordinator put it first.
    pub(crate) pinned: bool,
    /// A guess at best: nobody should rely on it.
    pub(crate) unsure: bool,
}

/// The suggestions with addresses inside the member's workspace.
pub(crate) fn cards(member: &Member, found: Vec<SuggestionView>) -> Vec<SuggestionCard> {
    found.into_iter().map(|suggestion| card(member, suggestion)).collect()
}

/// One suggestion with addresses inside the member's workspace.
pub(crate) fn card(member: &Member, found: SuggestionView) -> SuggestionCard {
    let locale = member.visit.locale;
    let giver = found.giver().map(|giver| giver.to_string());
    let actor = found.actor.map(|actor| (actor.name, member.path(&format!("/actors/{}", actor.id))));
    let (title, href) = match &found.partner {
        Partner::Offer { id, text } => (text.clone(), Some(member.path(&format!("/offers/{id}")))),
        Partner::Need { id, text } => (text.clone(), Some(member.path(&format!("/needs/{id}")))),
        Partner::Actor => (actor.as_ref().map(|(name, _)| name.clone()).unwrap_or_default(), None),
    };
    let confirmed = found.reasons.iter().any(|why| matches!(why, Reason::Confirmed { .. }));
    #[expect(
        clippy::cast_possible_truncation,
        clippy::cast_sign_loss,
        reason = "a score lies within 0 and 1"
    )]
    let percent = (found.score.value() * 100.0).round() as u8;
    SuggestionCard {
        giver,
        pinned: found.pinned,
        unsure: !found.score.is_confident() && !found.pinned,
        title,
        href,
        actor,
        said_by: found.said_by.map(Into::into),
        percent,
        bar: percent,
        reasons: found.reasons.iter().map(|why| reason::reason(locale, &BuiltInLabels, why)).collect(),
        same_name: reason::same_name(locale, found.same_name),
        likely: found.partner == Partner::Actor && !confirmed,
        confirmed: found.partner == Partner::Actor && confirmed,
    }
}
