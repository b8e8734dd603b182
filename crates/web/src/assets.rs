//! Style sheets, scripts and fonts, built into the program.
//!
//! `ui/dist` is made by `cargo xtask`; where it is missing, the pages run without scripts on our own
//! style sheets from `ui/src/css`.

use crate::extract::Path;
use crate::icons;
use axum::body::Body;
use axum::http::{HeaderMap, StatusCode, header};
use axum::response::{IntoResponse, Response};
use rust_embed::RustEmbed;
use std::collections::BTreeMap;
use std::sync::LazyLock;

#[derive(RustEmbed)]
#[folder = "../../ui/dist"]
#[allow_missing = true]
struct Built;

#[derive(RustEmbed)]
#[folder = "../../ui/src/css"]
#[allow_missing = true]
struct OwnStyles;

/// Name under which the style sheet is served when nothing was built.
const PLAIN_STYLES: &str = "plain.css";

/// How long a browser may keep a file whose name carries the hash of its content.
const FOR_EVER: &str = "public, max-age=31536000, immutable";

fn manifest() -> &'static BTreeMap<String, String> {
    static MANIFEST: LazyLock<BTreeMap<String, String>> = LazyLock::new(|| {
        let file = Built::get("manifest.json");
        file.and_then(|file| serde_json::from_slice(&file.data).ok()).unwrap_or_default()
    });
    &MANIFEST
}

/// Whether `ui/dist` was there when the program was built.
#[must_use]
pub fn were_built() -> bool {
    !manifest().is_empty()
}

/// Address of the style sheet.
pub(crate) fn style_sheet() -> String {
    let name = manifest().get("app.css").map_or(PLAIN_STYLES, String::as_str);
    format!("/assets/{name}")
}

/// Address of the script library, when it was built in.
pub(crate) fn script() -> Option<String> {
    address("htmx.js")
}

/// Address of a built file by its plain name, such as `map.js`; none when nothing was built.
pub(crate) fn address(name: &str) -> Option<String> {
    manifest().get(name).map(|lasting| format!("/assets/{lasting}"))
}

/// `GET /assets/{name}`: names carry the hash of the content, so browsers may keep them for ever. Files that were
/// pressed when they were built are handed out so to whoever understands it.
pub(crate) async fn asset(Path(name): Path<String>, headers: HeaderMap) -> Response {
    if name == PLAIN_STYLES {
        return served(&name, plain_styles(), "no-cache");
    }
    if name == icons::sprite().name {
        return served(&name, icons::sprite().svg.as_str(), FOR_EVER);
    }
    if let Some(file) = Built::get(&format!("{name}.br")).filter(|_| understands_brotli(&headers)) {
        let pressed = [(header::CONTENT_ENCODING, "br"), (header::VARY, "accept-encoding")];
        return (pressed, served(&name, file.data, FOR_EVER)).into_response();
    }
    match Built::get(&name) {
        Some(file) => served(&name, file.data, FOR_EVER),
        None => StatusCode::NOT_FOUND.into_response(),
    }
}

/// Whether `br` stands among the accepted encodings and is not refused by `q=0` (RFC 9110 §12.5.3).
fn understands_brotli(headers: &HeaderMap) -> bool {
    let lines = headers.get_all(header::ACCEPT_ENCODING).iter().filter_map(|line| line.to_str().ok());
    lines.flat_map(|line| line.split(',')).any(|entry| {
        let (name, weight) = entry.split_once(';').unwrap_or((entry, ""));
        let refused = weight.trim().strip_prefix("q=").is_some_and(|q| q.trim().parse::<f32>() == Ok(0.0));
        name.trim().eq_ignore_ascii_case("br") && !refused
    })
}

/// What is built into the program is handed out as it lies there, without a copy.
fn served(name: &str, content: impl Into<Body>, cache: &'static str) -> Response {
    let headers = [(header::CONTENT_TYPE, content_type(name)), (header::CACHE_CONTROL, cache)];
    (headers, content.into()).into_response()
}

fn plain_styles() -> Vec<u8> {
    let mut names: Vec<_> = OwnStyles::iter().collect();
    names.sort();
    let files = names.iter().filter_map(|name| OwnStyles::get(name));
    files.flat_map(|file| file.data.into_owned()).collect()
}

fn content_type(name: &str) -> &'static str {
    match name.rsplit('.').next() {
        Some("css") => "text/css; charset=utf-8",
        Some("js" | "mjs") => "text/javascript; charset=utf-8",
        Some("woff2") => "font/woff2",
        Some("svg") => "image/svg+xml",
        _ => "application/octet-stream",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn accepting(encodings: &'static str) -> HeaderMap {
        HeaderMap::from_iter([(header::ACCEPT_ENCODING, axum::http::HeaderValue::from_static(encodings))])
    }

    #[test]
    fn brotli_goes_only_to_whoever_understands_it() {
        assert!(understands_brotli(&accepting("gzip, deflate, br, zstd")));
        assert!(understands_brotli(&accepting("gzip;q=1.0, BR;q=0.5")));
        assert!(!understands_brotli(&accepting("gzip")));
        assert!(!understands_brotli(&accepting("br;q=0, gzip")));
        assert!(!understands_brotli(&HeaderMap::new()));
    }

    #[test]
    fn a_module_is_a_script() {
        assert_eq!(content_type("map.0123456789.mjs"), "text/javascript; charset=utf-8");
    }
}
