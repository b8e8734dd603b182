//! Differences between files and people: both values side by side, and a choice.

use crate::error::{PageError, render};
use crate::extract::{Form, Path, Query};
use crate::labels::BuiltInLabels;
use crate::layout::Chrome;
use crate::request::Member;
use crate::state::WebState;
use askama::Template;
use axum::extract::State;
use axum::http::StatusCode;
use axum::response::{IntoResponse, Redirect, Response};
use kiez_app::difference::{self, Choice, OpenDifference};
use kiez_app::error::AppError;
use kiez_app::page::Page;
use kiez_domain::id::DifferenceId;
use kiez_words::reason::Labels as _;

/// How many differences stand on one page.
const PAGE: u32 = 50;

#[derive(serde::Deserialize, Default)]
#[serde(default)]
pub(crate) struct ListQuery {
    #[serde(deserialize_with = "crate::forms::offset")]
    offset: u64,
}

/// One question.
struct Asked {
    id: DifferenceId,
    action: String,
    version: i64,
    /// Where the row can be looked at, when it has a page.
    href: Option<String>,
    name: String,
    noun: String,
    field: String,
    ours: String,
    theirs: String,
    /// The map has it no longer: there is no other value to take, and `ours` is what it was on the map.
    gone: bool,
}

#[derive(Template)]
#[template(path = "pages/differences/list.html")]
struct ListPage {
    c: Chrome,
    imports: String,
    base: String,
    /// A choice was made on an old page.
    stale: bool,
    differences: Vec<Asked>,
    total: u64,
    next: Option<u64>,
    previous: Option<u64>,
}

/// `GET /w/{project}/differences`
pub(crate) async fn list(
    State(state): State<WebState>,
    member: Member,
    Query(query): Query<ListQuery>,
) -> Result<Response, PageError> {
    Ok(render(&page(&state, &member, (query.offset, false)).await?))
}

#[derive(serde::Deserialize)]
pub(crate) struct Decision {
    choice: String,
    version: i64,
}

/// `POST /w/{project}/differences/{id}`
pub(crate) async fn settle(
    State(state): State<WebState>,
    member: Member,
    Path((_, id)): Path<(String, String)>,
    Form(decision): Form<Decision>,
) -> Result<Response, PageError> {
    let id: DifferenceId = id.parse().map_err(|_| member.fail(AppError::NotFound))?;
    let choice: Choice =
        decision.choice.parse().map_err(|problem| member.fail(AppError::field("choice", problem)))?;
    let how = (decision.version, choice);
    match difference::settle(&state.ctx, &member.visit.caller, member.project.id, id, how).await {
        // Somebody else has answered: the list says what is left.
        Ok(()) | Err(AppError::NotFound) => Ok(Redirect::to(&member.path("/differences")).into_response()),
        Err(AppError::Stale) => {
            let page = page(&state, &member, (0, true)).await?;
            Ok((StatusCode::CONFLICT, render(&page)).into_response())
        }
        Err(error) => Err(member.fail(error)),
    }
}

async fn page(
    state: &WebState,
    member: &Member,
    (offset, stale): (u64, bool),
) -> Result<ListPage, PageError> {
    let page = Page { size: PAGE, offset };
    let found = difference::list(&state.ctx, &member.visit.caller, member.project.id, page).await;
    let found = found.map_err(|error| member.fail(error))?;
    let c = Chrome::workspace(member);
    Ok(ListPage {
        imports: member.path("/imports"),
        base: member.path("/differences"),
        stale,
        differences: found.rows.into_iter().map(|row| asked(member, &c, row)).collect(),
        total: found.total,
        next: found.next,
        previous: page.previous(),
        c,
    })
}

fn asked(member: &Member, c: &Chrome, row: OpenDifference) -> Asked {
    let page = ["actor", "need", "offer"].contains(&row.noun.as_str());
    Asked {
        id: row.id,
        action: member.path(&format!("/differences/{}", row.id)),
        version: row.version,
        href: page.then(|| member.path(&format!("/{}s/{}", row.noun, row.row_id))),
        gone: row.field == difference::GONE,
        field: c.tt("field", &row.field),
        ours: shown(c, &row.field, row.ours),
        theirs: shown(c, &row.field, row.theirs),
        name: row.name,
        noun: row.noun,
    }
}

/// A stored value as people call it.
fn shown(c: &Chrome, field: &str, value: String) -> String {
    match field {
        "side" | "per" if !value.is_empty() => c.tt(field, &value),
        "used_as" if !value.is_empty() => c.tt("use", &value),
        "opening_hours" => match kiez_app::actor::week_of(&value) {
            Some(week) => kiez_words::times::opening_week(c.locale, &week).join("; "),
            None => value,
        },
        "languages" => {
            let tags: Result<Vec<_>, _> = value.split(',').map(|tag| tag.trim().parse()).collect();
            tags.map(|tags| kiez_words::language::names(c.locale, &tags)).unwrap_or(value)
        }
        "branch" => BuiltInLabels.branch(&value, c.locale),
        "kinds" => {
            let kinds = value.split(',').filter(|kind| !kind.is_empty());
            kinds.map(|kind| BuiltInLabels.kind(kind, c.locale)).collect::<Vec<_>>().join(", ")
        }
        _ => value,
    }
}
