//! Vector tiles: the ground of a region in squares, from zoom 10 to 16, packed into one PMTiles archive.
//!
//! The way of a shape: `figure` lays it on the map's plane, joins streets that continue each other and draws a
//! shared boundary once; `sheet` simplifies it for one zoom and cuts it into tiles; [`vector`] writes a tile
//! (Mapbox Vector Tiles 2.1); [`archive`] packs all of them (PMTiles 3) and finds one again by a few bytes.
//! [`picture`] draws tiles for pages without scripts. The same base map gives the same bytes.

mod archive;
mod cut;
mod figure;
mod join;
pub mod picture;
mod sheet;
pub mod vector;

pub use archive::{HEAD, Index, unpack};

use kiez_domain::basemap::BaseMap;
use kiez_domain::bounds::Bounds;
use kiez_domain::tile::{LEAST_ZOOM, MOST_ZOOM, TileAddress};

/// Units along the side of a tile (Mapbox Vector Tiles 2.1, section 4.1: the usual extent).
pub const EXTENT: i32 = 4096;
/// Units that a tile reaches beyond its side, so that lines and labels do not break at the edge.
pub const BUFFER: i32 = 64;

/// What can go wrong with tiles.
#[derive(Debug, thiserror::Error)]
pub enum TilesError {
    /// A map without anything on it.
    #[error("the base map is empty: nothing of the file can be drawn")]
    Empty,
    /// A country instead of a quarter.
    #[error(
        "the base map would become more than {limit} pieces of tiles: it covers more than a city; cut the file to the region of the project first"
    )]
    TooLarge {
        /// Most pieces.
        limit: usize,
    },
    /// Bytes that are no archive of ours, or a damaged one.
    #[error("the tiles cannot be read ({0}): import the base map again")]
    Broken(&'static str),
    /// The packing failed.
    #[error("the tiles cannot be packed: {0}")]
    Packing(#[from] pmtiles::PmtError),
}

/// Packs a base map into the bytes of one PMTiles archive; `attribution` is what must stand beside the map.
///
/// # Errors
/// When there is nothing to draw, or far too much.
pub fn archive(map: &BaseMap, attribution: Option<&str>) -> Result<Vec<u8>, TilesError> {
    let bounds = map.bounds().ok_or(TilesError::Empty)?;
    let figures = figure::lay_out(map);
    sheet::demand_room(&figures)?;
    let encoded = |(tile, layers): (TileAddress, Vec<vector::Layer>)| (tile, vector::encode(&layers));
    let tiles = (LEAST_ZOOM..=MOST_ZOOM).flat_map(|zoom| sheet::cut(&figures, zoom)).map(encoded);
    archive::pack(bounds, &metadata(attribution), tiles)
}

/// The layers of a tile, in the order in which they are drawn.
pub const LAYERS: [&str; 8] =
    ["water", "green", "building", "rail", "street", "boundary", "address", "place"];

/// What PMTiles and TileJSON 3.0 ask for: the layers with their attributes, and who is to be named.
fn metadata(attribution: Option<&str>) -> String {
    let layer = |name: &&str| {
        serde_json::json!({
            "id": name, "minzoom": LEAST_ZOOM, "maxzoom": MOST_ZOOM,
            "fields": { "class": "String", "name": "String" },
        })
    };
    let mut all = serde_json::json!({
        "name": "Kiezgrößen", "format": "pbf", "type": "baselayer",
        "vector_layers": LAYERS.iter().map(layer).collect::<Vec<_>>(),
    });
    if let Some(attribution) = attribution {
        all["attribution"] = attribution.into();
    }
    all.to_string()
}

/// Where an archive's middle lies: where a map opens.
fn middle(bounds: Bounds) -> (f64, f64) {
    let (south_west, north_east) = (bounds.south_west, bounds.north_east);
    (f64::midpoint(south_west.lon(), north_east.lon()), f64::midpoint(south_west.lat(), north_east.lat()))
}
