//! Texts made alike for searching and sorting, in the program and not by a collation, so that both databases agree.

use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;

/// Small letters without marks: `Bäckerei Ayşe` becomes `backerei ayse`, `Straße` becomes `strasse`.
///
/// Sorting by it is DIN 5007-1 (ä like a). The dotless ı of Turkish counts as i.
#[must_use]
pub fn fold(text: &str) -> String {
    let mut folded = String::with_capacity(text.len());
    for character in text.nfkd().filter(|character| !is_combining_mark(*character)) {
        match character {
            'ß' | 'ẞ' => folded.push_str("ss"),
            'ı' => folded.push('i'),
            'ø' | 'Ø' => folded.push('o'),
            'æ' | 'Æ' => folded.push_str("ae"),
            'œ' | 'Œ' => folded.push_str("oe"),
            'ł' | 'Ł' => folded.push('l'),
            _ => folded.extend(character.to_lowercase().filter(|lower| !is_combining_mark(*lower))),
        }
    }
    folded
}

/// A pattern for `like … escape '\'` that finds the folded text anywhere.
pub(crate) fn contains_pattern(text: &str) -> String {
    let mut pattern = String::from("%");
    for character in fold(text.trim()).chars() {
        if matches!(character, '%' | '_' | '\\') {
            pattern.push('\\');
        }
        pattern.push(character);
    }
    pattern.push('%');
    pattern
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn marks_and_case_do_not_matter() {
        assert_eq!(fold("Bäckerei AYŞE"), "backerei ayse");
        assert_eq!(fold("GROẞE Straße İstanbul Kırmızı"), "grosse strasse istanbul kirmizi");
        assert_eq!(fold("Ba\u{308}cker"), fold("Bäcker"));
    }

    #[test]
    fn folding_twice_changes_nothing() {
        for text in ["Łódź", "Café Übermut", "مقهى", "ﬁn"] {
            assert_eq!(fold(&fold(text)), fold(text), "{text}");
        }
    }

    #[test]
    fn signs_of_a_pattern_are_meant_literally() {
        assert_eq!(contains_pattern(" 100%_Ä "), "%100\\%\\_a%");
    }
}
