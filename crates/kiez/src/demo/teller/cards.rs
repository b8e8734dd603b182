//! The cards of the story: written, taken further, shown to everybody.

use super::{Teller, about};
use crate::demo::story::ToldCard;
use crate::failure::Failure;
use kiez_domain::card::CardForm;
use kiez_domain::idea::{IdeaEvent, IdeaForm};
use kiez_domain::need::{NeedEvent, NeedForm, NewNeed};
use kiez_domain::offer::{NewOffer, OfferEvent, OfferForm};

impl Teller<'_> {
    fn owner(&self, card: &ToldCard) -> Result<String, Failure> {
        if card.actor.is_empty() { Ok(String::new()) } else { Ok(self.known(&card.actor)?.to_string()) }
    }

    /// What a need and an offer have in common.
    fn card(&self, told: &ToldCard) -> Result<CardForm, Failure> {
        Ok(CardForm {
            actor: self.owner(told)?,
            text: told.text.clone(),
            times: told.times.clone(),
            languages: told.languages.clone(),
            ..CardForm::default()
        })
    }

    pub(in crate::demo) async fn need(&mut self, told: &ToldCard, at: usize) -> Result<(), Failure> {
        let (units, radius_m) = (told.units.clone(), told.radius_m.clone());
        let form = NeedForm { card: self.card(told)?, units, radius_m };
        let key = format!("{}-need-{at}", self.prefix);
        let posted =
            kiez_app::posting::post::<NewNeed>(self.ctx, &self.caller, self.project, (form, &key)).await;
        self.needs.insert(at, (posted.map_err(|error| about(&told.text, &error))?, 1));
        Ok(())
    }

    pub(super) async fn need_step(&mut self, at: usize, step: NeedEvent) -> Result<(), Failure> {
        let Some((id, version)) = self.needs.get_mut(&at) else { return Ok(()) };
        let done = (*version, step);
        kiez_app::posting::transition::<NewNeed>(self.ctx, &self.caller, self.project, *id, done).await?;
        *version += 1;
        Ok(())
    }

    pub(in crate::demo) async fn show_need(&mut self, at: usize) -> Result<(), Failure> {
        let Some((id, version)) = self.needs.get_mut(&at) else { return Ok(()) };
        let done = (*version, true);
        kiez_app::posting::set_published::<NewNeed>(self.ctx, &self.caller, self.project, *id, done).await?;
        *version += 1;
        Ok(())
    }

    pub(in crate::demo) async fn offer(&mut self, told: &ToldCard, at: usize) -> Result<(), Failure> {
        let (capacity, per, effort_min) = (told.capacity.clone(), told.per.clone(), told.effort_min.clone());
        let form = OfferForm { card: self.card(told)?, capacity, per, effort_min };
        let key = format!("{}-offer-{at}", self.prefix);
        let posted =
            kiez_app::posting::post::<NewOffer>(self.ctx, &self.caller, self.project, (form, &key)).await;
        self.offers.insert(at, (posted.map_err(|error| about(&told.text, &error))?, 1));
        Ok(())
    }

    pub(super) async fn offer_step(&mut self, at: usize, step: OfferEvent) -> Result<(), Failure> {
        let Some((id, version)) = self.offers.get_mut(&at) else { return Ok(()) };
        let done = (*version, step);
        kiez_app::posting::transition::<NewOffer>(self.ctx, &self.caller, self.project, *id, done).await?;
        *version += 1;
        Ok(())
    }

    pub(in crate::demo) async fn show_offer(&mut self, at: usize) -> Result<(), Failure> {
        let Some((id, version)) = self.offers.get_mut(&at) else { return Ok(()) };
        let done = (*version, true);
        kiez_app::posting::set_published::<NewOffer>(self.ctx, &self.caller, self.project, *id, done).await?;
        *version += 1;
        Ok(())
    }

    pub(super) async fn idea(&mut self, told: &ToldCard, at: usize) -> Result<(), Failure> {
        let form = IdeaForm { actor: self.owner(told)?, text: told.text.clone(), ..IdeaForm::default() };
        let key = format!("{}-idea-{at}", self.prefix);
        let noted = kiez_app::idea::note(self.ctx, &self.caller, self.project, (form, &key)).await;
        self.ideas.insert(at, (noted.map_err(|error| about(&told.text, &error))?, 1));
        Ok(())
    }

    pub(super) async fn idea_step(&mut self, at: usize, step: IdeaEvent) -> Result<(), Failure> {
        let Some((id, version)) = self.ideas.get_mut(&at) else { return Ok(()) };
        let done = (*version, step);
        kiez_app::idea::transition(self.ctx, &self.caller, self.project, *id, done).await?;
        *version += 1;
        Ok(())
    }
}
