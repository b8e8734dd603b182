//! The colour of a project: two shades of it that can be read, served as a small style sheet.
//!
//! No page may carry a style of its own (the content security policy forbids it, and rightly), so the shades travel
//! as a file that browsers keep until the project is saved again.

use crate::error::PageError;
use crate::extract::Path;
use crate::request::Visit;
use crate::state::WebState;
use crate::tokens;
use axum::extract::State;
use axum::http::header;
use axum::response::{IntoResponse, Response};
use kiez_domain::colour::Colour;
use kiez_domain::project::Project;

/// A colour as it is printed by day, and by night.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Shades {
    pub(crate) by_day: Colour,
    pub(crate) by_night: Colour,
}

impl Shades {
    /// The nearest shades that can be read.
    pub(crate) fn of(colour: Colour) -> Self {
        let (day, night) = tokens::grounds();
        Self { by_day: colour.on(day), by_night: colour.on(night) }
    }

    /// The shades of a project, or those of the house.
    pub(crate) fn of_project(project: &Project) -> Self {
        let house = tokens::named("kiez");
        project.data.colour.map_or(Self { by_day: house.by_day, by_night: house.by_night }, Self::of)
    }

    fn style_sheet(self) -> String {
        let Self { by_day, by_night } = self;
        format!("@layer tokens{{:root{{--kiez-light:{by_day};--kiez-dark:{by_night}}}}}\n")
    }
}

/// Address of a project's style sheet, when it has a colour of its own. The version makes browsers ask again.
pub(crate) fn address(project: &Project) -> Option<String> {
    project.data.colour?;
    Some(format!("/p/{}/colour.css?v={}", project.data.slug, project.version))
}

/// `GET /p/{project}/colour.css`
pub(crate) async fn style_sheet(
    State(state): State<WebState>,
    visit: Visit,
    Path(slug): Path<String>,
) -> Result<Response, PageError> {
    let project = kiez_app::project::get(&state.ctx, &visit.caller, &slug).await;
    let project = project.map_err(|error| visit.fail(error))?;
    let headers = [
        (header::CONTENT_TYPE, "text/css; charset=utf-8"),
        (header::CACHE_CONTROL, "public, max-age=31536000, immutable"),
    ];
    Ok((headers, Shades::of_project(&project).style_sheet()).into_response())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_pale_yellow_is_darkened_by_day_and_stays_by_night() {
        let yellow: Colour = "#ffe14d".parse().expect("a colour");
        let shades = Shades::of(yellow);
        assert_ne!(shades.by_day, yellow);
        assert_eq!(shades.by_night, yellow);
        assert!(shades.style_sheet().contains("--kiez-dark:#ffe14d"));
    }
}
