//! One line of the policy table and how the file is read.

use crate::issue::Problem;
use crate::lifecycle::words;

words! {
    /// Who somebody is to the policy (A0 to A9 of the matrix).
    Role, "anyone, link_holder, business, institution, coordinator, funder or operator" {
        /// A0, and A8: removed or pending members.
        Anyone = "anyone",
        /// A1: holder of a link.
        LinkHolder = "link_holder",
        /// A2: business with an account.
        Business = "business",
        /// A3: institution.
        Institution = "institution",
        /// A4 in the own project; in every other project A5, which the scope decides.
        Coordinator = "coordinator",
        /// A6: funder, read only.
        Funder = "funder",
        /// A7: operator.
        Operator = "operator",
    }
}

words! {
    /// How far a right reaches.
    Scope, "public, own, project or installation" {
        /// Objects whose owner consented to the public web.
        Public = "public",
        /// Objects of the subject's own actor, in its own project.
        Own = "own",
        /// Every object of the subject's project.
        Project = "project",
        /// Everything.
        Installation = "installation",
    }
}

words! {
    /// The closed list of conditions that a rule may name.
    Condition, "none, published, unpublished or signed_in" {
        /// No condition.
        None = "none",
        /// The object is public.
        Published = "published",
        /// The object is not public.
        Unpublished = "unpublished",
        /// Somebody known asks, whatever the role.
        SignedIn = "signed_in",
    }
}

/// One cell of the matrix, spelled out.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Rule {
    /// What is acted on.
    pub resource: String,
    /// What is done.
    pub action: String,
    /// Who may.
    pub role: Role,
    /// How far.
    pub scope: Scope,
    /// Which fields.
    pub fields: String,
    /// Under which condition.
    pub condition: Condition,
}

#[derive(serde::Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    rule: Vec<Line>,
    #[serde(default)]
    route: Vec<Route>,
}

/// Which rule a page asks: `resource.action`, or `open` where nothing is asked.
#[derive(Debug, Clone, PartialEq, Eq, serde::Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Route {
    /// HTTP method.
    pub method: String,
    /// Path with `{parameters}`.
    pub path: String,
    /// `resource.action` or `open`.
    pub policy: String,
}

/// Everything `policy.toml` says.
pub(super) struct PolicyFile {
    pub(super) rules: Vec<Rule>,
    pub(super) routes: Vec<Route>,
}

#[derive(serde::Deserialize)]
#[serde(deny_unknown_fields)]
struct Line {
    resource: String,
    actions: Vec<String>,
    actor: String,
    scope: String,
    #[serde(default = "all_fields")]
    fields: String,
    #[serde(default = "no_condition")]
    condition: String,
}

fn all_fields() -> String {
    "all".to_owned()
}

fn no_condition() -> String {
    "none".to_owned()
}

/// Why `policy.toml` cannot be used.
#[derive(Debug, thiserror::Error)]
pub(super) enum PolicyFileError {
    #[error("policy.toml: {0}")]
    Syntax(#[from] toml::de::Error),
    #[error("policy.toml, rule for {resource}: {problem}")]
    Word { resource: String, problem: Problem },
}

/// Reads the file; a line with several actions becomes several rules.
pub(super) fn parse(text: &str) -> Result<PolicyFile, PolicyFileError> {
    let file: File = toml::from_str(text)?;
    let mut rules = Vec::new();
    for line in file.rule {
        let word = |problem| PolicyFileError::Word { resource: line.resource.clone(), problem };
        let (role, scope) = (line.actor.parse().map_err(word)?, line.scope.parse().map_err(word)?);
        let condition = line.condition.parse().map_err(word)?;
        rules.extend(line.actions.iter().map(|action| Rule {
            resource: line.resource.clone(),
            action: action.clone(),
            role,
            scope,
            fields: line.fields.clone(),
            condition,
        }));
    }
    Ok(PolicyFile { rules, routes: file.route })
}
