//! What whoever holds a link sees and sends. Opening a link only shows; its forms act once.

pub(crate) mod again;
pub(crate) mod desk;
mod voice;

use crate::error::{PageError, render};
use crate::extract::{Form, Path, Query};
use crate::request::Visit;
use crate::state::WebState;
use askama::Template;
use axum::extract::State;
use axum::http::StatusCode;
use axum::response::{IntoResponse, Redirect, Response};
use kiez_app::action_link::{self, LinkForm, LinkPage, Opened, Outcome};
use kiez_app::consent::Standing;
use kiez_app::error::AppError;
use kiez_domain::action_link::{Action, Did};
use kiez_domain::consent::{Purpose, current};
use kiez_domain::issue::FieldIssue;
use kiez_domain::language::LanguageTag;
use kiez_words::link::LinkLanguage;
use kiez_words::{Locale, times};
use voice::{Spoken, Voice};

/// What was just done.
#[derive(serde::Deserialize, Default)]
#[serde(default)]
pub(crate) struct After {
    done: String,
}

#[derive(Template)]
#[template(path = "pages/links/page.html")]
struct HolderPage {
    c: Voice,
    title: String,
    /// Where its forms are sent.
    action: String,
    /// Where a fresh link is asked for.
    again: String,
    form: String,
    done: Option<String>,
    wrong: Option<Wrong>,
    wrong_field: String,
    /// What somebody had begun to write.
    words: String,
    body: Body,
    until: String,
    carrier: Option<String>,
}

/// What was wrong with a form.
struct Wrong {
    sentence: String,
}

/// What one of the three actions shows, or that it is too late.
enum Body {
    Mine(Box<Mine>),
    Ask(Ask),
    Confirm(Confirm),
    Expired,
}

struct Mine {
    name: String,
    first_name: Option<String>,
    /// Where everybody sees it, when they do.
    public: Option<String>,
    facts: Vec<(String, String)>,
    /// Medium, value, who sees it.
    channels: Vec<(&'static str, String, &'static str)>,
    permissions: Vec<Permission>,
}

struct Ask {
    name: String,
    permissions: Vec<Permission>,
}

struct Confirm {
    name: String,
    address: String,
    agreed: Vec<Permission>,
}

/// A purpose with the words that are asked and how it stands.
struct Permission {
    purpose: &'static str,
    text: &'static str,
    language: &'static str,
    /// What was just answered, where the form comes back; nothing is ticked before somebody has said it.
    answer: String,
    mark: &'static str,
    since: String,
    stands: bool,
}

/// `GET /l/{token}`: only shows.
pub(crate) async fn show(
    State(state): State<WebState>,
    visit: Visit,
    Spoken(language): Spoken,
    Path(token): Path<String>,
    Query(after): Query<After>,
) -> Result<Response, PageError> {
    let opened = action_link::open(&state.ctx, &token).await.map_err(|error| visit.fail(error))?;
    let mut page = page(language, &token, opened);
    page.done = said(&page.c, &after.done);
    Ok(render(&page))
}

/// `POST /l/{token}`: does what a form asks, once.
pub(crate) async fn act(
    State(state): State<WebState>,
    visit: Visit,
    Spoken(language): Spoken,
    Path(token): Path<String>,
    Form(form): Form<LinkForm>,
) -> Result<Response, PageError> {
    let tag = language.tag().parse().map_err(|problem| visit.fail(AppError::field("lang", problem)))?;
    let done = match action_link::act(&state.ctx, &token, &form, &tag).await {
        Ok(Outcome::Done(did)) => did.name(),
        Ok(Outcome::Already) => "already",
        Err(AppError::Invalid(issues)) => {
            return again(&state, &visit, (language, &token), (form, &issues)).await;
        }
        Err(error) => return Err(visit.fail(error)),
    };
    Ok(Redirect::to(&format!("/l/{token}?lang={language}&done={done}")).into_response())
}

/// The page once more, with what is wrong and the person's own words.
async fn again(
    state: &WebState,
    visit: &Visit,
    (language, token): (LinkLanguage, &str),
    (form, issues): (LinkForm, &[FieldIssue]),
) -> Result<Response, PageError> {
    let opened = action_link::open(&state.ctx, token).await.map_err(|error| visit.fail(error))?;
    let mut page = page(language, token, opened);
    let field = issues.first().map_or("form", |issue| issue.field.as_str());
    let known = ["words", "sure", "answers"].into_iter().find(|known| *known == field);
    page.wrong = Some(Wrong { sentence: page.c.tt("mine-wrong", known.unwrap_or("form")) });
    page.wrong_field = field.to_owned();
    page.words = form.words;
    if let Body::Ask(ask) = &mut page.body {
        for permission in &mut ask.permissions {
            permission.answer = form.answers.get(permission.purpose).cloned().unwrap_or_default();
        }
    }
    Ok((StatusCode::UNPROCESSABLE_ENTITY, render(&page)).into_response())
}

fn said(c: &Voice, done: &str) -> Option<String> {
    let shown = |did: Did| !matches!(did, Did::Refused | Did::AskedAgain);
    let known = done == "already" || done.parse::<Did>().is_ok_and(shown);
    known.then(|| c.tt("mine-done", done))
}

fn page(language: LinkLanguage, token: &str, opened: Opened) -> HolderPage {
    let Opened { project, action, form, until, page } = opened;
    let c = Voice::new(language, &project);
    let title = match page {
        Some(_) => c.tt("mine-title", &action),
        None => c.t("mine-expired-title"),
    };
    let body = match page {
        Some(page) => body(&c, action, (project.data.slug.as_str(), *page)),
        None => Body::Expired,
    };
    let until = match body {
        Body::Expired => String::new(),
        _ => c.with("mine-until", "day", &language.day(until.day())),
    };
    HolderPage {
        title,
        action: format!("/l/{token}?lang={language}"),
        again: format!("/l/{token}/again?lang={language}"),
        form,
        done: None,
        wrong: None,
        wrong_field: String::new(),
        words: String::new(),
        body,
        until,
        carrier: project.data.carrier.map(|carrier| carrier.to_string()),
        c,
    }
}

fn body(c: &Voice, action: Action, (slug, page): (&str, LinkPage)) -> Body {
    let name = page.data.name.to_string();
    let asked = |purpose: &Purpose| {
        let standing = page.consents.standings.iter().find(|standing| standing.purpose == *purpose);
        permission(c, (*purpose, standing))
    };
    match action {
        Action::Consent => Body::Ask(Ask { name, permissions: page.purposes.iter().map(asked).collect() }),
        Action::ConfirmMail => Body::Confirm(Confirm {
            name,
            agreed: page.purposes.iter().map(asked).collect(),
            address: page.address.map(|address| address.to_string()).unwrap_or_default(),
        }),
        Action::MyPage => Body::Mine(Box::new(Mine {
            permissions: Purpose::all().map(|purpose| asked(&purpose)).collect(),
            facts: facts(c, &page),
            public: page.published.then(|| format!("/p/{slug}/actors/{}", page.actor)),
            channels: page
                .channels
                .iter()
                .map(|way| (way.medium.name(), way.value.to_string(), way.visibility.name()))
                .collect(),
            first_name: page.first_name.clone(),
            name,
        })),
    }
}

fn permission(c: &Voice, (purpose, standing): (Purpose, Option<&Standing>)) -> Permission {
    let words = current(purpose, c.language.tag());
    let last = standing.and_then(|standing| standing.last.as_ref());
    let state = last.map_or("never", |last| last.event.act.name());
    let since = match last {
        Some(last) => {
            let day = c.language.day(last.event.evidence.said_on);
            c.with(&format!("mine-state-{state}"), "day", &day)
        }
        None => c.t("mine-state-never"),
    };
    let mark = match state {
        "given" => "agreed",
        "withdrawn" => "withdrawn",
        "refused" => "declined",
        _ => "draft",
    };
    Permission {
        purpose: purpose.name(),
        text: &words.text,
        language: words.language.as_str(),
        answer: String::new(),
        mark,
        since,
        stands: standing.is_some_and(|standing| standing.stands),
    }
}

fn facts(c: &Voice, page: &LinkPage) -> Vec<(String, String)> {
    let data = &page.data;
    let branch = data.branch.as_ref().map(|branch| kiez_app::kind::branch_label(branch, c.language.tag()));
    // Everybody knows a language by its own name.
    let own_name = |tag: &LanguageTag| {
        let known = LinkLanguage::ALL.into_iter().find(|known| known.tag() == tag.primary());
        known.map_or_else(|| tag.to_string(), |known| known.own_name().to_owned())
    };
    let languages: Vec<String> = data.languages.iter().map(own_name).collect();
    let hours = data.opening_hours.as_ref().map(|text| hours(c.language, text.as_str()));
    let all = [
        ("mine-name", data.name.to_string()),
        ("mine-branch", branch.unwrap_or_default()),
        ("mine-address", data.address.to_string()),
        ("mine-speaks", languages.join(", ")),
        ("mine-hours", hours.unwrap_or_default()),
    ];
    let filled = all.into_iter().filter(|(_, value)| !value.is_empty());
    filled.map(|(key, value)| (c.t(key), value)).collect()
}

/// An ordinary week where the text can be read as one and the language has names for its days; else as it is written.
fn hours(language: LinkLanguage, text: &str) -> String {
    let locale = match language {
        LinkLanguage::German => Locale::German,
        LinkLanguage::English => Locale::English,
        LinkLanguage::Turkish | LinkLanguage::Arabic => return text.to_owned(),
    };
    let week = kiez_app::actor::week_of(text);
    week.map_or_else(|| text.to_owned(), |week| times::opening_week(locale, &week).join("; "))
}
