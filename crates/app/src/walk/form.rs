//! The question of a walk: how long, from where, when.

use crate::actor::ActorName;
use crate::error::AppError;
use crate::geocode::{self, Found};
use jiff::ToSpan;
use jiff::civil::{Date, DateTime, Time};
use kiez_domain::actor::NewActor;
use kiez_domain::address::Address;
use kiez_domain::address_point::{fold_house_number, fold_street, leading_number};
use kiez_domain::id::ProjectId;
use kiez_domain::issue::{Expected, Issues, Problem};
use kiez_domain::period::parse_date;
use kiez_domain::position::Position;
use kiez_domain::project::Project;
use kiez_store::actor::{ActorFilter, ActorRow};
use kiez_store::conn::Conn;

/// A usual walk takes an hour and a half: what fits between two appointments. A judgement.
pub const USUAL_MINUTES: u32 = 90;
/// Shorter is no walk.
pub const LEAST_MINUTES: u32 = 15;
/// Nobody talks at doors for longer than a working day.
pub const MOST_MINUTES: u32 = 480;
/// A walk that is planned at night begins when shops have opened. A judgement.
const MORNING: Time = Time::constant(10, 0, 0, 0);
/// Between these hours a walk can begin at once.
const DAYLIGHT: std::ops::Range<i8> = 8..18;
/// Most actors of a street that are looked through for a house number.
const NEIGHBOURS: u32 = 500;

/// The form as it was sent; every empty field means what is usual.
#[derive(Debug, Clone, Default, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
#[serde(default)]
pub struct WalkForm {
    /// Minutes there are.
    pub minutes: String,
    /// An address, an actor of the project, or latitude and longitude; empty: the middle of the home quarter.
    pub start: String,
    /// A date; empty: today.
    pub day: String,
    /// `HH:MM`; empty: now, or in the morning.
    pub time: String,
    /// `open` where the walk may end anywhere.
    pub end: String,
    /// `all` where those are called on, too, who take part already; a call would do for them.
    pub whom: String,
}

/// The form as it was read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Asked {
    pub(super) minutes: u32,
    pub(super) start: String,
    pub(super) at: DateTime,
    pub(super) returns: bool,
    pub(super) partners: bool,
}

/// Where a walk begins.
#[derive(Debug, Clone, PartialEq)]
pub struct Start {
    /// On the ground.
    pub position: Position,
    /// Who is there, when it was named.
    pub actor: Option<ActorName>,
}

impl WalkForm {
    /// Reads everything but the start, which only the database can tell.
    pub(super) fn read(&self, now: DateTime) -> Result<Asked, AppError> {
        let mut issues = Issues::default();
        let filled = |text: &str| Some(text.trim().to_owned()).filter(|text| !text.is_empty());
        let minutes = filled(&self.minutes).map(|text| minutes(&text)).transpose();
        let minutes = issues.take("minutes", minutes).flatten().unwrap_or(USUAL_MINUTES);
        let usual = usual(now);
        let day = filled(&self.day).map(|text| parse_date(&text)).transpose();
        let day = issues.take("day", day).flatten();
        let clock = filled(&self.time).map(|text| clock(&text)).transpose();
        let clock = issues.take("time", clock).flatten();
        issues.finish()?;
        let other_day = day.is_some_and(|day| day != usual.date());
        let clock = clock.unwrap_or(if other_day { MORNING } else { usual.time() });
        Ok(Asked {
            minutes,
            start: self.start.trim().to_owned(),
            at: day.unwrap_or(usual.date()).to_datetime(clock),
            returns: self.end != "open",
            partners: self.whom == "all",
        })
    }
}

fn minutes(text: &str) -> Result<u32, Problem> {
    let minutes: u32 = text.parse().map_err(|_| Problem::unreadable(text, Expected::WholeNumber))?;
    if (LEAST_MINUTES..=MOST_MINUTES).contains(&minutes) {
        return Ok(minutes);
    }
    Err(Problem::OutOfRange {
        given: text.to_owned(),
        least: LEAST_MINUTES.to_string(),
        most: MOST_MINUTES.to_string(),
    })
}

fn clock(text: &str) -> Result<Time, Problem> {
    let (least, most) = ("00:00".to_owned(), "23:59".to_owned());
    let wrong = || Problem::OutOfRange { given: text.to_owned(), least: least.clone(), most: most.clone() };
    let (hour, minute) = text.split_once(':').ok_or_else(wrong)?;
    let (hour, minute) = (hour.parse().map_err(|_| wrong())?, minute.parse().map_err(|_| wrong())?);
    Time::new(hour, minute, 0, 0).map_err(|_| wrong())
}

/// Now, on the next five minutes; before and after the day's hours in the next morning.
fn usual(now: DateTime) -> DateTime {
    let morning = |day: Date| day.to_datetime(MORNING);
    if now.hour() < DAYLIGHT.start {
        return morning(now.date());
    }
    if now.hour() >= DAYLIGHT.end {
        return morning(now.date().saturating_add(1.day()));
    }
    let over = i64::from(now.minute() % 5);
    let whole = now.date().at(now.hour(), now.minute(), 0, 0);
    whole.saturating_add((if over == 0 { 0 } else { 5 - over }).minutes())
}

/// Finds where a walk begins: an actor of that name, an address, two degrees; nobody outside is asked.
pub(super) async fn find(conn: &mut Conn, project: &Project, text: &str) -> Result<Start, AppError> {
    if text.is_empty() {
        return middle(conn, project).await;
    }
    if let Some((lat, lon)) = text.split_once(',')
        && let Ok(Some(position)) = Position::from_texts(lat.trim(), lon.trim())
    {
        return Ok(Start { position, actor: None });
    }
    for (_, id) in kiez_store::actor::find_by_names(conn, project.id, &[text]).await? {
        if let Some(actor) = kiez_store::actor::find(conn, project.id, id).await?
            && let NewActor { name, position: Some(position), .. } = actor.data
        {
            return Ok(Start { position, actor: Some(ActorName { id, name: name.to_string() }) });
        }
    }
    let (street, number) = Address::split_street(text);
    let mut issues = Issues::default();
    let address = Address::collect(&mut issues, &street, &number, "", "");
    let position = match geocode::look_up(conn, project.id, &address).await? {
        Found::Exact(position) => Some(position),
        Found::Nearest(door) => Some(door.position()),
        Found::Several(doors) => doors.first().map(|door| door.position()),
        Found::Unknown => neighbour(conn, project.id, (&street, &number)).await?,
    };
    let unknown = || AppError::field("start", Problem::Unknown { what: text.to_owned() });
    position.map(|position| Start { position, actor: None }).ok_or_else(unknown)
}

/// Where somebody of the directory is in that street: at the number, else at the nearest.
async fn neighbour(
    conn: &mut Conn,
    project: ProjectId,
    (street, number): (&str, &str),
) -> Result<Option<Position>, AppError> {
    let key = fold_street(street);
    if key.is_empty() {
        return Ok(None);
    }
    // Spellings differ in the ending alone, as "Str." and "Straße" do.
    let begins: String = street.chars().take_while(|c| *c != '.').take(5).collect();
    let filter = ActorFilter { text: Some(begins), ..ActorFilter::default() };
    let rows = kiez_store::actor::on_map(conn, project, &filter, NEIGHBOURS).await?;
    let wanted = (fold_house_number(number), leading_number(number).unwrap_or(0));
    let away = |row: &ActorRow| {
        let own = row.address.house_number.as_ref().map_or("", |number| number.as_str());
        let far = leading_number(own).unwrap_or(0).abs_diff(wanted.1);
        (fold_house_number(own) != wanted.0, far)
    };
    let here =
        |row: &&ActorRow| row.address.street.as_ref().is_some_and(|at| fold_street(at.as_str()) == key);
    Ok(rows.iter().filter(here).min_by_key(|row| away(row)).and_then(|row| row.position))
}

/// The middle of the home quarter, else wherever somebody is.
async fn middle(conn: &mut Conn, project: &Project) -> Result<Start, AppError> {
    let quarter = match project.home_quarter {
        Some(home) => kiez_store::quarter::find(conn, project.id, home).await?,
        None => None,
    };
    let centre = quarter.and_then(|quarter| quarter.outline.centre());
    let position = match centre {
        Some(centre) => Some(centre),
        None => {
            let anybody = kiez_store::actor::on_map(conn, project.id, &ActorFilter::default(), 1).await?;
            anybody.first().and_then(|row| row.position)
        }
    };
    let nowhere = || AppError::field("start", Problem::Missing);
    position.map(|position| Start { position, actor: None }).ok_or_else(nowhere)
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::date;

    fn form(minutes: &str, day: &str, time: &str) -> WalkForm {
        WalkForm { minutes: minutes.into(), day: day.into(), time: time.into(), ..WalkForm::default() }
    }

    const TODAY: Date = date(2026, 3, 2);

    #[test]
    fn an_empty_form_is_a_usual_walk_now_and_back() {
        let asked = WalkForm::default().read(TODAY.at(9, 12, 40, 0)).expect("nothing is wrong");
        assert_eq!((asked.minutes, asked.returns), (USUAL_MINUTES, true));
        assert_eq!(asked.at, TODAY.at(9, 15, 0, 0));
        let full = WalkForm::default().read(TODAY.at(9, 55, 0, 0)).expect("nothing is wrong").at;
        assert_eq!(full, TODAY.at(9, 55, 0, 0));
        assert_eq!(
            WalkForm::default().read(TODAY.at(17, 58, 0, 0)).expect("right").at,
            TODAY.at(18, 0, 0, 0)
        );
    }

    #[test]
    fn nobody_walks_at_night() {
        let at = |hour| WalkForm::default().read(TODAY.at(hour, 0, 0, 0)).expect("nothing is wrong").at;
        assert_eq!(at(6), TODAY.at(10, 0, 0, 0));
        assert_eq!(at(21), date(2026, 3, 3).at(10, 0, 0, 0));
        let other = form("", "04.03.2026", "").read(TODAY.at(15, 0, 0, 0)).expect("nothing is wrong");
        assert_eq!(other.at, date(2026, 3, 4).at(10, 0, 0, 0), "another day begins in the morning");
    }

    #[test]
    fn every_field_that_cannot_be_read_is_named() {
        let wrong =
            form("5", "soon", "25:00").read(TODAY.at(9, 0, 0, 0)).expect_err("three things are wrong");
        let AppError::Invalid(issues) = wrong else { panic!("{wrong:?}") };
        let fields: Vec<&str> = issues.iter().map(|issue| issue.field.as_str()).collect();
        assert_eq!(fields, ["minutes", "day", "time"]);
        let asked = form("120", "2026-03-05", "14:30").read(TODAY.at(9, 0, 0, 0)).expect("all is right");
        assert_eq!((asked.minutes, asked.at), (120, date(2026, 3, 5).at(14, 30, 0, 0)));
    }
}
