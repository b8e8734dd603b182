//! `kiez serve`: the web server and its worker, until somebody says stop.

use crate::config::Config;
use crate::failure::{Ended, Failure, Outcome};
use crate::output::{Format, Output};
use crate::{house, lock};
use kiez_app::ctx::Ctx;
use kiez_app::error::AppError;
use kiez_web::{Metrics, WebState};
use serde_json::json;
use std::io::ErrorKind;
use std::net::SocketAddr;
use std::time::Duration;
use tokio::net::TcpListener;
use tokio::sync::watch;

/// How often the worker looks for something to do.
const ROUND: Duration = Duration::from_secs(60);
/// How long open requests may take after the stop.
const PATIENCE: Duration = Duration::from_secs(5);

/// Serves a data folder.
pub(crate) async fn run(config: &Config, output: &mut Output) -> Ended {
    let ctx = house::open(config).await?;
    // One PostgreSQL serves several programs; a SQLite folder one.
    let _lock = if config.postgres().is_none() { Some(lock::take(&config.data())?) } else { None };
    let listener = bind(config.listen()?).await?;
    let url = format!("http://{}", listener.local_addr().map_err(Failure::from)?);
    if output.format_or(Format::Table) == Format::Table {
        output.line(&format!("Kiezgrößen is served at {url}"))?;
    } else {
        output.object(&json!({ "url": url }))?;
    }
    output.flush()?;
    let base_url = config.base_url()?;
    let secure = base_url.starts_with("https:");
    let ctx = ctx.reached_at(&base_url);
    let metrics = Metrics::new(config.metrics_access());
    until_stopped(listener, WebState { ctx, demo: false, secure, metrics }).await?;
    output.say("stopped");
    Ok(Outcome::Done)
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

/// Serves until SIGINT or SIGTERM; what is being answered then may take some seconds more.
pub(crate) async fn until_stopped(listener: TcpListener, state: WebState) -> Result<(), Failure> {
    let (stop, stopped) = watch::channel(false);
    let ctx = state.ctx.clone();
    let worker = tokio::spawn(work(ctx.clone()));
    let mut told = stopped.clone();
    let mut server = tokio::spawn(kiez_web::serve(listener, state, async move {
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
    ctx.db.close().await;
    match ended {
        Some(Ok(Err(error))) => Err(Failure::failed(format!("the server stopped by itself: {error}"))),
        _ => Ok(()),
    }
}

/// The regular work of every minute: the audit trail is sealed, files that nobody said yes to go, old attempts to sign in
/// are forgotten.
async fn work(ctx: Ctx) {
    let mut round = tokio::time::interval(ROUND);
    loop {
        round.tick().await;
        told("the audit trail was not sealed", kiez_app::house::seal_audit(&ctx).await);
        told("old uploads were not removed", kiez_app::import::upload::forget(&ctx).await);
        told("old attempts to sign in were not forgotten", kiez_app::house::forget_attempts(&ctx).await);
    }
}

/// What did not work stands in the log.
fn told<T>(what: &str, done: Result<T, AppError>) {
    if let Err(error) = done {
        tracing::error!(%error, "{what}; the next round tries again");
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
