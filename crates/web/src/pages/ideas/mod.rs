//! Ideas, newest first.

use crate::error::{PageError, render};
use crate::layout::Chrome;
use crate::request::Member;
use crate::state::WebState;
use askama::Template;
use axum::extract::State;
use axum::response::Response;
use kiez_app::idea::IdeaView;
use kiez_app::page::Page;

/// How many ideas the page shows.
const SHOWN: u32 = 200;

/// An idea on the wall.
struct IdeaCard {
    text: String,
    who: Option<String>,
    state: &'static str,
}

#[derive(Template)]
#[template(path = "pages/ideas/list.html")]
struct IdeasPage {
    c: Chrome,
    cards: String,
    ideas: Vec<IdeaCard>,
    total: u64,
}

/// `GET /w/{project}/ideas`
pub(crate) async fn list(State(state): State<WebState>, member: Member) -> Result<Response, PageError> {
    let page = Page { size: SHOWN, offset: 0 };
    let found = kiez_app::idea::list(&state.ctx, &member.visit.caller, member.project.id, page).await;
    let found = found.map_err(|error| member.fail(error))?;
    Ok(render(&IdeasPage {
        c: Chrome::workspace(&member),
        cards: member.path("/cards?what=idea"),
        total: found.total,
        ideas: found.rows.into_iter().map(card).collect(),
    }))
}

fn card(view: IdeaView) -> IdeaCard {
    IdeaCard {
        who: view.who().map(str::to_owned),
        state: view.idea.state.name(),
        text: view.idea.data.text.into(),
    }
}
