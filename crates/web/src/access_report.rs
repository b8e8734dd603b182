//! The access report in the reader's language: what `kiez_app` found, as sentences and labels, ready to be written down.

use crate::paper::blank;
use jiff::civil::Date;
use kiez_app::access_report::{Access, Field, Origin, Record, Report, Section, document};
use kiez_app::paper::{Block, Paper};
use kiez_domain::instant::Instant;
use kiez_domain::project::Project;
use kiez_words::{Args, Locale, Words, register, times};
use serde_json::Value as Json;

/// Columns that hold a moment.
const MOMENTS: [&str; 12] = [
    "at",
    "recorded_at",
    "expires_at",
    "revoked_at",
    "created_at",
    "updated_at",
    "removed_at",
    "resolved_at",
    "due_at",
    "good_until",
    "claimed_at",
    "ended_at",
];

/// The report, ready to be written as a page or as data.
#[must_use]
pub fn said(locale: Locale, project: &Project, report: &Report) -> document::AccessReport {
    let words = Words::of(locale);
    let named = |key: &str| words.with(key, &Args::new().with("name", report.name.as_str()));
    let carrier = project.data.carrier.as_ref().map(ToString::to_string);
    let missing = || {
        words.with("report-controller-missing", &Args::new().with("project", project.data.name.to_string()))
    };
    document::AccessReport {
        lang: locale.tag().to_owned(),
        title: named("report-title"),
        lead: vec![named("report-lead"), words.text("report-lead-more")],
        facts: vec![
            (words.text("report-made"), times::moment(locale, report.at)),
            (words.text("report-project"), project.data.name.to_string()),
            (words.text("report-controller"), carrier.unwrap_or_else(missing)),
        ],
        activity_labels: ["why", "basis", "until", "who"].map(|key| words.text(&format!("processing-{key}"))),
        sections: report.sections.iter().map(|one| section(locale, one)).collect(),
        recipients_title: words.text("report-recipients"),
        recipients: recipients(locale, report),
        logic_title: words.text("report-logic"),
        logic: ["report-logic-1", "report-logic-2", "report-logic-3"].map(|key| words.text(key)).into(),
        rights_title: words.text("report-rights"),
        rights: vec![words.text("report-rights-text")],
    }
}

/// The report on paper: everything that its page shows, in the same order.
#[must_use]
pub fn sheet(locale: Locale, project: &Project, (report, today): (&document::AccessReport, Date)) -> Paper {
    let mut blocks: Vec<Block> = report.lead.iter().map(|text| Block::Text { text: text.clone() }).collect();
    blocks.push(Block::Facts { rows: report.facts.clone() });
    for section in &report.sections {
        blocks.push(Block::Heading { text: section.heading.clone() });
        blocks.extend(section.activities.iter().map(|one| purpose(&report.activity_labels, one)));
        blocks.extend(section.records.iter().flat_map(row));
    }
    blocks.push(Block::Heading { text: report.recipients_title.clone() });
    blocks.push(Block::List { points: report.recipients.clone() });
    for (title, said) in [(&report.logic_title, &report.logic), (&report.rights_title, &report.rights)] {
        blocks.push(Block::Heading { text: title.clone() });
        blocks.extend(said.iter().map(|text| Block::Text { text: text.clone() }));
    }
    Paper { title: report.title.clone(), blocks, ..blank(locale, project, today) }
}

fn purpose(labels: &[String; 4], one: &document::Activity) -> Block {
    let said = labels.iter().zip([&one.purpose, &one.basis, &one.until, &one.who]);
    let said: Vec<String> = said.map(|(label, words)| format!("{label}: {words}")).collect();
    Block::Text { text: said.join("\n") }
}

/// What is filled of a row, each value with where it came from, and what only the program needs in one line below.
fn row(record: &document::Record) -> Vec<Block> {
    let (small, told): (Vec<_>, Vec<_>) =
        record.fields.iter().filter(|field| !field.value.is_empty()).partition(|field| field.technical);
    let mut blocks: Vec<Block> =
        record.source.iter().map(|text| Block::Text { text: text.clone() }).collect();
    if !told.is_empty() {
        let said =
            |field: &&document::Field| (field.label.clone(), format!("{}\n({})", field.value, field.source));
        blocks.push(Block::Facts { rows: told.iter().map(said).collect() });
    }
    if !small.is_empty() {
        let small: Vec<String> =
            small.iter().map(|field| format!("{}: {}", field.label, field.value)).collect();
        blocks.push(Block::Text { text: small.join(" · ") });
    }
    blocks
}

fn recipients(locale: Locale, report: &Report) -> Vec<String> {
    let words = Words::of(locale);
    let public = report.published.then_some("report-recipient-public");
    let usual = ["report-recipient-team", "report-recipient-processor", "report-recipient-third"];
    let mut lines: Vec<String> = public.into_iter().chain(usual).map(|key| words.text(key)).collect();
    lines.extend(report.accesses.iter().map(|access| {
        let args = Args::new()
            .with("when", times::moment(locale, access.at))
            .with("what", what(locale, access))
            .with("who", who(locale, access));
        words.with("report-recipient-access", &args)
    }));
    lines
}

/// What somebody did, in words.
pub(crate) fn what(locale: Locale, access: &Access) -> String {
    let words = Words::of(locale);
    let exact = format!("access-{}-{}", access.action, access.resource);
    if words.has(&exact) {
        return words.text(&exact);
    }
    let noun = format!("noun-{}", access.noun);
    let noun = words.text(if words.has(&noun) { &noun } else { "noun-other" });
    let action = format!("access-{}", access.action);
    let key = if words.has(&action) { action.as_str() } else { "access-other" };
    words.with(key, &Args::new().with("noun", noun).with("action", access.action.as_str()))
}

/// Who it was, as far as the trail may still say it.
pub(crate) fn who(locale: Locale, access: &Access) -> String {
    let words = Words::of(locale);
    let role = words.text(&format!("role-{}", access.role.name()));
    match (&access.name, access.is_unnamed) {
        (Some((_, name)), _) => format!("{name}, {role}"),
        (None, true) => words.text("accesses-shell"),
        (None, false) => format!("{role}, {}", words.text("accesses-forgotten")),
    }
}

fn section(locale: Locale, section: &Section) -> document::Section {
    let words = Words::of(locale);
    let heading = format!("processing-table-{}", section.table.replace('_', "-"));
    let activity = |group: &&kiez_app::access_report::Group| document::Activity {
        purpose: register::sentence(locale, &group.purpose),
        basis: register::sentence(locale, &group.basis),
        until: register::sentence(locale, &group.deletion),
        who: register::sentence(locale, &group.visibility),
    };
    document::Section {
        table: section.table.to_owned(),
        heading: if words.has(&heading) { words.text(&heading) } else { section.table.to_owned() },
        activities: section.activities.iter().map(activity).collect(),
        records: section.records.iter().map(|one| record(locale, one)).collect(),
    }
}

fn record(locale: Locale, record: &Record) -> document::Record {
    let source = record.import.as_ref().map(|(_, files, at)| {
        let args = Args::new().with("day", times::day(locale, at.day())).with("files", files.join(", "));
        Words::of(locale).with("report-source-import", &args)
    });
    document::Record { source, fields: record.fields.iter().map(|one| field(locale, one)).collect() }
}

fn field(locale: Locale, field: &Field) -> document::Field {
    let words = Words::of(locale);
    document::Field {
        column: field.column.clone(),
        label: label(words, &field.column),
        value: value(locale, &field.column, &field.value),
        source: words.text(&format!("report-origin-{}", field.origin.name())),
        technical: field.origin == Origin::Program,
    }
}

fn label(words: &Words, column: &str) -> String {
    let keys = [format!("datum-{column}"), format!("field-{column}")];
    let known = keys.iter().find(|key| words.has(key));
    known.map_or_else(|| column.to_owned(), |key| words.text(key))
}

/// Words of closed lists are said, moments and days are dates, everything else stands as it is stored.
fn value(locale: Locale, column: &str, value: &Json) -> String {
    let words = Words::of(locale);
    match value {
        Json::Null => String::new(),
        Json::Bool(yes) => words.text(if *yes { "report-yes" } else { "report-no" }),
        Json::Number(number) if MOMENTS.contains(&column) => {
            times::moment(locale, Instant(number.as_i64().unwrap_or(0)))
        }
        Json::String(text) => spoken(locale, column, text).unwrap_or_else(|| text.clone()),
        other => other.to_string(),
    }
}

/// What a stored word is called; nothing where it stands for itself.
fn spoken(locale: Locale, column: &str, text: &str) -> Option<String> {
    let words = Words::of(locale);
    let language = locale.label_language();
    let key = match column {
        "visibility" | "said" => format!("report-{column}-{text}"),
        "stage" | "side" | "medium" | "state" | "role" => format!("{column}-{text}"),
        "purpose" if words.has(&format!("purpose-{text}")) => format!("purpose-{text}"),
        "act" => format!("report-act-{text}"),
        "channel" => format!("heard-{text}"),
        "action" => format!("link-action-{text}"),
        "did" => format!("did-{text}"),
        "used_as" => format!("use-{text}"),
        "branch" => return text.parse().ok().map(|branch| kiez_app::kind::branch_label(&branch, language)),
        "basis" => format!("mail-basis-{text}"),
        "kind" if words.has(&format!("mail-kind-{text}")) => format!("mail-kind-{text}"),
        "kind" => return text.parse().ok().map(|kind| kiez_app::kind::label(&kind, language)),
        "told_on" | "again_on" | "until" | "left_on" | "informed_on" | "observed_on" | "said_on" => {
            return text.parse().ok().map(|day| times::day(locale, day));
        }
        "languages" => {
            let tags: Vec<String> = serde_json::from_str(text).ok()?;
            let tags: Option<Vec<_>> = tags.iter().map(|tag| tag.parse().ok()).collect();
            return tags.map(|tags| kiez_words::language::names(locale, &tags));
        }
        _ => return None,
    };
    words.has(&key).then(|| words.text(&key))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn values_are_said_where_they_are_words_of_the_program() {
        let said = |column: &str, json: Json| value(Locale::German, column, &json);
        assert_eq!(said("stage", "participating".into()), "macht mit");
        assert_eq!(said("visibility", "internal".into()), "nur für die Koordination");
        assert_eq!(said("name", "yes".into()), "yes", "a name is a name");
        assert_eq!(said("published", true.into()), "ja");
        assert_eq!(said("created_at", 1_772_436_600_000_i64.into()), "02.03.2026, 08:30");
        assert_eq!(said("note", Json::Null), "");
        assert_eq!(said("told_on", "2026-03-02".into()), "02.03.2026");
        assert_eq!(said("languages", "[\"de\",\"tr\"]".into()), "Deutsch, Türkisch");
        assert_eq!(said("branch", "bakery".into()), "Bäckerei");
        assert_eq!(said("purpose", "web".into()), "Webseiten, Karte, offene Daten");
        assert_eq!(said("act", "withdrawn".into()), "zurückgenommen");
        assert_eq!(said("channel", "link".into()), "über einen Link");
        assert_eq!(said("action", "my_page".into()), "Ihre Seite");
        assert_eq!(said("did", "objected".into()), "widersprochen");
        assert_eq!(said("branch", "no branch of ours".into()), "no branch of ours");
    }

    #[test]
    fn a_row_on_paper_says_what_is_filled_with_where_it_came_from() {
        let field = |label: &str, value: &str, technical| document::Field {
            column: label.into(),
            label: label.into(),
            value: value.into(),
            source: "aus einer Datei".into(),
            technical,
        };
        let fields = vec![field("Name", "Ayşe", false), field("Notiz", "", false), field("id", "0198", true)];
        let record = document::Record { source: Some("Aus einem Import".into()), fields };
        let text = |text: &str| Block::Text { text: text.to_owned() };
        let facts = Block::Facts { rows: vec![("Name".into(), "Ayşe\n(aus einer Datei)".into())] };
        assert_eq!(row(&record), [text("Aus einem Import"), facts, text("id: 0198")]);
        assert_eq!(row(&document::Record { source: None, fields: Vec::new() }), []);
    }

    #[test]
    fn every_column_that_may_hold_something_about_people_has_a_label() {
        let tables = [
            "actor",
            "person",
            "contact_channel",
            "need",
            "offer",
            "idea",
            "consent",
            "action_link",
            "action_link_use",
            "competence",
            "answer",
            "verdict",
            "premises",
            "membership",
            "restriction",
            "outbox",
            "provenance",
            "import_change",
            "difference",
        ];
        for locale in [Locale::German, Locale::English] {
            let words = Words::of(locale);
            for group in
                kiez_app::access_report::groups().iter().filter(|g| tables.contains(&g.table.as_str()))
            {
                for column in group.columns.iter().filter(|_| group.category != "secret") {
                    assert_ne!(label(words, column), *column, "{locale:?}: {}.{column}", group.table);
                }
            }
        }
    }
}
