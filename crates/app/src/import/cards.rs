//! Cards of a file: needs, offers and ideas with whose they are, found again by id, else by their words.

use super::Run;
use super::desk::{Desk, Keys, Met, Work, each_row};
use super::noun::Noun;
use super::plan::Fields;
use super::report::FileReport;
use super::rows::{actors_by_name, card_form, fold, source_key};
use crate::error::AppError;
use crate::kind_finding;
use kiez_domain::card::CardForm;
use kiez_domain::id::ActorId;
use kiez_domain::idea::{IdeaForm, NewIdea};
use kiez_domain::need::{NeedForm, NewNeed};
use kiez_domain::offer::{NewOffer, OfferForm};
use kiez_import::card::{CardKind, RawCard};
use kiez_import::reading::Reading;
use kiez_store::conn::{Conn, Tx};
use std::collections::{HashMap, HashSet};

/// What is to be written.
pub(super) struct Found {
    needs: Work<NewNeed>,
    offers: Work<NewOffer>,
    ideas: Work<NewIdea>,
}

/// Compares the files' cards with those that are stored; new ones are open at once.
pub(super) async fn compare(
    run: &Run<'_>,
    conn: &mut Conn,
    readings: Vec<Reading<RawCard>>,
) -> Result<(Vec<FileReport>, Found), AppError> {
    let mut known = Known { names: actors_by_name(conn, run.project).await?, texts: HashSet::new() };
    let mut needs = Desk::<NewNeed>::open(run, conn).await?;
    let mut offers = Desk::<NewOffer>::open(run, conn).await?;
    let mut ideas = Desk::<NewIdea>::open(run, conn).await?;
    let reports = each_row(run, readings, |raw: RawCard, report| {
        let units = raw.units.clone().unwrap_or_default();
        match raw.kind {
            CardKind::Need => {
                let card = known.card(&raw, &needs);
                let need = NewNeed::try_from(NeedForm { units, ..card.into() })?;
                kind_finding::must_exist(&need.card.kinds)?;
                known.take(&raw, (&mut needs, need), report)
            }
            CardKind::Offer => {
                let card = known.card(&raw, &offers);
                let offer = NewOffer::try_from(OfferForm { capacity: units, ..card.into() })?;
                kind_finding::must_exist(&offer.card.kinds)?;
                known.take(&raw, (&mut offers, offer), report)
            }
            CardKind::Idea => {
                let CardForm { actor, said_by, text, .. } = known.card(&raw, &ideas);
                let idea = NewIdea::try_from(IdeaForm { actor, said_by, text })?;
                known.take(&raw, (&mut ideas, idea), report)
            }
        }
    })
    .await?;
    Ok((reports, Found { needs: needs.close(), offers: offers.close(), ideas: ideas.close() }))
}

impl Found {
    /// Writes what was found.
    pub(super) async fn write(self, run: &Run<'_>, tx: &mut Tx) -> Result<(), AppError> {
        self.needs.write(run, tx).await?;
        self.offers.write(run, tx).await?;
        self.ideas.write(run, tx).await
    }
}

/// What is known beside the cards themselves.
struct Known {
    /// Actors by folded name; a name that two have is nobody's.
    names: HashMap<String, Option<ActorId>>,
    /// The words of new cards, by noun.
    texts: HashSet<(&'static str, String)>,
}

impl Known {
    /// The card's part of a form, with whose it is.
    fn card<T: Noun>(&self, raw: &RawCard, desk: &Desk<'_, T>) -> CardForm {
        let recognised = self.names.get(&fold(who(raw))).copied().flatten();
        let card = card_form(raw, recognised);
        let value = |fields: &Fields, name: &str| fields.get(name).cloned().unwrap_or_default();
        match desk.said(&keys_of(raw)) {
            // The same name as last time means who was meant then, whatever they are called today.
            Some(said) if recognised.is_none() && value(said, WHO) == who(raw) => {
                CardForm { actor: value(said, "actor"), said_by: value(said, "said_by"), ..card }
            }
            _ => card,
        }
    }

    fn take<T: Noun>(
        &mut self,
        card: &RawCard,
        (desk, data): (&mut Desk<'_, T>, T),
        report: &mut FileReport,
    ) -> Result<(), AppError> {
        let met = desk.row(keys_of(card), data, report)?;
        if matches!(met, Met::New(_)) && !self.texts.insert((T::NAME, fold(&card.text))) {
            report.figures.duplicates_suggested += 1;
        }
        Ok(())
    }
}

/// Under this name the memory keeps who stood on the card.
const WHO: &str = "who";

fn who(card: &RawCard) -> &str {
    card.who.as_deref().unwrap_or_default()
}

fn keys_of(card: &RawCard) -> Keys {
    Keys {
        source: source_key(card.external_id.as_deref(), &[&card.text, who(card)]),
        others: Vec::new(),
        aside: Fields::from([(WHO.to_owned(), who(card).to_owned())]),
    }
}
