//! A folder that is gone when the program ends.

use crate::failure::Failure;
use kiez_gateways::random::Random;
use std::path::{Path, PathBuf};

/// A folder in the place for temporary files, removed when this value goes.
pub(super) struct Throwaway(PathBuf);

impl Throwaway {
    /// Makes the folder, for this account alone.
    pub(super) fn make() -> Result<Self, Failure> {
        let name = Random::Real.token().map_err(|error| Failure::failed(error.to_string()))?;
        let path = std::env::temp_dir().join(format!("kiez-demo-{name}"));
        let mut builder = std::fs::DirBuilder::new();
        #[cfg(unix)]
        std::os::unix::fs::DirBuilderExt::mode(&mut builder, 0o700);
        builder.create(&path).map_err(|error| {
            Failure::failed(format!(
                "{}: the folder for the demo cannot be made: {error}; is the disk full?",
                path.display()
            ))
        })?;
        Ok(Self(path))
    }

    /// Where it is.
    pub(super) fn path(&self) -> &Path {
        &self.0
    }
}

impl Drop for Throwaway {
    fn drop(&mut self) {
        // What cannot be removed now, the system removes with its other temporary files.
        let _system_tidies_up = std::fs::remove_dir_all(&self.0);
    }
}
