//! `kiez config`: what is set, and whether it fits.

use crate::config::{Config, Given, SETTINGS};
use crate::failure::{Ended, Outcome};
use crate::output::{Format, Output};
use serde_json::Value;

/// Names every fault.
pub(crate) fn check(given: &Given, output: &mut Output) -> Ended {
    match Config::resolve(given) {
        Ok(config) => {
            output.say(&format!("{} settings are known and valid", SETTINGS.len()));
            output.line(&format!("{}: no fault", config.data().display()))?;
            Ok(Outcome::Done)
        }
        Err(faults) => {
            faults.iter().for_each(|fault| output.warn(fault));
            Ok(Outcome::Faults)
        }
    }
}

/// Shows what is in force.
pub(crate) fn show(config: &Config, output: &mut Output) -> Ended {
    let row = |(key, text, origin): (&str, Option<String>, &str)| {
        vec![Value::from(key), text.map_or(Value::Null, Value::from), Value::from(origin)]
    };
    let rows: Vec<Vec<Value>> = config.shown().into_iter().map(row).collect();
    output.rows(&["key", "value", "from"], &rows, Format::Table)?;
    Ok(Outcome::Done)
}
