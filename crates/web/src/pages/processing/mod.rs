//! The record of processing, to be read, printed and filed.

mod sheet;

use crate::error::{PageError, render};
use crate::layout::Chrome;
use crate::paper::answer;
use crate::request::Member;
use crate::state::WebState;
use askama::Template;
use axum::extract::State;
use axum::response::Response;
use kiez_app::notice;
use kiez_app::processing::{self, Group};
use kiez_words::{Locale, register};

#[derive(Template)]
#[template(path = "pages/processing/page.html")]
struct ProcessingPage {
    c: Chrome,
    /// Who answers for it: the project's carrier.
    controller: Option<String>,
    project: String,
    /// Where the same lies as PDF.
    paper: String,
    /// Who is still to be told of it.
    notices: String,
    to_inform: u64,
    retention: String,
    activities: Vec<Activity>,
}

/// One activity in the reader's words.
struct Activity {
    /// The key of the table.
    table: String,
    columns: String,
    /// Nothing that could be read stands there.
    secret: bool,
    why: String,
    basis: String,
    who: String,
    until: String,
}

impl Activity {
    fn of(locale: Locale, group: &Group) -> Self {
        let said = |sentence: &str| register::sentence(locale, sentence);
        Self {
            table: group.table.replace('_', "-"),
            columns: group.columns.join(", "),
            secret: group.category == "secret",
            why: said(&group.purpose),
            basis: said(&group.basis),
            who: said(&group.visibility),
            until: said(&group.deletion),
        }
    }
}

/// `GET /w/{project}/processing`
pub(crate) async fn page(State(state): State<WebState>, member: Member) -> Result<Response, PageError> {
    let record = processing::record(&member.visit.caller, member.project.id);
    let record = record.map_err(|error| member.fail(error))?;
    let to_inform = notice::count(&state.ctx, &member.visit.caller, member.project.id).await;
    let to_inform = to_inform.map_err(|error| member.fail(error))?;
    let c = Chrome::workspace(&member);
    Ok(render(&ProcessingPage {
        controller: member.project.data.carrier.clone().map(Into::into),
        project: member.path("/project"),
        paper: member.path("/processing.pdf"),
        notices: member.path("/notices"),
        to_inform,
        retention: member.path("/retention"),
        activities: record.into_iter().map(|group| Activity::of(c.locale, group)).collect(),
        c,
    }))
}

/// `GET /w/{project}/processing.pdf`: the same as a paper.
pub(crate) async fn paper(State(state): State<WebState>, member: Member) -> Result<Response, PageError> {
    let record = processing::record(&member.visit.caller, member.project.id);
    let record = record.map_err(|error| member.fail(error))?;
    let c = Chrome::workspace(&member);
    let activities: Vec<Activity> = record.into_iter().map(|group| Activity::of(c.locale, group)).collect();
    let paper = sheet::of(c.locale, &member.project, &activities, state.ctx.today());
    answer(&state, &member, &paper, "processing")
}

#[cfg(test)]
mod tests {
    use super::*;
    use kiez_app::caller::Caller;
    use kiez_domain::policy::Subject;
    use kiez_words::Words;

    #[test]
    fn every_sentence_of_the_register_is_said_in_every_language() {
        let project = "0198c0de-0000-7000-8000-000000000001".parse().expect("an id");
        let coordinator = Caller::with(vec![Subject::coordinator(project, None)], String::new());
        let record = processing::record(&coordinator, project).expect("readable");
        assert!(record.len() > 20, "{}", record.len());
        for locale in [Locale::German, Locale::English] {
            let words = Words::of(locale);
            for group in &record {
                for said in [&group.purpose, &group.basis, &group.visibility, &group.deletion] {
                    assert!(words.has(&register::key(said)), "{locale:?}: {said}");
                }
                let table = format!("processing-table-{}", group.table.replace('_', "-"));
                assert!(words.has(&table), "{locale:?}: {table}");
            }
        }
    }
}
