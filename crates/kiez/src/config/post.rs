//! Mail where no server is set: into a folder of the data, in the name of the house.

use super::setting;
use kiez_app::message::delivery::Post;
use kiez_gateways::mail::{Folder, Sender, Transport};
use std::path::Path;

/// The folder for mail among the data.
const FOLDER: &str = "mail";

/// Letters as files beside the database.
pub(super) fn folder(data: &Path) -> Transport {
    Transport::Folder(Folder::new(data.join(FOLDER)))
}

/// Nobody answers to letters that nobody gets: the host of the program, and a name that says so.
pub(super) fn folder_sender(base_url: &str) -> Result<Sender, String> {
    let host = base_url.split_once("://").map_or(base_url, |(_, rest)| rest);
    let host = host.split(['/', ':']).next().unwrap_or_default();
    let named = host.contains(|sign: char| sign.is_ascii_alphabetic()) && !host.starts_with('[');
    setting::sender(&format!("Kiezgrößen <noreply@{}>", if named { host } else { "localhost" }))
}

/// The mail of a demo never leaves its folder, whatever the settings say.
pub(crate) fn of_a_demo(data: &Path, base_url: &str) -> Result<Post, String> {
    let sender = folder_sender(base_url)?;
    Ok(Post { transport: folder(data), sender, base_url: base_url.to_owned() })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_house_writes_in_its_own_name() {
        for (url, domain) in [
            ("https://kiez.example", "kiez.example"),
            ("http://localhost:8080", "localhost"),
            ("http://127.0.0.1:8080", "localhost"),
            ("http://[::1]:8080", "localhost"),
        ] {
            assert_eq!(folder_sender(url).expect("a sender").domain(), domain, "{url}");
        }
    }
}
