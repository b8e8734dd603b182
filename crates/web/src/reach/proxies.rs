//! Whose word about the sender of a request is believed.

use axum::http::HeaderMap;
use std::net::{IpAddr, Ipv6Addr};

/// Networks in which our own proxies stand.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Proxies(Vec<(IpAddr, u8)>);

impl Proxies {
    /// A proxy on this machine.
    #[must_use]
    pub fn of_this_machine() -> Self {
        Self(vec![(IpAddr::from([127, 0, 0, 0]), 8), (IpAddr::V6(Ipv6Addr::LOCALHOST), 128)])
    }

    /// Reads `127.0.0.1, 10.1.0.0/16, fd00::/8`; an empty text means that nobody is believed.
    ///
    /// # Errors
    /// The part that is no address.
    pub fn parse(text: &str) -> Result<Self, String> {
        let parts = text.split([',', ' ']).map(str::trim).filter(|part| !part.is_empty());
        parts.map(|part| network(part).ok_or_else(|| part.to_owned())).collect::<Result<_, _>>().map(Self)
    }

    fn hold(&self, address: IpAddr) -> bool {
        self.0.iter().any(|(network, length)| match (network, address) {
            (IpAddr::V4(network), IpAddr::V4(address)) => {
                let gone = 32_u32.saturating_sub(u32::from(*length));
                let cut = |bits: u32| bits.checked_shr(gone).unwrap_or(0);
                cut(u32::from(*network)) == cut(u32::from(address))
            }
            (IpAddr::V6(network), IpAddr::V6(address)) => {
                let gone = 128_u32.saturating_sub(u32::from(*length));
                let cut = |bits: u128| bits.checked_shr(gone).unwrap_or(0);
                cut(u128::from(*network)) == cut(u128::from(address))
            }
            _ => false,
        })
    }

    /// From which network a request comes: an address of the old kind, the first half of one of the new kind, which one
    /// household shares. Behind our own proxies it is the address that the first of them saw.
    pub(super) fn network(&self, peer: Option<IpAddr>, headers: &HeaderMap) -> String {
        let Some(mut sender) = peer.map(|peer| peer.to_canonical()) else { return String::new() };
        let lines = headers.get_all("x-forwarded-for").iter().filter_map(|value| value.to_str().ok());
        let told: Vec<&str> = lines.flat_map(|line| line.split(',')).map(str::trim).collect();
        // The last one was written by the proxy that speaks to us; those before a stranger's word anybody can send.
        for word in told.iter().rev() {
            if !self.hold(sender) {
                break;
            }
            let Ok(address) = word.parse::<IpAddr>() else { break };
            sender = address.to_canonical();
        }
        match sender {
            IpAddr::V4(v4) => v4.to_string(),
            IpAddr::V6(v6) => Ipv6Addr::from(u128::from(v6) & !u128::from(u64::MAX)).to_string(),
        }
    }
}

fn network(part: &str) -> Option<(IpAddr, u8)> {
    let (address, length) = match part.split_once('/') {
        Some((address, length)) => (address.parse::<IpAddr>().ok()?, Some(length.parse::<u8>().ok()?)),
        None => (part.parse::<IpAddr>().ok()?, None),
    };
    let longest = if address.is_ipv4() { 32 } else { 128 };
    let length = length.unwrap_or(longest);
    (length <= longest).then_some((address, length))
}

#[cfg(test)]
mod tests {
    use super::*;
    use axum::http::HeaderValue;

    fn from(proxies: &Proxies, peer: &str, told: &[&'static str]) -> String {
        let mut headers = HeaderMap::new();
        for line in told {
            headers.append("x-forwarded-for", HeaderValue::from_static(line));
        }
        proxies.network(Some(peer.parse().expect("an address")), &headers)
    }

    #[test]
    fn a_network_is_what_our_own_proxy_saw_and_nobody_can_choose_it() {
        let here = Proxies::of_this_machine();
        assert_eq!(from(&here, "192.0.2.7", &[]), "192.0.2.7");
        assert_eq!(from(&here, "192.0.2.7", &["198.51.100.1"]), "192.0.2.7", "no proxy of ours");
        assert_eq!(from(&here, "10.0.0.2", &["198.51.100.1"]), "10.0.0.2", "no proxy that was named");
        assert_eq!(from(&here, "127.0.0.1", &["203.0.113.9, 198.51.100.1"]), "198.51.100.1");
        assert_eq!(from(&here, "127.0.0.1", &["203.0.113.9", "198.51.100.1"]), "198.51.100.1", "two lines");
        assert_eq!(from(&here, "127.0.0.1", &["nonsense"]), "127.0.0.1");
        assert_eq!(from(&here, "::ffff:127.0.0.1", &["198.51.100.1"]), "198.51.100.1");
        assert_eq!(from(&here, "2001:db8:1:2:3:4:5:6", &[]), "2001:db8:1:2::");
        assert_eq!(here.network(None, &HeaderMap::new()), "");
    }

    #[test]
    fn proxies_behind_one_another_are_all_ours_or_the_word_ends() {
        let chain = Proxies::parse("10.1.0.0/16, 127.0.0.1").expect("networks");
        assert_eq!(from(&chain, "127.0.0.1", &["203.0.113.9, 198.51.100.1, 10.1.2.3"]), "198.51.100.1");
        assert_eq!(from(&chain, "127.0.0.1", &["203.0.113.9, 10.2.2.3"]), "10.2.2.3", "another network");
        let nobody = Proxies::parse("").expect("an empty list");
        assert_eq!(from(&nobody, "127.0.0.1", &["198.51.100.1"]), "127.0.0.1");
    }

    #[test]
    fn lists_are_read_or_refused() {
        for good in ["127.0.0.1", "10.0.0.0/8,::1", "fd00::/8", "0.0.0.0/0"] {
            assert!(Proxies::parse(good).is_ok(), "{good}");
        }
        for wrong in ["proxy.example", "10.0.0.0/33", "::1/129", "10.0.0.0/", "1.2.3"] {
            assert!(Proxies::parse(wrong).is_err(), "{wrong}");
        }
        let everybody = Proxies::parse("0.0.0.0/0").expect("a network");
        assert_eq!(from(&everybody, "192.0.2.7", &["198.51.100.1"]), "198.51.100.1");
    }
}
