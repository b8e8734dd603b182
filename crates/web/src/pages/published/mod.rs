//! What everybody sees of a project besides its start page: the directory, one actor, open needs and offers.

mod actor;
mod cards;

pub(crate) use actor::show;
pub(crate) use cards::{needs, offers};

use crate::error::{PageError, render};
use crate::extract::{Path, Query};
use crate::icons;
use crate::layout::Chrome;
use crate::pages::actors::query::{DirectoryQuery, Facet};
use crate::request::{Visit, house_address};
use crate::state::WebState;
use askama::Template;
use axum::extract::State;
use axum::http::HeaderMap;
use axum::response::Response;
use kiez_app::caller::Caller;
use kiez_app::error::AppError;
use kiez_app::page::Page;
use kiez_app::public_directory::{self, PublicDirectory, PublicEntry};
use kiez_domain::project::Project;

/// How many actors or cards stand on one page.
const PAGE: u32 = 24;

/// One of the public pages of a project.
pub(crate) struct Tab {
    pub(crate) href: String,
    pub(crate) label: String,
    pub(crate) icon: &'static str,
    pub(crate) current: bool,
}

/// The public pages of a project; `here` is the one that is open.
pub(crate) fn tabs(c: &Chrome, project: &Project, here: &str) -> Vec<Tab> {
    let pages = [
        ("", "public-about", "home"),
        ("/actors", "nav-actors", "directory"),
        ("/needs", "nav-needs", "need"),
        ("/offers", "nav-offers", "offer"),
        ("/map", "nav-map", "map"),
    ];
    let tab = |(path, key, icon): (&str, &str, &'static str)| Tab {
        href: format!("/p/{}{path}", project.data.slug),
        label: c.t(key),
        icon,
        current: path == here,
    };
    pages.into_iter().map(tab).collect()
}

/// One line of the directory.
struct Line {
    href: String,
    name: String,
    icon: &'static str,
    branch: String,
    address: String,
    needs: u64,
    offers: u64,
}

#[derive(Template)]
#[template(path = "pages/published/actors.html")]
struct DirectoryPage {
    c: Chrome,
    tabs: Vec<Tab>,
    project: String,
    slug: String,
    base: String,
    /// The map, narrowed alike.
    map: String,
    query: DirectoryQuery,
    sides: Vec<Facet>,
    branches: Vec<Facet>,
    quarters: Vec<Facet>,
    rows: Vec<Line>,
    total: u64,
    next: Option<String>,
    previous: Option<String>,
    /// What somebody copies into their own page to show the list there.
    frame: String,
}

/// `GET /p/{project}/actors`
pub(crate) async fn list(
    State(state): State<WebState>,
    visit: Visit,
    headers: HeaderMap,
    Path(slug): Path<String>,
    Query(query): Query<DirectoryQuery>,
) -> Result<Response, PageError> {
    let fail = |error: AppError| visit.fail(error);
    let (ctx, caller) = (&state.ctx, &visit.caller);
    let project = kiez_app::project::get(ctx, caller, &slug).await.map_err(fail)?;
    let page = Page { size: PAGE, offset: query.offset };
    let found = public_directory::actors(ctx, caller, project.id, (&query.filter(), page)).await;
    let house = house_address(&state, &headers);
    Ok(render(&directory_page(&visit, (&project, &house), query, found.map_err(fail)?)))
}

/// The same list to stand in a page of somebody else: no masthead, nothing that depends on who is signed in.
#[derive(Template)]
#[template(path = "pages/published/embed.html")]
struct EmbeddedPage {
    c: Chrome,
    project: String,
    /// The list on the project's own pages, narrowed alike.
    whole: String,
    rows: Vec<Line>,
    total: u64,
    next: Option<String>,
    previous: Option<String>,
}

/// `GET /p/{project}/embed`: the one page that others may frame.
pub(crate) async fn embedded(
    State(state): State<WebState>,
    visit: Visit,
    Path(slug): Path<String>,
    Query(query): Query<DirectoryQuery>,
) -> Result<Response, PageError> {
    let fail = |error: AppError| visit.fail(error);
    let (ctx, nobody) = (&state.ctx, Caller::visitor());
    let project = kiez_app::project::get(ctx, &nobody, &slug).await.map_err(fail)?;
    let page = Page { size: PAGE, offset: query.offset };
    let found = public_directory::actors(ctx, &nobody, project.id, (&query.filter(), page)).await;
    let listing = found.map_err(fail)?.listing;
    let (base, own) = (format!("/p/{slug}/actors"), format!("/p/{slug}/embed"));
    let language = visit.locale.label_language();
    Ok(render(&EmbeddedPage {
        c: Chrome::public_of(&Visit { caller: nobody, ..visit }, &project),
        project: project.data.name.to_string(),
        whole: query.address(&base, 0),
        rows: listing.rows.into_iter().map(|entry| line(language, &base, entry)).collect(),
        total: listing.total,
        next: listing.next.map(|offset| query.address(&own, offset)),
        previous: page.previous().map(|offset| query.address(&own, offset)),
    }))
}

fn directory_page(
    visit: &Visit,
    (project, house): (&Project, &str),
    query: DirectoryQuery,
    found: PublicDirectory,
) -> DirectoryPage {
    let c = Chrome::public_of(visit, project);
    let base = format!("/p/{}/actors", project.data.slug);
    let facet = |chosen: &str, value: &str, label, count| Facet::of(&c, chosen, value, (label, Some(count)));
    let language = visit.locale.label_language();
    let side = |(side, count): &_| facet(&query.side, &format!("{side}"), c.tt("side", side), *count);
    let branch = |(branch, count): &(kiez_domain::branch::BranchId, u64)| {
        facet(&query.branch, branch.as_str(), kiez_app::kind::branch_label(branch, language), *count)
    };
    let quarter = |(id, name, count): &(kiez_domain::id::QuarterId, String, u64)| {
        facet(&query.quarter, &id.to_string(), name.clone(), *count)
    };
    let turn = |offset: u64| query.address(&base, offset);
    let framed = query.address(&format!("{house}/p/{}/embed", project.data.slug), 0);
    DirectoryPage {
        frame: format!(
            "<iframe src=\"{framed}\" title=\"{}\" loading=\"lazy\" width=\"100%\" height=\"640\"></iframe>",
            c.t("project-actors")
        ),
        tabs: tabs(&c, project, "/actors"),
        project: project.data.name.to_string(),
        slug: project.data.slug.to_string(),
        map: query.address(&format!("/p/{}/map", project.data.slug), 0),
        sides: found.sides.iter().map(side).collect(),
        branches: found.branches.iter().map(branch).collect(),
        quarters: found.quarters.iter().map(quarter).collect(),
        total: found.listing.total,
        next: found.listing.next.map(turn),
        previous: Page { size: PAGE, offset: query.offset }.previous().map(turn),
        rows: found.listing.rows.into_iter().map(|entry| line(language, &base, entry)).collect(),
        c,
        base,
        query,
    }
}

fn line(language: &str, base: &str, entry: PublicEntry) -> Line {
    let PublicEntry { actor, needs, offers } = entry;
    let branch = actor.branch.as_ref();
    Line {
        href: format!("{base}/{}", actor.id),
        icon: icons::of_branch(branch),
        branch: branch.map(|known| kiez_app::kind::branch_label(known, language)).unwrap_or_default(),
        address: actor.address.to_string(),
        name: actor.name,
        needs,
        offers,
    }
}
