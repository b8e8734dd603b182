//! The directory of actors: filtered, counted, page by page, fast with 40,000 of them.

use crate::actor::address;
use crate::conn::Conn;
use crate::error::StoreError;
use crate::fold::{contains_pattern, fold};
use crate::page::{Listing, Page};
use crate::row::Row;
use crate::statement::statements;
use crate::value::{Value, by_fifty, fifty, int, opt_bool, opt_real, opt_text, text};
use kiez_domain::actor::Stage;
use kiez_domain::address::Address;
use kiez_domain::bounds::Bounds;
use kiez_domain::branch::{BranchId, Side};
use kiez_domain::id::{ActorId, ProjectId, QuarterId};
use kiez_domain::position::Position;
use kiez_domain::text::Name;
use std::collections::BTreeMap;

/// The filter's eight values; each is left out when it is null.
macro_rules! filtered {
    () => {
        " where a.project_id = $1
and (cast($2 as text) is null or a.search_text like $2 escape '\\')
and (cast($3 as text) is null or a.side = $3)
and (cast($4 as text) is null or a.branch = $4)
and (cast($5 as text) is null or a.quarter_id = $5)
and (cast($6 as text) is null or a.stage = $6)
and (cast($7 as boolean) is null or a.published = $7)
and (cast($8 as text) is null or exists (select 1 from area_served s
    where s.project_id = a.project_id and s.actor_id = a.id and s.quarter_id = $8))"
    };
}

statements! {
    table "actor";
    LIST = concat!("select a.id, a.name, a.side, a.branch, a.street, a.house_number, a.postcode, a.city, a.lat, a.lon,
a.quarter_id, a.stage, a.published, a.version from actor a", filtered!(), " order by a.name_sort, a.id limit $9 offset $10");
    ON_MAP = concat!("select a.id, a.name, a.side, a.branch, a.street, a.house_number, a.postcode, a.city, a.lat, a.lon,
a.quarter_id, a.stage, a.published, a.version from actor a", filtered!(), " and a.lat is not null order by a.name_sort, a.id limit $9");
    WITHIN = "select a.id, a.name, a.side, a.branch, a.street, a.house_number, a.postcode, a.city, a.lat, a.lon,
a.quarter_id, a.stage, a.published, a.version from actor a
where a.project_id = $1 and a.lat between $2 and $3 and a.lon between $4 and $5 order by a.name_sort, a.id limit $6";
    COUNT = concat!("select count(*) as n from actor a", filtered!());
    COUNT_BY_SIDE_AND_BRANCH = concat!("select a.side, a.branch, count(*) as n from actor a", filtered!(),
        " group by a.side, a.branch order by a.side, a.branch");
    NAMES = concat!("select id, name from actor where project_id = $1 and id in ", fifty!());
    BY_NAMES = concat!("select id, name_sort from actor where project_id = $1 and name_sort in ", fifty!(), " order by name_sort, id");
    INSTITUTIONS = "select id, name from actor
where project_id = $1 and side in ('institution', 'initiative', 'public_body') and stage <> 'gone' order by name_sort, id limit $2";
}

/// What the directory is narrowed to; nothing: everybody.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct ActorFilter {
    /// Part of the name or the street; case and marks do not matter.
    pub text: Option<String>,
    /// Which side.
    pub side: Option<Side>,
    /// Which branch.
    pub branch: Option<BranchId>,
    /// The quarter the seat lies in.
    pub quarter: Option<QuarterId>,
    /// How far it has come.
    pub stage: Option<Stage>,
    /// Whether its page is public.
    pub published: Option<bool>,
    /// A quarter it works for.
    pub serves: Option<QuarterId>,
}

/// A line of the directory.
#[derive(Debug, Clone, PartialEq)]
pub struct ActorRow {
    /// Its id.
    pub id: ActorId,
    /// Its name.
    pub name: Name,
    /// Its side.
    pub side: Side,
    /// Its branch.
    pub branch: Option<BranchId>,
    /// Its seat.
    pub address: Address,
    /// Where it is on the ground.
    pub position: Option<Position>,
    /// The quarter of its seat.
    pub quarter: Option<QuarterId>,
    /// How far it has come.
    pub stage: Stage,
    /// Whether its page is public.
    pub published: bool,
    /// Its version.
    pub version: i64,
}

/// One part of the directory, by name.
///
/// # Errors
/// When the database fails.
pub async fn list(
    conn: &mut Conn,
    project: ProjectId,
    filter: &ActorFilter,
    page: &Page,
) -> Result<Listing<ActorRow>, StoreError> {
    let total = conn.number(&COUNT, values(project, filter)).await?;
    let mut values = values(project, filter);
    values.extend([int(page.limit()), int(page.skip())]);
    let rows = conn.all(&LIST, values).await?;
    let rows = rows.iter().map(actor_row).collect::<Result<_, _>>()?;
    Ok(Listing::new(rows, total.unsigned_abs(), *page))
}

/// The actors that have a place on the ground, by name; at most `most`.
///
/// # Errors
/// When the database fails.
pub async fn on_map(
    conn: &mut Conn,
    project: ProjectId,
    filter: &ActorFilter,
    most: u32,
) -> Result<Vec<ActorRow>, StoreError> {
    let mut values = values(project, filter);
    values.push(int(most));
    conn.all(&ON_MAP, values).await?.iter().map(actor_row).collect()
}

/// The actors inside a box on the ground, by name; at most `most`.
///
/// # Errors
/// When the database fails.
pub async fn within(
    conn: &mut Conn,
    project: ProjectId,
    bounds: Bounds,
    most: u32,
) -> Result<Vec<ActorRow>, StoreError> {
    let (low, high) = (bounds.south_west, bounds.north_east);
    let mut values = vec![text(&project)];
    values.extend([low.lat(), high.lat(), low.lon(), high.lon()].map(|degrees| opt_real(Some(degrees))));
    values.push(int(most));
    conn.all(&WITHIN, values).await?.iter().map(actor_row).collect()
}

/// One part of the directory with what one can filter by.
#[derive(Debug, Clone, PartialEq)]
pub struct Directory {
    /// The actors of this part.
    pub listing: Listing<ActorRow>,
    /// How many actors of each side the rest of the filter leaves.
    pub sides: Vec<(Side, u64)>,
    /// How many actors of each branch the rest of the filter leaves, most first.
    pub branches: Vec<(BranchId, u64)>,
}

/// One part of the directory, by name, with the counts of sides and branches: all counts come from one walk
/// through the actors.
///
/// # Errors
/// When the database fails.
pub async fn directory(
    conn: &mut Conn,
    project: ProjectId,
    filter: &ActorFilter,
    page: &Page,
) -> Result<Directory, StoreError> {
    let wide = ActorFilter { side: None, branch: None, ..filter.clone() };
    let groups = conn.all(&COUNT_BY_SIDE_AND_BRANCH, values(project, &wide)).await?;
    let (mut total, mut sides, mut branches) = (0, BTreeMap::new(), BTreeMap::new());
    for group in &groups {
        let (side, branch, count): (Side, Option<BranchId>, u64) =
            (group.parse("side")?, group.opt_parse("branch")?, group.count("n")?);
        let side_fits = filter.side.is_none_or(|wanted| wanted == side);
        let branch_fits = filter.branch.is_none() || filter.branch == branch;
        if side_fits && branch_fits {
            total += count;
        }
        if branch_fits {
            *sides.entry(side).or_insert(0) += count;
        }
        if let (true, Some(branch)) = (side_fits, branch) {
            *branches.entry(branch).or_insert(0) += count;
        }
    }
    let mut branches: Vec<(BranchId, u64)> = branches.into_iter().collect();
    branches.sort_by(|(_, a), (_, b)| b.cmp(a));
    let mut values = values(project, filter);
    values.extend([int(page.limit()), int(page.skip())]);
    let rows = conn.all(&LIST, values).await?;
    let rows = rows.iter().map(actor_row).collect::<Result<_, _>>()?;
    Ok(Directory { listing: Listing::new(rows, total, *page), sides: sides.into_iter().collect(), branches })
}

/// The names of these actors, as far as they are of the project.
///
/// # Errors
/// When the database fails.
pub async fn names(
    conn: &mut Conn,
    project: ProjectId,
    ids: &[ActorId],
) -> Result<Vec<(ActorId, String)>, StoreError> {
    let mut wanted = ids.to_vec();
    wanted.sort();
    wanted.dedup();
    let mut found = Vec::with_capacity(wanted.len());
    for values in by_fifty(&project, &wanted) {
        for row in conn.all(&NAMES, values).await? {
            found.push((row.parse("id")?, row.text("name")?));
        }
    }
    Ok(found)
}

/// Actors that have one of these names but for case and marks, with the name as it was asked for.
///
/// # Errors
/// When the database fails.
pub async fn find_by_names(
    conn: &mut Conn,
    project: ProjectId,
    names: &[&str],
) -> Result<Vec<(String, ActorId)>, StoreError> {
    let folded: Vec<String> = names.iter().map(|name| fold(name.trim())).collect();
    let mut found = Vec::new();
    for (chunk, values) in folded.chunks(crate::value::IDS).zip(by_fifty(&project, &folded)) {
        for row in conn.all(&BY_NAMES, values).await? {
            let (name, id) = (row.text("name_sort")?, row.parse("id")?);
            let asked =
                names.iter().zip(&folded).filter(|(_, folded)| **folded == name && chunk.contains(folded));
            let mut spellings: Vec<&str> = asked.map(|(name, _)| *name).collect();
            spellings.dedup();
            found.extend(spellings.into_iter().map(|spelling| (spelling.to_owned(), id)));
        }
    }
    Ok(found)
}

/// Institutions, initiatives and public bodies by name, at most `limit`: who may have a need.
///
/// # Errors
/// When the database fails.
pub async fn institutions(
    conn: &mut Conn,
    project: ProjectId,
    limit: i64,
) -> Result<Vec<(ActorId, String)>, StoreError> {
    let rows = conn.all(&INSTITUTIONS, vec![text(&project), int(limit)]).await?;
    rows.iter().map(|row| Ok((row.parse("id")?, row.text("name")?))).collect()
}

fn values(project: ProjectId, filter: &ActorFilter) -> Vec<Value> {
    let words = filter.text.as_deref().map(str::trim).filter(|words| !words.is_empty());
    vec![
        text(&project),
        opt_text(words.map(contains_pattern).as_ref()),
        opt_text(filter.side.as_ref()),
        opt_text(filter.branch.as_ref()),
        opt_text(filter.quarter.as_ref()),
        opt_text(filter.stage.as_ref()),
        opt_bool(filter.published),
        opt_text(filter.serves.as_ref()),
    ]
}

fn actor_row(row: &Row) -> Result<ActorRow, StoreError> {
    Ok(ActorRow {
        id: row.parse("id")?,
        name: row.parse("name")?,
        side: row.parse("side")?,
        branch: row.opt_parse("branch")?,
        address: address(row)?,
        position: row.position("lat", "lon")?,
        quarter: row.opt_parse("quarter_id")?,
        stage: row.parse("stage")?,
        published: row.bool("published")?,
        version: row.int("version")?,
    })
}
