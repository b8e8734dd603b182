//! Backups that the server writes by itself: when one is due, what it is called, which old ones go, and how it went.

use super::{Copy, write_file};
use crate::caller::Caller;
use crate::ctx::Ctx;
use crate::error::AppError;
use kiez_domain::instant::Instant;
use kiez_domain::policy::Facts;
use kiez_gateways::backup_file::{BackupKey, Own, OwnFiles};
use std::io;
use std::path::PathBuf;
use std::sync::atomic::{AtomicBool, AtomicI64, AtomicU64, Ordering};

/// A failed backup is tried again after so many minutes, or after its own span when that is shorter.
const AGAIN_MINUTES: i64 = 15;
/// Beyond so many spans without a backup something is wrong.
const LATE: i64 = 2;

/// What the settings say.
#[derive(Debug, Clone)]
pub struct Schedule {
    /// Where backups go.
    pub folder: PathBuf,
    /// How often, in minutes.
    pub every_minutes: i64,
    /// How many of our own stay.
    pub keep: usize,
    /// What seals them.
    pub key: Option<BackupKey>,
}

/// How scheduled backups go, for figures and pages. Kept in memory: what lasts is the files themselves.
#[derive(Debug, Default)]
pub struct Going {
    scheduled: AtomicBool,
    failing: AtomicBool,
    newest: AtomicI64,
    bytes: AtomicU64,
    tried: AtomicI64,
}

/// How they go at this moment.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct BackupFigures {
    /// When the newest was written; none so far.
    pub newest: Option<Instant>,
    /// Its size.
    pub bytes: u64,
    /// Whether the last try failed.
    pub failing: bool,
}

impl Going {
    /// How they go; none where the settings ask for none.
    #[must_use]
    pub fn figures(&self) -> Option<BackupFigures> {
        let newest = self.newest.load(Ordering::Relaxed);
        self.scheduled.load(Ordering::Relaxed).then(|| BackupFigures {
            newest: (newest > 0).then_some(Instant(newest)),
            bytes: self.bytes.load(Ordering::Relaxed),
            failing: self.failing.load(Ordering::Relaxed),
        })
    }

    fn note(&self, newest: Option<&Own>) {
        self.newest.store(newest.map_or(0, |own| own.at.0), Ordering::Relaxed);
        let size = newest.and_then(|own| std::fs::metadata(&own.path).ok()).map_or(0, |file| file.len());
        self.bytes.store(size, Ordering::Relaxed);
    }
}

/// Writes a backup when one is due, and removes our own oldest ones after it; gives what was written.
///
/// # Errors
/// Why there is none; it is tried again in some minutes, and noted in [`Ctx::backups`] until one works.
pub async fn round(ctx: &Ctx, caller: &Caller, schedule: &Schedule) -> Result<Option<Copy>, AppError> {
    caller.may("installation", "backup", Facts::INSTALLATION)?;
    let (going, now) = (&ctx.backups, ctx.now());
    going.scheduled.store(true, Ordering::Relaxed);
    let wait = AGAIN_MINUTES.min(schedule.every_minutes);
    let tried = Instant(going.tried.load(Ordering::Relaxed));
    if going.failing.load(Ordering::Relaxed) && tried.plus_minutes(wait) > now {
        return Ok(None);
    }
    going.tried.store(now.0, Ordering::Relaxed);
    let done = write_due(ctx, caller, schedule).await;
    going.failing.store(done.is_err(), Ordering::Relaxed);
    done
}

async fn write_due(ctx: &Ctx, caller: &Caller, schedule: &Schedule) -> Result<Option<Copy>, AppError> {
    let files = own_files(ctx, caller, schedule).await?;
    std::fs::create_dir_all(&schedule.folder).map_err(in_folder(schedule))?;
    let now = ctx.now();
    let newest = files.list(now).map_err(in_folder(schedule))?.pop();
    ctx.backups.note(newest.as_ref());
    if newest.is_some_and(|own| own.at.plus_minutes(schedule.every_minutes) > now) {
        return Ok(None);
    }
    files.remove_rests().map_err(in_folder(schedule))?;
    let copy = write_file(ctx, caller, (&files.at(now), true), schedule.key.as_ref()).await?;
    ctx.backups.note(files.list(now).map_err(in_folder(schedule))?.last());
    files.keep_newest(schedule.keep, now).map_err(in_folder(schedule))?;
    Ok(Some(copy))
}

/// What `kiez doctor` says of the schedule: none is a good answer.
///
/// # Errors
/// When the database cannot be asked.
pub async fn check(ctx: &Ctx, caller: &Caller, schedule: &Schedule) -> Result<Option<String>, AppError> {
    caller.may("installation", "check", Facts::INSTALLATION)?;
    let place = schedule.folder.display();
    let newest = match own_files(ctx, caller, schedule).await?.list(ctx.now()) {
        Ok(mut found) => found.pop(),
        Err(error) if error.kind() == io::ErrorKind::NotFound => None,
        Err(error) => return Ok(Some(format!("{place} cannot be read: {error}; check its rights"))),
    };
    let late = |own: &Own| own.at.plus_minutes(schedule.every_minutes.saturating_mul(LATE)) < ctx.now();
    Ok(match newest {
        None => Some(format!("{place} holds no backup yet: `kiez serve` writes the first when it starts")),
        Some(own) if late(&own) => Some(format!(
            "the newest backup in {place} is of {}: does `kiez serve` run, and what does its log say?",
            own.at
        )),
        Some(_) => None,
    })
}

/// The files of this installation: it is told by its first project, so that two may share a folder.
async fn own_files(ctx: &Ctx, caller: &Caller, schedule: &Schedule) -> Result<OwnFiles, AppError> {
    let first = crate::project::list(ctx, caller).await?;
    let first = first.iter().map(|project| project.id.to_string()).min().unwrap_or_default();
    let mark = first.get(first.len().saturating_sub(8)..).filter(|mark| !mark.is_empty());
    Ok(OwnFiles::new(&schedule.folder, mark.unwrap_or("00000000")))
}

fn in_folder(schedule: &Schedule) -> impl Fn(io::Error) -> AppError {
    move |error| {
        let error = io::Error::new(error.kind(), format!("{}: {error}", schedule.folder.display()));
        super::output(error)
    }
}
