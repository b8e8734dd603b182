//! The map and its list: the same places twice, for the workspace and for the public.

mod legend;
mod page;
mod picture;
mod sign;
mod small;
mod way;
mod window;

use crate::error::{PageError, render};
use crate::extract::{Path, Query};
use crate::layout::Chrome;
use crate::request::{Member, Visit};
use crate::state::WebState;
use axum::extract::State;
use axum::http::header;
use axum::response::{IntoResponse, Response};
use kiez_app::error::AppError;
use kiez_app::map::MapSheet;
use kiez_app::page::ActorFilter;
use kiez_domain::map::MapLayer;
use kiez_domain::position::Position;
use kiez_domain::project::Project;
pub(crate) use small::{SmallMap, around};
pub(crate) use way::{WayMap, of_walk};

use page::{MapPage, Part, Reader};

/// What a visitor asks the map for.
#[derive(serde::Deserialize, Default, Clone)]
#[serde(default)]
pub(crate) struct MapQuery {
    show: String,
    q: String,
    side: String,
    branch: String,
    stage: String,
    quarter: String,
    /// Latitude and longitude of a place whose neighbours stand first.
    at: String,
    #[serde(deserialize_with = "crate::forms::offset")]
    offset: u64,
}

impl MapQuery {
    /// The layer asked for; actors when it is none.
    fn layer(&self) -> MapLayer {
        self.show.parse().unwrap_or(MapLayer::Actors)
    }

    fn filter(&self) -> ActorFilter {
        ActorFilter {
            text: Some(self.q.clone()).filter(|text| !text.trim().is_empty()),
            side: self.side.parse().ok(),
            branch: self.branch.parse().ok(),
            stage: self.stage.parse().ok(),
            quarter: self.quarter.parse().ok(),
            ..ActorFilter::default()
        }
    }

    /// The place in the middle, when one is asked for.
    fn middle(&self) -> Option<Position> {
        let (lat, lon) = self.at.split_once(',')?;
        Position::new(lat.parse().ok()?, lon.parse().ok()?).ok()
    }

    /// The same question for another layer or another part, as the end of an address.
    fn address(&self, layer: MapLayer, offset: u64) -> String {
        let show = layer.name().to_owned();
        let pairs = [
            ("show", &show),
            ("q", &self.q),
            ("side", &self.side),
            ("branch", &self.branch),
            ("stage", &self.stage),
            ("quarter", &self.quarter),
            ("at", &self.at),
        ];
        let filled = pairs.into_iter().filter(|(_, value)| !value.is_empty());
        let mut parts: Vec<String> =
            filled.map(|(name, value)| format!("{name}={}", crate::forms::percent_encoded(value))).collect();
        if offset > 0 {
            parts.push(format!("offset={offset}"));
        }
        parts.join("&")
    }
}

/// `GET /w/{project}/map`
pub(crate) async fn workspace(
    State(state): State<WebState>,
    member: Member,
    Query(query): Query<MapQuery>,
) -> Result<Response, PageError> {
    let sheet = workspace_sheet(&state, &member, &query).await?;
    let ground = kiez_app::ground::find(&state.ctx, &member.visit.caller, member.project.id).await;
    let ground = ground.map_err(|error| member.fail(error))?;
    let reader = Reader { base: member.path(""), public: false, project: &member.project, ground };
    page(&state, &member.visit, Chrome::workspace(&member), (&reader, query, &sheet)).await
}

/// `GET /w/{project}/map.geojson`
pub(crate) async fn workspace_data(
    State(state): State<WebState>,
    member: Member,
    Query(query): Query<MapQuery>,
) -> Result<Response, PageError> {
    let sheet = workspace_sheet(&state, &member, &query).await?;
    let reader = Reader { base: member.path(""), public: false, project: &member.project, ground: None };
    Ok(geo_json(&page::features(&Chrome::workspace(&member), &reader, query.layer(), &sheet)))
}

/// `GET /p/{project}/map`
pub(crate) async fn public(
    State(state): State<WebState>,
    visit: Visit,
    Path(slug): Path<String>,
    Query(query): Query<MapQuery>,
) -> Result<Response, PageError> {
    let (project, sheet) = public_sheet(&state, &visit, &slug, &query).await?;
    let ground = kiez_app::ground::find(&state.ctx, &visit.caller, project.id).await;
    let ground = ground.map_err(|error| visit.fail(error))?;
    let reader = Reader { base: format!("/p/{slug}"), public: true, project: &project, ground };
    page(&state, &visit, Chrome::public_of(&visit, &project), (&reader, query, &sheet)).await
}

/// `GET /p/{project}/map.geojson`
pub(crate) async fn public_data(
    State(state): State<WebState>,
    visit: Visit,
    Path(slug): Path<String>,
    Query(query): Query<MapQuery>,
) -> Result<Response, PageError> {
    let (project, sheet) = public_sheet(&state, &visit, &slug, &query).await?;
    let reader = Reader { base: format!("/p/{slug}"), public: true, project: &project, ground: None };
    Ok(geo_json(&page::features(&Chrome::public(&visit), &reader, query.layer(), &sheet)))
}

/// What a coordinator asked for.
async fn workspace_sheet(state: &WebState, member: &Member, query: &MapQuery) -> Result<MapSheet, PageError> {
    let asked = (query.layer(), &query.filter());
    let found = kiez_app::map::workspace(&state.ctx, &member.visit.caller, &member.project, asked).await;
    Ok(in_order(found.map_err(|error| member.fail(error))?, query))
}

/// The project a visitor means, and what was asked for of it.
async fn public_sheet(
    state: &WebState,
    visit: &Visit,
    slug: &str,
    query: &MapQuery,
) -> Result<(Project, MapSheet), PageError> {
    let fail = |error: AppError| visit.fail(error);
    let project = kiez_app::project::get(&state.ctx, &visit.caller, slug).await.map_err(fail)?;
    let asked = (query.layer(), &query.filter());
    let sheet = kiez_app::map::public(&state.ctx, &visit.caller, &project, asked).await.map_err(fail)?;
    Ok((project, in_order(sheet, query)))
}

/// The nearest places first where a place is asked for.
fn in_order(mut sheet: MapSheet, query: &MapQuery) -> MapSheet {
    if let Some(middle) = query.middle() {
        sheet.sort_around(middle);
    }
    sheet
}

/// The page around what was found; the ground below it is read for just the part that is shown.
async fn page(
    state: &WebState,
    visit: &Visit,
    c: Chrome,
    (reader, query, sheet): (&Reader<'_>, MapQuery, &MapSheet),
) -> Result<Response, PageError> {
    let part = Part::of(&query, sheet);
    let ground = match part.frame {
        Some((frame, _)) if reader.ground.is_some() => {
            let language = visit.locale.label_language();
            let picture =
                kiez_app::ground::picture(&state.ctx, &visit.caller, reader.project.id, frame, language)
                    .await;
            Some(picture.map_err(|error| visit.fail(error))?)
        }
        _ => None,
    };
    Ok(render(&MapPage::of(c, reader, query, (sheet, &part, ground))))
}

fn geo_json(features: &[kiez_app::map::MapFeature]) -> Response {
    let headers = [(header::CONTENT_TYPE, "application/geo+json"), (header::CACHE_CONTROL, "no-cache")];
    (headers, kiez_app::map::geo_json(features)).into_response()
}
