//! Needs: their table and what a need has beyond its card. What is done with them stands in [`crate::posting`].

use crate::error::StoreError;
use crate::posting::{Filter, Kept, Table};
use crate::row::Row;
use crate::statement::statements;
use crate::value::{Value, int, opt_int};
use kiez_domain::card::Card;
use kiez_domain::need::NewNeed;

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
    INSERT = "insert into need (project_id, id, actor_id, said_by, text, search_text, language, times, languages, lat, lon,
units, radius_m, state, published, version, created_at, updated_at)
values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18)";
    FIND = concat!("select ", columns!(), " from need n where n.project_id = $1 and n.id = $2");
    FACTS = "select actor_id, published from need where project_id = $1 and id = $2";
    LIST = concat!("select ", columns!(), " from need n", filtered!(), " order by n.id desc limit $6 offset $7");
    KNOWN = concat!("select ", columns!(), " from need n where n.project_id = $1 order by n.id");
    COUNT = concat!("select count(*) as n from need n", filtered!());
    UPDATE = "update need set actor_id = $4, said_by = $5, text = $6, search_text = $7, language = $8, times = $9, languages = $10,
lat = $11, lon = $12, units = $13, radius_m = $14, version = version + 1, updated_at = $15
where project_id = $1 and id = $2 and version = $3 returning version";
    TRANSITION = "update need set state = $4, version = version + 1, updated_at = $5
where project_id = $1 and id = $2 and version = $3 returning version";
    PUBLISH = "update need set published = $4, version = version + 1, updated_at = $5
where project_id = $1 and id = $2 and version = $3 returning version";
    CLEAR_KINDS = "delete from need_kind where project_id = $1 and need_id = $2";
    ADD_KIND = "insert into need_kind (project_id, need_id, kind) values ($1, $2, $3)";
}

/// What a list of needs is narrowed to.
pub type NeedFilter = Filter<NewNeed>;

impl Kept for NewNeed {
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

fn own_values(new: &NewNeed) -> Vec<Value> {
    vec![int(new.units), opt_int(new.radius_m)]
}

fn read(row: &Row, card: Card) -> Result<NewNeed, StoreError> {
    Ok(NewNeed { card, units: row.count("units")?, radius_m: row.opt_count("radius_m")? })
}
