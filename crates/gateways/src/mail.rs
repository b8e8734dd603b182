//! Letters that leave the house: to a mail server, into a folder, or into memory.
//!
//! A letter is written once, by [`Outgoing::written`], whatever takes it: what lies in the folder is what a mail server
//! would have got.

mod folder;
mod server;
#[cfg(test)]
mod tests;

pub use folder::Folder;
pub use server::Server;

use kiez_domain::instant::Instant;
use lettre::message::header::{ContentType, HeaderName, HeaderValue, MIME_VERSION_1_0};
use lettre::message::{Mailbox, MessageBuilder};
use lettre::{Address, Message};
use std::sync::{Arc, Mutex};
use std::time::{Duration, SystemTime};

/// Where letters go.
#[derive(Debug, Clone)]
pub enum Transport {
    /// A mail server.
    Server(Server),
    /// Complete files in a folder: where no mail server is set, and always in a demo.
    Folder(Folder),
    /// A list in memory, for tests; it can be told to take nothing.
    Memory(Arc<Mutex<Memory>>),
}

/// What a test's mail server holds.
#[derive(Debug, Default)]
pub struct Memory {
    /// What was sent.
    pub sent: Vec<Outgoing>,
    /// Why it takes nothing now.
    pub refuses: Option<MailFault>,
}

/// Who writes: a name and an address.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Sender(Mailbox);

/// A letter ready to leave.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Outgoing {
    /// Stays the same however often it is sent, so that doubles can be recognised.
    pub id: String,
    /// To whom: the address …
    pub to: String,
    /// … and the name.
    pub name: String,
    /// When it was written.
    pub at: Instant,
    /// What it is about.
    pub subject: String,
    /// What it says, as plain text.
    pub body: String,
    /// In which language.
    pub language: String,
}

/// Why a letter did not leave. What a server says is in the log at most: it repeats addresses.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum MailFault {
    /// No letter can be sent to such an address.
    #[error("the address cannot be written to")]
    Address,
    /// The server will not take it, now or later.
    #[error("the mail server refuses it for good")]
    Rejected,
    /// The server asks to try again.
    #[error("the mail server asks to try again later")]
    Later,
    /// The server does not answer, or not safely.
    #[error("the mail server does not answer")]
    Unreachable,
    /// The folder takes nothing.
    #[error("the folder for mail cannot be written to")]
    Folder,
}

impl Transport {
    /// Sends a letter; it blocks until it is known how that went.
    ///
    /// # Errors
    /// Why it did not leave. A letter may have left all the same when the answer was lost.
    pub fn send(&self, sender: &Sender, letter: &Outgoing) -> Result<(), MailFault> {
        let message = letter.written(sender)?;
        match self {
            Self::Server(server) => server.send(&message),
            Self::Folder(folder) => folder.keep(&letter.id, &message.formatted()),
            Self::Memory(memory) => {
                let mut memory = memory.lock().unwrap_or_else(std::sync::PoisonError::into_inner);
                match memory.refuses {
                    Some(fault) => Err(fault),
                    None => {
                        memory.sent.push(letter.clone());
                        Ok(())
                    }
                }
            }
        }
    }

    /// A transport that keeps letters in memory.
    #[must_use]
    pub fn memory() -> (Self, Arc<Mutex<Memory>>) {
        let memory = Arc::<Mutex<Memory>>::default();
        (Self::Memory(Arc::clone(&memory)), memory)
    }
}

impl Sender {
    /// Reads `kiez@example.org` or `Kiezgrößen <kiez@example.org>`.
    ///
    /// # Errors
    /// When it is neither.
    pub fn parse(text: &str) -> Result<Self, MailFault> {
        let mailbox: Mailbox = text.parse().map_err(|_| MailFault::Address)?;
        Ok(Self(Mailbox { name: mailbox.name.as_deref().map(one_line), email: mailbox.email }))
    }

    /// The house of the address, which stands in the id of each letter.
    #[must_use]
    pub fn domain(&self) -> &str {
        self.0.email.domain()
    }
}

impl Outgoing {
    /// The letter as RFC 5322 wants it: plain text, quoted where it is not ASCII, written by a machine.
    ///
    /// # Errors
    /// When the address is none.
    pub fn written(&self, sender: &Sender) -> Result<Message, MailFault> {
        let address: Address = self.to.trim().parse().map_err(|_| MailFault::Address)?;
        let name = Some(one_line(&self.name)).filter(|name| !name.is_empty());
        let millis = u64::try_from(self.at.0).unwrap_or(0);
        let builder: MessageBuilder = Message::builder()
            .from(sender.0.clone())
            .to(Mailbox { name, email: address })
            .subject(one_line(&self.subject))
            .date(SystemTime::UNIX_EPOCH + Duration::from_millis(millis))
            .message_id(Some(format!("<{}@{}>", self.id, sender.domain())))
            .raw_header(plain("Auto-Submitted", "auto-generated"))
            .raw_header(plain("Content-Language", &one_line(&self.language)))
            .header(MIME_VERSION_1_0)
            .header(ContentType::TEXT_PLAIN);
        builder.body(self.body.clone()).map_err(|_| MailFault::Address)
    }
}

/// A header of our own, of signs that need no quoting.
fn plain(name: &'static str, value: &str) -> HeaderValue {
    HeaderValue::new(HeaderName::new_from_ascii_str(name), value.to_owned())
}

/// A text on one line: no name and no subject can begin a header of its own.
fn one_line(text: &str) -> String {
    let line: String = text.chars().map(|sign| if sign.is_control() { ' ' } else { sign }).collect();
    line.split_whitespace().collect::<Vec<_>>().join(" ")
}
