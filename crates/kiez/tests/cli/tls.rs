//! Encrypted by the program itself.

use crate::program::Place;
use rustls::pki_types::pem::PemObject as _;
use rustls::pki_types::{CertificateDer, ServerName};
use rustls::{ClientConfig, ClientConnection, RootCertStore, StreamOwned};
use std::io::{Read as _, Write as _};
use std::net::TcpStream;
use std::sync::Arc;

const SERVE: [&str; 9] = [
    "serve",
    "--data",
    "data",
    "--listen",
    "127.0.0.1:0",
    "--tls-certificate",
    "chain.pem",
    "--tls-key",
    "key.pem",
];

/// Lays a certificate for this machine into the place, and gives it.
fn certified(place: &Place) -> String {
    let made = rcgen::generate_simple_self_signed(vec!["localhost".to_owned()]).expect("made");
    let chain = made.cert.pem();
    place.write("chain.pem", &chain);
    place.write("key.pem", made.signing_key.serialize_pem());
    chain
}

/// Asks for a page, trusting this certificate alone.
fn ask(authority: &str, chain: &str, path: &str) -> std::io::Result<String> {
    let mut trusted = RootCertStore::empty();
    trusted.add(CertificateDer::from_pem_slice(chain.as_bytes()).expect("PEM")).expect("a certificate");
    let builder = ClientConfig::builder_with_provider(Arc::new(rustls::crypto::ring::default_provider()));
    let builder = builder.with_safe_default_protocol_versions().expect("versions");
    let config = builder.with_root_certificates(trusted).with_no_client_auth();
    let name = ServerName::try_from("localhost").expect("a name");
    let connection = ClientConnection::new(Arc::new(config), name).expect("a connection");
    let mut stream = StreamOwned::new(connection, TcpStream::connect(authority)?);
    let port = authority.rsplit(':').next().expect("a port");
    write!(stream, "GET {path} HTTP/1.1\r\nhost: 127.0.0.1:{port}\r\nconnection: close\r\n\r\n")?;
    let mut answer = Vec::new();
    stream.read_to_end(&mut answer)?;
    Ok(String::from_utf8(answer).expect("UTF-8"))
}

#[test]
fn pages_are_encrypted_with_the_certificate_of_the_settings() {
    let place = Place::with_installation();
    let chain = certified(&place);
    let (_server, line) = place.serve(&SERVE);
    let authority = line.trim().rsplit("https://").next().expect("an address").to_owned();
    // Whoever says nothing, or speaks no TLS, holds up nobody.
    let _silent = TcpStream::connect(&authority).expect("it listens");
    let mut plain = TcpStream::connect(&authority).expect("it listens");
    plain.write_all(b"GET / HTTP/1.1\r\nhost: localhost\r\n\r\n").expect("sent");
    let page = ask(&authority, &chain, "/").expect("a page");
    assert!(page.starts_with("HTTP/1.1 200") && page.contains("strict-transport-security"), "{page}");
    let foreign = rcgen::generate_simple_self_signed(vec!["localhost".to_owned()]).expect("made").cert.pem();
    assert!(ask(&authority, &foreign, "/").is_err(), "another certificate is not trusted");
}

#[test]
fn a_certificate_that_is_none_is_said_before_anybody_is_served() {
    let place = Place::with_installation();
    place.call(&SERVE).with(1).saying(&["chain.pem", "cannot be read"]);
    certified(&place);
    let key = std::fs::read(place.path("key.pem")).expect("read");
    place.write("key.pem", "nothing");
    place.call(&SERVE).with(1).saying(&["key.pem", "there is no private key in it"]);
    place.write("key.pem", key);
    place.write("chain.pem", "nothing");
    place.call(&SERVE).with(1).saying(&["chain.pem", "there is no certificate in it"]);
    place.call(&SERVE[..7]).with(1).saying(&["tls_key", "is missing"]);
    let plain = [&SERVE[..], &["--base-url", "http://kiez.example"]].concat();
    place.call(&plain).with(1).saying(&["base_url", "https://"]);
}
