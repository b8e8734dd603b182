//! The entrance of the workspace, and the answer to addresses that lead nowhere.

mod desk;
mod own;

use crate::error::{Fault, PageError, render};
use crate::layout::Chrome;
use crate::request::{Member, Visit};
use crate::state::WebState;
use askama::Template;
use axum::extract::State;
use axum::response::{IntoResponse, Redirect, Response};
use desk::DeskView;
use kiez_app::error::AppError;
use kiez_app::overview::{self, Counts, Desk, New, PARTS};
use kiez_domain::policy::Role;
use own::OwnView;

#[derive(Template)]
#[template(path = "pages/overview/page.html")]
struct OverviewPage {
    c: Chrome,
    base: String,
    figures: Vec<FigureTile>,
    /// What to do first, while a project is new.
    steps: Vec<FirstStep>,
    /// For coordinators.
    desk: Option<DeskView>,
    /// For institutions.
    own: Option<OwnView>,
}

/// A figure that leads to its list.
struct FigureTile {
    href: String,
    icon: &'static str,
    key: &'static str,
    count: u64,
    /// What came in the last year, as small bars: where each begins and how tall it is.
    spark: Vec<(usize, u64, u64)>,
}

/// One of the first steps of a project.
struct FirstStep {
    key: &'static str,
    icon: &'static str,
    href: String,
    done: bool,
}

#[derive(Template)]
#[template(path = "pages/overview/choose.html")]
struct ChoosePage {
    c: Chrome,
    projects: Vec<(String, String)>,
    /// Runs the installation.
    operator: bool,
}

/// `GET /w`: into the one project, or a choice.
pub(crate) async fn choose(State(state): State<WebState>, visit: Visit) -> Result<Response, PageError> {
    let all = kiez_app::project::list(&state.ctx, &visit.caller).await;
    let all = all.map_err(|error| visit.fail(error))?;
    let mine = all.into_iter().filter(|project| visit.caller.role_in(project.id).is_some());
    let projects: Vec<_> = mine.map(|p| (p.data.slug.to_string(), p.data.name.to_string())).collect();
    let operator = visit.caller.subjects().iter().any(|who| who.role == Role::Operator);
    match projects.as_slice() {
        [(slug, _)] if !operator => Ok(Redirect::to(&format!("/w/{slug}")).into_response()),
        _ => Ok(render(&ChoosePage { c: Chrome::public(&visit), projects, operator })),
    }
}

/// `GET /w/{project}`
pub(crate) async fn page(State(state): State<WebState>, member: Member) -> Result<Response, PageError> {
    if member.role == Role::Funder {
        // Nothing is released to funders yet but what everybody sees.
        return Ok(Redirect::to(&format!("/p/{}", member.project.data.slug)).into_response());
    }
    let (ctx, caller, project) = (&state.ctx, &member.visit.caller, member.project.id);
    let counts = overview::counts(ctx, caller, project).await.map_err(|error| member.fail(error))?;
    let desk = match member.role {
        Role::Coordinator => {
            Some(overview::desk(ctx, caller, project).await.map_err(|error| member.fail(error))?)
        }
        _ => None,
    };
    let c = Chrome::workspace(&member);
    let own = match desk {
        Some(_) => None,
        None => Some(own_view(&state, &c, &member).await.map_err(|error| member.fail(error))?),
    };
    Ok(render(&OverviewPage {
        own,
        base: member.path(""),
        figures: figures(&member, counts, desk.as_ref().map(|desk| &desk.new)),
        steps: desk.as_ref().map(|desk| first_steps(&member, counts, desk)).unwrap_or_default(),
        desk: desk.map(|desk| DeskView::new(&c, &member, desk)),
        c,
    }))
}

async fn own_view(state: &WebState, c: &Chrome, member: &Member) -> Result<OwnView, AppError> {
    let own = overview::own(&state.ctx, &member.visit.caller, member.project.id).await?;
    Ok(OwnView::new(c, member, own, state.ctx.random.token()?))
}

fn figures(member: &Member, counts: Counts, new: Option<&New>) -> Vec<FigureTile> {
    let curve = |of: fn(&New) -> &[u64; PARTS]| new.map(|new| desk::spark(of(new))).unwrap_or_default();
    let all = [
        ("/needs?state=open", "need", "overview-needs", Some(counts.open_needs), curve(|new| &new.needs)),
        (
            "/offers?state=open",
            "offer",
            "overview-offers",
            Some(counts.open_offers),
            curve(|new| &new.offers),
        ),
        ("/ideas", "idea", "overview-ideas", Some(counts.ideas), curve(|new| &new.ideas)),
        ("/actors", "directory", "overview-actors", counts.actors, curve(|new| &new.actors)),
    ];
    let tile = |(path, icon, key, count, spark): (&str, _, _, Option<u64>, _)| {
        Some(FigureTile { href: member.path(path), icon, key, count: count?, spark })
    };
    all.into_iter().filter_map(tile).collect()
}

/// Three steps from nothing to the first suggestion; none once there is something to suggest from.
fn first_steps(member: &Member, counts: Counts, desk: &Desk) -> Vec<FirstStep> {
    let data = &member.project.data;
    let known = counts.actors.unwrap_or_default() > 0 || !desk.streets.is_empty();
    let said = counts.open_needs + counts.open_offers + counts.ideas > 0;
    if known && said {
        return Vec::new();
    }
    let told = data.carrier.is_some() || data.aims.is_some();
    let step =
        |(key, icon, path, done): (_, _, &str, _)| FirstStep { key, icon, href: member.path(path), done };
    let all = [
        ("first-kiez", "download", "/imports/new", known),
        ("first-cards", "card", "/cards", said),
        ("first-project", "settings", "/project", told),
    ];
    all.map(step).into()
}

/// Every address that leads nowhere.
pub(crate) async fn nowhere(visit: Visit) -> PageError {
    visit.fail(AppError::NotFound)
}

/// Every address that is asked for in a way it does not know.
pub(crate) async fn wrong_method(visit: Visit) -> PageError {
    visit.fail(Fault::WrongMethod)
}
