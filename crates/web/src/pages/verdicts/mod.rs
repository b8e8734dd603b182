//! Verdicts on the suggestions for a need: decided on the need's page, listed below them, taken back there.

use crate::error::{PageError, render};
use crate::extract::{Form, Path, Query};
use crate::forms::Wrong;
use crate::pages::postings;
use crate::request::Member;
use crate::state::WebState;
use axum::extract::State;
use axum::http::StatusCode;
use axum::response::{IntoResponse, Redirect, Response};
use kiez_app::error::AppError;
use kiez_app::verdict::{self, VerdictView};
use kiez_domain::id::NeedId;
use kiez_domain::need::NewNeed;
use kiez_domain::verdict::{Decision, VerdictForm};
use kiez_words::{Args, Words, times};

/// "Not now" means four weeks unless another day is chosen.
const PAUSE_DAYS: i64 = 28;

/// What the page of a need shows of verdicts.
pub(crate) struct Verdicts {
    pub(crate) action: String,
    pub(crate) made: Vec<Made>,
    usual_until: String,
    rejected: Option<(VerdictForm, Wrong)>,
}

/// From which page somebody decides; by itself the page of the need.
#[derive(serde::Deserialize, Default)]
#[serde(default)]
pub(crate) struct Origin {
    /// The hours of the week that is planned, when it is the page of the moves.
    hours: Option<u32>,
}

/// One decision that holds.
pub(crate) struct Made {
    pub(crate) giver: String,
    pub(crate) title: String,
    pub(crate) who: Option<String>,
    pub(crate) sentence: String,
    pub(crate) reason: Option<String>,
}

impl Verdicts {
    /// Reads what was decided; nothing for somebody who may not decide.
    pub(crate) async fn of_need(
        state: &WebState,
        member: &Member,
        need: NeedId,
    ) -> Result<Option<Self>, AppError> {
        let found = verdict::list(&state.ctx, &member.visit.caller, member.project.id, need).await;
        let made = match found {
            Ok(made) => made,
            Err(AppError::NotFound) => return Ok(None),
            Err(error) => return Err(error),
        };
        let made = made.into_iter().map(|view| Made::new(member, view)).collect();
        let action = member.path(&format!("/needs/{need}/verdicts"));
        Ok(Some(Self { action, made, usual_until: usual_until(state), rejected: None }))
    }

    /// The form beside a move of the week: what it decides leads back there.
    pub(crate) fn of_move(state: &WebState, member: &Member, need: &NeedId, hours: u32) -> Self {
        let action = member.path(&format!("/needs/{need}/verdicts?hours={hours}"));
        Self { action, made: Vec::new(), usual_until: usual_until(state), rejected: None }
    }

    /// The form that was sent and could not be taken comes back with the person's words.
    fn with_rejected(self, form: VerdictForm, wrong: Wrong) -> Self {
        Self { rejected: Some((form, wrong)), ..self }
    }

    fn rejected(&self, giver: &str) -> Option<&(VerdictForm, Wrong)> {
        self.rejected.as_ref().filter(|(form, _)| form.giver == giver)
    }

    pub(crate) fn is_about(&self, giver: &str) -> bool {
        self.rejected(giver).is_some()
    }

    pub(crate) fn reason_for(&self, giver: &str) -> &str {
        self.rejected(giver).map_or("", |(form, _)| &form.reason)
    }

    pub(crate) fn until_for(&self, giver: &str) -> &str {
        self.rejected(giver).map_or(&self.usual_until, |(form, _)| &form.until)
    }

    pub(crate) fn wrong(&self, giver: &str, field: &str) -> Option<&str> {
        self.rejected(giver).and_then(|(_, wrong)| wrong.at(field))
    }
}

fn usual_until(state: &WebState) -> String {
    state.ctx.now().plus_days(PAUSE_DAYS).day().to_string()
}

impl Made {
    fn new(member: &Member, view: VerdictView) -> Self {
        let locale = member.visit.locale;
        let key = match view.decision {
            Decision::Pin => "verdict-pinned",
            Decision::Later => "verdict-set-aside",
            Decision::Never => "verdict-excluded",
        };
        let until = view.until.map(|day| times::day(locale, day)).unwrap_or_default();
        let actor = view.actor.map(|actor| actor.name);
        let (title, who) = match view.text {
            Some(text) => (text, actor),
            None => (actor.unwrap_or_default(), None),
        };
        Self {
            giver: view.giver.to_string(),
            title,
            who,
            sentence: Words::of(locale).with(key, &Args::new().with("until", until)),
            reason: view.reason.map(Into::into),
        }
    }
}

/// `POST /w/{project}/needs/{id}/verdicts`
pub(crate) async fn decide(
    State(state): State<WebState>,
    member: Member,
    Path((_, id)): Path<(String, String)>,
    Query(origin): Query<Origin>,
    Form(form): Form<VerdictForm>,
) -> Result<Response, PageError> {
    let need: NeedId = id.parse().map_err(|_| member.fail(AppError::NotFound))?;
    let (caller, project) = (&member.visit.caller, member.project.id);
    match verdict::decide(&state.ctx, caller, project, need, form.clone()).await {
        Ok(()) => Ok(origin.hours.map_or_else(|| back(&member, need), |hours| to_moves(&member, hours))),
        Err(AppError::Invalid(issues)) => {
            let wrong = Wrong::of(member.visit.locale, &issues);
            let page = postings::page::<NewNeed>(&state, &member, need).await?;
            let page = page.with_verdicts(|verdicts| verdicts.with_rejected(form, wrong));
            Ok((StatusCode::UNPROCESSABLE_ENTITY, render(&page)).into_response())
        }
        Err(error) => Err(member.fail(error)),
    }
}

#[derive(serde::Deserialize)]
pub(crate) struct TakeBackForm {
    giver: String,
}

/// `POST /w/{project}/needs/{id}/verdicts/take-back`
pub(crate) async fn take_back(
    State(state): State<WebState>,
    member: Member,
    Path((_, id)): Path<(String, String)>,
    Form(form): Form<TakeBackForm>,
) -> Result<Response, PageError> {
    let need: NeedId = id.parse().map_err(|_| member.fail(AppError::NotFound))?;
    let (caller, project) = (&member.visit.caller, member.project.id);
    let done = verdict::take_back(&state.ctx, caller, project, need, &form.giver).await;
    done.map_err(|error| member.fail(error))?;
    Ok(back(&member, need))
}

fn back(member: &Member, need: NeedId) -> Response {
    Redirect::to(&member.path(&format!("/needs/{need}#found"))).into_response()
}

fn to_moves(member: &Member, hours: u32) -> Response {
    Redirect::to(&member.path(&format!("/moves?hours={hours}"))).into_response()
}
