//! Needs and offers after their texts were read.

use super::index::Index;
use crate::kinds::{self, TextSide};
use crate::knowledge::{Knowledge, Reader};
use crate::rank;
use crate::record::{Need, Offer};
use crate::taxonomy::KindIndex;
use crate::text::language::{self, TextLanguage};
use kiez_domain::branch::{BranchCatalogue, BranchId};
use kiez_domain::kind::KindId;
use kiez_domain::language::LanguageTag;

/// A need with its kinds and words.
#[derive(Debug)]
pub(super) struct PreparedNeed {
    pub(super) need: Need,
    pub(super) kinds: Vec<(KindIndex, f32)>,
    pub(super) words: Vec<(String, f32)>,
    pub(super) leanings: Vec<(KindIndex, f32)>,
}

/// An offer with its kinds and words; words are numbers of the index.
#[derive(Debug)]
pub(super) struct PreparedOffer {
    pub(super) offer: Offer,
    pub(super) kinds: Vec<(KindIndex, f32)>,
    pub(super) words: Vec<(u32, f32)>,
    pub(super) leanings: Vec<(KindIndex, f32)>,
    pub(super) length: f64,
    pub(super) branch: Option<u32>,
    pub(super) effort_minutes: Option<u32>,
}

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
        let mut kinds: Vec<(KindIndex, f32)> = Vec::new();
        set_by_hand(reader.knowledge(), &offer.confirmed_kinds, &mut kinds);
        set_by_hand(reader.knowledge(), &offer.kinds, &mut kinds);
        for found in kinds::find(reader, &offer.text, TextSide::Offer, language) {
            add(&mut kinds, found.kind, found.score);
        }
        for found in
            offer.actor.iter().flat_map(|actor| kinds::find(reader, actor, TextSide::Offer, language))
        {
            add(&mut kinds, found.kind, found.score * TOLD_BY_TRADE);
        }
        let words: Vec<(u32, f32)> = rank::words(reader, &offer.text, language)
            .into_iter()
            .map(|(word, weight)| (index.word_number(word), weight))
            .collect();
        let length = words.iter().map(|(_, weight)| f64::from(*weight)).sum();
        let branch = branch_of(&offer).map(|branch| index.branch_number(branch.as_str()));
        let all = reader.knowledge().taxonomy().kinds();
        let effort_minutes =
            offer.effort_min.or_else(|| kinds.first().and_then(|(kind, _)| all[*kind].effort_minutes));
        let leanings = kinds::leanings(reader, &offer.text, language);
        Self { offer, kinds, words, leanings, length, branch, effort_minutes }
    }
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
pub(super) fn branch_of(offer: &Offer) -> Option<BranchId> {
    let catalogue = BranchCatalogue::built_in();
    let by_actor = || offer.actor.as_deref().and_then(|actor| catalogue.from_words(actor));
    let is_name = offer.actor.is_none() && offer.text.split_whitespace().count() <= LONGEST_NAME;
    let by_name = || catalogue.from_words(&offer.text).filter(|_| is_name);
    offer.branch.clone().or_else(by_actor).or_else(by_name)
}
