//! The names under which this program answers.

use std::net::IpAddr;

/// Which `Host` is ours.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Hosts {
    /// One of these, each with its port unless that is the usual one.
    Named(Vec<String>),
    /// Any number with this port: somebody listens on all of this machine's addresses and has set no `base_url`. A name is
    /// refused, because a stranger's name can be made to lead here.
    AnyNumber(u16),
}

impl Hosts {
    /// The names that belong to a base address; a program on this machine has three.
    pub(super) fn of(base_url: &str) -> Self {
        let (scheme, rest) = base_url.split_once("://").unwrap_or(("http", base_url));
        let usual: u16 = if scheme == "https" { 443 } else { 80 };
        let (host, port) = split(rest.split(['/', '?', '#']).next().unwrap_or_default());
        let port = port.unwrap_or(usual);
        let number: Option<IpAddr> = host.trim_matches(['[', ']']).parse().ok();
        if number.is_some_and(|number| number.is_unspecified()) {
            return Self::AnyNumber(port);
        }
        let is_here = host == "localhost" || number.is_some_and(|number| number.is_loopback());
        let mut names = vec![host];
        if is_here {
            names.extend(["localhost", "127.0.0.1", "[::1]"].map(str::to_owned));
        }
        let with_port = |name: String| match port {
            port if port == usual => vec![name.clone(), format!("{name}:{port}")],
            port => vec![format!("{name}:{port}")],
        };
        Self::Named(names.into_iter().flat_map(with_port).collect())
    }

    /// Whether a name that a request gives is ours.
    pub(super) fn accepts(&self, host: &str) -> bool {
        match self {
            Self::Named(names) => names.iter().any(|name| name.eq_ignore_ascii_case(host)),
            Self::AnyNumber(port) => {
                let (host, given) = split(host);
                let is_number = host.trim_matches(['[', ']']).parse::<IpAddr>().is_ok();
                (is_number || host == "localhost") && given.unwrap_or(80) == *port
            }
        }
    }
}

/// Host in small letters, and port, of `host:port` or `[number]:port`.
fn split(authority: &str) -> (String, Option<u16>) {
    let behind_bracket = authority.find(']').map_or(0, |at| at + 1);
    let (host, port) = match authority[behind_bracket..].split_once(':') {
        Some((rest, port)) => (format!("{}{rest}", &authority[..behind_bracket]), port.parse().ok()),
        None => (authority.to_owned(), None),
    };
    (host.to_ascii_lowercase(), port)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_is_ours_or_it_is_not() {
        let house = Hosts::of("https://Kiez.example/");
        for ours in ["kiez.example", "KIEZ.example", "kiez.example:443"] {
            assert!(house.accepts(ours), "{ours}");
        }
        for foreign in [
            "",
            "evil.example",
            "kiez.example:8443",
            "kiez.example.evil.example",
            "evil.example/kiez.example",
            "kiez.example@evil.example",
            "user@kiez.example",
            "kiez.example ",
            "kiez.example.",
            "127.0.0.1",
            "localhost",
        ] {
            assert!(!house.accepts(foreign), "{foreign}");
        }
        assert!(Hosts::of("https://kiez.example:8443").accepts("kiez.example:8443"));
        assert!(!Hosts::of("https://kiez.example:8443").accepts("kiez.example"));
    }

    #[test]
    fn this_machine_has_three_names() {
        for base in ["http://127.0.0.1:8080", "http://localhost:8080", "http://[::1]:8080"] {
            let house = Hosts::of(base);
            for ours in ["127.0.0.1:8080", "localhost:8080", "[::1]:8080"] {
                assert!(house.accepts(ours), "{base} {ours}");
            }
            for foreign in ["127.0.0.1", "localhost:8081", "evil.example:8080", "192.0.2.7:8080"] {
                assert!(!house.accepts(foreign), "{base} {foreign}");
            }
        }
    }

    #[test]
    fn who_listens_everywhere_is_reached_by_number_alone() {
        for base in ["http://0.0.0.0:8080", "http://[::]:8080"] {
            let house = Hosts::of(base);
            for ours in ["192.0.2.7:8080", "[2001:db8::1]:8080", "localhost:8080"] {
                assert!(house.accepts(ours), "{base} {ours}");
            }
            for foreign in ["evil.example:8080", "192.0.2.7", "192.0.2.7:80", ""] {
                assert!(!house.accepts(foreign), "{base} {foreign}");
            }
        }
    }
}
