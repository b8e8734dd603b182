//! The form of a need or an offer: blank, filled, rejected with the person's own words.

use super::{Paged, parse};
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
use kiez_app::posting;
use kiez_domain::card::CardForm;
use kiez_domain::limits::Rhythm;
use kiez_domain::need::NeedForm;
use kiez_domain::offer::OfferForm;

#[derive(serde::Deserialize, Default)]
#[serde(default)]
pub(crate) struct Sent<F> {
    #[serde(flatten)]
    form: F,
    key: String,
    #[serde(deserialize_with = "crate::forms::number")]
    version: i64,
}

/// What a need or an offer asks beyond its card.
pub(crate) enum OwnFields {
    Need(NeedForm),
    Offer(OfferForm),
}

#[derive(Template)]
#[template(path = "pages/postings/form.html")]
struct FormPage {
    c: Chrome,
    noun: &'static str,
    plural: &'static str,
    hint: String,
    base: String,
    action: String,
    /// None when it is new.
    version: Option<i64>,
    key: String,
    v: CardForm,
    own: OwnFields,
    /// Spans of a limit.
    pers: Vec<&'static str>,
    f: Wrong,
    /// Somebody saved first: what differs.
    stale: Option<Vec<Difference>>,
    actors: Vec<ActorName>,
    /// Kinds to choose from.
    all_kinds: Vec<Choice>,
}

/// `GET /w/{project}/needs/new`, `…/offers/new`
pub(crate) async fn blank<T: Paged>(
    State(state): State<WebState>,
    member: Member,
) -> Result<Response, PageError> {
    let page = page::<T>(&state, &member, (T::Form::default(), Wrong::nothing()), None).await?;
    Ok(render(&page))
}

/// `POST /w/{project}/needs`, `…/offers`
pub(crate) async fn create<T: Paged>(
    State(state): State<WebState>,
    member: Member,
    Form(sent): Form<Sent<T::Form>>,
) -> Result<Response, PageError> {
    let (caller, project) = (&member.visit.caller, member.project.id);
    match posting::post::<T>(&state.ctx, caller, project, (sent.form.clone(), &sent.key)).await {
        Ok(id) => Ok(Redirect::to(&member.path(&format!("/{}/{id}", T::PLURAL))).into_response()),
        Err(AppError::Invalid(issues)) => {
            let wrong = Wrong::of(member.visit.locale, &issues);
            let mut page = page::<T>(&state, &member, (sent.form, wrong), None).await?;
            page.key = sent.key;
            Ok((StatusCode::UNPROCESSABLE_ENTITY, render(&page)).into_response())
        }
        Err(error) => Err(member.fail(error)),
    }
}

/// `GET /w/{project}/needs/{id}/edit`, `…/offers/{id}/edit`
pub(crate) async fn edit<T: Paged>(
    State(state): State<WebState>,
    member: Member,
    Path((_, id)): Path<(String, String)>,
) -> Result<Response, PageError> {
    let id = parse::<T>(&member, &id)?;
    let view = posting::get::<T>(&state.ctx, &member.visit.caller, member.project.id, id).await;
    let posted = view.map_err(|error| member.fail(error))?.posted;
    let target = Some((id.to_string(), posted.version));
    let form = T::Form::from(&posted.data);
    Ok(render(&page::<T>(&state, &member, (form, Wrong::nothing()), target).await?))
}

/// `POST /w/{project}/needs/{id}`, `…/offers/{id}`
pub(crate) async fn save<T: Paged>(
    State(state): State<WebState>,
    member: Member,
    Path((_, id)): Path<(String, String)>,
    Form(sent): Form<Sent<T::Form>>,
) -> Result<Response, PageError> {
    let id = parse::<T>(&member, &id)?;
    let change = (sent.version, sent.form.clone());
    let target = Some((id.to_string(), sent.version));
    match posting::update::<T>(&state.ctx, &member.visit.caller, member.project.id, id, change).await {
        Ok(()) => Ok(Redirect::to(&member.path(&format!("/{}/{id}", T::PLURAL))).into_response()),
        Err(AppError::Invalid(issues)) => {
            let wrong = Wrong::of(member.visit.locale, &issues);
            let page = page::<T>(&state, &member, (sent.form, wrong), target).await?;
            Ok((StatusCode::UNPROCESSABLE_ENTITY, render(&page)).into_response())
        }
        Err(AppError::Stale) => conflict::<T>(&state, &member, id, sent.form).await,
        Err(error) => Err(member.fail(error)),
    }
}

/// Both versions side by side; who saves now has seen the other one.
async fn conflict<T: Paged>(
    state: &WebState,
    member: &Member,
    id: T::Id,
    own: T::Form,
) -> Result<Response, PageError> {
    let view = posting::get::<T>(&state.ctx, &member.visit.caller, member.project.id, id).await;
    let saved = view.map_err(|error| member.fail(error))?.posted;
    let target = Some((id.to_string(), saved.version));
    let mut page = page::<T>(state, member, (own.clone(), Wrong::nothing()), target).await?;
    let shown = |field: &str, value: &str| match field {
        "actor" => kiez_app::actor::name_among(&page.actors, value),
        "per" if !value.is_empty() => page.c.tt("per", &value),
        _ => value.to_owned(),
    };
    page.stale = Some(forms::differences(&page.c, (&T::Form::from(&saved.data), &own), shown));
    Ok((StatusCode::CONFLICT, render(&page)).into_response())
}

async fn page<T: Paged>(
    state: &WebState,
    member: &Member,
    (form, f): (T::Form, Wrong),
    target: Option<(String, i64)>,
) -> Result<FormPage, PageError> {
    let actors = kiez_app::actor::choices(&state.ctx, &member.visit.caller, member.project.id).await;
    let base = member.path(&format!("/{}", T::PLURAL));
    let action = target.as_ref().map_or_else(|| base.clone(), |(id, _)| format!("{base}/{id}"));
    let key = state.ctx.random.token().map_err(|error| member.fail(error))?;
    Ok(FormPage {
        c: Chrome::workspace(member),
        noun: T::NOUN,
        plural: T::PLURAL,
        hint: format!("{}-text", T::NOUN),
        base,
        action,
        version: target.map(|(_, version)| version),
        key,
        v: T::form_card(&form).clone(),
        own: T::own_fields(form),
        pers: Rhythm::all().map(Rhythm::name).collect(),
        f,
        stale: None,
        actors: actors.map_err(|error| member.fail(error))?,
        all_kinds: kiez_app::kind::all(member.visit.locale.label_language()),
    })
}
