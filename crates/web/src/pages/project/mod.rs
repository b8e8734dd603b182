//! The fact sheet of a project, for those who coordinate it.

pub(crate) mod colour;

use crate::error::{PageError, render};
use crate::extract::{Form, Query};
use crate::forms::{self, Difference, Wrong};
use crate::layout::Chrome;
use crate::request::Member;
use crate::state::WebState;
use askama::Template;
use axum::extract::State;
use axum::http::StatusCode;
use axum::response::{IntoResponse, Redirect, Response};
use colour::Shades;
use kiez_app::error::AppError;
use kiez_app::project;
use kiez_domain::colour::Colour;
use kiez_domain::project::{Project, ProjectForm};

#[derive(serde::Deserialize, Default)]
#[serde(default)]
pub(crate) struct Sent {
    #[serde(flatten)]
    project: ProjectForm,
    #[serde(deserialize_with = "crate::forms::number")]
    version: i64,
}

#[derive(serde::Deserialize, Default)]
#[serde(default)]
pub(crate) struct After {
    /// Present when one comes from saving.
    saved: Option<String>,
}

#[derive(Template)]
#[template(path = "pages/project/form.html")]
struct FormPage {
    c: Chrome,
    action: String,
    /// The public page of the project.
    public: String,
    members: String,
    processing: String,
    /// What waits to be erased, and the way to erase all of it.
    erasures: String,
    erase: String,
    version: i64,
    v: ProjectForm,
    f: Wrong,
    saved: bool,
    stale: Option<Vec<Difference>>,
    inks: Vec<Ink>,
    preview: Preview,
}

/// A colour one can choose by its name.
struct Ink {
    key: &'static str,
    value: &'static str,
    chosen: bool,
}

/// How the saved colour comes out.
struct Preview {
    day: String,
    night: String,
    /// A shade had to be found.
    changed: bool,
}

/// Inks that print well; any other colour can be typed.
const INKS: [(&str, &str); 6] = [
    ("brick", "#b3290f"),
    ("canal", "#0f6b7a"),
    ("linden", "#3f6b1f"),
    ("plum", "#7a1f5c"),
    ("night", "#2b3a8c"),
    ("honey", "#8a5a00"),
];

/// `GET /w/{project}/project`
pub(crate) async fn edit(member: Member, Query(after): Query<After>) -> Result<Response, PageError> {
    project::may_edit(&member.visit.caller, &member.project).map_err(|error| member.fail(error))?;
    let form = ProjectForm::from(&member.project.data);
    let mut page = page(&member, (form, Wrong::nothing()), member.project.version);
    page.saved = after.saved.is_some();
    Ok(render(&page))
}

/// `POST /w/{project}/project`
pub(crate) async fn save(
    State(state): State<WebState>,
    member: Member,
    Form(sent): Form<Sent>,
) -> Result<Response, PageError> {
    let change = (sent.version, sent.project.clone());
    match project::update(&state.ctx, &member.visit.caller, &member.project, change).await {
        Ok(()) => Ok(Redirect::to(&member.path("/project?saved=1")).into_response()),
        Err(AppError::Invalid(issues)) => {
            let wrong = Wrong::of(member.visit.locale, &issues);
            let page = page(&member, (sent.project, wrong), sent.version);
            Ok((StatusCode::UNPROCESSABLE_ENTITY, render(&page)).into_response())
        }
        Err(AppError::Stale) => Ok(conflict(&member, sent.project)),
        Err(error) => Err(member.fail(error)),
    }
}

/// Both versions side by side; who saves now has seen the other one.
fn conflict(member: &Member, own: ProjectForm) -> Response {
    let saved = ProjectForm::from(&member.project.data);
    let own = ProjectForm { slug: saved.slug.clone(), ..own };
    let mut page = page(member, (own, Wrong::nothing()), member.project.version);
    page.stale = Some(forms::differences(&page.c, (&saved, &page.v), |_, value| value.to_owned()));
    (StatusCode::CONFLICT, render(&page)).into_response()
}

fn page(member: &Member, (v, f): (ProjectForm, Wrong), version: i64) -> FormPage {
    let typed = v.colour.parse::<Colour>().ok();
    let ink = |(key, value): (&'static str, &'static str)| {
        let colour = value.parse::<Colour>().ok();
        Ink { key, value, chosen: colour.is_some() && colour == typed }
    };
    FormPage {
        c: Chrome::workspace(member),
        action: member.path("/project"),
        public: format!("/p/{}", member.project.data.slug),
        members: member.path("/members"),
        processing: member.path("/processing"),
        erasures: member.path("/erasures"),
        erase: member.path("/project/erase"),
        version,
        v,
        f,
        saved: false,
        stale: None,
        inks: INKS.into_iter().map(ink).collect(),
        preview: preview(&member.project),
    }
}

fn preview(project: &Project) -> Preview {
    let shades = Shades::of_project(project);
    let chosen = project.data.colour.unwrap_or(shades.by_day);
    Preview {
        day: shades.by_day.to_string(),
        night: shades.by_night.to_string(),
        changed: project.data.colour.is_some() && shades.by_day != chosen,
    }
}
