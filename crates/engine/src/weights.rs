//! How much every part counts: all in one place, tunable for each project.

/// The weights of a score.
///
/// What speaks for a pair (resource, text, branch) is joined as independent evidence to a base `b`; what makes it
/// easier or harder (distance, time, language, thrift) bends it: `1 − (1 − b)^(1 + Σ weight × (part − ½))`. An unknown
/// part adds nothing, so nobody is punished for an empty field.
#[derive(Debug, Clone, PartialEq)]
pub struct Weights {
    /// Evidence of equal or near kinds.
    pub resource: f64,
    /// Evidence of words in common.
    pub text: f64,
    /// How much of the text part words of the same field give that are not the same.
    pub leaning: f64,
    /// Evidence of the giver's branch where its own words tell a kind as well.
    pub branch: f64,
    /// Evidence of the giver's branch where nothing else tells what it gives.
    pub branch_alone: f64,
    /// Evidence of a trade that the need names as somebody wanted.
    pub trade: f64,
    /// What is left of a guess whose giver has no proper name, so that named ones stand first.
    pub nameless: f64,
    /// What is lost where nothing of what a need says is answered in words or kinds.
    pub unanswered: f64,
    /// Nearness.
    pub distance: f64,
    /// Hours in common.
    pub time: f64,
    /// A language in common.
    pub language: f64,
    /// Use against effort.
    pub thrift: f64,
    /// That both are likely to know each other: added in full, because nobody is worse for being a stranger.
    pub acquaintance: f64,
    /// Worth of a kind directly above or below.
    pub parent: f64,
    /// Worth of a kind with the same parent.
    pub sibling: f64,
    /// Worth of a kind of the same top branch.
    pub same_top: f64,
    /// Worth of a kind that the taxonomy names as related.
    pub related: f64,
}

impl Default for Weights {
    fn default() -> Self {
        Self {
            resource: 0.88,
            text: 0.5,
            leaning: 0.7,
            branch: 0.3,
            branch_alone: 0.5,
            trade: 0.1,
            nameless: 0.6,
            unanswered: 0.85,
            distance: 0.5,
            time: 0.2,
            language: 0.1,
            thrift: 0.2,
            acquaintance: 0.15,
            parent: 0.7,
            sibling: 0.4,
            same_top: 0.12,
            related: 0.4,
        }
    }
}
