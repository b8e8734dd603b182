//! `kiez serve`: the web server and its worker, until somebody says stop.

use crate::certificate::InUse;
use crate::config::Config;
use crate::failure::{Ended, Failure, Outcome};
use crate::lock::ServeLock;
use crate::output::{Format, Output};
use crate::{house, lock};
use kiez_app::backup::schedule::Schedule;
use kiez_app::ctx::Ctx;
use kiez_app::error::AppError;
use kiez_web::{Letters, Metrics, Reach, WebState};
use serde_json::json;
use std::io::ErrorKind;
use std::net::SocketAddr;
use std::path::{Path, PathBuf};
use std::time::Duration;
use tokio::net::TcpListener;
use tokio::sync::watch;
use tokio::task::JoinHandle;

/// How often the worker looks for something to do.
const ROUND: Duration = Duration::from_secs(60);
/// How often it looks for mail, and whether a disk that took nothing takes something again.
const GLANCE: Duration = Duration::from_secs(3);
/// How long open requests may take after the stop.
const PATIENCE: Duration = Duration::from_secs(5);

/// What is done beside answering.
#[derive(Debug, Default)]
pub(crate) struct Work {
    /// Backups that the server writes by itself.
    pub(crate) schedule: Option<Schedule>,
    /// The data folder, when its disk was read-only at the start: it is looked at again and again.
    pub(crate) read_only: Option<PathBuf>,
    /// What has been kept long enough goes; in a demo everything stays.
    pub(crate) looks_after_rights: bool,
}

/// Serves a data folder.
pub(crate) async fn run(config: &Config, output: &mut Output) -> Ended {
    let ctx = house::open(config).await?;
    // One PostgreSQL serves several programs; a SQLite folder one.
    let mut work = Work { schedule: config.schedule()?, read_only: None, looks_after_rights: true };
    let _lock = match config.postgres() {
        Some(_) => None,
        None if house::is_on_a_read_only_disk(&config.data()) => {
            output.warn("the disk of the data folder is read-only: everything can be read, nothing stored");
            work.read_only = Some(config.data());
            None
        }
        None => Some(lock::take(&config.data())?),
    };
    erase_again(&ctx, output).await?;
    let certificate = InUse::of(config)?;
    let listener = bind(config.listen()?).await?;
    let url = format!("{}://{}", config.scheme(), listener.local_addr().map_err(Failure::from)?);
    if output.format_or(Format::Table) == Format::Table {
        output.line(&format!("Kiezgrößen is served at {url}"))?;
    } else {
        output.object(&json!({ "url": url }))?;
    }
    output.flush()?;
    let base_url = config.told_base_url().unwrap_or(&url).to_owned();
    let reach = Reach::at(&base_url).behind(config.proxies()?);
    let secure = base_url.starts_with("https:");
    let ctx = ctx.reached_at(&base_url).sending_by(config.post(&base_url)?);
    let metrics = Metrics::new(config.metrics_access());
    let door = Door { listener, certificate };
    until_stopped(door, WebState { ctx, demo: false, secure, metrics, reach }, work).await?;
    output.say("stopped");
    Ok(Outcome::Done)
}

/// Before anybody is served: what was erased must not be there again, whatever copy of the database this is.
async fn erase_again(ctx: &Ctx, output: &mut Output) -> Result<(), Failure> {
    let again = kiez_app::ledger::catch_up(ctx, &house::operator()).await?;
    if again > 0 {
        output.warn(&format!(
            "{again} of those who were erased were in the database again, which is an older copy: erased once more"
        ));
        kiez_app::ledger::clear(ctx).await?;
    }
    Ok(())
}

/// Listens, or says who is in the way.
pub(crate) async fn bind(address: SocketAddr) -> Result<TcpListener, Failure> {
    TcpListener::bind(address).await.map_err(|error| {
        Failure::failed(match error.kind() {
            ErrorKind::AddrInUse => format!(
                "{address} is in use: another program listens there; stop it, or choose another port (--listen, for the demo --port)"
            ),
            ErrorKind::PermissionDenied => {
                format!("{address} may not be used by this account: ports below 1024 belong to the administrator")
            }
            ErrorKind::AddrNotAvailable => format!("{address} is not an address of this machine: check --listen"),
            _ => format!("{address} cannot be listened on: {error}"),
        })
    })
}

/// Where people come in.
pub(crate) struct Door {
    pub(crate) listener: TcpListener,
    /// None where a proxy encrypts, or nobody.
    pub(crate) certificate: Option<InUse>,
}

/// Serves until SIGINT or SIGTERM; what is being answered then may take some seconds more.
pub(crate) async fn until_stopped(door: Door, state: WebState, work: Work) -> Result<(), Failure> {
    let (stop, stopped) = watch::channel(false);
    let ctx = state.ctx.clone();
    let worker = tokio::spawn(do_rounds(ctx.clone(), (work.schedule, work.looks_after_rights)));
    let watcher = tokio::spawn(watch_the_disk(ctx.clone(), work.read_only));
    let postman = tokio::spawn(carry_mail(ctx.clone()));
    let mut told = stopped.clone();
    let Door { listener, certificate } = door;
    let in_use = certificate.as_ref().map(InUse::subscribe);
    let renewal = certificate.map(|certificate| tokio::spawn(certificate.keep_fresh()));
    let mut server = tokio::spawn(kiez_web::serve((listener, in_use), state, async move {
        // An error means that the sender is gone, which is a stop as well.
        let _stop = told.wait_for(|stop| *stop).await;
    }));
    let ended = tokio::select! {
        ended = &mut server => Some(ended),
        () = signal() => None,
    };
    let ended = match ended {
        Some(ended) => Some(ended),
        None => {
            stop.send_replace(true);
            tokio::time::timeout(PATIENCE, server).await.ok()
        }
    };
    worker.abort();
    watcher.abort();
    postman.abort();
    renewal.inspect(JoinHandle::abort);
    ctx.db.close().await;
    match ended {
        Some(Ok(Err(error))) => Err(Failure::failed(format!("the server stopped by itself: {error}"))),
        _ => Ok(()),
    }
}

/// The regular work of every minute: the audit trail is sealed, files that nobody said yes to go, old attempts to sign in
/// are forgotten, a backup is written when one is due.
async fn do_rounds(ctx: Ctx, (schedule, looks_after_rights): (Option<Schedule>, bool)) {
    let mut round = tokio::time::interval(ROUND);
    loop {
        round.tick().await;
        told("the audit trail was not sealed", kiez_app::house::seal_audit(&ctx).await);
        told("old uploads were not removed", kiez_app::import::upload::forget(&ctx).await);
        told("old attempts to sign in were not forgotten", kiez_app::house::forget_attempts(&ctx).await);
        told("the mail log was not shortened", kiez_app::message::delivery::forget_log(&ctx).await);
        told("who read what was not stored", kiez_app::reads::flush(&ctx).await);
        if looks_after_rights && !ctx.db.is_unwritable() {
            look_after_rights(&ctx).await;
        }
        if let Some(schedule) = &schedule {
            back_up(&ctx, schedule).await;
        }
    }
}

/// Queued work and the mail it leads to: whoever asked for a link waits in front of a screen.
async fn carry_mail(ctx: Ctx) {
    let mut round = tokio::time::interval(GLANCE);
    loop {
        round.tick().await;
        // The disk is watched elsewhere, and said so there.
        if !ctx.db.is_unwritable() {
            told("queued work was not done", kiez_app::job::run_due(&ctx).await);
            told("mail was not sent", kiez_app::message::delivery::deliver_due(&ctx, &Letters).await);
        }
    }
}

/// What waits to be erased is erased when its day is over, what has been kept long enough goes
/// once a day, and the ledger of erasures holds in the database and beside it.
async fn look_after_rights(ctx: &Ctx) {
    let house = house::operator();
    told("what waits to be erased was not erased", kiez_app::erasure::lapse(ctx, &house).await);
    told("what has been kept long enough was not removed", kiez_app::retention::daily(ctx, &house).await);
    told("the ledger of erasures was not brought up to date", kiez_app::ledger::catch_up(ctx, &house).await);
    told("the files were not cleared of what was erased", kiez_app::ledger::clear(ctx).await);
}

/// What did not work stands in the log.
fn told<T>(what: &str, done: Result<T, AppError>) {
    if let Err(error) = done {
        tracing::error!(%error, "{what}; the next round tries again");
    }
}

/// While nothing can be stored, tries every few seconds: who made room need not start anything anew.
async fn watch_the_disk(ctx: Ctx, mut read_only: Option<PathBuf>) {
    let mut round = tokio::time::interval(GLANCE);
    let mut lock = None;
    loop {
        round.tick().await;
        let takes_again = |folder: &&PathBuf| !house::is_on_a_read_only_disk(folder);
        if let Some(folder) = read_only.as_ref().filter(takes_again)
            && let Err(failure) = write_again(&ctx, folder, &mut lock).await
        {
            tracing::error!(%failure, "this server goes on reading only");
            continue;
        }
        match kiez_app::house::try_again_to_write(&ctx).await {
            // Only what was written proves that nothing is left from the time of reading.
            Ok(()) => drop(read_only.take_if(|_| lock.is_some())),
            Err(error) => tracing::debug!(%error, "still nothing can be stored"),
        }
    }
}

/// A disk that was read-only at the start takes something again. Where somebody else has the folder by now, what we hold
/// stays for reading.
async fn write_again(ctx: &Ctx, folder: &Path, lock: &mut Option<ServeLock>) -> Result<(), Failure> {
    if lock.is_none() {
        *lock = Some(lock::take(folder)?);
    }
    let reopened = ctx.db.reopen(&house::address_of(folder)).await;
    reopened.map_err(|error| Failure::failed(error.to_string()))
}

/// Writes a backup when one is due; how it went stands in the log, in the figures and on the pages.
async fn back_up(ctx: &Ctx, schedule: &Schedule) {
    match kiez_app::backup::schedule::round(ctx, &house::operator(), schedule).await {
        Ok(None) => {}
        Ok(Some(copy)) => {
            tracing::info!(rows = copy.contents.rows(), bytes = copy.bytes, "a backup was written");
        }
        Err(error) => tracing::error!(%error, "no backup was written; it is tried again soon"),
    }
}

#[cfg(unix)]
async fn signal() {
    use tokio::signal::unix::{SignalKind, signal};
    let Ok(mut terminate) = signal(SignalKind::terminate()) else {
        return interrupt().await;
    };
    tokio::select! {
        _ = terminate.recv() => {}
        () = interrupt() => {}
    }
}

#[cfg(not(unix))]
async fn signal() {
    interrupt().await;
}

async fn interrupt() {
    if tokio::signal::ctrl_c().await.is_err() {
        tracing::warn!("the interrupt key cannot be heard: end the process to stop the server");
        std::future::pending::<()>().await;
    }
}
