//! How somebody comes to the door: with which device, from which network, with which session.

use crate::request::{locale_of, session_secret};
use crate::state::WebState;
use axum::extract::{ConnectInfo, FromRequestParts};
use axum::http::request::Parts;
use kiez_app::sign_in::Arrival;
use std::convert::Infallible;
use std::net::SocketAddr;

/// What a request tells about its sender.
pub(crate) struct Arriving(pub(crate) Arrival);

impl FromRequestParts<WebState> for Arriving {
    type Rejection = Infallible;

    async fn from_request_parts(parts: &mut Parts, state: &WebState) -> Result<Self, Infallible> {
        let peer = parts.extensions.get::<ConnectInfo<SocketAddr>>().map(|ConnectInfo(peer)| peer.ip());
        let agent = parts.headers.get("user-agent").and_then(|value| value.to_str().ok()).unwrap_or_default();
        Ok(Self(Arrival {
            device: device(agent),
            network: state.reach.network(&parts.headers, peer),
            earlier: session_secret(&parts.headers, state),
            demo: state.demo,
            language: locale_of(&parts.uri, &parts.headers, state.demo).tag().parse().ok(),
        }))
    }
}

/// Programs by a word of how they call themselves; the first that fits, because most also name others.
const PROGRAMS: [(&str, &str); 6] = [
    ("Edg", "Edge"),
    ("OPR/", "Opera"),
    ("Firefox/", "Firefox"),
    ("Chrom", "Chrome"),
    ("Safari/", "Safari"),
    ("curl/", "curl"),
];

/// What a program runs on.
const SYSTEMS: [(&str, &str); 6] = [
    ("Android", "Android"),
    ("iPhone", "iPhone"),
    ("iPad", "iPad"),
    ("Windows", "Windows"),
    ("Mac OS X", "macOS"),
    ("Linux", "Linux"),
];

/// Two words that a person recognises; no version and nothing else that would tell devices of one kind apart.
fn device(agent: &str) -> String {
    let known = |list: &[(&str, &'static str)]| {
        list.iter().find(|(word, _)| agent.contains(word)).map(|(_, name)| *name)
    };
    let words: Vec<&str> = [known(&PROGRAMS), known(&SYSTEMS)].into_iter().flatten().collect();
    words.join(" · ")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn devices_are_called_so_that_people_recognise_them() {
        for (agent, wanted) in [
            ("Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0", "Firefox · Linux"),
            (
                "Mozilla/5.0 (Linux; Android 15) AppleWebKit/537.36 Chrome/140.0.0.0 Mobile Safari/537.36",
                "Chrome · Android",
            ),
            (
                "Mozilla/5.0 (iPhone; CPU iPhone OS 18_0 like Mac OS X) AppleWebKit/605 Version/18.0 Safari/604.1",
                "Safari · iPhone",
            ),
            (
                "Mozilla/5.0 (Windows NT 10.0; Win64) AppleWebKit/537.36 Chrome/140.0 Safari/537.36 Edg/140.0",
                "Edge · Windows",
            ),
            ("", ""),
        ] {
            assert_eq!(device(agent), wanted);
        }
    }
}
