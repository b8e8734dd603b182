//! A map of OpenStreetMap: its businesses and institutions become actors, its named areas may become quarters.
//!
//! What the map no longer has is listed and stays: somebody goes there and looks.

use super::report::ImportReport;
use super::{Run, Watch, actors, doors, finish, quarters};
use crate::caller::Caller;
use crate::ctx::Ctx;
use crate::error::AppError;
use crate::ground::{self, Packed};
use kiez_domain::basemap::{BaseMap, Ground};
use kiez_domain::id::{ImportId, ProjectId};
use kiez_domain::issue::Problem;
use kiez_domain::policy::Facts;
use kiez_domain::position::Position;
use kiez_domain::quarter::Quarter;
use kiez_import::osm::{ATTRIBUTION, MapOptions, MapOutline, OsmMap, Progress, Region, read_map};
use kiez_import::source::Source;
use kiez_store::conn::Tx;

/// Metres around a quarter that are taken with it: the other side of the street belongs to the neighbourhood.
const MARGIN_M: f64 = 250.0;
/// Names that a sentence lists.
const NAMES: usize = 12;

/// What to import from maps.
#[derive(Debug, Clone)]
pub struct MapRequest {
    /// The files.
    pub sources: Vec<Source>,
    /// Which part of them.
    pub part: Part,
    /// Most nodes, ways and relations to keep in memory.
    pub limit_elements: usize,
    /// Who wants to hear how far the reading is.
    pub progress: Progress,
    /// Only say what would happen.
    pub dry_run: bool,
}

/// Which part of a map is wanted.
#[derive(Debug, Clone, PartialEq)]
pub enum Part {
    /// All of it.
    Whole,
    /// Everything within so many metres of a place.
    Around(Position, f64),
    /// Everything in and near quarters: those of the project with this name or code, else named areas of the map,
    /// which become quarters of the project.
    Quarters(Vec<String>),
}

/// Imports maps into a project.
///
/// # Errors
/// [`AppError::NotFound`] when the caller may not; [`AppError::File`] when a file cannot be read as a whole;
/// an issue with `quarter` when neither the project nor the map knows it. Nothing is taken in then.
pub async fn run(
    ctx: &Ctx,
    caller: &Caller,
    project: ProjectId,
    request: MapRequest,
) -> Result<ImportReport, AppError> {
    let permit = caller.may("import", "create", Facts::of_project(project))?;
    let known = kiez_store::quarter::list(&mut ctx.db.read().await?, project).await?;
    // Reading may take long and may fail: the writer is not kept waiting for it.
    let Found { maps, outlines, region } = find(&request, &known)?;
    let ground = pack_ground(&maps)?;
    let (id, now) = (ctx.id(ImportId::new)?, ctx.now());
    let run = Run { ctx, caller, permit, project, id, now, watch: Watch::default() };
    let mut tx = ctx.db.write().await?;
    let names: Vec<String> = request.sources.iter().map(|source| source.name().to_owned()).collect();
    kiez_store::import::begin(&mut tx, &run.permit, id, ("osm", &names), now).await?;
    let new_doors =
        doors::put(&mut tx, &run.permit, project, maps.iter().flat_map(|map| &map.addresses)).await?;
    let new_quarters = quarters::Found::of_outlines(&known, outlines)?;
    new_quarters.write(&run, &mut tx).await?;
    let covered = |place: Position| match &region {
        Some(region) => region.contains(place),
        None => maps.iter().any(|map| map.covered.is_some_and(|bounds| bounds.contains(place))),
    };
    let readings = maps.iter().map(|map| map.actors.clone()).collect();
    let (mut files, found) = actors::compare_maps(&run, &mut tx, (readings, &covered)).await?;
    found.write(&run, &mut tx).await?;
    if let Some(first) = files.first_mut() {
        let named = new_quarters.in_words();
        first.silent_changes += named.len() + new_doors;
        first.notes.extend(named);
        first.notes.extend(put_ground(&run, &mut tx, ground.as_ref(), &mut first.silent_changes).await?);
    }
    let report = ImportReport::of(files);
    // What a dry run wrote is forgotten with its transaction.
    if request.dry_run { Ok(report) } else { finish(&run, tx, report).await }
}

/// The ground below the map, as tiles; none where the maps have nothing to draw.
fn pack_ground(maps: &[OsmMap]) -> Result<Option<Packed>, AppError> {
    let features = maps.iter().flat_map(|map| map.base_map.features.iter().cloned());
    let base_map = BaseMap { features: features.collect() };
    // Numbers without houses and streets are no map.
    if base_map.features.iter().all(|feature| feature.ground == Ground::Address) {
        return Ok(None);
    }
    let attribution = ATTRIBUTION.parse().map_err(|problem| AppError::field("attribution", problem))?;
    ground::pack(&base_map, Some(&attribution)).map(Some)
}

/// Draws the project's ground anew and says so, when there is something else to see now.
async fn put_ground(
    run: &Run<'_>,
    tx: &mut Tx,
    packed: Option<&Packed>,
    silent_changes: &mut usize,
) -> Result<Option<String>, AppError> {
    let Some(packed) = packed else { return Ok(None) };
    let permit = run.caller.may("ground", "update", Facts::of_project(run.project))?;
    let drawn_anew = ground::put(tx, &permit, packed, run.now).await?;
    *silent_changes += usize::from(drawn_anew);
    Ok(drawn_anew.then(|| "the ground of the project's map is drawn anew from this region".to_owned()))
}

/// What the maps hold of the wanted part.
struct Found {
    maps: Vec<OsmMap>,
    /// Named areas that are to become quarters.
    outlines: Vec<MapOutline>,
    region: Option<Region>,
}

fn find(request: &MapRequest, known: &[Quarter]) -> Result<Found, AppError> {
    let (outlines, region) = match &request.part {
        Part::Whole => (Vec::new(), None),
        Part::Around(centre, radius_m) => {
            (Vec::new(), Some(Region::Around { centre: *centre, radius_m: *radius_m }))
        }
        Part::Quarters(names) => in_quarters(request, known, names)?,
    };
    let maps = read_all(request, region.clone())?;
    Ok(Found { maps, outlines, region })
}

fn read_all(request: &MapRequest, region: Option<Region>) -> Result<Vec<OsmMap>, AppError> {
    let options =
        MapOptions { region, limit_elements: request.limit_elements, progress: request.progress.clone() };
    Ok(request.sources.iter().map(|source| read_map(source, &options)).collect::<Result<_, _>>()?)
}

/// The outlines of quarters by name or code. Those that the project does not know are looked for in the maps.
fn in_quarters(
    request: &MapRequest,
    known: &[Quarter],
    names: &[String],
) -> Result<(Vec<MapOutline>, Option<Region>), AppError> {
    let mut outlines = Vec::new();
    let mut unknown = Vec::new();
    for name in names {
        let is_it = |quarter: &&Quarter| {
            quarter.name.as_str() == name || quarter.code.as_ref().is_some_and(|code| code.as_str() == name)
        };
        match known.iter().find(is_it) {
            Some(quarter) => outlines.push(quarter.outline.clone()),
            None => unknown.push(name),
        }
    }
    let mut new = Vec::new();
    if !unknown.is_empty() {
        let named: Vec<MapOutline> =
            read_all(request, None)?.into_iter().flat_map(|map| map.outlines).collect();
        for name in unknown {
            let found = named.iter().find(|outline| outline.name.as_str() == name);
            let found = found.ok_or_else(|| nobody_knows(name, known, &named))?;
            outlines.push(found.outline.clone());
            new.push(found.clone());
        }
    }
    Ok((new, Some(Region::Near { outlines, margin_m: MARGIN_M })))
}

fn nobody_knows(name: &str, known: &[Quarter], named: &[MapOutline]) -> AppError {
    let ours = known.iter().map(|quarter| quarter.name.as_str());
    let mut names: Vec<&str> = ours.chain(named.iter().map(|outline| outline.name.as_str())).collect();
    names.sort_unstable();
    names.dedup();
    let more = names.len().saturating_sub(NAMES);
    names.truncate(NAMES);
    let known = match (names.is_empty(), more) {
        (true, _) => "neither the project nor the map names any".to_owned(),
        (_, 0) => format!("known are {}", names.join(", ")),
        _ => format!("known are {} and {more} more", names.join(", ")),
    };
    AppError::field("quarter", Problem::Unknown { what: format!("{name}; {known}") })
}
