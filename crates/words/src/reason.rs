//! Reasons and obstacles as sentences.

use crate::language;
use crate::locale::Locale;
use crate::words::{Args, Words};
use kiez_domain::suggestion::{Bond, Obstacle, Reason};

/// Looks up the labels of kinds and branches, which lie in data files that this crate does not know.
pub trait Labels {
    /// Label of a kind of resource.
    fn kind(&self, id: &str, locale: Locale) -> String;
    /// Label of a branch.
    fn branch(&self, id: &str, locale: Locale) -> String;
}

/// One plain sentence that says why.
#[must_use]
pub fn reason(locale: Locale, labels: &impl Labels, reason: &Reason) -> String {
    let words = Words::of(locale);
    let kind = |id: &kiez_domain::kind::KindId| labels.kind(id.as_str(), locale);
    match reason {
        Reason::SameKind { kind: id, need_words, offer_words } => {
            let key = match (need_words.is_empty(), offer_words.is_empty()) {
                (true, true) => "reason-same-kind",
                (false, true) => "reason-same-kind-need",
                (true, false) => "reason-same-kind-offer",
                (false, false) => "reason-same-kind-both",
            };
            let args = Args::new().with("kind", kind(id)).with("need", quoted(locale, need_words));
            words.with(key, &args.with("offer", quoted(locale, offer_words)))
        }
        Reason::NearKind { need, offer } => {
            words.with("reason-near-kind", &Args::new().with("need", kind(need)).with("offer", kind(offer)))
        }
        Reason::SharedWords { words: shared } => {
            words.with("reason-shared-words", &Args::new().with("words", quoted(locale, shared)))
        }
        Reason::LikelyByBranch { branch, kind: id, percent, told, in_street } => {
            let key = match (told.asked, in_street.asked) {
                (0, _) => "reason-likely-by-branch",
                (_, 0) => "reason-likely-heard",
                _ => "reason-likely-heard-street",
            };
            let branch = labels.branch(branch.as_str(), locale);
            let args = Args::new().with("branch", branch).with("kind", kind(id)).with("percent", *percent);
            let args = args.with("yes", told.yes).with("asked", told.asked);
            words.with(key, &args.with("yes-here", in_street.yes).with("asked-here", in_street.asked))
        }
        Reason::TradeWanted { branch, word } => {
            let branch = labels.branch(branch.as_str(), locale);
            let word = quoted(locale, std::slice::from_ref(word));
            words.with("reason-trade-wanted", &Args::new().with("branch", branch).with("word", word))
        }
        Reason::Confirmed { kind: id } => words.with("reason-confirmed", &Args::new().with("kind", kind(id))),
        Reason::Walk { minutes, metres } => {
            words.with("reason-walk", &Args::new().with("minutes", *minutes).with("metres", *metres))
        }
        Reason::SharedHours { hours } => {
            words.with("reason-shared-hours", &Args::new().with("hours", *hours))
        }
        Reason::SharedLanguage { language } => {
            let name = language.parse().map_or_else(|_| language.clone(), |tag| language::name(locale, &tag));
            words.with("reason-shared-language", &Args::new().with("language", name))
        }
        Reason::LittleEffort { minutes } => {
            words.with("reason-little-effort", &Args::new().with("minutes", *minutes))
        }
        Reason::Unanswered { words: open } => {
            words.with("reason-unanswered", &Args::new().with("words", quoted(locale, open)))
        }
        Reason::Acquainted { bond } => acquainted(words, bond),
    }
}

/// From where both are likely to know each other.
fn acquainted(words: &Words, bond: &Bond) -> String {
    match bond {
        Bond::SameHouse => words.text("reason-same-house"),
        Bond::SameCarrier { carrier } => {
            words.with("reason-same-carrier", &Args::new().with("carrier", carrier.as_str()))
        }
        Bond::CommonPartner { partner } => {
            words.with("reason-common-partner", &Args::new().with("partner", partner.as_str()))
        }
    }
}

/// How many other givers of this name could be asked, when there are any.
#[must_use]
pub fn same_name(locale: Locale, others: u32) -> Option<String> {
    (others > 0).then(|| Words::of(locale).with("same-name", &Args::new().with("count", others)))
}

/// One plain sentence that says what stands in the way.
#[must_use]
pub fn obstacle(locale: Locale, obstacle: &Obstacle) -> String {
    let words = Words::of(locale);
    match obstacle {
        Obstacle::TooFar { metres, limit } => {
            words.with("obstacle-too-far", &Args::new().with("metres", *metres).with("limit", *limit))
        }
        Obstacle::NoSharedHour => words.text("obstacle-no-shared-hour"),
        Obstacle::NoSharedLanguage => words.text("obstacle-no-shared-language"),
        Obstacle::NoCapacity => words.text("obstacle-no-capacity"),
        Obstacle::OwnOffer => words.text("obstacle-own-offer"),
        Obstacle::NothingInCommon => words.text("obstacle-nothing-in-common"),
        Obstacle::Outranked { rank } => words.with("obstacle-outranked", &Args::new().with("rank", *rank)),
    }
}

/// „Stühle“, „Tisch“ or “chairs”, “table”.
fn quoted(locale: Locale, words: &[String]) -> String {
    let (open, close) = if locale == Locale::German { ('„', '“') } else { ('“', '”') };
    let quoted: Vec<String> = words.iter().map(|word| format!("{open}{word}{close}")).collect();
    quoted.join(", ")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_bond_is_a_sentence_with_its_name_in_both_languages() {
        let bonds = [
            (Bond::SameHouse, ""),
            (Bond::SameCarrier { carrier: "Diakonie".to_owned() }, "Diakonie"),
            (Bond::CommonPartner { partner: "Kita Ziegelzwerge".to_owned() }, "Kita Ziegelzwerge"),
        ];
        for (bond, name) in &bonds {
            for locale in [Locale::German, Locale::English] {
                let said = acquainted(Words::of(locale), bond);
                assert!(said.contains(name) && said.ends_with('.') && !said.contains('['), "{said}");
            }
        }
    }

    #[test]
    fn others_of_a_name_are_only_told_when_there_are_any() {
        let said = |language: &str, others| same_name(language.parse().expect("a language"), others);
        assert_eq!(said("de", 0), None);
        // Fluent puts marks of direction around what it is given.
        for (language, others) in [("de", 1), ("en", 39)] {
            let sentence = said(language, others).expect("there are others");
            assert!(sentence.contains(&others.to_string()), "{sentence}");
        }
        assert_ne!(said("de", 39), said("en", 39));
    }
}
