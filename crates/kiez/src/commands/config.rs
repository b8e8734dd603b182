//! `kiez config`: what is set, and whether it fits.

use crate::config::{Config, Given, SETTINGS};
use crate::failure::{Ended, Outcome};
use crate::output::{Format, Output};
use serde_json::Value;

/// Names every fault.
pub(crate) fn check(given: &Given, output: &mut Output) -> Ended {
    let rows = output.asked().is_some_and(|format| format != Format::Table);
    match Config::resolve(given) {
        Ok(_) if rows => {
            output.rows(&["message"], &[], Format::Json)?;
            Ok(Outcome::Done)
        }
        Err(faults) if rows => {
            let faults: Vec<Vec<Value>> = faults.into_iter().map(|fault| vec![Value::from(fault)]).collect();
            output.rows(&["message"], &faults, Format::Json)?;
            Ok(Outcome::Faults)
        }
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
