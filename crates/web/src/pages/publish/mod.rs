//! Putting a need or an offer on the public pages, and taking it back. Its actor is there by its consent alone.

use crate::error::PageError;
use crate::extract::{Form, Path};
use crate::pages::postings::Paged;
use crate::request::Member;
use crate::state::WebState;
use axum::extract::State;
use axum::response::{IntoResponse, Redirect, Response};
use kiez_app::error::AppError;

/// What the template `pages/publish/panel.html` shows.
pub(crate) struct Publication {
    /// Whether it is on the public pages, as far as this depends on it alone.
    pub(crate) published: bool,
    /// `need` or `offer`.
    pub(crate) noun: &'static str,
    pub(crate) action: String,
    pub(crate) version: i64,
    /// Where everybody sees it.
    pub(crate) public: String,
}

/// What the button sends.
#[derive(serde::Deserialize)]
pub(crate) struct PublishForm {
    version: i64,
    /// `yes`, or anything else to take it back.
    published: String,
}

impl PublishForm {
    fn change(&self) -> (i64, bool) {
        (self.version, self.published == "yes")
    }
}

/// `POST /w/{project}/needs/{id}/publish`, `…/offers/{id}/publish`
pub(crate) async fn posting<T: Paged>(
    State(state): State<WebState>,
    member: Member,
    Path((_, id)): Path<(String, String)>,
    Form(form): Form<PublishForm>,
) -> Result<Response, PageError> {
    let id: T::Id = id.parse().map_err(|_| member.fail(AppError::NotFound))?;
    let (ctx, caller, project) = (&state.ctx, &member.visit.caller, member.project.id);
    let done = kiez_app::posting::set_published::<T>(ctx, caller, project, id, form.change()).await;
    done.map_err(|error| member.fail(error))?;
    Ok(Redirect::to(&member.path(&format!("/{}/{id}", T::PLURAL))).into_response())
}
