//! One actor as everybody sees it.

use super::cards::Card;
use super::{Tab, tabs};
use crate::error::{PageError, render};
use crate::extract::Path;
use crate::forms::percent_encoded;
use crate::icons;
use crate::layout::Chrome;
use crate::request::Visit;
use crate::state::WebState;
use askama::Template;
use axum::extract::State;
use axum::response::Response;
use kiez_app::error::AppError;
use kiez_app::published::{self, PublicActorView, PublicChannel};
use kiez_domain::contact_channel::Medium;
use kiez_domain::project::Project;

#[derive(Template)]
#[template(path = "pages/published/actor.html")]
struct ActorPage {
    c: Chrome,
    tabs: Vec<Tab>,
    /// The directory.
    base: String,
    name: String,
    side: &'static str,
    icon: &'static str,
    branch: Option<String>,
    address: String,
    /// The map where its sign stands, when it has a place there.
    map: Option<String>,
    quarter: Option<String>,
    /// When its door is open: one line for each run of days, or the text as it stands.
    opening: Vec<String>,
    languages: String,
    channels: Vec<Channel>,
    /// Who brings people together here.
    carrier: Option<String>,
    needs: Vec<Card>,
    offers: Vec<Card>,
}

/// A way to reach it.
struct Channel {
    label: String,
    value: String,
    /// Where a press leads, when it leads anywhere.
    href: Option<String>,
}

/// `GET /p/{project}/actors/{id}`
pub(crate) async fn show(
    State(state): State<WebState>,
    visit: Visit,
    Path((slug, id)): Path<(String, String)>,
) -> Result<Response, PageError> {
    let fail = |error: AppError| visit.fail(error);
    let project = kiez_app::project::get(&state.ctx, &visit.caller, &slug).await.map_err(fail)?;
    let id = id.parse().map_err(|_| fail(AppError::NotFound))?;
    let view = published::actor(&state.ctx, &visit.caller, project.id, id).await.map_err(fail)?;
    Ok(render(&page(&visit, &project, view)))
}

fn page(visit: &Visit, project: &Project, view: PublicActorView) -> ActorPage {
    let (c, actor) = (Chrome::public_of(visit, project), view.actor);
    let language = visit.locale.label_language();
    let on_map =
        actor.position.map(|_| format!("/p/{}/map?q={}", project.data.slug, percent_encoded(&actor.name)));
    ActorPage {
        tabs: tabs(&c, project, "/actors"),
        base: format!("/p/{}/actors", project.data.slug),
        side: actor.side.name(),
        icon: icons::of_branch(actor.branch.as_ref()),
        branch: actor.branch.as_ref().map(|branch| kiez_app::kind::branch_label(branch, language)),
        address: actor.address.to_string(),
        map: on_map,
        quarter: view.quarter,
        opening: match &view.opening_week {
            Some(week) => kiez_words::times::opening_week(visit.locale, week),
            None => actor.opening_hours.iter().map(ToString::to_string).collect(),
        },
        languages: kiez_words::language::names(visit.locale, &actor.languages),
        channels: view.channels.iter().map(|channel| shown(&c, channel)).collect(),
        carrier: project.data.carrier.as_ref().map(ToString::to_string),
        needs: view.needs.into_iter().map(Card::of_need).collect(),
        offers: view.offers.into_iter().map(Card::of_offer).collect(),
        name: actor.name,
        c,
    }
}

fn shown(c: &Chrome, channel: &PublicChannel) -> Channel {
    let value = channel.value.as_str();
    Channel {
        label: c.tt("medium", &channel.medium),
        value: value.trim_start_matches("https://").trim_end_matches('/').to_owned(),
        href: address_of(channel.medium, value),
    }
}

/// Somebody typed the value: what does not begin as a page does is shown and leads nowhere.
fn address_of(medium: Medium, value: &str) -> Option<String> {
    match medium {
        Medium::Web => {
            let page = value.starts_with("https://") || value.starts_with("http://");
            page.then(|| value.to_owned())
        }
        Medium::Mail => value.contains('@').then(|| format!("mailto:{}", value.trim())),
        Medium::Phone => {
            let digits: String = value.chars().filter(|c| c.is_ascii_digit() || *c == '+').collect();
            (digits.len() > 2).then(|| format!("tel:{digits}"))
        }
        Medium::Post => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_page_of_their_own_is_linked_and_a_script_is_not() {
        let web = |value| address_of(Medium::Web, value);
        assert_eq!(web("https://nar.example"), Some("https://nar.example".to_owned()));
        assert_eq!(web("javascript:alert(1)"), None);
        assert_eq!(web("nar.example"), None);
    }

    #[test]
    fn a_telephone_dials_digits_alone() {
        assert_eq!(address_of(Medium::Phone, "030 / 555 01-11"), Some("tel:0305550111".to_owned()));
        assert_eq!(address_of(Medium::Phone, "im Laden fragen"), None);
        assert_eq!(address_of(Medium::Post, "Postfach 12"), None);
    }
}
