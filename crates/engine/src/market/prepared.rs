//! Needs and offers after their texts were read.

use super::audience::Audience;
use super::coverage::{self, Word};
use super::index::GuessedName;
use super::profile::{Profile, Said, Traits};
use super::trade::{self, NamedTrade};
use crate::belief::Beliefs;
use crate::candidates::Telling;
use crate::kinds::{self, Found, TextSide};
use crate::knowledge::{Knowledge, Reader};
use crate::rank;
use crate::record::{Need, Offer};
use crate::taxonomy::KindIndex;
use crate::text::fold::fold;
use crate::text::language::{self, TextLanguage};
use kiez_domain::branch::{BranchCatalogue, BranchId};
use kiez_domain::kind::KindId;
use kiez_domain::language::LanguageTag;
use kiez_domain::position::Position;
use kiez_domain::week_hours::WeekHours;
use std::sync::Arc;

/// A need with its kinds and words.
#[derive(Debug)]
pub(super) struct PreparedNeed {
    pub(super) need: Need,
    pub(super) kinds: Vec<(KindIndex, f32)>,
    /// The kinds that its words tell, with these words.
    pub(super) found: Vec<Found>,
    pub(super) words: Vec<(String, f32)>,
    pub(super) leanings: Vec<(KindIndex, f32)>,
    /// Whom it is for.
    pub(super) audience: Audience,
    /// Trades of which it wants somebody.
    pub(super) trades: Vec<NamedTrade>,
    /// Its words that wait for an answer.
    pub(super) wording: Vec<Word>,
}

/// An offer that was read and has not found its place in the index yet.
#[derive(Debug)]
pub(super) struct PreparedOffer {
    pub(super) id: Arc<str>,
    pub(super) profile: Profile,
    /// The words of its text; they become numbers in the index.
    pub(super) words: Vec<(String, f32)>,
    /// Set where the giver said nothing and confirmed nothing: all that speaks is its name and its branch.
    pub(super) guessed: Option<GuessedName>,
    /// Whose offer it is.
    pub(super) actor: Option<String>,
    position: Option<Position>,
    radius_m: Option<u32>,
    times: Option<WeekHours>,
    languages: Vec<LanguageTag>,
    capacity: Option<u32>,
    effort: Option<u32>,
    typical_effort: Option<u32>,
}

/// Kinds set by hand or confirmed at a visit are sure.
const SURE: f32 = 1.0;
/// The name of a trade tells what its people can, not what they offer.
const TOLD_BY_TRADE: f32 = 0.5;
/// A name that says no trade may mean anything.
const TOLD_BY_NAME: f32 = 0.35;
/// A word of the trade was not said of the offer.
const WORD_OF_TRADE: f32 = 0.5;
const LONGEST_NAME: usize = 6;

impl PreparedNeed {
    pub(super) fn new(reader: &mut Reader<'_>, need: Need) -> Self {
        let language = spoken(need.language.as_ref(), &need.text);
        let mut kinds: Vec<(KindIndex, f32)> = Vec::new();
        set_by_hand(reader.knowledge(), &need.kinds, &mut kinds);
        let by_hand = !kinds.is_empty();
        let found = kinds::find(reader, &need.text, TextSide::Need, language);
        for found in &found {
            // What a person has set goes before what the words seem to say.
            add(&mut kinds, found.kind, if by_hand { found.score * 0.5 } else { found.score });
        }
        let words = rank::words(reader, &need.text, language).into_iter().collect();
        let leanings = kinds::leanings(reader, &need.text, language);
        let mut wording = coverage::words(reader, &need.text, language, (&found, &kinds));
        // Nor is a trade that the words name wanted beside a kind that a person has set.
        let trades = if by_hand { Vec::new() } else { trade::named(&need.text) };
        coverage::mark_trades(&mut wording, &trades);
        let audience = Audience::of_need(&need.text, need.institution.as_deref());
        Self { need, kinds, found, words, leanings, audience, trades, wording }
    }
}

impl PreparedOffer {
    pub(super) fn new(reader: &mut Reader<'_>, offer: Offer) -> Self {
        let language = spoken(offer.language.as_ref(), &offer.text);
        // Who says nothing is known by its branch: the names of a whole city are not looked through.
        let says = !offer.text.is_empty();
        let trade = offer.actor.as_deref().filter(|_| says).and_then(trade::told_by);
        let kinds = kinds_of(reader, &offer, (language, trade.as_deref()));
        let all = reader.knowledge().taxonomy();
        let typical_effort = kinds.first().and_then(|(kind, _)| all.kinds()[*kind].effort_minutes);
        let numbers = |kinds: &[KindId]| kinds.iter().filter_map(|kind| all.index(kind)).collect();
        let (confirmed, refused) = (numbers(&offer.confirmed_kinds), numbers(&offer.refused_kinds));
        let guessed = GuessedName::of(&offer);
        let described = |name: &String| BranchCatalogue::built_in().is_description(name);
        let nameless = guessed.is_some() && offer.actor.as_ref().is_some_and(described);
        let branch = branch_of(&offer);
        let (words, length) = words_of(reader, &offer.text, (language, trade.as_deref()));
        Self {
            id: offer.id.into(),
            profile: Profile {
                traits: traits(reader, &offer.text, (language, &kinds), length),
                confirmed,
                branch,
                street: offer.street,
                refused,
                nameless,
                audience: Audience::of_offer(&offer.text),
                said: Said::new(&offer.text, language, trade).map(Box::new),
            },
            words,
            guessed,
            actor: offer.actor_id,
            position: offer.position,
            radius_m: offer.radius_m,
            times: offer.times,
            languages: offer.languages,
            capacity: offer.capacity,
            effort: offer.effort_min,
            typical_effort,
        }
    }

    /// Keeps the street only where it tells something: shops of one branch share a profile.
    pub(super) fn with(mut self, beliefs: &Beliefs) -> Self {
        let profile = &mut self.profile;
        let known =
            |branch: &BranchId| profile.street.as_ref().is_some_and(|at| beliefs.knows_street(branch, at));
        if !profile.branch.as_ref().is_some_and(known) {
            profile.street = None;
        }
        self
    }

    pub(super) fn telling(&self) -> Telling<'_> {
        Telling {
            position: self.position,
            radius_m: self.radius_m,
            times: self.times,
            languages: &self.languages,
            capacity: self.capacity,
            effort: self.effort,
            typical_effort: self.typical_effort,
        }
    }
}

impl GuessedName {
    fn of(offer: &Offer) -> Option<Self> {
        let name = offer.actor.as_deref()?;
        let told = !offer.text.is_empty() || !offer.kinds.is_empty() || !offer.confirmed_kinds.is_empty();
        let branch = offer.branch.as_ref().map_or("", BranchId::as_str);
        (!told).then(|| Self(rank::hash(&format!("{branch} {}", fold(name.trim())))))
    }
}

impl Said {
    fn new(text: &str, language: TextLanguage, trade: Option<String>) -> Option<Self> {
        let trade = trade.unwrap_or_default().into();
        (!text.is_empty()).then(|| Self { text: text.into(), trade, language })
    }
}

/// All but the words, which find their numbers in the index.
fn traits(
    reader: &mut Reader<'_>,
    text: &str,
    (language, kinds): (TextLanguage, &[(KindIndex, f32)]),
    length: f64,
) -> Traits {
    if text.is_empty() {
        return Traits::new(kinds, &[], 0.0);
    }
    Traits::new(kinds, &kinds::leanings(reader, text, language), length)
}

/// The words of an offer, and of the trade that stands under it: whoever asks for `Yoga` means the Yogastudio's mats; and
/// how long it is without them.
fn words_of(
    reader: &mut Reader<'_>,
    text: &str,
    (language, trade): (TextLanguage, Option<&str>),
) -> (Vec<(String, f32)>, f64) {
    let mut words = rank::words(reader, text, language);
    let length = words.values().map(|weight| f64::from(*weight)).sum();
    for (word, weight) in rank::words(reader, trade.unwrap_or_default(), language) {
        let weight = weight * WORD_OF_TRADE;
        words.entry(word).and_modify(|known| *known = known.max(weight)).or_insert(weight);
    }
    (words.into_iter().collect(), length)
}

fn kinds_of(
    reader: &mut Reader<'_>,
    offer: &Offer,
    (language, trade): (TextLanguage, Option<&str>),
) -> Vec<(KindIndex, f32)> {
    let taxonomy = reader.knowledge().taxonomy();
    let mut kinds: Vec<(KindIndex, f32)> = Vec::new();
    set_by_hand(reader.knowledge(), &offer.confirmed_kinds, &mut kinds);
    set_by_hand(reader.knowledge(), &offer.kinds, &mut kinds);
    for found in kinds::find(reader, &offer.text, TextSide::Offer, language) {
        add(&mut kinds, found.kind, found.score);
    }
    if let Some(actor) = &offer.actor {
        let (name, sure) = trade.map_or((actor.as_str(), TOLD_BY_NAME), |trade| (trade, TOLD_BY_TRADE));
        for found in kinds::find(reader, name, TextSide::Name, language) {
            add(&mut kinds, found.kind, found.score * sure);
        }
    }
    let refused = |kind: &KindIndex| offer.refused_kinds.iter().any(|id| taxonomy.index(id) == Some(*kind));
    kinds.retain(|(kind, _)| !refused(kind));
    kinds
}

/// The language a text is read in: as told, else guessed.
pub(super) fn spoken(told: Option<&LanguageTag>, text: &str) -> TextLanguage {
    match told.map(LanguageTag::primary) {
        Some("en") => TextLanguage::English,
        Some("de") => TextLanguage::German,
        _ => language::guess(text),
    }
}

fn set_by_hand(knowledge: &Knowledge, ids: &[KindId], kinds: &mut Vec<(KindIndex, f32)>) {
    for kind in ids.iter().filter_map(|id| knowledge.taxonomy().index(id)) {
        add(kinds, kind, SURE);
    }
}

fn add(kinds: &mut Vec<(KindIndex, f32)>, kind: KindIndex, score: f32) {
    match kinds.iter_mut().find(|(known, _)| *known == kind) {
        Some((_, known)) => *known = known.max(score),
        None => kinds.push((kind, score)),
    }
}

/// The branch as told, else what the free words about the actor tell, else a short text such as the name on a sign.
fn branch_of(offer: &Offer) -> Option<BranchId> {
    let catalogue = BranchCatalogue::built_in();
    let by_actor = || offer.actor.as_deref().and_then(|actor| catalogue.from_words(actor));
    let is_name = offer.actor.is_none() && offer.text.split_whitespace().count() <= LONGEST_NAME;
    let by_name = || catalogue.from_words(&offer.text).filter(|_| is_name);
    offer.branch.clone().or_else(by_actor).or_else(by_name)
}
