//! What goes when somebody is erased: the own rows, and every trace that other rows hold of them.
//!
//! A test fills every column that the registry calls personal and looks whether anything is left: a new table that
//! holds something about people fails it until it is thought of here.

use crate::backup;
use crate::conn::{Change, Conn, Tx, demand_any};
use crate::erasure::{self, ACTIONS};
use crate::error::StoreError;
use crate::fold::fold;
use crate::row::Row;
use crate::schema;
use crate::statement::{Statement, statements};
use crate::value::{Value, at, text};
use kiez_domain::erasure::DataSubject;
use kiez_domain::id::{ActorId, PersonId, ProjectId, UserId};
use kiez_domain::instant::Instant;
use kiez_domain::policy::Permit;
use std::collections::BTreeMap;

/// Shorter words stand in too many texts to be looked for in parts of them.
const SHORTEST_NEEDLE: usize = 4;
/// What an issue quotes of a value at most.
const QUOTED: usize = 60;
/// Tables of a project that tell what was done, with ids alone: the chain of the trail must stay whole.
const STAYING: [&str; 2] = ["audit_entry", "change_log"];

statements! {
    table "erasure";
    OF_ACTOR = "select 'actor' as noun, id from actor where project_id = $1 and id = $2
union all select 'person', id from person where project_id = $1 and actor_id = $2
union all select 'contact_channel', id from contact_channel where project_id = $1 and actor_id = $2
union all select 'need', id from need where project_id = $1 and actor_id = $2
union all select 'offer', id from offer where project_id = $1 and actor_id = $2
union all select 'idea', id from idea where project_id = $1 and actor_id = $2
union all select 'competence', id from competence where project_id = $1 and actor_id = $2
union all select 'answer', id from answer where project_id = $1 and actor_id = $2
union all select 'restriction', id from restriction where project_id = $1 and actor_id = $2
union all select 'verdict', v.id from verdict v where v.project_id = $1 and (v.actor_id = $2
    or v.need_id in (select n.id from need n where n.project_id = $1 and n.actor_id = $2)
    or v.offer_id in (select o.id from offer o where o.project_id = $1 and o.actor_id = $2))";
    OF_PERSON = "select 'person' as noun, id from person where project_id = $1 and id = $2
union all select 'contact_channel', id from contact_channel where project_id = $1 and person_id = $2
union all select 'restriction', id from restriction where project_id = $1 and person_id = $2";
    WORDS_OF_ACTOR = "select name as words from actor where project_id = $1 and id = $2
union select name from person where project_id = $1 and actor_id = $2
union select value from contact_channel where project_id = $1 and actor_id = $2";
    WORDS_OF_PERSON = "select name as words from person where project_id = $1 and id = $2
union select value from contact_channel where project_id = $1 and person_id = $2";
    WORDS_OF_USER = "select name as words, email from user_account where id = $1";
    // Where names stand in words that somebody else wrote: shown to whoever erases, never cut by a program.
    MENTIONS = "select 'actor' as noun, id from actor where project_id = $1 and note is not null and replace(note, $2, '') <> note
union all select 'need', id from need where project_id = $1 and (replace(text, $2, '') <> text or said_by = $2)
union all select 'offer', id from offer where project_id = $1 and (replace(text, $2, '') <> text or said_by = $2)
union all select 'idea', id from idea where project_id = $1 and (replace(text, $2, '') <> text or said_by = $2)
union all select 'verdict', need_id from verdict where project_id = $1 and reason is not null and replace(reason, $2, '') <> reason
union all select 'project', id from project where id = $1 and team is not null and replace(team, $2, '') <> team";
    FORGET_ORIGIN = "delete from provenance where project_id = $1 and noun = $2 and row_id = $3";
    FORGET_CHANGES = "delete from import_change where project_id = $1 and noun = $2 and row_id = $3";
    FORGET_DIFFERENCES = "delete from difference where project_id = $1 and noun = $2 and row_id = $3";
    FORGET_OUTCOMES = "delete from idempotency_key where outcome = $1";
    FORGET_JOBS = "delete from job where replace(payload, $1, '') <> payload";
    FORGET_UPLOADS = "delete from import_upload where project_id = $1";
    FORGET_REFUSALS = "delete from import_refusal where project_id = $1
and (replace(reason, $2, '') <> reason or replace(coalesce(said, ''), $2, '') <> coalesce(said, ''))";
    FORGET_SAID_ELSEWHERE = "delete from provenance where project_id = $1 and replace(imported, $2, '') <> imported";
    FORGET_EARLIER = "delete from import_change where project_id = $1
and (replace(coalesce(earlier, ''), $2, '') <> coalesce(earlier, '') or replace(coalesce(said_before, ''), $2, '') <> coalesce(said_before, ''))";
    FORGET_OTHER_VALUES = "delete from difference where project_id = $1 and (ours = $2 or theirs = $2)";
    SIGNED = "select 'need' as noun, id, said_by as words from need where project_id = $1 and said_by is not null
union all select 'offer', id, said_by from offer where project_id = $1 and said_by is not null
union all select 'idea', id, said_by from idea where project_id = $1 and said_by is not null";
    UNSIGN_NEEDS = "update need set said_by = null, version = version + 1, updated_at = $3 where project_id = $1 and id = $2";
    UNSIGN_OFFERS = "update offer set said_by = null, version = version + 1, updated_at = $3 where project_id = $1 and id = $2";
    UNSIGN_IDEAS = "update idea set said_by = null, version = version + 1, updated_at = $3 where project_id = $1 and id = $2";
    MOVE_OUT = "update premises set actor_id = null, version = version + 1, updated_at = $3 where project_id = $1 and actor_id = $2 returning id";
    MEMBERS = "select user_id as id from membership where project_id = $1 and actor_id = $2";
    END_SESSIONS = "update session set revoked_at = $3 where revoked_at is null
and user_id in (select user_id from membership where project_id = $1 and actor_id = $2)";
    REMOVE_MEMBERS = "delete from membership where project_id = $1 and actor_id = $2 returning user_id as id";
    REMOVE_NEEDS = "delete from need where project_id = $1 and actor_id = $2";
    REMOVE_OFFERS = "delete from offer where project_id = $1 and actor_id = $2";
    REMOVE_IDEAS = "delete from idea where project_id = $1 and actor_id = $2";
    REMOVE_ACTOR = "delete from actor where project_id = $1 and id = $2";
    REMOVE_PERSON = "delete from person where project_id = $1 and id = $2";
    REMOVE_USER = "delete from user_account where id = $1";
    REMOVE_KEYS_OF_USER = "delete from idempotency_key where who = $1";
    REMOVE_UPLOADS_OF_USER = "delete from import_upload where by_user = $1";
    UNNAME_IMPORTS = "update import_run set by_user = null where by_user = $1";
    UNNAME_REQUESTS = "update erasure_request set by_user = null where by_user = $1";
    UNNAME_CONFIRMATIONS = "update erasure_request set confirmed_by = null where confirmed_by = $1";
    UNNAME_MEMBERSHIPS = "update membership set asked_by = null where asked_by = $1";
    UNNAME_RUNS = "update retention_run set by_user = null where by_user = $1";
    ONLY_HERE = "select m.user_id as id from membership m join user_account u on u.id = m.user_id
where m.project_id = $1 and not u.operator and not exists (select 1 from membership o where o.user_id = m.user_id and o.project_id <> $1)
order by m.user_id";
    REMOVE_PROJECT = "delete from project where id = $1";
}

/// What would go, and what would stay.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Plan {
    /// How many rows of which noun go.
    pub goes: BTreeMap<String, u64>,
    /// How many people are meant: contact persons, accounts, and an actor itself.
    pub persons: u64,
    /// People who could sign in for it and cannot any more.
    pub members: u64,
    /// Texts of others that name somebody who goes: noun and id.
    pub mentions: Vec<(String, String)>,
}

/// What an erasing would do; nothing where there is nobody.
///
/// # Errors
/// When the database fails.
pub async fn plan(
    conn: &mut Conn,
    (project, subject): (Option<ProjectId>, DataSubject),
) -> Result<Option<Plan>, StoreError> {
    let (rows, words) = match (subject, project) {
        (DataSubject::Actor(id), Some(project)) => {
            let pair = || vec![text(&project), text(&id)];
            (own_rows(conn, &OF_ACTOR, pair()).await?, words(conn, &WORDS_OF_ACTOR, pair()).await?)
        }
        (DataSubject::Person(id), Some(project)) => {
            let pair = || vec![text(&project), text(&id)];
            (own_rows(conn, &OF_PERSON, pair()).await?, words(conn, &WORDS_OF_PERSON, pair()).await?)
        }
        (DataSubject::User(id), _) => match conn.first(&WORDS_OF_USER, vec![text(&id)]).await? {
            Some(_) => (vec![("user_account".to_owned(), id.to_string())], Vec::new()),
            None => (Vec::new(), Vec::new()),
        },
        (DataSubject::Project(id), _) => return project_plan(conn, id).await.map(Some),
        (DataSubject::Actor(_) | DataSubject::Person(_), None) => (Vec::new(), Vec::new()),
    };
    if rows.is_empty() {
        return Ok(None);
    }
    let mut plan = Plan::default();
    for (noun, _) in &rows {
        *plan.goes.entry(noun.clone()).or_default() += 1;
        plan.persons += u64::from(matches!(noun.as_str(), "actor" | "person" | "user_account"));
    }
    if let (DataSubject::Actor(id), Some(project)) = (subject, project) {
        let members = conn.all(&MEMBERS, vec![text(&project), text(&id)]).await?;
        plan.members = u64::try_from(members.len()).unwrap_or(u64::MAX);
    }
    if let Some(project) = project {
        plan.mentions = mentions(conn, project, &words, &rows).await?;
    }
    Ok(Some(plan))
}

async fn project_plan(conn: &mut Conn, project: ProjectId) -> Result<Plan, StoreError> {
    let mut plan = Plan::default();
    for table in of_projects(conn).await? {
        let rows = u64::try_from(conn.count_of_project(&table, project).await?).unwrap_or(0);
        plan.persons += if matches!(table.name.as_str(), "actor" | "person") { rows } else { 0 };
        if rows > 0 {
            plan.goes.insert(table.name, rows);
        }
    }
    let alone = conn.all(&ONLY_HERE, vec![text(&project)]).await?.len();
    plan.members = u64::try_from(alone).unwrap_or(u64::MAX);
    plan.persons += plan.members;
    Ok(plan)
}

/// Erases somebody and notes it in the ledger; whether there was anybody.
///
/// # Errors
/// When the database fails; nothing has changed then.
pub async fn remove(
    tx: &mut Tx,
    permit: &Permit,
    (project, subject): (Option<ProjectId>, DataSubject),
    now: Instant,
) -> Result<bool, StoreError> {
    demand_any(permit, "erasure", &ACTIONS)?;
    if permit.project().is_some_and(|permitted| project.is_some_and(|project| project != permitted)) {
        return Err(StoreError::NotFound);
    }
    let removed = match (subject, project) {
        (DataSubject::Actor(id), Some(project)) => actor(tx, permit, (project, id), now).await?,
        (DataSubject::Person(id), Some(project)) => person(tx, permit, (project, id), now).await?,
        (DataSubject::User(id), _) => user(tx, permit, id, now).await?,
        (DataSubject::Project(id), _) => whole_project(tx, permit, id, now).await?,
        (DataSubject::Actor(_) | DataSubject::Person(_), None) => false,
    };
    if removed {
        erasure::note(tx, subject, now).await?;
    }
    Ok(removed)
}

async fn actor(
    tx: &mut Tx,
    permit: &Permit,
    (project, id): (ProjectId, ActorId),
    now: Instant,
) -> Result<bool, StoreError> {
    let pair = || vec![text(&project), text(&id)];
    let rows = own_rows(tx, &OF_ACTOR, pair()).await?;
    if rows.is_empty() {
        return Ok(false);
    }
    let words = words(tx, &WORDS_OF_ACTOR, pair()).await?;
    forget(tx, project, (&rows, &words), now).await?;
    let moment = || vec![text(&project), text(&id), at(now)];
    let moved = tx.all(&MOVE_OUT, moment()).await?;
    note_all(tx, project, ("premises", &moved), (Change::Updated, now))?;
    tx.run(&END_SESSIONS, moment()).await?;
    let ended = tx.all(&REMOVE_MEMBERS, pair()).await?;
    note_all(tx, project, ("membership", &ended), (Change::Removed, now))?;
    for statement in [&REMOVE_NEEDS, &REMOVE_OFFERS, &REMOVE_IDEAS, &REMOVE_ACTOR] {
        tx.run(statement, pair()).await?;
    }
    note_own(tx, project, &rows, now);
    tx.record(permit, "actor", &id, (Change::Removed, now));
    Ok(true)
}

async fn person(
    tx: &mut Tx,
    permit: &Permit,
    (project, id): (ProjectId, PersonId),
    now: Instant,
) -> Result<bool, StoreError> {
    let pair = || vec![text(&project), text(&id)];
    let rows = own_rows(tx, &OF_PERSON, pair()).await?;
    if rows.is_empty() {
        return Ok(false);
    }
    let words = words(tx, &WORDS_OF_PERSON, pair()).await?;
    forget(tx, project, (&rows, &words), now).await?;
    tx.run(&REMOVE_PERSON, pair()).await?;
    note_own(tx, project, &rows, now);
    tx.record(permit, "person", &id, (Change::Removed, now));
    Ok(true)
}

/// The account with every way in, and the key under which the trail names it.
async fn user(tx: &mut Tx, permit: &Permit, id: UserId, now: Instant) -> Result<bool, StoreError> {
    let by_id = || vec![text(&id)];
    for statement in [
        &REMOVE_KEYS_OF_USER,
        &REMOVE_UPLOADS_OF_USER,
        &UNNAME_IMPORTS,
        &UNNAME_REQUESTS,
        &UNNAME_CONFIRMATIONS,
        &UNNAME_MEMBERSHIPS,
        &UNNAME_RUNS,
        &FORGET_JOBS,
    ] {
        tx.run(statement, by_id()).await?;
    }
    if tx.run(&REMOVE_USER, by_id()).await? == 0 {
        return Ok(false);
    }
    tx.record(permit, "user_account", &id, (Change::Removed, now));
    Ok(true)
}

/// Every row of a project, whatever its table, and the accounts of those who belonged to no other one.
async fn whole_project(
    tx: &mut Tx,
    permit: &Permit,
    project: ProjectId,
    now: Instant,
) -> Result<bool, StoreError> {
    for row in tx.all(&ONLY_HERE, vec![text(&project)]).await? {
        let id = row.parse("id")?;
        user(tx, permit, id, now).await?;
        erasure::note(tx, DataSubject::User(id), now).await?;
    }
    for table in of_projects(tx).await?.iter().rev() {
        tx.empty_of_project(table, project).await?;
    }
    if tx.run(&REMOVE_PROJECT, vec![text(&project)]).await? == 0 {
        return Ok(false);
    }
    tx.record(permit, "project", &project, (Change::Removed, now));
    Ok(true)
}

/// Tables whose rows belong to a project; each comes after those it refers to.
async fn of_projects(conn: &mut Conn) -> Result<Vec<schema::Table>, StoreError> {
    let mut tables = backup::in_order(schema::describe(conn).await?)?;
    let of_project = |table: &schema::Table| table.columns.iter().any(|column| column.name == "project_id");
    tables.retain(|table| of_project(table) && !STAYING.contains(&table.name.as_str()));
    Ok(tables)
}

async fn own_rows(
    conn: &mut Conn,
    statement: &Statement,
    values: Vec<Value>,
) -> Result<Vec<(String, String)>, StoreError> {
    let row = |row: &Row| Ok((row.text("noun")?, row.text("id")?));
    conn.all(statement, values).await?.iter().map(row).collect()
}

async fn words(
    conn: &mut Conn,
    statement: &Statement,
    values: Vec<Value>,
) -> Result<Vec<String>, StoreError> {
    conn.all(statement, values).await?.iter().map(|row| row.text("words")).collect()
}

async fn mentions(
    conn: &mut Conn,
    project: ProjectId,
    words: &[String],
    own: &[(String, String)],
) -> Result<Vec<(String, String)>, StoreError> {
    let mut found = Vec::new();
    for word in words.iter().filter(|word| word.chars().count() >= SHORTEST_NEEDLE) {
        found.extend(own_rows(conn, &MENTIONS, vec![text(&project), text(word)]).await?);
    }
    found.retain(|mention| !own.contains(mention));
    found.sort();
    found.dedup();
    Ok(found)
}

/// Removes what other tables remember of rows that go, and the names that files and cards still hold.
async fn forget(
    tx: &mut Tx,
    project: ProjectId,
    (rows, words): (&[(String, String)], &[String]),
    now: Instant,
) -> Result<(), StoreError> {
    for (noun, id) in rows {
        for statement in [&FORGET_ORIGIN, &FORGET_CHANGES, &FORGET_DIFFERENCES] {
            tx.run(statement, vec![text(&project), text(noun), text(id)]).await?;
        }
        for statement in [&FORGET_OUTCOMES, &FORGET_JOBS] {
            tx.run(statement, vec![text(id)]).await?;
        }
    }
    // Waiting files are packed in many ways and wait an hour at most: all of them go.
    tx.run(&FORGET_UPLOADS, vec![text(&project)]).await?;
    for word in words {
        let value = serde_json::Value::from(word.as_str()).to_string();
        for statement in [&FORGET_SAID_ELSEWHERE, &FORGET_EARLIER] {
            tx.run(statement, vec![text(&project), text(&value)]).await?;
        }
        tx.run(&FORGET_OTHER_VALUES, vec![text(&project), text(word)]).await?;
        if word.chars().count() >= SHORTEST_NEEDLE {
            let quoted: String = word.chars().take(QUOTED).collect();
            tx.run(&FORGET_REFUSALS, vec![text(&project), text(&quoted)]).await?;
        }
    }
    unsign(tx, project, words, now).await
}

/// Takes names from cards, however they are spelled there: case and marks do not matter.
async fn unsign(tx: &mut Tx, project: ProjectId, words: &[String], now: Instant) -> Result<(), StoreError> {
    let names: Vec<String> = words.iter().map(|word| fold(word.trim())).collect();
    for row in tx.all(&SIGNED, vec![text(&project)]).await? {
        if !names.contains(&fold(row.text("words")?.trim())) {
            continue;
        }
        let (noun, statement) = match row.text("noun")?.as_str() {
            "need" => ("need", &UNSIGN_NEEDS),
            "offer" => ("offer", &UNSIGN_OFFERS),
            _ => ("idea", &UNSIGN_IDEAS),
        };
        let id = row.text("id")?;
        tx.run(statement, vec![text(&project), text(&id), at(now)]).await?;
        tx.note_change(project, noun, &id, (Change::Updated, now));
    }
    Ok(())
}

/// A word in the change log for each row that went, so that index and caches forget it as well.
fn note_own(tx: &mut Tx, project: ProjectId, rows: &[(String, String)], now: Instant) {
    const NOUNS: [&str; 10] = [
        "actor",
        "person",
        "contact_channel",
        "need",
        "offer",
        "idea",
        "competence",
        "answer",
        "restriction",
        "verdict",
    ];
    for (noun, id) in rows {
        if let Some(noun) = NOUNS.into_iter().find(|known| known == noun) {
            tx.note_change(project, noun, id, (Change::Removed, now));
        }
    }
}

fn note_all(
    tx: &mut Tx,
    project: ProjectId,
    (noun, rows): (&'static str, &[Row]),
    change: (Change, Instant),
) -> Result<(), StoreError> {
    for row in rows {
        tx.note_change(project, noun, &row.text("id")?, change);
    }
    Ok(())
}
