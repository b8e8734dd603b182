//! The form of a need: blank, filled, rejected with the person's own words.

use super::parse;
use crate::error::{PageError, render};
use crate::extract::{Form, Path};
use crate::forms::{self, Difference, Wrong};
use crate::layout::Chrome;
use crate::request::Member;
use crate::state::WebState;
use askama::Template;
use axum::extract::State;
use axum::http::StatusCode;
use axum::response::{IntoResponse, Redirect, Response};
use kiez_app::actor::ActorName;
use kiez_app::error::AppError;
use kiez_app::kind::Choice;
use kiez_app::need;
use kiez_domain::id::NeedId;
use kiez_domain::need::NeedForm;

#[derive(serde::Deserialize, Default)]
#[serde(default)]
pub(crate) struct Sent {
    #[serde(flatten)]
    need: NeedForm,
    key: String,
    #[serde(deserialize_with = "crate::forms::number")]
    version: i64,
}

#[derive(Template)]
#[template(path = "pages/needs/form.html")]
struct FormPage {
    c: Chrome,
    base: String,
    action: String,
    /// None when the need is new.
    version: Option<i64>,
    key: String,
    v: NeedForm,
    f: Wrong,
    /// Somebody saved first: what differs.
    stale: Option<Vec<Difference>>,
    actors: Vec<ActorName>,
    /// Kinds to choose from.
    all_kinds: Vec<Choice>,
}

/// `GET /w/{project}/needs/new`
pub(crate) async fn blank(State(state): State<WebState>, member: Member) -> Result<Response, PageError> {
    let page = page(&state, &member, (NeedForm::default(), Wrong::nothing()), None).await?;
    Ok(render(&page))
}

/// `POST /w/{project}/needs`
pub(crate) async fn create(
    State(state): State<WebState>,
    member: Member,
    Form(sent): Form<Sent>,
) -> Result<Response, PageError> {
    let form = sent.need.clone();
    match need::post(&state.ctx, &member.visit.caller, member.project.id, (form, &sent.key)).await {
        Ok(id) => Ok(Redirect::to(&member.path(&format!("/needs/{id}"))).into_response()),
        Err(AppError::Invalid(issues)) => {
            let wrong = Wrong::of(member.visit.locale, &issues);
            let mut page = page(&state, &member, (sent.need, wrong), None).await?;
            page.key = sent.key;
            Ok((StatusCode::UNPROCESSABLE_ENTITY, render(&page)).into_response())
        }
        Err(error) => Err(member.fail(error)),
    }
}

/// `GET /w/{project}/needs/{id}/edit`
pub(crate) async fn edit(
    State(state): State<WebState>,
    member: Member,
    Path((_, id)): Path<(String, String)>,
) -> Result<Response, PageError> {
    let id = parse(&member, &id)?;
    let view = need::get(&state.ctx, &member.visit.caller, member.project.id, id).await;
    let need = view.map_err(|error| member.fail(error))?.need;
    let target = Some((id.to_string(), need.version));
    Ok(render(&page(&state, &member, (NeedForm::from(&need.data), Wrong::nothing()), target).await?))
}

/// `POST /w/{project}/needs/{id}`
pub(crate) async fn save(
    State(state): State<WebState>,
    member: Member,
    Path((_, id)): Path<(String, String)>,
    Form(sent): Form<Sent>,
) -> Result<Response, PageError> {
    let id = parse(&member, &id)?;
    let change = (sent.version, sent.need.clone());
    let target = Some((id.to_string(), sent.version));
    match need::update(&state.ctx, &member.visit.caller, member.project.id, id, change).await {
        Ok(()) => Ok(Redirect::to(&member.path(&format!("/needs/{id}"))).into_response()),
        Err(AppError::Invalid(issues)) => {
            let wrong = Wrong::of(member.visit.locale, &issues);
            let page = page(&state, &member, (sent.need, wrong), target).await?;
            Ok((StatusCode::UNPROCESSABLE_ENTITY, render(&page)).into_response())
        }
        Err(AppError::Stale) => conflict(&state, &member, id, sent.need).await,
        Err(error) => Err(member.fail(error)),
    }
}

/// Both versions side by side; who saves now has seen the other one.
async fn conflict(
    state: &WebState,
    member: &Member,
    id: NeedId,
    own: NeedForm,
) -> Result<Response, PageError> {
    let view = need::get(&state.ctx, &member.visit.caller, member.project.id, id).await;
    let saved = view.map_err(|error| member.fail(error))?.need;
    let target = Some((id.to_string(), saved.version));
    let mut page = page(state, member, (own, Wrong::nothing()), target).await?;
    let shown = |field: &str, value: &str| match field {
        "actor" => kiez_app::actor::name_among(&page.actors, value),
        _ => value.to_owned(),
    };
    page.stale = Some(forms::differences(&page.c, (&NeedForm::from(&saved.data), &page.v), shown));
    Ok((StatusCode::CONFLICT, render(&page)).into_response())
}

async fn page(
    state: &WebState,
    member: &Member,
    (v, f): (NeedForm, Wrong),
    target: Option<(String, i64)>,
) -> Result<FormPage, PageError> {
    let actors = kiez_app::actor::choices(&state.ctx, &member.visit.caller, member.project.id).await;
    let base = member.path("/needs");
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
        stale: None,
        actors: actors.map_err(|error| member.fail(error))?,
        all_kinds: kiez_app::kind::all(member.visit.locale.label_language()),
    })
}
