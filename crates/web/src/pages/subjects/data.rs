//! "Data on this entry": the way to everything that people can ask for, restricting, and who has left.

use super::query_of;
use crate::error::{PageError, render};
use crate::extract::{Form, Path};
use crate::forms::Wrong;
use crate::layout::Chrome;
use crate::request::Member;
use crate::state::WebState;
use askama::Template;
use axum::extract::State;
use axum::http::StatusCode;
use axum::response::{IntoResponse, Redirect, Response};
use kiez_app::access_report::Whose;
use kiez_app::actor;
use kiez_app::contact;
use kiez_app::error::AppError;
use kiez_app::restriction::{self, Restriction};
use kiez_domain::id::{ActorId, PersonId, RestrictionId};
use kiez_domain::person::Person;
use kiez_domain::policy::Role;
use kiez_domain::restriction::{Restricted, RestrictionForm};
use kiez_domain::text::optional;
use kiez_words::times;

/// A restriction's form as it was sent: for whom, why, until when.
#[derive(serde::Deserialize, Default)]
#[serde(default)]
pub(crate) struct RestrictForm {
    person: String,
    reason: String,
    until: String,
}

/// Which restriction is lifted.
#[derive(serde::Deserialize, Default)]
#[serde(default)]
pub(crate) struct LiftForm {
    restriction: String,
}

/// Who has left, or is back.
#[derive(serde::Deserialize, Default)]
#[serde(default)]
pub(crate) struct LeftForm {
    person: String,
    left: String,
}

#[derive(Template)]
#[template(path = "pages/subjects/data.html")]
struct DataPage {
    c: Chrome,
    f: Wrong,
    v: RestrictForm,
    href: String,
    name: String,
    /// Coordinators restrict, erase and correct; an institution sees what is known of it.
    coordinator: bool,
    people: Vec<PersonRow>,
    restrictions: Vec<Held>,
    all_restricted: bool,
}

struct PersonRow {
    id: PersonId,
    name: String,
    query: String,
    /// Since when somebody is not there any more.
    left: Option<String>,
}

struct Held {
    id: RestrictionId,
    /// Who is meant; none: the whole entry.
    person: Option<String>,
    reason: String,
    since: String,
    until: Option<String>,
}

/// `GET /w/{project}/actors/{id}/data`
pub(crate) async fn page(
    State(state): State<WebState>,
    member: Member,
    Path((_, id)): Path<(String, String)>,
) -> Result<Response, PageError> {
    Ok(render(&filled(&state, &member, actor_id(&member, &id)?).await?))
}

/// `POST /w/{project}/actors/{id}/restrict`
pub(crate) async fn restrict(
    State(state): State<WebState>,
    member: Member,
    Path((_, id)): Path<(String, String)>,
    Form(sent): Form<RestrictForm>,
) -> Result<Response, PageError> {
    let actor = actor_id(&member, &id)?;
    let person = optional(&sent.person).map_err(|_| member.fail(AppError::NotFound))?;
    let form = RestrictionForm { reason: sent.reason.clone(), until: sent.until.clone() };
    let (caller, project, of) = (&member.visit.caller, member.project.id, Restricted { actor, person });
    match restriction::restrict(&state.ctx, caller, project, of, &form).await {
        Ok(()) => Ok(back(&member, actor)),
        Err(AppError::Invalid(issues)) => {
            let mut page = filled(&state, &member, actor).await?;
            page.f = Wrong::of(member.visit.locale, &issues);
            page.v = sent;
            Ok((StatusCode::UNPROCESSABLE_ENTITY, render(&page)).into_response())
        }
        Err(error) => Err(member.fail(error)),
    }
}

/// `POST /w/{project}/actors/{id}/lift`
pub(crate) async fn lift(
    State(state): State<WebState>,
    member: Member,
    Path((_, id)): Path<(String, String)>,
    Form(sent): Form<LiftForm>,
) -> Result<Response, PageError> {
    let actor = actor_id(&member, &id)?;
    let of = (member.project.id, actor);
    let lifted = match sent.restriction.parse() {
        Ok(id) => restriction::lift(&state.ctx, &member.visit.caller, of, id).await,
        Err(_) => restriction::list(&state.ctx, &member.visit.caller, of.0, of.1).await.map(|_| ()),
    };
    lifted.map_err(|error| member.fail(error))?;
    Ok(back(&member, actor))
}

/// `POST /w/{project}/actors/{id}/left`
pub(crate) async fn left(
    State(state): State<WebState>,
    member: Member,
    Path((_, id)): Path<(String, String)>,
    Form(sent): Form<LeftForm>,
) -> Result<Response, PageError> {
    let actor = actor_id(&member, &id)?;
    let person = sent.person.parse().ok();
    let (caller, project) = (&member.visit.caller, member.project.id);
    let noted = contact::leave(&state.ctx, caller, project, (actor, person), sent.left != "no").await;
    noted.map_err(|error| member.fail(error))?;
    Ok(back(&member, actor))
}

async fn filled(state: &WebState, member: &Member, id: ActorId) -> Result<DataPage, PageError> {
    let (ctx, caller, project) = (&state.ctx, &member.visit.caller, member.project.id);
    let fail = |error| member.fail(error);
    let (name, people) = actor::people(ctx, caller, project, id).await.map_err(fail)?;
    let coordinator = member.role == Role::Coordinator;
    let held = match coordinator {
        true => restriction::list(ctx, caller, project, id).await.map_err(fail)?,
        false => Vec::new(),
    };
    let left = contact::left(ctx, caller, project, id).await.map_err(fail)?;
    let locale = member.visit.locale;
    let row = |person: &Person| PersonRow {
        id: person.id,
        name: person.name.to_string(),
        query: query_of(Whose { actor: id, person: Some(person.id) }),
        left: left.get(&person.id).map(|day| times::day(locale, *day)),
    };
    let shown = |restriction: &Restriction| Held {
        id: restriction.id,
        person: restriction.of.person.map(|of| {
            people
                .iter()
                .find(|person| person.id == of)
                .map(|person| person.name.to_string())
                .unwrap_or_default()
        }),
        reason: restriction.reason.to_string(),
        since: times::day(locale, restriction.since.day()),
        until: restriction.until.map(|day| times::day(locale, day)),
    };
    Ok(DataPage {
        c: Chrome::workspace(member),
        f: Wrong::nothing(),
        v: RestrictForm::default(),
        href: member.path(&format!("/actors/{id}")),
        name,
        coordinator,
        all_restricted: held.iter().any(|one| one.of.person.is_none()),
        restrictions: held.iter().map(shown).collect(),
        people: people.iter().map(row).collect(),
    })
}

fn actor_id(member: &Member, id: &str) -> Result<ActorId, PageError> {
    id.parse().map_err(|_| member.fail(AppError::NotFound))
}

fn back(member: &Member, actor: ActorId) -> Response {
    Redirect::to(&member.path(&format!("/actors/{actor}/data"))).into_response()
}
