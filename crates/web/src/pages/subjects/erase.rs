//! Erasing an actor, one of its people, or a whole project: first what would go, then a name to type, then it is gone.

use super::{PersonQuery, whose};
use crate::error::{PageError, render};
use crate::extract::{Form, Path, Query};
use crate::forms::Wrong;
use crate::layout::Chrome;
use crate::request::Member;
use crate::state::WebState;
use askama::Template;
use axum::extract::State;
use axum::http::StatusCode;
use axum::response::{IntoResponse, Redirect, Response};
use kiez_app::erasure::{self, Outcome, Preview};
use kiez_domain::erasure::DataSubject;
use kiez_domain::issue::{FieldIssue, Problem};

/// What the form sends: whom, and the name once more.
#[derive(serde::Deserialize, Default)]
#[serde(default)]
pub(crate) struct EraseForm {
    person: String,
    word: String,
}

#[derive(Template)]
#[template(path = "pages/subjects/erase.html")]
struct ErasePage {
    c: Chrome,
    f: Wrong,
    v: EraseForm,
    action: String,
    /// Back, and what that is called.
    back: (String, String),
    name: String,
    project: bool,
    /// What goes, and how much of it.
    goes: Vec<(String, u64)>,
    members: u64,
    /// Texts of others with the name: what it is, and where.
    mentions: Vec<(String, String)>,
    premises: bool,
    waits: bool,
}

/// `GET /w/{project}/actors/{id}/erase`
pub(crate) async fn ask(
    State(state): State<WebState>,
    member: Member,
    Path((_, id)): Path<(String, String)>,
    Query(query): Query<PersonQuery>,
) -> Result<Response, PageError> {
    let whose = whose(&member, &id, &query.person)?;
    let form = EraseForm { person: query.person, word: String::new() };
    let place = format!("/actors/{}", whose.actor);
    Ok(render(&filled(&state, &member, whose.subject(), (&place, form)).await?.0))
}

/// `POST /w/{project}/actors/{id}/erase`
pub(crate) async fn erase(
    State(state): State<WebState>,
    member: Member,
    Path((_, id)): Path<(String, String)>,
    Form(form): Form<EraseForm>,
) -> Result<Response, PageError> {
    let whose = whose(&member, &id, &form.person)?;
    let place = format!("/actors/{}", whose.actor);
    let after = if whose.person.is_some() { format!("{place}/data") } else { "/actors".to_owned() };
    done(&state, &member, whose.subject(), (&place, form), &after).await
}

/// `GET /w/{project}/project/erase`
pub(crate) async fn ask_project(
    State(state): State<WebState>,
    member: Member,
) -> Result<Response, PageError> {
    let subject = DataSubject::Project(member.project.id);
    Ok(render(&filled(&state, &member, subject, ("/project", EraseForm::default())).await?.0))
}

/// `POST /w/{project}/project/erase`
pub(crate) async fn erase_project(
    State(state): State<WebState>,
    member: Member,
    Form(form): Form<EraseForm>,
) -> Result<Response, PageError> {
    let subject = DataSubject::Project(member.project.id);
    done(&state, &member, subject, ("/project", form), "/erasures").await
}

async fn done(
    state: &WebState,
    member: &Member,
    subject: DataSubject,
    (place, form): (&str, EraseForm),
    after: &str,
) -> Result<Response, PageError> {
    let (mut page, preview) = filled(state, member, subject, (place, form)).await?;
    if page.v.word.trim() != preview.name {
        let problem = match page.v.word.trim() {
            "" => Problem::Missing,
            _ => Problem::NoFit,
        };
        page.f = Wrong::of(member.visit.locale, &[FieldIssue::new("word", problem)]);
        return Ok((StatusCode::UNPROCESSABLE_ENTITY, render(&page)).into_response());
    }
    let (caller, project) = (&member.visit.caller, member.project.id);
    let outcome = erasure::erase(&state.ctx, caller, Some(project), &[subject]).await;
    let to = match outcome.map_err(|error| member.fail(error))? {
        Outcome::Erased => member.path(after),
        Outcome::Waits(_) => member.path("/erasures"),
    };
    Ok(Redirect::to(&to).into_response())
}

async fn filled(
    state: &WebState,
    member: &Member,
    subject: DataSubject,
    (place, form): (&str, EraseForm),
) -> Result<(ErasePage, Preview), PageError> {
    let (caller, project) = (&member.visit.caller, member.project.id);
    let preview = erasure::preview(&state.ctx, caller, Some(project), subject).await;
    let preview = preview.map_err(|error| member.fail(error))?;
    let c = Chrome::workspace(member);
    let is_project = matches!(subject, DataSubject::Project(_));
    let back = match is_project {
        true => (member.path(place), c.t("nav-project")),
        false => (member.path(&format!("{place}/data")), c.t("subject-title")),
    };
    let page = ErasePage {
        f: Wrong::nothing(),
        v: form,
        action: member.path(&format!("{place}/erase")),
        back,
        name: preview.name.clone(),
        project: is_project,
        goes: preview.plan.goes.iter().map(|(noun, count)| (called(&c, noun), *count)).collect(),
        members: preview.plan.members,
        mentions: preview.plan.mentions.iter().map(|(noun, id)| mention(&c, member, noun, id)).collect(),
        premises: matches!(subject, DataSubject::Actor(_)),
        waits: preview.waits,
        c,
    };
    Ok((page, preview))
}

/// What rows of a table are called: as here, as in the record of processing, or as the table.
fn called(c: &Chrome, table: &str) -> String {
    for key in [format!("erase-goes-{table}"), format!("processing-table-{}", table.replace('_', "-"))] {
        if c.has(&key) {
            return c.t(&key);
        }
    }
    c.with("erase-goes-other", "name", table)
}

fn mention(c: &Chrome, member: &Member, noun: &str, id: &str) -> (String, String) {
    let href = match noun {
        "actor" => format!("/actors/{id}"),
        "offer" => format!("/offers/{id}"),
        "idea" => "/ideas".to_owned(),
        "project" => "/project".to_owned(),
        _ => format!("/needs/{id}"),
    };
    (c.tt("erase-mention", noun), member.path(&href))
}
