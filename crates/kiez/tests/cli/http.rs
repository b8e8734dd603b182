//! Speaking HTTP word by word, so that a test can stop in the middle.

use std::io::{Read, Write};
use std::net::TcpStream;

/// A connection to a server.
pub(crate) struct Talk(TcpStream, String);

impl Talk {
    /// Connects to the server at an address such as `http://127.0.0.1:8080`.
    pub(crate) fn to(url: &str) -> Self {
        let authority = url.strip_prefix("http://").expect("an address");
        Self(TcpStream::connect(authority).expect("it listens"), authority.to_owned())
    }

    /// Says words; whoever asks for the host `kiez` means this server, from a page of its own.
    pub(crate) fn say(&mut self, words: &str) {
        let words = words.replace("host: kiez\r\n", &format!("host: {0}\r\norigin: http://{0}\r\n", self.1));
        self.0.write_all(words.as_bytes()).expect("sent");
    }

    /// Everything up to the empty line behind the next head.
    pub(crate) fn hear_head(&mut self) -> String {
        let mut head = Vec::new();
        let mut byte = [0];
        while !head.ends_with(b"\r\n\r\n") && self.0.read(&mut byte).expect("an answer") == 1 {
            head.push(byte[0]);
        }
        String::from_utf8(head).expect("a head in UTF-8")
    }

    /// Everything until the server hangs up.
    pub(crate) fn hear_all(&mut self) -> String {
        let mut answer = String::new();
        self.0.read_to_string(&mut answer).expect("an answer in UTF-8");
        answer
    }
}

/// Asks for a page under a host name and returns the whole answer.
pub(crate) fn get(url: &str, host: &str, path: &str) -> String {
    let port = url.rsplit(':').next().expect("a port");
    let mut talk = Talk::to(url);
    talk.say(&format!("GET {path} HTTP/1.1\r\nhost: {host}:{port}\r\nconnection: close\r\n\r\n"));
    talk.hear_all()
}

/// What the forms of a session carry beside their fields.
pub(crate) fn token_of(cookie: &str) -> String {
    let (_, secret) = cookie.split_once('=').expect("a cookie");
    format!("form_token={}", kiez_app::secret::form_token(secret))
}

/// Signs in with a link of `kiez init` or `kiez user link` and returns the cookie.
pub(crate) fn sign_in(url: &str, link: &str) -> String {
    let path = link.trim().splitn(4, '/').nth(3).expect("a link has a path");
    let authority = url.strip_prefix("http://").expect("an address");
    let mut talk = Talk::to(url);
    talk.say(&format!(
        "POST /{path} HTTP/1.1\r\nhost: {authority}\r\ncontent-length: 0\r\nconnection: close\r\n\r\n"
    ));
    let answer = talk.hear_all();
    assert!(answer.starts_with("HTTP/1.1 303"), "{answer}");
    let cookie = answer.lines().find_map(|line| line.strip_prefix("set-cookie: "));
    cookie.and_then(|cookie| cookie.split(';').next()).expect("a session").to_owned()
}
