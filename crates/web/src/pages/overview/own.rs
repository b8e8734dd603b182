//! The entrance of an institution: one line for what it needs, its needs and what comes next, and whom to ask.

use crate::layout::Chrome;
use crate::request::Member;
use kiez_app::overview::{Own, OwnNeed};
use kiez_domain::need::NeedState;

/// Ready values for `pages/overview/own.html`.
pub(crate) struct OwnView {
    /// The name of the institution and its id.
    pub(crate) actor: Option<(String, String)>,
    /// Makes sure that a card sent twice is entered once.
    pub(crate) key: String,
    pub(crate) needs: Vec<OwnLine>,
    /// How many were met, and where they are listed.
    pub(crate) met: Option<(String, String)>,
    pub(crate) carrier: Option<String>,
    pub(crate) team: Vec<String>,
    /// The project's public page.
    pub(crate) public: String,
}

/// A need, how it stands, and what comes next.
pub(crate) struct OwnLine {
    pub(crate) href: String,
    pub(crate) text: String,
    pub(crate) state: String,
    pub(crate) next: String,
    /// There is something to look at.
    pub(crate) ready: bool,
}

impl OwnView {
    pub(crate) fn new(c: &Chrome, member: &Member, own: Own, key: String) -> Self {
        let data = &member.project.data;
        let team =
            data.team.iter().flat_map(|team| team.as_str().lines().map(str::to_owned).collect::<Vec<_>>());
        let met = |count: u64| (member.path("/needs?state=met"), c.count("own-met", &count));
        Self {
            actor: own.actor.map(|actor| (actor.name, actor.id.to_string())),
            key,
            needs: own.needs.into_iter().map(|need| line(c, member, need)).collect(),
            met: (own.met > 0).then(|| met(own.met)),
            carrier: data.carrier.as_ref().map(ToString::to_string),
            team: team.collect(),
            public: format!("/p/{}", data.slug),
        }
    }
}

fn line(c: &Chrome, member: &Member, need: OwnNeed) -> OwnLine {
    let OwnNeed { id, text, state, suggested } = need;
    OwnLine {
        href: member.path(&format!("/needs/{id}")),
        text,
        state: state.to_string(),
        next: next(c, state, suggested),
        ready: suggested > 0,
    }
}

/// What comes next, in one sentence.
fn next(c: &Chrome, state: NeedState, suggested: usize) -> String {
    match (state, suggested) {
        (NeedState::Open, 1..) => c.count("own-suggested", &(suggested as u64)),
        (NeedState::Proposed, _) => c.t("own-proposed"),
        (NeedState::Agreed, _) => c.t("own-agreed"),
        _ => c.t("own-alone"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use kiez_words::Locale;

    #[test]
    fn each_state_says_something_else_about_what_comes_next() {
        let c = Chrome::plain(Locale::German);
        let said = [
            next(&c, NeedState::Open, 2),
            next(&c, NeedState::Open, 0),
            next(&c, NeedState::Proposed, 0),
            next(&c, NeedState::Agreed, 0),
        ];
        let different: std::collections::BTreeSet<&String> = said.iter().collect();
        assert_eq!(different.len(), said.len(), "{said:?}");
        assert!(said[0].contains('2'), "{said:?}");
    }
}
