//! Projects: one run of the method each. What everybody reads of them stands in `public`.

use crate::conn::{Change, Conn, Tx, demand, demand_any};
use crate::error::StoreError;
use crate::row::Row;
use crate::statement::statements;
use crate::value::{Value, at, int, opt_text, text};
use kiez_domain::id::{ProjectId, QuarterId};
use kiez_domain::instant::Instant;
use kiez_domain::period::Period;
use kiez_domain::policy::Permit;
use kiez_domain::project::{NewProject, Project};

statements! {
    table "project";
    CREATE = "insert into project
(id, slug, name, label, area, term_from, term_to, carrier, client, funding, aims,
team, partners, colour, version, created_at, updated_at)
values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, 1, $15, $15)";
    FIND = "select id, slug, name, label, area, term_from, term_to, carrier, client, funding, aims, team,
partners, colour, home_quarter_id, version
from project where id = $1";
    UPDATE = "update project set slug = $3, name = $4, label = $5, area = $6, term_from = $7, term_to = $8, carrier = $9,
client = $10, funding = $11, aims = $12, team = $13, partners = $14, colour = $15, version = version + 1, updated_at = $16
where id = $1 and version = $2 returning version";
    SET_HOME = "update project set home_quarter_id = $2, version = version + 1, updated_at = $3
where id = $1 and exists (select 1 from quarter q where q.project_id = $1 and q.id = $2)";
}

/// Stores a new project.
///
/// # Errors
/// `Conflict { constraint: "project_slug_key" }` when the short name is taken.
pub async fn create(
    tx: &mut Tx,
    permit: &Permit,
    id: ProjectId,
    new: &NewProject,
    now: Instant,
) -> Result<(), StoreError> {
    demand_any(permit, "project", &["create"])?;
    let mut values = vec![text(&id)];
    values.extend(data(new));
    values.push(at(now));
    tx.run(&CREATE, values).await?;
    tx.record(permit, "project", &id, (Change::Created, now));
    Ok(())
}

/// The project with this id.
///
/// # Errors
/// When the database fails.
pub async fn find(conn: &mut Conn, id: ProjectId) -> Result<Option<Project>, StoreError> {
    conn.first(&FIND, vec![text(&id)]).await?.map(|row| project(&row)).transpose()
}

/// Saves the fact sheet; gives the new version.
///
/// # Errors
/// [`StoreError::Stale`] when somebody else saved first.
pub async fn update(
    tx: &mut Tx,
    permit: &Permit,
    version: i64,
    new: &NewProject,
    now: Instant,
) -> Result<i64, StoreError> {
    let id = demand(permit, "project", "update")?;
    let mut values = vec![text(&id), int(version)];
    values.extend(data(new));
    values.push(at(now));
    let Some(row) = tx.first(&UPDATE, values).await? else {
        return Err(if find(tx, id).await?.is_some() { StoreError::Stale } else { StoreError::NotFound });
    };
    tx.record(permit, "project", &id, (Change::Updated, now));
    row.int("version")
}

/// Makes a quarter of the project its home.
///
/// # Errors
/// [`StoreError::NotFound`] when the quarter is not of this project.
pub async fn set_home_quarter(
    tx: &mut Tx,
    permit: &Permit,
    quarter: QuarterId,
    now: Instant,
) -> Result<(), StoreError> {
    let id = demand(permit, "project", "update")?;
    if tx.run(&SET_HOME, vec![text(&id), text(&quarter), at(now)]).await? == 0 {
        return Err(StoreError::NotFound);
    }
    tx.record(permit, "project", &id, (Change::Updated, now));
    Ok(())
}

fn data(new: &NewProject) -> Vec<Value> {
    vec![
        text(&new.slug),
        text(&new.name),
        opt_text(new.label.as_ref()),
        opt_text(new.area.as_ref()),
        opt_text(new.term.map(Period::from).as_ref()),
        opt_text(new.term.and_then(Period::to).as_ref()),
        opt_text(new.carrier.as_ref()),
        opt_text(new.client.as_ref()),
        opt_text(new.funding.as_ref()),
        opt_text(new.aims.as_ref()),
        opt_text(new.team.as_ref()),
        opt_text(new.partners.as_ref()),
        opt_text(new.colour.as_ref()),
    ]
}

pub(crate) fn project(row: &Row) -> Result<Project, StoreError> {
    let term = match row.opt_parse("term_from")? {
        Some(from) => Some(Period::new(from, row.opt_parse("term_to")?).map_err(|_| row.corrupt("term_to"))?),
        None => None,
    };
    let data = NewProject {
        slug: row.parse("slug")?,
        name: row.parse("name")?,
        label: row.opt_parse("label")?,
        area: row.opt_parse("area")?,
        term,
        carrier: row.opt_parse("carrier")?,
        client: row.opt_parse("client")?,
        funding: row.opt_parse("funding")?,
        aims: row.opt_parse("aims")?,
        team: row.opt_parse("team")?,
        partners: row.opt_parse("partners")?,
        colour: row.opt_parse("colour")?,
    };
    Ok(Project {
        id: row.parse("id")?,
        data,
        home_quarter: row.opt_parse("home_quarter_id")?,
        version: row.int("version")?,
    })
}
