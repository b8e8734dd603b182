//! What an actor has agreed to: on its page, noted there, taken back there.

use crate::error::{PageError, render};
use crate::extract::{Form, Path};
use crate::forms::Wrong;
use crate::layout::Chrome;
use crate::pages::actors;
use crate::request::Member;
use crate::state::WebState;
use axum::extract::State;
use axum::http::StatusCode;
use axum::response::{IntoResponse, Redirect, Response};
use kiez_app::consent::{self, ConsentEntry, ConsentView, Standing};
use kiez_app::error::AppError;
use kiez_domain::consent::{ConsentForm, Purpose, current, languages};
use kiez_domain::id::{ActorId, PersonId};
use kiez_words::{Args, Words, times};

/// What the template `pages/consents/section.html` shows.
pub(crate) struct Consents {
    /// Where the form is sent; none for those who note nothing.
    pub(crate) record: Option<String>,
    /// Where somebody takes back in the own name.
    pub(crate) withdraw: Option<String>,
    pub(crate) rows: Vec<Row>,
    /// Every event as a sentence, the latest first.
    pub(crate) history: Vec<String>,
    /// What can be ticked, with the words that are asked.
    pub(crate) asked: Vec<Asked>,
    /// Languages in which the words can be asked: tag and name.
    pub(crate) languages: Vec<(&'static str, String)>,
    /// Humans at the actor, for whom something can be noted.
    pub(crate) people: Vec<(PersonId, String)>,
    pub(crate) v: ConsentForm,
    pub(crate) f: Wrong,
}

pub(crate) struct Row {
    pub(crate) purpose: &'static str,
    /// `given`, `withdrawn`, `refused` or `never`.
    pub(crate) state: &'static str,
    /// How its mark is drawn.
    pub(crate) mark: &'static str,
    pub(crate) stands: bool,
    /// Since when, by whom, how.
    pub(crate) line: Option<String>,
    /// The words that were agreed to, with their language and version.
    pub(crate) words: Option<AgreedWords>,
    /// What humans at the actor have said of their own.
    pub(crate) people: Vec<String>,
}

pub(crate) struct AgreedWords {
    pub(crate) text: &'static str,
    pub(crate) language: String,
    pub(crate) version: String,
}

pub(crate) struct Asked {
    pub(crate) purpose: &'static str,
    pub(crate) text: &'static str,
    pub(crate) language: &'static str,
    pub(crate) ticked: bool,
}

impl Consents {
    /// Reads them; nothing for somebody who may not.
    pub(crate) async fn of(
        state: &WebState,
        member: &Member,
        (actor, people): (ActorId, Vec<(PersonId, String)>),
    ) -> Result<Option<Self>, AppError> {
        let found = consent::view(&state.ctx, &member.visit.caller, member.project.id, actor).await;
        let view = match found {
            Ok(view) => view,
            Err(AppError::NotFound) => return Ok(None),
            Err(error) => return Err(error),
        };
        let today = state.ctx.today().to_string();
        let form = ConsentForm { said_on: today, asked_in: "de".to_owned(), ..ConsentForm::default() };
        let filled = Self { people, ..shown(&Chrome::workspace(member), &view) };
        let path = |rest: &str| member.path(&format!("/actors/{actor}/consents{rest}"));
        let record = view.may_record.then(|| path(""));
        let withdraw = view.may_withdraw.then(|| path("/withdraw"));
        Ok(Some(Self { record, withdraw, ..filled.with_form(form, Wrong::nothing()) }))
    }

    /// The same with a form as it was sent.
    pub(crate) fn with_form(self, form: ConsentForm, wrong: Wrong) -> Self {
        let language = if form.asked_in.is_empty() { "de" } else { form.asked_in.as_str() };
        let ask = |purpose: Purpose| {
            let words = current(purpose, language);
            Asked {
                purpose: purpose.name(),
                text: &words.text,
                language: words.language.as_str(),
                ticked: form.has(purpose),
            }
        };
        Self { asked: Purpose::all().map(ask).collect(), v: form, f: wrong, ..self }
    }
}

fn shown(c: &Chrome, view: &ConsentView) -> Consents {
    let name = |tag: &'static str| {
        let known = tag.parse().map(|tag| kiez_words::language::name(c.locale, &tag));
        (tag, known.unwrap_or_else(|_| tag.to_owned()))
    };
    Consents {
        record: None,
        withdraw: None,
        rows: view.standings.iter().map(|standing| row(c, standing)).collect(),
        history: view.history.iter().map(|entry| sentence(c, entry)).collect(),
        asked: Vec::new(),
        languages: languages().into_iter().map(name).collect(),
        people: Vec::new(),
        v: ConsentForm::default(),
        f: Wrong::nothing(),
    }
}

fn row(c: &Chrome, standing: &Standing) -> Row {
    let act = standing.last.as_ref().map_or("never", |last| last.event.act.name());
    let mark = match act {
        "given" => "agreed",
        "withdrawn" => "withdrawn",
        "refused" => "declined",
        _ => "draft",
    };
    let people = standing.persons.iter().map(|(_, name, stands)| {
        let said = c.tt("consent", if *stands { "given" } else { "withdrawn" });
        format!("{name}: {said}")
    });
    Row {
        purpose: standing.purpose.name(),
        state: act,
        mark,
        stands: standing.stands,
        line: standing.last.as_ref().map(|last| how(c, last)),
        words: standing.last.as_ref().and_then(|last| agreed_words(c, last)),
        people: people.collect(),
    }
}

fn agreed_words(c: &Chrome, entry: &ConsentEntry) -> Option<AgreedWords> {
    let evidence = &entry.event.evidence;
    let version = evidence.text.as_ref()?.short().to_owned();
    let language = kiez_words::language::name(c.locale, &evidence.language);
    let version = c.with("consent-version", "version", &format!("{language}, {version}"));
    Some(AgreedWords { text: entry.words?, language: evidence.language.to_string(), version })
}

/// "02.03.2026, Elif Kara, auf Papier (Ordner im Büro)".
fn how(c: &Chrome, entry: &ConsentEntry) -> String {
    let evidence = &entry.event.evidence;
    let args = Args::new().with("day", times::day(c.locale, evidence.said_on));
    let args = args.with("who", evidence.said_by.to_string());
    let args = args.with("how", c.tt("heard", &evidence.channel));
    match &evidence.note {
        Some(note) => Words::of(c.locale).with("consent-how-note", &args.with("note", note.to_string())),
        None => Words::of(c.locale).with("consent-how", &args),
    }
}

fn sentence(c: &Chrome, entry: &ConsentEntry) -> String {
    let about = c.tt("purpose", &entry.event.purpose);
    let about = match &entry.person {
        Some(person) => format!("{about} ({person})"),
        None => about,
    };
    let args = Args::new().with("about", about).with("said", c.tt("consent", &entry.event.act));
    let args = args.with("how", how(c, entry));
    let args = args.with("at", times::moment(c.locale, entry.event.recorded_at));
    match &entry.recorded_by {
        Some(by) => Words::of(c.locale).with("consent-line-by", &args.with("by", by.clone())),
        None => Words::of(c.locale).with("consent-line", &args),
    }
}

/// `POST /w/{project}/actors/{id}/consents`
pub(crate) async fn record(
    State(state): State<WebState>,
    member: Member,
    Path((_, id)): Path<(String, String)>,
    Form(form): Form<ConsentForm>,
) -> Result<Response, PageError> {
    let id = actors::parse(&member, &id)?;
    let (caller, project) = (&member.visit.caller, member.project.id);
    match consent::record(&state.ctx, caller, project, id, form.clone()).await {
        Ok(()) => Ok(back(&member, id)),
        Err(AppError::Invalid(issues)) => {
            let wrong = Wrong::of(member.visit.locale, &issues);
            let page = actors::page(&state, &member, id).await?.with_consents(form, wrong);
            Ok((StatusCode::UNPROCESSABLE_ENTITY, render(&page)).into_response())
        }
        Err(error) => Err(member.fail(error)),
    }
}

/// What is taken back.
#[derive(serde::Deserialize, Default)]
#[serde(default)]
pub(crate) struct Withdrawal {
    purpose: String,
}

/// `POST /w/{project}/actors/{id}/consents/withdraw`
pub(crate) async fn withdraw(
    State(state): State<WebState>,
    member: Member,
    Path((_, id)): Path<(String, String)>,
    Form(form): Form<Withdrawal>,
) -> Result<Response, PageError> {
    let id = actors::parse(&member, &id)?;
    let (caller, project) = (&member.visit.caller, member.project.id);
    let done = match form.purpose.parse() {
        Ok(purpose) => consent::withdraw(&state.ctx, caller, project, (id, purpose)).await,
        Err(problem) => consent::view(&state.ctx, caller, project, id)
            .await
            .and_then(|_| Err(AppError::field("purpose", problem))),
    };
    done.map_err(|error| member.fail(error))?;
    Ok(back(&member, id))
}

fn back(member: &Member, id: ActorId) -> Response {
    Redirect::to(&member.path(&format!("/actors/{id}#consents"))).into_response()
}
