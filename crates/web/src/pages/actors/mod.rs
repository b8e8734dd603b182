//! Actors: the directory with its filters, one actor, entering and changing.

mod answers;
mod form;
mod place;
pub(crate) mod query;

pub(crate) use answers::note;
pub(crate) use form::{blank, create, edit, save};

use crate::error::{PageError, render};
use crate::extract::{Path, Query};
use crate::forms::Wrong;
use crate::icons;
use crate::layout::Chrome;
use crate::pages::consents::Consents;
use crate::pages::ground::Drawn;
use crate::pages::links::desk::Links;
use crate::pages::map::SmallMap;
use crate::request::Member;
use crate::state::WebState;
use answers::{Answers, words_of_answers};
use askama::Template;
use axum::extract::State;
use axum::response::Response;
use kiez_app::actor::{self, ActorView};
use kiez_app::error::AppError;
use kiez_app::page::{ActorRow, NeedFilter, OfferFilter, Page};
use kiez_domain::actor::Stage;
use kiez_domain::answer::Said;
use kiez_domain::branch::{BranchId, Side};
use kiez_domain::consent::ConsentForm;
use kiez_domain::id::ActorId;
use kiez_domain::policy::Role;
use place::PlaceHint;
use query::{DirectoryQuery, Facet};

/// How many actors stand on one page of the directory.
const PAGE: u32 = 30;
/// How many branches are offered for filtering.
const BRANCHES: usize = 25;

struct Line {
    href: String,
    name: String,
    side: &'static str,
    icon: &'static str,
    branch: String,
    address: String,
    stage: &'static str,
}

#[derive(Template)]
#[template(path = "pages/actors/list.html")]
struct DirectoryPage {
    c: Chrome,
    base: String,
    query: DirectoryQuery,
    sides: Vec<Facet>,
    branches: Vec<Facet>,
    quarters: Vec<Facet>,
    stages: Vec<Facet>,
    /// The same choice on the map; only coordinators have one.
    map: Option<String>,
    /// What is to be taken out of print; only coordinators work that off.
    print: Option<String>,
    rows: Vec<Line>,
    total: u64,
    next: Option<String>,
    previous: Option<String>,
}

#[derive(Template)]
#[template(path = "pages/actors/show.html")]
pub(super) struct ActorPage {
    c: Chrome,
    base: String,
    href: String,
    name: String,
    side: &'static str,
    /// Only a business has a stage on the way to taking part.
    business: bool,
    stage: &'static str,
    facts: Vec<(String, String)>,
    note: Option<String>,
    competences: Vec<String>,
    people: Vec<String>,
    channels: Vec<(String, String)>,
    needs: Vec<(String, String)>,
    offers: Vec<(String, String)>,
    /// When its door is open: one line for each run of days, or the text as it stands.
    opening: Vec<String>,
    place_hint: Option<PlaceHint>,
    /// Where everybody sees it, while its consent stands.
    public: Option<String>,
    /// What it agreed to; nothing for those who may not see that.
    consents: Option<Consents>,
    /// Links that were made for it; coordinators only.
    links: Option<Links>,
    coordinator: bool,
    /// Where it is; none where it has no place.
    map: Option<SmallMap>,
    /// What it said when it was asked, and a form for more; coordinators only, and businesses alone are asked.
    answers: Option<Answers>,
    words: [Said; 4],
}

impl ActorPage {
    /// The same with a form about consents as it was sent.
    pub(super) fn with_consents(mut self, form: ConsentForm, wrong: Wrong) -> Self {
        self.consents = self.consents.map(|consents| consents.with_form(form, wrong));
        self
    }

    /// The same with what is wrong with the form for a link.
    pub(super) fn with_links(mut self, wrong: Wrong) -> Self {
        self.links = self.links.map(|links| links.with_wrong(wrong));
        self
    }
}

/// `GET /w/{project}/actors`
pub(crate) async fn list(
    State(state): State<WebState>,
    member: Member,
    Query(query): Query<DirectoryQuery>,
) -> Result<Response, PageError> {
    let filter = query.filter();
    let (caller, project) = (&member.visit.caller, &member.project);
    let page = Page { size: PAGE, offset: query.offset };
    let found =
        actor::list(&state.ctx, caller, project.id, filter, page).await.map_err(|e| member.fail(e))?;
    let quarters =
        kiez_app::project::quarters(&state.ctx, caller, project).await.map_err(|e| member.fail(e))?;
    let c = Chrome::workspace(&member);
    let side = |(side, count): &(Side, u64)| {
        Facet::of(&c, &query.side, side.name(), (c.tt("side", side), Some(*count)))
    };
    let language = member.visit.locale.label_language();
    let branch = |(branch, count): &(BranchId, u64)| {
        let label = kiez_app::kind::branch_label(branch, language);
        Facet::of(&c, &query.branch, branch.as_str(), (label, Some(*count)))
    };
    let quarter = |q: &kiez_domain::quarter::Quarter| {
        Facet::of(&c, &query.quarter, &q.id.to_string(), (q.name.to_string(), None))
    };
    let base = member.path("/actors");
    let turn = |offset: u64| query.address(&base, offset);
    Ok(render(&DirectoryPage {
        sides: found.sides.iter().map(side).collect(),
        branches: found.branches.iter().take(BRANCHES).map(branch).collect(),
        quarters: quarters.iter().map(quarter).collect(),
        stages: Stage::all()
            .map(|stage| Facet::of(&c, &query.stage, stage.name(), (c.tt("stage", &stage), None)))
            .collect(),
        map: (member.role == Role::Coordinator).then(|| query.address(&member.path("/map"), 0)),
        print: (member.role == Role::Coordinator).then(|| member.path("/print")),
        total: found.listing.total,
        next: found.listing.next.map(turn),
        previous: page.previous().map(turn),
        rows: found.listing.rows.into_iter().map(|row| line(&member, row)).collect(),
        c,
        base,
        query,
    }))
}

/// `GET /w/{project}/actors/{id}`
pub(crate) async fn show(
    State(state): State<WebState>,
    member: Member,
    Path((_, id)): Path<(String, String)>,
    Query(after): Query<After>,
) -> Result<Response, PageError> {
    let id = parse(&member, &id)?;
    let mut page = page(&state, &member, id).await?;
    page.links = page.links.map(|links| links.with_mailed(after.mailed()));
    Ok(render(&page))
}

/// What was just done.
#[derive(serde::Deserialize, Default)]
#[serde(default)]
pub(crate) struct After {
    mailed: String,
}

impl After {
    /// The key of a sentence about a mail that was just asked for.
    fn mailed(&self) -> Option<&'static str> {
        match self.mailed.as_str() {
            "yes" => Some("link-mail-queued"),
            "again" => Some("member-mail-again"),
            _ => None,
        }
    }
}

/// An actor's page with everything on it.
pub(super) async fn page(state: &WebState, member: &Member, id: ActorId) -> Result<ActorPage, PageError> {
    let (caller, project) = (&member.visit.caller, member.project.id);
    let view = actor::get(&state.ctx, caller, project, id).await.map_err(|error| member.fail(error))?;
    let page = || Page { size: PAGE, offset: 0 };
    let needs = NeedFilter { actor: Some(id), ..NeedFilter::default() };
    let needs = kiez_app::posting::list(&state.ctx, caller, project, needs, page()).await;
    let offers = OfferFilter { actor: Some(id), ..OfferFilter::default() };
    let offers = kiez_app::posting::list(&state.ctx, caller, project, offers, page()).await;
    let (needs, offers) = (needs.map_err(|e| member.fail(e))?.rows, offers.map_err(|e| member.fail(e))?.rows);
    let map = crate::pages::map::around(state, member, &view.actor).await?;
    let asked = (id, view.actor.data.branch.as_ref());
    let answers = match view.actor.data.side {
        Side::Business => Answers::of(state, member, asked).await.map_err(|error| member.fail(error))?,
        _ => None,
    };
    let people = view.persons.iter().map(|person| (person.id, person.name.to_string())).collect();
    let consents = Consents::of(state, member, (id, people)).await.map_err(|error| member.fail(error))?;
    let links = Links::of(state, member, &view).await.map_err(|error| member.fail(error))?;
    let mut page = ActorPage { map, answers, consents, links, ..actor_page(member, view) };
    page.needs = needs
        .into_iter()
        .map(|v| (v.text().to_owned(), member.path(&format!("/needs/{}", v.posted.id))))
        .collect();
    page.offers = offers
        .into_iter()
        .map(|v| (v.text().to_owned(), member.path(&format!("/offers/{}", v.posted.id))))
        .collect();
    Ok(page)
}

fn actor_page(member: &Member, view: ActorView) -> ActorPage {
    let c = Chrome::workspace(member);
    let language = member.visit.locale.label_language();
    let actor = view.actor;
    let people = view.persons.into_iter().map(|person| match person.function {
        Some(function) => format!("{}, {function}", person.name),
        None => person.name.to_string(),
    });
    let channels =
        view.channels.into_iter().map(|channel| (c.tt("medium", &channel.medium), channel.value.to_string()));
    let opening = match &view.opening_week {
        Some(week) => kiez_words::times::opening_week(member.visit.locale, week),
        None => actor.data.opening_hours.iter().map(ToString::to_string).collect(),
    };
    let href = member.path(&format!("/actors/{}", actor.id));
    let hint = view.place_hint.and_then(|found| PlaceHint::of(&c, &format!("{href}/edit"), &found));
    let public = format!("/p/{}/actors/{}", member.project.data.slug, actor.id);
    let coordinator = member.role == Role::Coordinator;
    ActorPage {
        public: actor.published.then_some(public),
        consents: None,
        links: None,
        base: member.path("/actors"),
        opening,
        place_hint: hint,
        href,
        side: actor.data.side.name(),
        business: actor.data.side == Side::Business,
        stage: actor.stage.name(),
        facts: facts(&c, &actor.data, language),
        note: actor.data.note.map(String::from),
        competences: view.competences.iter().map(|can| kiez_app::kind::label(&can.kind, language)).collect(),
        people: people.collect(),
        channels: channels.collect(),
        needs: Vec::new(),
        offers: Vec::new(),
        name: actor.data.name.to_string(),
        coordinator,
        map: None,
        answers: None,
        words: words_of_answers(),
        c,
    }
}

fn facts(c: &Chrome, data: &kiez_domain::actor::NewActor, language: &str) -> Vec<(String, String)> {
    let all = [
        ("field-branch", data.branch.as_ref().map(|branch| kiez_app::kind::branch_label(branch, language))),
        ("field-address", Some(data.address.to_string())),
        ("field-carrier", data.carrier.as_ref().map(ToString::to_string)),
        ("field-languages", Some(kiez_words::language::names(c.locale, &data.languages))),
    ];
    let filled =
        all.into_iter().filter_map(|(key, value)| value.filter(|v| !v.is_empty()).map(|v| (c.t(key), v)));
    filled.collect()
}

pub(super) fn parse(member: &Member, id: &str) -> Result<ActorId, PageError> {
    id.parse().map_err(|_| member.fail(AppError::NotFound))
}

fn line(member: &Member, row: ActorRow) -> Line {
    let language = member.visit.locale.label_language();
    Line {
        href: member.path(&format!("/actors/{}", row.id)),
        name: row.name.to_string(),
        side: row.side.name(),
        icon: icons::of_branch(row.branch.as_ref()),
        branch: row.branch.map(|branch| kiez_app::kind::branch_label(&branch, language)).unwrap_or_default(),
        address: row.address.to_string(),
        stage: row.stage.name(),
    }
}
