//! What the coordinator's desk counts: what is new, how the streets are covered, how far the businesses have come,
//! and what changed last.

use crate::conn::Conn;
use crate::error::StoreError;
use crate::row::Row;
use crate::statement::statements;
use crate::value::{at, int, text};
use jiff::civil::Date;
use kiez_domain::actor::Stage;
use kiez_domain::id::ProjectId;
use kiez_domain::instant::Instant;

/// Counts new rows of one table in each part of the time: a count by index for each part is quicker than grouping by a
/// reckoned value.
macro_rules! new_in {
    ($table:literal) => {
        concat!(
            "select '",
            $table,
            "' as noun, part, (select count(*) from ",
            $table,
            " where project_id = $1 and created_at >= cast($2 as bigint) + part * cast($3 as bigint) \
             and created_at < cast($2 as bigint) + (part + 1) * cast($3 as bigint)) as n from parts"
        )
    };
}

statements! {
    table "change_log";
    NEW = concat!("with recursive parts (part) as (select cast(0 as bigint) union all \
        select part + 1 from parts where part + 1 < cast($4 as bigint)) ",
        new_in!("need"), " union all ", new_in!("offer"), " union all ", new_in!("idea"), " union all ",
        new_in!("actor"), " order by noun, part");
    // Who has left the premises does not wait for a visit.
    STREETS = "select p.street, count(*) as doors, count(p.observed_on) as seen, max(p.observed_on) as seen_on, count(a.id) as businesses,
count(case when a.stage <> 'mapped' then 1 end) as visited, count(case when a.stage = 'participating' then 1 end) as taking_part
from premises p left join actor a on a.project_id = p.project_id and a.id = p.actor_id and a.side = 'business' and a.stage <> 'gone'
where p.project_id = $1 and p.street is not null group by p.street order by doors desc, p.street";
    STAGES = "select stage, count(*) as n from actor where project_id = $1 and side = 'business' group by stage order by stage";
    // An import changes many rows at one moment: they are told as one.
    RECENT = "select noun, change, at, count(*) as n, max(row_id) as row_id, max(seq) as last
from (select noun, change, at, row_id, seq from change_log
    where project_id = $1 and noun in ('need', 'offer', 'idea', 'actor', 'premises', 'verdict')
    order by seq desc limit $2) newest
group by noun, change, at order by last desc limit $3";
}

/// How many changes are looked through for the newest.
const LOOKED_THROUGH: i64 = 5_000;

/// How many rows of a noun came in one part of the time.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NewRows {
    /// The noun, such as `need`.
    pub noun: String,
    /// Which part, counted from the beginning: 0 is the first.
    pub part: u64,
    /// How many.
    pub count: u64,
}

/// Needs, offers, ideas and actors that came since a moment, by so many parts of `length_ms` milliseconds; parts in which
/// nothing came are left out.
///
/// # Errors
/// When the database fails.
pub async fn new_since(
    conn: &mut Conn,
    project: ProjectId,
    since: Instant,
    (parts, length_ms): (i64, i64),
) -> Result<Vec<NewRows>, StoreError> {
    let rows = conn.all(&NEW, vec![text(&project), at(since), int(length_ms.max(1)), int(parts)]).await?;
    let new =
        |row: &Row| Ok(NewRows { noun: row.text("noun")?, part: row.count("part")?, count: row.count("n")? });
    let all: Result<Vec<NewRows>, StoreError> = rows.iter().map(new).collect();
    Ok(all?.into_iter().filter(|row| row.count > 0).collect())
}

/// A street with what is known of its ground floors.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Street {
    /// Its name.
    pub name: String,
    /// Ground-floor units.
    pub doors: u64,
    /// Units that somebody has looked at.
    pub seen: u64,
    /// The day of the newest look.
    pub seen_on: Option<Date>,
    /// Businesses behind these doors.
    pub businesses: u64,
    /// Businesses that were visited at least once.
    pub visited: u64,
    /// Businesses that take part.
    pub taking_part: u64,
}

/// The streets of the survey, the longest first.
///
/// # Errors
/// When the database fails.
pub async fn streets(conn: &mut Conn, project: ProjectId) -> Result<Vec<Street>, StoreError> {
    conn.all(&STREETS, vec![text(&project)]).await?.iter().map(street).collect()
}

fn street(row: &Row) -> Result<Street, StoreError> {
    Ok(Street {
        name: row.text("street")?,
        doors: row.count("doors")?,
        seen: row.count("seen")?,
        seen_on: row.opt_parse("seen_on")?,
        businesses: row.count("businesses")?,
        visited: row.count("visited")?,
        taking_part: row.count("taking_part")?,
    })
}

/// How many businesses there are in each stage.
///
/// # Errors
/// When the database fails.
pub async fn businesses_by_stage(
    conn: &mut Conn,
    project: ProjectId,
) -> Result<Vec<(Stage, u64)>, StoreError> {
    let rows = conn.all(&STAGES, vec![text(&project)]).await?;
    rows.iter().map(|row| Ok((row.parse("stage")?, row.count("n")?))).collect()
}

/// One change, or many of one kind at one moment.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RecentChange {
    /// The noun, such as `need`.
    pub noun: String,
    /// `created`, `updated` or `removed`.
    pub change: String,
    /// When.
    pub at: Instant,
    /// How many rows.
    pub count: u64,
    /// The id of the newest of them.
    pub row_id: String,
}

/// The newest changes of what people enter, the newest first, at most `most`.
///
/// # Errors
/// When the database fails.
pub async fn recent(conn: &mut Conn, project: ProjectId, most: u32) -> Result<Vec<RecentChange>, StoreError> {
    let rows = conn.all(&RECENT, vec![text(&project), int(LOOKED_THROUGH), int(most)]).await?;
    let change = |row: &Row| {
        Ok(RecentChange {
            noun: row.text("noun")?,
            change: row.text("change")?,
            at: row.instant("at")?,
            count: row.count("n")?,
            row_id: row.text("row_id")?,
        })
    };
    rows.iter().map(change).collect()
}
