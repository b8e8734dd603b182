//! How long what is kept, and what goes next.

use crate::error::{PageError, render};
use crate::extract::Form;
use crate::layout::Chrome;
use crate::request::Member;
use crate::state::WebState;
use askama::Template;
use axum::extract::State;
use axum::response::{IntoResponse, Redirect, Response};
use kiez_app::retention::{self, Due, RetentionRun};
use kiez_words::{Args, Words, times};

/// Whether somebody has looked at it.
#[derive(serde::Deserialize, Default)]
#[serde(default)]
pub(crate) struct RunForm {
    agreed: String,
}

#[derive(Template)]
#[template(path = "pages/subjects/retention.html")]
struct RetentionPage {
    c: Chrome,
    action: String,
    processing: String,
    classes: Vec<Row>,
    /// How many people it would touch, when somebody is asked first.
    brake: Option<String>,
    anything: bool,
    past: Vec<(String, &'static str, String)>,
}

struct Row {
    class: String,
    /// The key of the sentence about its beginning.
    event: String,
    days: u64,
    rows: u64,
}

/// `GET /w/{project}/retention`
pub(crate) async fn page(State(state): State<WebState>, member: Member) -> Result<Response, PageError> {
    let outlook = retention::outlook(&state.ctx, &member.visit.caller, Some(member.project.id)).await;
    let outlook = outlook.map_err(|error| member.fail(error))?;
    let (c, locale) = (Chrome::workspace(&member), member.visit.locale);
    let row = |due: &Due| Row {
        class: due.class.id.clone(),
        event: format!("retention-class-{}-event", due.class.id),
        days: u64::try_from(due.class.after).unwrap_or(0),
        rows: due.rows,
    };
    let past = |run: &RetentionRun| {
        let rows: u64 = run.counts.values().sum();
        (times::moment(locale, run.at), run.state.name(), c.count("retention-rows", &rows))
    };
    let brake = outlook.brakes().then(|| {
        let args = Args::new().with("persons", c.n(&outlook.persons)).with("all", c.n(&outlook.of_persons));
        Words::of(locale).with("retention-brake", &args)
    });
    Ok(render(&RetentionPage {
        action: member.path("/retention"),
        processing: member.path("/processing"),
        classes: outlook.due.iter().map(row).collect(),
        brake,
        anything: outlook.is_anything_due(),
        past: outlook.past.iter().map(past).collect(),
        c,
    }))
}

/// `POST /w/{project}/retention`
pub(crate) async fn run(
    State(state): State<WebState>,
    member: Member,
    Form(form): Form<RunForm>,
) -> Result<Response, PageError> {
    let (caller, project) = (&member.visit.caller, Some(member.project.id));
    let done = retention::run(&state.ctx, caller, project, form.agreed == "yes").await;
    done.map_err(|error| member.fail(error))?;
    Ok(Redirect::to(&member.path("/retention")).into_response())
}
