//! The certificate of the settings: read at the start, and again when its files have changed.

use crate::config::Config;
use crate::failure::Failure;
use kiez_web::{BadCertificate, Certificate};
use std::path::{Path, PathBuf};
use std::time::Duration;
use tokio::sync::watch;

/// How often it is looked whether it was renewed.
const ROUND: Duration = Duration::from_secs(60);

/// Two files that hold a certificate with its chain, and its key.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct CertificateFiles {
    pub(crate) chain: PathBuf,
    pub(crate) key: PathBuf,
}

/// What the files hold.
type Contents = (Vec<u8>, Vec<u8>);

/// A certificate in use, and what keeps it fresh.
pub(crate) struct InUse {
    files: CertificateFiles,
    contents: Contents,
    told: watch::Sender<Certificate>,
}

impl InUse {
    /// The certificate of the settings; none where TLS is somebody else's work.
    pub(crate) fn of(config: &Config) -> Result<Option<Self>, Failure> {
        let Some(files) = config.certificate() else { return Ok(None) };
        let contents = files.read()?;
        let told = watch::Sender::new(files.certificate(&contents)?);
        Ok(Some(Self { files, contents, told }))
    }

    /// What the server listens to.
    pub(crate) fn subscribe(&self) -> watch::Receiver<Certificate> {
        self.told.subscribe()
    }

    /// Takes a renewed certificate into use; a faulty one is told, and the old one stays.
    pub(crate) async fn keep_fresh(mut self) {
        let mut round = tokio::time::interval(ROUND);
        loop {
            round.tick().await;
            if let Err(failure) = self.look_again() {
                tracing::error!(%failure, "the certificate from before stays in use");
            }
        }
    }

    fn look_again(&mut self) -> Result<(), Failure> {
        let contents = self.files.read()?;
        if contents == self.contents {
            return Ok(());
        }
        // Said once, not every minute.
        self.contents = contents;
        self.told.send_replace(self.files.certificate(&self.contents)?);
        tracing::info!("a renewed certificate is in use");
        Ok(())
    }
}

impl CertificateFiles {
    fn read(&self) -> Result<Contents, Failure> {
        let read = |path: &Path| {
            std::fs::read(path)
                .map_err(|error| Failure::failed(format!("{} cannot be read: {error}", path.display())))
        };
        Ok((read(&self.chain)?, read(&self.key)?))
    }

    fn certificate(&self, (chain, key): &Contents) -> Result<Certificate, Failure> {
        Certificate::from_pem(chain, key).map_err(|fault| {
            let file = if matches!(fault, BadCertificate::NoKey) { &self.key } else { &self.chain };
            Failure::failed(format!("{}: {fault}", file.display()))
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn renew(files: &CertificateFiles) {
        let made = rcgen::generate_simple_self_signed(vec!["localhost".to_owned()]).expect("made");
        std::fs::write(&files.chain, made.cert.pem()).expect("written");
        std::fs::write(&files.key, made.signing_key.serialize_pem()).expect("written");
    }

    #[test]
    fn a_renewed_certificate_is_taken_into_use_and_a_faulty_one_is_not() {
        let folder = tempfile::tempdir().expect("a folder");
        let files = CertificateFiles { chain: folder.path().join("chain"), key: folder.path().join("key") };
        renew(&files);
        let contents = files.read().expect("read");
        let told = watch::Sender::new(files.certificate(&contents).expect("a certificate"));
        let mut in_use = InUse { files: files.clone(), contents, told };
        let mut server = in_use.subscribe();
        in_use.look_again().expect("unchanged");
        assert!(!server.has_changed().expect("open"));
        renew(&files);
        in_use.look_again().expect("renewed");
        assert!(server.has_changed().expect("open"));
        server.mark_unchanged();
        std::fs::write(&files.chain, "half a certifi").expect("written");
        assert!(in_use.look_again().is_err(), "it is said");
        in_use.look_again().expect("once");
        assert!(!server.has_changed().expect("open"), "the one from before stays");
        std::fs::remove_file(&files.key).expect("removed");
        assert!(in_use.look_again().is_err());
    }
}
