//! Fast entry: one line per card — type, Enter, next.

use crate::caller::Caller;
use crate::ctx::Ctx;
use crate::error::AppError;
use crate::kind_finding::{self, FoundKind};
use crate::market::OnMarket;
use crate::posting::{self, PostingView};
use kiez_domain::card::CardForm;
use kiez_domain::id::ProjectId;
use kiez_domain::idea::IdeaForm;
use kiez_domain::issue::{Expected, Problem};
use kiez_domain::need::NewNeed;
use kiez_domain::offer::NewOffer;
use kiez_store::fold::fold;
use kiez_store::page::Page;
use kiez_store::posting::Filter;

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
            _ => Err(Problem::unreadable(text, Expected::OneOf { words: "need, offer or idea" })),
        }
    }
}

/// The one-line form.
#[derive(Debug, Clone, Default, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
#[serde(default)]
pub struct CardEntry {
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
/// An issue with `text`, `said_by` or `what`; nothing is stored then.
pub async fn enter(
    ctx: &Ctx,
    caller: &Caller,
    project: ProjectId,
    entry: CardEntry,
) -> Result<EnteredCard, AppError> {
    let kind: CardKind = entry.what.parse().map_err(|problem| AppError::field("what", problem))?;
    match kind {
        CardKind::Need => enter_posting::<NewNeed>(ctx, caller, project, (kind, entry)).await,
        CardKind::Offer => enter_posting::<NewOffer>(ctx, caller, project, (kind, entry)).await,
        CardKind::Idea => {
            let CardEntry { text, actor, said_by, key, .. } = entry;
            let form = IdeaForm { actor, said_by, text: text.clone() };
            let id = crate::idea::note(ctx, caller, project, (form, &key)).await?.to_string();
            // An idea has no page of its own to look at yet: nothing is said about another one.
            Ok(EnteredCard { kind, id, text, kinds: Vec::new(), same: None })
        }
    }
}

async fn enter_posting<T: OnMarket<Form: From<CardForm>>>(
    ctx: &Ctx,
    caller: &Caller,
    project: ProjectId,
    (kind, entry): (CardKind, CardEntry),
) -> Result<EnteredCard, AppError> {
    let CardEntry { text, actor, said_by, key, .. } = entry;
    let card = CardForm { actor, said_by, text: text.clone(), ..CardForm::default() };
    let id = posting::post::<T>(ctx, caller, project, (card.into(), &key)).await?;
    let same = same_words::<T>(ctx, caller, project, (&text, id)).await?;
    let kinds = kind_finding::find(&[], &text, T::SIDE);
    Ok(EnteredCard { kind, id: id.to_string(), text, kinds, same: same.map(|id| id.to_string()) })
}

/// Another open card of the same kind with the same words; case, marks and spaces do not matter.
async fn same_words<T: OnMarket>(
    ctx: &Ctx,
    caller: &Caller,
    project: ProjectId,
    (words, entered): (&str, T::Id),
) -> Result<Option<T::Id>, AppError> {
    let page = Page { size: COMPARED, offset: 0 };
    let filter = Filter::<T> { text: Some(one_spaced(words)), state: Some(T::OPEN), ..Filter::default() };
    let open = posting::list(ctx, caller, project, filter, page).await?.rows;
    let alike = |view: &PostingView<T>| view.posted.id != entered && plain(view.text()) == plain(words);
    Ok(open.into_iter().find(alike).map(|view| view.posted.id))
}

fn plain(text: &str) -> String {
    fold(&one_spaced(text))
}

fn one_spaced(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}
