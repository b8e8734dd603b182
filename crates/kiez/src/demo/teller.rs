//! Lives a project's past again, as its coordinator, through the use-cases that everybody uses.

mod cards;
mod consents;
mod lately;

use super::calendar::{Calendar, morning};
use super::past::{Past, What};
use super::story::{GROUND, QUARTERS, Story, ToldActor};
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
use kiez_domain::answer::{AnswerForm, Said};
use kiez_domain::contact_channel::{ChannelVisibility, Medium};
use kiez_domain::id::{ActorId, IdeaId, NeedId, OfferId, ProjectId};
use kiez_domain::issue::Problem;
use kiez_domain::notice::{NoticeForm, Way};
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
    ideas: BTreeMap<usize, (IdeaId, i64)>,
}

/// Whoever was met within so many days was forgotten: somebody has still to tell them what stands here about them.
const NOT_TOLD_YET: i64 = 180;

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
            ideas: BTreeMap::new(),
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
        let mut asked: Vec<(ActorId, &str, Said)> = Vec::new();
        for (at, event) in past.events.iter().enumerate() {
            self.ctx.clock.move_to(morning(event.on)?);
            match event.what {
                What::Stepped(name, step) => walk.push((self.known(name)?, step)),
                What::Asked(name, kind, said) => asked.push((self.known(name)?, kind, said)),
                What::Surveyed(look) => self.survey(past, (story, units), (look, calendar)).await?,
                What::Met(told) => self.contacts(told, event.on < calendar.days_ago(NOT_TOLD_YET)).await?,
                What::Agreed(told) => self.agree(told).await?,
                What::TookBack(at) => {
                    let told = &story.lately.taken_back[at];
                    self.take_back(told, story.by_key(&told.actor)?).await?;
                }
                What::Need(at) => self.need(&story.cards.need[at], at).await?,
                What::NeedStepped(at, step) => self.need_step(at, step).await?,
                What::NeedPublished(at) => self.show_need(at).await?,
                What::Offer(at) => self.offer(&story.cards.offer[at], at).await?,
                What::OfferStepped(at, step) => self.offer_step(at, step).await?,
                What::OfferPublished(at) => self.show_offer(at).await?,
                What::Idea(at) => self.idea(&story.cards.idea[at], at).await?,
                What::IdeaStepped(at, step) => self.idea_step(at, step).await?,
                What::Corrected(at) => self.correct(&story.lately.correction[at]).await?,
                What::Listed => self.list((story, units)).await?,
                What::Decided(at) => self.decide(&story.lately.verdict[at], (&story.cards, calendar)).await?,
            }
            // The steps of a day are typed in together, in the evening.
            let day_ends = past.events.get(at + 1).is_none_or(|next| next.on != event.on);
            if day_ends && !walk.is_empty() {
                let steps = std::mem::take(&mut walk);
                let walked =
                    kiez_app::actor::transition_all(self.ctx, &self.caller, self.project, &steps).await;
                walked.map_err(|error| about(&event.on.to_string(), &error))?;
                for (actor, kind, said) in asked.drain(..) {
                    self.answer(actor, kind, said).await?;
                }
            }
        }
        Ok(())
    }

    async fn answer(&self, actor: ActorId, kind: &str, said: Said) -> Result<(), Failure> {
        let form = AnswerForm { kind: kind.into(), said: said.to_string(), ..AnswerForm::default() };
        let noted = kiez_app::answer::note(self.ctx, &self.caller, self.project, actor, form).await;
        noted.map_err(|error| about(kind, &error))
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
        if told.published { self.agree(told).await } else { Ok(()) }
    }

    async fn contacts(&self, told: &ToldActor, informed: bool) -> Result<(), Failure> {
        let id = self.known(&told.name)?;
        self.contacts_of(id, told, informed).await.map_err(|error| about(&told.name, &error))
    }

    async fn contacts_of(&self, id: ActorId, told: &ToldActor, informed: bool) -> Result<(), AppError> {
        let (ctx, caller, project) = (self.ctx, &self.caller, self.project);
        let person = if told.person.is_empty() {
            None
        } else {
            let named = (told.person.as_str(), told.function.as_str());
            Some(kiez_app::contact::add_person(ctx, caller, project, id, named).await?)
        };
        if let Some(person) = person.filter(|_| informed) {
            let form = NoticeForm { on: ctx.today().to_string(), way: Way::Talk.to_string() };
            kiez_app::notice::record(ctx, caller, project, (person, &form)).await?;
        }
        if let Some((medium, value)) = told.channel.split_once(':') {
            let medium = medium.parse().map_err(|problem: Problem| AppError::field("channel", problem))?;
            let inside = (medium, value, ChannelVisibility::Internal);
            kiez_app::contact::add_channel(ctx, caller, project, (id, person), inside).await?;
        }
        if !told.website.is_empty() {
            let open = (Medium::Web, told.website.as_str(), ChannelVisibility::Public);
            kiez_app::contact::add_channel(ctx, caller, project, (id, None), open).await?;
        }
        if !told.competence.is_empty() {
            let kind = told.competence.parse().map_err(|problem| AppError::field("competence", problem))?;
            kiez_app::contact::confirm_competence(ctx, caller, project, id, kind).await?;
        }
        Ok(())
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
