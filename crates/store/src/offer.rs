//! Offers: what somebody is ready to give (Ressource).

use crate::conn::{Change, Conn, Tx, demand};
use crate::error::StoreError;
use crate::fold::{contains_pattern, fold};
use crate::page::{Listing, Page};
use crate::row::Row;
use crate::statement::statements;
use crate::value::{Value, at, bool, int, json_list, opt_int, opt_real, opt_text, text};
use kiez_domain::id::{ActorId, OfferId, ProjectId};
use kiez_domain::instant::Instant;
use kiez_domain::kind::KindId;
use kiez_domain::limits::Limits;
use kiez_domain::offer::{NewOffer, Offer, OfferState};
use kiez_domain::policy::{Facts, Permit};
use kiez_domain::position::Position;

/// The columns of an offer, its kinds among them.
macro_rules! columns {
    () => {
        "o.id, o.actor_id, o.said_by, o.text, o.language, o.capacity, o.per, o.effort_min, o.times, o.languages, o.lat, o.lon, o.state, o.published, o.version,
(select string_agg(k.kind, ',' order by k.kind) from offer_kind k where k.project_id = o.project_id and k.offer_id = o.id) as kinds"
    };
}
pub(crate) use columns;

macro_rules! filtered {
    () => {
        " where o.project_id = $1
and (cast($2 as text) is null or o.search_text like $2 escape '\\')
and (cast($3 as text) is null or o.state = $3)
and (cast($4 as text) is null or o.actor_id = $4)
and (cast($5 as text) is null or exists (select 1 from offer_kind f
    where f.project_id = o.project_id and f.offer_id = o.id and f.kind = $5))"
    };
}

statements! {
    table "offer";
    INSERT = "insert into offer (project_id, id, actor_id, said_by, text, search_text, language, capacity, per, effort_min, times, languages, lat, lon,
state, published, version, created_at, updated_at)
values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18, $19)";
    FIND = concat!("select ", columns!(), " from offer o where o.project_id = $1 and o.id = $2");
    FACTS = "select actor_id, published from offer where project_id = $1 and id = $2";
    LIST = concat!("select ", columns!(), " from offer o", filtered!(), " order by o.id desc limit $6 offset $7");
    COUNT = concat!("select count(*) as n from offer o", filtered!());
    UPDATE = "update offer set actor_id = $4, said_by = $5, text = $6, search_text = $7, language = $8, capacity = $9, per = $10, effort_min = $11,
times = $12, languages = $13, lat = $14, lon = $15, version = version + 1, updated_at = $16
where project_id = $1 and id = $2 and version = $3 returning version";
    TRANSITION = "update offer set state = $4, version = version + 1, updated_at = $5
where project_id = $1 and id = $2 and version = $3 returning version";
    PUBLISH = "update offer set published = $4, version = version + 1, updated_at = $5
where project_id = $1 and id = $2 and version = $3 returning version";
    CLEAR_KINDS = "delete from offer_kind where project_id = $1 and offer_id = $2";
    ADD_KIND = "insert into offer_kind (project_id, offer_id, kind) values ($1, $2, $3)";
}

/// What a list of offers is narrowed to; nothing: all.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct OfferFilter {
    /// Part of the text; case and marks do not matter.
    pub text: Option<String>,
    /// Where it stands.
    pub state: Option<OfferState>,
    /// Whose offer.
    pub actor: Option<ActorId>,
    /// A kind set by hand.
    pub kind: Option<KindId>,
}

/// Stores a new offer in its first state.
///
/// # Errors
/// [`StoreError::MissingReference`] when the actor is not of the project.
pub async fn create(
    tx: &mut Tx,
    permit: &Permit,
    id: OfferId,
    (new, state): (&NewOffer, OfferState),
    now: Instant,
) -> Result<(), StoreError> {
    let project = demand(permit, "offer", "create")?;
    insert_many(tx, project, &[(id, new)], (state, now)).await?;
    tx.record(permit, "offer", &id, (Change::Created, now));
    Ok(())
}

/// Inserts many offers at once without a word in the change log: its caller sees to that.
pub(crate) async fn insert_many(
    tx: &mut Tx,
    project: ProjectId,
    offers: &[(OfferId, &NewOffer)],
    (state, now): (OfferState, Instant),
) -> Result<(), StoreError> {
    let rows = offers.iter().map(|(id, new)| {
        let mut values = vec![text(&project), text(id)];
        values.extend(data_values(new));
        values.extend([text(&state), bool(false), int(1), at(now), at(now)]);
        values
    });
    let rows = rows.collect();
    tx.bulk(&INSERT, rows).await?;
    let kinds = offers.iter().flat_map(|(id, new)| kind_rows(project, *id, &new.kinds)).collect();
    tx.bulk(&ADD_KIND, kinds).await
}

/// The offer with this id.
///
/// # Errors
/// When the database fails.
pub async fn find(conn: &mut Conn, project: ProjectId, id: OfferId) -> Result<Option<Offer>, StoreError> {
    conn.first(&FIND, vec![text(&project), text(&id)]).await?.map(|row| offer(&row)).transpose()
}

/// What the policy needs to know about an offer.
///
/// # Errors
/// When the database fails.
pub async fn facts(conn: &mut Conn, project: ProjectId, id: OfferId) -> Result<Option<Facts>, StoreError> {
    let row = conn.first(&FACTS, vec![text(&project), text(&id)]).await?;
    row.map(|row| Ok(Facts::of_object(project, row.opt_parse("actor_id")?, row.bool("published")?)))
        .transpose()
}

/// One part of the list of offers, newest first.
///
/// # Errors
/// When the database fails.
pub async fn list(
    conn: &mut Conn,
    project: ProjectId,
    filter: &OfferFilter,
    page: &Page,
) -> Result<Listing<Offer>, StoreError> {
    let total = conn.number(&COUNT, filter_values(project, filter)).await?;
    let mut values = filter_values(project, filter);
    values.extend([int(page.limit()), int(page.skip())]);
    let rows = conn.all(&LIST, values).await?;
    Ok(Listing::new(rows.iter().map(offer).collect::<Result<_, _>>()?, total.unsigned_abs(), *page))
}

/// Saves what is given, its kinds too; gives the new version.
///
/// # Errors
/// [`StoreError::Stale`] when somebody else saved first.
pub async fn update(
    tx: &mut Tx,
    permit: &Permit,
    id: OfferId,
    version: i64,
    (new, now): (&NewOffer, Instant),
) -> Result<i64, StoreError> {
    let project = demand(permit, "offer", "update")?;
    let mut values = vec![text(&project), text(&id), int(version)];
    values.extend(data_values(new));
    values.push(at(now));
    let found = tx.first(&UPDATE, values).await?;
    let version = saved(tx, found, project, id).await?;
    set_kinds(tx, permit, id, &new.kinds, now).await?;
    Ok(version)
}

/// Moves an offer along its lifecycle; whether the step exists is asked of the lifecycle before. Gives the new version.
///
/// # Errors
/// [`StoreError::Stale`] when somebody else saved first.
pub async fn transition(
    tx: &mut Tx,
    permit: &Permit,
    id: OfferId,
    version: i64,
    (state, now): (OfferState, Instant),
) -> Result<i64, StoreError> {
    let project = demand(permit, "offer", "update")?;
    let values = vec![text(&project), text(&id), int(version), text(&state), at(now)];
    let found = tx.first(&TRANSITION, values).await?;
    let version = saved(tx, found, project, id).await?;
    tx.record(permit, "offer", &id, (Change::Updated, now));
    Ok(version)
}

/// Publishes an offer or takes it back; gives the new version.
///
/// # Errors
/// [`StoreError::Stale`] when somebody else saved first.
pub async fn set_published(
    tx: &mut Tx,
    permit: &Permit,
    id: OfferId,
    version: i64,
    (published, now): (bool, Instant),
) -> Result<i64, StoreError> {
    let project = demand(permit, "offer", "update")?;
    let values = vec![text(&project), text(&id), int(version), bool(published), at(now)];
    let found = tx.first(&PUBLISH, values).await?;
    let version = saved(tx, found, project, id).await?;
    tx.record(permit, "offer", &id, (Change::Updated, now));
    Ok(version)
}

/// Sets the kinds of an offer by hand, instead of those before.
///
/// # Errors
/// [`StoreError::MissingReference`] when there is no such offer.
pub async fn set_kinds(
    tx: &mut Tx,
    permit: &Permit,
    id: OfferId,
    kinds: &[KindId],
    now: Instant,
) -> Result<(), StoreError> {
    let project = demand(permit, "offer", "update")?;
    tx.run(&CLEAR_KINDS, vec![text(&project), text(&id)]).await?;
    tx.bulk(&ADD_KIND, kind_rows(project, id, kinds).collect()).await?;
    tx.record(permit, "offer", &id, (Change::Updated, now));
    Ok(())
}

fn kind_rows(project: ProjectId, id: OfferId, kinds: &[KindId]) -> impl Iterator<Item = Vec<Value>> {
    kinds.iter().map(move |kind| vec![text(&project), text(&id), text(kind)])
}

fn data_values(new: &NewOffer) -> Vec<Value> {
    vec![
        opt_text(new.actor.as_ref()),
        opt_text(new.said_by.as_ref()),
        text(&new.text),
        text(&fold(new.text.as_str())),
        text(&new.language),
        int(new.limits.capacity()),
        text(&new.limits.per()),
        opt_int(new.effort_min),
        opt_text(new.times.as_ref()),
        json_list(&new.languages),
        opt_real(new.position.map(Position::lat)),
        opt_real(new.position.map(Position::lon)),
    ]
}

fn filter_values(project: ProjectId, filter: &OfferFilter) -> Vec<Value> {
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
async fn saved(tx: &mut Tx, found: Option<Row>, project: ProjectId, id: OfferId) -> Result<i64, StoreError> {
    match found {
        Some(row) => row.int("version"),
        None if facts(tx, project, id).await?.is_some() => Err(StoreError::Stale),
        None => Err(StoreError::NotFound),
    }
}

pub(crate) fn offer(row: &Row) -> Result<Offer, StoreError> {
    Ok(Offer {
        id: row.parse("id")?,
        data: data(row)?,
        state: row.parse("state")?,
        published: row.bool("published")?,
        version: row.int("version")?,
    })
}

/// What is given, from a row with its columns.
pub(crate) fn data(row: &Row) -> Result<NewOffer, StoreError> {
    Ok(NewOffer {
        actor: row.opt_parse("actor_id")?,
        said_by: row.opt_parse("said_by")?,
        text: row.parse("text")?,
        language: row.parse("language")?,
        kinds: row.joined("kinds")?,
        limits: Limits::new(row.count("capacity")?, row.parse("per")?)
            .map_err(|_| row.corrupt("capacity"))?,
        effort_min: row.opt_count("effort_min")?,
        times: row.opt_parse("times")?,
        languages: row.list("languages")?,
        position: row.position("lat", "lon")?,
    })
}
