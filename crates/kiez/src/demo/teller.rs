//! Lives a project's past again, as its coordinator, through the use-cases that everybody uses.

use super::calendar::{Calendar, morning};
use super::past::{Past, What};
use super::story::{GROUND, QUARTERS, Story, ToldActor, ToldCard};
use super::survey::{self, Look, Unit};
use crate::failure::Failure;
use crate::house;
use kiez_app::caller::Caller;
use kiez_app::ctx::Ctx;
use kiez_app::error::AppError;
use kiez_app::import::ImportRequest;
use kiez_app::import::report::ImportReport;
use kiez_app::page::{ActorFilter, Page};
use kiez_domain::actor::{ActorForm, StageEvent};
use kiez_domain::card::CardForm;
use kiez_domain::id::{ActorId, NeedId, OfferId, ProjectId};
use kiez_domain::idea::IdeaForm;
use kiez_domain::issue::Problem;
use kiez_domain::need::{NeedEvent, NeedForm, NewNeed};
use kiez_domain::offer::{NewOffer, OfferEvent, OfferForm};
use kiez_import::reading::ImportKind;
use kiez_import::source::Source;
use std::collections::{BTreeMap, HashMap};

/// A coordinator who tells one thing after the other.
pub(super) struct Teller<'a> {
    ctx: &'a Ctx,
    caller: Caller,
    project: ProjectId,
    /// What the keys begin with that make it safe to send a form twice.
    prefix: &'static str,
    /// By name, and by key where they have one.
    actors: HashMap<String, ActorId>,
    /// By their place in the file, with the version that a next step starts from.
    needs: BTreeMap<usize, (NeedId, i64)>,
    offers: BTreeMap<usize, (OfferId, i64)>,
}

impl<'a> Teller<'a> {
    pub(super) fn new(ctx: &'a Ctx, project: ProjectId, prefix: &'static str) -> Self {
        Self {
            ctx,
            caller: house::coordinator(project),
            project,
            prefix,
            actors: HashMap::new(),
            needs: BTreeMap::new(),
            offers: BTreeMap::new(),
        }
    }

    /// The id behind a name or key.
    pub(super) fn actor(&self, name: &str) -> Option<ActorId> {
        self.actors.get(name).copied()
    }

    /// The quarters, the home quarter first.
    pub(super) async fn quarters(&self) -> Result<(), Failure> {
        self.import(ImportKind::Quarter, "quarters.geojson", QUARTERS.as_bytes().to_vec()).await
    }

    /// The ground below the map.
    pub(super) async fn ground(&self) -> Result<(), Failure> {
        let source = Source::new("ground.geojson", GROUND.as_bytes().to_vec());
        let report = kiez_app::ground::import(self.ctx, &self.caller, self.project, &source, false).await?;
        nothing_refused(&report)
    }

    /// Day by day, what happened; the clock goes along.
    pub(super) async fn relive(
        &mut self,
        past: &Past<'_>,
        (story, units): (&Story, &[Unit]),
        calendar: Calendar,
    ) -> Result<(), Failure> {
        let mut walk: Vec<(ActorId, StageEvent)> = Vec::new();
        for (at, event) in past.events.iter().enumerate() {
            self.ctx.clock.move_to(morning(event.on)?);
            match event.what {
                What::Stepped(name, step) => walk.push((self.known(name)?, step)),
                What::Surveyed(look) => self.survey(past, (story, units), (look, calendar)).await?,
                What::Met(told) => self.contacts(told).await?,
                What::Published(name) => self.publish(name).await?,
                What::Need(at) => self.need(&story.cards.need[at], at).await?,
                What::NeedStepped(at, step) => self.need_step(at, step).await?,
                What::Offer(at) => self.offer(&story.cards.offer[at], at).await?,
                What::OfferStepped(at, step) => self.offer_step(at, step).await?,
                What::Idea(at) => self.idea(&story.cards.idea[at], at).await?,
            }
            // The steps of a day are typed in together, in the evening.
            let day_ends = past.events.get(at + 1).is_none_or(|next| next.on != event.on);
            if day_ends && !walk.is_empty() {
                let steps = std::mem::take(&mut walk);
                let walked =
                    kiez_app::actor::transition_all(self.ctx, &self.caller, self.project, &steps).await;
                walked.map_err(|error| about(&event.on.to_string(), &error))?;
            }
        }
        Ok(())
    }

    fn known(&self, name: &str) -> Result<ActorId, Failure> {
        self.actor(name).ok_or_else(|| Failure::failed(format!("nobody in data/demo is called {name}")))
    }

    async fn survey(
        &mut self,
        past: &Past<'_>,
        (story, units): (&Story, &[Unit]),
        (look, calendar): (Look, Calendar),
    ) -> Result<(), Failure> {
        let name = look.name();
        let actors = survey::actors(units, story, look, &past.notes)?;
        self.import(ImportKind::Actors, &format!("{name}-adressen.csv"), actors).await?;
        self.remember_actors(story).await?;
        let premises = survey::premises(units, story, (look, calendar))?;
        // One name for both looks: the same units, seen again.
        self.import(ImportKind::Premises, "kartierung.csv", premises).await
    }

    async fn import(&self, kind: ImportKind, name: &str, bytes: Vec<u8>) -> Result<(), Failure> {
        let request = ImportRequest::new(kind, vec![Source::new(name, bytes)]);
        let report = kiez_app::import::run(self.ctx, &self.caller, self.project, request).await?;
        nothing_refused(&report)
    }

    async fn remember_actors(&mut self, story: &Story) -> Result<(), Failure> {
        let mut page = Page::first(Page::MOST);
        loop {
            let filter = ActorFilter::default();
            let found =
                kiez_app::actor::list(self.ctx, &self.caller, self.project, filter, page).await?.listing;
            self.actors.extend(found.rows.into_iter().map(|row| (row.name.to_string(), row.id)));
            let Some(next) = found.next else { break };
            page.offset = next;
        }
        for told in story.everybody() {
            self.actors.insert(told.key.clone(), self.known(&told.name)?);
        }
        Ok(())
    }

    /// Enters an actor that no survey found.
    pub(super) async fn enter(&mut self, told: &ToldActor) -> Result<(), Failure> {
        let form = ActorForm {
            name: told.name.clone(),
            branch: told.branch.clone(),
            side: told.side.clone(),
            carrier: told.carrier.clone(),
            languages: told.languages.clone(),
            note: told.note.clone(),
            ..ActorForm::default()
        };
        let key = format!("{}-actor-{}", self.prefix, told.name);
        let entered = kiez_app::actor::create(self.ctx, &self.caller, self.project, (form, &key)).await;
        let id = entered.map_err(|error| about(&told.name, &error))?;
        self.actors.insert(told.name.clone(), id);
        if told.published { self.publish(&told.name).await } else { Ok(()) }
    }

    async fn publish(&self, name: &str) -> Result<(), Failure> {
        let (ctx, caller, project, id) = (self.ctx, &self.caller, self.project, self.known(name)?);
        let version = kiez_app::actor::get(ctx, caller, project, id).await?.actor.version;
        Ok(kiez_app::actor::set_published(ctx, caller, project, id, (version, true)).await?)
    }

    async fn contacts(&self, told: &ToldActor) -> Result<(), Failure> {
        let id = self.known(&told.name)?;
        self.contacts_of(id, told).await.map_err(|error| about(&told.name, &error))
    }

    async fn contacts_of(&self, id: ActorId, told: &ToldActor) -> Result<(), AppError> {
        let (ctx, caller, project) = (self.ctx, &self.caller, self.project);
        let person = if told.person.is_empty() {
            None
        } else {
            let named = (told.person.as_str(), told.function.as_str());
            Some(kiez_app::contact::add_person(ctx, caller, project, id, named).await?)
        };
        if let Some((medium, value)) = told.channel.split_once(':') {
            let medium = medium.parse().map_err(|problem: Problem| AppError::field("channel", problem))?;
            kiez_app::contact::add_channel(ctx, caller, project, (id, person), (medium, value)).await?;
        }
        if !told.competence.is_empty() {
            let kind = told.competence.parse().map_err(|problem| AppError::field("competence", problem))?;
            kiez_app::contact::confirm_competence(ctx, caller, project, id, kind).await?;
        }
        Ok(())
    }

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

    pub(super) async fn need(&mut self, told: &ToldCard, at: usize) -> Result<(), Failure> {
        let (units, radius_m) = (told.units.clone(), told.radius_m.clone());
        let form = NeedForm { card: self.card(told)?, units, radius_m };
        let key = format!("{}-need-{at}", self.prefix);
        let posted =
            kiez_app::posting::post::<NewNeed>(self.ctx, &self.caller, self.project, (form, &key)).await;
        self.needs.insert(at, (posted.map_err(|error| about(&told.text, &error))?, 1));
        Ok(())
    }

    async fn need_step(&mut self, at: usize, step: NeedEvent) -> Result<(), Failure> {
        let Some((id, version)) = self.needs.get_mut(&at) else { return Ok(()) };
        let done = (*version, step);
        kiez_app::posting::transition::<NewNeed>(self.ctx, &self.caller, self.project, *id, done).await?;
        *version += 1;
        Ok(())
    }

    pub(super) async fn offer(&mut self, told: &ToldCard, at: usize) -> Result<(), Failure> {
        let (capacity, per, effort_min) = (told.capacity.clone(), told.per.clone(), told.effort_min.clone());
        let form = OfferForm { card: self.card(told)?, capacity, per, effort_min };
        let key = format!("{}-offer-{at}", self.prefix);
        let posted =
            kiez_app::posting::post::<NewOffer>(self.ctx, &self.caller, self.project, (form, &key)).await;
        self.offers.insert(at, (posted.map_err(|error| about(&told.text, &error))?, 1));
        Ok(())
    }

    async fn offer_step(&mut self, at: usize, step: OfferEvent) -> Result<(), Failure> {
        let Some((id, version)) = self.offers.get_mut(&at) else { return Ok(()) };
        let done = (*version, step);
        kiez_app::posting::transition::<NewOffer>(self.ctx, &self.caller, self.project, *id, done).await?;
        *version += 1;
        Ok(())
    }

    async fn idea(&self, told: &ToldCard, at: usize) -> Result<(), Failure> {
        let form = IdeaForm { actor: self.owner(told)?, text: told.text.clone(), ..IdeaForm::default() };
        let key = format!("{}-idea-{at}", self.prefix);
        let noted = kiez_app::idea::note(self.ctx, &self.caller, self.project, (form, &key)).await;
        noted.map(drop).map_err(|error| about(&told.text, &error))
    }
}

/// What we wrote ourselves must be readable to the last line.
fn nothing_refused(report: &ImportReport) -> Result<(), Failure> {
    match report.refused.first() {
        Some(refusal) => Err(Failure::failed(format!("data/demo/{refusal}"))),
        None => Ok(()),
    }
}

fn about(what: &str, error: &AppError) -> Failure {
    Failure::failed(format!("the demo Kiez cannot be filled at \"{what}\": {error}"))
}
