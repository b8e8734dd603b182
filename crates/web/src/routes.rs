//! Every route of the program and nothing else, grouped by who uses it.
//!
//! The same table makes the router, `kiez routes` and the test that each route has an entry in `policy.toml`.

use crate::pages::{
    account, actors, cards, consents, differences, ground, health, ideas, imports, links, mail, map, members,
    moves, notices, overview, postings, print, processing, project, publish, published, rings, sign_in,
    start, style, subjects, tour, verdicts, walk, why_not,
};
use crate::state::WebState;
use crate::{assets, form_token, guard, kept, metrics, reach};
use axum::Router;
use axum::extract::DefaultBodyLimit;
use axum::handler::Handler as _;
use axum::middleware::from_fn_with_state;
use axum::routing::{MethodRouter, get, post};
use kiez_domain::need::NewNeed;
use kiez_domain::offer::NewOffer;
use tower_http::compression::CompressionLayer;
use tower_http::compression::predicate::{DefaultPredicate, NotForContentType, Predicate};

/// Largest form that is accepted, in bytes: a text of 20,000 characters fits several times.
pub const FORM_LIMIT: usize = 512 * 1024;

/// Largest file that is read to its end, so that a person is told that it is too large instead of losing the
/// connection; what is kept of it is limited far below.
const FILE_LIMIT: usize = 256 * 1024 * 1024;

/// One route as other programs see it.
#[derive(Debug, Clone, PartialEq, Eq, serde::Serialize)]
pub struct RouteInfo {
    /// HTTP method.
    pub method: &'static str,
    /// Path with `{parameters}`.
    pub path: &'static str,
    /// Names of the parameters.
    pub params: Vec<&'static str>,
    /// Its entry in `policy.toml`.
    pub policy: String,
}

macro_rules! routes {
    ($($verb:ident $path:literal => $handler:expr;)+) => {
        fn table() -> Vec<(&'static str, &'static str, MethodRouter<WebState>)> {
            vec![$((stringify!($verb), $path, $verb($handler))),+]
        }
    };
}

routes! {
    // the public
    get  "/" => start::installation;
    get  "/p/{project}" => start::project;
    get  "/p/{project}/colour.css" => project::colour::style_sheet;
    get  "/p/{project}/actors" => published::list;
    get  "/p/{project}/actors/{id}" => published::show;
    get  "/p/{project}/embed" => published::embedded;
    get  "/p/{project}/needs" => published::needs;
    get  "/p/{project}/offers" => published::offers;
    get  "/p/{project}/actors.csv" => start::table;
    get  "/p/{project}/actors.geojson" => start::map;
    get  "/p/{project}/map" => map::public;
    get  "/p/{project}/map.geojson" => map::public_data;
    get  "/p/{project}/tiles/{zoom}/{column}/{row}" => ground::tile;
    get  "/p/{project}/ground.pmtiles" => ground::archive;
    get  "/stil" => style::page;
    get  "/sign-in" => sign_in::page;
    post "/sign-in" => sign_in::by_password;
    post "/sign-in/passkey/start" => sign_in::ask_passkey;
    post "/sign-in/passkey" => sign_in::by_passkey;
    get  "/sign-in/recovery" => sign_in::recovery_page;
    post "/sign-in/recovery" => sign_in::by_recovery_code;
    get  "/sign-in/mail" => sign_in::mail::page;
    post "/sign-in/mail" => sign_in::mail::ask;
    get  "/sign-in/second" => sign_in::second_page;
    post "/sign-in/second" => sign_in::second;
    // whoever holds a link
    get  "/l/again" => links::again::asked;
    get  "/l/{token}" => links::show;
    post "/l/{token}" => links::act;
    post "/l/{token}/again" => links::again::ask;
    get  "/link/{token}" => sign_in::link;
    post "/link/{token}" => sign_in::use_link;
    post "/tour" => tour::change;
    post "/sign-out" => sign_in::sign_out;
    get  "/assets/{name}" => assets::asset;
    // programs that watch over the house
    get  "/healthz" => health::alive;
    get  "/readyz" => health::ready;
    get  "/metrics" => health::metrics;
    // whoever has a session
    get  "/account" => account::page;
    post "/account/password" => account::password;
    post "/account/codes" => account::begin_codes;
    post "/account/codes/confirm" => account::confirm_codes;
    post "/account/codes/remove" => account::remove_codes;
    post "/account/recovery" => account::recovery_codes;
    post "/account/passkeys/start" => account::keys::ask;
    post "/account/passkeys" => account::keys::make;
    post "/account/passkeys/{id}" => account::keys::rename;
    post "/account/passkeys/{id}/remove" => account::keys::remove;
    post "/account/sessions/end-others" => account::devices::end_others;
    post "/account/sessions/{id}" => account::devices::rename;
    post "/account/sessions/{id}/end" => account::devices::end;
    // whoever runs the installation
    get  "/house/mail" => mail::house::list;
    post "/house/mail/hold" => mail::house::hold;
    post "/house/mail/release" => mail::house::release_all;
    post "/house/mail/{id}/release" => mail::house::release;
    post "/house/mail/{id}/give-up" => mail::house::give_up;
    // members
    get  "/w" => overview::choose;
    get  "/w/{project}" => overview::page;
    get  "/w/{project}/cards" => cards::page;
    post "/w/{project}/cards" => cards::enter;
    get  "/w/{project}/needs" => postings::list::<NewNeed>;
    post "/w/{project}/needs" => postings::create::<NewNeed>;
    get  "/w/{project}/needs/new" => postings::blank::<NewNeed>;
    get  "/w/{project}/needs/{id}" => postings::show::<NewNeed>;
    post "/w/{project}/needs/{id}" => postings::save::<NewNeed>;
    post "/w/{project}/needs/{id}/publish" => publish::posting::<NewNeed>;
    get  "/w/{project}/needs/{id}/edit" => postings::edit::<NewNeed>;
    post "/w/{project}/needs/{id}/step" => postings::step::<NewNeed>;
    get  "/w/{project}/offers" => postings::list::<NewOffer>;
    post "/w/{project}/offers" => postings::create::<NewOffer>;
    get  "/w/{project}/offers/new" => postings::blank::<NewOffer>;
    get  "/w/{project}/offers/{id}" => postings::show::<NewOffer>;
    post "/w/{project}/offers/{id}" => postings::save::<NewOffer>;
    post "/w/{project}/offers/{id}/publish" => publish::posting::<NewOffer>;
    get  "/w/{project}/offers/{id}/edit" => postings::edit::<NewOffer>;
    post "/w/{project}/offers/{id}/step" => postings::step::<NewOffer>;
    get  "/w/{project}/ideas" => ideas::list;
    post "/w/{project}/ideas/{id}/step" => ideas::step;
    // coordinators
    get  "/w/{project}/project" => project::edit;
    post "/w/{project}/project" => project::save;
    get  "/w/{project}/actors" => actors::list;
    post "/w/{project}/actors" => actors::create;
    get  "/w/{project}/actors/new" => actors::blank;
    get  "/w/{project}/actors/{id}" => actors::show;
    post "/w/{project}/actors/{id}" => actors::save;
    post "/w/{project}/actors/{id}/consents" => consents::record;
    post "/w/{project}/actors/{id}/consents/withdraw" => consents::withdraw;
    post "/w/{project}/actors/{id}/links" => links::desk::create;
    post "/w/{project}/actors/{id}/links/mail" => links::desk::send;
    post "/w/{project}/links/{id}/revoke" => links::desk::revoke;
    post "/w/{project}/actors/{id}/objection" => links::desk::object;
    get  "/w/{project}/print" => print::page;
    post "/w/{project}/print/{id}" => print::settle;
    post "/w/{project}/actors/{id}/answers" => actors::note;
    get  "/w/{project}/actors/{id}/edit" => actors::edit;
    get  "/w/{project}/needs/{id}/why-not" => why_not::page;
    post "/w/{project}/needs/{id}/verdicts" => verdicts::decide;
    post "/w/{project}/needs/{id}/verdicts/take-back" => verdicts::take_back;
    get  "/w/{project}/moves" => moves::page;
    get  "/w/{project}/walk" => walk::page;
    get  "/w/{project}/rings" => rings::page;
    get  "/w/{project}/map" => map::workspace;
    get  "/w/{project}/map.geojson" => map::workspace_data;
    get  "/w/{project}/members" => members::list;
    post "/w/{project}/members" => members::invite;
    post "/w/{project}/members/{id}/link" => members::link;
    post "/w/{project}/members/{id}/recovery" => members::recovery;
    post "/w/{project}/members/{id}/mail" => members::mail;
    post "/w/{project}/members/{id}/confirm" => members::confirm;
    post "/w/{project}/members/{id}/remove" => members::remove;
    get  "/w/{project}/mail" => mail::list;
    post "/w/{project}/mail/{id}/release" => mail::release;
    post "/w/{project}/mail/{id}/give-up" => mail::give_up;
    get  "/w/{project}/imports" => imports::list;
    post "/w/{project}/imports" => imports::receive.layer(DefaultBodyLimit::max(FILE_LIMIT));
    get  "/w/{project}/imports/new" => imports::blank;
    get  "/w/{project}/imports/uploads/{id}" => imports::preview;
    post "/w/{project}/imports/uploads/{id}" => imports::decide;
    get  "/w/{project}/imports/{id}" => imports::show;
    get  "/w/{project}/imports/{id}/refused.csv" => imports::refused;
    get  "/w/{project}/imports/{id}/revert" => imports::ask;
    post "/w/{project}/imports/{id}/revert" => imports::revert;
    get  "/w/{project}/processing" => processing::page;
    get  "/w/{project}/processing.pdf" => processing::paper;
    get  "/w/{project}/notices" => notices::list;
    post "/w/{project}/notices/{id}" => notices::record;
    post "/w/{project}/notices/{id}/mail" => notices::send;
    get  "/w/{project}/notices/{id}/letter.pdf" => notices::letter;
    // whose data it is
    get  "/w/{project}/actors/{id}/data" => subjects::data::page;
    get  "/w/{project}/actors/{id}/data/report" => subjects::report::page;
    get  "/w/{project}/actors/{id}/data/report.json" => subjects::report::json;
    get  "/w/{project}/actors/{id}/data/report.pdf" => subjects::report::pdf;
    get  "/w/{project}/actors/{id}/accesses" => subjects::accesses::page;
    get  "/w/{project}/actors/{id}/erase" => subjects::erase::ask;
    post "/w/{project}/actors/{id}/erase" => subjects::erase::erase;
    post "/w/{project}/actors/{id}/restrict" => subjects::data::restrict;
    post "/w/{project}/actors/{id}/lift" => subjects::data::lift;
    post "/w/{project}/actors/{id}/left" => subjects::data::left;
    get  "/w/{project}/erasures" => subjects::waiting::list;
    post "/w/{project}/erasures/{id}" => subjects::waiting::decide;
    get  "/w/{project}/project/erase" => subjects::erase::ask_project;
    post "/w/{project}/project/erase" => subjects::erase::erase_project;
    get  "/w/{project}/retention" => subjects::retention::page;
    post "/w/{project}/retention" => subjects::retention::run;
    get  "/w/{project}/differences" => differences::list;
    post "/w/{project}/differences/{id}" => differences::settle;
}

/// The web server's router.
pub fn router(state: WebState) -> Router {
    let mut router = Router::new();
    for (_, path, handler) in table() {
        router = router.route(path, handler);
    }
    router
        .fallback(overview::nowhere)
        .method_not_allowed_fallback(overview::wrong_method)
        .layer(DefaultBodyLimit::max(FORM_LIMIT))
        .layer(from_fn_with_state(state.clone(), guard::same_origin))
        .layer(from_fn_with_state(state.clone(), guard::door))
        .layer(from_fn_with_state(state.clone(), kept::keep_words))
        .layer(from_fn_with_state(state.clone(), form_token::write_in))
        .layer(from_fn_with_state(state.clone(), reach::not_too_often))
        .layer(from_fn_with_state(state.clone(), reach::known_host))
        .layer(from_fn_with_state(state.clone(), guard::headers))
        .layer(CompressionLayer::new().compress_when(worth_compressing()))
        .layer(from_fn_with_state(state.clone(), metrics::measure))
        .with_state(state)
}

/// Tiles are packed already, alone (they say so) and as a whole file (which does not).
fn worth_compressing() -> impl Predicate {
    DefaultPredicate::new().and(NotForContentType::const_new(ground::ARCHIVE))
}

/// Every route with its entry in the policy; one without an entry says `MISSING`, and a test fails.
#[must_use]
pub fn list() -> Vec<RouteInfo> {
    let describe = |(verb, path, _): (&'static str, &'static str, _)| {
        let method = if verb == "get" { "GET" } else { "POST" };
        RouteInfo { method, path, params: params(path), policy: policy_of(method, path) }
    };
    table().into_iter().map(describe).collect()
}

fn params(path: &'static str) -> Vec<&'static str> {
    path.split('/').filter_map(|part| part.strip_prefix('{')?.strip_suffix('}')).collect()
}

fn policy_of(method: &str, path: &str) -> String {
    let entry =
        kiez_domain::policy::routes().iter().find(|route| route.method == method && route.path == path);
    entry.map_or_else(|| "MISSING".to_owned(), |route| route.policy.clone())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_route_has_an_entry_in_the_policy_and_every_entry_a_route() {
        let routes = list();
        let missing: Vec<_> = routes.iter().filter(|route| route.policy == "MISSING").collect();
        assert!(missing.is_empty(), "add these to policy.toml: {missing:?}");
        for entry in kiez_domain::policy::routes() {
            let known = routes.iter().any(|route| route.method == entry.method && route.path == entry.path);
            assert!(known, "policy.toml names {} {}, which no router serves", entry.method, entry.path);
        }
    }

    #[test]
    fn a_policy_of_a_route_is_open_or_names_a_rule() {
        for route in list() {
            let named = route.policy.split_once('.').is_some_and(|(resource, action)| {
                kiez_domain::policy::rules()
                    .iter()
                    .any(|rule| rule.resource == resource && rule.action == action)
            });
            assert!(named || route.policy == "open", "{route:?}");
        }
    }
}
