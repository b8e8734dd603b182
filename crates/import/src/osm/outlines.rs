//! Named areas that may be quarters.

use super::shapes::{Form, Thing, is_boundary};
use crate::outline;
use crate::row_fault::RowFault;
use kiez_domain::quarter::Outline;
use kiez_domain::text::Name;

/// A named area of the map.
#[derive(Debug, Clone, PartialEq)]
pub struct MapOutline {
    /// As OpenStreetMap writes it: `relation/123`.
    pub id: String,
    /// What it is called there.
    pub name: Name,
    /// The administrative level, 2 for countries to 11 for the smallest; none for a suburb by word of mouth.
    pub level: Option<u8>,
    /// Where it ends.
    pub outline: Outline,
}

/// Reads a named area; the fault when it is one and its edge cannot be that of a quarter.
pub(super) fn read(thing: &Thing<'_>) -> Option<Result<MapOutline, (Name, RowFault)>> {
    let quarter = matches!(thing.tags.value("place"), "borough" | "suburb" | "quarter" | "neighbourhood");
    let Form::Area(area) = &thing.shape else { return None };
    if !quarter && !is_boundary(thing.tags) {
        return None;
    }
    let name: Name = thing.tags.get("name")?.parse().ok()?;
    let rings = area.parts().iter().flatten();
    let faults = rings.filter_map(|ring| match ring.corners().len() {
        found if found > outline::CORNER_LIMIT => {
            Some(RowFault::TooManyCorners { found, limit: outline::CORNER_LIMIT })
        }
        _ => outline::check(ring.corners()).err(),
    });
    if let Some(fault) = { faults }.next() {
        return Some(Err((name, fault)));
    }
    let level = thing.tags.get("admin_level").and_then(|level| level.parse().ok());
    Some(Ok(MapOutline { id: thing.id(), name, level, outline: area.clone() }))
}
