//! Mail from the shell: into the folder, held, released, listed.

use crate::people::add;
use crate::program::Place;

/// The letters in the folder, each as it lies there.
fn letters(place: &Place) -> Vec<String> {
    let Ok(folder) = std::fs::read_dir(place.path("data/mail")) else { return Vec::new() };
    let files = folder.filter_map(Result::ok).map(|file| file.path());
    files.map(|path| std::fs::read_to_string(path).expect("a letter")).collect()
}

#[test]
fn a_link_by_mail_lies_in_the_folder_and_in_the_log() {
    let place = Place::with_installation();
    let (user, _) =
        add(&place, &["--name", "Amira Demir", "--role", "coordinator", "--email", "amira@kita.example"]);
    place.call(&["user", "link", "--data", "data", &user, "--mail"]).with(0).saying(&["queued"]);
    place.call(&["user", "link", "--data", "data", &user, "--mail"]).with(1).saying(&["15 minutes"]);
    place.call(&["mail", "hold", "--data", "data"]).with(0);
    let run = ["jobs", "run", "--until-idle", "--data", "data"];
    place.call(&run).with(0).saying(&["mail is held"]);
    assert!(letters(&place).is_empty(), "held");
    place.call(&["mail", "release", "--data", "data"]).with(0);
    place.call(&run).with(0).saying(&["1 sent"]);
    place.call(&run).with(0).saying(&["0 sent"]);
    let [letter] = &letters(&place)[..] else { panic!("one letter") };
    for wanted in ["To: \"Amira Demir\" <amira@kita.example>", "Subject: Ihr Zugang zu", "/link/"] {
        assert!(letter.contains(wanted), "{wanted} is missing:\n{letter}");
    }
    let listed = place.call(&["mail", "list", "--data", "data", "--format", "csv"]).with(0).out;
    assert!(listed.contains(",Amira Demir,invitation,membership,sent,,1,"), "{listed}");
    assert!(!listed.contains("amira@"), "{listed}");
    let token = letter.split("/link/").nth(1).expect("a link").chars().take(32).collect::<String>();
    assert!(!place.dump().contains(&token), "a link is stored nowhere");
}

#[test]
fn mail_with_a_server_needs_a_sender() {
    let place = Place::with_installation();
    let check = ["config", "check", "--data", "data"];
    place.write("data/kiez.toml", "smtp = \"smtp://kiez:geheim@mail.example:587\"\n");
    place.call(&check).with(4).saying(&["mail_from: is missing"]);
    place.write(
        "data/kiez.toml",
        "smtp = \"smtp://kiez:geheim@mail.example:587\"\nmail_from = \"kiez@kita.example\"\n",
    );
    place.call(&check).with(0);
    let shown = place.call(&["config", "show", "--data", "data", "--format", "csv"]).with(0).out;
    assert!(shown.contains("smtp://kiez:…@mail.example:587") && !shown.contains("geheim"), "{shown}");
    place.write(
        "data/kiez.toml",
        "smtp = \"smtp://mail.example:25?tls=none\"\nmail_from = \"kiez@kita.example\"\n",
    );
    place.call(&check).with(4).saying(&["smtp"]);
}
