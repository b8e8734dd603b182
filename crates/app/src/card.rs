//! Fast entry: one line per card — type, Enter, next.

use crate::caller::Caller;
use crate::ctx::Ctx;
use crate::error::AppError;
use crate::kind_finding::{self, FoundKind};
use kiez_domain::id::ProjectId;
use kiez_domain::idea::IdeaForm;
use kiez_domain::issue::Problem;
use kiez_domain::need::{NeedForm, NeedState};
use kiez_domain::offer::{OfferForm, OfferState};
use kiez_store::fold::fold;
use kiez_store::need::NeedFilter;
use kiez_store::offer::OfferFilter;
use kiez_store::page::Page;

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
    /// The name on the card, in any words; may be empty.
    pub said_by: String,
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
    /// Another open card with the same words, when there is one: perhaps the same wish, perhaps a second one.
    pub same: Option<String>,
}

/// How many cards that contain the words are compared.
const COMPARED: u32 = 50;

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
    let CardForm { text, actor, said_by, key, .. } = form;
    let (id, kinds) = match kind {
        CardKind::Need => {
            let need = NeedForm { actor, said_by, text: text.clone(), ..NeedForm::default() };
            let id = crate::need::post(ctx, caller, project, (need, &key)).await?;
            (id.to_string(), kind_finding::of_need(&[], &text))
        }
        CardKind::Offer => {
            let offer = OfferForm { actor, said_by, text: text.clone(), ..OfferForm::default() };
            let id = crate::offer::post(ctx, caller, project, (offer, &key)).await?;
            (id.to_string(), kind_finding::of_offer(&[], &text))
        }
        CardKind::Idea => {
            let idea = IdeaForm { actor, said_by, text: text.clone() };
            let id = crate::idea::note(ctx, caller, project, (idea, &key)).await?;
            (id.to_string(), Vec::new())
        }
    };
    let same = same_words(ctx, caller, project, (kind, &text, &id)).await?;
    Ok(EnteredCard { kind, id, text, kinds, same })
}

/// Another open card of the same kind with the same words; case, marks and spaces do not matter.
async fn same_words(
    ctx: &Ctx,
    caller: &Caller,
    project: ProjectId,
    (kind, words, entered): (CardKind, &str, &str),
) -> Result<Option<String>, AppError> {
    let (page, text) = (Page { size: COMPARED, offset: 0 }, Some(one_spaced(words)));
    let open: Vec<(String, String)> = match kind {
        CardKind::Need => {
            let filter = NeedFilter { text, state: Some(NeedState::Open), ..NeedFilter::default() };
            let found = crate::need::list(ctx, caller, project, filter, page).await?.rows;
            found.into_iter().map(|view| (view.need.id.to_string(), view.need.data.text.into())).collect()
        }
        CardKind::Offer => {
            let filter = OfferFilter { text, state: Some(OfferState::Open), ..OfferFilter::default() };
            let found = crate::offer::list(ctx, caller, project, filter, page).await?.rows;
            found.into_iter().map(|view| (view.offer.id.to_string(), view.offer.data.text.into())).collect()
        }
        // An idea has no page of its own to look at yet.
        CardKind::Idea => Vec::new(),
    };
    let alike = |(id, text): &(String, String)| id != entered && plain(text) == plain(words);
    Ok(open.into_iter().find(alike).map(|(id, _)| id))
}

fn plain(text: &str) -> String {
    fold(&one_spaced(text))
}

fn one_spaced(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}
