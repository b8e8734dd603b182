//! Showing: pages, forms, the public site. The only crate with HTTP and HTML.
//!
//! Pages ask `kiez_app` for everything; they know neither a database nor a rule.

pub mod access_report;
mod arrival;
mod assets;
mod error;
mod extract;
mod forms;
mod guard;
mod icons;
mod kept;
mod labels;
mod layout;
mod metrics;
mod pages;
mod qr;
mod request;
pub mod routes;
mod serve;
mod state;
mod tokens;

pub use assets::were_built;
pub use labels::BuiltInLabels;
pub use metrics::{Metrics, MetricsAccess};
pub use serve::serve;
pub use state::WebState;
