//! Who is likely to know whom, from the records there are: addresses, organisations, pairs that were put first.

use crate::error::AppError;
use kiez_domain::id::{ActorId, ProjectId};
use kiez_domain::suggestion::Bond;
use kiez_engine::acquaintance::Circle;
use kiez_store::acquaintance;
use kiez_store::conn::Conn;
use std::collections::{BTreeMap, BTreeSet};

/// Houses and organisations: they change with actors and premises alone.
pub(crate) async fn lasting(conn: &mut Conn, project: ProjectId) -> Result<Vec<Circle>, AppError> {
    let houses = together(acquaintance::houses(conn, project).await?);
    let houses = houses.into_values().map(|members| Circle { bond: Bond::SameHouse, members });
    let carriers = together(acquaintance::carriers(conn, project).await?).into_iter();
    let carriers = carriers.map(|(carrier, members)| Circle { bond: Bond::SameCarrier { carrier }, members });
    Ok(houses.chain(carriers).filter(|circle| circle.members.len() > 1).collect())
}

/// Who stands first with the same third: one circle for each third.
pub(crate) async fn partners(conn: &mut Conn, project: ProjectId) -> Result<Vec<Circle>, AppError> {
    let mut with: BTreeMap<ActorId, BTreeSet<ActorId>> = BTreeMap::new();
    for (taker, giver) in acquaintance::first_pairs(conn, project).await?.into_iter().filter(|(a, b)| a != b)
    {
        with.entry(taker).or_default().insert(giver);
        with.entry(giver).or_default().insert(taker);
    }
    with.retain(|_, partners| partners.len() > 1);
    let thirds: Vec<ActorId> = with.keys().copied().collect();
    let names = crate::actor::names(conn, project, &thirds).await?;
    let circle = |(third, partners): (ActorId, BTreeSet<ActorId>)| {
        let partner = names.get(&third)?.name.clone();
        let members = partners.iter().map(ActorId::to_string).collect();
        Some(Circle { bond: Bond::CommonPartner { partner }, members })
    };
    Ok(with.into_iter().filter_map(circle).collect())
}

fn together(all: Vec<(String, ActorId)>) -> BTreeMap<String, Vec<String>> {
    let mut together: BTreeMap<String, Vec<String>> = BTreeMap::new();
    for (what, actor) in all {
        together.entry(what).or_default().push(actor.to_string());
    }
    together
}
