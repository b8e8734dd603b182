//! Spelling put aside: case, umlauts, accents.

use unicode_normalization::UnicodeNormalization;

/// Gives lower case with `ä→ae`, `ö→oe`, `ü→ue`, `ß→ss` and without other accents.
#[must_use]
pub fn fold(text: &str) -> String {
    if text.is_ascii() {
        return text.to_ascii_lowercase();
    }
    let mut folded = String::with_capacity(text.len() + 4);
    // Up to the small long s no letter is made of several signs: nothing is to be put together.
    if text.chars().all(|letter| letter <= '\u{17f}') {
        push_folded(&mut folded, text.chars());
    } else {
        push_folded(&mut folded, text.nfc());
    }
    folded
}

fn push_folded(folded: &mut String, letters: impl Iterator<Item = char>) {
    for letter in letters.flat_map(char::to_lowercase) {
        match letter {
            'ä' => folded.push_str("ae"),
            'ö' => folded.push_str("oe"),
            'ü' => folded.push_str("ue"),
            'ß' => folded.push_str("ss"),
            _ if letter.is_ascii() => folded.push(letter),
            _ => folded.extend(std::iter::once(letter).nfd().filter(|part| !is_accent(*part))),
        }
    }
}

/// Takes the umlaut back, so that singular and plural (`stuhl`, `stuehle`) have the same root.
///
/// A `ue` after a vowel or `q` is no umlaut (`bauen`, `steuer`, `quelle`). A few words differ by their umlaut
/// alone (`Kuchen`, `Küche`): there it stays.
#[must_use]
pub fn root(folded: &str) -> String {
    let mut root = String::with_capacity(folded.len());
    let mut rest = folded;
    let mut before = ' ';
    while let Some(letter) = rest.chars().next() {
        if let Some(kept) = KEPT_UMLAUTS.iter().find(|kept| rest.starts_with(**kept)) {
            root.push_str(kept);
            rest = &rest[kept.len()..];
            before = 'x';
            continue;
        }
        let umlaut =
            rest.starts_with("ae") || rest.starts_with("oe") || (rest.starts_with("ue") && before != 'q');
        let after_vowel = matches!(before, 'a' | 'e' | 'i' | 'o' | 'u');
        root.push(letter);
        let taken = if umlaut && !after_vowel { 2 } else { letter.len_utf8() };
        before = letter;
        rest = &rest[taken..];
    }
    root
}

/// Pairs with another meaning without the umlaut: Kuchen, fordern, schon, drucken, zahlen, Bar, Ton.
const KEPT_UMLAUTS: [&str; 9] =
    ["kuech", "foerder", "schoen", "drueck", "zaehl", "baer", "schwuel", "toenen", "koestig"];

fn is_accent(letter: char) -> bool {
    ('\u{300}'..='\u{36f}').contains(&letter)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn umlauts_and_accents_fold() {
        assert_eq!(fold("Größe, Café, ÖL, a\u{308}"), "groesse, cafe, oel, ae");
    }

    #[test]
    fn singular_and_plural_share_a_root() {
        assert_eq!(root(&fold("Stühle")), "stuhle");
        assert_eq!(root(&fold("Stuehle")), "stuhle");
        assert_eq!(root(&fold("bauen")), "bauen");
        assert_eq!(root(&fold("Steuer")), "steuer");
    }

    #[test]
    fn cake_is_not_a_kitchen() {
        assert_ne!(root(&fold("Kuchen")), root(&fold("Küchen")));
    }

    #[test]
    fn the_short_way_folds_as_the_long_way() {
        for letter in '\0'..='\u{17f}' {
            let text = format!("x{letter}y");
            let mut long = String::new();
            push_folded(&mut long, text.nfc());
            assert_eq!(fold(&text), long, "{letter:?}");
        }
    }

    proptest! {
        #[test]
        fn any_text_folds_without_panic_and_folding_twice_changes_nothing(text in "\\PC{0,40}") {
            let once = fold(&text);
            drop(root(&once));
            prop_assert_eq!(fold(&once), once);
        }
    }
}
