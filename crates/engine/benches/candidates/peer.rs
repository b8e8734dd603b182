//! tantivy on the same needs and offers: `benches/peers/tantivy`, a crate of its own with its own lock file.

use crate::Wish;
use crate::instance::Instance;
use kiez_domain::kind::KindId;
use kiez_domain::language::LanguageTag;
use kiez_domain::position::Position;
use kiez_domain::week_hours::WeekHours;
use kiez_engine::taxonomy::Taxonomy;
use kiez_engine::{Knowledge, Weights};
use std::collections::BTreeMap;
use std::io::{self, BufWriter, Write as _};
use std::path::Path;
use std::process::Command;

/// Needs a second of processor time, the median of the runs, or why there is no figure.
pub(crate) fn measure(instance: &Instance, wish: &Wish) -> Result<f64, String> {
    let folder = tempfile::tempdir().map_err(|fault| fault.to_string())?;
    let path = folder.path().join("instance.tsv");
    write(instance, wish.asked, &path).map_err(|fault| format!("{}: {fault}", path.display()))?;
    let source = Path::new(env!("CARGO_MANIFEST_DIR")).join("benches/peers/tantivy");
    // Beside our own build, so that the second time finds the first.
    let target = Path::new(env!("CARGO_TARGET_TMPDIR")).join("peer-tantivy");
    let mut command = Command::new(env!("CARGO"));
    command
        .args(["run", "--release", "--locked", "--quiet", "--manifest-path"])
        .arg(source.join("Cargo.toml"));
    command.arg("--target-dir").arg(target).arg("--").arg(&path).arg(wish.runs.to_string());
    let output = command.output().map_err(|fault| fault.to_string())?;
    if !output.status.success() {
        let complaint = String::from_utf8_lossy(&output.stderr);
        return Err(complaint.lines().last().unwrap_or("it failed").to_owned());
    }
    let said = String::from_utf8_lossy(&output.stdout);
    said.lines().filter(|line| line.starts_with("tantivy")).for_each(|line| println!("{line}"));
    let rates: Vec<f64> = said.lines().filter_map(|line| line.parse().ok()).collect();
    if rates.is_empty() { Err("it printed no figure".into()) } else { Ok(crate::median(rates)) }
}

/// A line for each: need or offer, place, way, hours, languages, capacity, kinds with their worth, text.
fn write(instance: &Instance, asked: usize, path: &Path) -> io::Result<()> {
    let near = Near::new();
    let mut languages = BTreeMap::new();
    let mut file = BufWriter::new(std::fs::File::create(path)?);
    for offer in &instance.offers {
        let circumstances =
            circumstances((offer.position, offer.radius_m, offer.times), &offer.languages, &mut languages);
        let kinds = offer.kinds.iter().filter_map(|kind| near.index(kind)).map(|kind| format!("{kind}:1"));
        let kinds = kinds.collect::<Vec<_>>().join(",");
        writeln!(file, "offer\t{circumstances}\t{}\t{kinds}\t{}", offer.capacity.unwrap_or(1), offer.text)?;
    }
    for need in crate::spread(&instance.needs, asked) {
        let circumstances =
            circumstances((need.position, need.radius_m, need.times), &need.languages, &mut languages);
        let kinds = need.kinds.iter().filter_map(|kind| near.index(kind)).map(|kind| near.of(kind));
        writeln!(file, "need\t{circumstances}\t1\t{}\t{}", kinds.collect::<Vec<_>>().join(","), need.text)?;
    }
    file.flush()
}

fn circumstances(
    told: (Option<Position>, Option<u32>, Option<WeekHours>),
    spoken: &[LanguageTag],
    numbers: &mut BTreeMap<String, usize>,
) -> String {
    let (position, radius, times) = told;
    let (lat, lon) = position.map_or((0.0, 0.0), |place| (place.lat(), place.lon()));
    let mut hours = [0_u64; 3];
    let times = times.unwrap_or_default();
    (0..168).filter(|hour| times.contains(*hour)).for_each(|hour| hours[hour / 64] |= 1 << (hour % 64));
    let mut set = 0_u64;
    for tag in spoken {
        let next = numbers.len();
        set |= 1 << *numbers.entry(tag.primary().to_owned()).or_insert(next);
    }
    let [first, second, third] = hours;
    format!("{lat}\t{lon}\t{}\t{first}\t{second}\t{third}\t{set}", radius.unwrap_or(u32::MAX))
}

/// Which kinds are as good as another, as the weights say: itself, above and below, with the same parent, related.
struct Near {
    taxonomy: &'static Taxonomy,
    weights: Weights,
}

impl Near {
    fn new() -> Self {
        Self { taxonomy: Knowledge::built_in().taxonomy(), weights: Weights::default() }
    }

    fn index(&self, kind: &KindId) -> Option<usize> {
        self.taxonomy.index(kind)
    }

    fn of(&self, kind: usize) -> String {
        let kinds = self.taxonomy.kinds();
        let own = &kinds[kind];
        let worth = |(other, next): (usize, &kiez_engine::taxonomy::Kind)| {
            let worth = if other == kind {
                1.0
            } else if own.parent == Some(other) || next.parent == Some(kind) {
                self.weights.parent
            } else if own.parent.is_some() && own.parent == next.parent {
                self.weights.sibling
            } else if own.related.contains(&other) || next.related.contains(&kind) {
                self.weights.related
            } else {
                0.0
            };
            (worth > 0.0).then(|| format!("{other}:{worth}"))
        };
        kinds.iter().enumerate().filter_map(worth).collect::<Vec<_>>().join(",")
    }
}
