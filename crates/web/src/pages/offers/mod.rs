//! Offers: the list, one offer with its suggestions, entering and changing.

mod form;

pub(crate) use form::{blank, create, edit, save};

use crate::error::{PageError, render};
use crate::extract::{Form, Path, Query};
use crate::layout::Chrome;
use crate::pages::suggestions::{self, SuggestionCard};
use crate::request::Member;
use crate::state::WebState;
use askama::Template;
use axum::extract::State;
use axum::response::{IntoResponse, Redirect, Response};
use kiez_app::error::AppError;
use kiez_app::offer::{self, OfferView};
use kiez_app::page::{OfferFilter, Page};
use kiez_domain::id::OfferId;
use kiez_domain::lifecycle::Step;
use kiez_domain::offer::{OfferEvent, OfferState};
use kiez_domain::policy::Role;
use kiez_words::{Words, language, times};

/// How many suggestions an offer shows.
const SHOWN: usize = 10;
/// How many offers stand on one page of the list.
const PAGE: u32 = 50;

#[derive(serde::Deserialize, Default)]
#[serde(default)]
pub(crate) struct ListQuery {
    q: String,
    state: String,
    #[serde(deserialize_with = "crate::forms::offset")]
    offset: u64,
}

/// One line of the list.
pub(crate) struct Row {
    pub(crate) href: String,
    pub(crate) text: String,
    pub(crate) actor: Option<String>,
    pub(crate) kinds: Vec<String>,
    pub(crate) state: &'static str,
}

#[derive(Template)]
#[template(path = "pages/offers/list.html")]
struct ListPage {
    c: Chrome,
    base: String,
    q: String,
    state: String,
    states: Vec<&'static str>,
    rows: Vec<Row>,
    total: u64,
    next: Option<u64>,
    previous: Option<u64>,
}

#[derive(Template)]
#[template(path = "pages/offers/show.html")]
struct ShowPage {
    c: Chrome,
    base: String,
    href: String,
    text: String,
    actor: Option<(String, String)>,
    /// The name on the card, of somebody who is not in the directory.
    said_by: Option<String>,
    state: &'static str,
    version: i64,
    steps: Vec<&'static str>,
    kinds: Vec<(String, String)>,
    facts: Vec<(String, String)>,
    suggestions: Vec<SuggestionCard>,
    /// How many of them stand open; the others are folded.
    shown: usize,
    coordinator: bool,
}

/// `GET /w/{project}/offers`
pub(crate) async fn list(
    State(state): State<WebState>,
    member: Member,
    Query(query): Query<ListQuery>,
) -> Result<Response, PageError> {
    let filter = OfferFilter {
        text: Some(query.q.clone()).filter(|text| !text.trim().is_empty()),
        state: query.state.parse::<OfferState>().ok(),
        ..OfferFilter::default()
    };
    let page = Page { size: PAGE, offset: query.offset };
    let found = offer::list(&state.ctx, &member.visit.caller, member.project.id, filter, page).await;
    let found = found.map_err(|error| member.fail(error))?;
    Ok(render(&ListPage {
        base: member.path("/offers"),
        q: query.q,
        state: query.state,
        states: OfferState::all().map(OfferState::name).collect(),
        total: found.total,
        next: found.next,
        previous: (query.offset > 0).then(|| query.offset.saturating_sub(u64::from(PAGE))),
        rows: found.rows.into_iter().map(|view| row(&member, view)).collect(),
        c: Chrome::workspace(&member),
    }))
}

/// `GET /w/{project}/offers/{id}`
pub(crate) async fn show(
    State(state): State<WebState>,
    member: Member,
    Path((_, id)): Path<(String, String)>,
) -> Result<Response, PageError> {
    let id = parse(&member, &id)?;
    let (caller, project) = (&member.visit.caller, member.project.id);
    let view = offer::get(&state.ctx, caller, project, id).await.map_err(|error| member.fail(error))?;
    let found = kiez_app::suggestion::for_offer(&state.ctx, caller, project, id, SHOWN).await;
    let found = found.map_err(|error| member.fail(error))?;
    let c = Chrome::workspace(&member);
    let language = member.visit.locale.label_language();
    let kinds =
        view.kinds.iter().map(|found| (kiez_app::kind::label(&found.kind, language), found.words.join(", ")));
    let kinds = kinds.collect();
    let offer = view.offer;
    Ok(render(&ShowPage {
        base: member.path("/offers"),
        href: member.path(&format!("/offers/{id}")),
        facts: facts(&c, &offer.data),
        c,
        text: offer.data.text.into(),
        said_by: offer.data.said_by.map(Into::into),
        actor: view.actor.map(|actor| (actor.name, member.path(&format!("/actors/{}", actor.id)))),
        state: offer.state.name(),
        version: offer.version,
        steps: offered_steps(offer.state),
        kinds,
        suggestions: suggestions::cards(&member, found),
        shown: suggestions::OPEN,
        coordinator: member.role == Role::Coordinator,
    }))
}

#[derive(serde::Deserialize)]
pub(crate) struct StepForm {
    event: String,
    version: i64,
}

/// `POST /w/{project}/offers/{id}/step`
pub(crate) async fn step(
    State(state): State<WebState>,
    member: Member,
    Path((_, id)): Path<(String, String)>,
    Form(form): Form<StepForm>,
) -> Result<Response, PageError> {
    let id = parse(&member, &id)?;
    let event: OfferEvent =
        form.event.parse().map_err(|problem| member.fail(AppError::field("event", problem)))?;
    offer::transition(&state.ctx, &member.visit.caller, member.project.id, id, (form.version, event))
        .await
        .map_err(|error| member.fail(error))?;
    Ok(Redirect::to(&member.path(&format!("/offers/{id}"))).into_response())
}

fn parse(member: &Member, id: &str) -> Result<OfferId, PageError> {
    id.parse().map_err(|_| member.fail(AppError::NotFound))
}

/// Steps a person takes by hand on this page; asking and agreeing belong to the proposal.
fn offered_steps(state: OfferState) -> Vec<&'static str> {
    let by_hand = ["post", "pause", "resume", "withdraw"];
    let steps =
        OfferState::steps().filter(|step: &Step| step.from == state.name() && by_hand.contains(&step.event));
    steps.map(|step| step.event).collect()
}

fn row(member: &Member, view: OfferView) -> Row {
    let language = member.visit.locale.label_language();
    Row {
        href: member.path(&format!("/offers/{}", view.offer.id)),
        actor: view.who().map(str::to_owned),
        text: view.offer.data.text.into(),
        kinds: view.kinds.iter().map(|found| kiez_app::kind::label(&found.kind, language)).collect(),
        state: view.offer.state.name(),
    }
}

fn facts(c: &Chrome, data: &kiez_domain::offer::NewOffer) -> Vec<(String, String)> {
    let words = Words::of(c.locale);
    let per = words.text(&format!("per-{}", data.limits.per()));
    let mut facts =
        vec![(words.text("field-capacity"), format!("{} {per}", c.n(&u64::from(data.limits.capacity()))))];
    if let Some(minutes) = data.effort_min {
        facts.push((words.text("field-effort_min"), format!("{} min", c.n(&u64::from(minutes)))));
    }
    if let Some(times) = data.times {
        facts.push((words.text("field-times"), times::week_hours(c.locale, times)));
    }
    if !data.languages.is_empty() {
        facts.push((words.text("field-languages"), language::names(c.locale, &data.languages)));
    }
    facts
}
