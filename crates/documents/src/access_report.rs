//! What is stored about somebody, written down to be handed over: as a page that prints, and as data.
//!
//! Every value comes ready in the reader's language; nothing is looked up here.

use serde::Serialize;
use std::fmt::Write as _;

/// The whole report.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct AccessReport {
    /// Language of every sentence, as a tag.
    pub lang: String,
    /// Its title.
    pub title: String,
    /// What it is, paragraph by paragraph.
    pub lead: Vec<String>,
    /// Who answers for it, when it was made, and more of the kind: label and value.
    pub facts: Vec<(String, String)>,
    /// What purpose, basis, period and those who see it are called.
    pub activity_labels: [String; 4],
    /// What is stored.
    pub sections: Vec<Section>,
    /// Heading of the next.
    pub recipients_title: String,
    /// Who has received something or can see it, line by line.
    pub recipients: Vec<String>,
    /// Heading of the next.
    pub logic_title: String,
    /// How suggestions come about, paragraph by paragraph.
    pub logic: Vec<String>,
    /// Heading of the next.
    pub rights_title: String,
    /// What one can ask for, paragraph by paragraph.
    pub rights: Vec<String>,
}

/// The rows of one kind.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Section {
    /// What they are called in the program.
    pub table: String,
    /// What they are called.
    pub heading: String,
    /// What they are for.
    pub activities: Vec<Activity>,
    /// The rows.
    pub records: Vec<Record>,
}

/// What some columns are for.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Activity {
    /// Purpose.
    pub purpose: String,
    /// Legal basis.
    pub basis: String,
    /// Until when.
    pub until: String,
    /// Who sees it.
    pub who: String,
}

/// One row.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Record {
    /// Where it came from, in a sentence.
    pub source: Option<String>,
    /// Its values.
    pub fields: Vec<Field>,
}

/// One value.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Field {
    /// What the column is called in the program.
    pub column: String,
    /// What it is called.
    pub label: String,
    /// What stands there.
    pub value: String,
    /// Where it came from.
    pub source: String,
    /// Keeps the program in order and says nothing about anybody: small print.
    pub technical: bool,
}

const STYLE: &str = "body{font:16px/1.5 Georgia,serif;max-width:46rem;margin:2rem auto;padding:0 1rem;color:#1a1a1a}\
h1{font-size:1.7rem;line-height:1.2}h2{font-size:1.25rem;margin-top:2rem;border-top:1px solid #999;padding-top:.6rem}\
dl{display:grid;grid-template-columns:12rem 1fr;gap:.15rem 1rem;margin:.6rem 0}dt{color:#555}dd{margin:0;overflow-wrap:anywhere}\
.why{color:#444;font-size:.9rem}.from{color:#555;font-size:.85rem}.small{font-size:.8rem;color:#555;overflow-wrap:anywhere}\
.record{border-left:3px solid #ccc;padding-left:.8rem;margin:1rem 0;break-inside:avoid}\
@media(max-width:34rem){dl{grid-template-columns:1fr}dt{margin-top:.4rem}}@media print{body{margin:0;font-size:11pt}h2{break-after:avoid}}";

/// The report as data: everything in it, also what the page has in small print.
#[must_use]
pub fn to_json(report: &AccessReport) -> String {
    serde_json::to_string_pretty(report).unwrap_or_default() + "\n"
}

/// The report as one page that needs nothing else.
#[must_use]
pub fn to_html(report: &AccessReport) -> String {
    let mut page = format!(
        "<!doctype html>\n<html lang=\"{}\"><head><meta charset=\"utf-8\"><meta name=\"viewport\" content=\"width=device-width\">\
         <meta name=\"robots\" content=\"noindex\"><title>{}</title><style>{STYLE}</style></head><body>\n",
        escaped(&report.lang),
        escaped(&report.title)
    );
    put(&mut page, format_args!("<h1>{}</h1>\n", escaped(&report.title)));
    paragraphs(&mut page, &report.lead);
    page.push_str("<dl>");
    for (label, value) in &report.facts {
        put(&mut page, format_args!("<dt>{}</dt><dd>{}</dd>", escaped(label), escaped(value)));
    }
    page.push_str("</dl>\n");
    for section in &report.sections {
        put_section(&mut page, &report.activity_labels, section);
    }
    put(&mut page, format_args!("<h2>{}</h2>\n<ul>", escaped(&report.recipients_title)));
    for line in &report.recipients {
        put(&mut page, format_args!("<li>{}</li>", escaped(line)));
    }
    page.push_str("</ul>\n");
    for (title, words) in [(&report.logic_title, &report.logic), (&report.rights_title, &report.rights)] {
        put(&mut page, format_args!("<h2>{}</h2>\n", escaped(title)));
        paragraphs(&mut page, words);
    }
    page + "</body></html>\n"
}

fn put_section(page: &mut String, labels: &[String; 4], section: &Section) {
    put(page, format_args!("<h2>{}</h2>\n", escaped(&section.heading)));
    for activity in &section.activities {
        let Activity { purpose, basis, until, who } = activity;
        let said = labels.iter().zip([purpose, basis, until, who]);
        let said: Vec<String> =
            said.map(|(label, words)| format!("<b>{}:</b> {}", escaped(label), escaped(words))).collect();
        let words = said.join(" · ");
        put(page, format_args!("<p class=\"why\">{words}</p>\n"));
    }
    for record in &section.records {
        page.push_str("<div class=\"record\">");
        if let Some(source) = &record.source {
            put(page, format_args!("<p class=\"from\">{}</p>", escaped(source)));
        }
        page.push_str("<dl>");
        for field in record.fields.iter().filter(|field| !field.technical && !field.value.is_empty()) {
            let (label, value) = (escaped(&field.label), escaped(&field.value));
            let source = escaped(&field.source);
            put(
                page,
                format_args!("<dt>{label}</dt><dd>{value} <span class=\"from\">({source})</span></dd>"),
            );
        }
        page.push_str("</dl>");
        let small = record.fields.iter().filter(|field| field.technical && !field.value.is_empty());
        let small: Vec<String> =
            small.map(|field| format!("{}: {}", escaped(&field.label), escaped(&field.value))).collect();
        put(page, format_args!("<p class=\"small\">{}</p></div>\n", small.join(" · ")));
    }
}

fn paragraphs(page: &mut String, words: &[String]) {
    for words in words {
        put(page, format_args!("<p>{}</p>\n", escaped(words)));
    }
}

fn put(page: &mut String, words: std::fmt::Arguments<'_>) {
    page.write_fmt(words).expect("writing to memory cannot fail");
}

fn escaped(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;").replace('"', "&quot;")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn report() -> AccessReport {
        let field = |column: &str, value: &str, technical| Field {
            column: column.into(),
            label: column.to_uppercase(),
            value: value.into(),
            source: "aus einer Datei".into(),
            technical,
        };
        let record = Record {
            source: None,
            fields: vec![
                field("name", "Ayşe <script>", false),
                field("note", "", false),
                field("id", "0198", true),
            ],
        };
        let activity = Activity {
            purpose: "wozu".into(),
            basis: "Grundlage".into(),
            until: "bis".into(),
            who: "wer".into(),
        };
        AccessReport {
            lang: "de".into(),
            title: "Auskunft".into(),
            lead: vec!["Alles.".into()],
            facts: vec![("Erstellt".into(), "heute".into())],
            activity_labels: ["Zweck", "Recht", "Dauer", "Sicht"].map(str::to_owned),
            sections: vec![Section {
                table: "person".into(),
                heading: "Personen".into(),
                activities: vec![activity],
                records: vec![record],
            }],
            recipients_title: "Empfänger".into(),
            recipients: vec!["Mira".into()],
            logic_title: "Logik".into(),
            logic: vec!["So.".into()],
            rights_title: "Rechte".into(),
            rights: vec!["Diese.".into()],
        }
    }

    #[test]
    fn the_page_shows_what_is_filled_and_trusts_no_value() {
        let page = to_html(&report());
        assert!(page.contains("<dt>NAME</dt><dd>Ayşe &lt;script&gt; "), "{page}");
        assert!(!page.contains("<script>") && !page.contains("NOTE"));
        assert!(page.contains("<p class=\"small\">ID: 0198</p>"));
        for words in [
            "Empfänger",
            "Mira",
            "So.",
            "Diese.",
            "<b>Zweck:</b> wozu · <b>Recht:</b> Grundlage · <b>Dauer:</b> bis",
        ] {
            assert!(page.contains(words), "{words}");
        }
    }

    #[test]
    fn the_data_hold_every_field() {
        let read: serde_json::Value = serde_json::from_str(&to_json(&report())).expect("JSON");
        let fields = &read["sections"][0]["records"][0]["fields"];
        assert_eq!(fields.as_array().map(Vec::len), Some(3));
        assert_eq!((&fields[0]["value"], &fields[2]["technical"]), (&"Ayşe <script>".into(), &true.into()));
    }
}
