//! The record of processing on paper.

use super::Activity;
use crate::paper::{blank, controller};
use jiff::civil::Date;
use kiez_app::paper::{Block, Paper};
use kiez_domain::project::Project;
use kiez_words::{Locale, Words};

/// The whole record, with who answers for it.
pub(super) fn of(locale: Locale, project: &Project, activities: &[Activity], today: Date) -> Paper {
    let words = Words::of(locale);
    let mut facts = vec![(words.text("processing-controller"), controller(locale, project))];
    for name in ["processor", "people", "third", "automated"] {
        facts.push((
            words.text(&format!("processing-{name}")),
            words.text(&format!("processing-{name}-text")),
        ));
    }
    let head = ["what", "why", "basis", "who", "until"].map(|name| words.text(&format!("processing-{name}")));
    let table = Block::Table {
        head: head.to_vec(),
        widths: vec![20, 24, 22, 17, 17],
        rows: activities.iter().map(|one| row(words, one)).collect(),
    };
    let text = Block::Text { text: words.text("processing-text") };
    Paper {
        title: words.text("processing-title"),
        blocks: vec![text, Block::Facts { rows: facts }, table],
        ..blank(locale, project, today)
    }
}

fn row(words: &Words, one: &Activity) -> Vec<String> {
    let mut what = words.text(&format!("processing-table-{}", one.table));
    if one.secret {
        what.push('\n');
        what.push_str(&words.text("processing-secret"));
    }
    vec![what, one.why.clone(), one.basis.clone(), one.who.clone(), one.until.clone()]
}
