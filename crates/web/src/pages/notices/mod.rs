//! Who is still to be told what is stored about them: the list, the letter, and that it was done.

pub(crate) mod letter;

use crate::error::{PageError, render};
use crate::extract::{Form, Path, Query};
use crate::forms::Wrong;
use crate::layout::Chrome;
use crate::pages::links::desk::{mail_language, mail_languages};
use crate::paper::answer;
use crate::request::Member;
use crate::state::WebState;
use askama::Template;
use axum::extract::State;
use axum::http::StatusCode;
use axum::response::{IntoResponse, Redirect, Response};
use kiez_app::error::AppError;
use kiez_app::notice::{self, Waiting};
use kiez_app::page::Page;
use kiez_domain::id::PersonId;
use kiez_domain::notice::{NoticeForm, Way};
use kiez_words::times;

/// How many people stand on one page.
const PAGE: u32 = 50;

#[derive(serde::Deserialize, Default)]
#[serde(default)]
pub(crate) struct ListQuery {
    #[serde(deserialize_with = "crate::forms::offset")]
    offset: u64,
    /// Whether somebody was just noted as told, and how: `mail` where a mail goes out.
    told: Option<String>,
}

/// In which language a mail is written.
#[derive(serde::Deserialize, Default)]
#[serde(default)]
pub(crate) struct MailForm {
    language: String,
}

#[derive(Template)]
#[template(path = "pages/notices/list.html")]
struct ListPage {
    c: Chrome,
    processing: String,
    base: String,
    /// The key of a sentence about who was just told.
    told: Option<&'static str>,
    languages: [(&'static str, &'static str); 2],
    people: Vec<Row>,
    ways: [Way; 3],
    total: u64,
    /// Where this part of the list begins.
    offset: u64,
    next: Option<u64>,
    previous: Option<u64>,
}

/// Somebody who is still to be told.
struct Row {
    id: PersonId,
    name: String,
    function: Option<String>,
    actor: String,
    actor_page: String,
    noted: String,
    due: String,
    late: bool,
    /// Whether a mail address is known.
    mail: bool,
    /// What the form holds.
    form: NoticeForm,
    wrong: Wrong,
}

/// `GET /w/{project}/notices`
pub(crate) async fn list(
    State(state): State<WebState>,
    member: Member,
    Query(query): Query<ListQuery>,
) -> Result<Response, PageError> {
    let told = query.told.as_deref();
    let told = told.map(|way| if way == "mail" { "notice-mailed" } else { "notice-told" });
    Ok(render(&page(&state, &member, query.offset, (told, None)).await?))
}

/// `GET /w/{project}/notices/{id}/letter.pdf`
pub(crate) async fn letter(
    State(state): State<WebState>,
    member: Member,
    Path((_, id)): Path<(String, String)>,
) -> Result<Response, PageError> {
    let id = parse(&member, &id)?;
    let letter = notice::letter(&state.ctx, &member.visit.caller, member.project.id, id).await;
    let letter = letter.map_err(|error| member.fail(error))?;
    let paper = letter::of(member.visit.locale, &member.project, &letter, state.ctx.today());
    answer(&state, &member, &paper, "notice")
}

/// `POST /w/{project}/notices/{id}`: from the part of the list that the address names.
pub(crate) async fn record(
    State(state): State<WebState>,
    member: Member,
    Path((_, id)): Path<(String, String)>,
    Query(query): Query<ListQuery>,
    Form(form): Form<NoticeForm>,
) -> Result<Response, PageError> {
    let id = parse(&member, &id)?;
    let told = notice::record(&state.ctx, &member.visit.caller, member.project.id, (id, &form)).await;
    led_back(&state, &member, (query.offset, "1"), (told, id, form)).await
}

/// `POST /w/{project}/notices/{id}/mail`: the letter goes by mail, and the person is told with that.
pub(crate) async fn send(
    State(state): State<WebState>,
    member: Member,
    Path((_, id)): Path<(String, String)>,
    Query(query): Query<ListQuery>,
    Form(form): Form<MailForm>,
) -> Result<Response, PageError> {
    let id = parse(&member, &id)?;
    let language = mail_language(&form.language).map_err(|error| member.fail(error))?;
    let told = notice::send(&state.ctx, &member.visit.caller, member.project.id, id, language).await;
    let form = blank(&state.ctx.today().to_string());
    led_back(&state, &member, (query.offset, "mail"), (told, id, form)).await
}

/// Back to the part of the list where one was, with what was said or with what is wrong.
async fn led_back(
    state: &WebState,
    member: &Member,
    (offset, way): (u64, &str),
    (told, id, form): (Result<(), AppError>, PersonId, NoticeForm),
) -> Result<Response, PageError> {
    match told {
        Ok(()) => {
            let next = format!("/notices?told={way}&offset={offset}");
            Ok(Redirect::to(&member.path(&next)).into_response())
        }
        Err(AppError::Invalid(issues)) => {
            let wrong = Wrong::of(member.visit.locale, &issues);
            let page = page(state, member, offset, (None, Some((id, form, wrong)))).await?;
            Ok((StatusCode::UNPROCESSABLE_ENTITY, render(&page)).into_response())
        }
        Err(error) => Err(member.fail(error)),
    }
}

/// What stands in the form before anybody types.
fn blank(today: &str) -> NoticeForm {
    NoticeForm { on: today.to_owned(), way: Way::Letter.to_string() }
}

fn parse(member: &Member, id: &str) -> Result<PersonId, PageError> {
    id.parse().map_err(|_| member.fail(AppError::NotFound))
}

async fn page(
    state: &WebState,
    member: &Member,
    offset: u64,
    (told, mut rejected): (Option<&'static str>, Option<(PersonId, NoticeForm, Wrong)>),
) -> Result<ListPage, PageError> {
    let part = Page { size: PAGE, offset };
    let found = notice::list(&state.ctx, &member.visit.caller, member.project.id, part).await;
    let found = found.map_err(|error| member.fail(error))?;
    let today = state.ctx.today().to_string();
    let c = Chrome::workspace(member);
    let row = |waiting: Waiting| {
        let (form, wrong) = match rejected.take_if(|(id, _, _)| *id == waiting.known.person.id) {
            Some((_, form, wrong)) => (form, wrong),
            None => (blank(&today), Wrong::nothing()),
        };
        row(member, waiting, (form, wrong))
    };
    Ok(ListPage {
        processing: member.path("/processing"),
        base: member.path("/notices"),
        told,
        languages: mail_languages(),
        people: found.rows.into_iter().map(row).collect(),
        ways: [Way::Letter, Way::Mail, Way::Talk],
        total: found.total,
        next: found.next,
        offset,
        previous: part.previous(),
        c,
    })
}

fn row(member: &Member, waiting: Waiting, (form, wrong): (NoticeForm, Wrong)) -> Row {
    let locale = member.visit.locale;
    let person = waiting.known.person;
    Row {
        id: person.id,
        name: person.name.to_string(),
        function: person.function.map(Into::into),
        actor: waiting.known.actor_name,
        actor_page: member.path(&format!("/actors/{}", person.actor)),
        noted: times::day(locale, waiting.known.noted.day()),
        due: times::day(locale, waiting.due),
        late: waiting.late,
        mail: waiting.mail,
        form,
        wrong,
    }
}
