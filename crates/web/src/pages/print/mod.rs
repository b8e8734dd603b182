//! What is to be taken out of print: a list that somebody works off before the next edition.

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
use kiez_app::error::AppError;
use kiez_app::print_removal::{self, TakenBack};
use kiez_domain::id::ConsentId;
use kiez_words::{Args, Words, times};

#[derive(Template)]
#[template(path = "pages/print/page.html")]
struct PrintPage {
    c: Chrome,
    base: String,
    rows: Vec<Row>,
    removed: Vec<String>,
    /// The row whose form was rejected.
    rejected: String,
    edition: String,
    f: Wrong,
}

struct Row {
    id: String,
    href: String,
    name: String,
    purpose: &'static str,
    day: String,
    who: String,
}

/// What is out now.
#[derive(serde::Deserialize, Default)]
#[serde(default)]
pub(crate) struct Settled {
    edition: String,
}

/// `GET /w/{project}/print`
pub(crate) async fn page(State(state): State<WebState>, member: Member) -> Result<Response, PageError> {
    Ok(render(&list(&state, &member).await?))
}

/// `POST /w/{project}/print/{id}`
pub(crate) async fn settle(
    State(state): State<WebState>,
    member: Member,
    Path((_, id)): Path<(String, String)>,
    Form(form): Form<Settled>,
) -> Result<Response, PageError> {
    let event: ConsentId = id.parse().map_err(|_| member.fail(AppError::NotFound))?;
    let (caller, project) = (&member.visit.caller, member.project.id);
    match print_removal::settle(&state.ctx, caller, project, (event, &form.edition)).await {
        Ok(()) => Ok(Redirect::to(&member.path("/print")).into_response()),
        Err(AppError::Invalid(issues)) => {
            let mut page = list(&state, &member).await?;
            page.f = Wrong::of(member.visit.locale, &issues);
            (page.rejected, page.edition) = (id, form.edition);
            Ok((StatusCode::UNPROCESSABLE_ENTITY, render(&page)).into_response())
        }
        Err(error) => Err(member.fail(error)),
    }
}

async fn list(state: &WebState, member: &Member) -> Result<PrintPage, PageError> {
    let found = print_removal::list(&state.ctx, &member.visit.caller, member.project.id).await;
    let found = found.map_err(|error| member.fail(error))?;
    let c = Chrome::workspace(member);
    Ok(PrintPage {
        base: member.path("/print"),
        rows: found.waiting.iter().map(|row| waiting(&c, member, row)).collect(),
        removed: found.removed.iter().filter_map(|row| removed(&c, row)).collect(),
        rejected: String::new(),
        edition: String::new(),
        f: Wrong::nothing(),
        c,
    })
}

fn waiting(c: &Chrome, member: &Member, row: &TakenBack) -> Row {
    let evidence = &row.event.evidence;
    Row {
        id: row.event.id.to_string(),
        href: member.path(&format!("/actors/{}#consents", row.event.actor)),
        name: named(row),
        purpose: row.event.purpose.name(),
        day: times::day(c.locale, evidence.said_on),
        who: evidence.said_by.to_string(),
    }
}

fn named(row: &TakenBack) -> String {
    match &row.person_name {
        Some(person) => format!("{person}, {}", row.actor_name),
        None => row.actor_name.clone(),
    }
}

fn removed(c: &Chrome, row: &TakenBack) -> Option<String> {
    let (edition, at) = row.removed.as_ref()?;
    let args = Args::new().with("name", named(row)).with("purpose", c.tt("purpose", &row.event.purpose));
    let args = args.with("edition", edition.to_string()).with("day", times::day(c.locale, at.day()));
    Some(Words::of(c.locale).with("print-out", &args))
}
