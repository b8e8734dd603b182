//! `kiez walk`: doors from a file, a walk with arrival times and reasons.

use super::records::{Cells, Records};
use crate::cli::args::WalkArgs;
use crate::failure::{Ended, Failure, Outcome};
use crate::output::{Format, Output};
use jiff::civil::{Date, DateTime};
use jiff::{ToSpan, Unit};
use kiez_domain::issue::{Expected, Problem};
use kiez_domain::opening_week::OpeningWeek;
use kiez_domain::period;
use kiez_domain::position::Position;
use kiez_engine::walk::{self, Door, Left, Plan, Stop, Terms};
use kiez_gateways::clock::Clock;
use kiez_import::opening_hours::{self, Told};
use kiez_words::Locale;
use kiez_words::walk::walk_reason;
use serde_json::{Value, json};

const COLUMNS: [&str; 4] = ["value", "join", "opening_hours", "last_visit"];

/// Plans the walk and says its stops.
pub(crate) fn run(args: &WalkArgs, output: &mut Output) -> Ended {
    let locale: Locale =
        args.lang.parse().map_err(|error| Failure::usage(format!("--lang \"{}\": {error}", args.lang)))?;
    let terms = Terms {
        start: start(&args.start)?,
        at: args.at.unwrap_or_else(|| Clock::Real.now().on_the_wall()),
        minutes: args.minutes,
        door_minutes: args.door_minutes,
        returns: args.back,
    };
    let records = Records::read(&args.premises, &["id", "lat", "lon"], &COLUMNS, output)?;
    let (doors, refused) = records.parse(|cells| door(cells, terms.at.date(), output), output);
    let plan = walk::plan(&doors, &terms);
    let leaving = i64::from(args.door_minutes).minutes();
    let format = output.format_or(Format::Jsonl);
    let numbered = plan.stops.iter().zip(1_usize..);
    let rows: Vec<Value> = numbered
        .map(|(stop, number)| {
            let said: Vec<String> = stop.reasons().iter().map(|why| walk_reason(locale, why)).collect();
            let why = if matches!(format, Format::Csv | Format::Table) {
                json!(said.join(" "))
            } else {
                json!(said)
            };
            json!({
                "stop": number,
                "id": doors[stop.door].id,
                "arrives": minute(stop.arrives),
                "begins": minute(stop.begins),
                "leaves": minute(stop.begins.saturating_add(leaving)),
                "walk_m": stop.walk_m,
                "worth": worth(stop),
                "why": why,
            })
        })
        .collect();
    output.objects(&rows, Format::Jsonl)?;
    output.say(&summary(&plan, doors.len()));
    Ok(Outcome::of_refused(refused))
}

fn start(text: &str) -> Result<Position, Failure> {
    let wrong = |why: String| {
        Failure::usage(format!(
            "--start \"{text}\": {why}; give latitude and longitude such as 52.4937,13.4231"
        ))
    };
    let (lat, lon) = text.split_once(',').ok_or_else(|| wrong("one number is missing".into()))?;
    let position = Position::from_texts(lat, lon).map_err(|problem| wrong(problem.to_string()))?;
    position.ok_or_else(|| wrong("it is empty".into()))
}

fn door(cells: &mut Cells<'_>, today: Date, output: &Output) -> Option<Door> {
    let (lat, lon) = (cells.text("lat"), cells.text("lon"));
    // Each alone, so that the reason stands at the right one.
    let lat = cells.take("lat", Position::from_texts(lat, "0")).flatten();
    let lon = cells.take("lon", Position::from_texts("0", lon)).flatten();
    let value = cells.number("value");
    let join = chance(cells);
    let hours = hours(cells, output);
    let last_visit = last_visit(cells, today);
    Some(Door {
        id: cells.text("id").to_owned(),
        position: Position::new(lat?.lat(), lon?.lon()).ok()?,
        value: value.unwrap_or(1.0),
        join,
        hours,
        last_visit,
        not_before: None,
    })
}

fn chance(cells: &mut Cells<'_>) -> Option<f64> {
    let join = cells.number("join")?;
    let given = cells.text("join").to_owned();
    let held = (join <= 1.0).then_some(join);
    cells.take("join", held.ok_or(Problem::OutOfRange { given, least: "0".into(), most: "1".into() }))
}

/// The hours of the week; hours that no week can say are as good as unknown.
fn hours(cells: &mut Cells<'_>, output: &Output) -> Option<OpeningWeek> {
    let text = cells.optional("opening_hours")?;
    let told = match opening_hours::look(&text) {
        Told::Week(week) => Ok(Some(week)),
        Told::NoWeek => {
            output.say(&format!(
                "{}: opening_hours: \"{text}\" is not the same every week: the door counts as open",
                cells.place()
            ));
            Ok(None)
        }
        Told::Unreadable => Err(Problem::unreadable(&text, Expected::Hours)),
    };
    cells.take("opening_hours", told).flatten()
}

/// A day, or a day with a time; nobody was there in the future.
fn last_visit(cells: &mut Cells<'_>, today: Date) -> Option<Date> {
    let text = cells.optional("last_visit")?;
    let with_time = text.parse::<DateTime>().map(DateTime::date);
    let parsed = with_time.or_else(|_| period::parse_date(&text)).and_then(|day| {
        let (least, most) = (Date::MIN.to_string(), today.to_string());
        if day <= today { Ok(day) } else { Err(Problem::OutOfRange { given: text, least, most }) }
    });
    cells.take("last_visit", parsed)
}

fn minute(moment: DateTime) -> String {
    let whole = moment.round(Unit::Minute).unwrap_or(moment);
    whole.strftime("%Y-%m-%dT%H:%M").to_string()
}

/// Six decimals, so that the same input gives the same bytes.
fn worth(stop: &Stop) -> f64 {
    (stop.worth.total() * 1e6).round() / 1e6
}

fn summary(plan: &Plan, doors: usize) -> String {
    let Left { worthless, closed, too_far, no_time } = plan.left;
    let others = [
        (worthless, "not worth a visit today"),
        (closed, "closed"),
        (too_far, "too far"),
        (no_time, "no time"),
    ];
    let others = others.iter().filter(|(count, _)| *count > 0).map(|(count, why)| format!("{count} {why}"));
    let left: Vec<String> = others.collect();
    let left = if left.is_empty() { String::new() } else { format!("; left out: {}", left.join(", ")) };
    let (stops, walk_m, ends) = (plan.stops.len(), plan.walk_m, minute(plan.ends));
    format!("{stops} of {doors} doors, {walk_m} m on foot, over at {ends}{left}")
}
