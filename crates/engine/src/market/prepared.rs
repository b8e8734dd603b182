//! Needs and offers after their texts were read.

use super::index::Index;
use crate::kinds::{self, TextSide};
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
    pub(super) words: Vec<(String, f32)>,
    pub(super) leanings: Vec<(KindIndex, f32)>,
}

/// An offer with its kinds, kept small: every business of a city stands here as a possible giver, and most of them
/// have nothing but a name, a branch and a place.
#[derive(Debug)]
pub(super) struct PreparedOffer {
    pub(super) id: Arc<str>,
    pub(super) kinds: Box<[(KindIndex, f32)]>,
    /// What the actor confirmed at a visit.
    pub(super) confirmed: Box<[KindIndex]>,
    pub(super) position: Option<Position>,
    pub(super) branch: Option<BranchId>,
    /// As told, else as is typical of its first kind.
    pub(super) effort_minutes: Option<u32>,
    /// Set where the giver said nothing and confirmed nothing: all that speaks is its name and its branch.
    pub(super) guessed: Option<GuessedName>,
    /// Nobody can be asked for "the café": the name only says what it is.
    pub(super) nameless: bool,
    said: Option<Box<Said>>,
    conditions: Option<Box<Conditions>>,
}

/// Tells the guesses of one name and branch from others, in eight bytes instead of a string each.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(super) struct GuessedName(u64);

/// What an offer says in words of its own; words are numbers of the index.
#[derive(Debug)]
pub(super) struct Said {
    pub(super) text: Box<str>,
    pub(super) language: TextLanguage,
    pub(super) words: Box<[(u32, f32)]>,
    pub(super) leanings: Box<[(KindIndex, f32)]>,
    pub(super) length: f64,
}

/// When, how often, in which languages and at what effort it can be given.
#[derive(Debug, Default, PartialEq)]
pub(super) struct Conditions {
    pub(super) capacity: Option<u32>,
    pub(super) times: Option<WeekHours>,
    pub(super) languages: Vec<LanguageTag>,
    /// In minutes, as told.
    pub(super) effort: Option<u32>,
}

static UNCONDITIONAL: Conditions =
    Conditions { capacity: None, times: None, languages: Vec::new(), effort: None };

/// Kinds set by hand or confirmed at a visit are sure.
const SURE: f32 = 1.0;
/// The name of a trade tells what its people can, not what they offer.
const TOLD_BY_TRADE: f32 = 0.35;
const LONGEST_NAME: usize = 6;

impl PreparedNeed {
    pub(super) fn new(reader: &mut Reader<'_>, need: Need) -> Self {
        let language = spoken(need.language.as_ref(), &need.text);
        let mut kinds: Vec<(KindIndex, f32)> = Vec::new();
        set_by_hand(reader.knowledge(), &need.kinds, &mut kinds);
        let by_hand = !kinds.is_empty();
        for found in kinds::find(reader, &need.text, TextSide::Need, language) {
            // What a person has set goes before what the words seem to say.
            add(&mut kinds, found.kind, if by_hand { found.score * 0.5 } else { found.score });
        }
        let words = rank::words(reader, &need.text, language).into_iter().collect();
        let leanings = kinds::leanings(reader, &need.text, language);
        Self { need, kinds, words, leanings }
    }
}

impl PreparedOffer {
    pub(super) fn new(reader: &mut Reader<'_>, index: &mut Index, offer: Offer) -> Self {
        let language = spoken(offer.language.as_ref(), &offer.text);
        let kinds = kinds_of(reader, &offer, language);
        let all = reader.knowledge().taxonomy();
        let typical = || kinds.first().and_then(|(kind, _)| all.kinds()[*kind].effort_minutes);
        let effort_minutes = offer.effort_min.or_else(typical);
        let confirmed = offer.confirmed_kinds.iter().filter_map(|kind| all.index(kind)).collect();
        let guessed = GuessedName::of(&offer);
        let described = |name: &String| BranchCatalogue::built_in().is_description(name);
        Self {
            guessed,
            nameless: guessed.is_some() && offer.actor.as_ref().is_some_and(described),
            kinds: kinds.into(),
            confirmed,
            position: offer.position,
            branch: branch_of(&offer),
            effort_minutes,
            said: Said::new(reader, index, &offer.text, language).map(Box::new),
            id: offer.id.into(),
            conditions: Conditions::new(offer.capacity, offer.times, offer.languages, offer.effort_min),
        }
    }

    pub(super) fn said(&self) -> Option<&Said> {
        self.said.as_deref()
    }

    pub(super) fn conditions(&self) -> &Conditions {
        self.conditions.as_deref().unwrap_or(&UNCONDITIONAL)
    }

    pub(super) fn words(&self) -> &[(u32, f32)] {
        self.said().map_or(&[], |said| &said.words)
    }

    pub(super) fn leanings(&self) -> &[(KindIndex, f32)] {
        self.said().map_or(&[], |said| &said.leanings)
    }

    /// The length of its text in weighted words.
    pub(super) fn length(&self) -> f64 {
        self.said().map_or(0.0, |said| said.length)
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
    fn new(reader: &mut Reader<'_>, index: &mut Index, text: &str, language: TextLanguage) -> Option<Self> {
        if text.is_empty() {
            return None;
        }
        let words: Box<[(u32, f32)]> = rank::words(reader, text, language)
            .into_iter()
            .map(|(word, weight)| (index.word_number(word), weight))
            .collect();
        let length = words.iter().map(|(_, weight)| f64::from(*weight)).sum();
        let leanings = kinds::leanings(reader, text, language).into();
        Some(Self { text: text.into(), language, words, leanings, length })
    }
}

impl Conditions {
    /// Nothing is kept where nothing is said.
    fn new(
        capacity: Option<u32>,
        times: Option<WeekHours>,
        languages: Vec<LanguageTag>,
        effort: Option<u32>,
    ) -> Option<Box<Self>> {
        let conditions = Self { capacity, times, languages, effort };
        (conditions != UNCONDITIONAL).then(|| Box::new(conditions))
    }
}

fn kinds_of(reader: &mut Reader<'_>, offer: &Offer, language: TextLanguage) -> Vec<(KindIndex, f32)> {
    let mut kinds: Vec<(KindIndex, f32)> = Vec::new();
    set_by_hand(reader.knowledge(), &offer.confirmed_kinds, &mut kinds);
    set_by_hand(reader.knowledge(), &offer.kinds, &mut kinds);
    for found in kinds::find(reader, &offer.text, TextSide::Offer, language) {
        add(&mut kinds, found.kind, found.score);
    }
    for found in offer.actor.iter().flat_map(|actor| kinds::find(reader, actor, TextSide::Offer, language)) {
        add(&mut kinds, found.kind, found.score * TOLD_BY_TRADE);
    }
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
