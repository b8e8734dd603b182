//! Which part of a file somebody wants (RFC 9110, section 14.2).

use axum::http::{HeaderMap, header};
use std::ops::Range;

/// What is to be sent.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Wanted {
    /// The whole file.
    Everything,
    /// These bytes.
    Part(Range<u64>),
    /// Bytes that the file does not have.
    Nothing,
}

/// Reads `Range` and `If-Range`. What cannot be understood, and several ranges at once, count as everything:
/// the standard allows it, and nobody who draws maps asks for them.
pub(super) fn wanted(headers: &HeaderMap, size: u64, etag: &str) -> Wanted {
    let text = |name: header::HeaderName| headers.get(name).and_then(|value| value.to_str().ok());
    // A part of another version would not fit what the browser has.
    if text(header::IF_RANGE).is_some_and(|known| known.trim() != etag) {
        return Wanted::Everything;
    }
    let range = text(header::RANGE).and_then(|range| range.trim().strip_prefix("bytes="));
    range.and_then(|range| part(range, size)).unwrap_or(Wanted::Everything)
}

fn part(range: &str, size: u64) -> Option<Wanted> {
    let (first, last) = range.split_once('-')?;
    let number = |text: &str| text.trim().parse::<u64>().ok();
    let range = match (first.trim(), last.trim()) {
        ("", last) => size.saturating_sub(number(last)?)..size,
        (first, "") => number(first)?..size,
        (first, last) => {
            let (first, last) = (number(first)?, number(last)?);
            if last < first {
                return None;
            }
            first..last.saturating_add(1).min(size)
        }
    };
    Some(if range.start < range.end { Wanted::Part(range) } else { Wanted::Nothing })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn asked(range: &str, if_range: Option<&str>) -> Wanted {
        let mut headers = HeaderMap::new();
        headers.insert(header::RANGE, range.parse().expect("a value"));
        if let Some(known) = if_range {
            headers.insert(header::IF_RANGE, known.parse().expect("a value"));
        }
        wanted(&headers, 100, "\"a\"")
    }

    #[test]
    fn the_examples_of_the_standard() {
        assert_eq!(asked("bytes=0-49", None), Wanted::Part(0..50));
        assert_eq!(asked("bytes=50-99", None), Wanted::Part(50..100));
        assert_eq!(asked("bytes=-30", None), Wanted::Part(70..100));
        assert_eq!(asked("bytes=95-", None), Wanted::Part(95..100));
        assert_eq!(asked("bytes=90-500", None), Wanted::Part(90..100), "cut to what is there");
        assert_eq!(asked("bytes=-500", None), Wanted::Part(0..100));
    }

    #[test]
    fn bytes_beyond_the_end_cannot_be_sent() {
        for range in ["bytes=100-", "bytes=100-200", "bytes=-0"] {
            assert_eq!(asked(range, None), Wanted::Nothing, "{range}");
        }
    }

    #[test]
    fn what_cannot_be_understood_counts_as_everything() {
        for range in ["lines=0-9", "bytes=9-0", "bytes=a-b", "bytes=0-1,5-6", "bytes=", "bytes=-"] {
            assert_eq!(asked(range, None), Wanted::Everything, "{range}");
        }
        assert_eq!(wanted(&HeaderMap::new(), 100, "\"a\""), Wanted::Everything);
    }

    #[test]
    fn a_part_of_another_version_is_not_sent() {
        assert_eq!(asked("bytes=0-9", Some("\"a\"")), Wanted::Part(0..10));
        assert_eq!(asked("bytes=0-9", Some("\"b\"")), Wanted::Everything);
        assert_eq!(
            asked("bytes=0-9", Some("W/\"a\"")),
            Wanted::Everything,
            "a weak etag says nothing of bytes"
        );
    }
}
