//! Rings and bundles: who could help each other in turn, and what one visit or one trip can do together.

mod drawing;

use crate::error::{PageError, render};
use crate::labels::BuiltInLabels;
use crate::layout::Chrome;
use crate::pages::moves::{Named, named};
use crate::pages::suggestions::{SuggestionCard, card};
use crate::request::Member;
use crate::state::WebState;
use askama::Template;
use axum::extract::State;
use axum::response::Response;
use kiez_app::rings::{self, LinkView, Together, TripView, VisitView};
use kiez_words::reason::Labels;
use kiez_words::{Args, Words};

/// So many visits stand open, in two columns; more are a list, not a help.
const OPEN: usize = 6;

#[derive(Template)]
#[template(path = "pages/rings/page.html")]
struct RingsPage {
    c: Chrome,
    moves: String,
    new_need: String,
    new_offer: String,
    circles: Vec<Circle>,
    /// How many there were to choose from, and whether the choice is proven; or how to come to one.
    told: String,
    visits: Vec<Bundle>,
    /// How many visits stand open.
    shown: usize,
    trips: Vec<Bundle>,
    bundles_note: String,
    bundles_are_best: bool,
}

/// Actors who help each other in turn.
struct Circle {
    title: String,
    drawing: String,
    links: Vec<Link>,
}

/// One helps another.
struct Link {
    /// The giver's number in the drawing.
    from: usize,
    said: String,
    part: Part,
}

/// A need with what could meet it.
struct Part {
    need: Named,
    card: SuggestionCard,
}

/// Needs that are served together.
struct Bundle {
    title: String,
    saves: String,
    parts: Vec<Part>,
    /// The needs of a trip, which one driver serves.
    needs: Vec<Named>,
    driver: Option<(String, String)>,
}

/// `GET /w/{project}/rings`
pub(crate) async fn page(State(state): State<WebState>, member: Member) -> Result<Response, PageError> {
    let found = rings::of_project(&state.ctx, &member.visit.caller, member.project.id).await;
    let found = found.map_err(|error| member.fail(error))?;
    let c = Chrome::workspace(&member);
    let told = told(&c, &found);
    let minutes = c.n(&u64::from(rings::VISIT_MINUTES));
    Ok(render(&RingsPage {
        moves: member.path("/moves"),
        new_need: member.path("/needs"),
        new_offer: member.path("/offers"),
        told,
        circles: found.rings.into_iter().map(|ring| circle(&c, &member, ring)).collect(),
        visits: found.visits.into_iter().map(|one| visit(&c, &member, one)).collect(),
        trips: found.trips.into_iter().map(|one| trip(&c, &member, one)).collect(),
        shown: OPEN,
        bundles_note: c.with("rings-bundles-note", "visit", &minutes),
        bundles_are_best: found.bundles_are_best,
        c,
    }))
}

fn told(c: &Chrome, found: &Together) -> String {
    let shown = |number: usize| c.n(&u64::try_from(number).unwrap_or(u64::MAX));
    let key = match (found.rings.is_empty(), found.rings_are_best) {
        (true, _) => "rings-none-why",
        (false, true) => "rings-best",
        (false, false) => "rings-good",
    };
    let args = Args::new().with("found", shown(found.rings_found)).with("both", shown(found.both));
    Words::of(c.locale).with(key, &args)
}

fn circle(c: &Chrome, member: &Member, ring: Vec<LinkView>) -> Circle {
    let size = ring.len();
    let link = |(at, link): (usize, LinkView)| {
        let args = Args::new().with("giver", link.giver.name).with("taker", link.taker.name);
        let part = Part { need: named(member, link.need), card: card(member, link.suggestion) };
        let said = Words::of(c.locale).with("rings-helps", &args);
        Link { from: at + 1, said, part }
    };
    Circle {
        title: c.count("rings-title", &u64::try_from(size).unwrap_or(u64::MAX)),
        drawing: drawing::ring(size),
        links: ring.into_iter().enumerate().map(link).collect(),
    }
}

fn visit(c: &Chrome, member: &Member, found: VisitView) -> Bundle {
    let part = |(need, suggestion)| Part { need: named(member, need), card: card(member, suggestion) };
    Bundle {
        title: c.with("rings-visit", "giver", &found.giver.name),
        saves: c.count("rings-saves", &u64::from(found.minutes)),
        parts: found.parts.into_iter().map(part).collect(),
        needs: Vec::new(),
        driver: None,
    }
}

fn trip(c: &Chrome, member: &Member, found: TripView) -> Bundle {
    let kind = BuiltInLabels.kind(found.kind.as_str(), c.locale);
    let driver = found.driver.map(|driver| card(member, driver)).and_then(|card| {
        let name = card.actor.map(|(name, _)| name).or(card.said_by)?;
        Some((c.with("rings-driver", "driver", &name), card.href?))
    });
    Bundle {
        title: c.with("rings-trip", "kind", &kind),
        saves: c.count("rings-saves", &u64::from(found.minutes)),
        parts: Vec::new(),
        needs: found.needs.into_iter().map(|need| named(member, need)).collect(),
        driver,
    }
}
