//! How somebody comes to the door: with which device, from which network, with which session.

use crate::request::{locale_of, session_secret};
use crate::state::WebState;
use axum::extract::{ConnectInfo, FromRequestParts};
use axum::http::HeaderMap;
use axum::http::request::Parts;
use kiez_app::sign_in::Arrival;
use std::convert::Infallible;
use std::net::{IpAddr, Ipv6Addr, SocketAddr};

/// What a request tells about its sender.
pub(crate) struct Arriving(pub(crate) Arrival);

impl FromRequestParts<WebState> for Arriving {
    type Rejection = Infallible;

    async fn from_request_parts(parts: &mut Parts, state: &WebState) -> Result<Self, Infallible> {
        let peer = parts.extensions.get::<ConnectInfo<SocketAddr>>().map(|ConnectInfo(peer)| peer.ip());
        let agent = parts.headers.get("user-agent").and_then(|value| value.to_str().ok()).unwrap_or_default();
        Ok(Self(Arrival {
            device: device(agent),
            network: network(peer, &parts.headers),
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

/// From which network a request comes: an address of the old kind, the first half of one of the new kind, which one
/// household shares. Behind a proxy of our own house it is the address that the proxy saw.
fn network(peer: Option<IpAddr>, headers: &HeaderMap) -> String {
    let Some(peer) = peer.map(|peer| peer.to_canonical()) else { return String::new() };
    let is_ours = match peer {
        IpAddr::V4(v4) => v4.is_loopback() || v4.is_private(),
        IpAddr::V6(v6) => v6.is_loopback() || v6.is_unique_local(),
    };
    // Only the last one was written by our proxy; those before it anybody can send.
    let told = headers.get_all("x-forwarded-for").iter().next_back().and_then(|value| value.to_str().ok());
    let told = told.and_then(|list| list.rsplit(',').next()?.trim().parse::<IpAddr>().ok());
    match told.filter(|_| is_ours).unwrap_or(peer).to_canonical() {
        IpAddr::V4(v4) => v4.to_string(),
        IpAddr::V6(v6) => Ipv6Addr::from(u128::from(v6) & !u128::from(u64::MAX)).to_string(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use axum::http::HeaderValue;

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

    #[test]
    fn a_network_is_what_our_own_proxy_saw_and_nobody_can_choose_it() {
        let from = |peer: &str, told: Option<&'static str>| {
            let pair =
                told.map(|told| ("x-forwarded-for".parse().expect("a name"), HeaderValue::from_static(told)));
            network(Some(peer.parse().expect("an address")), &pair.into_iter().collect())
        };
        assert_eq!(from("192.0.2.7", None), "192.0.2.7");
        assert_eq!(from("192.0.2.7", Some("198.51.100.1")), "192.0.2.7", "no proxy of ours");
        assert_eq!(from("127.0.0.1", Some("203.0.113.9, 198.51.100.1")), "198.51.100.1");
        assert_eq!(from("10.0.0.2", Some("nonsense")), "10.0.0.2");
        assert_eq!(from("2001:db8:1:2:3:4:5:6", None), "2001:db8:1:2::");
        assert_eq!(network(None, &HeaderMap::new()), "");
    }
}
