//! Which kinds of resource a text speaks of, and by which words.

mod evidence;
mod leaning;
mod nearness;

use crate::knowledge::{Knowledge, Reader};
use crate::taxonomy::KindIndex;
use crate::text::language::{self, TextLanguage};
use crate::text::token;
pub(crate) use evidence::places;
use kiez_domain::kind::KindId;
pub(crate) use leaning::leanings;
pub(crate) use nearness::Nearness;

/// A kind that a text speaks of.
#[derive(Debug, Clone, PartialEq, serde::Serialize)]
pub struct KindFinding {
    /// The kind.
    pub kind: KindId,
    /// How sure it is, 0 to 1.
    pub score: f64,
    /// The words that decided, as written in the text.
    pub words: Vec<String>,
}

/// Who speaks.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum TextSide {
    /// Somebody who lacks something.
    Need,
    /// Somebody who gives something.
    Offer,
    /// The name of somebody who could give something: read as an offer, but an unknown word is no slip of the pen.
    Name,
    /// Not known.
    Either,
}

/// Finds the kinds of a text, the surest first.
#[must_use]
pub fn classify(knowledge: &Knowledge, text: &str, side: TextSide, top: usize) -> Vec<KindFinding> {
    let mut reader = Reader::new(knowledge);
    let found = find(&mut reader, text, side, language::guess(text));
    let kinds = knowledge.taxonomy().kinds();
    found
        .into_iter()
        .take(top)
        .map(|found| KindFinding {
            kind: kinds[found.kind].id.clone(),
            score: f64::from(found.score),
            words: found.words,
        })
        .collect()
}

/// A kind found in a text, by its place in the taxonomy.
#[derive(Debug, Clone)]
pub(crate) struct Found {
    pub(crate) kind: KindIndex,
    pub(crate) score: f32,
    pub(crate) words: Vec<String>,
    /// Whether all that tells it tells how another thing shall be, where one is named.
    beside: bool,
}

/// All kinds of a text that are sure enough to be said, the surest first.
pub(crate) fn find(
    reader: &mut Reader<'_>,
    text: &str,
    side: TextSide,
    language: TextLanguage,
) -> Vec<Found> {
    let tokens = token::tokens(text);
    let evidence = evidence::collect(reader, &tokens, side, language);
    let mut found = evidence::weigh(evidence, &tokens);
    make_room_for_specific(reader.knowledge(), &mut found);
    make_room_for_the_whole(&mut found);
    make_room_for_the_thing(&mut found);
    found.retain(|kind| kind.score >= LEAST);
    found.sort_by(|a, b| b.score.total_cmp(&a.score).then(a.kind.cmp(&b.kind)));
    found.truncate(MOST_KINDS);
    found
}

/// Less sure kinds are noise.
const LEAST: f32 = 0.14;
const MOST_KINDS: usize = 10;

/// A specific kind takes the place of the general one above it that the same words tell.
fn make_room_for_specific(knowledge: &Knowledge, found: &mut [Found]) {
    let kinds = knowledge.taxonomy().kinds();
    let specific: Vec<(KindIndex, f32)> =
        found.iter().filter_map(|kind| kinds[kind.kind].parent.map(|parent| (parent, kind.score))).collect();
    for kind in found {
        let below = specific.iter().filter(|(parent, _)| *parent == kind.kind).map(|(_, score)| *score);
        if below.fold(0.0_f32, f32::max) >= kind.score * 0.9 {
            kind.score *= 0.6;
        }
    }
}

/// Who tells of a part of the words only steps back: in "Fahrräder reparieren" nobody wants a bicycle.
fn make_room_for_the_whole(found: &mut [Found]) {
    let whole: Vec<(Vec<String>, f32)> = found.iter().map(|kind| (kind.words.clone(), kind.score)).collect();
    for kind in found {
        let covered = |(words, score): &(Vec<String>, f32)| {
            words.len() > kind.words.len()
                && *score >= kind.score * NEARLY
                && kind.words.iter().all(|word| words.contains(word))
        };
        if whole.iter().any(covered) {
            kind.score *= PART_OF_THE_WHOLE;
        }
    }
}

/// Who only tells how something shall be steps back where a thing is named: "Lesung auf Polnisch" wants a reading.
fn make_room_for_the_thing(found: &mut [Found]) {
    let thing = found.iter().filter(|kind| !kind.beside).map(|kind| kind.score).fold(0.0, f32::max);
    if thing >= A_THING {
        found.iter_mut().filter(|kind| kind.beside).for_each(|kind| kind.score *= BESIDE_A_THING);
    }
}

/// So sure must a thing be, that whatever stands beside it only describes it.
const A_THING: f32 = 0.5;
const BESIDE_A_THING: f32 = 0.35;

/// How sure the whole must be, compared with its part.
const NEARLY: f32 = 0.8;
const PART_OF_THE_WHOLE: f32 = 0.75;

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn first(text: &str, side: TextSide) -> String {
        classify(Knowledge::built_in(), text, side, 1)
            .first()
            .map(|found| found.kind.to_string())
            .unwrap_or_default()
    }

    #[test]
    fn plain_words_tell_their_kind() {
        assert_eq!(first("Wer hilft uns bei der Satzungsänderung?", TextSide::Need), "association_law");
        assert_eq!(first("Erstberatung beim Rechtsanwalt", TextSide::Offer), "legal_advice");
    }

    #[test]
    fn a_language_beside_a_thing_is_no_wish_for_an_interpreter() {
        for (text, wanted) in [
            ("Lesung auf Polnisch für Kinder", "reading_event"),
            ("Wir suchen Vorlesende, die Arabisch sprechen", "reading_aloud"),
            ("Fahrradwerkstatt, die auch Russisch spricht", "bicycle_repair"),
            ("Kochkurs auf Türkisch", "cooking_class"),
            ("Jemand, der Arabisch spricht und beim Elterncafé übersetzt", "translation_interpreting"),
            ("Wir sprechen Türkisch und Arabisch", "translation_interpreting"),
        ] {
            let found = classify(Knowledge::built_in(), text, TextSide::Need, 3);
            assert_eq!(found[0].kind.to_string(), wanted, "{text}: {found:?}");
            let doubted =
                found.iter().skip(1).find(|kind| kind.kind.to_string() == "translation_interpreting");
            assert!(doubted.is_none_or(|kind| kind.score < 0.35), "{text}: {found:?}");
        }
    }

    #[test]
    fn a_name_of_several_words_is_named_whole() {
        let found = classify(Knowledge::built_in(), "Erste Hilfe am Kind", TextSide::Need, 1);
        assert_eq!(
            (found[0].kind.to_string().as_str(), &found[0].words[..2]),
            ("first_aid", &["Erste".to_owned(), "Hilfe".to_owned()][..])
        );
    }

    #[test]
    fn the_words_that_decided_are_named_as_written() {
        let found = classify(Knowledge::built_in(), "Rechtsanwältinnen beraten", TextSide::Offer, 3);
        assert!(found[0].words.contains(&"Rechtsanwältinnen".to_owned()), "{found:?}");
    }

    #[test]
    fn a_small_letter_is_no_thing_unless_the_writer_has_no_other() {
        let frame = |text| {
            let found = classify(Knowledge::built_in(), text, TextSide::Need, 10);
            found.iter().find(|one| one.kind.as_str() == "photo").map_or(0.0, |one| one.score)
        };
        assert!(frame("Wir wollen Rücklagen bilden") < frame("Wir wollen schöne Bilder"));
        assert!(frame("wir wollen schöne bilder") > 0.3);
        assert_eq!(
            first("Hilfe beim Streichen", TextSide::Need),
            first("wer kann streichen?", TextSide::Need)
        );
    }

    #[test]
    fn a_thing_is_not_what_a_verb_of_its_stem_does() {
        let found = classify(Knowledge::built_in(), "Der Putz ist alt", TextSide::Need, 10);
        assert!(found.iter().all(|one| one.kind.as_str() != "cleaning" || one.score < 0.4), "{found:?}");
    }

    #[test]
    fn a_question_may_begin_with_its_verb_and_a_band_binds_nothing() {
        let painting = first("Streicht jemand mit uns den Zaun?", TextSide::Need);
        assert!(painting.starts_with("painting"), "{painting}");
        assert_eq!(first("Band gesucht", TextSide::Need), "music_performance");
    }

    #[test]
    fn how_a_thing_shall_be_counts_less_than_the_thing() {
        let places = places(&token::tokens("Stabile Regale gesucht"), TextSide::Need);
        assert!(places[0] < places[1], "{places:?}");
    }

    #[test]
    fn words_made_of_words_that_say_nothing_say_nothing() {
        let mut reader = Reader::new(Knowledge::built_in());
        let empty = ["Gruppentag", "Familientag", "Samstagnachmittag", "Monatsanfang"];
        assert!(empty.iter().any(|word| reader.word(word).generic));
        assert!(!reader.word("Nachbarschaftshilfe").generic);
    }

    #[test]
    fn nonsense_tells_nothing() {
        assert!(classify(Knowledge::built_in(), "Qwxy blorf znarg", TextSide::Need, 5).is_empty());
        assert!(classify(Knowledge::built_in(), "", TextSide::Need, 5).is_empty());
    }

    proptest! {
        #[test]
        fn any_text_is_read_without_panic_and_scores_are_bounded(text in "\\PC{0,120}") {
            for found in classify(Knowledge::built_in(), &text, TextSide::Either, 50) {
                prop_assert!(found.score > 0.0 && found.score <= 1.0);
                prop_assert!(!found.words.is_empty());
            }
        }
    }
}
