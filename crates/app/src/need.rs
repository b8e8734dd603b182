//! Needs: how they stand on the market. What is done with them stands in [`crate::posting`].

use crate::market::OnMarket;
use crate::posting::PostingView;
use kiez_domain::need::NewNeed;
use kiez_domain::position::Position;
use kiez_engine::{Market, TextSide};
use kiez_store::engine::ForEngine;

/// A need with what a list or page shows beside it.
pub type NeedView = PostingView<NewNeed>;

impl OnMarket for NewNeed {
    const SIDE: TextSide = TextSide::Need;

    /// A need that nobody has a place for stands in the middle of the home quarter.
    fn put(market: &mut Market, need: ForEngine<Self>, home: Option<Position>) {
        let Self { card, units, radius_m } = need.data;
        market.put_need(kiez_engine::Need {
            id: need.id.to_string(),
            text: card.text.into(),
            language: Some(card.language),
            kinds: card.kinds,
            position: card.position.or(need.seat).or(home),
            radius_m,
            units,
            times: card.times,
            languages: card.languages,
            actor_id: card.actor.map(|id| id.to_string()),
            institution: need.actor_name.or(card.said_by.map(Into::into)),
            ..kiez_engine::Need::default()
        });
    }

    fn remove(market: &mut Market, id: &str) {
        market.remove_need(id);
    }
}
