//! Fills an empty database with the demo Kiez, through the use-cases that everybody uses.

use super::calendar::{Calendar, morning};
use super::past;
use super::story::{Neighbour, Story, ToldProject};
use super::survey;
use super::teller::Teller;
use crate::failure::Failure;
use crate::house;
use jiff::civil::Date;
use kiez_app::ctx::Ctx;
use kiez_app::user::NewUser;
use kiez_domain::id::{ActorId, ProjectId};
use kiez_domain::policy::Role;
use kiez_domain::project::ProjectForm;

/// Secrets of the sign-in links, by role.
pub(super) struct Tokens {
    pub(super) coordinator: String,
    pub(super) institution: String,
    pub(super) operator: String,
}

/// The institution for which somebody may sign in.
const INSTITUTION: &str = "kita";

/// Tells the whole story up to a day; the clock of the context stands, and is moved along.
pub(super) async fn fill(ctx: &Ctx, today: Date) -> Result<Tokens, Failure> {
    let (story, units, calendar) = (Story::read()?, survey::units()?, Calendar::new(today));
    let past = past::tell(&story, &units, calendar);
    ctx.clock.move_to(morning(calendar.months_ago(story.project.months[0]))?);
    let project = project(ctx, &story.project, calendar).await?;
    let mut teller = Teller::new(ctx, project, "demo");
    teller.ground().await?;
    teller.quarters().await?;
    teller.relive(&past, (&story, &units), calendar).await?;
    ctx.clock.move_to(morning(calendar.months_ago(story.neighbour.project.months[0]))?);
    neighbour(ctx, &story.neighbour, calendar).await?;
    ctx.clock.move_to(morning(today)?);
    kiez_app::house::seal_audit(ctx).await?;
    let kita = story.everybody().find(|told| told.key == INSTITUTION).map(|told| told.person.as_str());
    let kita = (kita.unwrap_or_default(), teller.actor(INSTITUTION));
    tokens(ctx, project, &story.project.coordinator, kita).await
}

/// The small project beside it.
async fn neighbour(ctx: &Ctx, told: &Neighbour, calendar: Calendar) -> Result<(), Failure> {
    let project = project(ctx, &told.project, calendar).await?;
    let mut teller = Teller::new(ctx, project, "neighbour");
    for actor in &told.actor {
        teller.enter(actor).await?;
    }
    let public = |name: &str| told.actor.iter().any(|actor| actor.name == name && actor.published);
    for (at, card) in told.need.iter().enumerate() {
        teller.need(card, at).await?;
        if public(&card.actor) {
            teller.show_need(at).await?;
        }
    }
    for (at, card) in told.offer.iter().enumerate() {
        teller.offer(card, at).await?;
        if public(&card.actor) {
            teller.show_offer(at).await?;
        }
    }
    Ok(())
}

async fn project(ctx: &Ctx, told: &ToldProject, calendar: Calendar) -> Result<ProjectId, Failure> {
    let [since, left] = told.months;
    let (from, to) = (calendar.months_ago(since).to_string(), calendar.months_ago(-left).to_string());
    let form = ProjectForm { from, to, ..told.facts.clone() };
    Ok(kiez_app::project::create(ctx, &house::operator(), form).await?)
}

async fn tokens(
    ctx: &Ctx,
    project: ProjectId,
    coordinator: &str,
    (head, kita): (&str, Option<ActorId>),
) -> Result<Tokens, Failure> {
    let coordinator = (coordinator, Role::Coordinator, Some(project), None);
    let institution = (head, Role::Institution, Some(project), kita);
    let operator = ("Betrieb", Role::Operator, None, None);
    Ok(Tokens {
        coordinator: link(ctx, coordinator).await?,
        institution: link(ctx, institution).await?,
        operator: link(ctx, operator).await?,
    })
}

async fn link(
    ctx: &Ctx,
    (name, role, project, actor): (&str, Role, Option<ProjectId>, Option<ActorId>),
) -> Result<String, Failure> {
    let new = NewUser { name: name.to_owned(), email: String::new(), role, project, actor, language: None };
    let user = kiez_app::user::add(ctx, &house::operator(), new).await?;
    Ok(kiez_app::user::link(ctx, &house::operator(), user).await?)
}
