//! Imports: which there were, what one of them did and left out, and taking it back.

mod fault;
mod upload;

pub(crate) use upload::{blank, decide, preview, receive};

use crate::error::{PageError, render};
use crate::extract::{Path, Query};
use crate::layout::Chrome;
use crate::request::Member;
use crate::state::WebState;
use askama::Template;
use axum::extract::State;
use axum::http::header;
use axum::response::{IntoResponse, Redirect, Response};
use fault::RowFault;
use kiez_app::error::AppError;
use kiez_app::import::report::Figures;
use kiez_app::import::{self, ImportView, Undo};
use kiez_app::page::Page;
use kiez_domain::id::ImportId;
use kiez_words::times;

/// How many imports, or faults of one, stand on one page.
const PAGE: u32 = 50;

#[derive(serde::Deserialize, Default)]
#[serde(default)]
pub(crate) struct ListQuery {
    #[serde(deserialize_with = "crate::forms::offset")]
    offset: u64,
    /// Present when one comes from taking an import back: how many rows went, came back, stayed.
    #[serde(deserialize_with = "crate::forms::offset")]
    removed: u64,
    #[serde(deserialize_with = "crate::forms::offset")]
    restored: u64,
    #[serde(deserialize_with = "crate::forms::offset")]
    kept: u64,
    reverted: Option<String>,
}

/// One import as a line and as a page tell it.
struct Told {
    href: String,
    at: String,
    by: Option<String>,
    kind: String,
    files: String,
    figures: Vec<(&'static str, u64)>,
    /// `done` or `reverted`.
    state: &'static str,
    /// Until when it can be taken back.
    until: Option<String>,
    /// Why it cannot be taken back, as a key.
    stays: Option<&'static str>,
}

#[derive(Template)]
#[template(path = "pages/imports/list.html")]
struct ListPage {
    c: Chrome,
    base: String,
    differences: String,
    open: u64,
    imports: Vec<Told>,
    total: u64,
    reverted: Option<[u64; 3]>,
    next: Option<u64>,
    previous: Option<u64>,
}

#[derive(Template)]
#[template(path = "pages/imports/show.html")]
struct ShowPage {
    c: Chrome,
    base: String,
    told: Told,
    faults: Vec<RowFault>,
    faults_total: u64,
    next: Option<u64>,
    previous: Option<u64>,
}

#[derive(Template)]
#[template(path = "pages/imports/revert.html")]
struct RevertPage {
    c: Chrome,
    base: String,
    told: Told,
}

/// `GET /w/{project}/imports`
pub(crate) async fn list(
    State(state): State<WebState>,
    member: Member,
    Query(query): Query<ListQuery>,
) -> Result<Response, PageError> {
    let (caller, project) = (&member.visit.caller, member.project.id);
    let page = Page { size: PAGE, offset: query.offset };
    let found = import::list(&state.ctx, caller, project, page).await.map_err(|e| member.fail(e))?;
    let open = kiez_app::difference::list(&state.ctx, caller, project, Page::first(1)).await;
    Ok(render(&ListPage {
        base: member.path("/imports"),
        differences: member.path("/differences"),
        open: open.map_err(|error| member.fail(error))?.total,
        imports: found.rows.into_iter().map(|view| told(&member, view)).collect(),
        total: found.total,
        reverted: query.reverted.map(|_| [query.removed, query.restored, query.kept]),
        next: found.next,
        previous: page.previous(),
        c: Chrome::workspace(&member),
    }))
}

/// `GET /w/{project}/imports/{id}`
pub(crate) async fn show(
    State(state): State<WebState>,
    member: Member,
    Path((_, id)): Path<(String, String)>,
    Query(query): Query<ListQuery>,
) -> Result<Response, PageError> {
    let page = Page { size: PAGE, offset: query.offset };
    let wanted = (parse(&member, &id)?, page);
    let found = import::get(&state.ctx, &member.visit.caller, member.project.id, wanted).await;
    let (view, refused) = found.map_err(|error| member.fail(error))?;
    let c = Chrome::workspace(&member);
    Ok(render(&ShowPage {
        base: member.path("/imports"),
        told: told(&member, view),
        faults: refused.rows.into_iter().map(|row| RowFault::of(c.locale, row)).collect(),
        faults_total: refused.total,
        next: refused.next,
        previous: page.previous(),
        c,
    }))
}

/// `GET /w/{project}/imports/{id}/refused.csv`: what was left out, for a spreadsheet.
pub(crate) async fn refused(
    State(state): State<WebState>,
    member: Member,
    Path((_, id)): Path<(String, String)>,
) -> Result<Response, PageError> {
    let id = parse(&member, &id)?;
    let table = import::refused_table(&state.ctx, &member.visit.caller, member.project.id, id).await;
    let table = table.map_err(|error| member.fail(error))?;
    let name = format!("attachment; filename=\"{}-refused.csv\"", member.project.data.slug);
    let kind = "text/csv; charset=utf-8".to_owned();
    Ok(([(header::CONTENT_TYPE, kind), (header::CONTENT_DISPOSITION, name)], table).into_response())
}

/// `GET /w/{project}/imports/{id}/revert`: what taking it back means, and a button.
pub(crate) async fn ask(
    State(state): State<WebState>,
    member: Member,
    Path((_, id)): Path<(String, String)>,
) -> Result<Response, PageError> {
    let wanted = (parse(&member, &id)?, Page::first(0));
    let found = import::get(&state.ctx, &member.visit.caller, member.project.id, wanted).await;
    let (view, _) = found.map_err(|error| member.fail(error))?;
    let told = told(&member, view);
    Ok(render(&RevertPage { base: member.path("/imports"), told, c: Chrome::workspace(&member) }))
}

/// `POST /w/{project}/imports/{id}/revert`
pub(crate) async fn revert(
    State(state): State<WebState>,
    member: Member,
    Path((_, id)): Path<(String, String)>,
) -> Result<Response, PageError> {
    let id = parse(&member, &id)?;
    let page = member.path(&format!("/imports/{id}"));
    match import::revert(&state.ctx, &member.visit.caller, member.project.id, id).await {
        Ok(done) => {
            let (removed, restored, kept) = (done.removed, done.restored, done.kept);
            let said = format!("?reverted=1&removed={removed}&restored={restored}&kept={kept}");
            Ok(Redirect::to(&format!("{}{said}", member.path("/imports"))).into_response())
        }
        // A second press finds it done, and an old page is too late: the import's own page says which.
        Err(AppError::NotFound | AppError::Invalid(_)) => {
            let there =
                import::get(&state.ctx, &member.visit.caller, member.project.id, (id, Page::first(1))).await;
            there.map_err(|error| member.fail(error))?;
            Ok(Redirect::to(&page).into_response())
        }
        Err(error) => Err(member.fail(error)),
    }
}

fn parse(member: &Member, id: &str) -> Result<ImportId, PageError> {
    id.parse().map_err(|_| member.fail(AppError::NotFound))
}

fn told(member: &Member, view: ImportView) -> Told {
    let ImportView { run, by, counts, undo } = view;
    let moment = |at| times::moment(member.visit.locale, at);
    let (until, stays) = match undo {
        Undo::Until(until) => (Some(moment(until)), None),
        Undo::Done(_) => (None, Some("import-stays-reverted")),
        Undo::TooLate => (None, Some("import-stays-old")),
        Undo::Never => (None, Some("import-stays-quarter")),
    };
    Told {
        href: member.path(&format!("/imports/{}", run.id)),
        at: moment(run.at),
        by,
        kind: run.kind,
        files: run.files.join(", "),
        figures: figures(&counts.figures, counts.refused),
        state: if matches!(undo, Undo::Done(_)) { "reverted" } else { "done" },
        until,
        stays,
    }
}

/// The figures with their keys, in the order in which people ask for them.
fn figures(figures: &Figures, refused: usize) -> Vec<(&'static str, u64)> {
    let Figures { read, new, changed, unchanged, duplicates_suggested, differences } = *figures;
    let all = [
        ("import-read", read),
        ("import-new-rows", new),
        ("import-changed", changed),
        ("import-unchanged", unchanged),
        ("import-duplicates", duplicates_suggested),
        ("import-differences", differences),
        ("import-refused", refused),
    ];
    all.map(|(key, count)| (key, count as u64)).to_vec()
}
