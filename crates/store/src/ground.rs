//! The ground of a project's map: one archive of tiles, kept in parts, read by ranges.

use crate::conn::{Change, Conn, Tx, demand};
use crate::error::StoreError;
use crate::row::Row;
use crate::statement::statements;
use crate::value::{at, bytes, int, opt_text, text};
use kiez_domain::id::ProjectId;
use kiez_domain::instant::Instant;
use kiez_domain::policy::Permit;
use kiez_domain::text::Line;
use std::ops::Range;

statements! {
    table "ground";
    FIND = "select etag, size, attribution, version from ground where project_id = $1";
    PUT = "insert into ground (project_id, etag, size, attribution, version, created_at, updated_at)
values ($1, $2, $3, $4, 1, $5, $5)
on conflict (project_id) do update set etag = excluded.etag, size = excluded.size, attribution = excluded.attribution,
version = ground.version + 1, updated_at = excluded.updated_at";
    CLEAR = "delete from ground_part where project_id = $1";
    ADD_PART = "insert into ground_part (project_id, part, content) values ($1, $2, $3)";
    READ_PART = "select substr(content, cast($3 as integer), cast($4 as integer)) as content from ground_part
where project_id = $1 and part = $2";
}

/// Bytes of one part: a tile needs one or two reads, a row stays far below what either database likes.
const PART: u64 = 256 * 1024;

/// An archive to store.
#[derive(Debug, Clone, Copy)]
pub struct NewGround<'a> {
    /// Changes when the content does.
    pub etag: &'a str,
    /// Who must be named beside the map.
    pub attribution: Option<&'a Line>,
    /// The archive.
    pub archive: &'a [u8],
}

/// What is known of a stored archive without reading it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Ground {
    /// Changes when the content does.
    pub etag: String,
    /// Bytes of the archive.
    pub size: u64,
    /// Who must be named beside the map.
    pub attribution: Option<Line>,
    /// How often it was drawn anew.
    pub version: i64,
}

/// Stores a project's ground in place of the one it has; gives whether anything is different now.
///
/// # Errors
/// When the database fails.
pub async fn put(tx: &mut Tx, permit: &Permit, new: NewGround<'_>, now: Instant) -> Result<bool, StoreError> {
    let project = demand(permit, "ground", "update")?;
    let before = find(tx, project).await?;
    let same = |old: &Ground| old.etag == new.etag && old.attribution.as_ref() == new.attribution;
    if before.as_ref().is_some_and(same) {
        return Ok(false);
    }
    let size = i64::try_from(new.archive.len()).unwrap_or(i64::MAX);
    let values = vec![text(&project), text(new.etag), int(size), opt_text(new.attribution), at(now)];
    tx.run(&PUT, values).await?;
    tx.run(&CLEAR, vec![text(&project)]).await?;
    let length = usize::try_from(PART).unwrap_or(usize::MAX);
    // One statement each: together they would be as large as the archive.
    for (number, part) in (0_i64..).zip(new.archive.chunks(length)) {
        tx.run(&ADD_PART, vec![text(&project), int(number), bytes(part)]).await?;
    }
    let change = if before.is_some() { Change::Updated } else { Change::Created };
    tx.record(permit, "ground", &project, (change, now));
    Ok(true)
}

/// What is known of a project's ground.
///
/// # Errors
/// When the database fails.
pub async fn find(conn: &mut Conn, project: ProjectId) -> Result<Option<Ground>, StoreError> {
    conn.first(&FIND, vec![text(&project)]).await?.map(|row| ground(&row)).transpose()
}

/// The bytes of a range of a project's archive; fewer where the archive ends before.
///
/// # Errors
/// When the database fails, or a part is missing.
pub async fn read(conn: &mut Conn, project: ProjectId, range: Range<u64>) -> Result<Vec<u8>, StoreError> {
    let size = find(conn, project).await?.map_or(0, |ground| ground.size);
    let end = range.end.min(size);
    let mut found = Vec::new();
    let mut place = range.start;
    while place < end {
        let (part, within) = (place / PART, place % PART);
        let wanted = (PART - within).min(end - place);
        // Both databases count the bytes from one.
        let numbers = [part, within + 1, wanted].map(|number| int(i64::try_from(number).unwrap_or(i64::MAX)));
        let values = std::iter::once(text(&project)).chain(numbers).collect();
        let row = conn.first(&READ_PART, values).await?;
        let content = row.map(|row| row.bytes("content")).transpose()?.unwrap_or_default();
        if content.len() as u64 != wanted {
            return Err(StoreError::corrupt("ground_part", "content"));
        }
        found.extend(content);
        place += wanted;
    }
    Ok(found)
}

pub(crate) fn ground(row: &Row) -> Result<Ground, StoreError> {
    Ok(Ground {
        etag: row.text("etag")?,
        size: row.count("size")?,
        attribution: row.opt_parse("attribution")?,
        version: row.int("version")?,
    })
}
