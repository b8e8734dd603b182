//! The one place where the chores speak.

use std::io::Write;
use std::time::Duration;

/// Writes one message and a line break to standard output at once.
///
/// A reader that went away (a closed pipe) is no reason to stop the work, so the error is dropped.
pub(crate) fn say(message: &str) {
    let mut out = std::io::stdout().lock();
    let _reader_may_be_gone = writeln!(out, "{message}").and_then(|()| out.flush());
}

/// Writes a duration as people say it: `0.4 s`, `12.0 s`, `3 min 05 s`.
pub(crate) fn spoken(duration: Duration) -> String {
    let seconds = duration.as_secs();
    if seconds < 60 {
        format!("{:.1} s", duration.as_secs_f64())
    } else {
        format!("{} min {:02} s", seconds / 60, seconds % 60)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn durations_read_well() {
        assert_eq!(spoken(Duration::from_millis(440)), "0.4 s");
        assert_eq!(spoken(Duration::from_secs(185)), "3 min 05 s");
    }
}
