//! Fills an empty database with the demo Kiez, through the use-cases that everybody uses.

use super::story::{QUARTERS, Story, ToldActor, ToldCard};
use crate::failure::Failure;
use crate::house;
use kiez_app::caller::Caller;
use kiez_app::ctx::Ctx;
use kiez_app::error::AppError;
use kiez_app::import::ImportRequest;
use kiez_app::user::NewUser;
use kiez_domain::actor::{ActorForm, StageEvent};
use kiez_domain::id::{ActorId, ProjectId};
use kiez_domain::idea::IdeaForm;
use kiez_domain::issue::Problem;
use kiez_domain::need::NeedForm;
use kiez_domain::offer::OfferForm;
use kiez_domain::policy::Role;
use kiez_domain::project::ProjectForm;
use kiez_import::reading::ImportKind;
use kiez_import::source::Source;
use std::collections::BTreeMap;

/// Secrets of the sign-in links, by role.
pub(super) struct Tokens {
    pub(super) coordinator: String,
    pub(super) institution: String,
    pub(super) operator: String,
}

/// The institution for which somebody may sign in.
const INSTITUTION: &str = "kita";

/// Tells the whole story.
pub(super) async fn fill(ctx: &Ctx) -> Result<Tokens, Failure> {
    let story = Story::read()?;
    let project = project(ctx, &story).await?;
    let teller = Teller { ctx, caller: house::coordinator(project), project };
    teller.quarters().await?;
    let mut actors = BTreeMap::new();
    for told in story.actors.business.iter().chain(&story.actors.institution) {
        let id = teller.actor(told).await.map_err(|error| about(&told.name, &error))?;
        actors.insert(told.key.as_str(), id);
    }
    let owner =
        |card: &ToldCard| actors.get(card.actor.as_str()).map(ToString::to_string).unwrap_or_default();
    for (at, told) in story.cards.need.iter().enumerate() {
        teller.need(told, owner(told), at).await.map_err(|error| about(&told.text, &error))?;
    }
    for (at, told) in story.cards.offer.iter().enumerate() {
        teller.offer(told, owner(told), at).await.map_err(|error| about(&told.text, &error))?;
    }
    for (at, told) in story.cards.idea.iter().enumerate() {
        let form = IdeaForm { actor: owner(told), text: told.text.clone(), ..IdeaForm::default() };
        let key = format!("demo-idea-{at}");
        let noted = kiez_app::idea::note(ctx, &teller.caller, project, (form, &key)).await;
        noted.map_err(|error| about(&told.text, &error))?;
    }
    kiez_app::house::seal_audit(ctx).await?;
    tokens(ctx, project, &story, actors.get(INSTITUTION).copied()).await
}

fn about(what: &str, error: &AppError) -> Failure {
    Failure::failed(format!("the demo Kiez cannot be filled at \"{what}\": {error}"))
}

async fn project(ctx: &Ctx, story: &Story) -> Result<ProjectId, Failure> {
    let told = &story.project;
    let form = ProjectForm {
        slug: told.slug.clone(),
        name: told.name.clone(),
        label: told.label.clone(),
        area: told.area.clone(),
        from: told.from.clone(),
        to: told.to.clone(),
        carrier: told.carrier.clone(),
        client: told.client.clone(),
        funding: told.funding.clone(),
        aims: told.aims.clone(),
        team: told.team.clone(),
        partners: told.partners.clone(),
        ..ProjectForm::default()
    };
    Ok(kiez_app::project::create(ctx, &house::operator(), form).await?)
}

async fn tokens(
    ctx: &Ctx,
    project: ProjectId,
    story: &Story,
    kita: Option<ActorId>,
) -> Result<Tokens, Failure> {
    let head =
        story.actors.institution.iter().find(|told| told.key == INSTITUTION).map(|told| told.person.clone());
    let coordinator = (story.project.coordinator.clone(), Role::Coordinator, Some(project), None);
    let institution = (head.unwrap_or_default(), Role::Institution, Some(project), kita);
    let operator = ("Betrieb".to_owned(), Role::Operator, None, None);
    Ok(Tokens {
        coordinator: link(ctx, coordinator).await?,
        institution: link(ctx, institution).await?,
        operator: link(ctx, operator).await?,
    })
}

async fn link(
    ctx: &Ctx,
    (name, role, project, actor): (String, Role, Option<ProjectId>, Option<ActorId>),
) -> Result<String, Failure> {
    let new = NewUser { name, email: String::new(), role, project, actor };
    let user = kiez_app::user::add(ctx, &house::operator(), new).await?;
    Ok(kiez_app::user::link(ctx, &house::operator(), user).await?)
}

/// Tells one part after the other, as a coordinator of the project.
struct Teller<'a> {
    ctx: &'a Ctx,
    caller: Caller,
    project: ProjectId,
}

impl Teller<'_> {
    async fn quarters(&self) -> Result<(), Failure> {
        let request = ImportRequest {
            kind: ImportKind::Quarter,
            sources: vec![Source::new("quarters.geojson", QUARTERS.as_bytes().to_vec())],
            mapping: None,
            only: Vec::new(),
            dry_run: false,
        };
        let report = kiez_app::import::run(self.ctx, &self.caller, self.project, request).await?;
        match report.refused.first() {
            Some(refusal) => Err(Failure::failed(format!("data/demo/{refusal}"))),
            None => Ok(()),
        }
    }

    async fn actor(&self, told: &ToldActor) -> Result<ActorId, AppError> {
        let form = ActorForm {
            name: told.name.clone(),
            branch: told.branch.clone(),
            street: told.street.clone(),
            house_number: told.house_number.clone(),
            postcode: "10967".into(),
            city: "Berlin".into(),
            lat: told.lat.clone(),
            lon: told.lon.clone(),
            carrier: told.carrier.clone(),
            languages: told.languages.clone(),
            ..ActorForm::default()
        };
        let key = format!("demo-actor-{}", told.key);
        let id = kiez_app::actor::create(self.ctx, &self.caller, self.project, (form, &key)).await?;
        self.steps(id, told).await?;
        self.contacts(id, told).await?;
        Ok(id)
    }

    async fn steps(&self, id: ActorId, told: &ToldActor) -> Result<(), AppError> {
        for step in &told.steps {
            let event: StageEvent = step.parse().map_err(|problem| AppError::field("steps", problem))?;
            let version = self.version(id).await?;
            kiez_app::actor::transition(self.ctx, &self.caller, self.project, id, (version, event)).await?;
        }
        if told.published {
            let version = self.version(id).await?;
            kiez_app::actor::set_published(self.ctx, &self.caller, self.project, id, (version, true)).await?;
        }
        Ok(())
    }

    async fn version(&self, id: ActorId) -> Result<i64, AppError> {
        Ok(kiez_app::actor::get(self.ctx, &self.caller, self.project, id).await?.actor.version)
    }

    async fn contacts(&self, id: ActorId, told: &ToldActor) -> Result<(), AppError> {
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

    async fn need(&self, told: &ToldCard, actor: String, at: usize) -> Result<(), AppError> {
        let form = NeedForm {
            actor,
            text: told.text.clone(),
            units: told.units.clone(),
            radius_m: told.radius_m.clone(),
            times: told.times.clone(),
            languages: told.languages.clone(),
            ..NeedForm::default()
        };
        let key = format!("demo-need-{at}");
        kiez_app::need::post(self.ctx, &self.caller, self.project, (form, &key)).await.map(drop)
    }

    async fn offer(&self, told: &ToldCard, actor: String, at: usize) -> Result<(), AppError> {
        let form = OfferForm {
            actor,
            text: told.text.clone(),
            capacity: told.capacity.clone(),
            per: told.per.clone(),
            effort_min: told.effort_min.clone(),
            times: told.times.clone(),
            languages: told.languages.clone(),
            ..OfferForm::default()
        };
        let key = format!("demo-offer-{at}");
        kiez_app::offer::post(self.ctx, &self.caller, self.project, (form, &key)).await.map(drop)
    }
}
