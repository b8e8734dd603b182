//! The same program on PostgreSQL: the same world, the same answers, the same bytes.

use crate::http::get;
use crate::program::Place;
use kiez_testkit::{TestDatabase, World, database};
use serde_json::Value;
use std::net::TcpListener;

fn wait<T>(future: impl Future<Output = T>) -> T {
    tokio::runtime::Runtime::new().expect("a runtime").block_on(future)
}

/// A place whose program uses an empty database of a server; none where there is no server.
fn place() -> Option<(Place, TestDatabase)> {
    let database = wait(async {
        let database = database::postgres().await?;
        database.db.close().await;
        Some(database)
    })?;
    Some((Place::empty(), database))
}

/// Calls a command on the server instead of the file in the folder.
fn on_server<'a>(database: &'a TestDatabase, arguments: &[&'a str]) -> Vec<&'a str> {
    [arguments, &["--data", "data", "--database-url", &database.url]].concat()
}

const SHOPS: &str = "id,name,street,house_number,lat,lon,branch\n\
    a,Tischlerei Holzwurm,Graefestraße,12,52.4912,13.4178,carpenter\n\
    b,Bäckerei Ayşe,Graefestraße,7,52.4930,13.4165,bakery\n\
    c,Çay Evi,Dieffenbachstraße,30,999,13.41,cafe\n";
const CARDS: &str = "what,text,who\nneed,Die Kita sucht Holzreste zum Basteln,\noffer,Verschnitt zum Abholen,Tischlerei Holzwurm\n";

#[test]
fn an_office_is_set_up_filled_served_and_checked_on_a_server() {
    let Some((place, database)) = place() else { return };
    let call = |arguments: &[&str]| place.call(&on_server(&database, arguments));
    call(&["user", "list"]).with(1).saying(&["kiez migrate"]);
    let link = call(&["init", "--slug", "nord"]).with(0).out;
    assert!(link.contains("/link/"), "{link}");
    call(&["init"]).with(1).saying(&["holds projects already"]);
    assert!(!place.path("data/kiez.db").exists(), "a file was made although a server was named");
    place.write("shops.csv", SHOPS);
    place.write("cards.csv", CARDS);
    let import = |kind: &str, file: &str, status: i32| -> Value {
        let arguments = ["import", kind, file, "--format", "json"];
        serde_json::from_str(&call(&arguments).with(status).out).expect("JSON")
    };
    let report = import("actors", "shops.csv", 3);
    assert_eq!((&report["new"], &report["refused"][0]["line"]), (&2.into(), &4.into()), "{report}");
    let cards = import("cards", "cards.csv", 0);
    assert_eq!(cards["new"], 2, "{cards}");
    let again = import("actors", "shops.csv", 3);
    assert_eq!((&again["new"], &again["unchanged"]), (&0.into(), &2.into()), "{again}");
    let migrated = call(&["migrate", "--format", "jsonl"]).with(0).out;
    let migrated: Value = serde_json::from_str(&migrated).expect("JSON");
    assert_eq!(migrated["database"], "PostgreSQL");
    assert_eq!(migrated["schema_before"], migrated["schema_now"], "nothing is left to do");
    call(&["jobs", "run", "--until-idle"]).with(0);
    assert_eq!(call(&["doctor"]).with(0).out, "no fault found\n");
    assert!(call(&["dump", "--canonical"]).with(0).out.contains("Bäckerei Ayşe"));
    let import = cards["import"].as_str().expect("an id").to_owned();
    call(&["import", "--revert", &import]).with(0);
    assert!(!call(&["dump", "--canonical"]).with(0).out.contains("Verschnitt zum Abholen"));
}

#[test]
fn two_servers_serve_one_database_and_hear_of_each_other() {
    let Some((place, database)) = place() else { return };
    place.call(&on_server(&database, &["init"])).with(0);
    let serve = on_server(&database, &["serve", "--listen", "127.0.0.1:0"]);
    let (_first, first) = place.serve(&serve);
    let (_second, second) = place.serve(&serve);
    for line in [&first, &second] {
        let url = line.trim().rsplit(' ').next().expect("an address");
        assert!(get(url, "127.0.0.1", "/readyz").starts_with("HTTP/1.1 200"), "{line}");
        assert!(get(url, "127.0.0.1", "/p/kiez").starts_with("HTTP/1.1 200"), "{line}");
        let figures = get(url, "127.0.0.1", "/metrics");
        assert!(
            figures.contains("database=\"PostgreSQL\"") && figures.contains("kiez_database_up 1"),
            "{figures}"
        );
    }
}

#[test]
fn the_same_world_gives_the_same_bytes_from_both_databases() {
    let place = Place::empty();
    let (file, server) = wait(async {
        let file = database::sqlite().await;
        file.db.migrate().await.expect("migrated");
        World::build(&file.db).await.expect("built");
        file.db.close().await;
        let server = database::postgres().await;
        if let Some(server) = &server {
            server.db.migrate().await.expect("migrated");
            World::build(&server.db).await.expect("built");
        }
        (file, server)
    });
    let Some(server) = server else { return };
    let folder = file.url.strip_prefix("sqlite://").and_then(|path| path.strip_suffix("/kiez.db"));
    let of_file =
        place.call(&["dump", "--canonical", "--data", folder.expect("a file in a folder")]).with(0).out;
    let of_server = place.call(&on_server(&server, &["dump", "--canonical"])).with(0).out;
    assert!(of_file.lines().count() > 30, "{of_file}");
    assert!(of_file == of_server, "the dumps differ");
}

#[test]
fn the_same_files_give_the_same_report_on_both_databases() {
    let Some((place, database)) = place() else { return };
    place.write("shops.csv", SHOPS);
    place.call(&["init", "--data", "file"]).with(0);
    place.call(&on_server(&database, &["init"])).with(0);
    let import = ["import", "actors", "shops.csv", "--format", "json"];
    let report = |ended: crate::program::Ended| {
        let mut report: Value = serde_json::from_str(&ended.with(3).out).expect("JSON");
        report.as_object_mut().expect("an object").remove("import");
        report
    };
    let of_file = report(place.call(&[&import[..], &["--data", "file"]].concat()));
    assert_eq!(report(place.call(&on_server(&database, &import))), of_file);
}

#[test]
fn a_server_that_is_away_is_named_without_its_password() {
    let place = Place::empty();
    let closed = TcpListener::bind("127.0.0.1:0").expect("a port").local_addr().expect("its address");
    let url = format!("postgres://kiez:geheim@{closed}/kiez");
    let ended = place.call(&["doctor", "--data", "data", "--database-url", &url]).with(1);
    assert!(!ended.err.contains("geheim"), "{}", ended.err);
    ended.saying(&[&closed.to_string(), "refused", "check that the database server runs"]);
}
