//! Mail in the words of the program: the same sentences as the pages, in the language of whom it goes to.

use crate::pages::notices;
use kiez_app::message::delivery::{Told, Wording};
use kiez_app::notice::Letter;
use kiez_app::paper::Block;
use kiez_domain::language::LanguageTag;
use kiez_domain::message::MessageKind;
use kiez_domain::project::Project;
use kiez_words::{Args, Locale, Words, times};

/// Writes every message from the locale files.
pub struct Letters;

impl Wording for Letters {
    fn write(&self, told: &Told<'_>) -> (String, String) {
        let locale = locale_of(told.language);
        let words = Words::of(locale);
        let project = told.project.unwrap_or("Kiezgrößen");
        let (device, change) = match (told.kind, told.detail) {
            (MessageKind::AccessChanged, Some(change)) => {
                (String::new(), words.text(&format!("mail-change-{change}")))
            }
            (_, Some(device)) => (device.to_owned(), String::new()),
            (_, None) => (words.text("mail-device-unknown"), String::new()),
        };
        let args = Args::new()
            .with("name", told.name)
            .with("project", project)
            .with("link", told.link.unwrap_or_default())
            .with("house", told.house)
            .with("device", device)
            .with("who", told.detail.unwrap_or_default())
            .with("change", change)
            .with("notice", told.notice.map(|about| noted(locale, told, about)).unwrap_or_default())
            .with("at", times::moment(locale, told.at));
        let subject = words.with(&format!("mail-subject-{}", told.kind), &args);
        let mut body = words.with(&format!("mail-body-{}", told.kind), &args);
        body.push('\n');
        (subject, body)
    }
}

/// The letter about what is stored, as its paper says it, in plain text. Greeting and close are the mail's own.
fn noted(locale: Locale, told: &Told<'_>, (project, letter): (&Project, &Letter)) -> String {
    let paper = notices::letter::of(locale, project, letter, told.at.day());
    let (skip, last) = (2, paper.blocks.len().saturating_sub(1));
    let blocks = paper.blocks.get(skip..last).unwrap_or_default();
    blocks.iter().map(plain).collect::<Vec<_>>().join("\n\n")
}

fn plain(block: &Block) -> String {
    let lines = |lines: Vec<String>| lines.join("\n");
    match block {
        Block::Heading { text } => format!("{text}:"),
        Block::Text { text } => text.clone(),
        Block::Facts { rows } => {
            lines(rows.iter().map(|(name, value)| format!("  {name}: {value}")).collect())
        }
        Block::List { points } => lines(points.iter().map(|point| format!("- {point}")).collect()),
        Block::Table { rows, .. } => lines(rows.iter().map(|row| row.join(" · ")).collect()),
        Block::Picture { alternative, .. } => alternative.clone(),
    }
}

/// The language of a letter; German where the program does not speak the one that is wanted.
fn locale_of(language: &LanguageTag) -> Locale {
    Locale::SPOKEN.into_iter().find(|locale| locale.tag() == language.primary()).unwrap_or(Locale::German)
}

#[cfg(test)]
mod tests {
    use super::*;
    use kiez_domain::instant::Instant;
    use kiez_domain::message::AccessChange;

    fn told(kind: MessageKind, language: &LanguageTag, detail: Option<&str>) -> (String, String) {
        let carries = kind.carries_link() || kind.carries_own_page();
        let link = carries.then_some("https://kiez.example/link/0123");
        Letters.write(&Told {
            kind,
            language,
            name: "Jonas",
            project: None,
            detail,
            at: Instant(1_772_442_000_000),
            house: "https://kiez.example",
            link,
            notice: None,
        })
    }

    #[test]
    fn every_message_has_its_words_in_every_language() {
        for language in ["de", "en", "en-GB", "tr"] {
            let language = language.parse().expect("a language");
            for kind in MessageKind::all() {
                let change = AccessChange::Password.name();
                let (subject, body) = told(kind, &language, Some(change));
                assert!(!subject.starts_with('[') && !subject.contains('\n'), "{kind}: {subject}");
                assert!(!body.contains('[') && !body.contains('{'), "{kind}: {body}");
                assert!(body.contains("Jonas") && body.ends_with("https://kiez.example\n"), "{kind}: {body}");
                let carries = kind.carries_link() || kind.carries_own_page();
                assert_eq!(body.contains("/link/0123"), carries, "{kind}: {body}");
                let is_german = language.primary() != "en";
                assert_eq!(body.starts_with("Guten Tag"), is_german, "{kind} {language}: {body}");
            }
            for change in AccessChange::all() {
                let (_, body) = told(MessageKind::AccessChanged, &language, Some(change.name()));
                assert!(!body.contains("[mail-change"), "{change}: {body}");
            }
            let (_, body) = told(MessageKind::NewDevice, &language, None);
            assert!(body.contains("ohne Namen") || body.contains("without a name"), "{body}");
        }
    }
}
