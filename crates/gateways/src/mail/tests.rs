use super::*;
use std::io::{BufRead as _, BufReader, Write as _};
use std::net::TcpListener;

fn letter() -> Outgoing {
    Outgoing {
        id: "0198c0de-0000-7000-8000-000000000001".to_owned(),
        to: "jonas@example.org".to_owned(),
        name: "Jonas Öztürk".to_owned(),
        at: Instant(1_772_442_000_000),
        subject: "Einladung zu Kiezgrößen".to_owned(),
        body: "Guten Tag,\nhier geht es hinein:\nhttps://kiez.example/link/0123\n".to_owned(),
        language: "de".to_owned(),
    }
}

fn sender() -> Sender {
    Sender::parse("Kiezgrößen <kiez@example.org>").expect("an address")
}

fn text_of(letter: &Outgoing) -> String {
    String::from_utf8(letter.written(&sender()).expect("written").formatted()).expect("mail is ASCII")
}

#[test]
fn a_letter_is_a_whole_message() {
    let text = text_of(&letter());
    assert!(text.is_ascii(), "{text}");
    for wanted in [
        "From: =?utf-8?",
        "To: =?utf-8?",
        "<jonas@example.org>",
        "Subject: Einladung zu =?utf-8?",
        "Date: Mon, 02 Mar 2026 09:00:00 +0000",
        "Message-ID: <0198c0de-0000-7000-8000-000000000001@example.org>",
        "Auto-Submitted: auto-generated",
        "Content-Language: de",
        "MIME-Version: 1.0",
        "Content-Type: text/plain; charset=utf-8",
    ] {
        assert!(text.contains(wanted), "{wanted} is missing:\n{text}");
    }
    assert!(!text.contains("List-Unsubscribe"), "nobody can unsubscribe from a letter about the own access");
}

#[test]
fn no_name_and_no_subject_begins_a_header_of_its_own() {
    let breaks = ["\r\n", "\n", "\r", "\u{2028}", "\u{85}", "\0", "\r\n\r\n"];
    for line_break in breaks {
        let evil = format!("Jonas{line_break}Bcc: all@example.org{line_break}{line_break}<h1>");
        let hostile =
            Outgoing { name: evil.clone(), subject: evil.clone(), language: evil.clone(), ..letter() };
        let text = text_of(&hostile);
        let (head, _) = text.split_once("\r\n\r\n").expect("a head and a body");
        let names: Vec<&str> = head
            .split("\r\n")
            .filter(|line| !line.starts_with([' ', '\t']))
            .filter_map(|line| Some(line.split_once(':')?.0))
            .collect();
        assert!(!names.contains(&"Bcc"), "{line_break:?}: {head}");
        assert_eq!(names.len(), names_of(&letter()), "{line_break:?}: {head}");
        assert!(Outgoing { to: evil, ..letter() }.written(&sender()).is_err(), "{line_break:?}");
    }
}

fn names_of(letter: &Outgoing) -> usize {
    let text = text_of(letter);
    let (head, _) = text.split_once("\r\n\r\n").expect("a head and a body");
    head.split("\r\n").filter(|line| !line.starts_with([' ', '\t'])).count()
}

#[test]
fn senders_are_read_and_none_hides_a_line() {
    assert_eq!(sender().domain(), "example.org");
    assert!(Sender::parse("kiez@example.org").is_ok());
    for wrong in ["", "kiez", "kiez@", "a@b.example, c@d.example", "<>", "Kiez <kiez@exam ple.org>"] {
        assert!(Sender::parse(wrong).is_err(), "{wrong}");
    }
}

#[test]
fn the_folder_holds_whole_letters_that_nobody_else_reads() {
    let place = tempfile::tempdir().expect("a folder");
    let folder = Folder::new(place.path().join("mail"));
    let transport = Transport::Folder(folder.clone());
    transport.send(&sender(), &letter()).expect("kept");
    transport.send(&sender(), &letter()).expect("the same again takes its place");
    let files: Vec<_> = std::fs::read_dir(folder.path()).expect("there").filter_map(Result::ok).collect();
    assert_eq!(files.len(), 1, "{files:?}");
    let file = files[0].path();
    assert!(file.ends_with("0198c0de-0000-7000-8000-000000000001.eml"), "{file:?}");
    assert_eq!(std::fs::read_to_string(&file).expect("read"), text_of(&letter()));
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt as _;
        let mode =
            |path: &std::path::Path| std::fs::metadata(path).expect("there").permissions().mode() & 0o777;
        assert_eq!((mode(&file), mode(folder.path())), (0o600, 0o700));
    }
}

#[test]
fn a_folder_that_cannot_be_made_is_a_fault() {
    let place = tempfile::tempdir().expect("a folder");
    let file = place.path().join("taken");
    std::fs::write(&file, "").expect("written");
    let transport = Transport::Folder(Folder::new(file));
    assert_eq!(transport.send(&sender(), &letter()), Err(MailFault::Folder));
}

/// A mail server of one conversation: answers each command by its first word, and gives what it was told.
fn server(answers: fn(&str) -> &'static str) -> (String, std::thread::JoinHandle<Vec<String>>) {
    let listener = TcpListener::bind("127.0.0.1:0").expect("a port");
    let url = format!("smtp://{}", listener.local_addr().expect("an address"));
    let told = std::thread::spawn(move || {
        let (stream, _) = listener.accept().expect("a client");
        let mut out = stream.try_clone().expect("two ends");
        out.write_all(b"220 mail.example\r\n").expect("sent");
        let (mut lines, mut in_data) = (Vec::new(), false);
        for line in BufReader::new(stream).lines() {
            let Ok(line) = line else { break };
            let answer = match (in_data, line.as_str()) {
                (true, ".") => {
                    in_data = false;
                    answers(".")
                }
                (true, _) => "",
                (false, command) => answers(command.split([' ', ':']).next().unwrap_or_default()),
            };
            in_data |= answer.starts_with("354");
            lines.push(line);
            if !answer.is_empty() && out.write_all(format!("{answer}\r\n").as_bytes()).is_err() {
                break;
            }
        }
        lines
    });
    (url, told)
}

#[test]
fn a_server_gets_the_letter_and_its_answers_are_told_apart() {
    let kind = |command: &str| match command {
        "EHLO" => "250 mail.example",
        "DATA" => "354 go on",
        _ => "250 fine",
    };
    let (url, told) = server(kind);
    let transport = Transport::Server(Server::at(&url, "example.org").expect("an address"));
    transport.send(&sender(), &letter()).expect("taken");
    drop(transport);
    let lines = told.join().expect("a conversation");
    assert!(lines.contains(&"MAIL FROM:<kiez@example.org>".to_owned()), "{lines:?}");
    assert!(lines.contains(&"RCPT TO:<jonas@example.org>".to_owned()), "{lines:?}");
    assert!(lines.iter().any(|line| line.starts_with("Message-ID: <0198c0de")), "{lines:?}");
    for (answers, fault) in [
        (
            (|command| if command == "EHLO" { "250 mail.example" } else { "550 no such user" })
                as fn(&str) -> &'static str,
            MailFault::Rejected,
        ),
        (|command| if command == "EHLO" { "250 mail.example" } else { "451 greylisted" }, MailFault::Later),
    ] {
        let (url, _) = server(answers);
        let transport = Transport::Server(Server::at(&url, "example.org").expect("an address"));
        assert_eq!(transport.send(&sender(), &letter()), Err(fault));
    }
}

#[test]
fn a_server_that_is_not_there_is_a_fault_and_no_panic() {
    let gone = TcpListener::bind("127.0.0.1:0").expect("a port").local_addr().expect("an address");
    let transport =
        Transport::Server(Server::at(&format!("smtp://{gone}"), "example.org").expect("an address"));
    assert_eq!(transport.send(&sender(), &letter()), Err(MailFault::Unreachable));
}

#[test]
fn elsewhere_is_never_spoken_to_without_encryption() {
    // A server that does not know STARTTLS is not given the letter, nor a password.
    assert!(Server::at("smtp://user:secret@mail.example:587?tls=none", "example.org").is_err());
    assert!(Server::at("smtp://user:secret@mail.example:587", "example.org").is_ok());
    assert!(Server::at("smtps://mail.example", "example.org").is_ok());
    assert!(Server::at("http://mail.example", "example.org").is_err());
    let shown = format!("{:?}", Server::at("smtps://user:secret@mail.example", "example.org"));
    assert!(!shown.contains("secret"), "{shown}");
}
