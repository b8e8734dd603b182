//! Needs and offers: the list, one with its suggestions, entering and changing.
//!
//! Both have the same pages; what a page says of a need or an offer alone stands in `pages::needs` and `pages::offers`.

mod form;

pub(crate) use form::{OwnFields, blank, create, edit, save};

use crate::error::{PageError, render};
use crate::extract::{Form, Path, Query};
use crate::layout::Chrome;
use crate::pages::publish::Publication;
use crate::pages::suggestions::{self, SuggestionCard};
use crate::pages::verdicts::Verdicts;
use crate::request::Member;
use crate::state::WebState;
use askama::Template;
use axum::extract::State;
use axum::response::{IntoResponse, Redirect, Response};
use kiez_app::error::AppError;
use kiez_app::market::OnMarket;
use kiez_app::page::{Filter, Page};
use kiez_app::posting::{self, PostingView};
use kiez_app::suggestion::SuggestionView;
use kiez_domain::lifecycle::{Lifecycle, Step};
use kiez_domain::need::NewNeed;
use kiez_domain::policy::Role;
use kiez_words::{Words, language, times};

/// How many suggestions one shows.
const SHOWN: usize = 10;
/// How many stand on one page of the list.
const PAGE: u32 = 50;

/// A noun with these pages: what they say of it alone.
pub(crate) trait Paged: OnMarket {
    /// Its name in addresses and in the keys of sentences about many.
    const PLURAL: &'static str;
    /// The key of the heading over whose it is.
    const WHO: &'static str;
    /// Steps a person takes by hand on its page; asking and agreeing belong to the proposal.
    const BY_HAND: &'static [&'static str];

    /// What it asks beyond its card.
    fn own_fields(form: Self::Form) -> OwnFields;

    /// What it says beyond its card: name and value.
    fn own_facts(&self, c: &Chrome) -> Vec<(String, String)>;

    /// What meets it, best first.
    async fn suggestions(
        state: &WebState,
        member: &Member,
        id: Self::Id,
        top: usize,
    ) -> Result<Vec<SuggestionView>, AppError>;

    /// What was decided about what meets it.
    async fn verdicts(state: &WebState, member: &Member, id: Self::Id) -> Result<Option<Verdicts>, AppError>;
}

#[derive(serde::Deserialize, Default)]
#[serde(default)]
pub(crate) struct ListQuery {
    q: String,
    state: String,
    #[serde(deserialize_with = "crate::forms::offset")]
    offset: u64,
}

/// One line of the list.
struct Row {
    href: String,
    text: String,
    actor: Option<String>,
    kinds: Vec<String>,
    state: &'static str,
}

#[derive(Template)]
#[template(path = "pages/postings/list.html")]
struct ListPage {
    c: Chrome,
    noun: &'static str,
    plural: &'static str,
    who_key: &'static str,
    total_key: String,
    base: String,
    /// Where the first ones are entered.
    cards: String,
    q: String,
    state: String,
    states: Vec<&'static str>,
    rows: Vec<Row>,
    /// Where the best for all needs together stands.
    moves: Option<String>,
    total: u64,
    next: Option<u64>,
    previous: Option<u64>,
}

#[derive(Template)]
#[template(path = "pages/postings/show.html")]
pub(crate) struct ShowPage {
    c: Chrome,
    noun: &'static str,
    plural: &'static str,
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
    /// What was decided about them, for somebody who may decide.
    verdicts: Option<Verdicts>,
    /// How many of them stand open; the others are folded.
    shown: usize,
    coordinator: bool,
    publish: Publication,
}

/// `GET /w/{project}/needs`, `…/offers`
pub(crate) async fn list<T: Paged>(
    State(state): State<WebState>,
    member: Member,
    Query(query): Query<ListQuery>,
) -> Result<Response, PageError> {
    let filter = Filter::<T> {
        text: Some(query.q.clone()).filter(|text| !text.trim().is_empty()),
        state: query.state.parse().ok(),
        ..Filter::default()
    };
    let page = Page { size: PAGE, offset: query.offset };
    let found = posting::list(&state.ctx, &member.visit.caller, member.project.id, filter, page).await;
    let found = found.map_err(|error| member.fail(error))?;
    Ok(render(&ListPage {
        noun: T::NOUN,
        plural: T::PLURAL,
        moves: (T::PLURAL == NewNeed::PLURAL && member.role == Role::Coordinator)
            .then(|| member.path("/moves")),
        who_key: T::WHO,
        total_key: format!("{}-total", T::PLURAL),
        base: member.path(&format!("/{}", T::PLURAL)),
        cards: member.path("/cards"),
        q: query.q,
        state: query.state,
        states: T::State::all().map(T::State::name).collect(),
        total: found.total,
        next: found.next,
        previous: page.previous(),
        rows: found.rows.iter().map(|view| row(&member, view)).collect(),
        c: Chrome::workspace(&member),
    }))
}

/// `GET /w/{project}/needs/{id}`, `…/offers/{id}`
pub(crate) async fn show<T: Paged>(
    State(state): State<WebState>,
    member: Member,
    Path((_, id)): Path<(String, String)>,
) -> Result<Response, PageError> {
    let id = parse::<T>(&member, &id)?;
    Ok(render(&page::<T>(&state, &member, id).await?))
}

/// The page of one, with its suggestions and what was decided about them.
pub(crate) async fn page<T: Paged>(
    state: &WebState,
    member: &Member,
    id: T::Id,
) -> Result<ShowPage, PageError> {
    let view = posting::get::<T>(&state.ctx, &member.visit.caller, member.project.id, id).await;
    let view = view.map_err(|error| member.fail(error))?;
    let found = T::suggestions(state, member, id, SHOWN).await.map_err(|error| member.fail(error))?;
    let verdicts = T::verdicts(state, member, id).await.map_err(|error| member.fail(error))?;
    Ok(ShowPage { verdicts, ..show_page(member, view, suggestions::cards(member, found)) })
}

impl ShowPage {
    /// The page with something else said of verdicts.
    pub(crate) fn with_verdicts(self, change: impl FnOnce(Verdicts) -> Verdicts) -> Self {
        Self { verdicts: self.verdicts.map(change), ..self }
    }
}

#[derive(serde::Deserialize)]
pub(crate) struct StepForm {
    event: String,
    version: i64,
}

/// `POST /w/{project}/needs/{id}/step`, `…/offers/{id}/step`
pub(crate) async fn step<T: Paged>(
    State(state): State<WebState>,
    member: Member,
    Path((_, id)): Path<(String, String)>,
    Form(form): Form<StepForm>,
) -> Result<Response, PageError> {
    let id = parse::<T>(&member, &id)?;
    let event = form.event.parse().map_err(|problem| member.fail(AppError::field("event", problem)))?;
    let (caller, project) = (&member.visit.caller, member.project.id);
    let done = posting::transition::<T>(&state.ctx, caller, project, id, (form.version, event)).await;
    done.map_err(|error| member.fail(error))?;
    Ok(Redirect::to(&member.path(&format!("/{}/{id}", T::PLURAL))).into_response())
}

fn parse<T: Paged>(member: &Member, id: &str) -> Result<T::Id, PageError> {
    id.parse().map_err(|_| member.fail(AppError::NotFound))
}

fn row<T: Paged>(member: &Member, view: &PostingView<T>) -> Row {
    let language = member.visit.locale.label_language();
    Row {
        href: member.path(&format!("/{}/{}", T::PLURAL, view.posted.id)),
        text: view.text().to_owned(),
        actor: view.who().map(str::to_owned),
        kinds: view.kinds.iter().map(|found| kiez_app::kind::label(&found.kind, language)).collect(),
        state: view.posted.state.name(),
    }
}

fn show_page<T: Paged>(member: &Member, view: PostingView<T>, suggestions: Vec<SuggestionCard>) -> ShowPage {
    let c = Chrome::workspace(member);
    let language = member.visit.locale.label_language();
    let kind = |found: &kiez_app::kind_finding::FoundKind| {
        (kiez_app::kind::label(&found.kind, language), found.words.join(", "))
    };
    let (posted, base) = (view.posted, member.path(&format!("/{}", T::PLURAL)));
    let card = posted.data.card();
    let publish = Publication {
        published: posted.published,
        noun: T::NOUN,
        action: format!("{base}/{}/publish", posted.id),
        version: posted.version,
        public: format!("/p/{}/{}", member.project.data.slug, T::PLURAL),
    };
    ShowPage {
        noun: T::NOUN,
        plural: T::PLURAL,
        href: format!("{base}/{}", posted.id),
        base,
        facts: facts(&c, &posted.data),
        c,
        text: card.text.to_string(),
        said_by: card.said_by.as_ref().map(ToString::to_string),
        actor: view.actor.map(|actor| (actor.name, member.path(&format!("/actors/{}", actor.id)))),
        state: posted.state.name(),
        version: posted.version,
        steps: offered_steps::<T>(posted.state),
        kinds: view.kinds.iter().map(kind).collect(),
        suggestions,
        verdicts: None,
        shown: suggestions::OPEN,
        coordinator: member.role == Role::Coordinator,
        publish,
    }
}

fn offered_steps<T: Paged>(state: T::State) -> Vec<&'static str> {
    let offered = |step: &Step| step.from == state.name() && T::BY_HAND.contains(&step.event);
    T::State::steps().filter(offered).map(|step| step.event).collect()
}

/// What it says beyond its words: its own first, then what stands on every card.
fn facts<T: Paged>(c: &Chrome, data: &T) -> Vec<(String, String)> {
    let (words, card) = (Words::of(c.locale), data.card());
    let mut facts = data.own_facts(c);
    if let Some(times) = card.times {
        facts.push((words.text("field-times"), times::week_hours(c.locale, times)));
    }
    if !card.languages.is_empty() {
        facts.push((words.text("field-languages"), language::names(c.locale, &card.languages)));
    }
    facts
}
