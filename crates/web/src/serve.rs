//! Serving until told to stop.

use crate::routes::router;
use crate::state::WebState;
use crate::tls::{Certificate, Peer, TlsListener};
use axum::extract::{ConnectInfo, Request};
use axum::middleware::map_request;
use std::future::Future;
use std::io;
use std::net::SocketAddr;
use tokio::net::TcpListener;
use tokio::sync::watch;

/// Answers on a listener until `stop` is over; what is being answered then is finished. With a certificate it is
/// encrypted, without one it is not.
///
/// # Errors
/// When the listener fails.
pub async fn serve(
    (listener, certificate): (TcpListener, Option<watch::Receiver<Certificate>>),
    state: WebState,
    stop: impl Future<Output = ()> + Send + 'static,
) -> io::Result<()> {
    let router = router(state);
    match certificate {
        Some(certificate) => {
            let listener = TlsListener::on(listener, certificate)?;
            let service =
                router.layer(map_request(with_address)).into_make_service_with_connect_info::<Peer>();
            axum::serve(listener, service).with_graceful_shutdown(stop).await
        }
        None => {
            let service = router.into_make_service_with_connect_info::<SocketAddr>();
            axum::serve(listener, service).with_graceful_shutdown(stop).await
        }
    }
}

/// Where an encrypted connection comes from; pages read it as they read the address of any other.
async fn with_address(mut request: Request) -> Request {
    if let Some(ConnectInfo(Peer(from))) = request.extensions().get::<ConnectInfo<Peer>>().copied() {
        request.extensions_mut().insert(ConnectInfo(from));
    }
    request
}
