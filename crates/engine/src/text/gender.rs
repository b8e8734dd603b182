//! Gender forms reduced to one word: `Erzieher:in`, `Erzieher*innen`, `ErzieherInnen`, `Erzieher/-in`, `Erzieherinnen`.

/// The length in bytes of a gender ending that begins here, such as `:innen` or `/-in`; 0 when none does.
#[must_use]
pub fn ending_length(rest: &str) -> usize {
    let mut letters = rest.chars();
    if !matches!(letters.next(), Some(':' | '*' | '_' | '/' | '·' | '(')) {
        return 0;
    }
    let open = rest.starts_with('(');
    let sign = rest.chars().next().map_or(0, char::len_utf8);
    let after = &rest[sign..];
    let hyphen = usize::from(after.starts_with('-'));
    let word = &after[hyphen..];
    let Some(ending) = ["innen", "in", "r", "n"].into_iter().find(|ending| word.starts_with(ending)) else {
        return 0;
    };
    let behind = word[ending.len()..].chars().next();
    if open {
        return if behind == Some(')') && ending.len() > 1 { sign + hyphen + ending.len() + 1 } else { 0 };
    }
    if behind.is_some_and(char::is_alphanumeric) { 0 } else { sign + hyphen + ending.len() }
}

/// Cuts an inner capital ending: `ErzieherInnen` becomes `Erzieher`.
#[must_use]
pub fn without_inner_capital(word: &str) -> &str {
    for ending in ["Innen", "In"] {
        if let Some(base) = word.strip_suffix(ending)
            && base.chars().count() >= 3
            && base.chars().next_back().is_some_and(char::is_lowercase)
        {
            return base;
        }
    }
    word
}

/// Cuts the feminine ending of a folded noun of person: `malerinnen` and `malerin` become `maler`.
#[must_use]
pub fn without_feminine_ending(folded: &str) -> &str {
    if let Some(base) = folded.strip_suffix("innen")
        && base.len() >= 4
    {
        return base;
    }
    match folded.strip_suffix("in") {
        Some(base) if base.len() >= 5 && PERSON_ENDINGS.iter().any(|ending| base.ends_with(ending)) => base,
        _ => folded,
    }
}

const PERSON_ENDINGS: [&str; 8] = ["er", "or", "ist", "ent", "ant", "log", "waelt", "eur"];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn written_forms_are_cut() {
        assert_eq!(ending_length(":innen gesucht"), 6);
        assert_eq!(ending_length("*in"), 3);
        assert_eq!(ending_length("/-innen,"), 7);
        assert_eq!(ending_length("(innen)"), 7);
        assert_eq!(ending_length("/innenhof"), 0);
        assert_eq!(ending_length(":"), 0);
    }

    #[test]
    fn inner_capitals_and_feminine_endings_are_cut() {
        assert_eq!(without_inner_capital("ErzieherInnen"), "Erzieher");
        assert_eq!(without_inner_capital("Innen"), "Innen");
        assert_eq!(without_feminine_ending("malerinnen"), "maler");
        assert_eq!(without_feminine_ending("schreinerin"), "schreiner");
        assert_eq!(without_feminine_ending("termin"), "termin");
        assert_eq!(without_feminine_ending("medizin"), "medizin");
    }
}
