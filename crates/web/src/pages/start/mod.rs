//! The public start pages: of the installation, of a project with its published actors.

use crate::error::{PageError, render};
use crate::extract::Path;
use crate::icons;
use crate::layout::Chrome;
use crate::pages::ground::{Drawing, Drawn, drawing};
use crate::pages::project::colour::Shades;
use crate::request::Visit;
use crate::state::WebState;
use askama::Template;
use axum::extract::State;
use axum::http::header;
use axum::response::{IntoResponse, Response};
use kiez_app::error::AppError;
use kiez_app::published::{OpenDataFormat, PublicActor, PublicNeed, PublicOffer, Published};
use kiez_domain::branch::Side;
use kiez_domain::id::ActorId;
use kiez_domain::period::Period;
use kiez_domain::project::Project;
use kiez_domain::text::{Body, Line};
use kiez_words::{Locale, number};
use std::collections::HashSet;

#[derive(Template)]
#[template(path = "pages/start/installation.html")]
struct InstallationPage {
    c: Chrome,
    projects: Vec<ProjectCard>,
}

/// A project as it is listed.
struct ProjectCard {
    slug: String,
    name: String,
    area: Option<String>,
    term: Option<String>,
    /// Its colour by day.
    colour: String,
}

#[derive(Template)]
#[template(path = "pages/start/project.html")]
struct ProjectPage {
    c: Chrome,
    slug: String,
    name: String,
    label: Option<String>,
    /// Where and when, in one line.
    lead: String,
    facts: Vec<(String, String)>,
    /// What it wants to reach, aim by aim.
    aims: Vec<String>,
    /// Who stands behind it: icon, heading, text.
    people: Vec<(&'static str, String, String)>,
    /// Key of what is counted, and how many.
    figures: Vec<(&'static str, u64)>,
    /// Address of the map.
    map: String,
    /// The ground drawn for everybody, where one was imported.
    ground: Option<Drawing>,
    /// The newest needs of different people, and how many there are.
    needs: Vec<PublishedCard>,
    needs_total: u64,
    /// The newest offers of different people, and how many there are.
    offers: Vec<PublishedCard>,
    offers_total: u64,
    /// Who takes part, by name, and how many there are.
    actors: Vec<ActorName>,
    actors_total: u64,
    /// The other projects of the installation.
    projects: Vec<ProjectCard>,
}

/// How many cards of each kind stand here; the rest is one press away.
const CARDS: usize = 8;

/// How many names stand here; the rest is in the directory.
const NAMES: usize = 60;

struct PublishedCard {
    text: String,
    language: String,
    actor: String,
    /// The page of whose it is.
    href: String,
}

struct ActorName {
    name: String,
    icon: &'static str,
    href: String,
}

/// `GET /`
pub(crate) async fn installation(State(state): State<WebState>, visit: Visit) -> Result<Response, PageError> {
    let projects = kiez_app::project::list(&state.ctx, &visit.caller).await;
    let projects = projects.map_err(|error| visit.fail(error))?;
    Ok(render(&InstallationPage {
        c: Chrome::public(&visit),
        projects: projects.iter().map(|project| card(&visit, project)).collect(),
    }))
}

fn card(visit: &Visit, project: &Project) -> ProjectCard {
    let data = &project.data;
    ProjectCard {
        colour: Shades::of_project(project).by_day.to_string(),
        slug: data.slug.to_string(),
        name: data.name.to_string(),
        area: data.area.as_ref().map(ToString::to_string),
        term: data.term.map(|term| shown_term(visit.locale, term)),
    }
}

/// `GET /p/{project}`
pub(crate) async fn project(
    State(state): State<WebState>,
    visit: Visit,
    Path(slug): Path<String>,
) -> Result<Response, PageError> {
    let fail = |error: AppError| visit.fail(error);
    let (ctx, caller) = (&state.ctx, &visit.caller);
    let project = kiez_app::project::get(ctx, caller, &slug).await.map_err(fail)?;
    let published = kiez_app::published::all(ctx, caller, project.id).await.map_err(fail)?;
    let others = kiez_app::project::list(ctx, caller).await.map_err(fail)?;
    let ground = drawing(&state, &visit, &project).await.map_err(fail)?;
    Ok(render(&ProjectPage { ground, ..project_page(&visit, &project, published, &others) }))
}

fn project_page(visit: &Visit, project: &Project, published: Published, all: &[Project]) -> ProjectPage {
    let c = Chrome::public_of(visit, project);
    let data = &project.data;
    let others = all.iter().filter(|other| other.id != project.id);
    let of = |actor: ActorId| format!("/p/{}/actors/{actor}", data.slug);
    let count = |rows: usize| rows as u64;
    ProjectPage {
        slug: data.slug.to_string(),
        name: data.name.to_string(),
        label: data.label.as_ref().map(ToString::to_string),
        lead: lead(&c, project),
        facts: facts(&c, project),
        aims: data.aims.as_ref().map(|aims| lines(aims.as_str())).unwrap_or_default(),
        people: people(&c, project),
        figures: figures(&published),
        map: format!("/p/{}/map", data.slug),
        ground: None,
        needs_total: count(published.needs.len()),
        offers_total: count(published.offers.len()),
        actors_total: count(published.actors.len()),
        needs: one_each(published.needs, |need| need.actor).map(|n| wanted(n, of)).collect(),
        offers: one_each(published.offers, |offer| offer.actor).map(|o| given(o, of)).collect(),
        actors: published.actors.into_iter().take(NAMES).map(|actor| named(actor, of)).collect(),
        projects: others.map(|other| card(visit, other)).collect(),
        c,
    }
}

/// What is counted stands on the public pages; nothing is counted that is not published.
fn figures(published: &Published) -> Vec<(&'static str, u64)> {
    let businesses = published.actors.iter().filter(|actor| actor.side == Side::Business).count() as u64;
    let all = [
        ("project-businesses", businesses),
        ("project-others-count", published.actors.len() as u64 - businesses),
        ("overview-needs", published.needs.len() as u64),
        ("overview-offers", published.offers.len() as u64),
    ];
    all.into_iter().filter(|(_, count)| *count > 0).collect()
}

/// The newest card of each who has any, as many as stand here: nobody fills the wall alone.
fn one_each<T>(cards: Vec<T>, whose: impl Fn(&T) -> ActorId) -> impl Iterator<Item = T> {
    let mut seen = HashSet::new();
    cards.into_iter().filter(move |card| seen.insert(whose(card))).take(CARDS)
}

fn wanted(need: PublicNeed, of: impl Fn(ActorId) -> String) -> PublishedCard {
    let href = of(need.actor);
    PublishedCard { text: need.text, language: need.language.to_string(), actor: need.actor_name, href }
}

fn given(offer: PublicOffer, of: impl Fn(ActorId) -> String) -> PublishedCard {
    let href = of(offer.actor);
    PublishedCard { text: offer.text, language: offer.language.to_string(), actor: offer.actor_name, href }
}

fn named(actor: PublicActor, of: impl Fn(ActorId) -> String) -> ActorName {
    ActorName { icon: icons::of_branch(actor.branch.as_ref()), href: of(actor.id), name: actor.name }
}

/// `GET /p/{project}/actors.csv`
pub(crate) async fn table(
    State(state): State<WebState>,
    visit: Visit,
    Path(slug): Path<String>,
) -> Result<Response, PageError> {
    open_data(&state, &visit, &slug, OpenDataFormat::Csv).await
}

/// `GET /p/{project}/actors.geojson`
pub(crate) async fn map(
    State(state): State<WebState>,
    visit: Visit,
    Path(slug): Path<String>,
) -> Result<Response, PageError> {
    open_data(&state, &visit, &slug, OpenDataFormat::GeoJson).await
}

async fn open_data(
    state: &WebState,
    visit: &Visit,
    slug: &str,
    format: OpenDataFormat,
) -> Result<Response, PageError> {
    let fail = |error| PageError::new(visit.locale, error);
    let project = kiez_app::project::get(&state.ctx, &visit.caller, slug).await.map_err(fail)?;
    let bytes =
        kiez_app::published::open_data(&state.ctx, &visit.caller, project.id, format).await.map_err(fail)?;
    let (kind, ending) = match format {
        OpenDataFormat::Csv => ("text/csv; charset=utf-8", "csv"),
        OpenDataFormat::GeoJson => ("application/geo+json", "geojson"),
    };
    let name = format!("attachment; filename=\"{}.{ending}\"", project.data.slug);
    let headers = [(header::CONTENT_TYPE, kind.to_owned()), (header::CONTENT_DISPOSITION, name)];
    Ok((headers, bytes).into_response())
}

fn facts(c: &Chrome, project: &Project) -> Vec<(String, String)> {
    let data = &project.data;
    let term = data.term.map(|term| shown_term(c.locale, term));
    let line = |key: &str, value: Option<String>| value.map(|value| (c.t(key), value));
    let shown = |value: &Option<Line>| value.as_ref().map(ToString::to_string);
    let all = [
        line("project-area", shown(&data.area)),
        line("project-term", term),
        line("project-carrier", shown(&data.carrier)),
        line("project-client", shown(&data.client)),
        line("project-funding", shown(&data.funding)),
    ];
    all.into_iter().flatten().collect()
}

fn people(c: &Chrome, project: &Project) -> Vec<(&'static str, String, String)> {
    let data = &project.data;
    let all = [("person", "project-team", &data.team), ("cooperation", "project-partners", &data.partners)];
    let told =
        |(icon, key, text): (_, &str, &Option<Body>)| Some((icon, c.t(key), text.as_ref()?.to_string()));
    all.into_iter().filter_map(told).collect()
}

fn lead(c: &Chrome, project: &Project) -> String {
    let area = project.data.area.as_ref().map(ToString::to_string);
    let term = project.data.term.map(|term| shown_term(c.locale, term));
    [area, term].into_iter().flatten().collect::<Vec<_>>().join(" · ")
}

fn lines(text: &str) -> Vec<String> {
    text.lines().map(str::trim).filter(|line| !line.is_empty()).map(str::to_owned).collect()
}

fn shown_term(locale: Locale, term: Period) -> String {
    let from = number::day(locale, term.from());
    term.to().map_or_else(|| from.clone(), |to| format!("{from} – {}", number::day(locale, to)))
}
