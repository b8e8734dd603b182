//! Ground-floor units with what was seen there last.

use crate::conn::{Change, Conn, Tx, demand};
use crate::error::StoreError;
use crate::fold::{contains_pattern, fold};
use crate::page::{Listing, Page};
use crate::quarter;
use crate::row::Row;
use crate::statement::statements;
use crate::value::{Value, at, int, opt_real, opt_text, text};
use kiez_domain::id::{PremisesId, ProjectId, QuarterId};
use kiez_domain::instant::Instant;
use kiez_domain::policy::Permit;
use kiez_domain::position::Position;
use kiez_domain::premises::{NewPremises, Premises, Use};

statements! {
    table "premises";
    INSERT = "insert into premises (project_id, id, street, house_number, postcode, city, street_sort, lat, lon, quarter_id, actor_id,
used_as, observed_on, version, created_at, updated_at)
values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16)";
    UPDATE = "update premises set street = $4, house_number = $5, postcode = $6, city = $7, street_sort = $8, lat = $9, lon = $10,
quarter_id = $11, actor_id = $12, used_as = $13, observed_on = $14, version = version + 1, updated_at = $15
where project_id = $1 and id = $2 and version = $3 returning version";
    FIND = "select id, street, house_number, postcode, city, lat, lon, quarter_id, actor_id, used_as, observed_on, version
from premises where project_id = $1 and id = $2";
    KNOWN = "select id, street, house_number, postcode, city, lat, lon, quarter_id, actor_id, used_as, observed_on, version
from premises where project_id = $1 order by street_sort, id";
    LIST = "select id, street, house_number, postcode, city, lat, lon, quarter_id, actor_id, used_as, observed_on, version
from premises where project_id = $1 and (cast($2 as text) is null or street_sort like $2 escape '\\')
order by street_sort, id limit $3 offset $4";
    COUNT = "select count(*) as n from premises where project_id = $1 and (cast($2 as text) is null or street_sort like $2 escape '\\')";
    COUNT_BY_USE = "select used_as, count(*) as n from premises where project_id = $1 group by used_as order by used_as";
}

/// Stores premises; their quarter follows from their position.
///
/// # Errors
/// `Conflict` when the id is taken.
pub async fn create(
    tx: &mut Tx,
    permit: &Permit,
    id: PremisesId,
    new: &NewPremises,
    now: Instant,
) -> Result<(), StoreError> {
    let project = demand(permit, "premises", "create")?;
    insert_many(tx, project, &[(id, new)], now).await?;
    tx.record(permit, "premises", &id, (Change::Created, now));
    Ok(())
}

/// The premises with this id.
///
/// # Errors
/// When the database fails.
pub async fn find(
    conn: &mut Conn,
    project: ProjectId,
    id: PremisesId,
) -> Result<Option<Premises>, StoreError> {
    conn.first(&FIND, vec![text(&project), text(&id)]).await?.map(|row| premises_of(&row)).transpose()
}

/// All premises of the project, by street and number.
///
/// # Errors
/// When the database fails.
pub async fn known(conn: &mut Conn, project: ProjectId) -> Result<Vec<Premises>, StoreError> {
    conn.all(&KNOWN, vec![text(&project)]).await?.iter().map(premises_of).collect()
}

/// Saves what premises are; gives the new version.
///
/// # Errors
/// [`StoreError::Stale`] when somebody else saved first.
pub async fn update(
    tx: &mut Tx,
    permit: &Permit,
    id: PremisesId,
    version: i64,
    (new, now): (&NewPremises, Instant),
) -> Result<i64, StoreError> {
    let project = demand(permit, "premises", "update")?;
    let quarter = quarter::map(tx, project).await?.locate(new.position);
    let version = update_row(tx, project, (id, version), (new, quarter), now).await?;
    tx.record(permit, "premises", &id, (Change::Updated, now));
    Ok(version)
}

/// Inserts many premises at once without a word in the change log: its caller sees to that.
pub(crate) async fn insert_many(
    tx: &mut Tx,
    project: ProjectId,
    rows: &[(PremisesId, &NewPremises)],
    now: Instant,
) -> Result<(), StoreError> {
    let map = quarter::map(tx, project).await?;
    let values = rows.iter().map(|(id, new)| {
        let mut values = vec![text(&project), text(id)];
        values.extend(data_values(new, map.locate(new.position)));
        values.extend([int(1), at(now), at(now)]);
        values
    });
    let values = values.collect();
    tx.bulk(&INSERT, values).await
}

/// Saves a row without a word in the change log: its caller sees to that.
pub(crate) async fn update_row(
    tx: &mut Tx,
    project: ProjectId,
    (id, version): (PremisesId, i64),
    (new, quarter): (&NewPremises, Option<QuarterId>),
    now: Instant,
) -> Result<i64, StoreError> {
    let mut values = vec![text(&project), text(&id), int(version)];
    values.extend(data_values(new, quarter));
    values.push(at(now));
    match tx.first(&UPDATE, values).await? {
        Some(row) => row.int("version"),
        None if find(tx, project, id).await?.is_some() => Err(StoreError::Stale),
        None => Err(StoreError::NotFound),
    }
}

/// One part of the list by street and number; of streets that contain the words, when given.
///
/// # Errors
/// When the database fails.
pub async fn list(
    conn: &mut Conn,
    project: ProjectId,
    street: Option<&str>,
    page: &Page,
) -> Result<Listing<Premises>, StoreError> {
    let words = street.map(str::trim).filter(|words| !words.is_empty()).map(contains_pattern);
    let values = || vec![text(&project), opt_text(words.as_ref())];
    let total = conn.number(&COUNT, values()).await?;
    let mut values = values();
    values.extend([int(page.limit()), int(page.skip())]);
    let rows = conn.all(&LIST, values).await?;
    Ok(Listing::new(rows.iter().map(premises_of).collect::<Result<_, _>>()?, total.unsigned_abs(), *page))
}

/// How many premises there are of each use.
///
/// # Errors
/// When the database fails.
pub async fn counts_by_use(conn: &mut Conn, project: ProjectId) -> Result<Vec<(Use, u64)>, StoreError> {
    let rows = conn.all(&COUNT_BY_USE, vec![text(&project)]).await?;
    rows.iter().map(|row| Ok((row.parse("used_as")?, row.count("n")?))).collect()
}

fn data_values(new: &NewPremises, quarter: Option<QuarterId>) -> Vec<Value> {
    let address = &new.address;
    let street = address.street.as_ref().map_or("", |street| street.as_str());
    let number = address.house_number.as_ref().map_or("", |number| number.as_str());
    vec![
        opt_text(address.street.as_ref()),
        opt_text(address.house_number.as_ref()),
        opt_text(address.postcode.as_ref()),
        opt_text(address.city.as_ref()),
        text(&street_sort(street, number)),
        opt_real(new.position.map(Position::lat)),
        opt_real(new.position.map(Position::lon)),
        opt_text(quarter.as_ref()),
        opt_text(new.actor.as_ref()),
        text(&new.used_as),
        opt_text(new.observed_on.as_ref()),
    ]
}

/// Street, then number: 9 stands before 12 because the digits are filled up.
fn street_sort(street: &str, number: &str) -> String {
    let digits = number.chars().take_while(char::is_ascii_digit).count();
    let (digits, letter) = number.split_at(digits);
    format!("{} {digits:0>5}{}", fold(street), fold(letter.trim()))
}

pub(crate) fn premises_of(row: &Row) -> Result<Premises, StoreError> {
    Ok(Premises {
        id: row.parse("id")?,
        data: data(row)?,
        quarter: row.opt_parse("quarter_id")?,
        version: row.int("version")?,
    })
}

/// What premises are, from a row with their columns.
pub(crate) fn data(row: &Row) -> Result<NewPremises, StoreError> {
    Ok(NewPremises {
        address: crate::actor::address(row)?,
        position: row.position("lat", "lon")?,
        actor: row.opt_parse("actor_id")?,
        used_as: row.parse("used_as")?,
        observed_on: row.opt_parse("observed_on")?,
    })
}

#[cfg(test)]
mod tests {
    use super::street_sort;

    #[test]
    fn house_numbers_sort_as_numbers() {
        assert!(street_sort("Weg", "9") < street_sort("Weg", "12"));
        assert!(street_sort("Weg", "12") < street_sort("Weg", "12a"));
    }
}
