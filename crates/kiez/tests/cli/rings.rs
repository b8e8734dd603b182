//! `rings`: who could help each other in turn.

use crate::program::Place;
use serde_json::Value;

fn place(links: &str) -> Place {
    let place = Place::empty();
    place.write("links.csv", links);
    place
}

const RINGS: [&str; 3] = ["rings", "--links", "links.csv"];

#[test]
fn rings_come_link_by_link_and_say_whether_they_are_the_best() {
    // Alone, bakery and print shop would be the strongest; with the two pairs around them four are served.
    let links = "giver,taker,score\nbakery,print,0.7\nprint,bakery,0.7\nkita,bakery,0.6\nbakery,kita,0.6\n\
        club,print,0.6\nprint,club,\"0,65\"\nkita,kita,1\n";
    let place = place(links);
    let out = place.call(&[&RINGS[..], &["--certificate", "proof.json"]].concat()).with(0).out;
    let expected = "ring,link,giver,taker,score\n1,1,bakery,kita,0.6\n1,2,kita,bakery,0.6\n2,1,print,club,0.65\n2,2,club,print,0.6\n";
    assert_eq!(out, expected);
    let proof: Value =
        serde_json::from_str(&std::fs::read_to_string(place.path("proof.json")).expect("written"))
            .expect("JSON");
    for (key, value) in [("rings", 2), ("found", 3), ("actors", 4), ("links", 7)] {
        assert_eq!(proof[key], value, "{key}");
    }
    assert!(proof["best"] == true && proof["complete"] == true, "{proof}");
    assert!(proof["worth"] == 2.4 && proof["bound"] == 2.4, "{proof}");
    let jsonl = place.call(&[&RINGS[..], &["--format", "jsonl"]].concat()).with(0);
    assert_eq!(jsonl.out.lines().count(), 4);
}

#[test]
fn rows_with_faults_are_named_and_the_rest_is_a_ring() {
    let links = "giver,taker,score\na,b,0.5\nb,a,0.4\nb,,0.4\na,c,much\na,c,7\n";
    let ended = place(links).call(&RINGS).with(3);
    let ended = ended.saying(&["links.csv:4: taker:", "links.csv:5: score:", "links.csv:6: score:"]);
    assert_eq!(ended.out, "ring,link,giver,taker,score\n1,1,a,b,0.5\n1,2,b,a,0.4\n");
}

#[test]
fn nobody_who_helps_is_no_ring() {
    let ended = place("giver,taker,score\n").call(&RINGS).with(0).saying(&["\"best\":true"]);
    assert_eq!(ended.out, "ring,link,giver,taker,score\n");
    place("who,whom\na,b\n").call(&RINGS).with(1).saying(&["links.csv:1", "giver"]);
}
