//! Every field takes what the table of sizes says and not one sign more; what is too much comes back beside its field.

use crate::test_app::TestApp;
use kiez_domain::sizes::{SIZES, Size, Unit};

/// A value that just fits, or one that is too much.
fn value(size: &Size, more: usize) -> String {
    let most = size.most + more;
    match size.unit {
        Unit::Characters => "ä".repeat(most),
        Unit::Number => most.to_string(),
        Unit::Entries => (0..most).map(tag).collect::<Vec<_>>().join(", "),
    }
}

/// Some hundreds of languages, as far as their form goes.
fn tag(at: usize) -> String {
    let letter = |at: usize| char::from(b'a' + u8::try_from(at % 26).expect("a letter"));
    format!("{}{}", letter(at / 26), letter(at))
}

/// Fields whose values have a form of their own, or no form in a browser; tests of the domain look after them.
const ELSEWHERE: [(&str, &str); 9] = [
    ("need", "kinds"),
    ("offer", "kinds"),
    ("project", "slug"),
    ("member", "email"),
    ("account", "email"),
    ("account", "password"),
    ("passkey", "name"),
    ("contact", "value"),
    ("person", "name"),
];

#[tokio::test]
async fn one_sign_too_many_is_told_beside_its_field_and_what_fits_is_taken() {
    let app = TestApp::new().await;
    let mira = app.coordinator().await;
    let kita = app.world.kita.to_string();
    let mut tried = 0;
    for size in SIZES.iter().filter(|size| !ELSEWHERE.contains(&(size.form, size.field))) {
        for (more, fits) in [(1, false), (0, true)] {
            let value = value(size, more);
            let (path, mut fields): (&str, Vec<(&str, &str)>) = match size.form {
                "actor" => ("/w/graefekiez/actors", vec![("name", "Laden"), ("side", "business")]),
                "need" => ("/w/graefekiez/needs", vec![("text", "Ein Tisch")]),
                "offer" => ("/w/graefekiez/offers", vec![("text", "Ein Tisch"), ("per", "month")]),
                "card" => ("/w/graefekiez/cards", vec![("what", "need"), ("text", "Ein Tisch")]),
                "member" => (
                    "/w/graefekiez/members",
                    vec![("name", "Elif"), ("role", "institution"), ("actor", &kita)],
                ),
                "project" => ("/w/graefekiez/project", vec![("name", "Kiezgrößen")]),
                "device" => {
                    let page = mira.get("/account").await;
                    let path = page.body.split("action=\"/account/sessions/").nth(1);
                    let id = path.and_then(|rest| rest.split(['"', '/']).next()).expect("a device");
                    let answer = mira.post(&format!("/account/sessions/{id}"), &[(size.field, &value)]).await;
                    assert_eq!(answer.status, if fits { 303 } else { 422 }, "device");
                    tried += 1;
                    continue;
                }
                other => panic!("no form is known for {other}"),
            };
            fields.retain(|(field, _)| *field != size.field);
            fields.push((size.field, &value));
            let key = format!("{}-{}-{more}", size.form, size.field);
            let version = if size.form == "project" { mira.get(path).await.field("version") } else { key };
            fields.push((if size.form == "project" { "version" } else { "key" }, &version));
            let answer = mira.post(path, &fields).await;
            let called = format!("{} {} {more}: {}", size.form, size.field, answer.status);
            if fits {
                assert!([200, 303].contains(&answer.status), "{called} {}", answer.body);
            } else {
                assert_eq!(answer.status, 422, "{called}");
                assert!(answer.shows("class=\"wrong\""), "{called}: {}", answer.body);
                assert!(size.unit == Unit::Entries || answer.shows(&value), "{called}: the words come back");
            }
            tried += 1;
        }
    }
    assert_eq!(tried, 2 * (SIZES.len() - ELSEWHERE.len()));
}
