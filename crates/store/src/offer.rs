//! Offers (Ressourcen): their table and what an offer has beyond its card. What is done with them stands in
//! [`crate::posting`].

use crate::error::StoreError;
use crate::posting::{Filter, Kept, Table};
use crate::row::Row;
use crate::statement::statements;
use crate::value::{Value, int, opt_int, text};
use kiez_domain::card::Card;
use kiez_domain::limits::Limits;
use kiez_domain::offer::NewOffer;

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
    INSERT = "insert into offer (project_id, id, actor_id, said_by, text, search_text, language, times, languages, lat, lon,
capacity, per, effort_min, state, published, version, created_at, updated_at)
values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18, $19)";
    FIND = concat!("select ", columns!(), " from offer o where o.project_id = $1 and o.id = $2");
    FACTS = "select actor_id, published from offer where project_id = $1 and id = $2";
    LIST = concat!("select ", columns!(), " from offer o", filtered!(), " order by o.id desc limit $6 offset $7");
    KNOWN = concat!("select ", columns!(), " from offer o where o.project_id = $1 order by o.id");
    COUNT = concat!("select count(*) as n from offer o", filtered!());
    UPDATE = "update offer set actor_id = $4, said_by = $5, text = $6, search_text = $7, language = $8, times = $9, languages = $10,
lat = $11, lon = $12, capacity = $13, per = $14, effort_min = $15, version = version + 1, updated_at = $16
where project_id = $1 and id = $2 and version = $3 returning version";
    TRANSITION = "update offer set state = $4, version = version + 1, updated_at = $5
where project_id = $1 and id = $2 and version = $3 returning version";
    PUBLISH = "update offer set published = $4, version = version + 1, updated_at = $5
where project_id = $1 and id = $2 and version = $3 returning version";
    CLEAR_KINDS = "delete from offer_kind where project_id = $1 and offer_id = $2";
    ADD_KIND = "insert into offer_kind (project_id, offer_id, kind) values ($1, $2, $3)";
}

/// What a list of offers is narrowed to.
pub type OfferFilter = Filter<NewOffer>;

impl Kept for NewOffer {
    const TABLE: Table<Self> = Table {
        insert: &INSERT,
        find: &FIND,
        facts: &FACTS,
        list: &LIST,
        known: &KNOWN,
        count: &COUNT,
        update: &UPDATE,
        transition: &TRANSITION,
        publish: &PUBLISH,
        clear_kinds: &CLEAR_KINDS,
        add_kind: &ADD_KIND,
        own_values,
        read,
    };
}

fn own_values(new: &NewOffer) -> Vec<Value> {
    vec![int(new.limits.capacity()), text(&new.limits.per()), opt_int(new.effort_min)]
}

fn read(row: &Row, card: Card) -> Result<NewOffer, StoreError> {
    let limits = Limits::new(row.count("capacity")?, row.parse("per")?);
    let limits = limits.map_err(|_| row.corrupt("capacity"))?;
    Ok(NewOffer { card, limits, effort_min: row.opt_count("effort_min")? })
}
