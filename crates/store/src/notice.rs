//! People who are still to be told what is stored about them, and that somebody was.

use crate::conn::{Change, Conn, Tx, demand, demand_any};
use crate::error::StoreError;
use crate::page::{Listing, Page};
use crate::row::Row;
use crate::statement::statements;
use crate::value::{at, int, text};
use kiez_domain::address::Address;
use kiez_domain::id::{PersonId, ProjectId};
use kiez_domain::instant::Instant;
use kiez_domain::notice::Notice;
use kiez_domain::person::Person;
use kiez_domain::policy::Permit;
use std::collections::BTreeSet;

statements! {
    table "person";
    COUNT = "select count(*) as n from person where project_id = $1 and informed_on is null";
    LIST = "select p.id, p.actor_id, p.name, p.function, p.created_at, a.name as actor_name, a.street, a.house_number,
  a.postcode, a.city
from person p join actor a on a.project_id = p.project_id and a.id = p.actor_id
where p.project_id = $1 and p.informed_on is null order by p.created_at, p.id limit $2 offset $3";
    FIND = "select p.id, p.actor_id, p.name, p.function, p.created_at, a.name as actor_name, a.street, a.house_number,
  a.postcode, a.city
from person p join actor a on a.project_id = p.project_id and a.id = p.actor_id
where p.project_id = $1 and p.id = $2";
    RECORD = "update person set informed_on = $3, informed_by = $4, version = version + 1, updated_at = $5
where project_id = $1 and id = $2 and informed_on is null";
    TAKE_BACK = "update person set informed_on = null, informed_by = null, version = version + 1, updated_at = $3
where project_id = $1 and id = $2 and informed_by = 'mail'";
    REACHED = "select distinct p.id from person p join contact_channel c on c.project_id = p.project_id and c.person_id = p.id
where p.project_id = $1 and p.informed_on is null and c.medium = 'mail' order by p.id";
}

/// A person with where they can be written to and since when they stand here.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Known {
    /// Who.
    pub person: Person,
    /// What the actor is called.
    pub actor_name: String,
    /// Where the actor is.
    pub address: Address,
    /// When the person was noted.
    pub noted: Instant,
}

/// How many are still to be told.
///
/// # Errors
/// When the database fails.
pub async fn count(conn: &mut Conn, project: ProjectId) -> Result<u64, StoreError> {
    Ok(conn.number(&COUNT, vec![text(&project)]).await?.unsigned_abs())
}

/// One part of those who are still to be told, the longest known first.
///
/// # Errors
/// When the database fails.
pub async fn list(conn: &mut Conn, project: ProjectId, page: Page) -> Result<Listing<Known>, StoreError> {
    let total = count(conn, project).await?;
    let rows = conn.all(&LIST, vec![text(&project), int(page.limit()), int(page.skip())]).await?;
    Ok(Listing::new(rows.iter().map(known).collect::<Result<_, _>>()?, total, page))
}

/// A person, told or not.
///
/// # Errors
/// When the database fails.
pub async fn find(
    conn: &mut Conn,
    project: ProjectId,
    person: PersonId,
) -> Result<Option<Known>, StoreError> {
    conn.first(&FIND, vec![text(&project), text(&person)]).await?.map(|row| known(&row)).transpose()
}

/// Notes that somebody was told.
///
/// # Errors
/// [`StoreError::NotFound`] when there is no such person, or it was noted before.
pub async fn record(
    tx: &mut Tx,
    permit: &Permit,
    (person, notice): (PersonId, Notice),
    now: Instant,
) -> Result<(), StoreError> {
    let project = demand(permit, "notice", "create")?;
    let values = vec![text(&project), text(&person), text(&notice.on()), text(&notice.way()), at(now)];
    if tx.run(&RECORD, values).await? == 0 {
        return Err(StoreError::NotFound);
    }
    tx.record(permit, "person", &person, (Change::Updated, now));
    Ok(())
}

/// Takes back that somebody was told by a mail that did not leave; whoever was told otherwise stays told.
///
/// # Errors
/// When the database fails.
pub async fn take_back(
    tx: &mut Tx,
    permit: &Permit,
    (project, person): (ProjectId, PersonId),
    now: Instant,
) -> Result<(), StoreError> {
    demand_any(permit, "message", &["send", "give_up"])?;
    if tx.run(&TAKE_BACK, vec![text(&project), text(&person), at(now)]).await? > 0 {
        tx.note_change(project, "person", &person, (Change::Updated, now));
    }
    Ok(())
}

/// Who is still to be told and has a mail address.
///
/// # Errors
/// When the database fails.
pub async fn reached_by_mail(conn: &mut Conn, project: ProjectId) -> Result<BTreeSet<PersonId>, StoreError> {
    conn.all(&REACHED, vec![text(&project)]).await?.iter().map(|row| row.parse("id")).collect()
}

fn known(row: &Row) -> Result<Known, StoreError> {
    Ok(Known {
        person: crate::person::person(row)?,
        actor_name: row.text("actor_name")?,
        address: crate::actor::address(row)?,
        noted: Instant(row.int("created_at")?),
    })
}
