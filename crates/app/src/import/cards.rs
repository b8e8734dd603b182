//! Cards of a file: needs, offers and ideas with whose they are, found again by id, else by their words.

use super::Run;
use super::actors::json;
use super::plan::Fields;
use super::report::FileReport;
use super::rows::{card_form, fields, fold, source_key};
use crate::error::AppError;
use crate::kind_finding;
use kiez_domain::id::{ActorId, IdeaId, NeedId, OfferId};
use kiez_domain::idea::{IdeaForm, NewIdea};
use kiez_domain::need::{NeedForm, NewNeed};
use kiez_domain::offer::{NewOffer, OfferForm};
use kiez_import::card::{CardKind, RawCard};
use kiez_import::reading::{Candidate, Reading};
use kiez_store::conn::Tx;
use kiez_store::import::Incoming;
use std::collections::{HashMap, HashSet};

/// Takes in the files' cards in; they are open at once.
pub(super) async fn take_in(
    run: &Run<'_>,
    tx: &mut Tx,
    readings: Vec<Reading<RawCard>>,
) -> Result<Vec<FileReport>, AppError> {
    let mut desk = Desk::open(run, tx).await?;
    let mut reports = Vec::with_capacity(readings.len());
    for reading in readings {
        let (mut report, candidates) = FileReport::begin(reading);
        for Candidate { line, row } in candidates {
            match desk.row(&row, &mut report) {
                Ok(()) => {}
                Err(AppError::Invalid(issues)) => report.refuse(line, issues),
                Err(error) => return Err(error),
            }
        }
        reports.push(report);
    }
    if !run.dry_run {
        desk.write(tx).await?;
    }
    Ok(reports)
}

struct Desk<'a> {
    run: &'a Run<'a>,
    /// Actors by folded name; a name that two have is nobody's.
    names: HashMap<String, Option<ActorId>>,
    /// What files said before, by noun and key.
    said: HashMap<(&'static str, String), Fields>,
    texts: HashSet<(&'static str, String)>,
    needs: Vec<Incoming<NeedId, NewNeed>>,
    offers: Vec<Incoming<OfferId, NewOffer>>,
    ideas: Vec<Incoming<IdeaId, NewIdea>>,
}

impl<'a> Desk<'a> {
    async fn open(run: &'a Run<'a>, tx: &mut Tx) -> Result<Self, AppError> {
        let mut names: HashMap<String, Option<ActorId>> = HashMap::new();
        for actor in kiez_store::import::known_actors(tx, run.project).await? {
            let same = names.entry(fold(actor.data.name.as_str())).or_insert(Some(actor.id));
            if *same != Some(actor.id) {
                *same = None;
            }
        }
        let mut said = HashMap::new();
        for noun in ["need", "offer", "idea"] {
            for origin in kiez_store::provenance::list(tx, run.project, noun).await? {
                said.insert(
                    (noun, origin.source_key),
                    serde_json::from_str(&origin.imported).unwrap_or_default(),
                );
            }
        }
        Ok(Self { run, names, said, texts: HashSet::new(), needs: vec![], offers: vec![], ideas: vec![] })
    }

    fn row(&mut self, raw: &RawCard, report: &mut FileReport) -> Result<(), AppError> {
        let noun = match raw.kind {
            CardKind::Need => "need",
            CardKind::Offer => "offer",
            CardKind::Idea => "idea",
        };
        let who = raw.who.as_deref().unwrap_or_default();
        let key = source_key(raw.external_id.as_deref(), &[&raw.text, who]);
        if self.said.contains_key(&(noun, key.clone())) {
            report.unchanged += 1;
            return Ok(());
        }
        let actor = self.names.get(&fold(who)).copied().flatten();
        let said = self.add(raw, actor, key.clone())?;
        if !self.texts.insert((noun, fold(&raw.text))) {
            report.duplicates_suggested += 1;
        }
        self.said.insert((noun, key), said);
        report.new += 1;
        Ok(())
    }

    fn add(&mut self, raw: &RawCard, actor: Option<ActorId>, source_key: String) -> Result<Fields, AppError> {
        let ctx = self.run.ctx;
        let (card, units) = (card_form(raw, actor), raw.units.clone().unwrap_or_default());
        match raw.kind {
            CardKind::Need => {
                let form = NeedForm { units, ..card.into() };
                let (said, data) = (fields(&form), NewNeed::try_from(form)?);
                kind_finding::must_exist(&data.card.kinds)?;
                let (id, imported) = (ctx.id(NeedId::new)?, json(&said)?);
                self.needs.push(Incoming { id, data, source_key, imported });
                Ok(said)
            }
            CardKind::Offer => {
                let form = OfferForm { capacity: units, ..card.into() };
                let (said, data) = (fields(&form), NewOffer::try_from(form)?);
                kind_finding::must_exist(&data.card.kinds)?;
                let (id, imported) = (ctx.id(OfferId::new)?, json(&said)?);
                self.offers.push(Incoming { id, data, source_key, imported });
                Ok(said)
            }
            CardKind::Idea => {
                let form = IdeaForm { actor: card.actor, said_by: card.said_by, text: card.text };
                let (said, data) = (fields(&form), NewIdea::try_from(form)?);
                let (id, imported) = (ctx.id(IdeaId::new)?, json(&said)?);
                self.ideas.push(Incoming { id, data, source_key, imported });
                Ok(said)
            }
        }
    }

    async fn write(self, tx: &mut Tx) -> Result<(), AppError> {
        let Run { permit, id, now, .. } = self.run;
        kiez_store::import::insert_postings(tx, permit, *id, &self.needs, *now).await?;
        kiez_store::import::insert_postings(tx, permit, *id, &self.offers, *now).await?;
        kiez_store::import::insert_ideas(tx, permit, *id, &self.ideas, *now).await?;
        Ok(())
    }
}
