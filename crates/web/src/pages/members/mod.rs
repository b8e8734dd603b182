//! Who belongs to a project: invited by a link, helped back in, let go.

use crate::error::{PageError, render};
use crate::extract::{Form, Path, Query};
use crate::forms::Wrong;
use crate::layout::Chrome;
use crate::pages::links::desk::mail_languages;
use crate::request::{Member, house_address};
use crate::state::WebState;
use askama::Template;
use axum::extract::State;
use axum::http::{HeaderMap, StatusCode};
use axum::response::{IntoResponse, Redirect, Response};
use kiez_app::actor::ActorName;
use kiez_app::error::AppError;
use kiez_app::member;
use kiez_app::user::NewUser;
use kiez_domain::id::UserId;
use kiez_domain::issue::{Expected, FieldIssue, Problem};
use kiez_domain::policy::Role;
use kiez_domain::text::optional;
use kiez_words::{Locale, times};

/// Somebody to invite, as it was typed.
#[derive(serde::Deserialize, Default)]
#[serde(default)]
pub(crate) struct Invitation {
    name: String,
    email: String,
    role: String,
    actor: String,
    language: String,
    mail: Option<String>,
}

/// What was just done.
#[derive(serde::Deserialize, Default)]
#[serde(default)]
pub(crate) struct After {
    ended: Option<String>,
    agreed: Option<String>,
    mailed: Option<String>,
}

#[derive(Template)]
#[template(path = "pages/members/list.html")]
struct MembersPage {
    c: Chrome,
    base: String,
    fact_sheet: String,
    f: Wrong,
    v: Invitation,
    members: Vec<Row>,
    actors: Vec<ActorName>,
    /// A link that was made just now; it is shown this once.
    link: Option<Link>,
    /// Where mail that was sent can be looked at.
    mail: String,
    /// The key of a sentence about what was just done.
    done: Option<&'static str>,
    languages: [(&'static str, &'static str); 2],
}

/// A member as the list shows them.
struct Row {
    user: UserId,
    name: String,
    role: &'static str,
    actor: Option<String>,
    /// What is set up, as words of the list.
    access: Vec<&'static str>,
    manageable: bool,
    has_address: bool,
    /// Has no rights before.
    waits: Option<String>,
    may_confirm: bool,
}

struct Link {
    href: String,
    name: String,
    /// `invitation` or `recovery`.
    kind: &'static str,
}

/// `GET /w/{project}/members`
pub(crate) async fn list(
    State(state): State<WebState>,
    member: Member,
    Query(after): Query<After>,
) -> Result<Response, PageError> {
    let mut page = page(&state, &member).await?;
    page.done = match (after.ended, after.agreed, after.mailed.as_deref()) {
        (Some(_), ..) => Some("member-ended"),
        (_, Some(_), _) => Some("member-confirmed"),
        (_, _, Some("1")) => Some("member-mail-queued"),
        (_, _, Some(_)) => Some("member-mail-again"),
        (_, _, None) => None,
    };
    Ok(render(&page))
}

/// `POST /w/{project}/members`: an invitation; its link is shown once.
pub(crate) async fn invite(
    State(state): State<WebState>,
    member: Member,
    headers: HeaderMap,
    Form(sent): Form<Invitation>,
) -> Result<Response, PageError> {
    let invited = match new_user(&member, &sent) {
        Ok(new) => member::invite(&state.ctx, &member.visit.caller, new).await,
        Err(error) => Err(error),
    };
    match invited {
        Ok(invited) => {
            let of = (member.project.id, invited.user);
            let mailed = match sent.mail.is_some() {
                true => member::mail_link(&state.ctx, &member.visit.caller, of).await,
                false => Ok(false),
            };
            let mut page = page(&state, &member).await?;
            page.done = mailed.map_err(|error| member.fail(error))?.then_some("member-mail-queued");
            page.link = Some(shown(&state, &headers, &invited.token, (sent.name, "invitation")));
            Ok(render(&page))
        }
        Err(AppError::Invalid(issues)) => {
            let mut page = page(&state, &member).await?;
            page.f = Wrong::of(member.visit.locale, &issues);
            page.v = sent;
            Ok((StatusCode::UNPROCESSABLE_ENTITY, render(&page)).into_response())
        }
        Err(error) => Err(member.fail(error)),
    }
}

/// `POST /w/{project}/members/{id}/link`: a fresh link.
pub(crate) async fn link(
    State(state): State<WebState>,
    of: Member,
    headers: HeaderMap,
    Path((_, user)): Path<(String, UserId)>,
) -> Result<Response, PageError> {
    let made = member::link(&state.ctx, &of.visit.caller, (of.project.id, user)).await;
    handed_over(&state, &of, &headers, (made, user, "invitation")).await
}

/// `POST /w/{project}/members/{id}/recovery`: a link for somebody who has lost everything else.
pub(crate) async fn recovery(
    State(state): State<WebState>,
    of: Member,
    headers: HeaderMap,
    Path((_, user)): Path<(String, UserId)>,
) -> Result<Response, PageError> {
    let made = member::recovery_link(&state.ctx, &of.visit.caller, (of.project.id, user)).await;
    handed_over(&state, &of, &headers, (made, user, "recovery")).await
}

/// `POST /w/{project}/members/{id}/mail`: a link that the program sends by itself.
pub(crate) async fn mail(
    State(state): State<WebState>,
    of: Member,
    Path((_, user)): Path<(String, UserId)>,
) -> Result<Response, PageError> {
    let queued = member::mail_link(&state.ctx, &of.visit.caller, (of.project.id, user)).await;
    let mailed = u8::from(queued.map_err(|error| of.fail(error))?);
    Ok(Redirect::to(&of.path(&format!("/members?mailed={mailed}"))).into_response())
}

/// `POST /w/{project}/members/{id}/confirm`: a second look at who was named to coordinate.
pub(crate) async fn confirm(
    State(state): State<WebState>,
    of: Member,
    Path((_, user)): Path<(String, UserId)>,
) -> Result<Response, PageError> {
    let confirmed = member::confirm(&state.ctx, &of.visit.caller, (of.project.id, user)).await;
    confirmed.map_err(|error| of.fail(error))?;
    Ok(Redirect::to(&of.path("/members?agreed=1")).into_response())
}

/// `POST /w/{project}/members/{id}/remove`
pub(crate) async fn remove(
    State(state): State<WebState>,
    of: Member,
    Path((_, user)): Path<(String, UserId)>,
) -> Result<Response, PageError> {
    let ended = member::remove(&state.ctx, &of.visit.caller, (of.project.id, user)).await;
    ended.map_err(|error| of.fail(error))?;
    Ok(Redirect::to(&of.path("/members?ended=1")).into_response())
}

async fn handed_over(
    state: &WebState,
    of: &Member,
    headers: &HeaderMap,
    (made, user, kind): (Result<String, AppError>, UserId, &'static str),
) -> Result<Response, PageError> {
    let token = made.map_err(|error| of.fail(error))?;
    let mut page = page(state, of).await?;
    let name = page.members.iter().find(|row| row.user == user).map(|row| row.name.clone());
    page.link = Some(shown(state, headers, &token, (name.unwrap_or_default(), kind)));
    Ok(render(&page))
}

/// The address of a link as the person at this page reaches the program, so that it can be copied whole.
fn shown(state: &WebState, headers: &HeaderMap, token: &str, (name, kind): (String, &'static str)) -> Link {
    let house = house_address(state, headers);
    Link { href: format!("{house}/link/{token}"), name, kind }
}

fn new_user(member: &Member, sent: &Invitation) -> Result<NewUser, AppError> {
    let actor = optional(&sent.actor).map_err(|problem| AppError::field("actor", problem))?;
    let role: Role = match sent.role.as_str() {
        "" => return Err(AppError::Invalid(vec![FieldIssue::new("role", Problem::Missing)])),
        given => given.parse().ok().filter(|role| member::may_invite(*role)).ok_or_else(|| {
            let expected = Expected::OneOf { words: "institution, coordinator or funder" };
            AppError::field("role", Problem::unreadable(given, expected))
        })?,
    };
    let actor = actor.filter(|_| role == Role::Institution);
    let (name, email) = (sent.name.clone(), sent.email.clone());
    let language = sent.language.parse::<Locale>().ok().and_then(|locale| locale.tag().parse().ok());
    Ok(NewUser { name, email, role, project: Some(member.project.id), actor, language })
}

async fn page(state: &WebState, of: &Member) -> Result<MembersPage, PageError> {
    let (ctx, caller, project) = (&state.ctx, &of.visit.caller, of.project.id);
    let found = member::list(ctx, caller, project).await.map_err(|error| of.fail(error))?;
    let actors = kiez_app::actor::choices(ctx, caller, project).await.map_err(|error| of.fail(error))?;
    Ok(MembersPage {
        c: Chrome::workspace(of),
        base: of.path("/members"),
        fact_sheet: of.path("/project"),
        f: Wrong::nothing(),
        v: Invitation {
            role: "institution".to_owned(),
            language: of.visit.locale.tag().to_owned(),
            mail: Some(String::new()),
            ..Invitation::default()
        },
        members: found.into_iter().map(|found| row(of.visit.locale, found)).collect(),
        actors,
        link: None,
        mail: of.path("/mail"),
        done: None,
        languages: mail_languages(),
    })
}

fn row(locale: Locale, found: member::Member) -> Row {
    let parts = [
        (found.passkeys > 0, "passkey"),
        (found.has_password, "password"),
        (found.has_codes, "codes"),
        (found.passkeys == 0 && !found.has_password, "nothing"),
    ];
    Row {
        user: found.user,
        name: found.name,
        role: found.role.name(),
        actor: found.actor.map(|(_, name)| name),
        access: parts.into_iter().filter(|(there, _)| *there).map(|(_, word)| word).collect(),
        manageable: found.is_manageable,
        has_address: found.has_address,
        waits: found.waits_until.map(|until| times::moment(locale, until)),
        may_confirm: found.may_confirm,
    }
}
