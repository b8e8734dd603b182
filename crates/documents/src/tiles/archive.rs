//! All tiles in one file (PMTiles 3): packing them, and finding one again.
//!
//! Packing is the crate's work. It reads too, but only asynchronously through a backend of its own, and keeps what
//! it read to itself; ours asks for a few bytes, keeps them, and then says where in the file a tile lies.

use super::{TilesError, middle};
use flate2::read::GzDecoder;
use kiez_domain::bounds::Bounds;
use kiez_domain::position::Position;
use kiez_domain::tile::{LEAST_ZOOM, MOST_ZOOM, TileAddress};
use pmtiles::{Compression, Header, PmTilesWriter, TileCoord, TileId, TileType};
use prost::bytes::Bytes;
use std::io::{Cursor, Read as _};
use std::ops::Range;

/// Header and root directory lie within so many first bytes (PMTiles 3, section 2).
pub const HEAD: u64 = 16_384;
/// Bytes of the header.
const HEADER: usize = 127;
/// Most bytes that a directory may unpack to: a million tiles.
const DIRECTORY_LIMIT: u64 = 32 * 1024 * 1024;
/// Most bytes that a tile may unpack to.
const TILE_LIMIT: u64 = 16 * 1024 * 1024;

/// Packs tiles that come in the order of the Hilbert curve, zoom by zoom.
pub(crate) fn pack(
    bounds: Bounds,
    metadata: &str,
    tiles: impl Iterator<Item = (TileAddress, Vec<u8>)>,
) -> Result<Vec<u8>, TilesError> {
    let (south_west, north_east) = (bounds.south_west, bounds.north_east);
    let (lon, lat) = middle(bounds);
    let mut bytes = Cursor::new(Vec::new());
    let mut writer = PmTilesWriter::new(TileType::Mvt)
        .min_zoom(LEAST_ZOOM)
        .max_zoom(MOST_ZOOM)
        .bounds(south_west.lon(), south_west.lat(), north_east.lon(), north_east.lat())
        .center(lon, lat)
        .center_zoom(14)
        .metadata(metadata)
        .create(&mut bytes)?;
    for (tile, content) in tiles {
        writer.add_tile(coordinates(tile)?, &content)?;
    }
    writer.finalize()?;
    Ok(bytes.into_inner())
}

/// Where every tile of an archive lies; small enough to be kept in memory.
#[derive(Debug, Clone, PartialEq)]
pub struct Index {
    bounds: Bounds,
    entries: Vec<Entry>,
}

/// A run of tiles with the same content.
#[derive(Debug, Clone, PartialEq)]
struct Entry {
    first: u64,
    /// How many tiles; none for a directory of its own.
    run: u64,
    /// Where it lies in the section of the file that it belongs to.
    bytes: Range<u64>,
}

impl Index {
    /// Where further directories lie in an archive with this beginning; mostly nowhere.
    ///
    /// # Errors
    /// [`TilesError::Broken`] when this is no archive of vector tiles.
    pub fn leaves(head: &[u8]) -> Result<Range<u64>, TilesError> {
        let leaves = Sections::of(head)?.leaves;
        if leaves.end - leaves.start > DIRECTORY_LIMIT {
            return Err(TilesError::Broken("its directories are too large"));
        }
        Ok(leaves)
    }

    /// Reads the directories: the archive's first [`HEAD`] bytes and the bytes that [`Index::leaves`] named.
    ///
    /// # Errors
    /// [`TilesError::Broken`] when a directory cannot be read.
    pub fn read(head: &[u8], leaves: &[u8]) -> Result<Self, TilesError> {
        let sections = Sections::of(head)?;
        let mut entries = Vec::new();
        for entry in directory(slice(head, &sections.root)?)? {
            if entry.run > 0 {
                entries.push(entry);
            } else {
                entries.extend(directory(slice(leaves, &entry.bytes)?)?);
            }
        }
        let in_order = entries.windows(2).all(|pair| pair[0].first + pair[0].run <= pair[1].first);
        if !in_order || entries.iter().any(|entry| entry.run == 0) {
            return Err(TilesError::Broken("its directories are out of order"));
        }
        for entry in &mut entries {
            let moved = |at: u64| at.checked_add(sections.tiles);
            let moved = moved(entry.bytes.start).zip(moved(entry.bytes.end));
            let (start, end) = moved.ok_or(TilesError::Broken("a tile lies beside the file"))?;
            entry.bytes = start..end;
        }
        Ok(Self { bounds: sections.bounds, entries })
    }

    /// The bytes of a tile in the archive; none for a tile with nothing on it.
    #[must_use]
    pub fn find(&self, tile: TileAddress) -> Option<Range<u64>> {
        let id = TileId::from(coordinates(tile).ok()?).value();
        let behind = self.entries.partition_point(|entry| entry.first <= id);
        let entry = self.entries.get(behind.checked_sub(1)?)?;
        (id - entry.first < entry.run).then(|| entry.bytes.clone())
    }

    /// Whether the tile shows a part of the region at all.
    #[must_use]
    pub fn covers(&self, tile: TileAddress) -> bool {
        let corner = |place: Position| TileAddress::around(place, tile.zoom());
        let corners = corner(self.bounds.south_west).and_then(|a| Ok((a, corner(self.bounds.north_east)?)));
        corners.is_ok_and(|(south_west, north_east)| {
            (south_west.column()..=north_east.column()).contains(&tile.column())
                && (north_east.row()..=south_west.row()).contains(&tile.row())
        })
    }

    /// The region.
    #[must_use]
    pub fn bounds(&self) -> Bounds {
        self.bounds
    }
}

/// Unpacks one tile as it lies in an archive.
///
/// # Errors
/// [`TilesError::Broken`] when it is damaged or unpacks to far too much.
pub fn unpack(tile: &[u8]) -> Result<Vec<u8>, TilesError> {
    gunzip(tile, TILE_LIMIT)
}

fn coordinates(tile: TileAddress) -> Result<TileCoord, TilesError> {
    Ok(TileCoord::new(tile.zoom(), tile.column(), tile.row())?)
}

/// What the header says about the rest of the file.
struct Sections {
    root: Range<u64>,
    leaves: Range<u64>,
    /// Where the tiles begin.
    tiles: u64,
    bounds: Bounds,
}

impl Sections {
    fn of(head: &[u8]) -> Result<Self, TilesError> {
        let broken = TilesError::Broken;
        let bytes = head.get(..HEADER).ok_or(broken("it is too short"))?;
        let header = Header::try_from_bytes(Bytes::copy_from_slice(bytes));
        let header = header.map_err(|_| broken("it is no PMTiles archive"))?;
        let packed = [header.internal_compression(), header.tile_compression];
        if header.tile_type != TileType::Mvt || packed != [Compression::Gzip; 2] {
            return Err(broken("it holds no vector tiles packed with gzip"));
        }
        let corner = |lat, lon| Position::new(lat, lon).map_err(|_| broken("its region is not on the earth"));
        let bounds = Bounds {
            south_west: corner(header.min_latitude, header.min_longitude)?,
            north_east: corner(header.max_latitude, header.max_longitude)?,
        };
        // The crate keeps these to itself: offsets and lengths as eight bytes each (PMTiles 3, section 3.1).
        let number = |at: usize| {
            let bytes = bytes.get(at..at + 8).and_then(|bytes| bytes.try_into().ok()).unwrap_or_default();
            u64::from_le_bytes(bytes)
        };
        let section = |at: usize| {
            let end = number(at).checked_add(number(at + 8));
            end.map(|end| number(at)..end).ok_or(broken("a section is too long"))
        };
        Ok(Self { root: section(8)?, leaves: section(40)?, tiles: number(56), bounds })
    }
}

fn slice<'a>(bytes: &'a [u8], range: &Range<u64>) -> Result<&'a [u8], TilesError> {
    let at = |place: u64| usize::try_from(place).unwrap_or(usize::MAX);
    bytes.get(at(range.start)..at(range.end)).ok_or(TilesError::Broken("a directory lies beside the file"))
}

/// Reads a directory: four columns of numbers, one entry after the other in each (PMTiles 3, section 4).
fn directory(packed: &[u8]) -> Result<Vec<Entry>, TilesError> {
    let bytes = gunzip(packed, DIRECTORY_LIMIT)?;
    let mut rest = bytes.as_slice();
    let mut number = || prost::decode_length_delimiter(&mut rest).map(|n| n as u64);
    let broken = || TilesError::Broken("a directory is damaged");
    let mut number = || number().map_err(|_| broken());
    let count = number()?;
    // Each entry takes four bytes at least: a lying count makes nobody wait.
    if count > (bytes.len() / 4) as u64 {
        return Err(broken());
    }
    let mut column = || (0..count).map(|_| number()).collect::<Result<Vec<u64>, _>>();
    let (steps, runs, lengths, offsets) = (column()?, column()?, column()?, column()?);
    let (mut first, mut end) = (0_u64, 0_u64);
    let mut entries = Vec::with_capacity(steps.len());
    for (((step, run), length), offset) in steps.into_iter().zip(runs).zip(lengths).zip(offsets) {
        // An offset of zero means: right behind the entry before.
        let start = if offset == 0 { end } else { offset - 1 };
        let sums = first.checked_add(step).zip(start.checked_add(length));
        (first, end) = sums.filter(|(first, _)| first.checked_add(run).is_some()).ok_or_else(broken)?;
        entries.push(Entry { first, run, bytes: start..end });
    }
    Ok(entries)
}

fn gunzip(packed: &[u8], limit: u64) -> Result<Vec<u8>, TilesError> {
    let mut bytes = Vec::new();
    let read = GzDecoder::new(packed).take(limit + 1).read_to_end(&mut bytes);
    match read {
        Ok(read) if read as u64 <= limit => Ok(bytes),
        Ok(_) => Err(TilesError::Broken("a part unpacks to far too much")),
        Err(_) => Err(TilesError::Broken("a part cannot be unpacked")),
    }
}
