//! What tells who is likely to know whom: addresses, carriers, and pairs that a coordinator put first.

use crate::conn::Conn;
use crate::error::StoreError;
use crate::fold::fold;
use crate::statement::statements;
use crate::value::text;
use kiez_domain::id::{ActorId, ProjectId};

statements! {
    table "actor";
    HOUSES = "select a.id as actor_id, a.street, a.house_number, a.postcode from actor a
where a.project_id = $1 and a.street is not null and a.house_number is not null and a.side <> 'place' and a.stage not in ('declined', 'gone')
union
select p.actor_id, p.street, p.house_number, p.postcode from premises p
join actor a on a.project_id = p.project_id and a.id = p.actor_id
where p.project_id = $1 and p.street is not null and p.house_number is not null and a.side <> 'place' and a.stage not in ('declined', 'gone')";
    CARRIERS = "select a.id as actor_id, a.carrier from actor a
where a.project_id = $1 and a.carrier is not null and a.side <> 'place' and a.stage not in ('declined', 'gone') order by a.id";
    FIRST_PAIRS = "select n.actor_id as taker, coalesce(o.actor_id, v.actor_id) as giver from verdict v
join need n on n.project_id = v.project_id and n.id = v.need_id
left join offer o on o.project_id = v.project_id and o.id = v.offer_id
where v.project_id = $1 and v.decision = 'pin' and n.actor_id is not null and coalesce(o.actor_id, v.actor_id) is not null
order by v.id";
}

/// Whoever is still there with a house: street, number and postal code made alike. An actor with several premises stands
/// there several times. In the order of houses, then ids.
///
/// # Errors
/// When the database fails.
pub async fn houses(conn: &mut Conn, project: ProjectId) -> Result<Vec<(String, ActorId)>, StoreError> {
    let mut houses = Vec::new();
    for row in conn.all(&HOUSES, vec![text(&project)]).await? {
        let part = |name: &str| Ok::<_, StoreError>(fold(row.opt_text(name)?.unwrap_or_default().trim()));
        let house = [part("street")?, part("house_number")?, part("postcode")?].join("|");
        houses.push((house, row.parse("actor_id")?));
    }
    houses.sort();
    houses.dedup();
    Ok(houses)
}

/// Whoever is still there with the organisation it belongs to, by id.
///
/// # Errors
/// When the database fails.
pub async fn carriers(conn: &mut Conn, project: ProjectId) -> Result<Vec<(String, ActorId)>, StoreError> {
    let rows = conn.all(&CARRIERS, vec![text(&project)]).await?;
    rows.iter().map(|row| Ok((row.text("carrier")?, row.parse("actor_id")?))).collect()
}

/// Pairs of actors of which a coordinator put a suggestion first: who needs and who could give, the oldest first.
///
/// # Errors
/// When the database fails.
pub async fn first_pairs(conn: &mut Conn, project: ProjectId) -> Result<Vec<(ActorId, ActorId)>, StoreError> {
    let rows = conn.all(&FIRST_PAIRS, vec![text(&project)]).await?;
    rows.iter().map(|row| Ok((row.parse("taker")?, row.parse("giver")?))).collect()
}
