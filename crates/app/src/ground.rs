//! The ground of a project's map: drawn anew from a base map, handed out tile by tile.
//!
//! The archive lies in the database, so that every server sees the same one. Where its tiles lie in it is kept in
//! memory; each answer looks first whether that is still the archive that is stored, in the same moment.

use crate::caller::Caller;
use crate::ctx::Ctx;
use crate::error::AppError;
use crate::import::doors;
use crate::import::report::{FileReport, ImportReport};
pub use kiez_documents::tiles::picture::{Frame, Label, Path, Picture};
use kiez_documents::tiles::{self, HEAD, Index};
use kiez_domain::basemap::BaseMap;
use kiez_domain::bounds::Bounds;
use kiez_domain::id::ProjectId;
use kiez_domain::instant::Instant;
use kiez_domain::policy::{Facts, Permit};
use kiez_domain::project::Project;
use kiez_domain::text::Line;
use kiez_domain::tile::TileAddress;
use kiez_import::ground::read_ground;
use kiez_import::reading::ReadOptions;
use kiez_import::source::Source;
use kiez_store::conn::{Conn, Tx};
use kiez_store::ground::{Ground, NewGround};
use sha2::{Digest as _, Sha256};
use std::collections::BTreeMap;
use std::ops::Range;
use std::sync::Arc;
use tokio::sync::Mutex;

/// A base map turned into an archive of tiles.
#[derive(Debug, Clone)]
pub struct Packed {
    /// The bytes of the archive (PMTiles 3).
    pub archive: Vec<u8>,
    etag: String,
    attribution: Option<Line>,
}

/// Turns a base map into an archive of tiles; takes a while, so do it before a transaction begins.
///
/// # Errors
/// [`AppError::Tiles`] when there is nothing to draw, or far too much.
pub fn pack(map: &BaseMap, attribution: Option<&Line>) -> Result<Packed, AppError> {
    let archive = tiles::archive(map, attribution.map(Line::as_str))?;
    // Half of the hash tells any two archives apart, and fits into an address.
    let etag = Sha256::digest(&archive).iter().take(16).map(|byte| format!("{byte:02x}")).collect();
    Ok(Packed { archive, etag, attribution: attribution.cloned() })
}

/// Draws a project's ground anew; gives whether anything is different now.
///
/// # Errors
/// [`AppError::NotFound`] when the caller may not; [`AppError::Tiles`] when the map cannot be drawn.
pub async fn replace(
    ctx: &Ctx,
    caller: &Caller,
    project: ProjectId,
    map: &BaseMap,
    attribution: Option<&Line>,
) -> Result<bool, AppError> {
    let permit = caller.may("ground", "update", Facts::of_project(project))?;
    let packed = pack(map, attribution)?;
    let mut tx = ctx.db.write().await?;
    let changed = put(&mut tx, &permit, &packed, ctx.now()).await?;
    if changed {
        tx.commit().await?;
    }
    Ok(changed)
}

/// Draws a project's ground anew from a file of one's own (GeoJSON); all of it or nothing changes.
///
/// # Errors
/// [`AppError::NotFound`] when the caller may not; [`AppError::File`] when the file cannot be read as a whole.
pub async fn import(
    ctx: &Ctx,
    caller: &Caller,
    project: ProjectId,
    source: &Source,
    dry_run: bool,
) -> Result<ImportReport, AppError> {
    let permit = caller.may("ground", "update", Facts::of_project(project))?;
    let to_import = caller.may("import", "create", Facts::of_project(project))?;
    let read = read_ground(source, &ReadOptions::default())?;
    let packed = pack(&read.base_map(), read.attribution.as_ref())?;
    let doors = read.addresses;
    let (mut report, drawn) = FileReport::begin(read.features);
    let mut tx = ctx.db.write().await?;
    let before = kiez_store::ground::find(&mut tx, project).await?;
    let changed = put(&mut tx, &permit, &packed, ctx.now()).await?;
    // A drawing is new, changed or unchanged as a whole: nobody compares streets one by one.
    *match (before, changed) {
        (None, _) => &mut report.figures.new,
        (Some(_), true) => &mut report.figures.changed,
        (Some(_), false) => &mut report.figures.unchanged,
    } = drawn.len();
    report.silent_changes += doors::put(&mut tx, &to_import, project, &doors).await?;
    if (changed || report.silent_changes > 0) && !dry_run {
        tx.commit().await?;
    }
    Ok(ImportReport::of(vec![report]))
}

/// Stores an archive as a part of a larger act, such as an import; the permit is to update the ground.
pub(crate) async fn put(
    tx: &mut Tx,
    permit: &Permit,
    packed: &Packed,
    now: Instant,
) -> Result<bool, AppError> {
    let Packed { archive, etag, attribution } = packed;
    let new = NewGround { etag, attribution: attribution.as_ref(), archive };
    Ok(kiez_store::ground::put(tx, permit, new, now).await?)
}

/// What is known of a project's ground: enough to open a map.
#[derive(Debug, Clone, PartialEq)]
pub struct GroundFacts {
    /// Changes when the ground does: in an address it lets browsers keep the answer for ever.
    pub etag: String,
    /// Bytes of the archive.
    pub size: u64,
    /// Who must be named beside the map.
    pub attribution: Option<Line>,
    /// The region.
    pub bounds: Bounds,
}

/// What is known of a project's ground; none where no base map has been imported yet.
///
/// # Errors
/// When the database fails.
pub async fn find(ctx: &Ctx, caller: &Caller, project: ProjectId) -> Result<Option<GroundFacts>, AppError> {
    caller.may("ground", "read", Facts::of_project(project))?;
    let conn = &mut ctx.db.read().await?;
    let Some(indexed) = ctx.grounds.current(conn, project).await? else { return Ok(None) };
    let Ground { etag, size, attribution, .. } = indexed.ground.clone();
    Ok(Some(GroundFacts { etag, size, attribution, bounds: indexed.index.bounds() }))
}

/// One tile as it is stored.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Tile {
    /// Changes when the ground does.
    pub etag: String,
    /// A vector tile packed with gzip; none where nothing is drawn.
    pub bytes: Option<Vec<u8>>,
}

/// One tile of a project's ground.
///
/// # Errors
/// [`AppError::NotFound`] outside the region, and where the project has no ground.
pub async fn tile(
    ctx: &Ctx,
    caller: &Caller,
    project: ProjectId,
    (zoom, column, row): (u8, u32, u32),
) -> Result<Tile, AppError> {
    caller.may("ground", "read", Facts::of_project(project))?;
    let tile = TileAddress::new(zoom, column, row).map_err(|_| AppError::NotFound)?;
    let conn = &mut ctx.db.read().await?;
    let indexed = ctx.grounds.current(conn, project).await?.ok_or(AppError::NotFound)?;
    if !indexed.index.covers(tile) {
        return Err(AppError::NotFound);
    }
    let bytes = match indexed.index.find(tile) {
        Some(range) => Some(kiez_store::ground::read(conn, project, range).await?),
        None => None,
    };
    Ok(Tile { etag: indexed.ground.etag.clone(), bytes })
}

/// A picture with what must stand beside it.
#[derive(Debug, Clone, PartialEq)]
pub struct HomePicture {
    /// The ground.
    pub picture: Picture,
    /// Who must be named beside it.
    pub attribution: Option<Line>,
}

/// The home quarter of a project with a little around it, else everything that is drawn; none without a ground.
///
/// # Errors
/// When the database fails.
pub async fn home_picture(
    ctx: &Ctx,
    caller: &Caller,
    project: &Project,
    sheet: (u16, u16),
    language: &str,
) -> Result<Option<HomePicture>, AppError> {
    let Some(facts) = find(ctx, caller, project.id).await? else { return Ok(None) };
    let home = home_bounds(&mut ctx.db.read().await?, project).await?;
    let frame = Frame::around(home.unwrap_or(facts.bounds), sheet);
    let picture = picture(ctx, caller, project.id, frame, language).await?;
    Ok(Some(HomePicture { picture, attribution: facts.attribution }))
}

/// The box around the home quarter.
async fn home_bounds(conn: &mut Conn, project: &Project) -> Result<Option<Bounds>, AppError> {
    // Everybody may see the picture, so it reads what is public and nothing else.
    let quarters = kiez_store::public::quarters(conn, project.id).await?;
    let home = quarters.into_iter().find(|quarter| Some(quarter.id) == project.home_quarter);
    Ok(home.map(|quarter| quarter.outline.bounds()))
}

/// The ground of a region as a picture of so many points, names in a language where the map has them.
///
/// # Errors
/// [`AppError::NotFound`] where the project has no ground.
pub async fn picture(
    ctx: &Ctx,
    caller: &Caller,
    project: ProjectId,
    frame: Frame,
    language: &str,
) -> Result<Picture, AppError> {
    caller.may("ground", "read", Facts::of_project(project))?;
    let conn = &mut ctx.db.read().await?;
    let indexed = ctx.grounds.current(conn, project).await?.ok_or(AppError::NotFound)?;
    let mut drawn = Vec::new();
    for tile in frame.tiles() {
        if let Some(range) = indexed.index.find(tile) {
            let packed = kiez_store::ground::read(conn, project, range).await?;
            drawn.push((tile, tiles::unpack(&packed)?));
        }
    }
    Ok(frame.draw(&drawn, language)?)
}

/// A range of the archive whose etag the caller knows; shorter where the archive ends.
///
/// # Errors
/// [`AppError::Stale`] when the ground has been drawn anew in the meantime.
pub async fn archive_range(
    ctx: &Ctx,
    caller: &Caller,
    project: ProjectId,
    etag: &str,
    range: Range<u64>,
) -> Result<Vec<u8>, AppError> {
    caller.may("ground", "read", Facts::of_project(project))?;
    let conn = &mut ctx.db.read().await?;
    let ground = kiez_store::ground::find(conn, project).await?.ok_or(AppError::NotFound)?;
    if ground.etag != etag {
        return Err(AppError::Stale);
    }
    Ok(kiez_store::ground::read(conn, project, range).await?)
}

/// Where the tiles of each project lie in its archive.
#[derive(Default)]
pub struct Grounds {
    inner: Mutex<BTreeMap<ProjectId, Arc<Indexed>>>,
}

/// An archive's directories, and of which archive they are.
pub(crate) struct Indexed {
    pub(crate) ground: Ground,
    pub(crate) index: Index,
}

impl Grounds {
    /// The directories of the archive that the connection sees; none where the project has none.
    pub(crate) async fn current(
        &self,
        conn: &mut Conn,
        project: ProjectId,
    ) -> Result<Option<Arc<Indexed>>, AppError> {
        let Some(ground) = kiez_store::ground::find(conn, project).await? else { return Ok(None) };
        let known = self.inner.lock().await.get(&project).cloned();
        if let Some(known) = known.filter(|known| known.ground == ground) {
            return Ok(Some(known));
        }
        let head = kiez_store::ground::read(conn, project, 0..HEAD).await?;
        let leaves = kiez_store::ground::read(conn, project, Index::leaves(&head)?).await?;
        let indexed = Arc::new(Indexed { ground, index: Index::read(&head, &leaves)? });
        self.inner.lock().await.insert(project, Arc::clone(&indexed));
        Ok(Some(indexed))
    }
}
