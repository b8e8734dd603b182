//! The ground of the map: tiles, and the whole archive for whoever wants to draw elsewhere.

mod picture;
mod range;

pub(crate) use picture::{Drawing, Drawn, drawing};

use crate::error::PageError;
use crate::extract::{Path, Query};
use crate::request::Visit;
use crate::state::WebState;
use axum::body::Body;
use axum::extract::State;
use axum::http::{HeaderMap, HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};
use futures_util::stream;
use kiez_app::ground::{self, GroundFacts};
use kiez_domain::id::ProjectId;
use range::{Wanted, wanted};
use std::ops::Range;

/// The type of a PMTiles archive.
pub(crate) const ARCHIVE: &str = "application/vnd.pmtiles";
/// The type of a tile.
const TILE: &str = "application/vnd.mapbox-vector-tile";
/// Most bytes of an archive that one answer holds in memory.
const PIECE: u64 = 1024 * 1024;

/// Which ground an address means.
#[derive(serde::Deserialize, Default)]
pub(crate) struct Version {
    #[serde(default)]
    v: String,
}

/// `GET /p/{project}/tiles/{zoom}/{column}/{row}`
pub(crate) async fn tile(
    State(state): State<WebState>,
    visit: Visit,
    Path((slug, zoom, column, row)): Path<(String, u8, u32, u32)>,
    Query(version): Query<Version>,
    headers: HeaderMap,
) -> Result<Response, PageError> {
    let fail = |error| visit.fail(error);
    let project = kiez_app::project::get(&state.ctx, &visit.caller, &slug).await.map_err(fail)?;
    let tile = ground::tile(&state.ctx, &visit.caller, project.id, (zoom, column, row)).await;
    let tile = tile.map_err(fail)?;
    let lasting = kept(&tile.etag, &version);
    if is_known(&headers, &tile.etag) {
        return Ok((StatusCode::NOT_MODIFIED, lasting).into_response());
    }
    let packed = [(header::CONTENT_TYPE, TILE), (header::CONTENT_ENCODING, "gzip")];
    Ok(match tile.bytes {
        Some(bytes) => (lasting, packed, bytes).into_response(),
        None => (StatusCode::NO_CONTENT, lasting).into_response(),
    })
}

/// `GET /p/{project}/ground.pmtiles`, whole or a range of it (RFC 9110, section 14).
pub(crate) async fn archive(
    State(state): State<WebState>,
    visit: Visit,
    Path(slug): Path<String>,
    Query(version): Query<Version>,
    headers: HeaderMap,
) -> Result<Response, PageError> {
    let fail = |error| visit.fail(error);
    let project = kiez_app::project::get(&state.ctx, &visit.caller, &slug).await.map_err(fail)?;
    let found = ground::find(&state.ctx, &visit.caller, project.id).await.map_err(fail)?;
    let facts = found.ok_or_else(|| fail(kiez_app::error::AppError::NotFound))?;
    let lasting = kept(&facts.etag, &version);
    if is_known(&headers, &facts.etag) {
        return Ok((StatusCode::NOT_MODIFIED, lasting).into_response());
    }
    let (status, range) = match wanted(&headers, facts.size, &quoted(&facts.etag)) {
        Wanted::Everything => (StatusCode::OK, 0..facts.size),
        Wanted::Part(range) => (StatusCode::PARTIAL_CONTENT, range),
        Wanted::Nothing => {
            let outside = [(header::CONTENT_RANGE, format!("bytes */{}", facts.size))];
            return Ok((StatusCode::RANGE_NOT_SATISFIABLE, lasting, outside).into_response());
        }
    };
    let described = describe(status, &range, facts.size);
    let body = Body::from_stream(pieces(Source { state, visit, project: project.id, facts }, range));
    Ok((status, lasting, described, body).into_response())
}

/// What an archive is read from, piece by piece.
struct Source {
    state: WebState,
    visit: Visit,
    project: ProjectId,
    facts: GroundFacts,
}

/// The bytes of a range in pieces, so that an archive of any size takes little memory.
fn pieces(
    source: Source,
    range: Range<u64>,
) -> impl stream::Stream<Item = Result<Vec<u8>, kiez_app::error::AppError>> {
    stream::try_unfold((source, range), |(source, range)| async move {
        if range.is_empty() {
            return Ok(None);
        }
        let piece = range.start..range.end.min(range.start + PIECE);
        let rest = piece.end..range.end;
        let Source { state, visit, project, facts } = &source;
        let bytes = ground::archive_range(&state.ctx, &visit.caller, *project, &facts.etag, piece).await?;
        Ok(Some((bytes, (source, rest))))
    })
}

fn describe(status: StatusCode, range: &Range<u64>, size: u64) -> HeaderMap {
    let mut headers = HeaderMap::new();
    headers.insert(header::CONTENT_TYPE, HeaderValue::from_static(ARCHIVE));
    headers.insert(header::ACCEPT_RANGES, HeaderValue::from_static("bytes"));
    headers.insert(header::CONTENT_LENGTH, HeaderValue::from(range.end - range.start));
    if status == StatusCode::PARTIAL_CONTENT {
        let words = format!("bytes {}-{}/{size}", range.start, range.end.saturating_sub(1));
        headers.extend(words.parse().ok().map(|words| (header::CONTENT_RANGE, words)));
    }
    headers
}

/// The etag, and how long the answer may be kept: an address that names the version never means another one.
fn kept(etag: &str, version: &Version) -> [(header::HeaderName, String); 2] {
    let lasting = if version.v == etag { "public, max-age=31536000, immutable" } else { "public, no-cache" };
    [(header::ETAG, quoted(etag)), (header::CACHE_CONTROL, lasting.to_owned())]
}

fn quoted(etag: &str) -> String {
    format!("\"{etag}\"")
}

/// Whether the browser has this version already (RFC 9110, section 13.1.2).
fn is_known(headers: &HeaderMap, etag: &str) -> bool {
    let known = headers.get(header::IF_NONE_MATCH).and_then(|value| value.to_str().ok()).unwrap_or_default();
    let mut tags = known.split(',').map(str::trim);
    tags.any(|tag| tag == "*" || tag.trim_start_matches("W/") == quoted(etag))
}
