//! The operator's page about limits says what the program does.

use kiez_domain::sizes::{SIZES, Unit};
use std::fmt::Write as _;
use std::path::Path;

fn table() -> String {
    let mut text = String::from("\n| form | field | at most |\n|---|---|---|\n");
    for size in SIZES {
        let unit = match size.unit {
            Unit::Characters => " characters",
            Unit::Entries => " entries",
            Unit::Number => "",
        };
        writeln!(text, "| {} | {} | {}{unit} |", size.form, size.field, size.most).expect("to memory");
    }
    text.push('\n');
    text
}

fn pieces() -> String {
    let kib = |bytes: usize| format!("{} KiB", bytes / 1024);
    let mib = |bytes: u64| format!("{} MiB", bytes / 1024 / 1024);
    let upload = u64::try_from(kiez_app::import::upload::UPLOAD_BYTES).expect("fits");
    let rows = [
        ("a form without its file", kib(kiez_web::FORM_LIMIT)),
        ("a file sent in a browser", mib(upload)),
        ("a file of `kiez import`", mib(kiez_import::source::SOURCE_LIMIT)),
        ("nodes, ways and relations of one map", kiez_import::osm::ELEMENT_LIMIT.to_string()),
        ("rows of one page of a list", kiez_app::page::Page::MOST.to_string()),
        ("places on one map", kiez_app::map::MOST.to_string()),
    ];
    let mut text = String::from("\n| what | at most |\n|---|---|\n");
    for (what, most) in rows {
        writeln!(text, "| {what} | {most} |").expect("to memory");
    }
    text.push('\n');
    text
}

/// The page between its mark and the next heading or paragraph is the table; `KIEZ_WRITE_SNAPSHOTS` rewrites it for review.
#[test]
#[expect(clippy::disallowed_methods, reason = "a test reads its own switch")]
fn the_page_about_limits_is_what_the_program_does() {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../docs/operate/limits.md");
    let page = std::fs::read_to_string(&path).expect("the page is there");
    let mut wanted = page.clone();
    for (mark, table) in [("<!-- sizes -->\n", table()), ("<!-- pieces -->\n", pieces())] {
        let (before, rest) = wanted.split_once(mark).expect("a mark");
        let after = rest.trim_start_matches('\n');
        let after = after.lines().skip_while(|line| line.starts_with('|')).collect::<Vec<_>>().join("\n");
        wanted = format!("{before}{mark}{table}{}\n", after.trim());
    }
    if std::env::var("KIEZ_WRITE_SNAPSHOTS").is_ok() {
        std::fs::write(&path, &wanted).expect("the page can be written");
    }
    assert!(
        page == wanted,
        "docs/operate/limits.md differs from the code: KIEZ_WRITE_SNAPSHOTS=1 cargo test, then git diff"
    );
}
