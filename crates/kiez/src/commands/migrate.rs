//! `kiez migrate`: the schema brought up to date.

use crate::config::Config;
use crate::failure::{Ended, Failure, Outcome};
use crate::house;
use crate::output::{Format, Output};
use serde_json::json;

/// Migrates; a schema that is up to date stays as it is.
pub(crate) async fn run(config: &Config, output: &mut Output) -> Ended {
    let db = house::open_database(config).await?;
    let before = db.schema_version().await?;
    let (before, now) = db.migrate().await.map_err(|error| {
        Failure::failed(format!(
            "{error}. Nothing has changed: the schema is still {before}, and the program that ran until now goes on with it. \
             Put right what is said, make a backup (`kiez backup`), and call `kiez migrate` again"
        ))
    })?;
    let row = vec![json!(db.engine()), json!(before), json!(now)];
    output.rows(&["database", "schema_before", "schema_now"], &[row], Format::Table)?;
    Ok(Outcome::Done)
}
