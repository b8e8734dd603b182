//! The walk of the day: a form, the doors in their order beside a drawn map, and what was left out.

use crate::error::{PageError, render};
use crate::extract::Query;
use crate::forms::Wrong;
use crate::layout::Chrome;
use crate::pages::ground::Drawn;
use crate::pages::map::{WayMap, of_walk};
use crate::request::Member;
use crate::state::WebState;
use askama::Template;
use axum::extract::State;
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use jiff::civil::DateTime;
use kiez_app::error::AppError;
use kiez_app::walk::{
    self, AskView, LEAST_MINUTES, LeftView, MOST_MINUTES, StopView, USUAL_MINUTES, WalkForm, WalkView,
};
use kiez_domain::walk::{WalkLeft, WalkReason};
use kiez_words::{Args, Words, number, times, walk as sayings};

#[derive(Template)]
#[template(path = "pages/walk/page.html")]
struct WalkPage {
    c: Chrome,
    action: String,
    form: WalkForm,
    least: u32,
    most: u32,
    wrong: Wrong,
    /// Where a walk can begin, beside any address.
    places: Vec<String>,
    walk: Option<Shown>,
}

/// A walk that was found.
struct Shown {
    /// The day in words.
    day: String,
    /// From when to when, and how far.
    summary: String,
    start: String,
    map: Option<WayMap>,
    stops: Vec<Door>,
    ends: String,
    left: Vec<Named>,
    /// How many were left out for each reason.
    left_counts: Vec<String>,
}

/// A door of the walk.
struct Door {
    number: usize,
    time: String,
    name: String,
    href: String,
    what: String,
    asks: Vec<Ask>,
    facts: Vec<String>,
}

/// What to ask for.
struct Ask {
    text: String,
    href: String,
    why: String,
    /// `36 %`.
    percent: String,
    pinned: bool,
}

/// A door that is left out.
struct Named {
    name: String,
    href: String,
    why: String,
}

/// `GET /w/{project}/walk?minutes=…&start=…&day=…&time=…&end=…`
pub(crate) async fn page(
    State(state): State<WebState>,
    member: Member,
    Query(form): Query<WalkForm>,
) -> Result<Response, PageError> {
    let caller = &member.visit.caller;
    let places = walk::places(&state.ctx, caller, member.project.id).await.map_err(|e| member.fail(e))?;
    let found = match walk::plan(&state.ctx, caller, &member.project, &form).await {
        Ok(found) => Ok(found),
        Err(AppError::Invalid(issues)) => Err(Wrong::of(member.visit.locale, &issues)),
        Err(error) => return Err(member.fail(error)),
    };
    let c = Chrome::workspace(&member);
    let (shown, wrong) = match found {
        Ok(found) => {
            let map = of_walk(&state, &member, &found).await?;
            (Some(shown(&c, &member, found, map)), Wrong::nothing())
        }
        Err(wrong) => (None, wrong),
    };
    let status = if wrong.any() { StatusCode::UNPROCESSABLE_ENTITY } else { StatusCode::OK };
    let page = WalkPage {
        action: member.path("/walk"),
        form: filled(form, walk::day_of(&state.ctx, &WalkForm::default()), shown.is_some()),
        least: LEAST_MINUTES,
        most: MOST_MINUTES,
        wrong,
        places: places.into_iter().map(|place| place.name).collect(),
        walk: shown,
        c,
    };
    Ok((status, render(&page)).into_response())
}

/// The form as it was sent, with what is usual in fields that were left empty; a rejected one stays as it is.
fn filled(form: WalkForm, usual: DateTime, readable: bool) -> WalkForm {
    let or = |text: String, usual: String| if text.trim().is_empty() && readable { usual } else { text };
    WalkForm {
        minutes: or(form.minutes, USUAL_MINUTES.to_string()),
        time: or(form.time, if form.day.trim().is_empty() { clock(usual) } else { String::new() }),
        day: or(form.day, usual.date().to_string()),
        ..form
    }
}

fn clock(at: DateTime) -> String {
    at.strftime("%H:%M").to_string()
}

fn shown(c: &Chrome, member: &Member, found: WalkView, map: Option<WayMap>) -> Shown {
    let words = Words::of(c.locale);
    let minutes = |from: DateTime, to: DateTime| {
        let span = (to - from).total(jiff::Unit::Minute).unwrap_or(0.0).ceil();
        c.n(&(span as u64))
    };
    let metres = number::whole(c.locale, i64::from(found.walk_m));
    let args = Args::new().with("count", found.stops.len()).with("from", clock(found.at));
    let args = args.with("to", clock(found.ends)).with("minutes", minutes(found.at, found.ends));
    let summary = words.with("walk-summary", &args.with("metres", metres));
    let ends = if found.returns { "walk-ends-back" } else { "walk-ends" };
    let start = found.start.actor.map_or_else(|| c.t("walk-start"), |actor| actor.name);
    Shown {
        day: times::day(c.locale, found.at.date()),
        summary,
        start: words.with("walk-begins", &Args::new().with("time", clock(found.at)).with("place", start)),
        map,
        ends: c.with(ends, "time", &clock(found.ends)),
        stops: found.stops.into_iter().enumerate().map(|(at, stop)| door(c, member, at + 1, stop)).collect(),
        left: found.left.into_iter().map(|left| named(c, member, left)).collect(),
        left_counts: found.left_counts.iter().map(|(why, count)| counted(c, *why, *count)).collect(),
    }
}

fn counted(c: &Chrome, why: WalkLeft, count: usize) -> String {
    let count = u64::try_from(count).unwrap_or(u64::MAX);
    c.count(&format!("walk-count-{}", why.name()), &count)
}

fn door(c: &Chrome, member: &Member, number: usize, stop: StopView) -> Door {
    let language = member.visit.locale.label_language();
    let branch = stop.place.branch.as_ref().map(|branch| kiez_app::kind::branch_label(branch, language));
    let what = [branch.unwrap_or_default(), stop.place.address.clone()];
    let minutes = u64::from(stop.walk_minutes);
    let mut facts = vec![c.count("walk-on-foot", &minutes)];
    // A visit that still counts says itself how long ago it was.
    let rests = stop.reasons.iter().any(|reason| matches!(reason, WalkReason::Rested { .. }));
    let last = stop.last_visit.filter(|_| !rests);
    facts.extend(last.map(|day| c.with("walk-last", "day", &times::day(c.locale, day))));
    facts.extend(stop.reasons.iter().map(|reason| sayings::walk_reason(c.locale, reason)));
    facts.extend(stop.again.map(|day| c.with("walk-again", "day", &times::day(c.locale, day))));
    facts.push(c.with("walk-joins", "percent", &stop.joins.to_string()));
    Door {
        number,
        time: clock(stop.arrives),
        href: member.path(&format!("/actors/{}", stop.place.id)),
        what: what.into_iter().filter(|part| !part.is_empty()).collect::<Vec<_>>().join(" · "),
        asks: stop.asks.into_iter().map(|ask| asked(c, member, ask)).collect(),
        facts,
        name: stop.place.name,
    }
}

fn asked(c: &Chrome, member: &Member, ask: AskView) -> Ask {
    let kind = kiez_app::kind::label(&ask.kind, member.visit.locale.label_language());
    Ask {
        href: member.path(&format!("/needs/{}", ask.need)),
        why: if ask.confirmed { c.with("walk-ask-confirmed", "kind", &kind) } else { kind },
        percent: c.with("walk-percent", "percent", &ask.percent.to_string()),
        text: ask.text,
        pinned: ask.pinned,
    }
}

fn named(c: &Chrome, member: &Member, left: LeftView) -> Named {
    Named {
        href: member.path(&format!("/actors/{}", left.actor.id)),
        why: sayings::walk_left(c.locale, left.why),
        name: left.actor.name,
    }
}
