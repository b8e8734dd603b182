//! Needs: the list, one need with its suggestions, entering and changing.

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
use kiez_app::need::{self, NeedView};
use kiez_app::page::{NeedFilter, Page};
use kiez_domain::id::NeedId;
use kiez_domain::lifecycle::Step;
use kiez_domain::need::{NeedEvent, NeedState};
use kiez_domain::policy::Role;
use kiez_words::{Words, language, times};

/// How many suggestions a need shows.
const SHOWN: usize = 10;
/// How many needs stand on one page of the list.
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
#[template(path = "pages/needs/list.html")]
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
#[template(path = "pages/needs/show.html")]
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

/// `GET /w/{project}/needs`
pub(crate) async fn list(
    State(state): State<WebState>,
    member: Member,
    Query(query): Query<ListQuery>,
) -> Result<Response, PageError> {
    let filter = NeedFilter {
        text: Some(query.q.clone()).filter(|text| !text.trim().is_empty()),
        state: query.state.parse::<NeedState>().ok(),
        ..NeedFilter::default()
    };
    let page = Page { size: PAGE, offset: query.offset };
    let found = need::list(&state.ctx, &member.visit.caller, member.project.id, filter, page).await;
    let found = found.map_err(|error| member.fail(error))?;
    Ok(render(&ListPage {
        base: member.path("/needs"),
        q: query.q,
        state: query.state,
        states: NeedState::all().map(NeedState::name).collect(),
        total: found.total,
        next: found.next,
        previous: (query.offset > 0).then(|| query.offset.saturating_sub(u64::from(PAGE))),
        rows: found.rows.into_iter().map(|view| row(&member, view)).collect(),
        c: Chrome::workspace(&member),
    }))
}

/// `GET /w/{project}/needs/{id}`
pub(crate) async fn show(
    State(state): State<WebState>,
    member: Member,
    Path((_, id)): Path<(String, String)>,
) -> Result<Response, PageError> {
    let id = parse(&member, &id)?;
    let (caller, project) = (&member.visit.caller, member.project.id);
    let view = need::get(&state.ctx, caller, project, id).await.map_err(|error| member.fail(error))?;
    let found = kiez_app::suggestion::for_need(&state.ctx, caller, project, id, SHOWN).await;
    let found = found.map_err(|error| member.fail(error))?;
    let c = Chrome::workspace(&member);
    let language = member.visit.locale.label_language();
    let kinds =
        view.kinds.iter().map(|found| (kiez_app::kind::label(&found.kind, language), found.words.join(", ")));
    let kinds = kinds.collect();
    let need = view.need;
    Ok(render(&ShowPage {
        base: member.path("/needs"),
        href: member.path(&format!("/needs/{id}")),
        facts: facts(&c, &need.data),
        c,
        text: need.data.text.into(),
        said_by: need.data.said_by.map(Into::into),
        actor: view.actor.map(|actor| (actor.name, member.path(&format!("/actors/{}", actor.id)))),
        state: need.state.name(),
        version: need.version,
        steps: offered_steps(need.state),
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

/// `POST /w/{project}/needs/{id}/step`
pub(crate) async fn step(
    State(state): State<WebState>,
    member: Member,
    Path((_, id)): Path<(String, String)>,
    Form(form): Form<StepForm>,
) -> Result<Response, PageError> {
    let id = parse(&member, &id)?;
    let event: NeedEvent =
        form.event.parse().map_err(|problem| member.fail(AppError::field("event", problem)))?;
    need::transition(&state.ctx, &member.visit.caller, member.project.id, id, (form.version, event))
        .await
        .map_err(|error| member.fail(error))?;
    Ok(Redirect::to(&member.path(&format!("/needs/{id}"))).into_response())
}

fn parse(member: &Member, id: &str) -> Result<NeedId, PageError> {
    id.parse().map_err(|_| member.fail(AppError::NotFound))
}

/// Steps a person takes by hand on this page; asking and agreeing belong to the proposal.
fn offered_steps(state: NeedState) -> Vec<&'static str> {
    let by_hand = ["post", "meet", "reopen", "withdraw"];
    let steps =
        NeedState::steps().filter(|step: &Step| step.from == state.name() && by_hand.contains(&step.event));
    steps.map(|step| step.event).collect()
}

fn row(member: &Member, view: NeedView) -> Row {
    let language = member.visit.locale.label_language();
    Row {
        href: member.path(&format!("/needs/{}", view.need.id)),
        actor: view.who().map(str::to_owned),
        text: view.need.data.text.into(),
        kinds: view.kinds.iter().map(|found| kiez_app::kind::label(&found.kind, language)).collect(),
        state: view.need.state.name(),
    }
}

fn facts(c: &Chrome, data: &kiez_domain::need::NewNeed) -> Vec<(String, String)> {
    let words = Words::of(c.locale);
    let mut facts = vec![(words.text("field-units"), c.n(&u64::from(data.units)))];
    if let Some(radius) = data.radius_m {
        facts.push((words.text("field-radius_m"), format!("{} m", c.n(&u64::from(radius)))));
    }
    if let Some(times) = data.times {
        facts.push((words.text("field-times"), times::week_hours(c.locale, times)));
    }
    if !data.languages.is_empty() {
        facts.push((words.text("field-languages"), language::names(c.locale, &data.languages)));
    }
    facts
}
