//! A folder that is gone when the program ends.

use crate::failure::Failure;
use kiez_gateways::random::Random;
use std::path::{Path, PathBuf};

/// Memory in the shape of a folder, where the system has such a thing: nothing in the demo is to last, and filling
/// it writes a thousand transactions, each of which would wait for the disk.
const MEMORY: &str = "/dev/shm";

/// A folder in memory or in the place for temporary files, removed when this value goes.
pub(super) struct Throwaway(PathBuf);

impl Throwaway {
    /// Makes the folder, for this account alone.
    pub(super) fn make() -> Result<Self, Failure> {
        let name = Random::Real.token().map_err(|error| Failure::failed(error.to_string()))?;
        let name = format!("kiez-demo-{name}");
        let made = match std::env::var_os("TMPDIR") {
            // Whoever names a place wants it used.
            Some(_) => create(&std::env::temp_dir(), &name),
            None => create(Path::new(MEMORY), &name).or_else(|_| create(&std::env::temp_dir(), &name)),
        };
        made.map(Self)
    }

    /// Where it is.
    pub(super) fn path(&self) -> &Path {
        &self.0
    }
}

fn create(place: &Path, name: &str) -> Result<PathBuf, Failure> {
    let path = place.join(name);
    let mut builder = std::fs::DirBuilder::new();
    #[cfg(unix)]
    std::os::unix::fs::DirBuilderExt::mode(&mut builder, 0o700);
    match builder.create(&path) {
        Ok(()) => Ok(path),
        Err(error) => Err(Failure::failed(format!(
            "{}: the folder for the demo cannot be made: {error}; is the disk full?",
            path.display()
        ))),
    }
}

impl Drop for Throwaway {
    fn drop(&mut self) {
        // What cannot be removed now, the system removes with its other temporary files.
        let _system_tidies_up = std::fs::remove_dir_all(&self.0);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_folder_is_gone_with_its_content_when_its_value_goes() {
        let folder = Throwaway::make().expect("a folder");
        let path = folder.path().to_path_buf();
        std::fs::write(path.join("kiez.db"), "x").expect("written");
        drop(folder);
        assert!(!path.exists());
    }

    #[test]
    fn a_place_that_is_not_there_is_named() {
        let failure = create(Path::new("/no/such/place"), "kiez-demo").expect_err("no place");
        assert!(failure.to_string().contains("/no/such/place/kiez-demo"), "{failure}");
    }
}
