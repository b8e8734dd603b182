//! Doors of the town with their addresses, from open maps: where an address is, without asking anybody outside.

use crate::conn::{Conn, Tx, demand};
use crate::error::StoreError;
use crate::row::Row;
use crate::statement::statements;
use crate::value::{opt_real, opt_text, text};
use kiez_domain::address_point::{AddressPoint, fold_house_number, fold_street};
use kiez_domain::id::ProjectId;
use kiez_domain::policy::Permit;
use std::collections::BTreeMap;

statements! {
    table "address_point";
    PUT = "insert into address_point (project_id, street_key, number_key, postcode_key, street, house_number, postcode, city, lat, lon)
values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)
on conflict (project_id, street_key, number_key, postcode_key) do update
set street = excluded.street, house_number = excluded.house_number, postcode = excluded.postcode, city = excluded.city,
lat = excluded.lat, lon = excluded.lon";
    ALL = "select street, house_number, postcode, city, lat, lon from address_point where project_id = $1
order by street_key, number_key, postcode_key";
    OF_STREET = "select street, house_number, postcode, city, lat, lon from address_point
where project_id = $1 and street_key = $2 order by number_key, postcode_key";
}

/// By what a door is known: street, number, postal code, all folded.
#[must_use]
pub fn key(point: &AddressPoint) -> (String, String, String) {
    let postcode = point.postcode().map(ToString::to_string).unwrap_or_default();
    (fold_street(point.street().as_str()), fold_house_number(point.house_number().as_str()), postcode)
}

/// Stores doors, or where they are now; of two with one address the first counts.
///
/// # Errors
/// When the database fails.
pub async fn put(tx: &mut Tx, permit: &Permit, points: &[AddressPoint]) -> Result<(), StoreError> {
    let project = demand(permit, "import", "create")?;
    // One statement may touch a row once on PostgreSQL.
    let mut by_key = BTreeMap::new();
    for point in points {
        by_key.entry(key(point)).or_insert(point);
    }
    let rows = by_key.into_iter().map(|((street, number, postcode), point)| {
        let at = point.position();
        vec![
            text(&project),
            text(&street),
            text(&number),
            text(&postcode),
            text(point.street()),
            text(point.house_number()),
            opt_text(point.postcode()),
            opt_text(point.city()),
            opt_real(Some(at.lat())),
            opt_real(Some(at.lon())),
        ]
    });
    let rows = rows.collect();
    tx.bulk(&PUT, rows).await
}

/// Every door of the project, by street and number.
///
/// # Errors
/// When the database fails.
pub async fn all(conn: &mut Conn, project: ProjectId) -> Result<Vec<AddressPoint>, StoreError> {
    conn.all(&ALL, vec![text(&project)]).await?.iter().map(point).collect()
}

/// The doors of a street, in whatever spelling it is asked for.
///
/// # Errors
/// When the database fails.
pub async fn of_street(
    conn: &mut Conn,
    project: ProjectId,
    street: &str,
) -> Result<Vec<AddressPoint>, StoreError> {
    let rows = conn.all(&OF_STREET, vec![text(&project), text(&fold_street(street))]).await?;
    rows.iter().map(point).collect()
}

fn point(row: &Row) -> Result<AddressPoint, StoreError> {
    let (street, number) = (row.text("street")?, row.text("house_number")?);
    let (postcode, city) = (row.opt_text("postcode")?, row.opt_text("city")?);
    let at = row.position("lat", "lon")?.ok_or_else(|| row.corrupt("lat"))?;
    let town = (postcode.as_deref().unwrap_or_default(), city.as_deref().unwrap_or_default());
    AddressPoint::from_texts((&street, &number), town, at).map_err(|_| row.corrupt("street"))
}
