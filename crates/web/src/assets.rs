//! Style sheets, scripts and fonts, built into the program.
//!
//! `ui/dist` is made by `cargo xtask`; where it is missing, the pages run without scripts on our own
//! style sheets from `ui/src/css`.

use crate::extract::Path;
use crate::icons;
use axum::http::{StatusCode, header};
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
    manifest().get("htmx.js").map(|name| format!("/assets/{name}"))
}

/// `GET /assets/{name}`: names carry the hash of the content, so browsers may keep them for ever.
pub(crate) async fn asset(Path(name): Path<String>) -> Response {
    if name == PLAIN_STYLES {
        return served(&name, plain_styles(), "no-cache");
    }
    if name == icons::sprite().name {
        return served(&name, icons::sprite().svg.clone().into_bytes(), FOR_EVER);
    }
    match Built::get(&name) {
        Some(file) => served(&name, file.data.into_owned(), FOR_EVER),
        None => StatusCode::NOT_FOUND.into_response(),
    }
}

fn served(name: &str, bytes: Vec<u8>, cache: &'static str) -> Response {
    let headers = [(header::CONTENT_TYPE, content_type(name)), (header::CACHE_CONTROL, cache)];
    (headers, bytes).into_response()
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
        Some("js") => "text/javascript; charset=utf-8",
        Some("woff2") => "font/woff2",
        Some("svg") => "image/svg+xml",
        _ => "application/octet-stream",
    }
}
