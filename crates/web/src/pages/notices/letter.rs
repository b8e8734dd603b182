//! The letter to somebody who did not give their data themselves.

use crate::paper::{blank, controller};
use jiff::civil::Date;
use kiez_app::notice::Letter;
use kiez_app::paper::{Block, Paper};
use kiez_domain::project::Project;
use kiez_words::{Args, Locale, Words, register, times};

/// Everything that Art. 14 GDPR asks for, on one sheet where it fits.
pub(crate) fn of(locale: Locale, project: &Project, letter: &Letter, today: Date) -> Paper {
    let words = Words::of(locale);
    let person = &letter.known.person;
    let text = |key: &str, args: &Args<'_>| Block::Text { text: words.with(key, args) };
    let heading = |key: &str| Block::Heading { text: words.text(key) };
    let carrier = controller(locale, project);
    let with = |name, value: &str| Args::new().with(name, value.to_owned());
    let greeting = with("name", person.name.as_str());
    let who = with("project", project.data.name.as_str()).with("carrier", carrier);
    Paper {
        title: words.text("letter-title"),
        address: address(letter),
        blocks: vec![
            Block::Text { text: times::day(locale, today) },
            text("letter-greeting", &greeting),
            text("letter-why", &who),
            heading("letter-stored"),
            Block::Facts { rows: stored(locale, letter) },
            heading("letter-use"),
            Block::List { points: letter.activities.iter().map(|group| activity(locale, group)).collect() },
            text("letter-who", &Args::new()),
            heading("letter-rights"),
            Block::List {
                points: (1..=5).map(|right| words.text(&format!("letter-right-{right}"))).collect(),
            },
            text("letter-object", &Args::new()),
            text("letter-close", &who),
        ],
        ..blank(locale, project, today)
    }
}

fn address(letter: &Letter) -> Vec<String> {
    let known = &letter.known;
    let join = |parts: [Option<String>; 2]| parts.into_iter().flatten().collect::<Vec<_>>().join(" ");
    let said = |line: &Option<kiez_domain::text::Line>| line.as_ref().map(ToString::to_string);
    let address = &known.address;
    let lines = [
        known.actor_name.clone(),
        known.person.name.to_string(),
        join([said(&address.street), said(&address.house_number)]),
        join([said(&address.postcode), said(&address.city)]),
    ];
    lines.into_iter().filter(|line| !line.is_empty()).collect()
}

/// What stands about the person, each with its name.
fn stored(locale: Locale, letter: &Letter) -> Vec<(String, String)> {
    let words = Words::of(locale);
    let person = &letter.known.person;
    let mut rows = vec![(words.text("letter-name"), person.name.to_string())];
    if let Some(function) = &person.function {
        rows.push((words.text("letter-function"), function.to_string()));
    }
    rows.push((words.text("letter-actor"), letter.known.actor_name.clone()));
    for channel in &letter.channels {
        let medium = words.text(&format!("medium-{}", channel.medium.name().replace('_', "-")));
        rows.push((medium, channel.value.to_string()));
    }
    rows.push((words.text("letter-noted"), times::day(locale, letter.known.noted.day())));
    rows
}

fn activity(locale: Locale, group: &kiez_app::processing::Group) -> String {
    let said = |sentence: &str| register::sentence(locale, sentence);
    let args = Args::new()
        .with("why", said(&group.purpose))
        .with("basis", said(&group.basis))
        .with("until", said(&group.deletion));
    Words::of(locale).with("letter-activity", &args)
}
