//! The walls of open needs and offers that everybody sees, newest first.

use super::{PAGE, Tab, tabs};
use crate::error::{PageError, render};
use crate::extract::{Path, Query};
use crate::forms::percent_encoded;
use crate::layout::Chrome;
use crate::request::Visit;
use crate::state::WebState;
use askama::Template;
use axum::extract::State;
use axum::response::Response;
use kiez_app::error::AppError;
use kiez_app::page::{Listing, Page};
use kiez_app::public_directory;
use kiez_app::published::{PublicNeed, PublicOffer};
use kiez_domain::id::ActorId;
use kiez_domain::project::Project;

#[derive(serde::Deserialize, Default)]
#[serde(default)]
pub(crate) struct CardsQuery {
    q: String,
    #[serde(deserialize_with = "crate::forms::offset")]
    offset: u64,
}

impl CardsQuery {
    fn words(&self) -> Option<&str> {
        Some(self.q.as_str()).filter(|words| !words.trim().is_empty())
    }

    fn page(&self) -> Page {
        Page { size: PAGE, offset: self.offset }
    }
}

/// A card on the wall, with whose it is.
pub(super) struct Card {
    pub(super) text: String,
    /// The language of the text.
    pub(super) language: String,
    /// How many are wanted, when it is more than one.
    pub(super) units: Option<u64>,
    actor: String,
    actor_id: ActorId,
}

impl Card {
    pub(super) fn of_need(need: PublicNeed) -> Self {
        Self {
            text: need.text,
            language: need.language.to_string(),
            units: Some(u64::from(need.units)).filter(|units| *units > 1),
            actor: need.actor_name,
            actor_id: need.actor,
        }
    }

    pub(super) fn of_offer(offer: PublicOffer) -> Self {
        Self {
            text: offer.text,
            language: offer.language.to_string(),
            units: None,
            actor: offer.actor_name,
            actor_id: offer.actor,
        }
    }
}

#[derive(Template)]
#[template(path = "pages/published/cards.html")]
struct CardsPage {
    c: Chrome,
    tabs: Vec<Tab>,
    project: String,
    /// `need` or `offer`, as the wall shows it.
    noun: &'static str,
    total_key: &'static str,
    /// Where the actors of the cards are told of.
    actors: String,
    base: String,
    q: String,
    cards: Vec<Card>,
    total: u64,
    next: Option<String>,
    previous: Option<String>,
}

/// `GET /p/{project}/needs`
pub(crate) async fn needs(
    State(state): State<WebState>,
    visit: Visit,
    Path(slug): Path<String>,
    Query(query): Query<CardsQuery>,
) -> Result<Response, PageError> {
    let fail = |error: AppError| visit.fail(error);
    let project = kiez_app::project::get(&state.ctx, &visit.caller, &slug).await.map_err(fail)?;
    let asked = (query.words(), query.page());
    let found = public_directory::needs(&state.ctx, &visit.caller, project.id, asked).await.map_err(fail)?;
    Ok(render(&page(&visit, &project, ("need", query), found.map(Card::of_need))))
}

/// `GET /p/{project}/offers`
pub(crate) async fn offers(
    State(state): State<WebState>,
    visit: Visit,
    Path(slug): Path<String>,
    Query(query): Query<CardsQuery>,
) -> Result<Response, PageError> {
    let fail = |error: AppError| visit.fail(error);
    let project = kiez_app::project::get(&state.ctx, &visit.caller, &slug).await.map_err(fail)?;
    let asked = (query.words(), query.page());
    let found = public_directory::offers(&state.ctx, &visit.caller, project.id, asked).await.map_err(fail)?;
    Ok(render(&page(&visit, &project, ("offer", query), found.map(Card::of_offer))))
}

fn page(
    visit: &Visit,
    project: &Project,
    (noun, query): (&'static str, CardsQuery),
    found: Listing<Card>,
) -> CardsPage {
    let c = Chrome::public_of(visit, project);
    let base = format!("/p/{}/{noun}s", project.data.slug);
    let turn = |offset: u64| format!("{base}?q={}&offset={offset}", percent_encoded(&query.q));
    CardsPage {
        tabs: tabs(&c, project, &format!("/{noun}s")),
        project: project.data.name.to_string(),
        noun,
        total_key: if noun == "need" { "needs-total" } else { "offers-total" },
        actors: format!("/p/{}/actors", project.data.slug),
        total: found.total,
        next: found.next.map(turn),
        previous: query.page().previous().map(turn),
        cards: found.rows,
        c,
        base,
        q: query.q,
    }
}
