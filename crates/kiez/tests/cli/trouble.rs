//! A disk that takes nothing while the server runs: reading goes on, words are kept, it ends by itself.

use crate::http::{Talk, get, sign_in, token_of};
use crate::people;
use crate::program::{Place, Server};
use crate::surroundings::SmallDisk;
use std::io::{BufRead, BufReader};
use std::process::{Command, Stdio};
use std::time::Duration;

/// A server a member of an institution has signed in to, who needs no second factor.
struct Served {
    url: String,
    cookie: String,
    _server: Server,
}

/// Makes an installation and gives the link for a member of an institution.
fn installation(place: &Place) -> String {
    place.call(&["init", "--data", "data"]).with(0);
    people::member_of_an_institution(place)
}

impl Served {
    fn at(line: &str, link: &str, server: Server) -> Self {
        let url = line.trim().rsplit(' ').next().expect("an address").to_owned();
        Self { cookie: sign_in(&url, link), url, _server: server }
    }

    /// Asks for a page in a language.
    fn page(&self, path: &str, language: &str) -> String {
        let mut talk = Talk::to(&self.url);
        talk.say(&format!(
            "GET {path} HTTP/1.1\r\nhost: kiez\r\ncookie: {}\r\naccept-language: {language}\r\nconnection: close\r\n\r\n",
            self.cookie
        ));
        talk.hear_all()
    }

    /// Sends a card.
    fn send(&self, words: &str, language: &str) -> String {
        let form = format!("what=need&key=k-{}&text={words}&{}", words.len(), token_of(&self.cookie));
        let mut talk = Talk::to(&self.url);
        talk.say(&format!(
            "POST /w/kiez/cards HTTP/1.1\r\nhost: kiez\r\ncookie: {}\r\naccept-language: {language}\r\nconnection: close\r\n\
             content-type: application/x-www-form-urlencoded\r\ncontent-length: {}\r\n\r\n{form}",
            self.cookie,
            form.len()
        ));
        talk.hear_all()
    }

    fn waits_for(&self, says: impl Fn(&Self) -> bool, what: &str) {
        for _ in 0..1_200 {
            if says(self) {
                return;
            }
            std::thread::sleep(Duration::from_millis(50));
        }
        panic!("{what} did not come");
    }
}

/// Demands everything that holds while nothing can be stored, and afterwards; `back` ends the trouble.
fn goes_on_reading(place: &Place, served: &Served, back: impl FnOnce()) {
    let long = "Bretter".repeat(2_000);
    // A file that SQLite keeps may have room for some more rows.
    served.waits_for(|served| served.send(&long, "de").starts_with("HTTP/1.1 503"), "the end of the disk");
    for _ in 0..3 {
        let answer = served.send("Drei+%3CBretter%3E+f%C3%BCr+B%C3%BCcher", "de");
        assert!(answer.starts_with("HTTP/1.1 503") && answer.contains("retry-after"), "{answer}");
        assert!(answer.contains("Gerade lässt sich nichts speichern"), "{answer}");
        assert!(
            answer.contains("Drei &#60;Bretter&#62; für Bücher")
                && answer.contains("action=\"/w/kiez/cards\""),
            "{answer}"
        );
        assert!(answer.contains("name=\"key\"") && answer.contains("Noch einmal senden"), "{answer}");
    }
    let english = served.send("Three", "en");
    assert!(
        english.contains("Nothing can be saved right now") && english.contains("Your words are still here"),
        "{english}"
    );
    for path in ["/w/kiez", "/w/kiez/needs", "/w/kiez/offers"] {
        let page = served.page(path, "en");
        assert!(page.starts_with("HTTP/1.1 200"), "{path}: {page}");
        assert!(page.contains("Reading goes on"), "{path} does not say so");
    }
    let public = get(&served.url, "127.0.0.1", "/p/kiez");
    assert!(public.starts_with("HTTP/1.1 200") && !public.contains("role=\"status\""), "{public}");
    assert!(get(&served.url, "127.0.0.1", "/sign-in").contains("role=\"status\""));
    assert!(get(&served.url, "127.0.0.1", "/metrics").contains("kiez_database_unwritable 1"));
    assert!(get(&served.url, "127.0.0.1", "/readyz").starts_with("HTTP/1.1 200"), "reading is ready");
    back();
    // Nobody sends anything: it ends by itself.
    let over =
        |served: &Served| get(&served.url, "127.0.0.1", "/metrics").contains("kiez_database_unwritable 0");
    served.waits_for(over, "the end of the trouble");
    assert!(!served.page("/w/kiez", "en").contains("Reading goes on"));
    assert!(served.send("Danach", "de").starts_with("HTTP/1.1 303"));
    assert!(place.dump().contains("\"text\":\"Danach\""));
    assert!(!place.dump().contains("Drei <Bretter>"), "what was refused was stored");
    place.is_sound();
}

#[cfg(unix)]
#[test]
fn on_a_full_disk_reading_goes_on_and_it_ends_when_there_is_room() {
    let place = Place::empty();
    let Some(_disk) = SmallDisk::at(place.path("data"), "3m") else { return };
    let link = installation(&place);
    let (server, line) = place.serve(&["serve", "--data", "data", "--listen", "127.0.0.1:0"]);
    let served = Served::at(&line, &link, server);
    assert!(served.send("Holz", "de").starts_with("HTTP/1.1 303"));
    let filler = place.path("data/filler");
    let mut full = std::fs::File::create(&filler).expect("one more file");
    std::io::copy(&mut std::io::repeat(0), &mut full).expect_err("the disk has an end");
    drop(full);
    goes_on_reading(&place, &served, || std::fs::remove_file(&filler).expect("room is made"));
}

#[cfg(unix)]
#[test]
fn on_a_disk_that_refuses_every_write_reading_goes_on_too() {
    let place = Place::empty();
    let link = installation(&place);
    // The system refuses to write files longer than it allows: to the program that is a broken disk.
    let script =
        format!("trap '' XFSZ; exec '{}' serve --data data --listen 127.0.0.1:0", env!("CARGO_BIN_EXE_kiez"));
    let mut command = Command::new("sh");
    command.args(["-c", &script]).current_dir(place.path(".")).stdout(Stdio::piped()).stderr(Stdio::null());
    let mut child = command.spawn().expect("a shell");
    let mut line = String::new();
    BufReader::new(child.stdout.take().expect("asked for")).read_line(&mut line).expect("a line");
    let server = Server::of(child);
    let limit = |pid: u32, size: &str| {
        let pid = pid.to_string();
        let status = Command::new("prlimit").args(["--pid", &pid, &format!("--fsize={size}")]).status();
        status.is_ok_and(|status| status.success())
    };
    let pid = server.id();
    let served = Served::at(&line, &link, server);
    assert!(served.send("Holz", "de").starts_with("HTTP/1.1 303"));
    if !limit(pid, "1:unlimited") {
        return;
    }
    goes_on_reading(&place, &served, || assert!(limit(pid, "unlimited:unlimited"), "the limit stays"));
}

#[test]
fn whoever_waits_too_long_for_another_writer_gets_the_words_back() {
    let place = Place::empty();
    let link = installation(&place);
    let (server, line) = place.serve(&["serve", "--data", "data", "--listen", "127.0.0.1:0"]);
    let served = Served::at(&line, &link, server);
    tokio::runtime::Runtime::new().expect("a runtime").block_on(async {
        let file = format!("sqlite://{}", place.path("data/kiez.db").display());
        let db = kiez_store::db::Db::open(&file).await.expect("opened");
        let writing = db.write().await.expect("nobody else writes");
        let answer = served.send("Geduld", "de");
        assert!(
            answer.starts_with("HTTP/1.1 503") && answer.contains("Gerade schreibt jemand anderes"),
            "{answer}"
        );
        assert!(answer.contains("Geduld") && answer.contains("Noch einmal senden"), "{answer}");
        // Nobody is told that the disk is full: it is not.
        let page = served.page("/w/kiez", "de");
        assert!(
            page.starts_with("HTTP/1.1 200") && !page.contains("Gerade lässt sich nichts speichern"),
            "{page}"
        );
        drop(writing);
        db.close().await;
    });
    assert!(served.send("Geduld", "de").starts_with("HTTP/1.1 303"));
    assert_eq!(place.dump().matches("\"text\":\"Geduld\"").count(), 1);
}

#[cfg(unix)]
#[test]
fn a_server_that_starts_on_a_read_only_disk_serves_what_can_be_read() {
    let place = Place::empty();
    let Some(_disk) = SmallDisk::at(place.path("data"), "8m") else { return };
    let link = installation(&place);
    let serve = ["serve", "--data", "data", "--listen", "127.0.0.1:0"];
    let cookie = {
        let (mut server, line) = place.serve(&serve);
        let cookie = sign_in(line.trim().rsplit(' ').next().expect("an address"), &link);
        server.terminate();
        assert!(server.ended().success());
        cookie
    };
    let data = place.path("data").display().to_string();
    let remount = |how: &str| {
        let status = Command::new("mount").args(["-o", &format!("remount,{how}"), &data]).status();
        assert!(status.expect("mount is there").success());
    };
    let before = place.dump();
    // A program that was ended while it tidied up leaves one of the two files beside the database.
    let _left_by_nobody = std::fs::remove_file(place.path("data/kiez.db-shm"));
    place.write("data/kiez.db-wal", "what was brought home already");
    remount("ro");
    // What needs no writing works, a backup first of all.
    assert!(place.dump() == before);
    place.is_sound();
    place.call(&["backup", "rescued.kiezbackup", "--data", "data"]).with(0);
    place.call(&["verify-backup", "rescued.kiezbackup"]).with(0);
    place
        .call(&["user", "add", "--name", "A", "--role", "operator", "--data", "data"])
        .with(1)
        .saying(&["written"]);
    let (server, line) = place.serve(&serve);
    let url = line.trim().rsplit(' ').next().expect("an address").to_owned();
    let served = Served { url, cookie, _server: server };
    goes_on_reading(&place, &served, || remount("rw"));
    // The lock was taken when it could be.
    place.call(&serve).with(1).saying(&["is served already"]);
}

#[cfg(unix)]
#[test]
fn a_migration_that_finds_no_room_leaves_everything_as_it_was() {
    let place = Place::empty();
    let Some(_disk) = SmallDisk::at(place.path("data"), "300k") else { return };
    place.call(&["init", "--data", "data"]).with(1).saying(&["full"]);
    let data = place.path("data").display().to_string();
    let larger =
        Command::new("mount").args(["-o", "remount,size=3m", &data]).status().expect("mount is there");
    assert!(larger.success());
    place.call(&["init", "--data", "data"]).with(0);
    place.call(&["init", "--data", "data"]).with(1).saying(&["holds an installation already"]);
    place.is_sound();
}
