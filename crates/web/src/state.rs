//! What every page needs besides the request.

use crate::metrics::Metrics;
use crate::reach::Reach;
use kiez_app::ctx::Ctx;

/// The state of the web server; cheap to clone.
#[derive(Clone)]
pub struct WebState {
    /// The use-cases' context.
    pub ctx: Ctx,
    /// A demo shows itself as one and offers the mirrored test language.
    pub demo: bool,
    /// People reach the program by https: cookies then never travel without it.
    pub secure: bool,
    /// What is counted for the operator, and who may read it.
    pub metrics: Metrics,
    /// Under which names people reach the program, through which proxies, how often.
    pub reach: Reach,
}
