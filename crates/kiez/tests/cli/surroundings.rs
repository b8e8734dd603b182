//! Surroundings that a program does not choose: rights, a full disk, the end in the middle. Nothing is half done then,
//! and the message says what, where, why and what to do.

use crate::http::{Talk, get, sign_in};
use crate::program::{Place, Server};
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

/// An account that may do nothing.
const NOBODY: &str = "nobody";

/// Says why a test cannot try what it is for.
#[expect(clippy::print_stderr, reason = "a skipped test says so where whoever runs the tests looks")]
fn skip(why: &str) {
    eprintln!("skipped: {why}");
}

fn succeeds(program: &str, arguments: &[&str]) -> bool {
    Command::new(program).args(arguments).output().is_ok_and(|output| output.status.success())
}

/// A place that another account may enter; none where this account cannot start programs as another.
#[cfg(unix)]
fn place_for_nobody() -> Option<Place> {
    use std::os::unix::fs::PermissionsExt;
    if !succeeds("runuser", &["-u", NOBODY, "--", env!("CARGO_BIN_EXE_kiez"), "--version"]) {
        skip("only root can start the program as another account, and that one must reach it");
        return None;
    }
    let place = Place::with_installation();
    std::fs::set_permissions(place.path("."), std::fs::Permissions::from_mode(0o755))
        .expect("our own folder");
    Some(place)
}

#[cfg(unix)]
#[test]
fn a_folder_of_somebody_else_is_said_to_be_one() {
    let Some(place) = place_for_nobody() else { return };
    let before = place.dump();
    for command in
        [&["doctor"][..], &["serve", "--listen", "127.0.0.1:0"], &["user", "list"], &["init"], &["migrate"]]
    {
        let arguments = [command, &["--data", "data"]].concat();
        place.call_as(NOBODY, &arguments).with(1).saying(&["data", "Permission denied", "check the rights"]);
    }
    place.call_as(NOBODY, &["init", "--data", "mine"]).with(1).saying(&["mine", "cannot be made", "rights"]);
    assert_eq!(place.dump(), before);
    place.is_sound();
}

#[cfg(unix)]
#[test]
fn a_folder_that_can_only_be_read_is_left_as_it_is() {
    use std::os::unix::fs::PermissionsExt;
    let Some(place) = place_for_nobody() else { return };
    for (name, mode) in [("data", 0o755), ("data/kiez.db", 0o644)] {
        std::fs::set_permissions(place.path(name), std::fs::Permissions::from_mode(mode)).expect("our own");
    }
    place.write("cards.csv", "what,text\nneed,Holz\n");
    let before = place.dump();
    for command in [
        &["serve", "--listen", "127.0.0.1:0"][..],
        &["import", "cards", "cards.csv"],
        &["user", "add", "--name", "A", "--role", "operator"],
    ] {
        let arguments = [command, &["--data", "data"]].concat();
        // Which of its files SQLite misses first depends on what the last program left there; the way out is one.
        place.call_as(NOBODY, &arguments).with(1).saying(&["right"]);
    }
    assert_eq!(place.dump(), before);
    place.is_sound();
}

/// A file system of its own that is gone with the value.
pub(crate) struct SmallDisk(PathBuf);

impl SmallDisk {
    pub(crate) fn at(path: PathBuf, size: &str) -> Option<Self> {
        std::fs::create_dir(&path).expect("a new folder");
        let options = format!("size={size}");
        let shown = path.display().to_string();
        if succeeds("mount", &["-t", "tmpfs", "-o", &options, "tmpfs", &shown]) {
            return Some(Self(path));
        }
        skip("only root can mount a small file system, and not in every container");
        None
    }
}

impl Drop for SmallDisk {
    fn drop(&mut self) {
        let _gone = Command::new("umount").args(["-l".as_ref(), self.0.as_os_str()]).status();
    }
}

#[cfg(unix)]
#[test]
fn a_full_disk_takes_nothing_in_and_loses_nothing() {
    let place = Place::empty();
    // Room for an empty database and the log beside it, and not for the file.
    let Some(_disk) = SmallDisk::at(place.path("data"), "3000k") else { return };
    place.call(&["init", "--data", "data"]).with(0);
    let before = place.dump();
    place.write("shops.csv", many_shops(20_000));
    let import = ["import", "actors", "shops.csv", "--data", "data"];
    place.call(&import).with(1).saying(&["disk", "full", "make room"]);
    assert_eq!(place.dump(), before, "a part of the file was taken in");
    place.is_sound();
    // To the last byte: not even the files that SQLite keeps beside its own find room.
    let filler = place.path("data/filler");
    let mut full = std::fs::File::create(&filler).expect("one more file");
    let filled = std::io::copy(&mut std::io::repeat(0), &mut full).expect_err("the disk has an end");
    assert_eq!(filled.kind(), std::io::ErrorKind::StorageFull);
    let add = ["user", "add", "--name", "Amira", "--role", "operator", "--data", "data"];
    let added = place.call(&add);
    drop(full);
    std::fs::remove_file(filler).expect("room is made");
    // A file that the last program left beside the database may have room for one row; then it is kept, whole.
    match added.status {
        0 => assert!(place.dump().contains("Amira"), "somebody got a link and was not kept"),
        _ => {
            added.with(1).saying(&["full"]);
            assert_eq!(place.dump(), before);
        }
    }
    place.call(&add).with(0);
    place.is_sound();
}

fn many_shops(rows: usize) -> String {
    let note = "x".repeat(300);
    let mut text = "name,street,house_number,note\n".to_owned();
    for number in 0..rows {
        text.push_str(&format!("Laden {number},Graefestraße,{},{note}\n", number % 200 + 1));
    }
    text
}

/// Whether a transaction that is not finished has grown beyond the memory it may use, so that it stands on the disk.
fn is_writing(folder: &Path) -> bool {
    std::fs::metadata(folder.join("kiez.db-wal")).is_ok_and(|file| file.len() > 4_000_000)
}

#[cfg(unix)]
#[test]
fn an_import_that_is_ended_in_the_middle_has_not_happened() {
    let place = Place::with_installation();
    let before = place.dump();
    place.write("shops.csv", many_shops(30_000));
    let mut command = place.command(&["import", "actors", "shops.csv", "--data", "data"]);
    let child = command.stdout(Stdio::null()).stderr(Stdio::null()).spawn().expect("it starts");
    let mut import = Server::of(child);
    while !is_writing(&place.path("data")) {
        assert_eq!(import.has_ended(), None, "the import was over before it could be ended");
        std::thread::yield_now();
    }
    import.terminate();
    assert!(!import.ended().success());
    place.is_sound();
    assert_eq!(place.dump(), before, "a part of the file was taken in");
    place.write("one.csv", "name\nTischlerei Holzwurm\n");
    assert_eq!(place.import("actors", &["one.csv"], 0)["new"], 1);
}

#[cfg(unix)]
#[test]
fn a_request_that_is_being_answered_when_the_server_is_told_to_stop_is_finished() {
    let place = Place::empty();
    place.call(&["init", "--data", "data"]).with(0);
    let link = crate::people::member_of_an_institution(&place);
    let (mut server, line) = place.serve(&["serve", "--data", "data", "--listen", "127.0.0.1:0"]);
    let url = line.trim().rsplit(' ').next().expect("an address").to_owned();
    let cookie = sign_in(&url, &link);
    let form = format!("what=need&text=Holz&{}", crate::http::token_of(&cookie));
    let mut talk = Talk::to(&url);
    talk.say(&format!(
        "POST /w/kiez/cards HTTP/1.1\r\nhost: kiez\r\ncookie: {cookie}\r\nexpect: 100-continue\r\nconnection: close\r\n\
         content-type: application/x-www-form-urlencoded\r\ncontent-length: {}\r\n\r\n",
        form.len()
    ));
    // The server asks for the form: it is in the middle of this request now.
    assert!(talk.hear_head().starts_with("HTTP/1.1 100"));
    server.terminate();
    // Whoever comes now is too late: the server listens no more. Then it has heard.
    while std::net::TcpStream::connect(url.trim_start_matches("http://")).is_ok() {
        std::thread::yield_now();
    }
    talk.say(&form);
    let answer = talk.hear_all();
    assert!(answer.starts_with("HTTP/1.1 303"), "{answer}");
    assert!(server.ended().success());
    assert!(place.dump().contains("\"text\":\"Holz\""), "the card was answered and not kept");
    place.is_sound();
    let (_next, line) = place.serve(&["serve", "--data", "data", "--listen", "127.0.0.1:0"]);
    let url = line.trim().rsplit(' ').next().expect("an address");
    assert!(get(url, "127.0.0.1", "/readyz").starts_with("HTTP/1.1 200"));
}

#[test]
fn settings_that_cannot_be_read_stop_every_start_with_their_place() {
    let place = Place::with_installation();
    for (bytes, words) in [
        (&b"listen = \"127.0.0.1:1"[..], &["kiez.toml:1:", "is not TOML"][..]),
        (b"# ours\n\nlisten = 8080\n", &["kiez.toml:3: listen", "quotation marks"]),
        (b"[server]\nlisten = \"127.0.0.1:1\"\n", &["kiez.toml:1: \"server\" is no setting"]),
        (b"data = \"elsewhere\"\n", &["kiez.toml:1: \"data\" is no setting"]),
        (b"metrics_token = \"kurz\"\n", &["kiez.toml:1: metrics_token", "16"]),
        (b"listen = \"\xFF\"\n", &["kiez.toml", "save it as UTF-8"]),
    ] {
        place.write("data/kiez.toml", bytes);
        for command in [&["serve"][..], &["doctor"], &["user", "list"], &["dump", "--canonical"]] {
            place.call(&[command, &["--data", "data"]].concat()).with(1).saying(words);
        }
    }
    std::fs::remove_file(place.path("data/kiez.toml")).expect("removed");
    std::fs::create_dir(place.path("data/kiez.toml")).expect("a folder of that name");
    place
        .call(&["doctor", "--data", "data"])
        .with(1)
        .saying(&["kiez.toml", "a file of settings must stand there"]);
}

#[test]
fn a_database_file_that_is_none_is_named() {
    let place = Place::with_installation();
    place.write("data/kiez.db", "this is no database, only words that stand where one should be");
    for command in [&["serve"][..], &["doctor"], &["migrate"]] {
        let ended = place.call(&[command, &["--data", "data"]].concat()).with(1);
        ended.saying(&["data/kiez.db: ", "not a database", "restore a backup"]);
    }
}
