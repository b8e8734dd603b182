use super::*;

fn paper() -> Paper {
    Paper {
        title: "Verzeichnis der Verarbeitungen".to_owned(),
        kicker: "Kiez am Kanal".to_owned(),
        language: "de".to_owned(),
        right_to_left: false,
        address: Vec::new(),
        foot: "Gemacht am 30. November 2026".to_owned(),
        blocks: vec![
            Block::Heading { text: "Wozu".to_owned() },
            Block::Text { text: "Ein Absatz.\nUnd eine Zeile: Şule, Łukasz, مقهى.".to_owned() },
            Block::Facts { rows: vec![("Verantwortlich".to_owned(), "Ein Verein".to_owned())] },
            Block::List { points: vec!["Erstens".to_owned(), "Zweitens".to_owned()] },
            Block::Table {
                head: vec!["Was".to_owned(), "Wozu".to_owned()],
                widths: vec![1, 2],
                rows: vec![vec!["Name".to_owned(), "Anrede".to_owned()]],
            },
            Block::Picture {
                svg: r#"<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 2 2"><path d="M0 0h1v1H0z"/></svg>"#
                    .to_owned(),
                alternative: "Ein Zeichen".to_owned(),
                width_mm: 30,
            },
        ],
    }
}

/// Without the faces there is one plain message; with them a PDF, or nothing of these tests would say anything.
fn set(paper: &Paper) -> Option<Vec<u8>> {
    match pdf(paper, 1_796_000_000) {
        Ok(bytes) => Some(bytes),
        Err(fault) => {
            assert_eq!((fault, faces::all().len()), (PaperFault::NoFaces, 0));
            None
        }
    }
}

fn has(bytes: &[u8], words: &str) -> bool {
    bytes.windows(words.len()).any(|window| window == words.as_bytes())
}

#[test]
fn a_paper_is_accessible_and_archivable_and_the_same_every_time() {
    let Some(bytes) = set(&paper()) else { return };
    assert!(bytes.starts_with(b"%PDF-1.7"));
    for promise in ["<pdfuaid:part>1", "<pdfaid:part>2", "<pdfaid:conformance>A", "/StructTreeRoot", "/Lang"]
    {
        assert!(has(&bytes, promise), "{promise}");
    }
    assert_eq!(set(&paper()), Some(bytes));
}

#[test]
fn words_of_people_are_never_commands_of_the_typesetter() {
    let hostile = "#panic(\"x\") #read(\"/etc/passwd\") $ * _ ` \\ <a> @b [c] = d";
    let blocks = vec![
        Block::Text { text: hostile.to_owned() },
        Block::Table {
            head: vec![hostile.to_owned()],
            widths: vec![1],
            rows: vec![vec![hostile.to_owned()]],
        },
        Block::Facts { rows: vec![(hostile.to_owned(), hostile.to_owned())] },
    ];
    let paper = Paper { title: hostile.to_owned(), address: vec![hostile.to_owned()], blocks, ..paper() };
    let Some(bytes) = set(&paper) else { return };
    assert!(bytes.starts_with(b"%PDF"));
}

#[test]
fn arabic_runs_from_right_to_left_and_long_tables_run_over_sheets() {
    let rows = (0..200).map(|row| vec![format!("{row}"), "مقهى الحي".to_owned()]).collect();
    let table =
        Block::Table { head: vec!["رقم".to_owned(), "اسم".to_owned()], widths: vec![1, 3], rows };
    let paper = Paper { language: "ar".to_owned(), right_to_left: true, blocks: vec![table], ..paper() };
    let Some(bytes) = set(&paper) else { return };
    assert!(has(&bytes, "/Count 5") || has(&bytes, "/Count 6") || has(&bytes, "/Count 7"));
}

#[test]
fn a_table_that_is_none_is_refused_in_words() {
    let table = Block::Table { head: vec!["a".to_owned()], widths: Vec::new(), rows: Vec::new() };
    let broken = Block::Picture { svg: "no drawing".to_owned(), alternative: String::new(), width_mm: 10 };
    if faces::all().is_empty() {
        return;
    }
    assert!(pdf(&Paper { blocks: vec![table], ..paper() }, 0).is_ok());
    assert!(matches!(pdf(&Paper { blocks: vec![broken], ..paper() }, 0), Err(PaperFault::Set(_))));
}
