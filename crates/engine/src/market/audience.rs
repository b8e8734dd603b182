//! For whom something is: warm jackets for men are no children's shoes.
//!
//! Only what an offer says clearly counts against it, and only a little: an hour of gymnastics for seniors may do for others.

use crate::text::fold::fold;
use crate::text::token;

/// Ages, a bit for each; none where nobody is named.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Hash)]
pub(super) struct Audience(u8);

const CHILDREN: u8 = 1;
const YOUTH: u8 = 2;
const ADULTS: u8 = 4;
const SENIORS: u8 = 8;

/// What is left of an offer for others.
const FOR_OTHERS: f64 = 0.75;
/// So far behind `für` or `mit` stands for whom something is.
const REACH: usize = 3;

impl Audience {
    /// Whom a need is for, by its words or else by who asks.
    pub(super) fn of_need(text: &str, institution: Option<&str>) -> Self {
        let said = Self::said(text, |_| true);
        if said == Self::default() { institution.map_or(said, |who| Self::said(who, |_| true)) } else { said }
    }

    /// Whom an offer is for: behind `für` and the like, or before the thing in one word. `Rentner hilft` is for anybody.
    pub(super) fn of_offer(text: &str) -> Self {
        let tokens = token::tokens(text);
        let folded: Vec<String> = tokens.iter().map(|token| fold(token.written)).collect();
        Self::said(text, |at| {
            let near = folded[at.saturating_sub(REACH)..at].iter();
            is_compound(&folded[at]) || near.rev().any(|word| BEFORE.contains(&word.as_str()))
        })
    }

    /// What is left of an offer for these, where the need is for those.
    pub(super) fn left_of(self, offered: Self) -> f64 {
        let apart = self.0 != 0 && offered.0 != 0 && self.0 & offered.0 == 0;
        if apart { FOR_OTHERS } else { 1.0 }
    }

    fn said(text: &str, counts: impl Fn(usize) -> bool) -> Self {
        let mut ages = 0;
        for (_, token) in token::tokens(text).iter().enumerate().filter(|(at, _)| counts(*at)) {
            let folded = fold(token.written);
            // The longest beginning decides: `Kindergarten`, but `Kinder- und Jugendtreff`.
            let named = AGES.iter().filter(|(beginning, _)| folded.starts_with(beginning));
            ages |= named.max_by_key(|(beginning, _)| beginning.len()).map_or(0, |(_, ages)| *ages);
        }
        Self(ages)
    }
}

fn is_compound(folded: &str) -> bool {
    COMPOUNDS.iter().any(|beginning| folded.len() > beginning.len() + 3 && folded.starts_with(beginning))
}

const BEFORE: [&str; 8] = ["fuer", "mit", "bei", "im", "von", "an", "for", "with"];
const COMPOUNDS: [&str; 5] = ["kinder", "senioren", "jugend", "baby", "schueler"];
const AGES: [(&str, u8); 38] = [
    ("kind", CHILDREN),
    ("kita", CHILDREN),
    ("krippe", CHILDREN),
    ("hort", CHILDREN),
    ("baby", CHILDREN),
    ("saeugling", CHILDREN),
    ("kleinkind", CHILDREN),
    ("grundschul", CHILDREN),
    ("vorschul", CHILDREN),
    ("kids", CHILDREN | YOUTH),
    ("children", CHILDREN | YOUTH),
    ("schule", CHILDREN | YOUTH),
    ("schueler", CHILDREN | YOUTH),
    ("schulklasse", CHILDREN | YOUTH),
    ("maedchen", CHILDREN | YOUTH),
    ("jungs", CHILDREN | YOUTH),
    ("familie", CHILDREN | YOUTH | ADULTS),
    ("eltern", CHILDREN | YOUTH | ADULTS),
    ("vaeter", CHILDREN | ADULTS),
    ("muetter", CHILDREN | ADULTS),
    ("mehrgeneration", CHILDREN | YOUTH | ADULTS | SENIORS),
    ("jugend", YOUTH),
    ("teen", YOUTH),
    ("azubi", YOUTH),
    ("youth", YOUTH),
    ("erwachsene", ADULTS | SENIORS),
    ("maenner", ADULTS | SENIORS),
    ("frauen", ADULTS | SENIORS),
    ("wohnungslos", ADULTS | SENIORS),
    ("obdachlos", ADULTS | SENIORS),
    ("mitarbeitende", ADULTS),
    ("senior", SENIORS),
    ("aeltere", SENIORS),
    ("pflegeheim", SENIORS),
    ("altenheim", SENIORS),
    ("rentner", SENIORS),
    ("demenz", SENIORS),
    ("elderly", SENIORS),
];

#[cfg(test)]
mod tests {
    use super::*;

    fn left(need: &str, institution: &str, offer: &str) -> f64 {
        Audience::of_need(need, Some(institution)).left_of(Audience::of_offer(offer))
    }

    #[test]
    fn who_is_named_on_both_sides_must_be_the_same() {
        assert!(left("Dicke Jacken für Männer", "Wärmestube", "Einzelpaare Kinderschuhe") < 1.0);
        assert!(left("Vorlesen", "Seniorentreff", "Bilderbücher für Kinder vorlesen") < 1.0);
        assert!(left("Vorlesen", "Kita Sonne", "Bilderbücher für Kinder vorlesen") >= 1.0);
    }

    #[test]
    fn who_gives_is_nobody_it_is_for() {
        assert!(left("Lampe anschließen", "Kita Sonne", "Rentner schließt Lampen an") >= 1.0);
        assert!(left("Jacken", "Laden", "Kinderschuhe") >= 1.0);
    }
}
