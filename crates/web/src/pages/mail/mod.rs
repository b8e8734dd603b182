//! What the program wrote to whom, and why: for the coordinators of a project, and for whoever runs the installation.

pub(crate) mod house;

use crate::error::{PageError, render};
use crate::extract::{Path, Query};
use crate::forms;
use crate::layout::Chrome;
use crate::pages::account::moment;
use crate::request::Member;
use crate::state::WebState;
use askama::Template;
use axum::extract::State;
use axum::response::{IntoResponse, Redirect, Response};
use kiez_app::error::AppError;
use kiez_app::mail;
use kiez_app::message::{self, Of};
use kiez_app::page::Page;
use kiez_domain::id::MessageId;
use kiez_domain::message::{MessageEvent, MessageState};

/// Rows of one page.
const PAGE: u32 = 50;

/// Which part of the list, and what was just done.
#[derive(serde::Deserialize, Default)]
#[serde(default)]
pub(crate) struct ListQuery {
    #[serde(deserialize_with = "forms::offset")]
    offset: u64,
    done: Option<String>,
}

#[derive(Template)]
#[template(path = "pages/mail/list.html")]
struct MailPage {
    c: Chrome,
    /// Where the forms of the rows are sent.
    base: String,
    /// Where this page hangs: the members of a project; nothing for the whole installation.
    members: Option<String>,
    messages: Vec<Row>,
    total: u64,
    next: Option<u64>,
    previous: Option<u64>,
    /// The key of a sentence about what was just done.
    done: Option<&'static str>,
    held: bool,
    /// Nobody sends, or into a folder: the key of a sentence.
    way: Option<&'static str>,
}

/// A message as the list shows it.
struct Row {
    id: MessageId,
    at: String,
    to: String,
    /// The address of somebody without an account; an account is known by its name.
    address: Option<String>,
    kind: &'static str,
    basis: &'static str,
    state: &'static str,
    reason: Option<String>,
    attempts: u64,
    next: Option<String>,
    may_release: bool,
    may_give_up: bool,
}

/// `GET /w/{project}/mail`
pub(crate) async fn list(
    State(state): State<WebState>,
    member: Member,
    Query(query): Query<ListQuery>,
) -> Result<Response, PageError> {
    let of = Of::Project(member.project.id);
    let c = Chrome::workspace(&member);
    let base = (member.path("/mail"), Some(member.path("/members")));
    let page = page(&state, (c, base), (&member.visit.caller, of), &query).await;
    Ok(render(&page.map_err(|error| member.fail(error))?))
}

/// `POST /w/{project}/mail/{id}/release`
pub(crate) async fn release(
    State(state): State<WebState>,
    member: Member,
    Path((_, id)): Path<(String, MessageId)>,
) -> Result<Response, PageError> {
    let of = Of::Project(member.project.id);
    let done = message::release(&state.ctx, &member.visit.caller, of, id).await;
    done.map_err(|error| member.fail(error))?;
    Ok(Redirect::to(&member.path("/mail?done=released")).into_response())
}

/// `POST /w/{project}/mail/{id}/give-up`
pub(crate) async fn give_up(
    State(state): State<WebState>,
    member: Member,
    Path((_, id)): Path<(String, MessageId)>,
) -> Result<Response, PageError> {
    let of = Of::Project(member.project.id);
    let done = message::give_up(&state.ctx, &member.visit.caller, of, id).await;
    done.map_err(|error| member.fail(error))?;
    Ok(Redirect::to(&member.path("/mail?done=given-up")).into_response())
}

async fn page(
    state: &WebState,
    (c, (base, members)): (Chrome, (String, Option<String>)),
    (caller, of): (&kiez_app::caller::Caller, Of),
    query: &ListQuery,
) -> Result<MailPage, AppError> {
    let wanted = Page { size: PAGE, offset: query.offset };
    let found = message::list(&state.ctx, caller, of, wanted).await?;
    let held = mail::is_held(&state.ctx, caller, of).await?;
    Ok(MailPage {
        messages: found.rows.iter().map(|message| row(&c, message)).collect(),
        total: found.total,
        next: found.next,
        previous: wanted.previous(),
        done: match query.done.as_deref() {
            Some("released") => Some("mail-released"),
            Some("given-up") => Some("mail-given-up"),
            _ => None,
        },
        way: match state.ctx.post.as_deref() {
            None => Some("mail-not-sending"),
            Some(post) if post.is_a_folder() => Some("mail-into-folder"),
            Some(_) => None,
        },
        c,
        base,
        members,
        held,
    })
}

fn row(c: &Chrome, message: &message::Message) -> Row {
    let state = message.state;
    let waits = matches!(state, MessageState::Queued | MessageState::Failed);
    Row {
        id: message.id,
        at: moment(c, message.ended_at.unwrap_or(message.created_at)),
        to: match message.name.as_str() {
            "" => c.t("mail-to-contact"),
            name => name.to_owned(),
        },
        address: message.address.clone(),
        kind: message.ground.kind().name(),
        basis: message.ground.basis().name(),
        state: state.name(),
        reason: message.reason.as_ref().map(|reason| c.tt("mail-reason", reason)),
        attempts: u64::try_from(message.attempts).unwrap_or(0),
        next: (waits && message.attempts > 0).then(|| moment(c, message.due_at)),
        may_release: state.transition(MessageEvent::Release).is_ok(),
        may_give_up: state.transition(MessageEvent::GiveUp).is_ok(),
    }
}
