//! Files that somebody sent in a browser and has not said yes to: few of them, and not for long.

use crate::conn::{Conn, Tx, demand};
use crate::error::StoreError;
use crate::statement::statements;
use crate::value::{at, bytes, int, opt_text, text};
use kiez_domain::id::{ProjectId, UploadId};
use kiez_domain::instant::Instant;
use kiez_domain::policy::Permit;

statements! {
    table "import_upload";
    ADD = "insert into import_upload (project_id, id, kind, file, content, by_user, at) values ($1, $2, $3, $4, $5, $6, $7)";
    FIND = "select kind, file, content, at from import_upload where project_id = $1 and id = $2";
    REMOVE = "delete from import_upload where project_id = $1 and id = $2";
    KEEP_NEWEST = "delete from import_upload where project_id = $1 and id not in (
    select n.id from import_upload n where n.project_id = $1 order by n.at desc, n.id desc limit $2)";
    FORGET = "delete from import_upload where at < $1";
}

/// A file that waits for a yes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Upload {
    /// What it holds: `actors`, `cards`, `premises`, `quarter`.
    pub kind: String,
    /// Its name.
    pub file: String,
    /// Its bytes.
    pub content: Vec<u8>,
    /// When it was sent.
    pub at: Instant,
}

/// Keeps a file; of the project's files only the newest `most` stay.
///
/// # Errors
/// When the database fails.
pub async fn add(
    tx: &mut Tx,
    permit: &Permit,
    id: UploadId,
    (new, most): (&Upload, u32),
) -> Result<(), StoreError> {
    let project = demand(permit, "import", "create")?;
    let by_user = permit.subject().user;
    let values = vec![
        text(&project),
        text(&id),
        text(&new.kind),
        text(&new.file),
        bytes(&new.content),
        opt_text(by_user.as_ref()),
        at(new.at),
    ];
    tx.run(&ADD, values).await?;
    tx.run(&KEEP_NEWEST, vec![text(&project), int(most)]).await.map(drop)
}

/// The file with this id.
///
/// # Errors
/// When the database fails.
pub async fn find(conn: &mut Conn, project: ProjectId, id: UploadId) -> Result<Option<Upload>, StoreError> {
    let row = conn.first(&FIND, vec![text(&project), text(&id)]).await?;
    let upload = row.map(|row| {
        Ok(Upload {
            kind: row.text("kind")?,
            file: row.text("file")?,
            content: row.bytes("content")?,
            at: row.instant("at")?,
        })
    });
    upload.transpose()
}

/// Removes a file; one that is gone already is no error.
///
/// # Errors
/// When the database fails.
pub async fn remove(tx: &mut Tx, permit: &Permit, id: UploadId) -> Result<(), StoreError> {
    let project = demand(permit, "import", "create")?;
    tx.run(&REMOVE, vec![text(&project), text(&id)]).await.map(drop)
}

/// Removes every file that was sent before a moment; gives how many.
///
/// # Errors
/// When the database fails.
pub async fn forget(tx: &mut Tx, before: Instant) -> Result<u64, StoreError> {
    tx.run(&FORGET, vec![at(before)]).await
}
