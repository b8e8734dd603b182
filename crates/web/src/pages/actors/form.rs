//! The form of an actor: blank, filled, rejected with the person's own words.

use super::parse;
use crate::error::{PageError, render};
use crate::extract::{Form, Path, Query};
use crate::forms::{self, Difference, Wrong};
use crate::layout::Chrome;
use crate::request::Member;
use crate::state::WebState;
use askama::Template;
use axum::extract::State;
use axum::http::StatusCode;
use axum::response::{IntoResponse, Redirect, Response};
use kiez_app::actor;
use kiez_app::error::AppError;
use kiez_app::kind::Choice;
use kiez_domain::actor::ActorForm;
use kiez_domain::branch::Side;
use kiez_domain::id::ActorId;
use kiez_domain::issue::Problem;

#[derive(serde::Deserialize, Default)]
#[serde(default)]
pub(crate) struct Sent {
    #[serde(flatten)]
    actor: ActorForm,
    key: String,
    #[serde(deserialize_with = "crate::forms::number")]
    version: i64,
}

/// A place from the page of an actor that has none: filled in for somebody to look at, saved by nobody but them.
#[derive(serde::Deserialize, Default)]
#[serde(default)]
pub(crate) struct SuggestedPlace {
    lat: String,
    lon: String,
}

impl SuggestedPlace {
    fn fill(self, form: ActorForm) -> ActorForm {
        if !form.lat.is_empty() || self.lat.is_empty() {
            return form;
        }
        ActorForm { lat: self.lat, lon: self.lon, ..form }
    }
}

#[derive(Template)]
#[template(path = "pages/actors/form.html")]
struct FormPage {
    c: Chrome,
    base: String,
    action: String,
    /// None when the actor is new.
    version: Option<i64>,
    key: String,
    v: ActorForm,
    f: Wrong,
    /// Somebody has objected under this name: it is asked whether they want to be taken in.
    objected: bool,
    /// Somebody saved first: what differs.
    stale: Option<Vec<Difference>>,
    sides: Vec<&'static str>,
    branches: Vec<Choice>,
}

/// `GET /w/{project}/actors/new`
pub(crate) async fn blank(State(state): State<WebState>, member: Member) -> Result<Response, PageError> {
    let may = actor::may_enter(&member.visit.caller, member.project.id);
    may.map_err(|error| member.fail(error))?;
    let page = page(&state, &member, (ActorForm::default(), Wrong::nothing()), None)?;
    Ok(render(&page))
}

/// `POST /w/{project}/actors`
pub(crate) async fn create(
    State(state): State<WebState>,
    member: Member,
    Form(sent): Form<Sent>,
) -> Result<Response, PageError> {
    let form = sent.actor.clone();
    match actor::create(&state.ctx, &member.visit.caller, member.project.id, (form, &sent.key)).await {
        Ok(id) => Ok(Redirect::to(&member.path(&format!("/actors/{id}"))).into_response()),
        Err(AppError::Invalid(issues)) => {
            let wrong = Wrong::of(member.visit.locale, &issues);
            let mut page = page(&state, &member, (sent.actor, wrong), None)?;
            page.objected = issues.iter().any(|issue| issue.problem == Problem::Objected);
            page.key = sent.key;
            Ok((StatusCode::UNPROCESSABLE_ENTITY, render(&page)).into_response())
        }
        Err(error) => Err(member.fail(error)),
    }
}

/// `GET /w/{project}/actors/{id}/edit`
pub(crate) async fn edit(
    State(state): State<WebState>,
    member: Member,
    Path((_, id)): Path<(String, String)>,
    Query(place): Query<SuggestedPlace>,
) -> Result<Response, PageError> {
    let id = parse(&member, &id)?;
    let view = actor::get(&state.ctx, &member.visit.caller, member.project.id, id).await;
    let actor = view.map_err(|error| member.fail(error))?.actor;
    let target = Some((id.to_string(), actor.version));
    let form = place.fill(ActorForm::from(&actor.data));
    Ok(render(&page(&state, &member, (form, Wrong::nothing()), target)?))
}

/// `POST /w/{project}/actors/{id}`
pub(crate) async fn save(
    State(state): State<WebState>,
    member: Member,
    Path((_, id)): Path<(String, String)>,
    Form(sent): Form<Sent>,
) -> Result<Response, PageError> {
    let id = parse(&member, &id)?;
    let change = (sent.version, sent.actor.clone());
    let target = Some((id.to_string(), sent.version));
    match actor::update(&state.ctx, &member.visit.caller, member.project.id, id, change).await {
        Ok(()) => Ok(Redirect::to(&member.path(&format!("/actors/{id}"))).into_response()),
        Err(AppError::Invalid(issues)) => {
            let wrong = Wrong::of(member.visit.locale, &issues);
            let page = page(&state, &member, (sent.actor, wrong), target)?;
            Ok((StatusCode::UNPROCESSABLE_ENTITY, render(&page)).into_response())
        }
        Err(AppError::Stale) => conflict(&state, &member, id, sent.actor).await,
        Err(error) => Err(member.fail(error)),
    }
}

/// Both versions side by side; who saves now has seen the other one.
async fn conflict(
    state: &WebState,
    member: &Member,
    id: ActorId,
    own: ActorForm,
) -> Result<Response, PageError> {
    let view = actor::get(&state.ctx, &member.visit.caller, member.project.id, id).await;
    let saved = view.map_err(|error| member.fail(error))?.actor;
    let target = Some((id.to_string(), saved.version));
    let mut page = page(state, member, (own, Wrong::nothing()), target)?;
    let shown = |field: &str, value: &str| match field {
        "side" if !value.is_empty() => page.c.tt("side", &value),
        "branch" => {
            let found = page.branches.iter().find(|branch| branch.id == value);
            found.map_or_else(|| value.to_owned(), |branch| branch.label.clone())
        }
        _ => value.to_owned(),
    };
    page.stale = Some(forms::differences(&page.c, (&ActorForm::from(&saved.data), &page.v), shown));
    Ok((StatusCode::CONFLICT, render(&page)).into_response())
}

fn page(
    state: &WebState,
    member: &Member,
    (v, f): (ActorForm, Wrong),
    target: Option<(String, i64)>,
) -> Result<FormPage, PageError> {
    let base = member.path("/actors");
    let action = target.as_ref().map_or_else(|| base.clone(), |(id, _)| format!("{base}/{id}"));
    let key = state.ctx.random.token().map_err(|error| member.fail(error))?;
    Ok(FormPage {
        c: Chrome::workspace(member),
        base,
        action,
        version: target.map(|(_, version)| version),
        key,
        v,
        f,
        objected: false,
        stale: None,
        sides: Side::all().map(Side::name).collect(),
        branches: kiez_app::kind::branches(member.visit.locale.label_language()),
    })
}
