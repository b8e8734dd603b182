//! `kiez tiles`: the ground of a map as vector tiles in one PMTiles file.

use crate::cli::args::TilesArgs;
use crate::failure::{Ended, Failure, Outcome};
use crate::output::Output;
use kiez_documents::tiles;
use kiez_domain::basemap::BaseMap;
use kiez_domain::text::Line;
use kiez_import::ground::read_ground;
use kiez_import::osm::{self, MapOptions, read_map};
use kiez_import::reading::ReadOptions;
use kiez_import::source::{self, Source};
use std::path::Path;

/// Reads a map and writes its tiles.
pub(crate) fn run(args: &TilesArgs, output: &mut Output) -> Ended {
    let source = source::load(&args.file)?;
    let (map, attribution, refused) = read(&source, args.limit_elements, output)?;
    let archive = tiles::archive(&map, attribution.as_deref())
        .map_err(|error| Failure::failed(format!("{}: {error}", source.name())))?;
    write(&args.output, &archive, output)?;
    let (shapes, kilobytes) = (map.features.len(), archive.len().div_ceil(1024));
    output.say(&format!("{}: {shapes} shapes, {kilobytes} kB of tiles", args.output.display()));
    Ok(Outcome::of_refused(refused))
}

/// What is drawn, who must be named beside it, and how many features were left out.
fn read(
    source: &Source,
    limit_elements: usize,
    output: &Output,
) -> Result<(BaseMap, Option<String>, usize), Failure> {
    let is_pbf =
        Path::new(source.name()).extension().is_some_and(|ending| ending.eq_ignore_ascii_case("pbf"));
    if is_pbf {
        let map = read_map(source, &MapOptions { limit_elements, ..MapOptions::default() })?;
        return Ok((map.base_map, Some(osm::ATTRIBUTION.to_owned()), 0));
    }
    let reading = read_ground(source, &ReadOptions::default())?;
    reading.features.notes.iter().for_each(|note| output.say(note));
    reading.features.refused.iter().for_each(|refusal| output.warn(&refusal.to_string()));
    let refused = reading.features.refused_rows();
    Ok((reading.base_map(), reading.attribution.map(Line::into), refused))
}

/// Writes beside the place first, so that a full disk leaves the old file as it was.
fn write(path: &Path, archive: &[u8], output: &mut Output) -> Result<(), Failure> {
    if path == Path::new("-") {
        return Ok(output.writer().write_all(archive)?);
    }
    let failed = |error: std::io::Error| {
        Failure::failed(format!("{}: the tiles cannot be written: {error}", path.display()))
    };
    let mut beside = path.as_os_str().to_owned();
    beside.push(".part");
    std::fs::write(&beside, archive).map_err(failed)?;
    std::fs::rename(&beside, path).map_err(failed)
}
