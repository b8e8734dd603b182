//! What the public sees: published actors, needs and offers, from the store's public views alone.

use crate::caller::Caller;
use crate::ctx::Ctx;
use crate::error::AppError;
use kiez_documents::map::{self, MapFeature};
use kiez_documents::table;
use kiez_domain::basemap::Shape;
use kiez_domain::id::{ActorId, ProjectId};
use kiez_domain::opening_week::OpeningWeek;
use kiez_domain::policy::Facts;
use kiez_domain::position::Position;
use kiez_domain::text::shown;
pub use kiez_store::public::{PublicActor, PublicChannel, PublicNeed, PublicOffer};

/// Everything of a project that its owners agreed to show.
#[derive(Debug, Clone, PartialEq)]
pub struct Published {
    /// Actors in alphabetical order.
    pub actors: Vec<PublicActor>,
    /// Their open needs, newest first.
    pub needs: Vec<PublicNeed>,
    /// Their open offers, newest first.
    pub offers: Vec<PublicOffer>,
}

/// What a project shows to everybody.
///
/// # Errors
/// When the database fails.
pub async fn all(ctx: &Ctx, caller: &Caller, project: ProjectId) -> Result<Published, AppError> {
    caller.may("public_directory", "list", Facts::INSTALLATION)?;
    let mut conn = ctx.db.read().await?;
    Ok(Published {
        actors: kiez_store::public::actors(&mut conn, project).await?,
        needs: kiez_store::public::needs(&mut conn, project).await?,
        offers: kiez_store::public::offers(&mut conn, project).await?,
    })
}

/// Published actors of a project in alphabetical order: equal presentation, no ranking.
///
/// # Errors
/// When the database fails.
pub async fn actors(ctx: &Ctx, caller: &Caller, project: ProjectId) -> Result<Vec<PublicActor>, AppError> {
    caller.may("public_directory", "list", Facts::INSTALLATION)?;
    Ok(kiez_store::public::actors(&mut ctx.db.read().await?, project).await?)
}

/// An actor as everybody sees it.
#[derive(Debug, Clone, PartialEq)]
pub struct PublicActorView {
    /// Name, branch, seat.
    pub actor: PublicActor,
    /// The name of the quarter of its seat.
    pub quarter: Option<String>,
    /// Ways to reach it that everybody may know.
    pub channels: Vec<PublicChannel>,
    /// Its opening hours as an ordinary week, where its text can be read as one.
    pub opening_week: Option<OpeningWeek>,
    /// Its published open needs, newest first.
    pub needs: Vec<PublicNeed>,
    /// Its published open offers, newest first.
    pub offers: Vec<PublicOffer>,
}

/// One published actor.
///
/// # Errors
/// [`AppError::NotFound`] for one that is not published, as for one that is not there.
pub async fn actor(
    ctx: &Ctx,
    caller: &Caller,
    project: ProjectId,
    id: ActorId,
) -> Result<PublicActorView, AppError> {
    caller.may("public_directory", "list", Facts::INSTALLATION)?;
    let mut conn = ctx.db.read().await?;
    let actor = kiez_store::public::actor(&mut conn, project, id).await?.ok_or(AppError::NotFound)?;
    let quarters = kiez_store::public::quarters(&mut conn, project).await?;
    let quarter = quarters.into_iter().find(|quarter| Some(quarter.id) == actor.quarter);
    let (mut needs, mut offers) = (
        kiez_store::public::needs(&mut conn, project).await?,
        kiez_store::public::offers(&mut conn, project).await?,
    );
    needs.retain(|need| need.actor == id);
    offers.retain(|offer| offer.actor == id);
    Ok(PublicActorView {
        quarter: quarter.map(|quarter| quarter.name),
        channels: kiez_store::public::channels(&mut conn, project, id).await?,
        opening_week: actor
            .opening_hours
            .as_ref()
            .and_then(|text| kiez_import::opening_hours::read(text.as_str())),
        actor,
        needs,
        offers,
    })
}

/// In which form open data are wanted.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum OpenDataFormat {
    /// A table.
    Csv,
    /// A map.
    GeoJson,
}

/// Published actors as a file for other programs.
///
/// # Errors
/// When the database fails.
pub async fn open_data(
    ctx: &Ctx,
    caller: &Caller,
    project: ProjectId,
    format: OpenDataFormat,
) -> Result<Vec<u8>, AppError> {
    let actors = actors(ctx, caller, project).await?;
    match format {
        OpenDataFormat::Csv => {
            let heading = [
                "id",
                "name",
                "side",
                "branch",
                "street",
                "house_number",
                "postcode",
                "city",
                "lat",
                "lon",
                "opening_hours",
            ];
            let rows: Vec<Vec<String>> = actors.iter().map(row).collect();
            table::csv(&heading, &rows).map_err(|error| AppError::Broken(error.to_string()))
        }
        OpenDataFormat::GeoJson => {
            let places: Vec<MapFeature> = actors.iter().map(place).collect();
            Ok(map::geo_json(&places).into_bytes())
        }
    }
}

fn row(actor: &PublicActor) -> Vec<String> {
    let address = &actor.address;
    vec![
        actor.id.to_string(),
        actor.name.clone(),
        actor.side.to_string(),
        shown(actor.branch.as_ref()),
        shown(address.street.as_ref()),
        shown(address.house_number.as_ref()),
        shown(address.postcode.as_ref()),
        shown(address.city.as_ref()),
        shown(actor.position.map(Position::lat).as_ref()),
        shown(actor.position.map(Position::lon).as_ref()),
        shown(actor.opening_hours.as_ref()),
    ]
}

fn place(actor: &PublicActor) -> MapFeature {
    let properties = vec![
        ("name", actor.name.clone().into()),
        ("side", actor.side.name().into()),
        ("branch", shown(actor.branch.as_ref()).into()),
        ("address", actor.address.to_string().into()),
        ("opening_hours", shown(actor.opening_hours.as_ref()).into()),
    ];
    MapFeature { id: actor.id.to_string(), shape: actor.position.map(Shape::Point), properties }
}
