//! The public start pages: of the installation, of a project with its published actors.

use crate::error::{PageError, render};
use crate::extract::Path;
use crate::layout::Chrome;
use crate::request::Visit;
use crate::state::WebState;
use askama::Template;
use axum::extract::State;
use axum::http::header;
use axum::response::{IntoResponse, Response};
use kiez_app::published::OpenDataFormat;
use kiez_domain::project::Project;
use kiez_words::number;

#[derive(Template)]
#[template(path = "pages/start/installation.html")]
struct InstallationPage {
    c: Chrome,
    projects: Vec<ProjectCard>,
}

struct ProjectCard {
    slug: String,
    name: String,
    area: Option<String>,
}

#[derive(Template)]
#[template(path = "pages/start/project.html")]
struct ProjectPage {
    c: Chrome,
    slug: String,
    name: String,
    label: Option<String>,
    facts: Vec<(String, String)>,
    aims: Option<String>,
    actors: Vec<ActorLine>,
}

struct ActorLine {
    name: String,
    branch: String,
    address: String,
}

/// `GET /`
pub(crate) async fn installation(State(state): State<WebState>, visit: Visit) -> Result<Response, PageError> {
    let projects = kiez_app::project::list(&state.ctx, &visit.caller).await;
    let projects = projects.map_err(|error| visit.fail(error))?;
    let card = |project: Project| ProjectCard {
        slug: project.data.slug.to_string(),
        name: project.data.name.to_string(),
        area: project.data.area.map(String::from),
    };
    Ok(render(&InstallationPage {
        c: Chrome::public(&visit),
        projects: projects.into_iter().map(card).collect(),
    }))
}

/// `GET /p/{project}`
pub(crate) async fn project(
    State(state): State<WebState>,
    visit: Visit,
    Path(slug): Path<String>,
) -> Result<Response, PageError> {
    let fail = |error: kiez_app::error::AppError| visit.fail(error);
    let project = kiez_app::project::get(&state.ctx, &visit.caller, &slug).await.map_err(fail)?;
    let published = kiez_app::published::actors(&state.ctx, &visit.caller, project.id).await.map_err(fail)?;
    let c = Chrome::public(&visit);
    let language = visit.locale.label_language();
    let actors = published.into_iter().map(|actor| ActorLine {
        branch: actor
            .branch
            .map(|branch| kiez_app::kind::branch_label(&branch, language))
            .unwrap_or_default(),
        address: actor.address.to_string(),
        name: actor.name,
    });
    let (actors, facts) = (actors.collect(), facts(&c, &project));
    let data = project.data;
    Ok(render(&ProjectPage {
        c,
        slug: data.slug.to_string(),
        name: data.name.to_string(),
        label: data.label.map(String::from),
        facts,
        aims: data.aims.map(String::from),
        actors,
    }))
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
    let term = data.term.map(|term| {
        let from = number::day(c.locale, term.from());
        term.to().map_or_else(|| from.clone(), |to| format!("{from} – {}", number::day(c.locale, to)))
    });
    let line = |key: &str, value: Option<String>| value.map(|value| (c.t(key), value));
    let text = |value: &Option<kiez_domain::text::Line>| value.as_ref().map(ToString::to_string);
    let all = [
        line("project-area", text(&data.area)),
        line("project-term", term),
        line("project-carrier", text(&data.carrier)),
        line("project-client", text(&data.client)),
        line("project-funding", text(&data.funding)),
    ];
    all.into_iter().flatten().collect()
}
