//! Fast entry: one line per card — type, Enter, next.

use crate::caller::Caller;
use crate::ctx::Ctx;
use crate::error::AppError;
use crate::kind_finding::{self, FoundKind};
use kiez_domain::id::ProjectId;
use kiez_domain::issue::Problem;
use kiez_domain::need::NeedForm;
use kiez_domain::offer::OfferForm;

/// What a card carries.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum CardKind {
    /// A need (Bedarf).
    Need,
    /// An offer (Ressource).
    Offer,
    /// An idea.
    Idea,
}

impl CardKind {
    /// The stored name.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Need => "need",
            Self::Offer => "offer",
            Self::Idea => "idea",
        }
    }
}

impl std::str::FromStr for CardKind {
    type Err = Problem;
    fn from_str(text: &str) -> Result<Self, Problem> {
        match text {
            "need" => Ok(Self::Need),
            "offer" => Ok(Self::Offer),
            "idea" => Ok(Self::Idea),
            _ => Err(Problem::unreadable(text, "need, offer or idea")),
        }
    }
}

/// The one-line form.
#[derive(Debug, Clone, Default, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
#[serde(default)]
pub struct CardForm {
    /// `need`, `offer` or `idea`.
    pub what: String,
    /// The card's text.
    pub text: String,
    /// Actor id; may be empty.
    pub actor: String,
    /// A key the page made: the same card sent twice is entered once.
    pub key: String,
}

/// A card that was entered.
#[derive(Debug, Clone, PartialEq)]
pub struct EnteredCard {
    /// What it became.
    pub kind: CardKind,
    /// Its id.
    pub id: String,
    /// The text as stored.
    pub text: String,
    /// Kinds found in the text.
    pub kinds: Vec<FoundKind>,
}

/// Enters one card; a need or offer from a card is open at once, so that suggestions come before the round table ends.
///
/// # Errors
/// An issue with `text` or `what`; nothing is stored then.
pub async fn enter(
    ctx: &Ctx,
    caller: &Caller,
    project: ProjectId,
    form: CardForm,
) -> Result<EnteredCard, AppError> {
    let kind: CardKind = form.what.parse().map_err(|problem| AppError::field("what", problem))?;
    let (text, key) = (form.text.clone(), form.key);
    let (id, kinds) = match kind {
        CardKind::Need => {
            let need = NeedForm { actor: form.actor, text: form.text, ..NeedForm::default() };
            let id = crate::need::post(ctx, caller, project, (need, &key)).await?;
            (id.to_string(), kind_finding::of_need(&[], &text))
        }
        CardKind::Offer => {
            let offer = OfferForm { actor: form.actor, text: form.text, ..OfferForm::default() };
            let id = crate::offer::post(ctx, caller, project, (offer, &key)).await?;
            (id.to_string(), kind_finding::of_offer(&[], &text))
        }
        CardKind::Idea => {
            let id = crate::idea::note(ctx, caller, project, (&form.actor, &form.text, &key)).await?;
            (id.to_string(), Vec::new())
        }
    };
    Ok(EnteredCard { kind, id, text, kinds })
}
