//! What the program is made of, for other programs: routes, policy, registry of columns.

use crate::failure::{Ended, Failure, Outcome};
use crate::output::{Format, Output};
use kiez_domain::policy::rules;
use serde::Serialize;
use serde_json::{Value, json};

/// Every route with its entry in the policy.
pub(crate) fn routes(output: &mut Output) -> Ended {
    output.objects(&values(&kiez_web::routes::list())?, Format::Json)?;
    Ok(Outcome::Done)
}

/// Every rule, one line each.
pub(crate) fn policy(output: &mut Output) -> Ended {
    let rule = |rule: &kiez_domain::policy::Rule| {
        json!({
            "resource": rule.resource, "action": rule.action, "actor": rule.role.name(), "scope": rule.scope.name(),
            "fields": rule.fields, "condition": rule.condition.name(),
        })
    };
    output.objects(&rules().iter().map(rule).collect::<Vec<_>>(), Format::Json)?;
    Ok(Outcome::Done)
}

/// Every column of the database with what it is for.
pub(crate) fn registry(output: &mut Output) -> Ended {
    output.objects(&values(kiez_store::registry::entries())?, Format::Json)?;
    Ok(Outcome::Done)
}

fn values(entries: &[impl Serialize]) -> Result<Vec<Value>, Failure> {
    let values = entries.iter().map(serde_json::to_value).collect::<Result<_, _>>();
    values.map_err(|error| Failure::failed(format!("the list is no JSON: {error}")))
}
