//! Why a pair is suggested, as data; the strongest reason first, and last what stays without an answer.

use super::index::{Hit, Index};
use super::pair::Question;
use super::prepared::{PreparedNeed, spoken};
use super::profile::Profile;
use crate::belief::Tally;
use crate::kinds::{self, Found, Nearness, TextSide};
use crate::knowledge::{Knowledge, Reader};
use crate::rank;
use crate::taxonomy::KindIndex;
use crate::text::token;
use crate::walk::METRES_A_MINUTE;
use kiez_domain::suggestion::{Answers, Reason};

/// Weaker ties are no reason that a person would believe.
const LEAST_WORTH: f32 = 0.25;
const LEAST_CHANCE: f64 = 0.05;

pub(super) fn find(
    reader: &mut Reader<'_>,
    (index, nearness): (&Index, &Nearness),
    question: &Question<'_>,
    hit: &Hit,
) -> Vec<Reason> {
    let (need, profile, score) = (question.need, index.profile(hit.slot), &hit.score);
    let mut reasons = Vec::new();
    let pair = kind(reader, nearness, (need, profile), LEAST_WORTH);
    reasons.extend(pair.or_else(|| field(reader, need, profile)));
    reasons.extend(shared_words(reader, need, profile));
    reasons.extend(trade(need, profile));
    reasons.extend(branch(
        reader.knowledge(),
        question,
        profile,
        score.evidence.chance.filter(|(chance, _)| *chance >= LEAST_CHANCE),
    ));
    if reasons.is_empty() {
        // A weak suggestion still says what little speaks for it.
        reasons.extend(kind(reader, nearness, (need, profile), 0.0));
        reasons.extend(branch(reader.knowledge(), question, profile, score.evidence.chance));
    }
    reasons.extend(score.met.walk_m.map(|walk| Reason::Walk {
        minutes: (walk / METRES_A_MINUTE).ceil().max(1.0) as u32,
        metres: walk.round() as u32,
    }));
    reasons.extend(score.met.shared_hours.map(|hours| Reason::SharedHours { hours }));
    let common = question.shared_language(hit.slot);
    reasons.extend(common.map(|tag| Reason::SharedLanguage { language: tag.to_owned() }));
    reasons.extend(question.known().get(&hit.slot).map(|bond| Reason::Acquainted { bond: (*bond).clone() }));
    let little = index.giver(hit.slot).told_effort().filter(|minutes| *minutes <= 30);
    reasons.extend(little.map(|minutes| Reason::LittleEffort { minutes }));
    let mut open = question.open_words(profile, &score.evidence);
    open.retain(|word| !reasons.iter().any(|reason| tells(reason, word)));
    reasons.extend((!open.is_empty()).then_some(Reason::Unanswered { words: open }));
    reasons
}

/// Whether a reason names this word of the need: it is answered, however weakly.
fn tells(reason: &Reason, word: &String) -> bool {
    matches!(reason, Reason::SameKind { need_words, .. } if need_words.contains(word))
}

/// The best pair of kinds.
fn kind(
    reader: &mut Reader<'_>,
    nearness: &Nearness,
    pair: (&PreparedNeed, &Profile),
    least: f32,
) -> Option<Reason> {
    let (need, offer) = pair;
    let mut best: Option<(f32, KindIndex, KindIndex)> = None;
    for (wanted, wish) in &need.kinds {
        for (near, worth) in nearness.of(*wanted) {
            let Some((_, given)) = offer.kinds().iter().find(|(kind, _)| *kind as KindIndex == *near) else {
                continue;
            };
            let value = worth * (wish * given).sqrt();
            if value >= least && best.is_none_or(|(known, _, _)| value > known) {
                best = Some((value, *wanted, *near));
            }
        }
    }
    let (_, wanted, given) = best?;
    let kinds = reader.knowledge().taxonomy().kinds();
    if offer.confirmed.contains(&given) {
        return Some(Reason::Confirmed { kind: kinds[given].id.clone() });
    }
    if wanted != given {
        return Some(Reason::NearKind { need: kinds[wanted].id.clone(), offer: kinds[given].id.clone() });
    }
    let offer_words = offer
        .said()
        .map_or_else(Vec::new, |said| kinds::find(reader, &said.text, TextSide::Offer, said.language));
    Some(Reason::SameKind {
        kind: kinds[wanted].id.clone(),
        need_words: words_of(&need.found, wanted),
        offer_words: words_of(&offer_words, given),
    })
}

/// Where no kind is sure enough on both sides: the kind to which the words of both lean most.
fn field(reader: &mut Reader<'_>, need: &PreparedNeed, offer: &Profile) -> Option<Reason> {
    let common = need.leanings.iter().filter_map(|(kind, own)| {
        let (_, theirs) = offer.leanings().iter().find(|(other, _)| *other as KindIndex == *kind)?;
        Some((own * theirs, *kind))
    });
    let (_, kind) = common.max_by(|a, b| a.0.total_cmp(&b.0).then(b.1.cmp(&a.1)))?;
    Some(Reason::SameKind {
        kind: reader.knowledge().taxonomy().kinds()[kind].id.clone(),
        need_words: leaning_words(reader, &need.need.text, kind),
        offer_words: leaning_words(reader, &offer.said()?.text, kind),
    })
}

fn leaning_words(reader: &mut Reader<'_>, text: &str, kind: KindIndex) -> Vec<String> {
    let language = spoken(None, text);
    let mut words: Vec<String> = Vec::new();
    for token in token::tokens(text) {
        let leans = kinds::leanings(reader, token.written, language).iter().any(|(other, _)| *other == kind);
        if leans && !words.iter().any(|word| word == token.written) {
            words.push(token.written.to_owned());
        }
    }
    words
}

fn words_of(found: &[Found], kind: KindIndex) -> Vec<String> {
    found.iter().find(|found| found.kind == kind).map_or_else(Vec::new, |found| found.words.clone())
}

/// Words of the offer that share a root with the need, without those that every text has.
fn shared_words(reader: &mut Reader<'_>, need: &PreparedNeed, offer: &Profile) -> Option<Reason> {
    let said = offer.said()?;
    let mut words: Vec<String> = Vec::new();
    for token in token::tokens(&said.text) {
        let shared = rank::words(reader, token.written, said.language).into_iter().any(|(word, weight)| {
            weight >= 0.4 && need.words.iter().any(|(own, value)| *own == word && *value >= 0.4)
        });
        if shared && !words.iter().any(|word| word == token.written) {
            words.push(token.written.to_owned());
        }
    }
    (!words.is_empty()).then_some(Reason::SharedWords { words })
}

/// The trade of which the need wants somebody.
fn trade(need: &PreparedNeed, offer: &Profile) -> Option<Reason> {
    let branch = offer.branch.as_ref()?;
    let wanted = need.trades.iter().find(|trade| trade.branch == *branch)?;
    Some(Reason::TradeWanted { branch: branch.clone(), word: wanted.word.clone() })
}

/// A guess about the branch, with the answers that made it.
fn branch(
    knowledge: &Knowledge,
    question: &Question<'_>,
    profile: &Profile,
    chance: Option<(f64, KindIndex)>,
) -> Option<Reason> {
    let (_, kind) = chance?;
    let belief = question.belief(profile, kind)?;
    let answers = |tally: Tally| Answers { yes: tally.yes, asked: tally.asked() };
    Some(Reason::LikelyByBranch {
        percent: (belief.chance * 100.0).round() as u8,
        branch: profile.branch.clone()?,
        kind: knowledge.taxonomy().kinds()[kind].id.clone(),
        told: answers(belief.branch),
        in_street: answers(belief.street),
    })
}
