//! What has been kept long enough: by the classes of `retention.toml`, each with the event that starts its time.

use crate::conn::{Change, Conn, Tx, demand_any};
use crate::error::StoreError;
use crate::row::Row;
use crate::statement::{Statement, statements};
use crate::value::{Value, at, text};
use crate::{audit_key, erasure_rows};
use kiez_domain::erasure::DataSubject;
use kiez_domain::id::ProjectId;
use kiez_domain::instant::Instant;
use kiez_domain::policy::Permit;
use serde::Deserialize;
use std::collections::BTreeMap;
use std::sync::LazyLock;

/// Not while somebody wants it kept (Art. 18 GDPR).
macro_rules! kept {
    ($alias:literal, $column:literal) => {
        concat!(
            " and not exists (select 1 from restriction r where r.project_id = $1 and r.",
            $column,
            " = ",
            $alias,
            ".id and r.state = 'restricted')"
        )
    };
}

statements! {
    table "retention_run";
    DRAFTS = "select 'need' as noun, id from need where project_id = $1 and state = 'draft' and updated_at < $2
union all select 'offer', id from offer where project_id = $1 and state = 'draft' and updated_at < $2";
    SHELVED = "select 'idea' as noun, id from idea where project_id = $1 and state = 'shelved' and updated_at < $2";
    // From the day of the no, where one was noted; else from the last change.
    DECLINED = concat!("select 'actor' as noun, a.id from actor a where a.project_id = $1 and a.stage = 'declined'
and coalesce((select max(h.told_on) from answer h where h.project_id = $1 and h.actor_id = a.id and h.kind = '' and h.said = 'no') < $3, a.updated_at < $2)",
        kept!("a", "actor_id"), " order by a.id");
    // Whoever has left, and the people of a shop that has closed.
    LEFT = concat!("select 'person' as noun, p.id from person p join actor a on a.project_id = p.project_id and a.id = p.actor_id
where p.project_id = $1 and (p.left_on < $3 or (a.stage = 'gone' and a.updated_at < $2))", kept!("p", "person_id"), " order by p.id");
    ACCOUNTS = "select 'user' as noun, id from user_account where removed_at < $1 order by id";
    OLD_CHANGES = "select count(*) as n from import_change where project_id = $1 and import_id in (select id from import_run where project_id = $1 and at < $2)";
    REMOVE_CHANGES = "delete from import_change where project_id = $1 and import_id in (select id from import_run where project_id = $1 and at < $2)";
    OLD_REFUSALS = "select count(*) as n from import_refusal where project_id = $1 and import_id in (select id from import_run where project_id = $1 and at < $2)";
    REMOVE_REFUSALS = "delete from import_refusal where project_id = $1 and import_id in (select id from import_run where project_id = $1 and at < $2)";
    OLD_DIFFERENCES = "select count(*) as n from difference where project_id = $1 and resolved_at < $2";
    REMOVE_DIFFERENCES = "delete from difference where project_id = $1 and resolved_at < $2";
    OLD_LINKS = "select count(*) as n from sign_in_link where expires_at < $1";
    REMOVE_LINKS = "delete from sign_in_link where expires_at < $1";
    OLD_SESSIONS = "select count(*) as n from session where expires_at < $1 or revoked_at < $1";
    REMOVE_SESSIONS = "delete from session where expires_at < $1 or revoked_at < $1";
    OLD_KEYS = "select count(*) as n from idempotency_key where at < $1";
    REMOVE_KEYS = "delete from idempotency_key where at < $1";
    OLD_JOBS = "select count(*) as n from job where done_at < $1";
    REMOVE_JOBS = "delete from job where done_at < $1";
    OLD_LOG = "select count(*) as n from change_log where at < $1";
    REMOVE_LOG = "delete from change_log where at < $1";
    REMOVE_NEED = "delete from need where project_id = $1 and id = $2";
    REMOVE_OFFER = "delete from offer where project_id = $1 and id = $2";
    REMOVE_IDEA = "delete from idea where project_id = $1 and id = $2";
    FORGET_ORIGIN = "delete from provenance where project_id = $1 and noun = $2 and row_id = $3";
    FORGET_CHANGES = "delete from import_change where project_id = $1 and noun = $2 and row_id = $3";
    FORGET_DIFFERENCES = "delete from difference where project_id = $1 and noun = $2 and row_id = $3";
    PEOPLE = "select (select count(*) from person where project_id = $1)
+ (select count(*) from actor where project_id = $1 and side = 'business') as n";
    ALL_ACCOUNTS = "select count(*) as n from user_account";
}

/// A class of the file.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Class {
    /// Its name, for sentences.
    pub id: String,
    /// `project` or `installation`.
    pub scope: String,
    /// How long after its event, in days.
    pub after: i64,
    /// The sentences of the field registry that it carries out.
    pub registry: Vec<String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    class: Vec<Class>,
    at_once: BTreeMap<String, String>,
}

fn file() -> &'static File {
    static FILE: LazyLock<File> = LazyLock::new(|| {
        toml::from_str(include_str!("../retention.toml"))
            .expect("retention.toml is read by a test before it ships")
    });
    &FILE
}

/// The classes of a project, or those of the whole installation, in the order of the file.
pub fn classes(of_project: bool) -> impl Iterator<Item = &'static Class> {
    let scope = if of_project { "project" } else { "installation" };
    file().class.iter().filter(move |class| class.scope == scope)
}

/// What is removed every minute: the sentence of the registry, and which function does it.
#[must_use]
pub fn at_once() -> &'static BTreeMap<String, String> {
    &file().at_once
}

/// Classes that remove people or cards one by one: how they are found.
const ONE_BY_ONE: [(&str, &Statement, bool); 5] = [
    ("draft", &DRAFTS, false),
    ("shelved", &SHELVED, false),
    ("declined", &DECLINED, true),
    ("left", &LEFT, true),
    ("account", &ACCOUNTS, true),
];

/// Classes that remove rows of their own in one go: how they are counted and removed.
const AT_A_STROKE: [(&str, &Statement, &Statement); 8] = [
    ("import", &OLD_CHANGES, &REMOVE_CHANGES),
    ("import", &OLD_REFUSALS, &REMOVE_REFUSALS),
    ("settled", &OLD_DIFFERENCES, &REMOVE_DIFFERENCES),
    ("link", &OLD_LINKS, &REMOVE_LINKS),
    ("session", &OLD_SESSIONS, &REMOVE_SESSIONS),
    ("key", &OLD_KEYS, &REMOVE_KEYS),
    ("job", &OLD_JOBS, &REMOVE_JOBS),
    ("log", &OLD_LOG, &REMOVE_LOG),
];

/// What of a class is due.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Due {
    /// The class.
    pub class: &'static Class,
    /// How many rows.
    pub rows: u64,
    /// How many people: they count for the brake.
    pub persons: u64,
}

/// Counts what has been kept long enough.
///
/// # Errors
/// When the database fails.
pub async fn due(conn: &mut Conn, project: Option<ProjectId>, now: Instant) -> Result<Vec<Due>, StoreError> {
    let mut all = Vec::new();
    for class in classes(project.is_some()) {
        let mut due = Due { class, rows: 0, persons: 0 };
        for (_, statement, people) in ONE_BY_ONE.iter().filter(|(id, ..)| *id == class.id) {
            let found = conn.all(statement, listing(class, statement, project, now)).await?;
            let found = u64::try_from(found.len()).unwrap_or(u64::MAX);
            due.rows += found;
            due.persons += if *people { found } else { 0 };
        }
        for (_, count, _) in AT_A_STROKE.iter().filter(|(id, ..)| *id == class.id) {
            let found = conn.number(count, counting(class, project, now)).await?;
            due.rows += u64::try_from(found).unwrap_or(0);
        }
        if class.id == "audit" {
            due.rows += audit_key::count_older(conn, now.plus_days(-class.after)).await?;
        }
        all.push(due);
    }
    Ok(all)
}

/// How many people there are that could be touched: what the brake is measured against.
///
/// # Errors
/// When the database fails.
pub async fn count_people(conn: &mut Conn, project: Option<ProjectId>) -> Result<u64, StoreError> {
    let found = match project {
        Some(project) => conn.number(&PEOPLE, vec![text(&project)]).await?,
        None => conn.number(&ALL_ACCOUNTS, vec![]).await?,
    };
    Ok(u64::try_from(found).unwrap_or(0))
}

/// Removes what of a class has been kept long enough; gives how many rows. `erase` is the right to erase people.
///
/// # Errors
/// When the database fails.
pub async fn remove(
    tx: &mut Tx,
    (permit, erase): (&Permit, &Permit),
    class: &'static Class,
    now: Instant,
) -> Result<u64, StoreError> {
    demand_any(permit, "retention", &["run"])?;
    let project = permit.project();
    let mut removed = 0;
    for (_, statement, _) in ONE_BY_ONE.iter().filter(|(id, ..)| *id == class.id) {
        for row in tx.all(statement, listing(class, statement, project, now)).await? {
            remove_one(tx, erase, (project, &row), now).await?;
            removed += 1;
        }
    }
    for (_, _, statement) in AT_A_STROKE.iter().filter(|(id, ..)| *id == class.id) {
        removed += tx.run(statement, counting(class, project, now)).await?;
    }
    if class.id == "audit" {
        removed += audit_key::forget(tx, permit, now.plus_days(-class.after)).await?;
    }
    Ok(removed)
}

async fn remove_one(
    tx: &mut Tx,
    erase: &Permit,
    (project, row): (Option<ProjectId>, &Row),
    now: Instant,
) -> Result<(), StoreError> {
    let subject = match row.text("noun")?.as_str() {
        "actor" => DataSubject::Actor(row.parse("id")?),
        "person" => DataSubject::Person(row.parse("id")?),
        "user" => DataSubject::User(row.parse("id")?),
        noun => return remove_card(tx, (project, noun), &row.text("id")?, now).await,
    };
    erasure_rows::remove(tx, erase, (project, subject), now).await.map(drop)
}

async fn remove_card(
    tx: &mut Tx,
    (project, noun): (Option<ProjectId>, &str),
    id: &str,
    now: Instant,
) -> Result<(), StoreError> {
    let project = project.ok_or(StoreError::NotFound)?;
    let (noun, remove): (&'static str, _) = match noun {
        "need" => ("need", &REMOVE_NEED),
        "offer" => ("offer", &REMOVE_OFFER),
        _ => ("idea", &REMOVE_IDEA),
    };
    for statement in [&FORGET_ORIGIN, &FORGET_CHANGES, &FORGET_DIFFERENCES] {
        tx.run(statement, vec![text(&project), text(noun), text(id)]).await?;
    }
    tx.run(remove, vec![text(&project), text(id)]).await?;
    tx.note_change(project, noun, &id, (Change::Removed, now));
    Ok(())
}

fn listing(class: &Class, statement: &Statement, project: Option<ProjectId>, now: Instant) -> Vec<Value> {
    let before = now.plus_days(-class.after);
    let mut values = counting(class, project, now);
    if statement.sql.contains("$3") {
        values.push(text(&before.day()));
    }
    values
}

fn counting(class: &Class, project: Option<ProjectId>, now: Instant) -> Vec<Value> {
    let before = at(now.plus_days(-class.after));
    project.map_or_else(|| vec![before.clone()], |project| vec![text(&project), before.clone()])
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::registry;
    use std::collections::BTreeSet;

    #[test]
    fn every_time_limit_of_the_registry_is_carried_out_by_somebody() {
        let by_class = file().class.iter().flat_map(|class| class.registry.iter());
        let carried: BTreeSet<&str> = by_class.chain(at_once().keys()).map(String::as_str).collect();
        let limits: BTreeSet<&str> = registry::groups()
            .iter()
            .map(|group| group.deletion.as_str())
            .filter(|deletion| {
                deletion.contains(|sign: char| sign.is_ascii_digit()) || at_once().contains_key(*deletion)
            })
            .collect();
        assert_eq!(limits, carried);
    }

    #[test]
    fn every_class_removes_something_and_nothing_is_removed_without_a_class() {
        let known: BTreeSet<&str> = file().class.iter().map(|class| class.id.as_str()).collect();
        let removing = ONE_BY_ONE.iter().map(|(id, ..)| *id).chain(AT_A_STROKE.iter().map(|(id, ..)| *id));
        assert_eq!(removing.chain(["audit"]).collect::<BTreeSet<_>>(), known);
    }
}
