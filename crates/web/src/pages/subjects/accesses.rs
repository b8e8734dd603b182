//! Who has seen or changed somebody's data between two days.

use super::whose;
use crate::access_report::{what, who};
use crate::error::{PageError, render};
use crate::extract::{Path, Query};
use crate::forms::Wrong;
use crate::layout::Chrome;
use crate::request::Member;
use crate::state::WebState;
use askama::Template;
use axum::extract::State;
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use jiff::civil::Date;
use kiez_app::access_report;
use kiez_domain::instant::{Instant, ZONE};
use kiez_domain::issue::{FieldIssue, Issues, Problem};
use kiez_domain::period::parse_date;
use kiez_words::times;

/// Without days: so many back.
const DAYS: i64 = 90;

/// Whose, from and to which day.
#[derive(serde::Deserialize, Default, Clone)]
#[serde(default)]
pub(crate) struct AccessQuery {
    person: String,
    from: String,
    to: String,
}

#[derive(Template)]
#[template(path = "pages/subjects/accesses.html")]
struct AccessesPage {
    c: Chrome,
    f: Wrong,
    back: String,
    action: String,
    name: String,
    query: AccessQuery,
    /// When, who, what.
    rows: Vec<(String, String, String)>,
}

/// `GET /w/{project}/actors/{id}/accesses`
pub(crate) async fn page(
    State(state): State<WebState>,
    member: Member,
    Path((_, id)): Path<(String, String)>,
    Query(sent): Query<AccessQuery>,
) -> Result<Response, PageError> {
    let whose = whose(&member, &id, &sent.person)?;
    let mut query = sent;
    let read = span(&mut query, state.ctx.today());
    let (span, f) = match read {
        Ok(span) => (span, Wrong::nothing()),
        Err(issues) => ((Instant(0), Instant(0)), Wrong::of(member.visit.locale, &issues)),
    };
    let caller = &member.visit.caller;
    let found = access_report::accesses(&state.ctx, caller, member.project.id, (whose, span)).await;
    let (name, accesses) = found.map_err(|error| member.fail(error))?;
    let locale = member.visit.locale;
    let row = |access: &access_report::Access| {
        (times::moment(locale, access.at), who(locale, access), what(locale, access))
    };
    let status = if f.any() { StatusCode::UNPROCESSABLE_ENTITY } else { StatusCode::OK };
    let page = AccessesPage {
        c: Chrome::workspace(&member),
        f,
        back: member.path(&format!("/actors/{}/data", whose.actor)),
        action: member.path(&format!("/actors/{}/accesses", whose.actor)),
        name,
        query,
        rows: accesses.iter().map(row).collect(),
    };
    Ok((status, render(&page)).into_response())
}

/// The days of the form, or the usual ones; the last day counts to its end.
fn span(query: &mut AccessQuery, today: Date) -> Result<(Instant, Instant), Vec<FieldIssue>> {
    let usual = today.saturating_sub(jiff::Span::new().days(DAYS));
    for (field, day) in [(&mut query.from, usual), (&mut query.to, today)] {
        if field.trim().is_empty() {
            *field = day.to_string();
        }
    }
    let mut issues = Issues::default();
    let from = issues.take("from", parse_date(query.from.trim()).and_then(begin));
    let day_after = |day: Date| begin(day.saturating_add(jiff::Span::new().days(1)));
    let to = issues.take("to", parse_date(query.to.trim()).and_then(day_after));
    issues.finish()?;
    match (from, to) {
        (Some(from), Some(to)) if from < to => Ok((from, to)),
        _ => {
            let (given, least, most) = (query.to.clone(), query.from.clone(), Date::MAX.to_string());
            Err(vec![FieldIssue::new("to", Problem::OutOfRange { given, least, most })])
        }
    }
}

fn begin(day: Date) -> Result<Instant, Problem> {
    let zoned = day.in_tz(ZONE);
    let unreadable = |_| Problem::unreadable(&day.to_string(), kiez_domain::issue::Expected::Day);
    zoned.map(|zoned| Instant(zoned.timestamp().as_millisecond())).map_err(unreadable)
}
