//! `kiez migrate`: the schema brought up to date.

use crate::config::Config;
use crate::failure::{Ended, Outcome};
use crate::house;
use crate::output::{Format, Output};
use serde_json::json;

/// Migrates; a schema that is up to date stays as it is.
pub(crate) async fn run(config: &Config, output: &mut Output) -> Ended {
    let db = house::open_database(config).await?;
    let (before, now) = db.migrate().await?;
    let row = vec![json!(db.engine()), json!(before), json!(now)];
    output.rows(&["database", "schema_before", "schema_now"], &[row], Format::Table)?;
    Ok(Outcome::Done)
}
