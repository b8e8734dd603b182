//! Files named on the command line, as far as they concern each other.

use crate::failure::Failure;
use std::path::Path;

/// Standard input ends once it has been read: a second `-` would find nothing there.
pub(crate) fn demand_one_standard_input<'a>(
    paths: impl IntoIterator<Item = &'a Path>,
) -> Result<(), Failure> {
    let asked = paths.into_iter().filter(|path| *path == Path::new("-")).count();
    if asked > 1 {
        return Err(Failure::usage("standard input (-) can be read once only: name a file for the others"));
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn standard_input_is_one_file() {
        let demand = |names: &[&str]| demand_one_standard_input(names.iter().map(Path::new));
        assert!(demand(&["-", "a.csv"]).is_ok() && demand(&[]).is_ok());
        assert_eq!(demand(&["-", "a.csv", "-"]).expect_err("twice").status(), 2);
    }
}
