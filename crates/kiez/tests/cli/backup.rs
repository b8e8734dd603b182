//! A backup is whole or none, and moves an installation between both databases.

use crate::program::{Place, Server};
use kiez_testkit::{TestDatabase, database};
use std::process::Stdio;

const KEY: &str = "--backup-key=sechs Wörter die niemand errät";

/// A place with an installation that holds a bit of everything an import leaves behind.
fn filled() -> Place {
    let place = Place::with_installation();
    place.write(
        "shops.csv",
        "id,name,street,house_number,lat,lon,branch\na,Bäckerei Ayşe,Graefestraße,7,52.4930,13.4165,bakery\n",
    );
    place.write(
        "cards.csv",
        "what,text,who\nneed,Die Kita sucht Holzreste,\noffer,Brötchen vom Vortag,Bäckerei Ayşe\n",
    );
    place.import("actors", &["shops.csv"], 0);
    place.import("cards", &["cards.csv"], 0);
    place.call(&["jobs", "run", "--until-idle", "--data", "data"]).with(0);
    place
}

fn backed_up() -> Place {
    let place = filled();
    place.call(&["backup", "a.kiezbackup", "--data", "data"]).with(0);
    place
}

fn server() -> Option<TestDatabase> {
    tokio::runtime::Runtime::new().expect("a runtime").block_on(async {
        let database = database::postgres().await?;
        database.db.close().await;
        Some(database)
    })
}

#[test]
fn an_installation_moves_from_file_to_server_and_back_and_stays_the_same() {
    let place = backed_up();
    let source = place.dump();
    let mut at: Vec<Vec<String>> = vec![vec!["--data".into(), "second".into()]];
    for database in [server(), server()].into_iter().flatten() {
        at.push(vec!["--data".into(), "away".into(), "--database-url".into(), database.url.clone()]);
        // The schema stays with the test server; it must not be dropped with this value alone.
    }
    at.push(vec!["--data".into(), "third".into()]);
    let mut file = "a.kiezbackup".to_owned();
    for (number, place_of) in at.iter().enumerate() {
        let call = |words: &[&str]| {
            let more: Vec<&str> = place_of.iter().map(String::as_str).collect();
            place.call(&[words, &more].concat())
        };
        call(&["restore", &file]).with(0).saying(&["mail is held", "signs in anew"]);
        assert_eq!(call(&["doctor"]).with(0).out, "no fault found\n");
        assert!(call(&["dump", "--canonical"]).with(0).out == source, "copy {number} differs");
        call(&["restore", &file]).with(1).saying(&["not empty", "actor (1)", "left as it is"]);
        file = format!("{number}.kiezbackup");
        call(&["backup", &file]).with(0);
        let told = place.call(&["verify-backup", &file, "--format", "jsonl"]).with(0).out;
        assert!(told.contains("\"encrypted\":false"), "{told}");
        assert_eq!(call(&["mail", "release"]).with(0).out, "mail goes out\n");
    }
}

#[test]
fn a_copy_signs_in_nobody_whom_the_original_had_let_in() {
    let place = filled();
    let link = place.call(&["user", "list", "--data", "data", "--format", "jsonl"]).with(0).out;
    let user =
        link.split("\"id\":\"").nth(1).and_then(|rest| rest.split('"').next()).expect("an id").to_owned();
    place.call(&["user", "link", &user, "--data", "data"]).with(0);
    place.call(&["backup", "a.kiezbackup", "--data", "data"]).with(0);
    place.call(&["restore", "a.kiezbackup", "--data", "second"]).with(0);
    // A link works where it was made; the copy makes its own.
    let made = place.call(&["user", "link", &user, "--data", "second"]).with(0).out;
    assert!(made.contains("/link/"), "{made}");
    let told = place.call(&["mail", "hold", "--data", "second"]).with(0).out;
    assert!(told.contains("mail is held since") && told.contains("restored"), "{told}");
    assert_eq!(place.call(&["mail", "release", "--data", "second"]).with(0).out, "mail goes out\n");
    place.call(&["mail", "release", "--data", "second"]).with(0).saying(&["was not held"]);
}

#[test]
fn a_backup_cut_or_changed_anywhere_is_refused_and_leaves_nothing() {
    let place = backed_up();
    let bytes = std::fs::read(place.path("a.kiezbackup")).expect("written");
    let refused = |bytes: &[u8]| {
        place.write("broken.kiezbackup", bytes);
        let status = place.call(&["verify-backup", "broken.kiezbackup"]).status;
        assert!(status == 4 || status == 1, "verified: {status}");
        place
            .call(&["restore", "broken.kiezbackup", "--data", "target"])
            .with(1)
            .saying(&["broken.kiezbackup"]);
        assert!(!place.path("target/kiez.db").exists(), "something is left of a broken backup");
        status
    };
    for end in [0, 5, 14, 20, bytes.len() / 3, bytes.len() / 2, bytes.len() - 40, bytes.len() - 1] {
        assert_eq!(refused(&bytes[..end]), 4, "cut at {end}");
    }
    for at in [20, bytes.len() / 4, bytes.len() / 2, bytes.len() - 33, bytes.len() - 1] {
        let mut turned = bytes.clone();
        turned[at] ^= 4;
        assert_eq!(refused(&turned), 4, "turned at {at}");
    }
    assert_eq!(refused(&[&bytes[..], b"\n"].concat()), 4);
    // A newer format is no damage: the program is too old for it.
    let newer = [&b"kiez backup 2\n"[..], &bytes[14..]].concat();
    assert_eq!(refused(&newer), 1);
    place.call(&["verify-backup", "broken.kiezbackup"]).with(1).saying(&["newer program"]);
    place
        .call(&["verify-backup", "nothing.kiezbackup"])
        .with(1)
        .saying(&["nothing.kiezbackup", "cannot be read"]);
    place.call(&["verify-backup", "data"]).with(1).saying(&["is a folder"]);
}

#[test]
fn a_sealed_backup_opens_with_its_key_alone() {
    let place = filled();
    place.call(&["backup", "a.kiezbackup", "--data", "data", KEY]).with(0);
    let bytes = std::fs::read(place.path("a.kiezbackup")).expect("written");
    for words in [&b"Graefestra"[..], b"actor"] {
        assert!(!bytes.windows(words.len()).any(|found| found == words), "it can be read");
    }
    let verify = |key: Option<&str>| {
        let words = ["verify-backup", "a.kiezbackup"];
        place.call(&[&words[..], key.as_slice()].concat())
    };
    verify(Some(KEY)).with(0);
    verify(None).with(1).saying(&["encrypted", "backup_key"]);
    verify(Some("--backup-key=sieben andere Wörter also nicht")).with(4).saying(&["does not open"]);
    verify(Some("--backup-key=kurz")).with(2).saying(&["at least 20"]);
    place.write("second.toml", "");
    std::fs::create_dir(place.path("second")).expect("made");
    place.write("second/kiez.toml", format!("backup_key = \"{}\"\n", &KEY["--backup-key=".len()..]));
    place.call(&["restore", "a.kiezbackup", "--data", "second"]).with(0);
    assert!(place.call(&["dump", "--canonical", "--data", "second"]).with(0).out == place.dump());
    let shown = place.call(&["config", "show", "--data", "second"]).with(0).out;
    assert!(!shown.contains("Wörter"), "{shown}");
}

#[test]
fn what_has_the_name_already_stays_unless_it_shall_be_replaced() {
    let place = backed_up();
    let before = std::fs::read(place.path("a.kiezbackup")).expect("written");
    place.call(&["backup", "a.kiezbackup", "--data", "data"]).with(1).saying(&["a.kiezbackup", "--replace"]);
    assert!(std::fs::read(place.path("a.kiezbackup")).expect("there") == before);
    place.call(&["backup", "a.kiezbackup", "--replace", "--data", "data"]).with(0);
    place.call(&["verify-backup", "a.kiezbackup"]).with(0);
    place.call(&["backup", "nowhere/a.kiezbackup", "--data", "data"]).with(1).saying(&["make its folder"]);
    place.call(&["backup", "data", "--data", "data"]).with(1).saying(&["name a file"]);
    place.call(&["backup", "b.kiezbackup", "--data", "none"]).with(1).saying(&["kiez init"]);
    place
        .call(&["restore", "a.kiezbackup", "--data", "data"])
        .with(1)
        .saying(&["not empty", "user_account (1)"]);
}

#[test]
fn a_backup_goes_through_pipes() {
    let place = filled();
    let script = format!(
        "'{0}' backup - --data data --quiet | tee copy.kiezbackup | '{0}' verify-backup - && '{0}' restore - --data second < copy.kiezbackup",
        env!("CARGO_BIN_EXE_kiez")
    );
    let mut command = std::process::Command::new("sh");
    let status = command.args(["-c", &script]).current_dir(place.path(".")).status().expect("a shell");
    assert!(status.success());
    assert!(place.call(&["dump", "--canonical", "--data", "second"]).with(0).out == place.dump());
}

#[test]
fn nobody_restores_into_a_folder_that_is_being_served() {
    let place = backed_up();
    let (_server, _) = place.serve(&["serve", "--data", "data", "--listen", "127.0.0.1:0"]);
    place.call(&["restore", "a.kiezbackup", "--data", "data"]).with(1).saying(&["is served already"]);
    // Writing one beside it is what backups are for.
    place.call(&["backup", "b.kiezbackup", "--data", "data"]).with(0);
}

fn many_shops(rows: usize) -> String {
    let mut text = "id,name,street,house_number,note\n".to_owned();
    for number in 0..rows {
        let note = format!("{:x}", number.wrapping_mul(0x9E37_79B9_7F4A_7C15));
        text.push_str(&format!("{number},Laden {number},Graefestraße,{},{note}\n", number % 200 + 1));
    }
    text
}

#[cfg(unix)]
#[test]
fn a_backup_that_is_killed_or_finds_no_room_is_not_there() {
    let place = Place::with_installation();
    place.write("shops.csv", many_shops(8_000));
    place.import("actors", &["shops.csv"], 0);
    let mut command = place.command(&["backup", "a.kiezbackup", "--data", "data"]);
    let child = command.stdout(Stdio::null()).stderr(Stdio::null()).spawn().expect("it starts");
    let mut backup = Server::of(child);
    while !std::fs::metadata(place.path("a.kiezbackup.part")).is_ok_and(|file| file.len() > 70_000) {
        assert_eq!(backup.has_ended(), None, "the backup was over before it could be ended");
        std::thread::yield_now();
    }
    // Not even a last word: the end that no program can hear.
    drop(backup);
    assert!(!place.path("a.kiezbackup").exists(), "half a backup has its name");
    place.call(&["verify-backup", "a.kiezbackup.part"]).with(4).saying(&["not whole"]);
    place.call(&["restore", "a.kiezbackup.part", "--data", "target"]).with(1).saying(&["not whole"]);
    // What was left is no hindrance.
    place.call(&["backup", "a.kiezbackup", "--data", "data"]).with(0);
    assert!(!place.path("a.kiezbackup.part").exists());
    place.call(&["verify-backup", "a.kiezbackup"]).with(0);
    if let Some(_disk) = crate::surroundings::SmallDisk::at(place.path("small"), "200k") {
        place.call(&["backup", "small/a.kiezbackup", "--data", "data"]).with(1).saying(&["make room"]);
        assert_eq!(std::fs::read_dir(place.path("small")).expect("read").count(), 0, "something is left");
        place.call(&["restore", "a.kiezbackup", "--data", "small/data"]).with(1).saying(&["full"]);
        assert!(!place.path("small/data/kiez.db").exists(), "something is left");
    }
    // A restore that is ended in the middle has not happened, and can be done again.
    let mut command = place.command(&["restore", "a.kiezbackup", "--data", "second"]);
    let child = command.stdout(Stdio::null()).stderr(Stdio::null()).spawn().expect("it starts");
    let mut restore = Server::of(child);
    while !std::fs::metadata(place.path("second/kiez.db-wal")).is_ok_and(|file| file.len() > 1_000_000) {
        assert_eq!(restore.has_ended(), None, "the restore was over before it could be ended");
        std::thread::yield_now();
    }
    drop(restore);
    place.call(&["doctor", "--data", "second"]).with(1).saying(&["kiez migrate"]);
    place.call(&["restore", "a.kiezbackup", "--data", "second"]).with(0);
    assert!(place.call(&["dump", "--canonical", "--data", "second"]).with(0).out == place.dump());
}

/// The signs that tell this installation in the names of its files.
fn mark(place: &Place) -> String {
    let dump = place.dump();
    let project = dump.lines().find(|line| line.contains("\"table\":\"project\"")).expect("one");
    let id = project.split("\"id\":\"").nth(1).and_then(|rest| rest.split('"').next()).expect("an id");
    id[id.len() - 8..].to_owned()
}

/// What lies in the folder of backups.
fn names(place: &Place) -> Vec<String> {
    let entries = std::fs::read_dir(place.path("backups")).expect("read");
    let mut names: Vec<String> =
        entries.map(|entry| entry.expect("an entry").file_name().to_string_lossy().into_owned()).collect();
    names.sort();
    names
}

/// Starts a server and waits until its figures say something.
fn serve_until(place: &Place, wanted: &str) -> Server {
    let (server, line) = place.serve(&["serve", "--data", "data", "--listen", "127.0.0.1:0"]);
    let url = line.trim().rsplit(' ').next().expect("an address");
    for _ in 0..600 {
        if crate::http::get(url, "127.0.0.1", "/metrics").contains(wanted) {
            return server;
        }
        std::thread::sleep(std::time::Duration::from_millis(50));
    }
    panic!("{wanted} is not said: {}", crate::http::get(url, "127.0.0.1", "/metrics"));
}

const NIGHTLY: &str = "backup_folder = \"backups\"\nbackup_every = \"24h\"\nbackup_keep = \"2\"\n";

#[test]
fn the_server_writes_backups_by_itself_and_removes_its_own_oldest() {
    let place = filled();
    place.write("data/kiez.toml", NIGHTLY);
    let told = place.call(&["doctor", "--data", "data"]).with(4).out;
    assert!(told.contains("holds no backup yet"), "{told}");
    std::fs::create_dir(place.path("backups")).expect("made");
    // Three of our own from long ago and one of somebody else.
    let mark = mark(&place);
    let old = ["20250101", "20250102", "20250103"].map(|day| format!("kiez-{mark}-{day}T000000Z.kiezbackup"));
    for name in &old {
        place.write(&format!("backups/{name}"), "old");
    }
    place.write("backups/notes.txt", "not ours");
    let _server = serve_until(&place, "kiez_backup_last_size_bytes");
    while names(&place).len() != 3 {
        std::thread::sleep(std::time::Duration::from_millis(20));
    }
    let (found, newest) = (names(&place), names(&place)[1].clone());
    assert_eq!((&found[0], found[2].as_str()), (&old[2], "notes.txt"));
    place.call(&["verify-backup", &format!("backups/{newest}")]).with(0);
    place.is_sound();
}

#[test]
fn a_server_that_cannot_write_its_backups_says_so() {
    let place = filled();
    place.write("data/kiez.toml", NIGHTLY);
    place.write("backups", "a file where the folder should be");
    let _server = serve_until(&place, "kiez_backup_failing 1");
    let told = place.call(&["doctor", "--data", "data"]).with(4).out;
    assert!(told.contains("backups cannot be read"), "{told}");
}
