//! Somebody of a trade whom a need wants: "Eine Bäckerin, die von ihrem Beruf erzählt".
//!
//! Whoever is of that trade answers the word, whatever its offer says.

use crate::kinds::{self, TextSide};
use crate::text::fold::fold;
use crate::text::token::{self, Token};
use kiez_domain::branch::{BranchCatalogue, BranchId, Side};

/// A trade that a need names as somebody wanted.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct NamedTrade {
    pub(super) branch: BranchId,
    /// As written in the need.
    pub(super) word: String,
    /// How sure it is that somebody of it is wanted, 0 to 1.
    pub(super) sure: f32,
}

/// Where neither an article nor a clause behind the word says that somebody is wanted.
const UNSAID: f32 = 0.6;
/// Not everybody of a trade is what a longer word wants: a `Gebärdensprachdolmetscher` is one of few.
const SPECIAL: f32 = 0.5;
/// A near trade knows something of it.
const NEAR: f32 = 0.4;
/// What stands in the background of a sentence is nobody wanted.
const LEAST_PLACE: f32 = 0.55;

/// The trades that a need names, each once.
pub(super) fn named(text: &str) -> Vec<NamedTrade> {
    let tokens = token::tokens(text);
    let places = kinds::places(&tokens, TextSide::Need);
    let mut named: Vec<NamedTrade> = Vec::new();
    for (at, token) in tokens.iter().enumerate() {
        let Some(person) = person(token.written) else { continue };
        if places[at] < LEAST_PLACE || is_known(&tokens, at) {
            continue;
        }
        let Some(branch) = branch_of(token.written) else { continue };
        if named.iter().any(|known| known.branch == branch) {
            continue;
        }
        let said = if is_sought(&tokens, at) { 1.0 } else { UNSAID };
        let sure = said * if person == Person::Special { SPECIAL } else { 1.0 };
        named.push(NamedTrade { branch, word: token.written.to_owned(), sure });
    }
    named
}

/// How far somebody of a branch is of one of the trades.
pub(super) fn met(trades: &[NamedTrade], branch: &BranchId) -> f32 {
    let near = |wanted: &BranchId| BranchCatalogue::built_in().get(wanted).related.contains(branch);
    let worth = |trade: &NamedTrade| match &trade.branch {
        wanted if wanted == branch => trade.sure,
        wanted if near(wanted) => trade.sure * NEAR,
        _ => 0.0,
    };
    trades.iter().map(worth).fold(0.0, f32::max)
}

/// The words of a giver's name that say what it is, without those that only name it: `Tischlerei` of `Tischlerei Ahorn`.
pub(super) fn told_by(name: &str) -> Option<String> {
    let catalogue = BranchCatalogue::built_in();
    let telling =
        |word: &&str| catalogue.from_words(word).is_some_and(|branch| !catalogue.get(&branch).general);
    let tokens = token::tokens(name);
    let words: Vec<&str> = tokens.iter().map(|token| token.written).filter(telling).collect();
    (!words.is_empty()).then(|| words.join(" "))
}

fn branch_of(word: &str) -> Option<BranchId> {
    let catalogue = BranchCatalogue::built_in();
    let branch = catalogue.from_words(word)?;
    let entry = catalogue.get(&branch);
    let giving = !matches!(entry.side, Side::Institution | Side::Place);
    (giving && !entry.general).then_some(branch)
}

/// Somebody of a trade.
#[derive(Debug, Clone, Copy, PartialEq)]
enum Person {
    /// As the trade is called.
    Any,
    /// The trade with something before it.
    Special,
}

/// Whether a word is, or ends as, the name of a person of a trade.
fn person(written: &str) -> Option<Person> {
    let folded = fold(written);
    let bare = FEMALE.iter().find_map(|ending| folded.strip_suffix(ending)).unwrap_or(&folded);
    let ends = |person: &&str| bare.ends_with(person) || folded.ends_with(person);
    let longest = PERSONS.split_whitespace().filter(ends).max_by_key(|person| person.len())?;
    Some(if bare == longest || folded == longest { Person::Any } else { Person::Special })
}

/// `der Friseur`, `unser Bäcker`, `beim Optiker`: somebody who is spoken of already.
fn is_known(tokens: &[Token<'_>], at: usize) -> bool {
    let before =
        at.checked_sub(1).filter(|_| !tokens[at].after_stop).map(|before| fold(tokens[before].written));
    before.is_some_and(|word| KNOWN.contains(&word.as_str()) || word.starts_with("unser"))
}

/// `ein Imker`, `Imker, der …`, `Imker gesucht`, or nothing before it.
fn is_sought(tokens: &[Token<'_>], at: usize) -> bool {
    let folded = |place: usize| tokens.get(place).map(|token| fold(token.written));
    let before = at.checked_sub(1).and_then(folded);
    let behind = folded(at + 1);
    let clause = tokens.get(at + 1).is_some_and(|next| next.after_stop && !next.after_sentence);
    tokens[at].after_sentence
        || before.is_some_and(|word| SEEKING.contains(&word.as_str()))
        || behind.is_some_and(|word| word == "gesucht" || clause && PRONOUNS.contains(&word.as_str()))
}

const FEMALE: [&str; 3] = ["innen", "in", "n"];
const KNOWN: [&str; 14] = [
    "der", "dem", "den", "des", "beim", "bei", "zum", "zur", "vom", "fuer", "ihr", "ihrem", "seinem", "fuers",
];
const SEEKING: [&str; 14] = [
    "ein", "eine", "einen", "einer", "jemand", "jemanden", "suchen", "sucht", "suche", "brauchen", "welcher",
    "welche", "echte", "echten",
];
const PRONOUNS: [&str; 8] = ["der", "die", "das", "dem", "den", "welcher", "welche", "wo"];

/// Ends of words that name a person of a trade, folded and without the female ending.
const PERSONS: &str = "baecker konditor metzger fleischer koch koech wirt winzer brauer imker landwirt bauer gaertner \
florist foerster tischler schreiner zimmerer zimmermann dachdecker maurer maler lackierer elektriker elektroniker \
klempner installateur schlosser metallbauer schmied goldschmied juwelier uhrmacher glaser polsterer schneider \
schuster schuhmacher friseur frisoer barbier kosmetiker optiker akustiker apotheker arzt aerzt zahnarzt tierarzt \
hebamme therapeut physiotherapeut psychologe psycholog krankenpfleger anwalt anwaelt jurist notar steuerberater \
architekt ingenieur makler bankkaufmann banker programmierer entwickler informatiker fotograf filmemacher journalist \
redakteur lektor drucker grafiker designer texter uebersetzer dolmetscher buchhaendler buchbinder kaufmann kauffrau \
mechaniker mechatroniker automechaniker fahrlehrer taxifahrer busfahrer spediteur bestatter steinmetz \
schornsteinfeger polizist feuerwehrmann feuerwehrfrau feuerwehrleute hausmeister gebaeudereiniger yogalehrer \
tanzlehrer musiklehrer musiker schauspieler kuenstler bildhauer toepfer keramiker clown zauberer reitlehrer \
tierpfleger landschaftsbauer raumausstatter schaedlingsbekaempfer hotelier gastronom trainer barista saenger";

#[cfg(test)]
mod tests {
    use super::*;

    fn branches(text: &str) -> Vec<(&'static str, f32)> {
        named(text).iter().map(|trade| (trade.branch.as_str(), trade.sure)).collect()
    }

    #[test]
    fn who_is_wanted_is_told_by_the_trade() {
        assert_eq!(branches("Eine Bäckerin, die von ihrem Beruf erzählt"), [("bakery", 1.0)]);
        assert_eq!(
            branches("Fahrlehrer, der mit unseren Frauen die Theoriefragen übt"),
            [("driving_school", 1.0)]
        );
        assert_eq!(branches("Wir suchen einen Imker"), [("beekeeper", 1.0)]);
        assert_eq!(branches("Wir suchen eine Gebärdensprachdolmetscherin"), [("translator", 0.5)]);
    }

    #[test]
    fn who_is_spoken_of_is_not_wanted() {
        for text in
            ["Unser Bäcker hat zugemacht", "Gutscheine für den Friseur", "Der Drucker druckt nicht", "Kinder"]
        {
            assert!(branches(text).is_empty(), "{text}: {:?}", branches(text));
        }
    }

    #[test]
    fn a_name_is_no_trade() {
        assert_eq!(told_by("Café Kulisse").as_deref(), Some("Café"));
        assert_eq!(told_by("Herzenszeit"), None);
    }

    #[test]
    fn a_near_trade_is_worth_less() {
        let trades = named("Eine Bäckerin, die erzählt");
        let of = |branch: &str| met(&trades, &branch.parse().expect("a branch"));
        assert!(of("bakery") > of("cafe") && of("notary") <= 0.0);
    }
}
