//! Verdicts on suggestions: pinned, not before a day, not these two; respected wherever suggestions are made.

use crate::actor::ActorName;
use crate::caller::Caller;
use crate::ctx::Ctx;
use crate::error::AppError;
use crate::market::ACTOR_PREFIX;
use jiff::civil::Date;
use kiez_domain::id::{NeedId, ProjectId, VerdictId};
use kiez_domain::issue::Problem;
use kiez_domain::offer::NewOffer;
use kiez_domain::policy::Facts;
use kiez_domain::text::Line;
use kiez_domain::verdict::{Decision, Giver, NewVerdict, Verdict, VerdictForm};
use kiez_store::conn::Conn;
use kiez_store::error::StoreError;
use std::collections::BTreeMap;

/// What was decided about a suggestion, as the page of its need lists it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct VerdictView {
    /// Who could meet the need.
    pub giver: Giver,
    /// The offer's text; nothing for a business that made no offer.
    pub text: Option<String>,
    /// Who gives, when it is somebody of the directory.
    pub actor: Option<ActorName>,
    /// What was decided.
    pub decision: Decision,
    /// The day from which the pair may be put forward again.
    pub until: Option<Date>,
    /// Why.
    pub reason: Option<Line>,
}

/// What holds today about those who could meet one need.
#[derive(Debug, Clone, Default)]
pub(crate) struct Verdicts {
    by_giver: BTreeMap<String, Decision>,
}

impl Verdicts {
    /// Reads what was decided about a need and holds on a day.
    pub(crate) async fn of_need(
        conn: &mut Conn,
        (project, need): (ProjectId, NeedId),
        today: Date,
    ) -> Result<Self, AppError> {
        let decided = kiez_store::verdict::list_by_need(conn, project, need).await?;
        let holds = |data: &NewVerdict| Some((in_index(data.giver()), data.holds_on(today)?));
        Ok(Self { by_giver: decided.iter().filter_map(|verdict| holds(&verdict.data)).collect() })
    }

    /// Reads what was decided in a project and holds on a day, by need.
    pub(crate) async fn of_project(
        conn: &mut Conn,
        project: ProjectId,
        today: Date,
    ) -> Result<BTreeMap<NeedId, Self>, AppError> {
        let mut all: BTreeMap<NeedId, Self> = BTreeMap::new();
        for verdict in kiez_store::verdict::list(conn, project).await? {
            if let Some(decision) = verdict.data.holds_on(today) {
                let of_need = all.entry(verdict.need).or_default();
                of_need.by_giver.insert(in_index(verdict.data.giver()), decision);
            }
        }
        Ok(all)
    }

    /// What holds about somebody whom the index calls by this name.
    pub(crate) fn on(&self, offer: &str) -> Option<Decision> {
        self.by_giver.get(offer).copied()
    }

    /// Whether somebody may be put forward.
    pub(crate) fn allows(&self, offer: &str) -> bool {
        !matches!(self.on(offer), Some(Decision::Later | Decision::Never))
    }

    /// Whom the index shall put first.
    pub(crate) fn pinned(&self) -> impl Iterator<Item = &str> {
        let pinned = self.by_giver.iter().filter(|(_, decision)| **decision == Decision::Pin);
        pinned.map(|(offer, _)| offer.as_str())
    }

    /// How many there are.
    pub(crate) fn len(&self) -> usize {
        self.by_giver.len()
    }
}

/// The name under which the index knows a giver.
fn in_index(giver: Giver) -> String {
    match giver {
        Giver::Offer(id) => id.to_string(),
        Giver::Actor(id) => format!("{ACTOR_PREFIX}{id}"),
    }
}

/// Decides about a need and somebody who could meet it; an earlier decision about the two is replaced.
///
/// # Errors
/// All issues of the form; [`AppError::NotFound`] unless the caller coordinates the project and both are there.
pub async fn decide(
    ctx: &Ctx,
    caller: &Caller,
    project: ProjectId,
    need: NeedId,
    form: VerdictForm,
) -> Result<(), AppError> {
    let permit = caller.may("verdict", "create", Facts::of_project(project))?;
    let new = form.read(ctx.today())?;
    let id = ctx.id(VerdictId::new)?;
    let mut tx = ctx.db.write().await?;
    kiez_store::verdict::create(&mut tx, &permit, (id, need), &new, ctx.now()).await.map_err(absent)?;
    tx.commit().await?;
    Ok(())
}

/// A need, an offer or an actor that is not of the project is not there at all.
fn absent(error: StoreError) -> AppError {
    match error {
        StoreError::MissingReference => AppError::NotFound,
        other => other.into(),
    }
}

/// Takes back what was decided about a pair; nothing happens when somebody else has done so already.
///
/// # Errors
/// When `giver` names nobody; [`AppError::NotFound`] unless the caller coordinates the project.
pub async fn take_back(
    ctx: &Ctx,
    caller: &Caller,
    project: ProjectId,
    need: NeedId,
    giver: &str,
) -> Result<(), AppError> {
    let permit = caller.may("verdict", "remove", Facts::of_project(project))?;
    let giver: Giver = giver.parse().map_err(|problem: Problem| AppError::field("giver", problem))?;
    let mut tx = ctx.db.write().await?;
    match kiez_store::verdict::remove(&mut tx, &permit, (need, giver), ctx.now()).await {
        Ok(()) => Ok(tx.commit().await?),
        Err(StoreError::NotFound) => Ok(()),
        Err(error) => Err(error.into()),
    }
}

/// What was decided about those who could meet a need and still holds, the oldest first.
///
/// # Errors
/// [`AppError::NotFound`] unless the caller coordinates the project.
pub async fn list(
    ctx: &Ctx,
    caller: &Caller,
    project: ProjectId,
    need: NeedId,
) -> Result<Vec<VerdictView>, AppError> {
    caller.may("verdict", "list", Facts::of_project(project))?;
    let mut conn = ctx.db.read().await?;
    let mut views = Vec::new();
    for verdict in kiez_store::verdict::list_by_need(&mut conn, project, need).await? {
        if verdict.data.holds_on(ctx.today()).is_some() {
            views.push(view(&mut conn, project, &verdict.data).await?);
        }
    }
    Ok(views)
}

/// Pairs whose "not now" ends on one of these days, the first and the last included.
pub(crate) async fn ending(
    conn: &mut Conn,
    project: ProjectId,
    (from, to): (Date, Date),
) -> Result<Vec<(NeedId, VerdictView)>, AppError> {
    let all = kiez_store::verdict::list(conn, project).await?;
    let ends = |verdict: &Verdict| verdict.data.until().is_some_and(|until| from <= until && until <= to);
    let mut ending = Vec::new();
    for verdict in all.into_iter().filter(ends) {
        ending.push((verdict.need, view(conn, project, &verdict.data).await?));
    }
    Ok(ending)
}

async fn view(conn: &mut Conn, project: ProjectId, data: &NewVerdict) -> Result<VerdictView, AppError> {
    let (text, actor) = match data.giver() {
        Giver::Actor(actor) => (None, Some(actor)),
        Giver::Offer(offer) => {
            let found = kiez_store::posting::find::<NewOffer>(conn, project, offer).await?;
            let card = found.map(|offer| offer.data.card);
            (card.as_ref().map(|card| card.text.to_string()), card.and_then(|card| card.actor))
        }
    };
    let names = crate::actor::names(conn, project, actor.as_slice()).await?;
    Ok(VerdictView {
        giver: data.giver(),
        text,
        actor: names.into_values().next(),
        decision: data.decision(),
        until: data.until(),
        reason: data.reason().cloned(),
    })
}
