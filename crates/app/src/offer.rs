//! Offers: how they stand on the market. What is done with them stands in [`crate::posting`].

use crate::market::OnMarket;
use crate::posting::PostingView;
use kiez_domain::offer::NewOffer;
use kiez_domain::position::Position;
use kiez_engine::{Market, TextSide};
use kiez_store::engine::ForEngine;

/// An offer with what a list or page shows beside it.
pub type OfferView = PostingView<NewOffer>;

impl OnMarket for NewOffer {
    const SIDE: TextSide = TextSide::Offer;

    /// An offer without a place has none: nobody may walk to a guess.
    fn put(market: &mut Market, offer: ForEngine<Self>, _home: Option<Position>) {
        let Self { card, limits, effort_min } = offer.data;
        market.put_offer(kiez_engine::Offer {
            id: offer.id.to_string(),
            text: card.text.into(),
            language: Some(card.language),
            kinds: card.kinds,
            position: card.position.or(offer.seat),
            capacity: Some(limits.capacity()),
            times: card.times,
            languages: card.languages,
            actor: offer.actor_name.or(card.said_by.map(Into::into)),
            branch: offer.branch,
            effort_min,
            actor_id: card.actor.map(|id| id.to_string()),
            ..kiez_engine::Offer::default()
        });
    }

    fn remove(market: &mut Market, id: &str) {
        market.remove_offer(id);
    }
}
