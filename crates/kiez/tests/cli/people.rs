//! Accounts from the shell: who may be added as what, how links and rights end.

use crate::http::{get, sign_in};
use crate::program::Place;
use serde_json::Value;

const NOBODY: &str = "0198c0de-0000-7000-8000-000000000001";

/// The id of an actor of this name.
pub(crate) fn actor(place: &Place, name: &str) -> String {
    let rows = place.dump();
    let rows = rows.lines().map(|line| serde_json::from_str::<Value>(line).expect("JSON"));
    let mut actors = rows.filter(|row| row["table"] == "actor" && row["row"]["name"] == name);
    actors.next().and_then(|row| row["row"]["id"].as_str().map(str::to_owned)).expect("an actor of this name")
}

pub(crate) fn add(place: &Place, more: &[&str]) -> (String, String) {
    let arguments = [&["user", "add", "--data", "data", "--format", "json"][..], more].concat();
    let rows: Value = serde_json::from_str(&place.call(&arguments).with(0).out).expect("JSON");
    let text = |key: &str| rows[0][key].as_str().expect("a text").to_owned();
    (text("user"), text("link"))
}

/// Brings in an institution and gives the link for a member of it, who needs no second factor.
pub(crate) fn member_of_an_institution(place: &Place) -> String {
    place.write("who.csv", "name,branch\nKita Sonnenblume,kindergarten\n");
    place.import("actors", &["who.csv"], 0);
    let kita = actor(place, "Kita Sonnenblume");
    add(place, &["--name", "Jonas", "--role", "institution", "--actor", &kita]).1
}

#[test]
fn who_cannot_be_added_is_said_with_the_field() {
    let place = Place::with_installation();
    add(&place, &["--name", "Amira Demir", "--role", "coordinator", "--email", "amira@kita.example"]);
    let before = place.dump();
    for (more, status, words) in [
        (&["--name", "A", "--role", "king"][..], 2, &["--role \"king\"", "coordinator, institution"][..]),
        (&["--name", "A", "--role", "anyone"], 2, &["--role \"anyone\""]),
        (&["--name", "A", "--role", "institution"], 2, &["--actor"]),
        (&["--name", "A", "--role", "institution", "--actor", "x"], 2, &["--actor \"x\""]),
        (&["--name", "A", "--role", "institution", "--actor", NOBODY], 1, &["actor: not found", NOBODY]),
        (&["--name", "A", "--role", "operator", "--project", "kiez"], 2, &["--project"]),
        (&["--name", "A", "--role", "funder", "--project", "west"], 1, &["\"west\"", "there are kiez"]),
        (&["--name", " ", "--role", "coordinator"], 1, &["name: is missing"]),
        (
            &["--name", "A", "--role", "funder", "--email", "AMIRA@kita.example"],
            1,
            &["email: exists already"],
        ),
        (&["--role", "funder"], 2, &["--name"]),
    ] {
        let arguments = [&["user", "add", "--data", "data"][..], more].concat();
        place.call(&arguments).with(status).saying(words);
    }
    assert_eq!(place.dump(), before, "somebody who was refused has been stored");
}

#[test]
fn nobody_is_linked_or_revoked_by_an_id_that_is_nobodys() {
    let place = Place::with_installation();
    for command in ["link", "confirm", "revoke"] {
        place.call(&["user", command, "--data", "data", NOBODY]).with(1).saying(&[NOBODY, "kiez user list"]);
        place
            .call(&["user", command, "--data", "data", "amira"])
            .with(2)
            .saying(&["amira", "kiez user list"]);
    }
    let (amira, _) = add(&place, &["--name", "Amira Demir", "--role", "coordinator"]);
    place.call(&["user", "revoke", "--data", "data", &amira]).with(0);
    place.call(&["user", "revoke", "--data", "data", &amira]).with(1).saying(&[&amira]);
}

#[test]
fn whoever_has_lost_everything_gets_a_link_that_says_so() {
    let place = Place::with_installation();
    let (amira, _) = add(&place, &["--name", "Amira Demir", "--role", "coordinator"]);
    let made = place.call(&["user", "link", "--recovery", "--data", "data", &amira]).with(0);
    let made = made.saying(&["within a day", "every session ends"]);
    assert!(made.out.contains("/link/"), "{}", made.out);
}

#[test]
fn revoking_ends_sessions_and_links_while_the_server_runs() {
    let place = Place::with_installation();
    let (amira, first) = add(&place, &["--name", "Amira Demir", "--role", "coordinator"]);
    let link = ["user", "link", "--data", "data", "--format", "csv", &amira];
    let second = place.call(&link).with(0).out;
    let second = second.trim().rsplit(',').next().expect("a link").to_owned();
    let (_server, line) =
        place.serve(&["serve", "--data", "data", "--listen", "127.0.0.1:0", "--format", "json"]);
    let told: Value = serde_json::from_str(&line).expect("JSON");
    let url = told["url"].as_str().expect("an address");
    let cookie = sign_in(url, &first);
    let asks = |path: &str| {
        let mut talk = crate::http::Talk::to(url);
        talk.say(&format!(
            "GET {path} HTTP/1.1\r\nhost: kiez\r\ncookie: {cookie}\r\nconnection: close\r\n\r\n"
        ));
        talk.hear_all()
    };
    assert!(asks("/account").starts_with("HTTP/1.1 200"));
    assert!(asks("/w/kiez").contains("location: /account"), "a coordinator sets up a second factor first");
    place.call(&["user", "revoke", "--data", "data", &amira]).with(0);
    assert!(asks("/account").starts_with("HTTP/1.1 303"), "the session went on");
    let path = second.splitn(4, '/').nth(3).expect("a path");
    assert!(get(url, "127.0.0.1", &format!("/{path}")).starts_with("HTTP/1.1 404"), "the link can be opened");
    let mut talk = crate::http::Talk::to(url);
    talk.say(&format!(
        "POST /{path} HTTP/1.1\r\nhost: kiez\r\ncontent-length: 0\r\nconnection: close\r\n\r\n"
    ));
    let answer = talk.hear_all();
    assert!(answer.starts_with("HTTP/1.1 404") && !answer.contains("kiez_session="), "{answer}");
}
