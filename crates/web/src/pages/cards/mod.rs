//! Fast entry of cards: type, Enter, next. The kind of card and the institution stay as they were.

use crate::error::{PageError, render};
use crate::extract::{Form, Query};
use crate::forms::Wrong;
use crate::layout::Chrome;
use crate::request::Member;
use crate::state::WebState;
use askama::Template;
use axum::extract::State;
use axum::http::StatusCode;
use axum::response::{IntoResponse, Redirect, Response};
use kiez_app::actor::ActorName;
use kiez_app::card::{self, CardForm, CardKind};
use kiez_app::error::AppError;
use kiez_app::page::{NeedFilter, OfferFilter, Page};
use kiez_domain::hint;
use kiez_domain::id::{NeedId, OfferId};
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
    v: CardForm,
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
    let v = CardForm { what: kept.what, actor: kept.actor, said_by: kept.said_by, ..CardForm::default() };
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
    Form(form): Form<CardForm>,
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

async fn fill(state: &WebState, member: &Member, mut v: CardForm, f: Wrong) -> Result<CardsPage, PageError> {
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
    let (caller, project) = (&member.visit.caller, member.project.id);
    let language = member.visit.locale.label_language();
    let page = || Page { size: WALL, offset: 0 };
    let needs = kiez_app::need::list(&state.ctx, caller, project, NeedFilter::default(), page()).await?;
    let offers = kiez_app::offer::list(&state.ctx, caller, project, OfferFilter::default(), page()).await?;
    let now = state.ctx.now();
    let asks = |text: &str| hint::hints(text, now).into_iter().map(hint::Hint::name).collect::<Vec<_>>();
    let label = |found: &[kiez_app::kind_finding::FoundKind]| {
        found.iter().map(|found| kiez_app::kind::label(&found.kind, language)).collect::<Vec<_>>()
    };
    let needs = needs.rows.into_iter().map(|view| {
        let (id, kinds) = (view.need.id.to_string(), label(&view.kinds));
        let href = member.path(&format!("/needs/{id}"));
        let actor = view.who().map(str::to_owned);
        let asks = asks(view.need.data.text.as_str());
        (id, WallCard { what: "need", href, text: view.need.data.text.into(), actor, kinds, asks })
    });
    let offers = offers.rows.into_iter().map(|view| {
        let (id, kinds) = (view.offer.id.to_string(), label(&view.kinds));
        let href = member.path(&format!("/offers/{id}"));
        let actor = view.who().map(str::to_owned);
        let asks = asks(view.offer.data.text.as_str());
        (id, WallCard { what: "offer", href, text: view.offer.data.text.into(), actor, kinds, asks })
    });
    let mut cards: Vec<_> = needs.chain(offers).collect();
    cards.sort_by(|(a, _), (b, _)| b.cmp(a));
    Ok(cards.into_iter().take(WALL as usize).map(|(_, card)| card).collect())
}
