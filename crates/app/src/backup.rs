//! Backups: everything of one moment in one file, looked at again, and brought back into an empty installation.

pub mod schedule;

use crate::caller::Caller;
use crate::ctx::Ctx;
use crate::error::AppError;
use crate::ledger::{self, Found};
use kiez_domain::policy::Facts;
use kiez_gateways::backup_file::{BackupFileError, BackupKey, BackupReader, BackupWriter, NewFile};
use kiez_store::backup::Contents;
use kiez_store::conn::Tx;
use kiez_store::db::Db;
use kiez_store::error::StoreError;
use kiez_store::mail;
use kiez_store::restore::BackupFault;
use std::io::{self, BufReader, Read, Write};
use std::path::Path;

/// Why there is no backup, or none that could be restored.
#[derive(Debug, thiserror::Error)]
pub enum BackupError {
    /// The file is none, is not whole, or does not open.
    #[error(transparent)]
    File(#[from] BackupFileError),
    /// What it holds cannot be restored.
    #[error(transparent)]
    Content(BackupFault),
    /// It cannot be written.
    #[error("the backup cannot be written: {error}; {}", advice(error))]
    Output {
        /// What the system says.
        error: io::Error,
    },
    /// Nothing is there yet.
    #[error("there is nothing to back up: the database is empty; run `kiez init` or `kiez restore` first")]
    Nothing,
}

impl BackupError {
    /// Whether the backup itself is at fault: the wrong key and a missing file are not.
    #[must_use]
    pub fn is_fault(&self) -> bool {
        match self {
            Self::File(error) => !matches!(
                error,
                BackupFileError::KeyMissing | BackupFileError::Newer | BackupFileError::Io(_)
            ),
            Self::Content(fault) => !matches!(fault, BackupFault::Newer { .. } | BackupFault::Unreadable(_)),
            Self::Output { .. } | Self::Nothing => false,
        }
    }
}

fn advice(error: &io::Error) -> &'static str {
    match error.kind() {
        io::ErrorKind::StorageFull | io::ErrorKind::QuotaExceeded => "make room, or name another place",
        io::ErrorKind::AlreadyExists => "name another file, or say --replace",
        io::ErrorKind::NotFound => "make its folder first",
        io::ErrorKind::IsADirectory => "name a file in it",
        io::ErrorKind::ResourceBusy => "another backup is being written there: wait for it",
        _ => "check the place and its rights",
    }
}

/// What was written or looked at.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Copy {
    /// What it holds.
    pub contents: Contents,
    /// Whether it is encrypted.
    pub sealed: bool,
    /// How large the file is, where it is one.
    pub bytes: Option<u64>,
}

/// Writes everything of this moment, while others read and write.
///
/// # Errors
/// When the database or the target fails: what the target holds is no backup then.
pub async fn write<W: Write>(
    ctx: &Ctx,
    caller: &Caller,
    target: W,
    key: Option<&BackupKey>,
) -> Result<(Copy, W), AppError> {
    caller.may("installation", "backup", Facts::INSTALLATION)?;
    if ctx.db.schema_version().await? == 0 {
        return Err(BackupError::Nothing.into());
    }
    let mut writer = BackupWriter::new(target, key, &ctx.random).map_err(output)?;
    let about = (ctx.db.engine(), ctx.now());
    let written = kiez_store::backup::write(&mut ctx.db.read().await?, about, &mut writer).await;
    let contents = written.map_err(|error| match error {
        StoreError::Output(error) => output(error),
        other => other.into(),
    })?;
    let target = writer.finish().map_err(output)?;
    Ok((Copy { contents, sealed: key.is_some(), bytes: None }, target))
}

/// Writes a backup into a file, reads it again, and only then gives the file its name. What has the name already
/// stays, unless it shall be replaced: the backup of yesterday is not lost by a slip.
///
/// # Errors
/// When anything fails; the file is not there then, or as it was.
pub async fn write_file(
    ctx: &Ctx,
    caller: &Caller,
    (target, replace): (&Path, bool),
    key: Option<&BackupKey>,
) -> Result<Copy, AppError> {
    caller.may("installation", "backup", Facts::INSTALLATION)?;
    let file = NewFile::beside(target, replace).map_err(output)?;
    let (copy, mut file) = write(ctx, caller, file, key).await?;
    let again = look(file.reread().map_err(output)?, key).await?;
    if again.contents != copy.contents {
        return Err(AppError::Broken(
            "the backup does not hold what was written: is the disk broken?".into(),
        ));
    }
    // Waiting for the disk is not for a thread that answers others.
    let kept = tokio::task::spawn_blocking(move || file.keep()).await;
    let bytes = kept.map_err(|error| AppError::Broken(error.to_string()))?.map_err(output)?;
    let folder = target.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."));
    if let Err(error) = ledger::follow(ctx, folder).await {
        tracing::warn!(%error, "the ledger of erasures does not lie beside the backup");
    }
    Ok(Copy { bytes: Some(bytes), ..copy })
}

/// Reads a whole backup as a restore would and stores nothing; yes means that nothing is missing.
///
/// # Errors
/// What is wrong with it.
pub async fn look(source: impl Read, key: Option<&BackupKey>) -> Result<Copy, AppError> {
    let mut reader = BackupReader::new(BufReader::new(source), key).map_err(BackupError::from)?;
    let sealed = reader.is_sealed();
    // A database in memory says which tables a schema has; it gets no row.
    let db = Db::open("sqlite::memory:").await?;
    let mut tx = db.write().await?;
    let contents = kiez_store::restore::look(&mut tx, &mut reader).await.map_err(content)?;
    reader.finish().map_err(BackupError::from)?;
    Ok(Copy { contents, sealed, bytes: None })
}

/// Brings a backup back into an empty installation: everything in one transaction, or nothing. What was erased after
/// it was written, as the ledger beside the database says, is erased from it again in the same transaction.
///
/// # Errors
/// What is wrong with the backup, or in the way; nothing has changed then.
pub async fn restore(
    ctx: &Ctx,
    caller: &Caller,
    source: impl Read,
    key: Option<&BackupKey>,
) -> Result<Copy, AppError> {
    Ok(restore_with(ctx, caller, source, (key, &[])).await?.0)
}

/// The same with further ledgers; gives also how many of those who were erased had come back with the copy.
///
/// # Errors
/// What is wrong with the backup, or in the way; nothing has changed then.
pub async fn restore_with(
    ctx: &Ctx,
    caller: &Caller,
    source: impl Read,
    (key, ledgers): (Option<&BackupKey>, &[Found]),
) -> Result<(Copy, usize), AppError> {
    let permit = caller.may("installation", "restore", Facts::INSTALLATION)?;
    let mut reader = BackupReader::new(BufReader::new(source), key).map_err(BackupError::from)?;
    let sealed = reader.is_sealed();
    let mut tx = ctx.db.write().await?;
    let contents = kiez_store::restore::fill(&mut tx, &permit, &mut reader).await.map_err(content)?;
    // Not before the last byte has been checked may anything of it count.
    reader.finish().map_err(BackupError::from)?;
    let again = settle(ctx, caller, &mut tx, ledgers).await?;
    tx.commit().await?;
    // The file of the ledger gets what the copy knew, the files of the database lose what was erased from it.
    ledger::catch_up(ctx, caller).await?;
    ledger::clear(ctx).await?;
    Ok((Copy { contents, sealed, bytes: None }, again))
}

/// What a copy needs before anybody is served from it, in the transaction that brought it back: nobody sees the copy
/// without. Mail waits until somebody has said that this copy is the one that sends; what was erased since is erased.
async fn settle(ctx: &Ctx, caller: &Caller, tx: &mut Tx, ledgers: &[Found]) -> Result<usize, AppError> {
    let permit = caller.may("mail_hold", "hold", Facts::INSTALLATION)?;
    mail::hold(tx, &permit, mail::RESTORED, ctx.now()).await?;
    ledger::settle(ctx, caller, tx, ledgers).await
}

fn output(error: io::Error) -> AppError {
    BackupError::Output { error }.into()
}

fn content(error: StoreError) -> AppError {
    match error {
        StoreError::Backup(BackupFault::Unreadable(error)) => {
            BackupError::File(BackupFileError::from(error)).into()
        }
        StoreError::Backup(fault) => BackupError::Content(fault).into(),
        other => other.into(),
    }
}
