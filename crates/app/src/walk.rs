//! The walk of the day (Rundgang): which doors next, in which order, within the minutes there are, and why.

mod doors;
mod form;

use crate::actor::ActorName;
use crate::caller::Caller;
use crate::ctx::Ctx;
use crate::error::AppError;
use crate::map::MapPlace;
use crate::thinking::apart;
use doors::{Known, Prepared};
pub use form::{LEAST_MINUTES, MOST_MINUTES, Start, USUAL_MINUTES, WalkForm};
use jiff::civil::{Date, DateTime};
use kiez_domain::actor::Stage;
use kiez_domain::id::{NeedId, ProjectId};
use kiez_domain::kind::KindId;
use kiez_domain::opening_week::OpeningWeek;
use kiez_domain::policy::Facts;
use kiez_domain::position::Position;
use kiez_domain::project::Project;
use kiez_domain::walk::{WalkLeft, WalkReason};
use kiez_engine::walk::{self, DOOR_MINUTES, EVEN_CHANCE, METRES_A_MINUTE, Plan, Stop, Terms, WhyOut};
use kiez_store::walk::DoorForWalk;

/// Nobody is asked for more than three things at one door. A judgement.
pub const MOST_ASKED: usize = 3;
/// A first visit is worth as much as a fifth of a met need, even where nothing fits: the shop is known afterwards. A
/// judgement.
pub const FIRST_VISIT: f64 = 0.2;
/// The chance that somebody who takes part, did so once, or wants to know more, says yes to a new question: nothing is
/// known of it, so every value is as likely.
pub const KNOWN_JOINS: f64 = EVEN_CHANCE;
/// Of more doors than these the farther ones are not looked at.
pub const MOST_DOORS: u32 = 2_000;
/// So many doors that are left out are named.
const LEFT_TOLD: usize = 6;

/// A walk as a page shows it.
#[derive(Debug, Clone, PartialEq)]
pub struct WalkView {
    /// Where it begins.
    pub start: Start,
    /// When it begins.
    pub at: DateTime,
    /// When the last visit is over, or the person is back.
    pub ends: DateTime,
    /// Whether it ends where it began.
    pub returns: bool,
    /// The minutes there were.
    pub minutes: u32,
    /// All metres on foot.
    pub walk_m: u32,
    /// The doors in their order.
    pub stops: Vec<StopView>,
    /// Some of the doors that are left out, the most promising first.
    pub left: Vec<LeftView>,
    /// How many are left out for each reason, in the order of the reasons.
    pub left_counts: Vec<(WalkLeft, usize)>,
    /// Open needs that were thought of.
    pub needs: usize,
}

/// One visit.
#[derive(Debug, Clone, PartialEq)]
pub struct StopView {
    /// Who is there, as it stands on the map.
    pub place: MapPlace,
    /// When the person stands before the door.
    pub arrives: DateTime,
    /// Minutes on foot from the stop before.
    pub walk_minutes: u32,
    /// What to ask for, the likeliest first.
    pub asks: Vec<AskView>,
    /// How likely it takes part, in percent.
    pub joins: u8,
    /// The day of the last visit.
    pub last_visit: Option<Date>,
    /// It asked to be called again from this day on.
    pub again: Option<Date>,
    /// When its door is open.
    pub hours: Option<OpeningWeek>,
    /// Waiting, closing, resting.
    pub reasons: Vec<WalkReason>,
}

/// A need that could be met at a door.
#[derive(Debug, Clone, PartialEq)]
pub struct AskView {
    /// Its id.
    pub need: NeedId,
    /// Its words.
    pub text: String,
    /// What could be given.
    pub kind: KindId,
    /// How likely it helps, in percent.
    pub percent: u8,
    /// The actor said itself that it can.
    pub confirmed: bool,
    /// A coordinator put the two together.
    pub pinned: bool,
}

/// A door that is left out.
#[derive(Debug, Clone, PartialEq)]
pub struct LeftView {
    /// Who is there.
    pub actor: ActorName,
    /// Why.
    pub why: WalkLeft,
}

/// Plans a walk through the businesses of a project.
///
/// Who said no without a day to come back is left in peace, who named a day is called on from that day on; pairs that
/// were excluded or put off are no reason to go.
///
/// # Errors
/// All issues of the form; [`AppError::NotFound`] unless the caller coordinates the project.
pub async fn plan(
    ctx: &Ctx,
    caller: &Caller,
    project: &Project,
    form: &WalkForm,
) -> Result<WalkView, AppError> {
    caller.may("actor", "list", Facts::of_project(project.id))?;
    let asked = form.read(ctx.now().on_the_wall())?;
    let mut conn = ctx.db.read().await?;
    let start = form::find(&mut conn, project, &asked.start).await?;
    let terms = Terms {
        start: start.position,
        at: asked.at,
        minutes: asked.minutes,
        door_minutes: DOOR_MINUTES,
        returns: asked.returns,
    };
    let doors =
        kiez_store::walk::doors(&mut conn, project.id, (terms.start, reach(&terms)), MOST_DOORS).await?;
    let wanted = |door: &DoorForWalk| asked.partners || door.stage != Stage::Participating;
    let doors = doors.into_iter().filter(wanted).collect();
    let known = Known::read(&mut conn, (project.id, asked.at.date())).await?;
    let slot = ctx.markets.current(&mut conn, (project.id, ctx.today())).await?;
    // Whoever thinks for a while keeps no connection from others.
    drop(conn);
    let indexed = slot.read().await;
    let prepared = apart(|| doors::prepare(doors, &known, &indexed));
    drop(indexed);
    let engine: Vec<walk::Door> = prepared.iter().map(|door| door.door.clone()).collect();
    let found = apart(|| walk::plan(&engine, &terms));
    Ok(view(&found, prepared, (start, asked.minutes, known.needs.len()), &terms))
}

/// How far a door can be, as the crow flies, to be reached at all.
fn reach(terms: &Terms) -> f64 {
    let minutes = f64::from(terms.minutes.saturating_sub(terms.door_minutes));
    let metres = minutes * METRES_A_MINUTE / Position::DETOUR;
    if terms.returns { metres / 2.0 } else { metres }
}

fn view(
    found: &Plan,
    prepared: Vec<Prepared>,
    (start, minutes, needs): (Start, u32, usize),
    terms: &Terms,
) -> WalkView {
    let (left, left_counts) = left(found, &prepared);
    let mut prepared: Vec<Option<Prepared>> = prepared.into_iter().map(Some).collect();
    let stops = found.stops.iter().filter_map(|stop| Some(stop_view(stop, prepared[stop.door].take()?)));
    WalkView {
        stops: stops.collect(),
        start,
        at: terms.at,
        ends: found.ends,
        returns: terms.returns,
        minutes,
        walk_m: found.walk_m,
        left,
        left_counts,
        needs,
    }
}

fn stop_view(stop: &Stop, door: Prepared) -> StopView {
    // What rests in full is told by the day of the last visit.
    let told = |reason: &WalkReason| {
        let known = matches!(reason, WalkReason::Expected { .. } | WalkReason::Walk { .. });
        !known && !matches!(reason, WalkReason::Rested { percent: 100, .. })
    };
    StopView {
        arrives: stop.arrives,
        walk_minutes: (f64::from(stop.walk_m) / METRES_A_MINUTE).ceil() as u32,
        joins: percent(stop.worth.join),
        last_visit: door.door.last_visit,
        again: door.door.not_before,
        reasons: stop.reasons().into_iter().filter(told).collect(),
        hours: door.door.hours,
        asks: door.asks,
        place: door.place,
    }
}

/// Why each door is left out: counted, and the most promising by name.
fn left(found: &Plan, prepared: &[Prepared]) -> (Vec<LeftView>, Vec<(WalkLeft, usize)>) {
    let why = |(number, why): &(usize, WhyOut)| {
        let door = &prepared[*number];
        let why = door.kept_away.unwrap_or(match why {
            WhyOut::Worthless if door.door.value > 0.0 => WalkLeft::JustVisited,
            WhyOut::Worthless => WalkLeft::NothingToAsk,
            WhyOut::Closed => WalkLeft::Closed,
            WhyOut::TooFar => WalkLeft::TooFar,
            WhyOut::NoTime => WalkLeft::NoTime,
        });
        (door, why)
    };
    let mut all: Vec<(&Prepared, WalkLeft)> = found.others.iter().map(why).collect();
    let mut counts: Vec<(WalkLeft, usize)> = Vec::new();
    for (_, why) in &all {
        match counts.iter_mut().find(|(known, _)| known.name() == why.name()) {
            Some((_, count)) => *count += 1,
            None => counts.push((*why, 1)),
        }
    }
    counts.sort_by(|a, b| b.1.cmp(&a.1).then(a.0.name().cmp(b.0.name())));
    all.retain(|(door, _)| door.promise > 0.0);
    all.sort_by(|a, b| b.0.promise.total_cmp(&a.0.promise));
    all.truncate(LEFT_TOLD);
    let told = all.into_iter().map(|(door, why)| LeftView { actor: door.name.clone(), why });
    (told.collect(), counts)
}

fn percent(share: f64) -> u8 {
    (share.clamp(0.0, 1.0) * 100.0).round() as u8
}

/// The day on which a walk of this form would be; today where the form cannot be read.
#[must_use]
pub fn day_of(ctx: &Ctx, form: &WalkForm) -> DateTime {
    let now = ctx.now().on_the_wall();
    form.read(now).or_else(|_| WalkForm::default().read(now)).map_or(now, |asked| asked.at)
}

/// Institutions that a walk can begin at, by name.
///
/// # Errors
/// [`AppError::NotFound`] unless the caller coordinates the project.
pub async fn places(ctx: &Ctx, caller: &Caller, project: ProjectId) -> Result<Vec<ActorName>, AppError> {
    caller.may("actor", "list", Facts::of_project(project))?;
    crate::actor::choices(ctx, caller, project).await
}
