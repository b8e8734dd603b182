//! TLS of our own, for whoever has a certificate and no proxy. Handshakes are made beside each other, so that nobody who is
//! slow holds up the next; a renewed certificate is used from the next handshake on.

use axum::extract::connect_info::Connected;
use axum::serve::{IncomingStream, Listener};
use rustls::ServerConfig;
use rustls::crypto::ring;
use rustls::pki_types::pem::PemObject as _;
use rustls::pki_types::{CertificateDer, PrivateKeyDer};
use std::io;
use std::net::SocketAddr;
use std::sync::Arc;
use std::time::Duration;
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::{Semaphore, mpsc, watch};
use tokio::task::JoinHandle;
use tokio_rustls::TlsAcceptor;
use tokio_rustls::server::TlsStream;

/// How long somebody may take to agree on keys.
const PATIENCE: Duration = Duration::from_secs(10);
/// So many may be agreeing on keys at a time.
const AT_A_TIME: usize = 256;
/// How long to wait where the system has no more connections to give.
const BREATH: Duration = Duration::from_millis(200);

/// A certificate with its key, as a server shows it: TLS 1.2 and 1.3, HTTP/1.1.
#[derive(Debug, Clone)]
pub struct Certificate(Arc<ServerConfig>);

/// Why two files are no certificate.
#[derive(Debug, thiserror::Error)]
pub enum BadCertificate {
    /// Nothing between the lines that begin and end one.
    #[error("there is no certificate in it: expected PEM, beginning with -----BEGIN CERTIFICATE-----")]
    NoCertificate,
    /// Nothing between the lines that begin and end a key.
    #[error("there is no private key in it: expected PEM, beginning with -----BEGIN PRIVATE KEY-----")]
    NoKey,
    /// Each is one, but they do not belong together, or are of a kind that browsers do not take.
    #[error("certificate and key cannot be used together: {0}")]
    Unfit(#[from] rustls::Error),
}

impl Certificate {
    /// Reads a chain of certificates, the own one first, and its key, both as PEM.
    ///
    /// # Errors
    /// What is missing, or does not fit.
    pub fn from_pem(chain: &[u8], key: &[u8]) -> Result<Self, BadCertificate> {
        let chain: Result<Vec<_>, _> = CertificateDer::pem_slice_iter(chain).collect();
        let chain = chain.ok().filter(|chain| !chain.is_empty()).ok_or(BadCertificate::NoCertificate)?;
        let key = PrivateKeyDer::from_pem_slice(key).map_err(|_| BadCertificate::NoKey)?;
        let builder = ServerConfig::builder_with_provider(Arc::new(ring::default_provider()));
        let builder = builder.with_safe_default_protocol_versions()?.with_no_client_auth();
        let mut config = builder.with_single_cert(chain, key)?;
        config.alpn_protocols = vec![b"http/1.1".to_vec()];
        Ok(Self(Arc::new(config)))
    }
}

/// A listener whose connections are encrypted.
pub(crate) struct TlsListener {
    address: SocketAddr,
    agreed: mpsc::Receiver<(TlsStream<TcpStream>, SocketAddr)>,
    door: JoinHandle<()>,
}

impl TlsListener {
    /// Answers on a listener with the certificate of the moment.
    ///
    /// # Errors
    /// When the listener has no address.
    pub(crate) fn on(listener: TcpListener, certificate: watch::Receiver<Certificate>) -> io::Result<Self> {
        let (agree, agreed) = mpsc::channel(AT_A_TIME);
        let address = listener.local_addr()?;
        let door = tokio::spawn(open_door(listener, certificate, agree));
        Ok(Self { address, agreed, door })
    }
}

/// The other end of an encrypted connection.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Peer(pub(crate) SocketAddr);

impl Connected<IncomingStream<'_, TlsListener>> for Peer {
    fn connect_info(stream: IncomingStream<'_, TlsListener>) -> Self {
        Self(*stream.remote_addr())
    }
}

impl Drop for TlsListener {
    fn drop(&mut self) {
        self.door.abort();
    }
}

impl Listener for TlsListener {
    type Io = TlsStream<TcpStream>;
    type Addr = SocketAddr;

    async fn accept(&mut self) -> (Self::Io, Self::Addr) {
        match self.agreed.recv().await {
            Some(connection) => connection,
            // The door is closed: nobody comes any more.
            None => std::future::pending().await,
        }
    }

    fn local_addr(&self) -> io::Result<SocketAddr> {
        Ok(self.address)
    }
}

/// Takes connections and agrees on keys with each, so many at a time.
async fn open_door(
    listener: TcpListener,
    certificate: watch::Receiver<Certificate>,
    agree: mpsc::Sender<(TlsStream<TcpStream>, SocketAddr)>,
) {
    let places = Arc::new(Semaphore::new(AT_A_TIME));
    loop {
        let Ok(place) = Arc::clone(&places).acquire_owned().await else { return };
        let (stream, from) = match listener.accept().await {
            Ok(connection) => connection,
            Err(error) => {
                tracing::debug!(%error, "a connection was lost before it began");
                tokio::time::sleep(BREATH).await;
                continue;
            }
        };
        let acceptor = TlsAcceptor::from(Arc::clone(&certificate.borrow().0));
        let agree = agree.clone();
        tokio::spawn(async move {
            // Whoever speaks no TLS, or says nothing, is forgotten: there is nobody to tell.
            if let Ok(Ok(stream)) = tokio::time::timeout(PATIENCE, acceptor.accept(stream)).await {
                let _server_is_gone = agree.send((stream, from)).await;
            }
            drop(place);
        });
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_no_certificate_says_what_is_missing() {
        let certificate = b"-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----\n";
        let fault = |chain: &[u8], key: &[u8]| Certificate::from_pem(chain, key).expect_err("no certificate");
        assert!(matches!(fault(b"", b""), BadCertificate::NoCertificate));
        assert!(matches!(fault(b"hello", b"hello"), BadCertificate::NoCertificate));
        assert!(matches!(fault(certificate, b"hello"), BadCertificate::NoKey));
        let key = b"-----BEGIN PRIVATE KEY-----\nAAAA\n-----END PRIVATE KEY-----\n";
        assert!(matches!(fault(certificate, key), BadCertificate::Unfit(_)));
    }
}
