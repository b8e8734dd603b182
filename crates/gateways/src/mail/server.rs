//! A mail server that takes letters (RFC 6409), over TLS unless it runs on this machine.

use super::MailFault;
use lettre::transport::smtp::extension::ClientId;
use lettre::{Message, SmtpTransport, Transport as _};
use std::fmt;
use std::net::IpAddr;
use std::time::Duration;

/// So long a server may be silent.
const PATIENCE: Duration = Duration::from_secs(20);

/// A mail server.
#[derive(Clone)]
pub struct Server(SmtpTransport);

impl fmt::Debug for Server {
    /// Neither name nor password of the server's account.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Server(…)")
    }
}

impl Server {
    /// The server of an address: `smtps://user:password@host:465` is encrypted from the first byte,
    /// `smtp://user:password@host:587` from STARTTLS on. Without encryption only this machine is spoken to.
    ///
    /// # Errors
    /// When it is no such address.
    pub fn at(url: &str, house: &str) -> Result<Self, MailFault> {
        let unencrypted = url.strip_prefix("smtp://").is_some_and(|rest| is_this_machine(host_of(rest)));
        let url = match url.split_once('?') {
            // What the address says about encryption itself would weaken ours.
            Some(_) => return Err(MailFault::Address),
            None if url.starts_with("smtp://") && !unencrypted => format!("{url}?tls=required"),
            None => url.to_owned(),
        };
        let builder = SmtpTransport::from_url(&url).map_err(|_| MailFault::Address)?;
        let hello = ClientId::Domain(house.to_owned());
        Ok(Self(builder.timeout(Some(PATIENCE)).hello_name(hello).build()))
    }

    pub(super) fn send(&self, message: &Message) -> Result<(), MailFault> {
        self.0.send(message).map(drop).map_err(|error| {
            if error.is_permanent() {
                MailFault::Rejected
            } else if error.is_transient() {
                MailFault::Later
            } else {
                MailFault::Unreachable
            }
        })
    }
}

/// The host in `user:password@host:port/`.
fn host_of(rest: &str) -> &str {
    let place = rest.split('/').next().unwrap_or_default();
    let place = place.rsplit('@').next().unwrap_or_default();
    match place.strip_prefix('[') {
        Some(inner) => inner.split(']').next().unwrap_or_default(),
        None => place.split(':').next().unwrap_or_default(),
    }
}

fn is_this_machine(host: &str) -> bool {
    host == "localhost" || host.parse::<IpAddr>().is_ok_and(|address| address.is_loopback())
}
