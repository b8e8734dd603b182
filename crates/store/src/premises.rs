//! Ground-floor units and what was seen there, day by day.

use crate::conn::{Change, Conn, Tx, demand, demand_any};
use crate::error::StoreError;
use crate::fold::{contains_pattern, fold};
use crate::page::{Listing, Page};
use crate::quarter;
use crate::row::Row;
use crate::statement::statements;
use crate::value::{Value, at, int, opt_real, opt_text, text};
use kiez_domain::id::{ObservationId, PremisesId, ProjectId};
use kiez_domain::instant::Instant;
use kiez_domain::policy::Permit;
use kiez_domain::position::Position;
use kiez_domain::premises::{Premises, Use};

statements! {
    table "premises";
    INSERT = "insert into premises (project_id, id, street, house_number, postcode, city, street_sort, lat, lon, quarter_id, actor_id,
used_as, observed_on, version, created_at, updated_at)
values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16)";
    UPDATE = "update premises set street = $4, house_number = $5, postcode = $6, city = $7, street_sort = $8, lat = $9, lon = $10,
quarter_id = $11, actor_id = $12, used_as = $13, observed_on = $14, version = version + 1, updated_at = $15
where project_id = $1 and id = $2 and version = $3 returning version";
    OBSERVE = "insert into premises_observation (project_id, id, premises_id, observed_on, used_as) values ($1, $2, $3, $4, $5)
on conflict (project_id, premises_id, observed_on) do update set used_as = excluded.used_as";
    KNOWN = "select id, street, house_number, postcode, city, lat, lon, quarter_id, actor_id, used_as, observed_on, version
from premises where project_id = $1 order by street_sort, id";
    LIST = "select id, street, house_number, postcode, city, lat, lon, quarter_id, actor_id, used_as, observed_on, version
from premises where project_id = $1 and (cast($2 as text) is null or street_sort like $2 escape '\\')
order by street_sort, id limit $3 offset $4";
    COUNT = "select count(*) as n from premises where project_id = $1 and (cast($2 as text) is null or street_sort like $2 escape '\\')";
    COUNT_BY_USE = "select used_as, count(*) as n from premises where project_id = $1 group by used_as order by used_as";
    FACTS = "select version from premises where project_id = $1 and id = $2";
}

/// Stores new premises; their quarters follow from their positions, their first versions are 1.
///
/// # Errors
/// [`StoreError::MissingReference`] when an actor is not of the project.
pub async fn insert(tx: &mut Tx, permit: &Permit, rows: &[Premises], now: Instant) -> Result<(), StoreError> {
    let project = demand_premises(permit, "create")?;
    let map = quarter::map(tx, project).await?;
    let values = rows.iter().map(|premises| {
        let mut values = vec![text(&project), text(&premises.id)];
        values.extend(data_values(premises, &map));
        values.extend([int(1), at(now), at(now)]);
        values
    });
    let values = values.collect();
    tx.bulk(&INSERT, values).await?;
    for premises in rows {
        tx.note_change(project, "premises", &premises.id, (Change::Created, now));
    }
    Ok(())
}

/// Saves premises, each under the version it carries; gives the new versions in the same order.
///
/// # Errors
/// [`StoreError::Stale`] when somebody else saved one of them first.
pub async fn update(
    tx: &mut Tx,
    permit: &Permit,
    rows: &[Premises],
    now: Instant,
) -> Result<Vec<i64>, StoreError> {
    let project = demand_premises(permit, "update")?;
    let map = quarter::map(tx, project).await?;
    let mut versions = Vec::with_capacity(rows.len());
    for premises in rows {
        let mut values = vec![text(&project), text(&premises.id), int(premises.version)];
        values.extend(data_values(premises, &map));
        values.push(at(now));
        let Some(row) = tx.first(&UPDATE, values).await? else {
            let there = tx.first(&FACTS, vec![text(&project), text(&premises.id)]).await?.is_some();
            return Err(if there { StoreError::Stale } else { StoreError::NotFound });
        };
        versions.push(row.int("version")?);
        tx.note_change(project, "premises", &premises.id, (Change::Updated, now));
    }
    Ok(versions)
}

/// Notes what was seen: the premises with the day and use they carry; one look a day is kept.
///
/// # Errors
/// [`StoreError::MissingReference`] when the premises are not of the project.
pub async fn observe(
    tx: &mut Tx,
    permit: &Permit,
    looks: &[(ObservationId, &Premises)],
) -> Result<(), StoreError> {
    let project = demand_premises(permit, "create")?;
    let rows = looks.iter().filter_map(|(id, premises)| {
        let day = premises.observed_on?;
        Some(vec![text(&project), text(id), text(&premises.id), text(&day), text(&premises.used_as)])
    });
    let rows = rows.collect();
    tx.bulk(&OBSERVE, rows).await
}

/// Every one of the project, to compare with a file.
///
/// # Errors
/// When the database fails.
pub async fn known(conn: &mut Conn, project: ProjectId) -> Result<Vec<Premises>, StoreError> {
    conn.all(&KNOWN, vec![text(&project)]).await?.iter().map(premises_of).collect()
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

/// An import may do what the survey may.
fn demand_premises(permit: &Permit, action: &'static str) -> Result<ProjectId, StoreError> {
    if demand_any(permit, "import", &["create", "revert"]).is_ok() {
        return crate::import::project_of(permit);
    }
    demand(permit, "premises", action)
}

fn data_values(premises: &Premises, map: &quarter::QuarterMap) -> Vec<Value> {
    let address = &premises.address;
    let quarter = map.locate(premises.position).or(premises.quarter);
    let street = address.street.as_ref().map_or("", |street| street.as_str());
    let number = address.house_number.as_ref().map_or("", |number| number.as_str());
    vec![
        opt_text(address.street.as_ref()),
        opt_text(address.house_number.as_ref()),
        opt_text(address.postcode.as_ref()),
        opt_text(address.city.as_ref()),
        text(&street_sort(street, number)),
        opt_real(premises.position.map(Position::lat)),
        opt_real(premises.position.map(Position::lon)),
        opt_text(quarter.as_ref()),
        opt_text(premises.actor.as_ref()),
        text(&premises.used_as),
        opt_text(premises.observed_on.as_ref()),
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
        id: row.parse::<PremisesId>("id")?,
        address: crate::actor::address(row)?,
        position: row.position("lat", "lon")?,
        quarter: row.opt_parse("quarter_id")?,
        actor: row.opt_parse("actor_id")?,
        used_as: row.parse("used_as")?,
        observed_on: row.opt_parse("observed_on")?,
        version: row.int("version")?,
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
