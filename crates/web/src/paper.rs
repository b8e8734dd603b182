//! From a page's words to a PDF that is sent.

use crate::error::PageError;
use crate::request::Member;
use crate::state::WebState;
use axum::http::header;
use axum::response::{IntoResponse as _, Response};
use jiff::civil::Date;
use kiez_app::paper::{self, Paper};
use kiez_domain::project::Project;
use kiez_words::{Args, Locale, Words, times};

/// An empty paper of a project, with what stands on each of them.
pub(crate) fn blank(locale: Locale, project: &Project, today: Date) -> Paper {
    let name = project.data.name.to_string();
    let day = times::day(locale, today);
    Paper {
        title: String::new(),
        language: locale.tag().to_owned(),
        right_to_left: locale.direction() == "rtl",
        address: Vec::new(),
        foot: Words::of(locale)
            .with("paper-foot", &Args::new().with("project", name.clone()).with("day", day)),
        kicker: name,
        blocks: Vec::new(),
    }
}

/// Who answers for the project's data, or that nobody was named yet.
pub(crate) fn controller(locale: Locale, project: &Project) -> String {
    let missing = || Words::of(locale).text("processing-controller-missing");
    project.data.carrier.as_ref().map_or_else(missing, ToString::to_string)
}

/// Sends a paper under a name, to be looked at in the browser.
pub(crate) fn answer(
    state: &WebState,
    member: &Member,
    paper: &Paper,
    name: &str,
) -> Result<Response, PageError> {
    let bytes = paper::pdf(&state.ctx, paper).map_err(|error| member.fail(error))?;
    let file = format!("inline; filename=\"{}-{name}.pdf\"", member.project.data.slug);
    let headers = [(header::CONTENT_TYPE, "application/pdf".to_owned()), (header::CONTENT_DISPOSITION, file)];
    Ok((headers, bytes).into_response())
}
