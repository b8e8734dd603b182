//! Needs: what somebody lacks.

use crate::conn::{Change, Conn, Tx, demand};
use crate::error::StoreError;
use crate::fold::{contains_pattern, fold};
use crate::page::{Listing, Page};
use crate::row::Row;
use crate::statement::statements;
use crate::value::{Value, at, bool, int, json_list, opt_int, opt_real, opt_text, text};
use kiez_domain::id::{ActorId, NeedId, ProjectId};
use kiez_domain::instant::Instant;
use kiez_domain::kind::KindId;
use kiez_domain::need::{Need, NeedState, NewNeed};
use kiez_domain::policy::{Facts, Permit};
use kiez_domain::position::Position;

/// The columns of a need, its kinds among them.
macro_rules! columns {
    () => {
        "n.id, n.actor_id, n.said_by, n.text, n.language, n.units, n.radius_m, n.times, n.languages, n.lat, n.lon, n.state, n.published, n.version,
(select string_agg(k.kind, ',' order by k.kind) from need_kind k where k.project_id = n.project_id and k.need_id = n.id) as kinds"
    };
}
pub(crate) use columns;

macro_rules! filtered {
    () => {
        " where n.project_id = $1
and (cast($2 as text) is null or n.search_text like $2 escape '\\')
and (cast($3 as text) is null or n.state = $3)
and (cast($4 as text) is null or n.actor_id = $4)
and (cast($5 as text) is null or exists (select 1 from need_kind f
    where f.project_id = n.project_id and f.need_id = n.id and f.kind = $5))"
    };
}

statements! {
    table "need";
    INSERT = "insert into need (project_id, id, actor_id, said_by, text, search_text, language, units, radius_m, times, languages, lat, lon,
state, published, version, created_at, updated_at)
values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18)";
    FIND = concat!("select ", columns!(), " from need n where n.project_id = $1 and n.id = $2");
    FACTS = "select actor_id, published from need where project_id = $1 and id = $2";
    LIST = concat!("select ", columns!(), " from need n", filtered!(), " order by n.id desc limit $6 offset $7");
    COUNT = concat!("select count(*) as n from need n", filtered!());
    UPDATE = "update need set actor_id = $4, said_by = $5, text = $6, search_text = $7, language = $8, units = $9, radius_m = $10, times = $11,
languages = $12, lat = $13, lon = $14, version = version + 1, updated_at = $15
where project_id = $1 and id = $2 and version = $3 returning version";
    TRANSITION = "update need set state = $4, version = version + 1, updated_at = $5
where project_id = $1 and id = $2 and version = $3 returning version";
    PUBLISH = "update need set published = $4, version = version + 1, updated_at = $5
where project_id = $1 and id = $2 and version = $3 returning version";
    CLEAR_KINDS = "delete from need_kind where project_id = $1 and need_id = $2";
    ADD_KIND = "insert into need_kind (project_id, need_id, kind) values ($1, $2, $3)";
}

/// What a list of needs is narrowed to; nothing: all.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct NeedFilter {
    /// Part of the text; case and marks do not matter.
    pub text: Option<String>,
    /// Where it stands.
    pub state: Option<NeedState>,
    /// Whose need.
    pub actor: Option<ActorId>,
    /// A kind set by hand.
    pub kind: Option<KindId>,
}

/// Stores a new need in its first state.
///
/// # Errors
/// [`StoreError::MissingReference`] when the actor is not of the project.
pub async fn create(
    tx: &mut Tx,
    permit: &Permit,
    id: NeedId,
    (new, state): (&NewNeed, NeedState),
    now: Instant,
) -> Result<(), StoreError> {
    let project = demand(permit, "need", "create")?;
    insert_many(tx, project, &[(id, new)], (state, now)).await?;
    tx.record(permit, "need", &id, (Change::Created, now));
    Ok(())
}

/// Inserts many needs at once without a word in the change log: its caller sees to that.
pub(crate) async fn insert_many(
    tx: &mut Tx,
    project: ProjectId,
    needs: &[(NeedId, &NewNeed)],
    (state, now): (NeedState, Instant),
) -> Result<(), StoreError> {
    let rows = needs.iter().map(|(id, new)| {
        let mut values = vec![text(&project), text(id)];
        values.extend(data_values(new));
        values.extend([text(&state), bool(false), int(1), at(now), at(now)]);
        values
    });
    let rows = rows.collect();
    tx.bulk(&INSERT, rows).await?;
    let kinds = needs.iter().flat_map(|(id, new)| kind_rows(project, *id, &new.kinds)).collect();
    tx.bulk(&ADD_KIND, kinds).await
}

/// The need with this id.
///
/// # Errors
/// When the database fails.
pub async fn find(conn: &mut Conn, project: ProjectId, id: NeedId) -> Result<Option<Need>, StoreError> {
    conn.first(&FIND, vec![text(&project), text(&id)]).await?.map(|row| need(&row)).transpose()
}

/// What the policy needs to know about a need.
///
/// # Errors
/// When the database fails.
pub async fn facts(conn: &mut Conn, project: ProjectId, id: NeedId) -> Result<Option<Facts>, StoreError> {
    let row = conn.first(&FACTS, vec![text(&project), text(&id)]).await?;
    row.map(|row| Ok(Facts::of_object(project, row.opt_parse("actor_id")?, row.bool("published")?)))
        .transpose()
}

/// One part of the list of needs, newest first.
///
/// # Errors
/// When the database fails.
pub async fn list(
    conn: &mut Conn,
    project: ProjectId,
    filter: &NeedFilter,
    page: &Page,
) -> Result<Listing<Need>, StoreError> {
    let total = conn.number(&COUNT, filter_values(project, filter)).await?;
    let mut values = filter_values(project, filter);
    values.extend([int(page.limit()), int(page.skip())]);
    let rows = conn.all(&LIST, values).await?;
    Ok(Listing::new(rows.iter().map(need).collect::<Result<_, _>>()?, total.unsigned_abs(), *page))
}

/// Saves what is lacking, its kinds too; gives the new version.
///
/// # Errors
/// [`StoreError::Stale`] when somebody else saved first.
pub async fn update(
    tx: &mut Tx,
    permit: &Permit,
    id: NeedId,
    version: i64,
    (new, now): (&NewNeed, Instant),
) -> Result<i64, StoreError> {
    let project = demand(permit, "need", "update")?;
    let mut values = vec![text(&project), text(&id), int(version)];
    values.extend(data_values(new));
    values.push(at(now));
    let found = tx.first(&UPDATE, values).await?;
    let version = saved(tx, found, project, id).await?;
    set_kinds(tx, permit, id, &new.kinds, now).await?;
    Ok(version)
}

/// Moves a need along its lifecycle; whether the step exists is asked of the lifecycle before. Gives the new version.
///
/// # Errors
/// [`StoreError::Stale`] when somebody else saved first.
pub async fn transition(
    tx: &mut Tx,
    permit: &Permit,
    id: NeedId,
    version: i64,
    (state, now): (NeedState, Instant),
) -> Result<i64, StoreError> {
    let project = demand(permit, "need", "update")?;
    let values = vec![text(&project), text(&id), int(version), text(&state), at(now)];
    let found = tx.first(&TRANSITION, values).await?;
    let version = saved(tx, found, project, id).await?;
    tx.record(permit, "need", &id, (Change::Updated, now));
    Ok(version)
}

/// Publishes a need or takes it back; gives the new version.
///
/// # Errors
/// [`StoreError::Stale`] when somebody else saved first.
pub async fn set_published(
    tx: &mut Tx,
    permit: &Permit,
    id: NeedId,
    version: i64,
    (published, now): (bool, Instant),
) -> Result<i64, StoreError> {
    let project = demand(permit, "need", "update")?;
    let values = vec![text(&project), text(&id), int(version), bool(published), at(now)];
    let found = tx.first(&PUBLISH, values).await?;
    let version = saved(tx, found, project, id).await?;
    tx.record(permit, "need", &id, (Change::Updated, now));
    Ok(version)
}

/// Sets the kinds of a need by hand, instead of those before.
///
/// # Errors
/// [`StoreError::MissingReference`] when there is no such need.
pub async fn set_kinds(
    tx: &mut Tx,
    permit: &Permit,
    id: NeedId,
    kinds: &[KindId],
    now: Instant,
) -> Result<(), StoreError> {
    let project = demand(permit, "need", "update")?;
    tx.run(&CLEAR_KINDS, vec![text(&project), text(&id)]).await?;
    tx.bulk(&ADD_KIND, kind_rows(project, id, kinds).collect()).await?;
    tx.record(permit, "need", &id, (Change::Updated, now));
    Ok(())
}

fn kind_rows(project: ProjectId, id: NeedId, kinds: &[KindId]) -> impl Iterator<Item = Vec<Value>> {
    kinds.iter().map(move |kind| vec![text(&project), text(&id), text(kind)])
}

fn data_values(new: &NewNeed) -> Vec<Value> {
    vec![
        opt_text(new.actor.as_ref()),
        opt_text(new.said_by.as_ref()),
        text(&new.text),
        text(&fold(new.text.as_str())),
        text(&new.language),
        int(new.units),
        opt_int(new.radius_m),
        opt_text(new.times.as_ref()),
        json_list(&new.languages),
        opt_real(new.position.map(Position::lat)),
        opt_real(new.position.map(Position::lon)),
    ]
}

fn filter_values(project: ProjectId, filter: &NeedFilter) -> Vec<Value> {
    let words = filter.text.as_deref().map(str::trim).filter(|words| !words.is_empty());
    vec![
        text(&project),
        opt_text(words.map(contains_pattern).as_ref()),
        opt_text(filter.state.as_ref()),
        opt_text(filter.actor.as_ref()),
        opt_text(filter.kind.as_ref()),
    ]
}

/// The version a conditional update gives, or why it touched nothing.
async fn saved(tx: &mut Tx, found: Option<Row>, project: ProjectId, id: NeedId) -> Result<i64, StoreError> {
    match found {
        Some(row) => row.int("version"),
        None if facts(tx, project, id).await?.is_some() => Err(StoreError::Stale),
        None => Err(StoreError::NotFound),
    }
}

pub(crate) fn need(row: &Row) -> Result<Need, StoreError> {
    Ok(Need {
        id: row.parse("id")?,
        data: data(row)?,
        state: row.parse("state")?,
        published: row.bool("published")?,
        version: row.int("version")?,
    })
}

/// What is lacking, from a row with its columns.
pub(crate) fn data(row: &Row) -> Result<NewNeed, StoreError> {
    Ok(NewNeed {
        actor: row.opt_parse("actor_id")?,
        said_by: row.opt_parse("said_by")?,
        text: row.parse("text")?,
        language: row.parse("language")?,
        kinds: row.joined("kinds")?,
        units: row.count("units")?,
        radius_m: row.opt_count("radius_m")?,
        times: row.opt_parse("times")?,
        languages: row.list("languages")?,
        position: row.position("lat", "lon")?,
    })
}
