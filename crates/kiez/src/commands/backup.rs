//! `kiez backup`, `kiez verify-backup`, `kiez restore`: everything in one file, looked at, brought back.

use crate::cli::backup_args::{BackupArgs, BackupFileArgs, RestoreArgs};
use crate::commands::init;
use crate::config::Config;
use crate::failure::{Ended, Failure, Outcome};
use crate::output::{Format, Output};
use crate::{house, lock};
use kiez_app::backup::{self, BackupError, Copy};
use kiez_app::ctx::Ctx;
use kiez_app::error::AppError;
use kiez_app::ledger::Found;
use kiez_gateways::clock::Clock;
use kiez_gateways::ledger_file;
use kiez_gateways::random::Random;
use serde_json::json;
use std::fs::File;
use std::io::{IsTerminal, Read};
use std::path::Path;

/// Writes a backup beside a running server.
pub(crate) async fn write(args: &BackupArgs, config: &Config, output: &mut Output) -> Ended {
    // An old schema is no hindrance: before `kiez migrate` a backup is wanted most.
    let ctx = house::context(house::open_database(config).await?, Clock::Real, Random::Real);
    let ctx = house::with_ledger(ctx, config);
    let (operator, key) = (house::operator(), config.backup_key());
    if args.file == Path::new("-") {
        if std::io::stdout().is_terminal() {
            return Err(Failure::usage(
                "a backup is no text for a terminal: name a file, or lead it into one",
            ));
        }
        let (copy, _) = backup::write(&ctx, &operator, output.writer(), key.as_ref())
            .await
            .map_err(|error| named(&args.file, error))?;
        output.say(&format!("{} rows of {} tables", copy.contents.rows(), copy.contents.tables.len()));
        return Ok(Outcome::Done);
    }
    let written = backup::write_file(&ctx, &operator, (&args.file, args.replace), key.as_ref()).await;
    let copy = written.map_err(|error| named(&args.file, error))?;
    if !copy.sealed {
        output.say("it is not encrypted: whoever has the file has the data (setting backup_key)");
    }
    show(&args.file, &copy, output)
}

/// Reads a whole backup and says whether it could be restored.
pub(crate) async fn verify(args: &BackupFileArgs, config: &Config, output: &mut Output) -> Ended {
    let source = open(&args.file)?;
    match backup::look(source, config.backup_key().as_ref()).await {
        Ok(copy) => show(&args.file, &copy, output),
        Err(AppError::Backup(error)) if error.is_fault() => {
            output.warn(&format!("{}: {error}", args.file.display()));
            Ok(Outcome::Faults)
        }
        Err(error) => Err(named(&args.file, error)),
    }
}

/// Brings a backup back into a new data folder or an empty database.
pub(crate) async fn restore(args: &RestoreArgs, config: &Config, output: &mut Output) -> Ended {
    let source = open(&args.file)?;
    let folder = config.data();
    let file = folder.join(house::DATABASE);
    init::make_folder(&folder)?;
    let fresh = config.postgres().is_none() && !file.exists();
    // Nobody may be served from it before everything is there.
    let _lock = if config.postgres().is_none() { Some(lock::take(&folder)?) } else { None };
    let restored = restore_from(source, args, config).await;
    if restored.is_err() && fresh {
        tidy(&folder);
    }
    let (copy, again) = restored?;
    match again {
        0 => output
            .say("nothing had to be erased once more, as far as the ledgers of erasures say that were found"),
        again => output.say(&format!("{again} of those who were erased since were erased once more")),
    }
    output.say("mail is held: once this copy is the one that works, say `kiez mail release`");
    output.say("everybody signs in anew: sessions and sign-in links are in no backup (`kiez user link`)");
    show(&args.file, &copy, output)
}

async fn restore_from(
    source: impl Read,
    args: &RestoreArgs,
    config: &Config,
) -> Result<(Copy, usize), Failure> {
    let ledgers = ledgers(args)?;
    let db = match config.postgres() {
        Some(url) => house::open_server(url).await?,
        None => house::open_file(&config.data()).await?,
    };
    let ctx = house::with_ledger(house::context(db, Clock::Real, Random::Real), config);
    let key = config.backup_key();
    let restored = backup::restore_with(&ctx, &house::operator(), source, (key.as_ref(), &ledgers)).await;
    ctx.db.close().await;
    restored.map_err(|error| named(&args.file, error))
}

/// What was erased since: as the files say that somebody names, and those that lie beside the backup.
fn ledgers(args: &RestoreArgs) -> Result<Vec<Found>, Failure> {
    let failed = |path: &Path, error: std::io::Error| {
        Failure::failed(format!("{}: cannot be read: {error}; check the name and its rights", path.display()))
    };
    let mut found = Vec::new();
    for path in &args.erasures {
        if !path.is_file() {
            return Err(failed(path, std::io::ErrorKind::NotFound.into()));
        }
        found.push((None, ledger_file::lines_of(path).map_err(|error| failed(path, error))?));
    }
    if args.file != Path::new("-") {
        let folder = args.file.parent().filter(|folder| !folder.as_os_str().is_empty());
        let folder = folder.unwrap_or(Path::new("."));
        let beside = ledger_file::copies_in(folder).map_err(|error| failed(folder, error))?;
        found.extend(beside.into_iter().map(|(mark, lines)| (Some(mark), lines)));
    }
    Ok(found)
}

/// Takes an empty database away again that this call has made.
fn tidy(folder: &Path) {
    for ending in ["", "-wal", "-shm"] {
        let _was_not_there = std::fs::remove_file(folder.join(format!("{}{ending}", house::DATABASE)));
    }
}

fn open(path: &Path) -> Result<Box<dyn Read + Send>, Failure> {
    if path == Path::new("-") {
        return Ok(Box::new(std::io::stdin()));
    }
    let failed = |error| {
        Failure::failed(format!("{}: cannot be read: {error}; check the name and its rights", path.display()))
    };
    let file = File::open(path).map_err(failed)?;
    if file.metadata().map_err(failed)?.is_dir() {
        return Err(Failure::failed(format!("{} is a folder: name a file in it", path.display())));
    }
    Ok(Box::new(file))
}

fn named(path: &Path, error: AppError) -> Failure {
    match error {
        AppError::Backup(BackupError::Nothing) => Failure::failed(BackupError::Nothing.to_string()),
        AppError::Backup(error) => Failure::failed(format!("{}: {error}", path.display())),
        other => other.into(),
    }
}

fn show(path: &Path, copy: &Copy, output: &mut Output) -> Ended {
    let Copy { contents, sealed, bytes } = copy;
    let bytes = bytes.or_else(|| std::fs::metadata(path).ok().map(|file| file.len()));
    let headings =
        ["file", "created_at", "schema", "program", "database", "encrypted", "tables", "rows", "bytes"];
    let row = vec![
        json!(path),
        json!(contents.head.created_at.to_string()),
        json!(contents.head.schema),
        json!(contents.head.program),
        json!(contents.head.engine),
        json!(sealed),
        json!(contents.tables.len()),
        json!(contents.rows()),
        json!(bytes),
    ];
    output.rows(&headings, &[row], Format::Table)?;
    Ok(Outcome::Done)
}

/// What `kiez doctor` says of scheduled backups.
pub(crate) async fn late(config: &Config, ctx: &Ctx) -> Result<Option<String>, Failure> {
    match config.schedule()? {
        None => Ok(None),
        Some(schedule) => Ok(backup::schedule::check(ctx, &house::operator(), &schedule).await?),
    }
}
