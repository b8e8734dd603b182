//! What a visit at each door could bring, from what is known of it.

use super::{AskView, FIRST_VISIT, KNOWN_JOINS, MOST_ASKED, percent};
use crate::actor::ActorName;
use crate::error::AppError;
use crate::map::MapPlace;
use crate::market::{ACTOR_PREFIX, Indexed};
use crate::verdict::Verdicts;
use jiff::civil::Date;
use kiez_domain::actor::Stage;
use kiez_domain::answer::Said;
use kiez_domain::id::{ActorId, NeedId, ProjectId};
use kiez_domain::need::NewNeed;
use kiez_domain::offer::NewOffer;
use kiez_domain::position::Position;
use kiez_domain::verdict::Decision;
use kiez_domain::walk::WalkLeft;
use kiez_engine::belief::JOINS;
use kiez_engine::market::{Asked, Hope, Hopes};
use kiez_engine::walk::Door;
use kiez_engine::{Beliefs, Street, Told};
use kiez_store::conn::Conn;
use kiez_store::engine::ForEngine;
use kiez_store::walk::{Decided, DoorForWalk};
use std::collections::{BTreeMap, HashMap};

/// What the project knows on the day of the walk.
pub(super) struct Known {
    pub(super) needs: BTreeMap<String, Wanted>,
    last: BTreeMap<ActorId, LastWord>,
    joins: Beliefs<()>,
    /// The open offers of each actor, as verdicts name them.
    offers: BTreeMap<ActorId, Vec<String>>,
    day: Date,
}

/// An open need.
pub(super) struct Wanted {
    id: NeedId,
    text: String,
    position: Option<Position>,
    radius_m: Option<u32>,
    verdicts: Verdicts,
}

/// When somebody was there last, and from when on somebody may come again.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct LastWord {
    on: Date,
    again: Option<Date>,
}

/// A door with everything that is told about it.
pub(super) struct Prepared {
    pub(super) door: Door,
    pub(super) name: ActorName,
    pub(super) place: MapPlace,
    pub(super) asks: Vec<AskView>,
    /// What keeps everybody away today.
    pub(super) kept_away: Option<WalkLeft>,
    /// Value and chance together, whenever somebody may come again.
    pub(super) promise: f64,
}

impl Known {
    /// Reads it.
    pub(super) async fn read(conn: &mut Conn, (project, day): (ProjectId, Date)) -> Result<Self, AppError> {
        let mut verdicts = Verdicts::of_project(conn, project, day).await?;
        let needs: Vec<ForEngine<NewNeed>> = kiez_store::engine::open(conn, project).await?;
        let wanted = |need: ForEngine<NewNeed>| {
            let wanted = Wanted {
                id: need.id,
                position: need.data.card.position.or(need.seat),
                radius_m: need.data.radius_m,
                text: need.data.card.text.to_string(),
                verdicts: verdicts.remove(&need.id).unwrap_or_default(),
            };
            (need.id.to_string(), wanted)
        };
        let needs = needs.into_iter().map(wanted).collect();
        let mut offers: BTreeMap<ActorId, Vec<String>> = BTreeMap::new();
        for offer in kiez_store::engine::open::<NewOffer>(conn, project).await? {
            if let Some(actor) = offer.data.card.actor {
                offers.entry(actor).or_default().push(offer.id.to_string());
            }
        }
        let joins = joins(kiez_store::walk::decided(conn, project).await?);
        Ok(Self {
            needs,
            last: last_words(kiez_store::answer::list(conn, project).await?, day),
            joins,
            offers,
            day,
        })
    }

    /// How likely a business takes part when it is asked.
    fn join(&self, door: &DoorForWalk) -> f64 {
        if matches!(door.stage, Stage::Participating | Stage::Dormant | Stage::Interested) {
            return KNOWN_JOINS;
        }
        let street = door.address.street.as_ref().map(|street| street.as_str());
        let place = crate::learned::place(door.branch.clone(), &door.name, street);
        place.map_or(JOINS, |(branch, street)| {
            self.joins.about(Some(JOINS), &(), (&branch, street.as_ref())).chance
        })
    }

    fn kept_away(&self, door: &DoorForWalk) -> Option<WalkLeft> {
        match self.last.get(&door.id).and_then(|last| last.again) {
            Some(day) if self.day < day => Some(WalkLeft::Later { day }),
            None if door.stage == Stage::Declined => Some(WalkLeft::Declined),
            _ => None,
        }
    }
}

/// The newest word of everybody up to a day; answers come with the oldest first.
fn last_words(answers: Vec<kiez_store::answer::Answer>, day: Date) -> BTreeMap<ActorId, LastWord> {
    let mut last: BTreeMap<ActorId, LastWord> = BTreeMap::new();
    for answer in answers.into_iter().filter(|answer| answer.data.on <= day) {
        // A no to one thing with a day of its own puts off that thing, not the visit.
        let of_visit = answer.data.kind.is_none() || answer.data.said != Said::No;
        let again = answer.data.again.filter(|_| of_visit);
        let before = last.get(&answer.actor).filter(|before| before.on == answer.data.on);
        let again = again.or(before.and_then(|before| before.again));
        last.insert(answer.actor, LastWord { on: answer.data.on, again });
    }
    last
}

fn joins(decided: Vec<Decided>) -> Beliefs<()> {
    let told = |decided: Decided| {
        let (branch, street) =
            crate::learned::place(decided.branch, &decided.name, decided.street.as_deref())?;
        Some(Told { branch, street, what: (), yes: decided.joined })
    };
    Beliefs::learn(decided.into_iter().filter_map(told))
}

/// Doors ready for the engine.
pub(super) fn prepare(doors: Vec<DoorForWalk>, known: &Known, indexed: &Indexed) -> Vec<Prepared> {
    let mut asker = Asker { hopes: indexed.market.hopes(), of_branch: HashMap::new(), indexed };
    let prepared = |door| one(door, known, &mut asker);
    doors.into_iter().map(prepared).collect()
}

fn one(door: DoorForWalk, known: &Known, asker: &mut Asker<'_>) -> Prepared {
    let asks = asks(&door, known, asker);
    let last = known.last.get(&door.id);
    let value: f64 = asks.iter().map(|ask| f64::from(ask.percent) / 100.0).sum();
    let value = value + if last.is_none() && door.stage == Stage::Mapped { FIRST_VISIT } else { 0.0 };
    let join = known.join(&door);
    let kept_away = known.kept_away(&door);
    Prepared {
        door: Door {
            id: door.id.to_string(),
            position: door.position,
            // Nobody goes where nobody wants to be called on.
            value: if kept_away.is_some() { 0.0 } else { value },
            join: Some(join),
            hours: door.opening_hours.as_deref().and_then(kiez_import::opening_hours::read),
            last_visit: last.map(|last| last.on),
            not_before: last.and_then(|last| last.again),
        },
        name: ActorName { id: door.id, name: door.name.clone() },
        place: crate::map::of_door_on_walk(door),
        asks,
        kept_away,
        promise: value * join,
    }
}

/// Asks the market about doors; shops of one branch are alike unless they said something or their street did.
struct Asker<'m> {
    hopes: Hopes<'m>,
    of_branch: HashMap<(String, Option<Street>), Vec<Hope<'m>>>,
    indexed: &'m Indexed,
}

impl<'m> Asker<'m> {
    fn of(&mut self, door: &DoorForWalk) -> Vec<Hope<'m>> {
        let street = door.address.street.as_ref().map(|street| street.as_str());
        let place = crate::learned::place(door.branch.clone(), &door.name, street);
        let (branch, street) = place.map_or((None, None), |(branch, street)| (Some(branch), street));
        let refused = self.indexed.learned.refused(door.id);
        let asked =
            Asked { branch: branch.as_ref(), street: street.as_ref(), confirmed: &door.confirmed, refused };
        if !door.confirmed.is_empty() || !refused.is_empty() {
            return self.hopes.of(&asked);
        }
        let Some(branch) = &branch else { return Vec::new() };
        let street = street.as_ref().filter(|street| self.hopes.knows_street(branch, street)).cloned();
        let (hopes, key) = (&self.hopes, (branch.to_string(), street));
        self.of_branch.entry(key).or_insert_with(|| hopes.of(&asked)).clone()
    }
}

/// What to ask for at a door: what is put first, then the likeliest, without what was decided otherwise.
fn asks(door: &DoorForWalk, known: &Known, asker: &mut Asker<'_>) -> Vec<AskView> {
    let actor = format!("{ACTOR_PREFIX}{}", door.id);
    let own = known.offers.get(&door.id).map_or(&[][..], Vec::as_slice);
    let mut asks = Vec::new();
    for hope in asker.of(door) {
        let Some(wanted) = known.needs.get(hope.need) else { continue };
        let near = wanted.position.zip(wanted.radius_m);
        let far = near.is_some_and(|(at, radius)| at.walk_m(door.position) > f64::from(radius));
        let mut names = own.iter().map(String::as_str).chain([actor.as_str()]);
        if far || !names.clone().all(|name| wanted.verdicts.allows(name)) {
            continue;
        }
        let pinned = names.any(|name| wanted.verdicts.on(name) == Some(Decision::Pin));
        asks.push(AskView {
            need: wanted.id,
            text: wanted.text.clone(),
            kind: hope.kind,
            percent: if pinned { 100 } else { percent(hope.chance) },
            confirmed: hope.confirmed,
            pinned,
        });
    }
    // Stable: the likeliest stay first.
    asks.sort_by_key(|ask| !ask.pinned);
    asks.truncate(MOST_ASKED);
    asks
}
