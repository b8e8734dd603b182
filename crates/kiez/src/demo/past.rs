//! What happened in the demo Kiez, day by day, so that today everything stands as the story tells it.

use super::calendar::{Calendar, spread};
use super::lately::{LIST_DAYS, Lately};
use super::story::{Story, ToldActor, ToldCard};
use super::survey::{Look, Notes, Unit};
use jiff::civil::Date;
use kiez_domain::actor::StageEvent;
use kiez_domain::answer::Said;
use kiez_domain::idea::IdeaEvent;
use kiez_domain::need::NeedEvent;
use kiez_domain::offer::OfferEvent;
use std::collections::BTreeMap;

/// Something that happened on a day.
#[derive(Debug, Clone, Copy)]
pub(super) struct Event<'a> {
    pub(super) on: Date,
    pub(super) what: What<'a>,
}

/// What happened; actors by their name, cards by their place in the file.
#[derive(Debug, Clone, Copy)]
pub(super) enum What<'a> {
    /// The lists of a survey were typed in.
    Surveyed(Look),
    /// Somebody was talked to for the first time: who speaks for the actor, how it is reached, what it can.
    Met(&'a ToldActor),
    /// A business came a step further.
    Stepped(&'a str, StageEvent),
    /// A business was asked for a kind of resource, and said so.
    Asked(&'a str, &'a str, Said),
    /// Somebody was asked what they agree to, the public pages among it.
    Agreed(&'a ToldActor),
    /// Somebody changed their mind; by its place in the file.
    TookBack(usize),
    /// A card was written.
    Need(usize),
    /// What became of a need.
    NeedStepped(usize, NeedEvent),
    /// Whose need it is agreed to show it to everybody.
    NeedPublished(usize),
    /// A card was written.
    Offer(usize),
    /// What became of an offer.
    OfferStepped(usize, OfferEvent),
    /// Who gives it agreed to show it to everybody.
    OfferPublished(usize),
    /// A card was written.
    Idea(usize),
    /// What became of an idea.
    IdeaStepped(usize, IdeaEvent),
    /// Something was corrected by hand; by its place in the file.
    Corrected(usize),
    /// A list of the district was taken in.
    Listed,
    /// Something was decided about a suggestion; by its place in the file.
    Decided(usize),
}

/// The past, oldest day first, and what was noted about whom.
pub(super) struct Past<'a> {
    pub(super) events: Vec<Event<'a>>,
    pub(super) notes: Notes<'a>,
}

/// Tells the past of a story.
pub(super) fn tell<'a>(story: &'a Story, units: &'a [Unit], calendar: Calendar) -> Past<'a> {
    let mut teller = Teller::new(calendar);
    for look in [Look::First, Look::Second] {
        teller.add(look.ends(calendar), What::Surveyed(look));
    }
    teller.institutions(&story.actors.institution);
    teller.businesses(&story.actors.business);
    teller.doorsteps(story, units);
    teller.needs(&story.cards.need);
    teller.offers(&story.cards.offer);
    teller.ideas(&story.cards.idea);
    teller.lately(&story.lately);
    // Stable: what was told first happens first on the same day.
    teller.events.sort_by_key(|event| event.on);
    Past { events: teller.events, notes: teller.notes }
}

struct Teller<'a> {
    calendar: Calendar,
    events: Vec<Event<'a>>,
    notes: Notes<'a>,
    /// The day of the first talk, by key.
    first_met: BTreeMap<&'a str, Date>,
    /// The day of the consent for the public pages, by key.
    consented: BTreeMap<&'a str, Date>,
}

/// How many of ten cards of those who are public are public, too: the others are nobody's business yet.
const PUBLIC_CARDS: f64 = 0.7;

/// Days from the first visit to interest, to the yes, and to the consent for the public pages.
const TO_INTEREST: i64 = 12;
const TO_YES: i64 = 35;
const TO_CONSENT: i64 = 50;

impl<'a> Teller<'a> {
    fn new(calendar: Calendar) -> Self {
        Self {
            calendar,
            events: Vec::new(),
            notes: Notes::new(),
            first_met: BTreeMap::new(),
            consented: BTreeMap::new(),
        }
    }

    fn add(&mut self, on: Date, what: What<'a>) {
        self.events.push(Event { on, what });
    }

    fn met(&self, card: &ToldCard) -> Date {
        self.first_met.get(card.actor.as_str()).copied().unwrap_or_else(|| self.calendar.days_ago(900))
    }

    /// Who agrees to be public does so a while after the first talk.
    fn consent(&mut self, actor: &'a ToldActor, met: Date) {
        if actor.published {
            let on = self.calendar.after(met, TO_CONSENT);
            self.consented.insert(&actor.key, on);
            self.add(on, What::Agreed(actor));
        }
    }

    /// A card is shown to everybody when its owner is, on the day after it was written or with the owner.
    fn show(&mut self, card: &ToldCard, (at, written): (usize, Date), shown: What<'a>) {
        let Some(consent) = self.consented.get(card.actor.as_str()).copied() else { return };
        if spread(at) < PUBLIC_CARDS {
            self.add(self.calendar.after(written, 1).max(written).max(consent), shown);
        }
    }

    /// Told last, so that the cards of the same day are there.
    fn lately(&mut self, told: &Lately) {
        for (at, correction) in told.correction.iter().enumerate() {
            self.add(self.calendar.days_ago(correction.days_ago), What::Corrected(at));
        }
        for (at, taken_back) in told.taken_back.iter().enumerate() {
            self.add(self.calendar.days_ago(taken_back.days_ago), What::TookBack(at));
        }
        self.add(self.calendar.days_ago(LIST_DAYS), What::Listed);
        for at in 0..told.verdict.len() {
            self.add(self.calendar.days_ago(1), What::Decided(at));
        }
    }

    /// Ideas come any day; the further one has come, the longer ago it was noted.
    fn ideas(&mut self, told: &'a [ToldCard]) {
        use IdeaEvent::{Carry, Grow, Shelve};
        for (at, card) in told.iter().enumerate() {
            let (ago, steps): ((i64, i64), &[(i64, IdeaEvent)]) = match card.state.as_str() {
                "carried" => ((420, 40), &[(21, Carry)]),
                "grown" => ((800, 200), &[(14, Carry), (75, Grow)]),
                "shelved" => ((900, 300), &[(90, Shelve)]),
                _ => ((240, 6), &[]),
            };
            let on = self.calendar.between(ago, spread(at)).max(self.met(card));
            self.add(on, What::Idea(at));
            for (days, step) in steps {
                self.add(self.calendar.after(on, *days), What::IdeaStepped(at, *step));
            }
        }
    }

    /// The round table comes first.
    fn institutions(&mut self, told: &'a [ToldActor]) {
        for (at, actor) in told.iter().enumerate() {
            let on = self.calendar.between((965, 930), spread(at));
            self.first_met.insert(&actor.key, on);
            self.add(on, What::Met(actor));
            self.consent(actor, on);
        }
    }

    fn businesses(&mut self, told: &'a [ToldActor]) {
        use StageEvent::{Decline, FallQuiet, Join, ShowInterest, Visit};
        for (at, actor) in told.iter().enumerate() {
            let steps: &[(i64, StageEvent)] = match actor.stage.as_str() {
                "participating" => &[(0, Visit), (TO_INTEREST, ShowInterest), (TO_YES, Join)],
                "dormant" => &[(0, Visit), (TO_INTEREST, ShowInterest), (TO_YES, Join), (400, FallQuiet)],
                "interested" => &[(0, Visit), (TO_INTEREST, ShowInterest)],
                "declined" => &[(0, Visit), (0, Decline)],
                _ => &[(0, Visit)],
            };
            let long_ago = if actor.stage == "dormant" { (920, 800) } else { (920, 92) };
            let on = self.calendar.between(long_ago, spread(at));
            self.first_met.insert(&actor.key, on);
            for (days, step) in steps {
                self.add(self.calendar.after(on, *days), What::Stepped(&actor.name, *step));
            }
            self.add(on, What::Met(actor));
            self.consent(actor, on);
        }
    }

    /// Every other address, street by street.
    fn doorsteps(&mut self, story: &'a Story, units: &'a [Unit]) {
        let settled: Vec<&Unit> =
            units.iter().filter(|unit| !unit.occupant.is_empty() && !unit.is_new()).collect();
        let mut remarks = Remarked::new(story);
        for (at, unit) in settled.iter().enumerate() {
            let on = self.calendar.between((940, 450), at as f64 / settled.len() as f64);
            let end = match (unit.side.as_str(), spread(at)) {
                ("business", share) if share < 0.56 => Some(StageEvent::Decline),
                ("business", share) if share < 0.6 => Some(StageEvent::ShowInterest),
                _ => None,
            };
            self.doorstep(&unit.occupant, on, end, remarks.next(end));
            if end.is_none() {
                self.asked(story, unit, (at, on));
            }
        }
        for (at, unit) in units.iter().filter(|unit| unit.is_new()).enumerate() {
            let on = self.calendar.between((560, 20), spread(at));
            match spread(at + 7) {
                share if share < 0.4 => {} // not yet: on the next walk
                share if share < 0.65 => {
                    let end = Some(StageEvent::Decline);
                    self.doorstep(&unit.occupant, on, end, remarks.next(end));
                }
                _ => self.doorstep(&unit.occupant, on, None, remarks.next(None)),
            }
        }
        let left = units.iter().map(|unit| &unit.former).filter(|name| !name.is_empty());
        for (at, name) in left.enumerate() {
            self.add(self.calendar.between((930, 660), spread(at)), What::Stepped(name, StageEvent::Visit));
            self.add(Look::Second.ends(self.calendar), What::Stepped(name, StageEvent::Close));
        }
    }

    fn doorstep(&mut self, name: &'a str, on: Date, end: Option<StageEvent>, remark: Option<&'a str>) {
        self.add(on, What::Stepped(name, StageEvent::Visit));
        if let Some(end) = end {
            self.add(on, What::Stepped(name, end));
        }
        self.notes.extend(remark.map(|remark| (name, remark)));
    }

    /// Where somebody is there and talks, every second shop is asked for one thing that its branch could give.
    fn asked(&mut self, story: &'a Story, unit: &'a Unit, (at, on): (usize, Date)) {
        let Some(kinds) = story.remarks.asked.get(&unit.branch).filter(|_| at.is_multiple_of(2)) else {
            return;
        };
        let said = match spread(at + 3) {
            share if share < 0.35 => Said::Yes,
            share if share < 0.85 => Said::No,
            _ => Said::Open,
        };
        self.add(on, What::Asked(&unit.occupant, &kinds[at / 2 % kinds.len()], said));
    }

    /// A need is older the further it has come; what is open was confirmed within three months.
    fn needs(&mut self, told: &'a [ToldCard]) {
        use NeedEvent::{Agree, Expire, Meet, Propose, Withdraw};
        for (at, card) in told.iter().enumerate() {
            let (ago, steps): ((i64, i64), &[(i64, NeedEvent)]) = match card.state.as_str() {
                "met" => ((880, 150), &[(7, Propose), (16, Agree), (60, Meet)]),
                "agreed" => ((150, 60), &[(7, Propose), (20, Agree)]),
                "proposed" => ((60, 20), &[(9, Propose)]),
                "expired" => ((560, 120), &[(92, Expire)]),
                "withdrawn" => ((600, 90), &[(30, Withdraw)]),
                _ => ((85, 2), &[]),
            };
            let on = self.calendar.between(ago, spread(at)).max(self.met(card));
            self.add(on, What::Need(at));
            self.show(card, (at, on), What::NeedPublished(at));
            for (days, step) in steps {
                self.add(self.calendar.after(on, *days), What::NeedStepped(at, *step));
            }
        }
    }

    /// Offers come one after the other once somebody has been talked to.
    fn offers(&mut self, told: &'a [ToldCard]) {
        let mut so_far: BTreeMap<&str, i64> = BTreeMap::new();
        for (at, card) in told.iter().enumerate() {
            let earlier = so_far.entry(&card.actor).or_insert(0);
            let on = self.calendar.after(self.met(card), TO_YES + *earlier * 19);
            *earlier += 1;
            self.add(on, What::Offer(at));
            self.show(card, (at, on), What::OfferPublished(at));
            let step = match card.state.as_str() {
                "paused" => OfferEvent::Pause,
                "withdrawn" => OfferEvent::Withdraw,
                _ => continue,
            };
            self.add(self.calendar.after(on, 45), What::OfferStepped(at, step));
        }
    }
}

/// Remarks in the order of the file, each for one address.
struct Remarked<'a> {
    declined: std::slice::Iter<'a, String>,
    visited: std::slice::Iter<'a, String>,
    interested: std::slice::Iter<'a, String>,
    doors: usize,
}

impl<'a> Remarked<'a> {
    fn new(story: &'a Story) -> Self {
        let remarks = &story.remarks;
        Self {
            declined: remarks.declined.iter(),
            visited: remarks.visited.iter(),
            interested: remarks.interested.iter(),
            doors: 0,
        }
    }

    /// Of most doors nothing was noted.
    fn next(&mut self, end: Option<StageEvent>) -> Option<&'a str> {
        self.doors += 1;
        let of_end = match end {
            Some(StageEvent::Decline) if self.doors.is_multiple_of(5) => self.declined.next(),
            Some(StageEvent::ShowInterest) => self.interested.next(),
            None if self.doors.is_multiple_of(7) => self.visited.next(),
            _ => None,
        };
        of_end.map(String::as_str)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::demo::survey;
    use jiff::civil::date;
    use kiez_domain::actor::Stage;
    use kiez_domain::idea::IdeaState;
    use kiez_domain::need::NeedState;
    use std::collections::BTreeSet;

    fn with_past(check: impl Fn(&Past<'_>, &Story, &[Unit])) {
        let (story, units) = (Story::read().expect("told"), survey::units().expect("surveyed"));
        let past = tell(&story, &units, Calendar::new(date(2026, 3, 2)));
        check(&past, &story, &units);
    }

    #[test]
    fn the_past_goes_back_to_the_first_survey_and_ends_before_today() {
        with_past(|past, _, _| {
            assert!(past.events.windows(2).all(|pair| pair[0].on <= pair[1].on));
            let (first, last) = (past.events.first().expect("some"), past.events.last().expect("some"));
            assert!(matches!(first.what, What::Surveyed(Look::First)), "{first:?}");
            assert!(last.on < date(2026, 3, 2));
            assert!(date(2026, 3, 2).since(first.on).expect("days").get_days() > 900);
        });
    }

    #[test]
    fn every_step_follows_the_lifecycle_and_ends_where_the_story_says() {
        with_past(|past, story, _| {
            let mut stages: BTreeMap<&str, Stage> = BTreeMap::new();
            let mut needs: BTreeMap<usize, NeedState> = BTreeMap::new();
            let mut ideas: BTreeMap<usize, IdeaState> = BTreeMap::new();
            for event in &past.events {
                match event.what {
                    What::Stepped(name, step) => {
                        let stage = stages.entry(name).or_insert(Stage::Mapped);
                        *stage = stage.transition(step).expect("a step that the lifecycle knows");
                    }
                    What::Need(at) => assert!(needs.insert(at, NeedState::Open).is_none()),
                    What::NeedStepped(at, step) => {
                        let state = needs.get_mut(&at).expect("written before");
                        *state = state.transition(step).expect("a step that the lifecycle knows");
                    }
                    What::Idea(at) => assert!(ideas.insert(at, IdeaState::Noted).is_none()),
                    What::IdeaStepped(at, step) => {
                        let state = ideas.get_mut(&at).expect("noted before");
                        *state = state.transition(step).expect("a step that the lifecycle knows");
                    }
                    _ => {}
                }
            }
            for told in &story.actors.business {
                assert_eq!(stages[told.name.as_str()].to_string(), told.stage, "{}", told.name);
            }
            for (at, card) in story.cards.need.iter().enumerate() {
                let wanted = if card.state.is_empty() { "open" } else { &card.state };
                assert_eq!(needs[&at].to_string(), wanted, "{}", card.text);
            }
            for (at, card) in story.cards.idea.iter().enumerate() {
                let wanted = if card.state.is_empty() { "noted" } else { &card.state };
                assert_eq!(ideas[&at].to_string(), wanted, "{}", card.text);
            }
            assert!(IdeaState::all().all(|state| ideas.values().filter(|idea| **idea == state).count() >= 3));
            let taking_part = stages.values().filter(|stage| **stage == Stage::Participating).count();
            assert_eq!(taking_part, 31, "one address in nineteen");
        });
    }

    #[test]
    fn a_card_is_shown_to_everybody_once_it_is_written_and_its_owner_is_public() {
        with_past(|past, story, _| {
            let owner = |card: &ToldCard| story.everybody().find(|told| told.key == card.actor);
            let (mut public, mut written, mut shown) = (BTreeSet::new(), BTreeSet::new(), [0, 0]);
            for event in &past.events {
                let (noun, at, card) = match event.what {
                    What::Agreed(told) => {
                        public.insert(told.name.as_str());
                        continue;
                    }
                    What::Need(at) => {
                        written.insert((0, at));
                        continue;
                    }
                    What::Offer(at) => {
                        written.insert((1, at));
                        continue;
                    }
                    What::NeedPublished(at) => (0, at, &story.cards.need[at]),
                    What::OfferPublished(at) => (1, at, &story.cards.offer[at]),
                    _ => continue,
                };
                assert!(written.contains(&(noun, at)), "shown before it was written: {}", card.text);
                assert!(owner(card).is_some_and(|told| public.contains(told.name.as_str())), "{}", card.text);
                shown[noun] += 1;
            }
            // Seven of ten: of 116 needs and 120 offers whose owners are public.
            assert!((70..=90).contains(&shown[0]) && (70..=100).contains(&shown[1]), "{shown:?}");
        });
    }

    #[test]
    fn nearly_every_address_was_visited_and_most_said_no() {
        with_past(|past, _, units| {
            let stepped = |wanted: StageEvent| {
                let of_kind = past
                    .events
                    .iter()
                    .filter(|event| matches!(event.what, What::Stepped(_, step) if step == wanted));
                of_kind.count()
            };
            let left = units.iter().filter(|unit| !unit.former.is_empty()).count();
            let visited = stepped(StageEvent::Visit) - left;
            // Institutions are met at the round table.
            assert!((540..=567).contains(&visited), "{visited}");
            assert!((200..300).contains(&stepped(StageEvent::Decline)));
            assert_eq!(stepped(StageEvent::Close), left);
        });
    }

    #[test]
    fn no_remark_is_noted_twice() {
        with_past(|past, _, _| {
            let mut seen = BTreeSet::new();
            assert!(past.notes.values().all(|note| seen.insert(*note)));
            assert!(seen.len() > 30, "{}", seen.len());
        });
    }
}
