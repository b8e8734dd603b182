//! Doors of the town: what is known of them already stays, what is new or has moved is stored.

use crate::error::AppError;
use kiez_domain::address_point::AddressPoint;
use kiez_domain::id::ProjectId;
use kiez_domain::policy::Permit;
use kiez_store::address_point;
use kiez_store::conn::Tx;
use std::collections::{HashMap, HashSet};

/// Stores the doors that are new or have moved; gives how many. The permit is to import. Doors that a map has no longer
/// stay: an address is still where it was.
pub(crate) async fn put<'a>(
    tx: &mut Tx,
    permit: &Permit,
    project: ProjectId,
    doors: impl IntoIterator<Item = &'a AddressPoint>,
) -> Result<usize, AppError> {
    let known = address_point::all(tx, project).await?;
    let known: HashMap<_, _> = known.into_iter().map(|door| (address_point::key(&door), door)).collect();
    let (mut seen, mut news) = (HashSet::new(), Vec::new());
    for door in doors {
        let key = address_point::key(door);
        // Of two doors with one address the first counts.
        if known.get(&key) != Some(door) && !seen.contains(&key) {
            news.push(door.clone());
        }
        seen.insert(key);
    }
    address_point::put(tx, permit, &news).await?;
    Ok(news.len())
}
