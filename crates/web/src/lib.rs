//! Showing: pages, forms, the public site. The only crate with HTTP and HTML.
//!
//! Pages ask `kiez_app` for everything; they know neither a database nor a rule.

pub mod access_report;
mod arrival;
mod assets;
mod error;
mod extract;
mod form_token;
mod forms;
mod guard;
mod icons;
mod kept;
mod labels;
mod layout;
mod letters;
mod metrics;
mod pages;
mod paper;
mod qr;
mod reach;
mod request;
pub mod routes;
mod serve;
mod state;
mod tls;
mod tokens;

pub use assets::were_built;
pub use labels::BuiltInLabels;
pub use letters::Letters;
pub use metrics::{Metrics, MetricsAccess};
pub use reach::{Proxies, Reach};
pub use routes::FORM_LIMIT;
pub use serve::serve;
pub use state::WebState;
pub use tls::{BadCertificate, Certificate};
