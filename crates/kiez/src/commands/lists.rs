//! What the program is made of, as JSON for other programs: routes, policy, registry of columns.

use crate::failure::{Ended, Outcome};
use crate::output::Output;
use kiez_domain::policy::rules;
use serde_json::json;

/// Every route with its entry in the policy.
pub(crate) fn routes(output: &mut Output) -> Ended {
    output.json(&kiez_web::routes::list())?;
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
    output.json(&rules().iter().map(rule).collect::<Vec<_>>())?;
    Ok(Outcome::Done)
}

/// Every column of the database with what it is for.
pub(crate) fn registry(output: &mut Output) -> Ended {
    output.json(&kiez_store::registry::entries())?;
    Ok(Outcome::Done)
}
