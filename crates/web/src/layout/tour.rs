//! The guided tour of the demo: a panel on the pages it leads through, closed for good by one button.
//!
//! A step is known by its address, so the tour needs no memory but the cookie that says it was closed.

use crate::request::Visit;
use kiez_domain::policy::Role;
use kiez_domain::project::Project;
use kiez_words::{Args, Words};

/// The panel of one step, ready to be shown.
pub(crate) struct Tour {
    /// Middle part of the keys of its sentences.
    pub(crate) step: &'static str,
    /// "Step 2 of 5".
    pub(crate) place: String,
    pub(crate) previous: Option<String>,
    pub(crate) next: Option<String>,
    /// Where one is when the tour is closed.
    pub(crate) here: String,
}

/// A step and the page it is about.
struct Step {
    name: &'static str,
    address: String,
}

impl Tour {
    /// The panel of the page that is visited; none when the tour is closed or does not come by here.
    pub(crate) fn on(visit: &Visit, project: Option<&Project>) -> Option<Self> {
        if !visit.tour {
            return None;
        }
        let steps = steps(visit, project);
        let at = steps.iter().position(|step| step.is_at(&visit.path))?;
        let address = |step: &Step| step.address.clone();
        let numbers = Args::new().with("at", at as u64 + 1).with("of", steps.len() as u64);
        Some(Self {
            step: steps[at].name,
            place: Words::of(visit.locale).with("tour-place", &numbers),
            previous: at.checked_sub(1).and_then(|before| steps.get(before)).map(address),
            next: steps.get(at + 1).map(address),
            here: visit.path.clone(),
        })
    }
}

impl Step {
    /// The page itself, or one below it: a need belongs to the step about needs.
    fn is_at(&self, path: &str) -> bool {
        let below = || path.strip_prefix(&self.address).is_some_and(|rest| rest.starts_with('/'));
        path == self.address || (!matches!(self.name, "start" | "own") && below())
    }
}

/// The way for whoever is signed in; to everybody else the tour shows the door.
fn steps(visit: &Visit, project: Option<&Project>) -> Vec<Step> {
    let step = |name, address: String| Step { name, address };
    let role = project.and_then(|project| visit.caller.role_in(project.id));
    let (Some(project), Some(role)) = (project, role) else {
        let public = if visit.path.starts_with("/p/") { visit.path.clone() } else { "/".to_owned() };
        let inside = if visit.caller.is_visitor() { "/sign-in" } else { "/w" };
        return vec![step("welcome", public), step("door", inside.to_owned())];
    };
    let base = format!("/w/{}", project.data.slug);
    let mut steps = vec![
        step(if role == Role::Coordinator { "start" } else { "own" }, base.clone()),
        step("cards", format!("{base}/cards")),
        step("suggestions", format!("{base}/needs")),
    ];
    if role == Role::Coordinator {
        steps.push(step("directory", format!("{base}/actors")));
        steps.push(step("map", format!("{base}/map")));
    }
    steps
}
