//! What a business said when it was asked: noted on its page, listed there.

use super::{ActorPage, page, parse};
use crate::error::{PageError, render};
use crate::extract::{Form, Path};
use crate::forms::Wrong;
use crate::layout::Chrome;
use crate::request::Member;
use crate::state::WebState;
use axum::extract::State;
use axum::http::StatusCode;
use axum::response::{IntoResponse, Redirect, Response};
use kiez_app::answer::{self, AnswerView};
use kiez_app::error::AppError;
use kiez_app::kind::Choice;
use kiez_domain::answer::{AnswerForm, Said};
use kiez_domain::branch::BranchId;
use kiez_domain::id::ActorId;
use kiez_words::{Args, Words, times};

/// What the template `pages/actors/answers.html` shows.
pub(super) struct Answers {
    pub(super) action: String,
    /// Kinds that its branch gives most often.
    pub(super) typical: Vec<Choice>,
    pub(super) others: Vec<Choice>,
    pub(super) form: AnswerForm,
    pub(super) wrong: Wrong,
    /// What was said, as sentences, the newest first.
    pub(super) told: Vec<String>,
}

impl Answers {
    /// Reads them; nothing for somebody who may not.
    pub(super) async fn of(
        state: &WebState,
        member: &Member,
        (actor, branch): (ActorId, Option<&BranchId>),
    ) -> Result<Option<Self>, AppError> {
        let found = answer::list(&state.ctx, &member.visit.caller, member.project.id, actor).await;
        let told = match found {
            Ok(told) => told,
            Err(AppError::NotFound) => return Ok(None),
            Err(error) => return Err(error),
        };
        let c = Chrome::workspace(member);
        let language = member.visit.locale.label_language();
        let (typical, others) = kiez_app::kind::by_branch(branch, language);
        let form = AnswerForm { on: state.ctx.today().to_string(), ..AnswerForm::default() };
        Ok(Some(Self {
            action: member.path(&format!("/actors/{actor}/answers")),
            typical,
            others,
            form,
            wrong: Wrong::nothing(),
            told: told.into_iter().map(|answer| sentence(&c, language, &answer)).collect(),
        }))
    }
}

fn sentence(c: &Chrome, language: &str, answer: &AnswerView) -> String {
    let about = answer.kind.as_ref().map(|kind| kiez_app::kind::label(kind, language));
    let about = about.unwrap_or_else(|| c.t("answer-taking-part"));
    let args = Args::new().with("day", times::day(c.locale, answer.on)).with("about", about);
    let args = args.with("said", c.tt("answer", &answer.said));
    match answer.again {
        Some(again) => {
            let args = args.with("again", times::day(c.locale, again));
            Words::of(c.locale).with("answer-line-again", &args)
        }
        None => Words::of(c.locale).with("answer-line", &args),
    }
}

/// `POST /w/{project}/actors/{id}/answers`
pub(crate) async fn note(
    State(state): State<WebState>,
    member: Member,
    Path((_, id)): Path<(String, String)>,
    Form(form): Form<AnswerForm>,
) -> Result<Response, PageError> {
    let id = parse(&member, &id)?;
    let (caller, project) = (&member.visit.caller, member.project.id);
    match answer::note(&state.ctx, caller, project, id, form.clone()).await {
        Ok(()) => Ok(Redirect::to(&member.path(&format!("/actors/{id}#answers"))).into_response()),
        Err(AppError::Invalid(issues)) => {
            let wrong = Wrong::of(member.visit.locale, &issues);
            let shown = page(&state, &member, id).await?;
            let answers = shown.answers.map(|answers| Answers { form, wrong, ..answers });
            Ok((StatusCode::UNPROCESSABLE_ENTITY, render(&ActorPage { answers, ..shown })).into_response())
        }
        Err(error) => Err(member.fail(error)),
    }
}

/// What can be said, the buttons of the form.
pub(super) fn words_of_answers() -> [Said; 4] {
    [Said::Yes, Said::No, Said::Interested, Said::Open]
}
