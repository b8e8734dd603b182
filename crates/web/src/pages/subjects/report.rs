//! The access report: to be read, or taken along as a paper or as data. It is made anew each time and kept nowhere.

use super::{PersonQuery, query_of, whose};
use crate::access_report::{said, sheet};
use crate::error::{PageError, render};
use crate::extract::{Path, Query};
use crate::layout::Chrome;
use crate::paper::answer;
use crate::request::Member;
use crate::state::WebState;
use askama::Template;
use axum::extract::State;
use axum::http::{HeaderValue, header};
use axum::response::{IntoResponse, Response};
use kiez_app::access_report::{self, Whose, document};

#[derive(Template)]
#[template(path = "pages/subjects/report.html")]
struct ReportPage {
    c: Chrome,
    /// Back to the data of the actor.
    back: String,
    json: String,
    pdf: String,
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
    let file = |ending: &str| format!("{base}/report.{ending}{}", query_of(whose));
    let (json, pdf) = (file("json"), file("pdf"));
    Ok(render(&ReportPage { c: Chrome::workspace(&member), json, pdf, back: base, report }))
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

/// `GET /w/{project}/actors/{id}/data/report.pdf`
pub(crate) async fn pdf(
    State(state): State<WebState>,
    member: Member,
    Path((_, id)): Path<(String, String)>,
    Query(query): Query<PersonQuery>,
) -> Result<Response, PageError> {
    let report = made(&state, &member, whose(&member, &id, &query.person)?).await?;
    let paper = sheet(member.visit.locale, &member.project, (&report, state.ctx.today()));
    let mut answer = answer(&state, &member, &paper, "auskunft")?;
    answer.headers_mut().insert(header::CACHE_CONTROL, HeaderValue::from_static("no-store"));
    Ok(answer)
}

async fn made(state: &WebState, member: &Member, whose: Whose) -> Result<document::AccessReport, PageError> {
    let report = access_report::report(&state.ctx, &member.visit.caller, member.project.id, whose).await;
    let report = report.map_err(|error| member.fail(error))?;
    Ok(said(member.visit.locale, &member.project, &report))
}
