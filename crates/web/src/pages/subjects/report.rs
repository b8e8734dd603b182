//! The access report: to be read and printed, or taken along as data. It is made anew each time and kept nowhere.

use super::{PersonQuery, query_of, whose};
use crate::access_report::said;
use crate::error::{PageError, render};
use crate::extract::{Path, Query};
use crate::layout::Chrome;
use crate::request::Member;
use crate::state::WebState;
use askama::Template;
use axum::extract::State;
use axum::http::header;
use axum::response::{IntoResponse, Response};
use kiez_app::access_report::{self, Whose, document};

#[derive(Template)]
#[template(path = "pages/subjects/report.html")]
struct ReportPage {
    c: Chrome,
    /// Back to the data of the actor.
    back: String,
    json: String,
    report: document::AccessReport,
}

/// `GET /w/{project}/actors/{id}/data/report`
pub(crate) async fn page(
    State(state): State<WebState>,
    member: Member,
    Path((_, id)): Path<(String, String)>,
    Query(query): Query<PersonQuery>,
) -> Result<Response, PageError> {
    let whose = whose(&member, &id, &query.person)?;
    let report = made(&state, &member, whose).await?;
    let base = member.path(&format!("/actors/{}/data", whose.actor));
    let json = format!("{base}/report.json{}", query_of(whose));
    Ok(render(&ReportPage { c: Chrome::workspace(&member), json, back: base, report }))
}

/// `GET /w/{project}/actors/{id}/data/report.json`
pub(crate) async fn json(
    State(state): State<WebState>,
    member: Member,
    Path((_, id)): Path<(String, String)>,
    Query(query): Query<PersonQuery>,
) -> Result<Response, PageError> {
    let report = made(&state, &member, whose(&member, &id, &query.person)?).await?;
    let headers = [
        (header::CONTENT_TYPE, "application/json; charset=utf-8"),
        (header::CONTENT_DISPOSITION, "attachment; filename=\"auskunft.json\""),
        (header::CACHE_CONTROL, "no-store"),
    ];
    Ok((headers, document::to_json(&report)).into_response())
}

async fn made(state: &WebState, member: &Member, whose: Whose) -> Result<document::AccessReport, PageError> {
    let report = access_report::report(&state.ctx, &member.visit.caller, member.project.id, whose).await;
    let report = report.map_err(|error| member.fail(error))?;
    Ok(said(member.visit.locale, &member.project, &report))
}
