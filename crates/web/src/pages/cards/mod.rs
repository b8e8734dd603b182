//! Fast entry of cards: type, Enter, next. The kind of card and the institution stay as they were.

use crate::error::{PageError, render};
use crate::extract::{Form, Query};
use crate::forms::Wrong;
use crate::layout::Chrome;
use crate::pages::postings::Paged;
use crate::request::Member;
use crate::state::WebState;
use askama::Template;
use axum::extract::State;
use axum::http::StatusCode;
use axum::response::{IntoResponse, Redirect, Response};
use kiez_app::actor::ActorName;
use kiez_app::card::{self, CardEntry, CardKind};
use kiez_app::error::AppError;
use kiez_app::page::{Filter, Page};
use kiez_app::posting::{self, PostingView};
use kiez_domain::hint;
use kiez_domain::id::{NeedId, OfferId};
use kiez_domain::need::NewNeed;
use kiez_domain::offer::NewOffer;
use kiez_words::{Args, Words};

/// How many cards entered last stand below the form.
const WALL: u32 = 12;

#[derive(serde::Deserialize, Default)]
#[serde(default)]
pub(crate) struct Kept {
    what: String,
    actor: String,
    said_by: String,
    entered: String,
    /// Id of another open card with the same words.
    same: String,
}

/// A card on the wall.
struct WallCard {
    what: &'static str,
    href: String,
    text: String,
    actor: Option<String>,
    kinds: Vec<String>,
    /// What is asked about the text, because it seems to tell about one person.
    asks: Vec<&'static str>,
}

#[derive(Template)]
#[template(path = "pages/cards/page.html")]
struct CardsPage {
    c: Chrome,
    action: String,
    v: CardEntry,
    f: Wrong,
    /// What was entered just now, said once.
    entered: Option<String>,
    /// Address of another card with the same words.
    same: Option<String>,
    actors: Vec<ActorName>,
    wall: Vec<WallCard>,
}

/// `GET /w/{project}/cards`
pub(crate) async fn page(
    State(state): State<WebState>,
    member: Member,
    Query(kept): Query<Kept>,
) -> Result<Response, PageError> {
    let v = CardEntry { what: kept.what, actor: kept.actor, said_by: kept.said_by, ..CardEntry::default() };
    let mut page = fill(&state, &member, v, Wrong::nothing()).await?;
    let entered = kept.entered.parse::<CardKind>().ok();
    page.same = entered.and_then(|kind| address_of(&member, kind, &kept.same));
    page.entered = entered.map(|_| {
        let words = Words::of(member.visit.locale);
        let what = words.text(&format!("what-{}", kept.entered));
        words.with("card-entered", &Args::new().with("what", what))
    });
    Ok(render(&page))
}

/// `POST /w/{project}/cards`
pub(crate) async fn enter(
    State(state): State<WebState>,
    member: Member,
    Form(form): Form<CardEntry>,
) -> Result<Response, PageError> {
    match card::enter(&state.ctx, &member.visit.caller, member.project.id, form.clone()).await {
        Ok(entered) => {
            let what = entered.kind.name();
            let [actor, said_by] =
                [&form.actor, &form.said_by].map(|text| crate::forms::percent_encoded(text));
            let same = entered.same.map(|id| format!("&same={id}")).unwrap_or_default();
            let kept = format!("what={what}&actor={actor}&said_by={said_by}");
            let next = member.path(&format!("/cards?{kept}&entered={what}{same}"));
            Ok(Redirect::to(&next).into_response())
        }
        Err(AppError::Invalid(issues)) => {
            let wrong = Wrong::of(member.visit.locale, &issues);
            let page = fill(&state, &member, form, wrong).await?;
            Ok((StatusCode::UNPROCESSABLE_ENTITY, render(&page)).into_response())
        }
        Err(error) => Err(member.fail(error)),
    }
}

/// Where the card with an id is shown; nothing for a text that is no id.
fn address_of(member: &Member, kind: CardKind, id: &str) -> Option<String> {
    match kind {
        CardKind::Need => id.parse::<NeedId>().ok().map(|id| member.path(&format!("/needs/{id}"))),
        CardKind::Offer => id.parse::<OfferId>().ok().map(|id| member.path(&format!("/offers/{id}"))),
        CardKind::Idea => None,
    }
}

async fn fill(state: &WebState, member: &Member, mut v: CardEntry, f: Wrong) -> Result<CardsPage, PageError> {
    if v.what.parse::<CardKind>().is_err() {
        CardKind::Need.name().clone_into(&mut v.what);
    }
    v.key = state.ctx.random.token().map_err(|error| member.fail(error))?;
    let actors = kiez_app::actor::choices(&state.ctx, &member.visit.caller, member.project.id).await;
    Ok(CardsPage {
        c: Chrome::workspace(member),
        action: member.path("/cards"),
        v,
        f,
        entered: None,
        same: None,
        actors: actors.map_err(|error| member.fail(error))?,
        wall: wall(state, member).await.map_err(|error| member.fail(error))?,
    })
}

/// The cards entered last: ids sort by the time they were made.
async fn wall(state: &WebState, member: &Member) -> Result<Vec<WallCard>, AppError> {
    let mut cards = newest::<NewNeed>(state, member).await?;
    cards.extend(newest::<NewOffer>(state, member).await?);
    cards.sort_by(|(a, _), (b, _)| b.cmp(a));
    Ok(cards.into_iter().take(WALL as usize).map(|(_, card)| card).collect())
}

/// The newest needs or offers with their ids.
async fn newest<T: Paged>(state: &WebState, member: &Member) -> Result<Vec<(String, WallCard)>, AppError> {
    let (caller, project) = (&member.visit.caller, member.project.id);
    let (language, now) = (member.visit.locale.label_language(), state.ctx.now());
    let page = Page { size: WALL, offset: 0 };
    let found = posting::list::<T>(&state.ctx, caller, project, Filter::default(), page).await?;
    let card = |view: &PostingView<T>| WallCard {
        what: T::NOUN,
        href: member.path(&format!("/{}/{}", T::PLURAL, view.posted.id)),
        text: view.text().to_owned(),
        actor: view.who().map(str::to_owned),
        kinds: view.kinds.iter().map(|found| kiez_app::kind::label(&found.kind, language)).collect(),
        asks: hint::hints(view.text(), now).into_iter().map(hint::Hint::name).collect(),
    };
    Ok(found.rows.iter().map(|view| (view.posted.id.to_string(), card(view))).collect())
}
