//! The moves of the week: the best pairs for the whole Kiez, with reasons, who gets nothing and why, and what if.

mod condition;

use crate::error::{PageError, render};
use crate::extract::Query;
use crate::layout::Chrome;
use crate::pages::suggestions::{self, SuggestionCard};
use crate::pages::verdicts::Verdicts;
use crate::request::Member;
use crate::state::WebState;
use askama::Template;
use axum::extract::State;
use axum::response::Response;
use condition::{Changed, Choice};
use kiez_app::moves::{self, Move, Moves, Wanted, WhyNothing};
use kiez_words::{Args, Words};

/// Half a post, as most coordinators have.
const USUAL_HOURS: u32 = 20;
const MOST_HOURS: u32 = 60;

#[derive(serde::Deserialize, Default)]
#[serde(default)]
pub(crate) struct WeekQuery {
    hours: String,
    without: String,
    walk: String,
}

#[derive(Template)]
#[template(path = "pages/moves/page.html")]
struct MovesPage {
    c: Chrome,
    action: String,
    /// The doors that could meet what nobody meets yet.
    walk: String,
    rings: String,
    hours: u32,
    /// What if: whom to leave out, how far to walk, and whether anything is asked.
    choices: Vec<Choice>,
    metres: String,
    changed: Option<Changed>,
    moves: Vec<Pair>,
    /// What was worked out, and that it is proven.
    proven: String,
    without: Vec<Nothing>,
    without_count: u64,
}

/// A pair to put forward.
struct Pair {
    need: Named,
    decide: Verdicts,
    card: SuggestionCard,
    units: Option<String>,
}

/// A need that gets nothing.
struct Nothing {
    need: Named,
    why: String,
}

/// A need with whose it is.
pub(crate) struct Named {
    pub(crate) text: String,
    pub(crate) href: String,
    pub(crate) who: Option<String>,
}

/// `GET /w/{project}/moves?hours=…&without=…&walk=…`
pub(crate) async fn page(
    State(state): State<WebState>,
    member: Member,
    Query(query): Query<WeekQuery>,
) -> Result<Response, PageError> {
    let hours = query.hours.trim().parse().unwrap_or(USUAL_HOURS).clamp(1, MOST_HOURS);
    let week = condition::of(&query, hours);
    let found = moves::of_week(&state.ctx, &member.visit.caller, member.project.id, week).await;
    let found = found.map_err(|error| member.fail(error))?;
    let c = Chrome::workspace(&member);
    let (proven, without_count) = (proven(&c, &found), count(found.without.len()));
    let Moves { moves, without, givers, changes, .. } = found;
    Ok(render(&MovesPage {
        action: member.path("/moves"),
        walk: member.path("/walk"),
        rings: member.path("/rings"),
        hours,
        choices: givers.into_iter().map(|giver| Choice::of(giver, &week)).collect(),
        metres: week.walk_m.map(|metres| metres.to_string()).unwrap_or_default(),
        changed: changes.map(|changes| condition::changed(&c, &member, changes)),
        moves: moves.into_iter().map(|one| pair(&c, (&state, &member, hours), one)).collect(),
        proven,
        without: without.into_iter().map(|one| nothing(&c, &member, one)).collect(),
        without_count,
        c,
    }))
}

fn proven(c: &Chrome, found: &Moves) -> String {
    let shown = |number: usize| c.n(&count(number));
    let args = Args::new().with("needs", shown(found.needs)).with("pairs", shown(found.pairs));
    Words::of(c.locale).with("moves-proven", &args.with("later", shown(found.later)))
}

fn count(number: usize) -> u64 {
    u64::try_from(number).unwrap_or(u64::MAX)
}

fn pair(
    c: &Chrome,
    (state, member, hours): (&WebState, &Member, u32),
    Move { need, suggestion, units }: Move,
) -> Pair {
    let card = suggestions::card(member, suggestion);
    Pair {
        decide: Verdicts::of_move(state, member, &need.id, hours),
        need: named(member, need),
        card,
        units: (units > 1).then(|| c.count("moves-units", &u64::from(units))),
    }
}

fn nothing(c: &Chrome, member: &Member, (need, why): (Wanted, WhyNothing)) -> Nothing {
    let key = match why {
        WhyNothing::NobodyFits => "moves-nobody-fits",
        WhyNothing::NeededElsewhere => "moves-needed-elsewhere",
    };
    Nothing { need: named(member, need), why: c.t(key) }
}

pub(crate) fn named(member: &Member, need: Wanted) -> Named {
    let who = need.actor.map(|actor| actor.name).or(need.said_by.map(Into::into));
    Named { text: need.text, href: member.path(&format!("/needs/{}", need.id)), who }
}
