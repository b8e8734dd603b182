//! Which words of a text stand in the sentence that says what is wanted, and which are denied.

use crate::text::fold;
use crate::text::token::Token;

/// What tells why, for whom or when, beside a sentence that tells what.
const BACKGROUND: f32 = 0.6;
/// `nicht nur mit dem Handy`: what is denied is spoken of, and not wanted.
const DENIED: f32 = 0.3;
/// So far a denial reaches at most.
const REACH: usize = 4;

/// The weight of every token of a need: 1 in a sentence that wishes or asks, less in the sentences beside it.
///
/// Where no sentence wishes ("Holzreste"), or every one does, all count in full.
#[must_use]
pub fn weights(tokens: &[Token<'_>]) -> Vec<f32> {
    let sentences = sentences(tokens);
    let wishes: Vec<bool> = sentences.iter().map(|(from, to)| wishes(&tokens[*from..*to])).collect();
    let told_apart = wishes.contains(&true) && wishes.contains(&false);
    let mut weights = vec![1.0; tokens.len()];
    for ((from, to), _) in sentences.into_iter().zip(wishes).filter(|(_, wish)| told_apart && !wish) {
        weights[from..to].fill(BACKGROUND);
    }
    weights
}

/// The weight of every token by what is denied: `Gestaltung, nicht Druck` offers no printing.
///
/// `Uns reicht der Platz nicht` and `nicht genug Stühle` deny no thing: only a noun behind the word is denied.
#[must_use]
pub fn denials(tokens: &[Token<'_>]) -> Vec<f32> {
    let mut weights = vec![1.0; tokens.len()];
    for (at, token) in tokens.iter().enumerate() {
        if !DENIES.contains(&fold::fold(token.written).as_str()) {
            continue;
        }
        let behind = tokens[at + 1..].iter().take(REACH).take_while(|next| !next.after_stop);
        let behind: Vec<String> = behind.map(|next| fold::fold(next.written)).collect();
        if behind.iter().any(|word| LACKS.contains(&word.as_str())) {
            continue;
        }
        let noun = |next: &Token<'_>| next.written.starts_with(char::is_uppercase);
        let denied = (at + 1..=at + behind.len()).find(|next| noun(&tokens[*next]));
        if let Some(denied) = denied {
            weights[denied] = DENIED;
        }
    }
    weights
}

fn sentences(tokens: &[Token<'_>]) -> Vec<(usize, usize)> {
    let begins = (0..tokens.len()).filter(|at| tokens[*at].after_sentence);
    let mut begins: Vec<usize> = begins.collect();
    begins.push(tokens.len());
    begins.windows(2).map(|pair| (pair[0], pair[1])).collect()
}

fn wishes(sentence: &[Token<'_>]) -> bool {
    sentence.iter().any(|token| {
        let folded = fold::fold(token.written);
        seeks(&folded)
            || WISHES.contains(&folded.as_str())
            || WISH_STEMS.iter().any(|stem| folded.starts_with(stem))
    })
}

/// Whether a folded word is a verb of whoever lacks something.
pub(super) fn seeks(folded: &str) -> bool {
    SEEKS.contains(&folded)
}

/// Words that deny the noun behind them. `kein` and `ohne` are none: they say what a need lacks.
const DENIES: [&str; 4] = ["nicht", "statt", "anstatt", "not"];
/// Where one of these follows, something is too little, not unwanted.
const LACKS: [&str; 8] = ["genug", "genuegend", "mehr", "ausreichend", "viel", "enough", "weiter", "klar"];
/// Verbs of whoever lacks something.
const SEEKS: [&str; 9] =
    ["suche", "suchen", "sucht", "brauchen", "braucht", "fehlt", "fehlen", "haetten", "waere"];
/// Other words of a sentence that wishes or asks.
const WISHES: [&str; 37] = [
    "wer",
    "gesucht",
    "brauche",
    "wollen",
    "will",
    "moechte",
    "moechten",
    "jemand",
    "jemanden",
    "gibts",
    "need",
    "needs",
    "want",
    "looking",
    "who",
    "someone",
    "anyone",
    "bitte",
    "hilfe",
    "braeuchte",
    "braeuchten",
    "haette",
    "waeren",
    "koennte",
    "koennten",
    "koennt",
    "duerfen",
    "duerften",
    "wuerde",
    "wuerden",
    "muesste",
    "muessten",
    "gern",
    "gerne",
    "somebody",
    "could",
    "wanted",
];
const WISH_STEMS: [&str; 4] = ["wuensch", "benoetig", "gebrauch", "dringend"];

#[cfg(test)]
mod tests {
    use super::*;
    use crate::text::token::tokens;

    fn weight_of(word: &str, text: &str, of: fn(&[Token<'_>]) -> Vec<f32>) -> f32 {
        let tokens = tokens(text);
        let at = tokens.iter().position(|token| token.written == word).expect("a word of the text");
        of(&tokens)[at]
    }

    #[test]
    fn the_occasion_counts_less_than_the_wish() {
        let text = "Sommerfest am 14. Juni: uns fehlen Bänke und Tische";
        assert!(weight_of("Sommerfest", text, weights) < weight_of("Bänke", text, weights));
        assert!((weight_of("Tische", text, weights) - 1.0).abs() < f32::EPSILON);
    }

    #[test]
    fn without_a_wish_or_with_wishes_only_all_count() {
        for text in ["Holzreste. Stoffe.", "Wir suchen Holz. Wir brauchen auch Stoffe.", ""] {
            assert!(
                weights(&tokens(text)).iter().all(|weight| (weight - 1.0).abs() < f32::EPSILON),
                "{text}"
            );
        }
    }

    #[test]
    fn what_is_denied_is_not_wanted() {
        assert!(weight_of("Handy", "Aufnehmen, nicht nur mit dem Handy", denials) < 0.5);
        assert!(weight_of("Druck", "Gestaltung, nicht Druck", denials) < 0.5);
    }

    #[test]
    fn what_is_missing_is_wanted() {
        for (word, text) in [
            ("Stühle", "Wir haben nicht genug Stühle"),
            ("Drucker", "Der Drucker geht nicht"),
            ("Regale", "nicht mehr Platz, deshalb Regale"),
        ] {
            assert!((weight_of(word, text, denials) - 1.0).abs() < f32::EPSILON, "{text}");
        }
    }
}
