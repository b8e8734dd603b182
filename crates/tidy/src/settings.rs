//! `tidy.toml`: the arrow table, the budgets and the list of exceptions.

use std::collections::BTreeMap;
use std::path::Path;

use serde::Deserialize;

use crate::fault::Fault;

/// Everything `tidy.toml` may say; an unknown key is a fault.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Settings {
    /// Which of our crates may name which others.
    pub(crate) arrows: BTreeMap<String, Vec<String>>,
    /// Which foreign crate may be named where.
    pub(crate) foreign: BTreeMap<String, Foreign>,
    pub(crate) budgets: Budgets,
    pub(crate) exceptions: Exceptions,
}

/// Where a foreign crate may stand in a manifest.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Foreign {
    /// Our crates that may use it in the program.
    #[serde(default, rename = "in")]
    pub(crate) inside: Vec<String>,
    /// Our crates that may use it in tests or at build time only.
    #[serde(default)]
    pub(crate) tests: Vec<String>,
}

/// How much fits a screen and a head.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Budgets {
    pub(crate) file_lines: usize,
    pub(crate) file_lines_p90: usize,
    pub(crate) function_lines: usize,
    pub(crate) function_lines_p90: usize,
    pub(crate) parameters: usize,
}

/// The list that may only shrink.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Exceptions {
    /// How long the list is; lowered with every entry that goes.
    pub(crate) at_most: usize,
    #[serde(default)]
    pub(crate) list: Vec<Exception>,
}

/// One place that is larger than its budget, with the size it may not outgrow.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Exception {
    pub(crate) what: Measure,
    /// `path/to/file.rs`, for a function followed by `::name`.
    pub(crate) place: String,
    pub(crate) number: usize,
    pub(crate) reason: String,
}

/// What is counted.
#[derive(Clone, Copy, Debug, Deserialize, PartialEq, Eq)]
#[serde(rename_all = "kebab-case")]
pub(crate) enum Measure {
    FileLines,
    FunctionLines,
    Parameters,
}

impl Settings {
    pub(crate) fn read(root: &Path) -> Result<Self, Fault> {
        let path = root.join("tidy.toml");
        let text = std::fs::read_to_string(&path).map_err(|error| Fault::unreadable(&path, &error))?;
        toml::from_str(&text).map_err(|error| Fault::unreadable(&path, &error))
    }
}
