//! German words put aside their spelling, gender, inflection and composition; tables of what must fall together and
//! what must stay apart.

use kiez_engine::text::compound::Dictionary;
use kiez_engine::text::fold::{fold, root};
use kiez_engine::text::language::{TextLanguage, guess};
use kiez_engine::text::phrase;
use kiez_engine::text::stem::{Stems, folded_word};
use kiez_engine::text::token::tokens;
use kiez_engine::text::verb::Verbs;

/// The stems of the words of a text.
fn stems_of(text: &str) -> Vec<String> {
    let stems = Stems::new();
    tokens(text).iter().map(|token| stems.german(token.written)).collect()
}

#[test]
fn folding_knows_every_spelling_of_an_umlaut() {
    for (written, folded) in [
        ("ÄÖÜ", "aeoeue"),
        ("a\u{308}o\u{308}u\u{308}", "aeoeue"),
        ("Straße", "strasse"),
        ("STRAẞE", "strasse"),
        ("Café", "cafe"),
        ("Señor", "senor"),
        ("Łódź", "łodz"),
        ("Kadıköy", "kadıkoey"),
        ("مرحبا", "مرحبا"),
        ("", ""),
    ] {
        assert_eq!(fold(written), folded, "{written}");
    }
}

#[test]
fn the_root_takes_umlauts_back_but_not_what_only_looks_like_one() {
    for (one, other) in [("Häuser", "Hausern"), ("Bäume", "Baume"), ("Töpfe", "Topfe"), ("Mütter", "Mutter")]
    {
        assert!(root(&fold(other)).starts_with(&root(&fold(one))), "{one} and {other}");
    }
    for kept in ["bauen", "steuer", "quelle", "feuer", "neue", "trauer"] {
        assert_eq!(root(kept), kept);
    }
}

#[test]
fn every_way_to_write_both_genders_is_one_word() {
    let plain = stems_of("Erzieher");
    for written in [
        "Erzieherin",
        "Erzieherinnen",
        "Erzieher:in",
        "Erzieher:innen",
        "Erzieher*innen",
        "Erzieher_innen",
        "Erzieher/in",
        "Erzieher/innen",
        "Erzieher/-innen",
        "Erzieher(innen)",
        "ErzieherIn",
        "ErzieherInnen",
        "Erziehern",
        "ERZIEHER",
    ] {
        assert_eq!(stems_of(written), plain, "{written}");
    }
}

#[test]
fn gender_endings_are_not_seen_where_there_are_none() {
    for (one, other) in [("Termin", "Term"), ("Medizin", "Mediz"), ("Kabine", "Kab"), ("Magazin", "Magaz")] {
        assert_ne!(stems_of(one), stems_of(other), "{one} and {other}");
    }
    let words: Vec<&str> = tokens("Raum:innen und außen").iter().map(|token| token.written).collect();
    assert_eq!(words.last(), Some(&"außen"));
}

#[test]
fn forms_of_one_word_have_one_stem() {
    for forms in [
        "Stuhl Stühle Stühlen Stuhls",
        "Buch Bücher Büchern",
        "Garten Gärten",
        "Wand Wände Wänden",
        "Fahrrad Fahrräder Fahrrädern",
        "Werkzeug Werkzeuge Werkzeugen",
        "Spende Spenden",
        "Vertrag Verträge Verträgen Vertrages",
        "renovieren Renovierung Renovierungen renoviert",
        "Anwalt Anwältin Anwältinnen Anwälte",
        "Messer Messern Messers",
        "Reise Reisen",
        "Lager Lagern Lagers",
    ] {
        let mut all = stems_of(forms);
        all.dedup();
        assert_eq!(all.len(), 1, "{forms}: {all:?}");
    }
}

#[test]
fn words_that_only_look_alike_stay_apart() {
    for pair in [
        "Kuchen Küche",
        "fordern fördern",
        "Messer Messe",
        "wandern Wand",
        "Reise Reis",
        "Lager Lage",
        "Schale Schal",
        "Roller Rolle",
        "Keller Kelle",
        "Noten Not",
        "drucken drücken",
        "zahlen zählen",
        "schon schön",
    ] {
        let stems = stems_of(pair);
        assert_ne!(stems[0], stems[1], "{pair}");
    }
}

#[test]
fn participles_and_torn_verbs_lead_to_their_infinitive() {
    let mut verbs = Verbs::new();
    for verb in
        ["streichen", "abholen", "holen", "tragen", "aufräumen", "räumen", "vorlesen", "lesen", "anbieten"]
    {
        verbs.learn(verb);
    }
    for (form, infinitive) in [
        ("gestrichen", "streichen"),
        ("abgeholt", "abholen"),
        ("abzuholen", "abholen"),
        ("aufgeräumt", "aufraeumen"),
        ("vorgelesen", "vorlesen"),
        ("vorzulesen", "vorlesen"),
        ("getragen", "tragen"),
    ] {
        assert_eq!(verbs.infinitive(&folded_word(form)).as_deref(), Some(infinitive), "{form}");
    }
    for (verb, particle, joined) in [("holt", "ab", "abholen"), ("räumen", "auf", "aufraeumen")] {
        let found = verbs.joined(&folded_word(verb), particle);
        assert_eq!(found.as_deref(), Some(joined), "{verb} … {particle}");
    }
    assert_eq!(verbs.infinitive("gebirge"), None);
    assert_eq!(verbs.joined("holt", "morgen"), None);
}

fn dictionary(stems: &Stems) -> Dictionary {
    let mut dictionary = Dictionary::default();
    for word in [
        "Holz",
        "Rest",
        "Stuhl",
        "Büro",
        "Sommer",
        "Fest",
        "Zelt",
        "Musik",
        "Instrument",
        "Fahrrad",
        "Werkstatt",
        "Nachbarschaft",
        "Hilfe",
        "Kind",
        "Garten",
        "Arbeit",
        "Platz",
        "malen",
        "Kurs",
        "Wand",
        "Farbe",
    ] {
        dictionary.add(stems, word);
    }
    dictionary.add_whole(stems, "Kindergarten");
    dictionary
}

#[test]
fn compounds_are_cut_with_every_joint() {
    let stems = Stems::new();
    let dictionary = dictionary(&stems);
    for (compound, parts) in [
        ("Holzreste", "Holz Rest"),
        ("Bürostühle", "Büro Stuhl"),
        ("Sommerfest", "Sommer Fest"),
        ("Festzelt", "Fest Zelt"),
        ("Musikinstrumente", "Musik Instrument"),
        ("Fahrradwerkstatt", "Fahrrad Werkstatt"),
        ("Nachbarschaftshilfe", "Nachbarschaft Hilfe"),
        ("Kindergartenplatz", "Kindergarten Platz"),
        ("Arbeitsplatz", "Arbeit Platz"),
        ("Malkurs", "malen Kurs"),
        ("Wandfarbe", "Wand Farbe"),
    ] {
        let found: Vec<String> =
            dictionary.split(&stems, &folded_word(compound)).into_iter().map(|part| part.stem).collect();
        for part in parts.split(' ').filter(|part| *part != "Kindergarten") {
            assert!(found.contains(&stems.german(part)), "{compound}: {found:?} has no {part}");
        }
    }
}

#[test]
fn the_head_of_a_compound_counts_more_than_its_modifier() {
    let stems = Stems::new();
    for compound in ["sommerfest", "wandfarbe", "holzstuhl", "fahrradwerkstatt"] {
        let parts = dictionary(&stems).split(&stems, compound);
        assert_eq!(parts.len(), 2, "{compound}: {parts:?}");
        assert!(parts[1].weight > parts[0].weight, "{compound}: {parts:?}");
    }
}

#[test]
fn what_is_no_compound_stays_whole() {
    let stems = Stems::new();
    for word in ["kindergarten", "holz", "xylophon", "ho", "", "42"] {
        assert!(dictionary(&stems).split(&stems, word).is_empty(), "{word}");
    }
}

#[test]
fn a_word_added_twice_or_with_a_rival_keeps_its_first_stem() {
    let stems = Stems::new();
    let mut dictionary = Dictionary::default();
    // `Bart` and `Bar` + t: the form that both would claim stays with whoever was first.
    dictionary.add(&stems, "Platz");
    dictionary.add(&stems, "Fest");
    let before = dictionary.split(&stems, "festplatz");
    dictionary.add(&stems, "Fest");
    dictionary.add(&stems, "Platz");
    assert_eq!(dictionary.split(&stems, "festplatz"), before);
    assert_eq!(before.len(), 2);
}

#[test]
fn the_wish_counts_more_than_whom_it_is_for() {
    for (text, wish, other) in [
        ("Möbel für das Frauenhaus", "Möbel", "Frauenhaus"),
        ("Farbe für den Flur", "Farbe", "Flur"),
        ("Bücher von unserer Bibliothek", "Bücher", "Bibliothek"),
        ("Stühle im Saal", "Stühle", "Saal"),
    ] {
        let tokens = tokens(text);
        let weights = phrase::weights(&tokens);
        let of = |word: &str| {
            weights[tokens.iter().position(|token| token.written == word).expect("a word of the text")]
        };
        assert!(of(wish) > of(other), "{text}");
        assert!(of(other) > 0.0, "{text}: whom it is for still counts");
    }
}

#[test]
fn behind_a_stop_a_new_wish_begins() {
    let text = tokens("Möbel für das Frauenhaus, Lampen");
    let weights = phrase::weights(&text);
    assert_eq!(weights.first(), weights.last());
}

#[test]
fn small_words_tell_the_language() {
    for german in ["Wir suchen Stühle", "Hilfe beim Umzug", "IT", "", "Catering für das Fest", "und the"] {
        assert_eq!(guess(german), TextLanguage::German, "{german}");
    }
    for english in ["We are looking for chairs", "help with the garden", "Who can fix our website?"] {
        assert_eq!(guess(english), TextLanguage::English, "{english}");
    }
}
