//! `assign`: the best plan with its proof.

use crate::program::Place;
use serde_json::Value;

fn place(edges: &str) -> Place {
    let place = Place::empty();
    place.write("needs.csv", "id,units\na,1\nb,2\n");
    place.write("offers.csv", "id,capacity\nx,1\n\"y, the second\",3\n");
    place.write("edges.csv", edges);
    place
}

const FILES: [&str; 7] = ["assign", "--needs", "needs.csv", "--offers", "offers.csv", "--edges", "edges.csv"];

#[test]
fn the_plan_is_the_best_for_all_and_its_proof_has_no_gap() {
    // Alone, a would take x for 9. Together: a takes y (8), b takes x (7) and y (2): 17 instead of 9 + 2 × 2 = 13.
    let place = place("need,offer,profit\na,x,9\na,\"y, the second\",8\nb,x,7\nb,\"y, the second\",2\n");
    let arguments = [&FILES[..], &["--certificate", "proof.json", "--timing"]].concat();
    let out = place.call(&arguments).with(0).out;
    assert_eq!(out, "need,offer,units\na,\"y, the second\",1\nb,x,1\nb,\"y, the second\",1\n");
    let proof: Value =
        serde_json::from_str(&std::fs::read_to_string(place.path("proof.json")).expect("written"))
            .expect("JSON");
    for (key, value) in
        [("primal", 17), ("dual", 17), ("gap", 0), ("violations", 0), ("needs", 2), ("edges", 4)]
    {
        assert_eq!(proof[key], value, "{key}");
    }
    assert!(proof["solve_ms"].as_f64().is_some_and(|took| took >= 0.0), "{proof}");
    assert!(proof["peak_bytes"].as_u64().is_some_and(|bytes| bytes > 1_000_000), "{proof}");
}

#[test]
fn rows_with_faults_are_named_and_the_rest_is_solved() {
    let edges = "need,offer,profit\na,x,9\nb,nobody,1\nb,x,many\na,x,3\nb,x,-4\nb,x\na,\"y, the second\",9999999999\n";
    let ended = place(edges).call(&FILES).with(3);
    let ended =
        ended.saying(&["edges.csv:3: offer:", "nobody", "edges.csv:4: profit:", "edges.csv:5: need:"]);
    let ended = ended.saying(&["edges.csv:7: row:", "edges.csv:8: profit:"]);
    assert_eq!(ended.out, "need,offer,units\na,x,1\n");
}

#[test]
fn nothing_to_give_and_nobody_to_ask_is_an_empty_plan() {
    let place = place("need,offer,profit\n");
    assert_eq!(place.call(&FILES).with(0).out, "need,offer,units\n");
    place.write("needs.csv", "id,units\n");
    assert_eq!(place.call(&FILES).with(0).out, "need,offer,units\n");
    place.write("needs.csv", "");
    place.call(&FILES).with(1).saying(&["needs.csv", "empty"]);
    place.write("needs.csv", "id,number\na,1\n");
    place.call(&FILES).with(1).saying(&["needs.csv:1", "units"]);
}
