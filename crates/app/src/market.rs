//! The engine's index of each project, kept in memory and caught up from the change log.
//!
//! Nothing lives here alone: an index that is missing is built anew from the store, and one that is
//! behind replays what the change log has since. Several programs on one database each keep their own.

use crate::acquaintance;
use crate::error::AppError;
use crate::learned::Learned;
use jiff::civil::Date;
use kiez_domain::id::{ActorId, ProjectId};
use kiez_domain::need::NewNeed;
use kiez_domain::offer::NewOffer;
use kiez_domain::position::Position;
use kiez_domain::posting::Posting;
use kiez_domain::suggestion::Score;
use kiez_engine::acquaintance::{Circle, Circles};
use kiez_engine::whole::LEAST_SCORE;
use kiez_engine::{Knowledge, Market, Street, TextSide, Weights};
use kiez_store::change_log::{self, Change};
use kiez_store::conn::Conn;
use kiez_store::engine::{ActorForEngine, Fed, ForEngine};
use std::collections::BTreeMap;
use std::sync::Arc;
use tokio::sync::{Mutex, RwLock};

/// Beyond so many changes a fresh build is cheaper than replaying.
const REPLAY_LIMIT: i64 = 2_000;

/// So many actors are read from the database at a time.
const PORTION: i64 = 1_000;

/// The prefix under which an actor without any offer stands in the index: what its branch could give.
pub(crate) const ACTOR_PREFIX: &str = "actor:";

/// A noun that meets the other one on the market: a need or an offer.
pub trait OnMarket: Fed {
    /// On which side its words are read.
    const SIDE: TextSide;

    /// Puts it into the index, or in the place of its earlier self. `home` is the middle of the home quarter.
    fn put(market: &mut Market, open: ForEngine<Self>, home: Option<Position>);

    /// Takes it out of the index.
    fn remove(market: &mut Market, id: &str);
}

/// One index per project.
#[derive(Default)]
pub struct Markets {
    inner: Mutex<BTreeMap<ProjectId, Arc<RwLock<Indexed>>>>,
}

/// What the index of all projects holds together.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct IndexFigures {
    /// Projects that have been asked about since the program started.
    pub projects: usize,
    /// Open needs.
    pub needs: usize,
    /// Open offers, and actors that could give what their branch has.
    pub offers: usize,
}

/// An index and how far in the change log it has come.
pub(crate) struct Indexed {
    pub(crate) market: Market,
    /// What businesses have said so far.
    pub(crate) learned: Learned,
    /// The middle of the home quarter: where a need stands that nobody has a place for yet.
    home: Option<Position>,
    seq: Option<i64>,
    /// The day on which it was built: a "call again" may be due by now.
    day: Date,
    /// Houses and organisations, then partners of a third.
    circles: [Vec<Circle>; 2],
}

impl Markets {
    /// The project's index on a day, caught up with everything committed before the call.
    pub(crate) async fn current(
        &self,
        conn: &mut Conn,
        (project, today): (ProjectId, Date),
    ) -> Result<Arc<RwLock<Indexed>>, AppError> {
        let slot = {
            let mut all = self.inner.lock().await;
            Arc::clone(all.entry(project).or_insert_with(|| Arc::new(RwLock::new(Indexed::empty()))))
        };
        let head = change_log::head(conn).await?;
        let is_current = |indexed: &Indexed| indexed.seq == Some(head) && indexed.day == today;
        if is_current(&*slot.read().await) {
            return Ok(slot);
        }
        let mut indexed = slot.write().await;
        indexed.catch_up(conn, (project, today), head).await?;
        drop(indexed);
        Ok(slot)
    }

    /// Counts what is in memory.
    pub(crate) async fn figures(&self) -> IndexFigures {
        let slots: Vec<_> = self.inner.lock().await.values().map(Arc::clone).collect();
        let mut figures = IndexFigures { projects: slots.len(), ..IndexFigures::default() };
        for slot in slots {
            let (needs, offers) = slot.read().await.market.sizes();
            figures.needs += needs;
            figures.offers += offers;
        }
        figures
    }
}

impl Indexed {
    fn empty() -> Self {
        Self {
            market: Market::new(Knowledge::built_in(), Weights::default()),
            learned: Learned::default(),
            home: None,
            seq: None,
            day: Date::ZERO,
            circles: [Vec::new(), Vec::new()],
        }
    }

    async fn catch_up(
        &mut self,
        conn: &mut Conn,
        (project, today): (ProjectId, Date),
        head: i64,
    ) -> Result<(), AppError> {
        let new_day = self.day != today;
        self.day = today;
        match self.seq {
            Some(seq) if seq < head && head - seq <= REPLAY_LIMIT => {
                self.replay(conn, project, seq).await?;
                // Some numbers are of entries of the audit trail alone.
                self.seq = self.seq.max(Some(head));
            }
            Some(seq) if seq >= head => {}
            _ => return self.build(conn, project, head).await,
        }
        if new_day { self.learn(conn, project).await } else { Ok(()) }
    }

    async fn build(&mut self, conn: &mut Conn, project: ProjectId, head: i64) -> Result<(), AppError> {
        let mut market = Market::new(Knowledge::built_in(), Weights::default());
        let home = home_of(conn, project).await?;
        let learned = Learned::read(conn, project, self.day).await?;
        market.learn(learned.beliefs());
        put_actors(&mut market, conn, (project, &learned)).await?;
        for need in kiez_store::engine::open(conn, project).await? {
            NewNeed::put(&mut market, need, home);
        }
        for offer in kiez_store::engine::open(conn, project).await? {
            NewOffer::put(&mut market, offer, home);
        }
        *self = Self { market, learned, home, day: self.day, ..Self::empty() };
        self.meet(conn, project, true).await?;
        self.seq = Some(head);
        Ok(())
    }

    /// Learns who is likely to know whom; houses and organisations only where they may have changed.
    async fn meet(&mut self, conn: &mut Conn, project: ProjectId, moved: bool) -> Result<(), AppError> {
        let [lasting, partners] = &self.circles;
        let new = [
            if moved { acquaintance::lasting(conn, project).await? } else { lasting.clone() },
            acquaintance::partners(conn, project).await?,
        ];
        if moved || new[1] != *partners {
            self.market.set_circles(Circles::new(new.iter().flatten().cloned()));
            self.circles = new;
        }
        Ok(())
    }

    async fn replay(&mut self, conn: &mut Conn, project: ProjectId, seq: i64) -> Result<(), AppError> {
        let changes = change_log::since(conn, seq, REPLAY_LIMIT).await?;
        // Another home moves every need that has no place of its own.
        let moves = |change: &Change| matches!(change.noun.as_str(), "project" | "quarter");
        if changes.iter().any(|change| change.project == Some(project) && moves(change)) {
            let head = changes.iter().map(|change| change.seq).max().unwrap_or(seq);
            return self.build(conn, project, head).await;
        }
        let mut last = seq;
        let teaches = |change: &Change| matches!(change.noun.as_str(), "answer" | "actor" | "offer");
        if changes.iter().any(|change| change.project == Some(project) && teaches(change)) {
            self.learn(conn, project).await?;
        }
        let (mut touched, mut moved) = (false, false);
        for change in changes {
            last = last.max(change.seq);
            if change.project == Some(project) {
                self.apply(conn, project, &change).await?;
                touched = true;
                moved |= matches!(change.noun.as_str(), "actor" | "premises");
            }
        }
        if touched {
            self.meet(conn, project, moved).await?;
        }
        self.seq = Some(last);
        Ok(())
    }

    /// Believes what has been said by now; who is touched by it in more than numbers is put in again.
    async fn learn(&mut self, conn: &mut Conn, project: ProjectId) -> Result<(), AppError> {
        let learned = Learned::read(conn, project, self.day).await?;
        if learned == self.learned {
            return Ok(());
        }
        let mut touched = self.learned.other_refusals(&learned);
        let streets = self.market.learn(learned.beliefs());
        self.learned = learned;
        if !streets.is_empty() {
            for seat in kiez_store::engine::seats(conn, project).await? {
                let place = crate::learned::place(seat.branch, &seat.name, Some(&seat.street));
                if place
                    .is_some_and(|(branch, street)| street.is_some_and(|at| streets.contains(&(branch, at))))
                {
                    touched.insert(seat.id);
                }
            }
        }
        for actor in touched {
            self.apply_actor(conn, project, actor).await?;
        }
        Ok(())
    }

    async fn apply(&mut self, conn: &mut Conn, project: ProjectId, change: &Change) -> Result<(), AppError> {
        match change.noun.as_str() {
            NewNeed::NOUN => self.apply_one::<NewNeed>(conn, project, parse(&change.row_id)?).await,
            NewOffer::NOUN => self.apply_one::<NewOffer>(conn, project, parse(&change.row_id)?).await,
            "actor" => self.apply_actor(conn, project, parse(&change.row_id)?).await,
            _ => Ok(()),
        }
    }

    async fn apply_one<T: OnMarket>(
        &mut self,
        conn: &mut Conn,
        project: ProjectId,
        id: T::Id,
    ) -> Result<(), AppError> {
        match kiez_store::engine::open_one::<T>(conn, project, id).await? {
            Some(open) => T::put(&mut self.market, open, self.home),
            None => T::remove(&mut self.market, &id.to_string()),
        }
        Ok(())
    }

    /// An actor that moves or changes its branch takes its needs and offers along.
    async fn apply_actor(
        &mut self,
        conn: &mut Conn,
        project: ProjectId,
        id: ActorId,
    ) -> Result<(), AppError> {
        self.market.remove_offer(&format!("{ACTOR_PREFIX}{id}"));
        if let Some(actor) = kiez_store::engine::actor(conn, project, id).await? {
            self.market.put_offer(possible_giver(actor, &self.learned));
        }
        for need in kiez_store::engine::open_of_actor(conn, project, id).await? {
            NewNeed::put(&mut self.market, need, self.home);
        }
        for offer in kiez_store::engine::open_of_actor(conn, project, id).await? {
            NewOffer::put(&mut self.market, offer, self.home);
        }
        Ok(())
    }
}

/// Below this a suggestion is not shown: nothing but chance speaks for it.
pub(crate) fn worth_showing(score: Score) -> bool {
    score.value() >= LEAST_SCORE
}

fn parse<T: std::str::FromStr>(row_id: &str) -> Result<T, AppError> {
    row_id.parse().map_err(|_| AppError::Broken(format!("the change log names the row \"{row_id}\"")))
}

/// The middle of a project's home quarter.
async fn home_of(conn: &mut Conn, project: ProjectId) -> Result<Option<Position>, AppError> {
    let home = kiez_store::project::find(conn, project).await?.and_then(|found| found.home_quarter);
    let Some(quarter) = home else { return Ok(None) };
    let found = kiez_store::quarter::find(conn, project, quarter).await?;
    Ok(found.and_then(|quarter| quarter.outline.centre()))
}

/// Everybody who could be asked, portion by portion.
async fn put_actors(
    market: &mut Market,
    conn: &mut Conn,
    (project, learned): (ProjectId, &Learned),
) -> Result<(), AppError> {
    let mut behind = None;
    loop {
        let actors = kiez_store::engine::actors_behind(conn, project, behind, PORTION).await?;
        let Some(last) = actors.last() else { return Ok(()) };
        behind = Some(last.id);
        market.put_offers(actors.into_iter().map(|actor| possible_giver(actor, learned)).collect());
    }
}

/// Nobody is asked again for what it said no to, whatever it can.
fn possible_giver(actor: ActorForEngine, learned: &Learned) -> kiez_engine::Offer {
    let refused_kinds = learned.refused(actor.id).to_vec();
    let mut confirmed_kinds = actor.confirmed_kinds;
    confirmed_kinds.retain(|kind| !refused_kinds.contains(kind));
    kiez_engine::Offer {
        id: format!("{ACTOR_PREFIX}{}", actor.id),
        actor: Some(actor.name),
        actor_id: Some(actor.id.to_string()),
        branch: actor.branch,
        position: actor.position,
        languages: actor.languages,
        confirmed_kinds,
        refused_kinds,
        street: actor.street.as_deref().and_then(Street::new),
        ..kiez_engine::Offer::default()
    }
}
