//! Why an offer does not stand among the suggestions for a need.

use crate::error::{PageError, render};
use crate::extract::{Path, Query};
use crate::layout::Chrome;
use crate::request::Member;
use crate::state::WebState;
use askama::Template;
use axum::extract::State;
use axum::response::Response;
use kiez_app::error::AppError;
use kiez_app::page::{OfferFilter, Page};
use kiez_domain::id::NeedId;
use kiez_domain::need::NewNeed;
use kiez_words::reason;

/// How many offers one can choose from.
const CHOICES: u32 = 50;

#[derive(serde::Deserialize, Default)]
#[serde(default)]
pub(crate) struct WhyNotQuery {
    offer: String,
    q: String,
}

#[derive(Template)]
#[template(path = "pages/why_not/page.html")]
struct WhyNotPage {
    c: Chrome,
    need: String,
    need_href: String,
    action: String,
    q: String,
    offers: Vec<(String, String, bool)>,
    answer: Option<Answer>,
}

struct Answer {
    offer: String,
    obstacles: Vec<String>,
    percent: String,
}

/// `GET /w/{project}/needs/{id}/why-not?offer=…`
pub(crate) async fn page(
    State(state): State<WebState>,
    member: Member,
    Path((_, id)): Path<(String, String)>,
    Query(query): Query<WhyNotQuery>,
) -> Result<Response, PageError> {
    let need: NeedId = id.parse().map_err(|_| member.fail(AppError::NotFound))?;
    let (caller, project) = (&member.visit.caller, member.project.id);
    let view = kiez_app::posting::get::<NewNeed>(&state.ctx, caller, project, need)
        .await
        .map_err(|e| member.fail(e))?;
    let filter = OfferFilter {
        text: Some(query.q.clone()).filter(|q| !q.trim().is_empty()),
        ..OfferFilter::default()
    };
    let offers =
        kiez_app::posting::list(&state.ctx, caller, project, filter, Page { size: CHOICES, offset: 0 }).await;
    let offers = offers.map_err(|error| member.fail(error))?.rows;
    let answer = match query.offer.parse() {
        Ok(offer) => Some(answer(&state, &member, need, offer).await?),
        Err(_) => None,
    };
    let choice = |v: kiez_app::offer::OfferView| {
        let id = v.posted.id.to_string();
        let chosen = id == query.offer;
        (id, v.text().to_owned(), chosen)
    };
    Ok(render(&WhyNotPage {
        c: Chrome::workspace(&member),
        need: view.text().to_owned(),
        need_href: member.path(&format!("/needs/{need}")),
        action: member.path(&format!("/needs/{need}/why-not")),
        offers: offers.into_iter().map(choice).collect(),
        q: query.q,
        answer,
    }))
}

async fn answer(
    state: &WebState,
    member: &Member,
    need: NeedId,
    offer: kiez_domain::id::OfferId,
) -> Result<Answer, PageError> {
    let found =
        kiez_app::suggestion::why_not(&state.ctx, &member.visit.caller, member.project.id, need, offer).await;
    let found = found.map_err(|error| member.fail(error))?;
    let locale = member.visit.locale;
    Ok(Answer {
        offer: found.offer,
        obstacles: found.obstacles.iter().map(|obstacle| reason::obstacle(locale, obstacle)).collect(),
        percent: format!("{:.0} %", found.score.value() * 100.0),
    })
}
