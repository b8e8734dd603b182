//! `kiez doctor`: everything that can be checked.

use crate::commands::backup;
use crate::config::Config;
use crate::failure::{Ended, Outcome};
use crate::house;
use crate::output::{Format, Output};
use serde_json::{Value, json};

/// Names every finding: of the database, and of the routes without an entry in the policy.
pub(crate) async fn run(config: &Config, output: &mut Output) -> Ended {
    let ctx = house::open(config).await?;
    let found = kiez_app::house::check(&ctx, &house::operator()).await?;
    let mut rows: Vec<Vec<Value>> =
        found.iter().map(|finding| vec![json!(finding.check), json!(finding.message)]).collect();
    for route in kiez_web::routes::list().into_iter().filter(|route| route.policy == "MISSING") {
        rows.push(vec![
            json!("policy"),
            json!(format!("{} {} has no entry in policy.toml", route.method, route.path)),
        ]);
    }
    if let Some(late) = backup::late(config, &ctx).await? {
        rows.push(vec![json!("backup"), json!(late)]);
    }
    let sound = rows.is_empty();
    let usual = output.format_or(Format::Table);
    if sound && usual == Format::Table {
        output.line("no fault found")?;
    } else {
        output.rows(&["check", "message"], &rows, usual)?;
    }
    Ok(if sound { Outcome::Done } else { Outcome::Faults })
}
