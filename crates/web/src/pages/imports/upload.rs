//! A file from the browser: chosen, looked at, taken in or thrown away.

use super::fault::{FileFault, RowFault};
use super::figures;
use crate::error::{PageError, render};
use crate::extract::{Form, Path, Upload};
use crate::forms::Wrong;
use crate::layout::Chrome;
use crate::request::Member;
use crate::state::WebState;
use askama::Template;
use axum::extract::{FromRequestParts, State};
use axum::http::StatusCode;
use axum::http::request::Parts;
use axum::response::{IntoResponse, Redirect, Response};
use kiez_app::error::AppError;
use kiez_app::import::upload::{self, UPLOAD_BYTES};
use kiez_domain::id::UploadId;
use kiez_words::times;

/// How many faults and differences of a file are shown before it is taken in.
const SHOWN: usize = 100;
/// What a file may hold, in the order of the choice.
const KINDS: [&str; 4] = ["actors", "cards", "premises", "quarter"];

#[derive(Template)]
#[template(path = "pages/imports/new.html")]
struct NewPage {
    c: Chrome,
    base: String,
    kinds: [&'static str; 4],
    kind: String,
    megabytes: u64,
    /// What is wrong with the file as a whole.
    unreadable: Option<FileFault>,
    too_large: bool,
    f: Wrong,
}

#[derive(Template)]
#[template(path = "pages/imports/preview.html")]
struct PreviewPage {
    c: Chrome,
    base: String,
    action: String,
    kind: &'static str,
    file: String,
    until: String,
    figures: Vec<(&'static str, u64)>,
    /// Whether taking it in would do anything.
    worth: bool,
    faults: Vec<RowFault>,
    faults_total: u64,
    differences: Vec<(String, String, String, String)>,
}

/// A member who may import: asked before a byte of a file is read.
pub(crate) struct Importer(Member);

impl FromRequestParts<WebState> for Importer {
    type Rejection = PageError;

    async fn from_request_parts(parts: &mut Parts, state: &WebState) -> Result<Self, PageError> {
        let member = <Member as FromRequestParts<WebState>>::from_request_parts(parts, state).await?;
        let import = kiez_app::import::may_import(&member.visit.caller, member.project.id);
        import.map_err(|error| member.fail(error))?;
        Ok(Self(member))
    }
}

/// `GET /w/{project}/imports/new`
pub(crate) async fn blank(Importer(member): Importer) -> Result<Response, PageError> {
    Ok(render(&new_page(&member, "actors", Wrong::nothing())))
}

/// `POST /w/{project}/imports`
pub(crate) async fn receive(
    State(state): State<WebState>,
    Importer(member): Importer,
    Upload(sent): Upload,
) -> Result<Response, PageError> {
    let kind = sent.form.kind.clone();
    if sent.too_large {
        let page = NewPage { too_large: true, ..new_page(&member, &kind, Wrong::nothing()) };
        return Ok((StatusCode::PAYLOAD_TOO_LARGE, render(&page)).into_response());
    }
    let (unreadable, f) =
        match upload::receive(&state.ctx, &member.visit.caller, member.project.id, sent.form).await {
            Ok(id) => {
                return Ok(Redirect::to(&member.path(&format!("/imports/uploads/{id}"))).into_response());
            }
            Err(AppError::File(error)) => {
                (Some(FileFault::of(member.visit.locale, &error)), Wrong::nothing())
            }
            Err(AppError::Invalid(issues)) => (None, Wrong::of(member.visit.locale, &issues)),
            Err(error) => return Err(member.fail(error)),
        };
    let page = NewPage { unreadable, ..new_page(&member, &kind, f) };
    Ok((StatusCode::UNPROCESSABLE_ENTITY, render(&page)).into_response())
}

/// `GET /w/{project}/imports/uploads/{id}`: what a waiting file would bring.
pub(crate) async fn preview(
    State(state): State<WebState>,
    member: Member,
    Path((_, id)): Path<(String, String)>,
) -> Result<Response, PageError> {
    let id = parse(&member, &id)?;
    let found = upload::preview(&state.ctx, &member.visit.caller, member.project.id, id).await;
    let found = found.map_err(|error| member.fail(error))?;
    let (worth, report) = (found.report.did_something(), found.report);
    let c = Chrome::workspace(&member);
    let listed = report.files.iter().flat_map(|file| &file.listed_differences).take(SHOWN);
    let differences =
        listed.map(|d| (d.name.clone(), c.tt("field", &d.field), d.ours.clone(), d.theirs.clone())).collect();
    let faults = report.left_out(SHOWN).into_iter().map(|row| RowFault::of(c.locale, row)).collect();
    Ok(render(&PreviewPage {
        base: member.path("/imports"),
        action: member.path(&format!("/imports/uploads/{id}")),
        kind: found.kind.as_str(),
        file: report.files.iter().map(|file| file.file.clone()).collect(),
        until: times::moment(member.visit.locale, found.until),
        figures: figures(&report.figures, report.refused.len()),
        worth,
        faults,
        faults_total: report.refused.len() as u64,
        differences,
        c,
    }))
}

#[derive(serde::Deserialize)]
pub(crate) struct Decision {
    choice: String,
}

/// `POST /w/{project}/imports/uploads/{id}`: takes the file in, or throws it away.
pub(crate) async fn decide(
    State(state): State<WebState>,
    member: Member,
    Path((_, id)): Path<(String, String)>,
    Form(decision): Form<Decision>,
) -> Result<Response, PageError> {
    let id = parse(&member, &id)?;
    let (caller, project, list) = (&member.visit.caller, member.project.id, member.path("/imports"));
    if decision.choice != "take" {
        upload::discard(&state.ctx, caller, project, id).await.map_err(|error| member.fail(error))?;
        return Ok(Redirect::to(&list).into_response());
    }
    let taken = upload::take_in(&state.ctx, caller, project, id).await;
    let import = taken.map_err(|error| member.fail(error))?;
    // A file that brought nothing new leaves no import behind.
    let page = import.map_or(list, |import| member.path(&format!("/imports/{import}")));
    Ok(Redirect::to(&page).into_response())
}

fn parse(member: &Member, id: &str) -> Result<UploadId, PageError> {
    id.parse().map_err(|_| member.fail(AppError::NotFound))
}

fn new_page(member: &Member, kind: &str, f: Wrong) -> NewPage {
    NewPage {
        c: Chrome::workspace(member),
        base: member.path("/imports"),
        kinds: KINDS,
        kind: kind.to_owned(),
        megabytes: (UPLOAD_BYTES / (1024 * 1024)) as u64,
        unreadable: None,
        too_large: false,
        f,
    }
}
